"""Worker processes whose tasks have limits: seconds for all of a task, seconds for each of its steps, bytes of memory.

The processes, and the time limit of whole tasks, are pebble's. What it does not know is watched from here: workers note
on a board which step they are at, and whoever is too long at one, or grows too large, is killed. A task costs only
itself: whatever becomes of its process comes back as a `Death`, and when the pool as such breaks (an idle worker was
killed from outside) a new one takes over what was not done.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, InvalidStateError, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from multiprocessing.context import BaseContext
from typing import Any

from pebble import CONSTS, ProcessExpired, ProcessPool

from pipeline.guard.board import AFTER_STEPS, Board
from pipeline.guard.memory import cap_data, resident_bytes

_POLL_SECONDS = 0.05

CONSTS.sleep_unit = 0.02  # how often pebble looks after its workers; at its 0.1 s, every run would end that much later

_MOST_TASKS = 200
"""A worker is replaced after so many tasks: what libraries do not give back goes with it."""

_MOST_RESTARTS = 3
"""A task under which more pools than this broke is taken for the cause."""

_SILENT_SECONDS = 2.0
"""pebble may overlook a worker that dies as it takes a task; after so long it is taken for dead all the same."""

_GRACE_SECONDS = 30.0
"""A worker ends itself so long after its task's limit: the process that should have stopped it must be gone."""

_START_PAUSES = (0.2, 1.0, 5.0)
"""Seconds to wait after each vain try to start workers: the system may be short of something for a moment."""

_LIBRARIES_RESERVE = 2 << 30
"""Bytes of memory that libraries reserve and do not use (Arrow 1 GiB, OCR some 0.5 GiB)."""

_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a task may take: seconds for each of its steps, and bytes of resident memory for its process.

    Memory is limited on Linux only; elsewhere there is no cheap way to learn what a process takes.
    """

    step_seconds: float
    memory: int


class Cause(Enum):
    """Why a task came to nothing."""

    CRASHED = "crashed"
    TIMED_OUT = "timed out"
    STEP_TIMED_OUT = "step timed out"
    OUT_OF_MEMORY = "out of memory"
    DEFECT = "defect"


@dataclass(frozen=True, slots=True)
class Death:
    """The end of a task without a result: at which step, after how many seconds, and what else is known."""

    cause: Cause
    step: int
    seconds: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A function to run in a worker as `function(steps, *arguments)`, within so many seconds."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    seconds: float


@dataclass(slots=True, eq=False)
class Task:
    """A call on its way; `outcome`, when it is done, is what the function returned or a Death."""

    call: Call
    slot: int
    future: Future[Any]
    killed: Cause | None = None
    restarts: int = 0
    silent_since: float | None = None
    outcome: Any = None


class GuardedPool:
    """Up to `workers` processes that make calls."""

    def __init__(
        self,
        workers: int,
        limits: Limits,
        context: BaseContext,
        *,
        most_tasks: int,
        initializer: Callable[..., None],
        arguments: tuple[Any, ...] = (),
    ) -> None:
        """At most `most_tasks` tasks will be on their way at once. Each new worker runs `initializer(*arguments)`."""
        self._workers = workers
        self._limits = limits
        self._context = context
        self._starting = (initializer, arguments)
        self._board = Board(context, 2 * most_tasks)
        self._tasks: list[Task] = []
        self._processes: set[int] = set()
        self._peak = 0
        self._pool = self._new_pool()

    @property
    def peak_memory(self) -> int | None:
        """The most bytes that this process and its workers were seen to take together; None where that is not known.

        Memory that processes share counts for each of them: it is an upper bound.
        """
        return self._peak or None

    def schedule(self, call: Call) -> Task:
        """Put a call in the queue."""
        if not self._pool.active:
            self._replace_pool()
        slot = self._board.take_slot()
        task = Task(call, slot, self._send(slot, call))
        self._tasks.append(task)
        return task

    def wait(self) -> list[Task]:
        """Wait a moment; then the tasks that are done, each once."""
        if not self._tasks:
            return []
        wait([task.future for task in self._tasks], timeout=_POLL_SECONDS, return_when=FIRST_COMPLETED)
        self._watch()
        if not self._pool.active:
            self._replace_pool()
        done = [task for task in self._tasks if task.future.done()]
        for task in done:
            self._tasks.remove(task)
            task.outcome = self._outcome(task)
            self._board.give_back(task.slot)
        return done

    def stop(self) -> None:
        """End the workers at once, whatever they are doing."""
        self._pool.stop()
        self._pool.join()

    def _new_pool(self) -> ProcessPool:
        """A pool with its workers started. Raises BrokenProcessPool where they cannot be, also when tried again."""
        for pause in _START_PAUSES:
            pool = ProcessPool(
                max_workers=self._workers,
                max_tasks=_MOST_TASKS,
                initializer=_start_worker,
                initargs=(self._board, self._limits.memory, *self._starting),
                context=self._context,
            )
            try:
                if pool.active:  # which starts it
                    return pool
            except BrokenProcessPool:
                time.sleep(pause)
        raise BrokenProcessPool("no worker process can be started")

    def _replace_pool(self) -> None:
        """Give up a broken pool, and send what it had not done again."""
        self.stop()
        self._pool = self._new_pool()
        for task in self._tasks:
            if task.future.done() and not isinstance(task.future.exception(), BrokenProcessPool):
                continue
            task.restarts += 1
            if task.restarts <= _MOST_RESTARTS:
                task.future = self._send(task.slot, task.call)
            elif not task.future.done():
                task.future.set_exception(BrokenProcessPool("no worker survived"))

    def _send(self, slot: int, call: Call) -> Future[Any]:
        future: Future[Any]
        try:
            future = self._pool.schedule(_run, args=(slot, call), timeout=call.seconds)
        except RuntimeError:  # broken this very moment; `wait` will see to it
            future = Future()
            future.set_exception(BrokenProcessPool())
        return future

    def _watch(self) -> None:
        """Kill the processes that exceed a limit, and give up tasks whose process is gone without a word."""
        now = time.monotonic()
        for task in self._tasks:
            entry = self._board.entry(task.slot)
            if not entry.process or task.future.done():
                continue
            self._processes.add(entry.process)
            taken = resident_bytes(entry.process)
            if taken == 0:
                self._note_silence(task, now)
            elif task.killed is not None:
                continue
            elif taken is not None and taken > self._limits.memory:
                _kill(task, entry.process, Cause.OUT_OF_MEMORY)
            elif entry.step != AFTER_STEPS and now - entry.step_began > self._limits.step_seconds:
                _kill(task, entry.process, Cause.STEP_TIMED_OUT)
        self._measure()

    def _note_silence(self, task: Task, now: float) -> None:
        if task.silent_since is None:
            task.silent_since = now
        elif now - task.silent_since > _SILENT_SECONDS:
            with suppress(InvalidStateError):  # pebble has noticed just now
                task.future.set_exception(ProcessExpired("Abnormal termination"))

    def _measure(self) -> None:
        taken = {process: resident_bytes(process) or 0 for process in (*self._processes, os.getpid())}
        self._processes = {process for process in self._processes if taken[process]}
        self._peak = max(self._peak, sum(taken.values()))

    def _outcome(self, task: Task) -> Any:
        """What the function returned, or the Death that its task died."""
        error = task.future.exception()
        if error is None:
            return task.future.result()
        entry = self._board.entry(task.slot)
        step, seconds = entry.step, time.monotonic() - entry.task_began if entry.task_began else 0.0
        if task.killed is not None:
            return Death(task.killed, step, seconds)
        if isinstance(error, TimeoutError):
            return Death(Cause.TIMED_OUT, step, seconds)
        if isinstance(error, MemoryError):
            return Death(Cause.OUT_OF_MEMORY, step, seconds)
        if isinstance(error, ProcessExpired):
            return Death(Cause.CRASHED, step, seconds, _told_exit(error.exitcode))
        if isinstance(error, BrokenProcessPool):
            return Death(Cause.CRASHED, step, seconds)
        return Death(Cause.DEFECT, step, seconds, f"{type(error).__name__}: {error}")


class _Slot:
    """The steps of the task in a slot, as its worker notes them."""

    def __init__(self, board: Board, slot: int) -> None:
        self._board = board
        self._slot = slot

    def begin(self, step: int) -> None:
        self._board.begin_step(self._slot, step)

    def end(self) -> None:
        self._board.begin_step(self._slot, AFTER_STEPS)


# In a worker, the board it was started with.
_boards: list[Board] = []


def _start_worker(board: Board, memory: int, initializer: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    _boards.append(board)
    # Killed at once, also while it hangs in a library that never returns to the interpreter.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    cap_data(2 * memory + _LIBRARIES_RESERVE)
    initializer(*arguments)


def _run(slot: int, call: Call) -> Any:
    """Make a call in a worker."""
    board = _boards[-1]
    board.begin_task(slot)
    _end_after(call.seconds + _GRACE_SECONDS)
    try:
        return call.function(_Slot(board, slot), *call.arguments)
    finally:
        _end_after(0)
        board.end_task(slot)


def _end_after(seconds: float) -> None:
    """Let the system end this process after so many seconds, where it knows how to; 0 for never."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _kill(task: Task, process: int, cause: Cause) -> None:
    task.killed = cause
    with suppress(ProcessLookupError):
        os.kill(process, _KILL)


def _told_exit(code: int) -> str:
    """How a process ended: by which signal, or with which code."""
    if code < 0:
        try:
            return signal.Signals(-code).name
        except ValueError:
            return f"signal {-code}"
    return f"exit code {code}" if code else ""
