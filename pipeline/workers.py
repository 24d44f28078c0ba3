"""Documents to worker processes and back: one document's crash, hang or defect is that document's alone."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.guard.pool import Call, GuardedPool, Limits, Task
from pipeline.interruption import Interruption
from pipeline.model.document import SourceFile
from pipeline.process_server import start_server
from pipeline.processing import Processed, Settings, prepare_worker, process_failed
from pipeline.tries import Tries, tries

INTERRUPTED = "interrupted"

# Results that wait for an earlier document are held in memory; beyond this many no further document is begun.
_MOST_WAITING_PER_WORKER = 64

OCR_THREADS = "JIXIAO_OCR_THREADS"
"""Environment variable: how many threads recognition may use in one process."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the work may take: `jobs` processes; `seconds` for each try of a document, and for each page; `memory` in
    bytes for each process."""

    jobs: int
    seconds: float
    page_seconds: float
    memory: int


@dataclass(slots=True, eq=False)
class _Course:
    """A document under way: its tries, or what came of them."""

    source: SourceFile
    tries: Tries
    result: Processed | None = None


class Workers:
    """Worker processes for documents."""

    def __init__(self, settings: Settings, allowance: Allowance) -> None:
        self._settings = settings
        self._allowance = allowance
        # A page that hangs must be noticed before its document is given up as a whole.
        page_seconds = min(allowance.page_seconds, allowance.seconds / 2)
        self._limits = Limits(page_seconds, allowance.memory)
        self._most_waiting = allowance.jobs * _MOST_WAITING_PER_WORKER
        self._peak: int | None = None

    @property
    def peak_memory(self) -> int | None:
        """The most bytes that all processes took at a time, as far as that is known; an upper bound."""
        return self._peak

    def process_all(
        self, sources: Sequence[SourceFile], stop: Interruption, finished: Callable[[Processed], None]
    ) -> Iterator[Processed]:
        """Process documents and yield them in the order given.

        `finished` is called as soon as each is done. When `stop` is asked, running documents are given up; they and
        those not begun come back failed as interrupted.
        """
        if not sources:
            return
        pool = self._new_pool(min(self._allowance.jobs, len(sources)))
        waiting = deque(sources)
        courses: deque[_Course] = deque()
        running: dict[Task, _Course] = {}
        try:
            while (waiting or courses) and not stop:
                while waiting and len(courses) < self._most_waiting:
                    course = self._begin(waiting.popleft())
                    courses.append(course)
                    running[pool.schedule(next(course.tries))] = course
                for task in pool.wait():
                    self._go_on(...)
        finally:
            self._peak = pool.peak_memory
            pool.stop()
