"""The whole run, datasets included, against pdfplumber's reading alone; and how it scales over processes."""

from __future__ import annotations

import multiprocessing
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import click

from benchmarks.speed.contest import ratio, read_with_pdfplumber, row
from pipeline.guard.board import Unwatched
from pipeline.ingest import find_inputs
from pipeline.model.document import SourceFile
from pipeline.processing import Settings, prepare_worker, process
from pipeline.publish.publication import publication
from pipeline.run import RunOptions, run
from pipeline.summary import DocumentSummary, RunSummary, summary_of

COPIES = 6
"""How many documents each file makes for the measurement of scaling: with few, it is the start of processes that is
measured."""


class _Nobody:
    """A watcher that looks away."""

    def begin(self, inputs: int) -> None:
        pass

    def finished(self, document: DocumentSummary) -> None:
        pass


def measure_whole_run(paths: Sequence[Path], repeat: int) -> None:
    """Print how long a run takes, next to pdfplumber's reading of the same files."""
    click.echo("Whole run in one process, datasets written, against pdfplumber's extract_text + extract_tables alone:")
    ours, theirs, pages = float("inf"), float("inf"), 0
    with ExitStack() as stack:
        context = multiprocessing.get_context("spawn")
        first, second = (stack.enter_context(context.Pool(1)) for _ in range(2))
        first.apply(_run_in_one_process, (paths[:1],))
        second.apply(_read_with_pdfplumber, (paths[:1],))
        for _ in range(repeat):
            seconds, pages = first.apply(_run_in_one_process, (paths,))
            ours = min(ours, seconds)
            theirs = min(theirs, second.apply(_read_with_pdfplumber, (paths,)))
    click.echo(f"{'ms/page':>10}{'pdfplumber':>12}{'ratio':>9}{'pages':>7}")
    click.echo(row(ours, theirs, pages, "all files"))
    click.echo(f"=> the whole run takes {ratio(ours, theirs)} of pdfplumber's time")


def _run_in_one_process(paths: Sequence[Path]) -> tuple[float, int]:
    """What `jixiao run` does, without worker processes: seconds of processor time, and pages."""
    prepare_worker(workers=1)
    started = time.process_time()
    pages = 0
    with tempfile.TemporaryDirectory() as output, publication(Path(output)) as published:
        for source in find_inputs(tuple(map(str, paths))):
            if isinstance(source, SourceFile):
                processed = process(Unwatched(), source, Settings())
                published.add(processed.tables)
                pages += summary_of(processed).pages
    return time.process_time() - started, pages


def _read_with_pdfplumber(paths: Sequence[Path]) -> float:
    started = time.process_time()
    for path in paths:
        read_with_pdfplumber(path)
    return time.process_time() - started


def measure_scaling(paths: Sequence[Path], repeat: int) -> None:
    """Print how much faster two workers are than one, on copies of the files that differ in their last bytes."""
    with tempfile.TemporaryDirectory() as folder:
        copies = list(_copies(paths, Path(folder)))
        click.echo(f"Scaling over processes, on {len(copies)} documents:")
        _run(copies[:1], jobs=1)
        one, two = float("inf"), float("inf")
        for _ in range(repeat):
            one = min(one, _run(copies, jobs=1).seconds)
            two = min(two, _run(copies, jobs=2).seconds)
    click.echo(f"{one:10.2f} s with one worker, {two:.2f} s with two")
    click.echo(f"=> two workers are {one / two:.2f} times as fast as one")


def _run(paths: Sequence[Path], jobs: int) -> RunSummary:
    with tempfile.TemporaryDirectory() as output:
        options = RunOptions(tuple(map(str, paths)), Path(output), jobs=jobs, workbook=False)
        return run(options, _Nobody())


def _copies(paths: Sequence[Path], folder: Path) -> Iterator[Path]:
    """Every file several times, with a comment behind its end, so that all are read."""
    for number in range(COPIES):
        for path in paths:
            copy = folder / f"{number}-{path.name}"
            copy.write_bytes(path.read_bytes() + b"\n%% %d\n" % number)
            yield copy
