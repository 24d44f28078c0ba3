"""Where the time goes: the stages of a run one by one, in one process."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from pipeline.extract import extract
from pipeline.ingest import find_inputs, load_bytes
from pipeline.model.document import SourceFile
from pipeline.model.report import Outcome
from pipeline.publish.publication import publication
from pipeline.publish.rows import rows_of
from pipeline.publish.tables import do_without_pandas, tables_of
from pipeline.read import read_pages
from pipeline.reconcile import reconcile
from pipeline.structure import structure

MOST_RECONCILING = 5.0
"""Milliseconds of processor time a page that reconciling (rules and evaluation) may take."""


class _Clock:
    """Seconds of processor time by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, stage: str, function: Callable[..., Any], *arguments: Any) -> Any:
        """What `function` returns, its time booked to `stage`."""
        started = time.process_time()
        result = function(*arguments)
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.process_time() - started
        return result


def measure_stages(paths: Sequence[Path], repeat: int) -> None:
    """Print the milliseconds of processor time a page that each stage takes, the best of `repeat` rounds."""
    do_without_pandas()
    sources = [item for item in find_inputs(tuple(map(str, paths))) if isinstance(item, SourceFile)]
    _pass_through(sources[:1])
    rounds = [_pass_through(sources) for _ in range(repeat)]
    pages = rounds[0][1]
    click.echo(f"Stages in one process, {pages} pages:")
    best = {stage: min(clock.seconds[stage] for clock, _ in rounds) for stage in rounds[0][0].seconds}
    for stage, seconds in best.items():
        click.echo(f"{seconds * 1000 / pages:10.2f} ms/page  {stage}")
    click.echo(f"{sum(best.values()) * 1000 / pages:10.2f} ms/page  all")
    reconciling = best["reconcile"] * 1000 / pages
    click.echo(f"=> reconciling takes {reconciling:.1f} ms a page (at most {MOST_RECONCILING:g})")


def _pass_through(sources: Sequence[SourceFile]) -> tuple[_Clock, int]:
    """All stages over all documents, and the number of pages."""
    clock = _Clock()
    count = 0
    with tempfile.TemporaryDirectory() as output, publication(Path(output)) as published:
        for source in sources:
            data = load_bytes(source)
            pages, problems = clock.time("read", read_pages, data, None, source.source)
            document = clock.time("structure", structure, source, tuple(pages), tuple(problems))
            report = clock.time("extract", extract, document)
            reconciliation = clock.time("reconcile", reconcile, report)
            outcome = Outcome(source, report, reconciliation, document.problems, 0.0)
            rows = clock.time("rows", rows_of, outcome)
            tables = clock.time("tables", tables_of, rows)
            clock.time("write", published.add, tables)
            count += len(pages)
    return clock, count
