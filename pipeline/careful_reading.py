"""How to read a document that kills processes: a few pages at a time, its killers by the fallback reader, or not."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterable
from dataclasses import replace

from pipeline.model.document import Page, Problem
from pipeline.model.portion import Portion

PORTION_PAGES = 8
"""Pages to be read at a time: what a process that dies takes with it."""

PAGE_NOT_READ = "page-not-read"


class CarefulReading:
    """The pages of one document: those still to be read, portion by portion, and those that have been."""

    def __init__(self, count: int, avoided: str = "") -> None:
        """A document of `count` pages; with `avoided`, a reason, all of them go to the fallback reader at once."""
        self._count = count
        self._pages: dict[int, Page] = {}
        self._problems: dict[int, Problem] = {}
        self._lost: set[int] = set()
        self._waiting = deque(
            Portion(first, min(first + PORTION_PAGES - 1, count), avoided)
            for first in range(1, count + 1, PORTION_PAGES)
        )

    def __bool__(self) -> bool:
        """Whether there are pages still to be read."""
        return bool(self._waiting)

    @property
    def pages(self) -> tuple[Page, ...]:
        """What has been read, in page order, with an empty page for each that is lost."""
        return tuple(page for _, page in sorted(self._pages.items()))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What went wrong, in page order."""
        return tuple(problem for _, problem in sorted(self._problems.items()))

    @property
    def came_to_nothing(self) -> bool:
        """Whether every page is lost."""
        return len(self._lost) == self._count

    def suspect(self, page: int, why: str) -> None:
        """Of the pages not yet read, leave this one to the fallback reader."""
        waiting, self._waiting = self._waiting, deque()
        for portion in waiting:
            if page in portion.numbers(self._count):
                self.put_back(portion, page, why)
            else:
                self._waiting.append(portion)

    def take(self) -> Portion:
        """The pages to be read next."""
        return self._waiting.popleft()

    def keep(self, pages: Iterable[Page], problems: Iterable[Problem]) -> None:
        """What has been read is safe."""
        self._pages |= {page.number: page for page in pages}
        self._problems |= {problem.page: problem for problem in problems if problem.page is not None}

    def put_back(self, portion: Portion, page: int, why: str) -> None:
        """A process died on `page` of `portion`: the others are to be read again, and this one by the fallback reader;
        when that is what has died, the page is lost. With a page outside of it, that goes for all of the portion."""
        inside = page in portion.numbers(self._count)
        parts = _parted(portion, page) if inside else [portion]
        for part in reversed(parts):
            if inside and page not in part.numbers(self._count):
                self._waiting.appendleft(part)
            elif part.avoided:
                self._lose(part, why)
            else:
                self._waiting.appendleft(replace(part, avoided=why))

    def give_up(self, why: str) -> None:
        """Whatever is not yet read is lost."""
        while self._waiting:
            self._lose(self._waiting.popleft(), why)

    def _lose(self, portion: Portion, why: str) -> None:
        for number in portion.numbers(self._count):
            empty = Page(number, 0.0, 0.0, "", array("d"), (), (), reason=why, confidence=0.0)
            self.keep([empty], [Problem(PAGE_NOT_READ, f"Page {number} cannot be read ({why}).", number)])
            self._lost.add(number)


def _parted(portion: Portion, page: int) -> list[Portion]:
    """A page of a portion, and what lies before and after it, in order."""
    parts = (replace(portion, last=page - 1), replace(portion, first=page, last=page), replace(portion, first=page + 1))
    return [part for part in parts if part.last is None or part.first <= part.last]
