"""How long reading takes, next to pdfplumber on the same files: `python -m benchmarks.speed [FILES]`.

Each contender runs in one process of its own; they take turns, file by file. The time of a file is the best of
`--repeat` readings. The ratio is what counts: milliseconds differ from machine to machine, and on one machine from
minute to minute.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.shared import text_layer_files

Contender = Callable[[Path], int]
"""Reads one file in full and returns the number of its pages."""


@dataclass(frozen=True, slots=True)
class Timing:
    """One file read by one contender."""

    path: Path
    pages: int
    seconds: float


def read_with_jixiao(path: Path) -> int:
    """Words with boxes, lines, and ruled tables with their spans."""
    from pipeline.read import read_pages  # noqa: PLC0415 - each contender loads only what is its own

    pages, _ = read_pages(path.read_bytes())
    return len(pages)


def read_with_pdfplumber(path: Path) -> int:
    """The yardstick: text and tables as plain strings."""
    import pdfplumber  # noqa: PLC0415

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()
            page.close()
        return len(document.pages)


def compare(contenders: Sequence[Contender], paths: Sequence[Path], repeat: int) -> list[list[Timing]]:
    """The timings of each of `contenders` on `paths`.

    Every contender lives in one process of its own and has read one file before the clock runs, so that loading its
    modules does not count. They take turns file by file: whatever else the machine does hits all of them.
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
        started = time.perf_counter()
        pages = contender(path)
        best = min(best, time.perf_counter() - started)
    return Timing(path, pages, best)


def report(ours: Sequence[Timing], reference: Sequence[Timing]) -> str:
    """A table of milliseconds per page and of the ratio, per file and in total."""
    rows = [f"{'ms/page':>10}{'pdfplumber':>12}{'ratio':>9}{'pages':>7}  file"]
    for mine, theirs in zip(ours, reference, strict=True):
        rows.append(_row(mine.seconds, theirs.seconds, mine.pages, mine.path.name))
    pages = sum(timing.pages for timing in ours)
    rows.append(_row(sum(t.seconds for t in ours), sum(t.seconds for t in reference), pages, "total"))
    return "\n".join(rows)


def _row(mine: float, theirs: float, pages: int, name: str) -> str:
    per_page = 1000 / max(pages, 1)
    return f"{mine * per_page:10.2f}{theirs * per_page:12.2f}{'1/' + format(theirs / mine, '.1f'):>9}{pages:7d}  {name}"


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--repeat", default=3, show_default=True, help="Readings of each file; the best one counts.")
def main(files: tuple[Path, ...], repeat: int) -> None:
    """Time the reading of FILES (default: the shared text-layer files) against pdfplumber."""
    paths = files or text_layer_files()
    if not paths:
        raise click.UsageError("no files given, and no shared files next to the checkout")
    click.echo("Reading: text, boxes and ruled tables; pdfplumber: extract_text + extract_tables; one process each.")
    click.echo(report(*compare((read_with_jixiao, read_with_pdfplumber), paths, repeat)))


if __name__ == "__main__":
    sys.exit(main())
