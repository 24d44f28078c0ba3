"""Documents to worker processes and back: one document's crash, hang or defect is that document's alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.guard.pool import GuardedPool, Limits, Task
from pipeline.interruption import Interruption
from pipeline.model.document import SourceFile
from pipeline.process_server import start_server
from pipeline.processing import Processed, Settings, prepare_worker, process_failed
from pipeline.tries import Tries, tries

INTERRUPTED = "interrupted"

# Results that wait for an earlier document are held in memory; beyond this many no further document is begun.
_MOST_WAITING_PER_WORKER = 64


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the work may take: `jobs` processes; `seconds` for each try of a document, `page_seconds` for each page;
    `memory` in bytes for each process."""

    jobs: int
    seconds: float
    page_seconds: float
    memory: int

    @property
    def limits(self) -> Limits:
        """The limits of single processes. A page that hangs is noticed before its document is given up as a whole."""
        return Limits(min(self.page_seconds, self.seconds / 2), self.memory)


@dataclass(slots=True, eq=False)
class _Course:
    """A document under way: its tries, and in the end what came of them."""

    source: SourceFile
    tries: Tries
    result: Processed | None = None


class Workers:
    """Worker processes for documents."""

    def __init__(self, settings: Settings, allowance: Allowance) -> None:
        self._settings = settings
        self._allowance = allowance
        self._peak: int | None = None

    @property
    def peak_memory(self) -> int | None:
        """The most bytes that all processes were seen to take together, an upper bound; None where that is not known,
        or nothing was processed."""
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
        most_waiting = self._allowance.jobs * _MOST_WAITING_PER_WORKER
        pool = self._new_pool(min(self._allowance.jobs, len(sources)), most_waiting)
        waiting = deque(sources)
        courses: deque[_Course] = deque()
        running: dict[Task, _Course] = {}
        try:
            while (waiting or courses) and not stop:
                while waiting and len(courses) < most_waiting:
                    course = self._begin(waiting.popleft())
                    courses.append(course)
                    running[pool.schedule(next(course.tries))] = course
                for task in pool.wait():
                    course = running.pop(task)
                    try:
                        running[pool.schedule(course.tries.send(task.outcome))] = course
                    except StopIteration as end:
                        course.result = end.value
                        finished(end.value)
                while courses and (result := courses[0].result) is not None:
                    courses.popleft()
                    yield result
        finally:
            self._peak = pool.peak_memory
            pool.stop()
        for course in courses:
            yield course.result or self._interrupted(course.source)
        for source in waiting:
            yield self._interrupted(source)

    def _new_pool(self, workers: int, most_tasks: int) -> GuardedPool:
        return GuardedPool(
            workers,
            self._allowance.limits,
            start_server(),
            most_tasks=most_tasks,
            initializer=prepare_worker,
            arguments=(workers,),
        )

    def _begin(self, source: SourceFile) -> _Course:
        return _Course(source, tries(source, self._settings, self._allowance.limits, self._allowance.seconds))

    def _interrupted(self, source: SourceFile) -> Processed:
        told = f"{source.source}: the run was interrupted before it was read. Run again."
        return process_failed(source, INTERRUPTED, told, self._settings)
