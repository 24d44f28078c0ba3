"""Where workers note how far they are: a few numbers per task in memory that all processes share."""

from __future__ import annotations

import os
import time
from collections import deque
from dataclasses import dataclass
from multiprocessing.context import BaseContext
from typing import Any, Protocol

BEFORE_STEPS = 0
"""The step a task is at before it has begun one."""

AFTER_STEPS = -1
"""The step a task is at when all its steps are done."""

_PROCESS, _TASK_BEGAN, _STEP, _STEP_BEGAN = range(4)
_PLACES = 4


class Steps(Protocol):
    """What a task tells of its progress to."""

    def begin(self, step: int) -> None:
        """The task begins its step of this number, from 1."""

    def end(self) -> None:
        """All steps are done; what is left to do has no limit of its own."""


class Unwatched:
    """Steps that nobody follows."""

    def begin(self, step: int) -> None:
        pass

    def end(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Entry:
    """What a worker noted: its process (0 while no worker has the task in hand), the step it is at, and since when (by
    the monotonic clock, in seconds) it has been at the task and at the step."""

    process: int
    task_began: float
    step: int
    step_began: float


class Board:
    """Entries by slot. Sent to a worker as it is started, it shows what the worker writes."""

    def __init__(self, context: BaseContext, slots: int) -> None:
        self._numbers: Any = context.RawArray("d", slots * _PLACES)
        # Used again as late as possible: a worker that is being killed may still write.
        self._free = deque(range(slots))

    def take_slot(self) -> int:
        """A slot with nothing in it. Raises IndexError where all are taken."""
        slot = self._free.popleft()
        self._numbers[slot * _PLACES : (slot + 1) * _PLACES] = [0.0] * _PLACES
        return slot

    def give_back(self, slot: int) -> None:
        self._free.append(slot)

    def entry(self, slot: int) -> Entry:
        """What stands in a slot."""
        process, task_began, step, step_began = self._numbers[slot * _PLACES : (slot + 1) * _PLACES]
        return Entry(int(process), task_began, int(step), step_began)

    def begin_task(self, slot: int) -> None:
        """In a worker: it has begun the task of this slot."""
        self.begin_step(slot, BEFORE_STEPS)
        self._numbers[slot * _PLACES + _TASK_BEGAN] = time.monotonic()
        self._numbers[slot * _PLACES + _PROCESS] = os.getpid()

    def begin_step(self, slot: int, step: int) -> None:
        """In a worker: the task has come to this step."""
        # The time first: a step that has just begun must never be seen with the time of the one before.
        self._numbers[slot * _PLACES + _STEP_BEGAN] = time.monotonic()
        self._numbers[slot * _PLACES + _STEP] = step

    def end_task(self, slot: int) -> None:
        """In a worker: the task is done, the worker not to be disturbed while it sends what came of it."""
        self._numbers[slot * _PLACES + _PROCESS] = 0
