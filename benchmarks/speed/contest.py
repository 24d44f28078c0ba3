"""Contenders that take turns, each in a process of its own.

Processor time is what counts, so that whatever else the machine does takes no part; all contenders use one thread.
Milliseconds still differ from machine to machine, and from minute to minute: the ratio is what can be quoted.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

Contender = Callable[[Path], int]
"""Reads one file in full and returns the number of its pages."""


@dataclass(frozen=True, slots=True)
class Timing:
    """One file read by one contender, in seconds of processor time."""

    path: Path
    pages: int
    seconds: float


def read_with_pdfplumber(path: Path) -> int:
    """The yardstick: text and tables as plain strings."""
    import pdfplumber  # noqa: PLC0415 - each contender loads only what is its own

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()
            page.close()
        return len(document.pages)


def compare(contenders: Sequence[Contender], paths: Sequence[Path], repeat: int) -> list[list[Timing]]:
    """The timings of each of `contenders` on `paths`, the best of `repeat` readings each.

    Every contender has read one file before the clock runs, so that loading its modules does not count. They take
    turns file by file.
    """
    context = multiprocessing.get_context("spawn")
    timings: list[list[Timing]] = [[] for _ in contenders]
    with ExitStack() as stack:
        pools = [stack.enter_context(context.Pool(1)) for _ in contenders]
        smallest = min(paths, key=lambda path: path.stat().st_size)
        for pool, contender in zip(pools, contenders, strict=True):
            pool.apply(_time, (contender, smallest, 1))
        for path in paths:
            for pool, contender, found in zip(pools, contenders, timings, strict=True):
                found.append(pool.apply(_time, (contender, path, repeat)))
    return timings


def _time(contender: Contender, path: Path, repeat: int) -> Timing:
    best = float("inf")
    pages = 0
    for _ in range(repeat):
        started = time.process_time()
        pages = contender(path)
        best = min(best, time.process_time() - started)
    return Timing(path, pages, best)


def table(ours: Sequence[Timing], reference: Sequence[Timing]) -> str:
    """Milliseconds per page and the ratio, per file and in total."""
    rows = [f"{'ms/page':>10}{'pdfplumber':>12}{'ratio':>9}{'pages':>7}  file"]
    for mine, theirs in zip(ours, reference, strict=True):
        rows.append(row(mine.seconds, theirs.seconds, mine.pages, mine.path.name))
    pages = sum(timing.pages for timing in ours)
    rows.append(row(total(ours), total(reference), pages, "total"))
    return "\n".join(rows)


def row(mine: float, theirs: float, pages: int, name: str) -> str:
    per_page = 1000 / max(pages, 1)
    return f"{mine * per_page:10.2f}{theirs * per_page:12.2f}{ratio(mine, theirs):>9}{pages:7d}  {name}"


def ratio(mine: float, theirs: float) -> str:
    """How small a part of their time ours is."""
    return f"1/{theirs / mine:.1f}"


def total(timings: Sequence[Timing]) -> float:
    """Seconds for all files."""
    return sum(timing.seconds for timing in timings)
