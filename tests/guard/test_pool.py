"""Workers that crash, hang, or eat memory: each costs its own task, and no more."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pipeline.guard.board import AFTER_STEPS, Steps
from pipeline.guard.memory import resident_bytes
from pipeline.guard.pool import Call, Cause, Death, GuardedPool, Limits, Task
from pipeline.process_server import start_server

MEGABYTE = 1 << 20
LIMITS = Limits(step_seconds=4.0, memory=400 * MEGABYTE)

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is limited on Linux only")


def do_nothing() -> None:
    pass


def twice(_: Steps, number: int) -> int:
    return 2 * number


def segfault(steps: Steps, at: int) -> None:
    for step in range(1, at + 1):
        steps.begin(step)
    ctypes.string_at(0)


def loop(steps: Steps, at: int) -> None:
    for step in range(1, at + 1):
        steps.begin(step)
    while True:
        pass


def hang_in_a_library(steps: Steps, seconds: int) -> None:
    steps.begin(1)
    # Holds the interpreter lock, as a parser in C does: no Python signal handler can run.
    ctypes.PyDLL(None).sleep(seconds)


def eat_memory(steps: Steps, at: int) -> None:
    steps.begin(at)
    eaten = []
    while True:
        eaten.append(b"x" * 32 * MEGABYTE)
        time.sleep(0.005)


def ask_for_too_much(_: Steps) -> int:
    return len(bytearray(1 << 50))


def go_on_after_steps(steps: Steps, seconds: float) -> str:
    steps.begin(1)
    steps.end()
    time.sleep(seconds)
    return "done"


def return_what_cannot_be_sent(_: Steps) -> Iterator[int]:
    return iter(number for number in range(3))


def process_id(_: Steps) -> int:
    return os.getpid()


@pytest.fixture
def new_pool() -> Iterator[Callable[..., GuardedPool]]:
    pools = []

    def make(workers: int = 2, limits: Limits = LIMITS) -> GuardedPool:
        pools.append(GuardedPool(workers, limits, start_server(), most_tasks=32, initializer=do_nothing))
        return pools[-1]

    yield make
    for pool in pools:
        pool.stop()


def outcomes(pool: GuardedPool, *calls: Call) -> list[Any]:
    tasks = [pool.schedule(call) for call in calls]
    wait_for(pool, tasks)
    return [task.outcome for task in tasks]


def wait_for(pool: GuardedPool, tasks: list[Task]) -> None:
    open_tasks = set(tasks)
    deadline = time.monotonic() + 30
    while open_tasks:
        open_tasks.difference_update(pool.wait())
        assert time.monotonic() < deadline


@linux_only
def test_whatever_a_worker_does_costs_its_own_task_only(new_pool: Callable[..., GuardedPool]) -> None:
    began = time.monotonic()
    crashed, looping, eating, hanging, refused, *others = outcomes(
        new_pool(),
        Call(segfault, (3,), 20.0),
        Call(loop, (2,), 20.0),
        Call(eat_memory, (5,), 20.0),
        Call(hang_in_a_library, (30,), 20.0),
        Call(ask_for_too_much, (), 20.0),
        *(Call(twice, (number,), 20.0) for number in range(8)),
    )
    assert (crashed.cause, crashed.step, crashed.detail) == (Cause.CRASHED, 3, "SIGSEGV")
    assert (looping.cause, looping.step) == (Cause.STEP_TIMED_OUT, 2)
    assert (eating.cause, eating.step) == (Cause.OUT_OF_MEMORY, 5)
    assert (hanging.cause, hanging.step) == (Cause.STEP_TIMED_OUT, 1)
    assert refused.cause is Cause.OUT_OF_MEMORY
    assert others == [0, 2, 4, 6, 8, 10, 12, 14]
    assert time.monotonic() - began < 60


def test_a_task_has_a_limit_of_its_own(new_pool: Callable[..., GuardedPool]) -> None:
    pool = new_pool(limits=Limits(step_seconds=20.0, memory=LIMITS.memory))
    began = time.monotonic()
    endless, hanging = outcomes(pool, Call(loop, (4,), 0.5), Call(hang_in_a_library, (20,), 0.5))
    assert (endless.cause, endless.step) == (Cause.TIMED_OUT, 4)
    assert endless.seconds == pytest.approx(0.5, abs=5)
    assert hanging.cause is Cause.TIMED_OUT
    assert time.monotonic() - began < 15


def test_what_follows_the_last_step_has_only_the_limit_of_the_task(new_pool: Callable[..., GuardedPool]) -> None:
    pool = new_pool(limits=Limits(step_seconds=0.2, memory=LIMITS.memory))
    done, late = outcomes(pool, Call(go_on_after_steps, (0.8,), 20.0), Call(go_on_after_steps, (20.0,), 1.0))
    assert done == "done"
    assert (late.cause, late.step) == (Cause.TIMED_OUT, AFTER_STEPS)


def test_opening_counts_as_a_step(new_pool: Callable[..., GuardedPool]) -> None:
    pool = new_pool(limits=Limits(step_seconds=0.3, memory=LIMITS.memory))
    (death,) = outcomes(pool, Call(loop, (0,), 20.0))
    assert (death.cause, death.step) == (Cause.STEP_TIMED_OUT, 0)


def test_a_result_that_cannot_be_sent_is_a_defect(new_pool: Callable[..., GuardedPool]) -> None:
    death, number = outcomes(new_pool(), Call(return_what_cannot_be_sent, (), 20.0), Call(twice, (1,), 20.0))
    assert death.cause is Cause.DEFECT
    assert number == 2


def test_the_work_goes_on_when_idle_workers_are_killed_from_outside(new_pool: Callable[..., GuardedPool]) -> None:
    pool = new_pool(workers=1)
    for number in range(3):
        (worker,) = outcomes(pool, Call(process_id, (), 20.0))
        os.kill(worker, getattr(signal, "SIGKILL", signal.SIGTERM))
        time.sleep(0.4 * (number % 2))
        assert outcomes(pool, Call(twice, (number,), 20.0)) == [2 * number]


def test_a_busy_worker_killed_from_outside_is_a_crash(new_pool: Callable[..., GuardedPool]) -> None:
    pool = new_pool(workers=1)
    (worker,) = outcomes(pool, Call(process_id, (), 20.0))
    task = pool.schedule(Call(go_on_after_steps, (20.0,), 20.0))
    while not task.future.running():
        pool.wait()
    os.kill(worker, getattr(signal, "SIGKILL", signal.SIGTERM))
    wait_for(pool, [task])
    assert isinstance(task.outcome, Death)
    assert (task.outcome.cause, task.outcome.detail) == (Cause.CRASHED, "SIGKILL")


def test_workers_are_replaced_after_many_tasks(
    new_pool: Callable[..., GuardedPool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.guard.pool._MOST_TASKS", 5)
    pool = new_pool(workers=1)
    workers = outcomes(pool, *(Call(process_id, (), 20.0) for _ in range(12)))
    assert len(set(workers)) == 3


@linux_only
def test_peak_memory_is_that_of_all_processes(new_pool: Callable[..., GuardedPool]) -> None:
    pool = new_pool()
    outcomes(pool, Call(go_on_after_steps, (0.3,), 20.0), Call(go_on_after_steps, (0.3,), 20.0))
    own = resident_bytes(os.getpid())
    assert own is not None
    assert pool.peak_memory is not None
    assert own + 40 * MEGABYTE < pool.peak_memory < own + 1000 * MEGABYTE


@linux_only
def test_a_process_that_is_gone_takes_no_memory() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    assert resident_bytes(child) == 0
