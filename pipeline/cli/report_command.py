"""`jixiao report`: the evidence report of a run, and the size of each document in it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from pipeline.cli.console import new_table, number, plural, print_table, print_text, shortened
from pipeline.errors import ExitCode
from pipeline.process_server import usable_cores
from pipeline.publish.evidence.build import (
    NOT_ASKED_FOR,
    NOT_FOUND,
    DocumentSize,
    ReportSummary,
    Watcher,
    build_report,
)
from pipeline.publish.evidence.options import ReportOptions
from pipeline.publish.tables import do_without_pandas

# What the other columns of the table take, with common numbers.
_OTHER_COLUMNS = 40
_KILOBYTE = 1_000


def execute(
    directory: Path,
    sources: tuple[str, ...],
    *,
    images: bool,
    jobs: int | None,
    password: str | None,
    quiet: bool,
) -> ExitCode:
    """Build the report of the run in `directory` and tell its sizes. Raises UsageError where there is no such run."""
    do_without_pandas()
    options = ReportOptions(jobs=jobs or usable_cores(), images=images, password=password, sources=sources)
    build(directory, options, quiet=quiet)
    return ExitCode.OK


def build(directory: Path, options: ReportOptions, *, quiet: bool) -> None:
    """Build the report and, unless `quiet`, tell its sizes and which documents lack their page images."""
    with _watching(quiet=quiet) as watcher:
        summary = build_report(directory, options, watcher)
    if quiet:
        return
    print_table(_table(summary))
    print_text()
    _tell_missing(summary)
    print_text(_counts(summary))
    print_text(f"Open {summary.folder / 'index.html'} in a browser.")


def _table(summary: ReportSummary) -> Table:
    table = new_table()
    table.add_column("Document\n文件", overflow="ellipsis")
    for header in ("Pages\n页", "Images\n图像", "Size\n大小", "per page\n每页"):
        table.add_column(header, justify="right", no_wrap=True)
    for document in summary.documents:
        each = document.bytes / document.pages if document.pages else None
        table.add_row(
            Text(shortened(document.source, _OTHER_COLUMNS)),
            number(document.pages),
            number(document.images),
            _size(document.bytes),
            _size(each) if each else "",
        )
    return table


def _tell_missing(summary: ReportSummary) -> None:
    """Documents shown without pictures, on standard error: by name where each has its own reason."""
    reasons = Counter(document.problem for document in summary.documents)
    if reasons[NOT_FOUND]:
        click.echo(
            f"{plural(reasons[NOT_FOUND], 'document')}: PDF not found, shown without page images. "
            "Name its place with 'jixiao report DIR --sources PATH'.",
            err=True,
        )
    for document in summary.documents:
        if document.problem not in (None, NOT_FOUND, NOT_ASKED_FOR):
            click.echo(f"{document.source}: shown without page images: {document.problem}", err=True)


def _counts(summary: ReportSummary) -> str:
    documents = summary.documents
    pages, images = (sum(getattr(document, name) for document in documents) for name in ("pages", "images"))
    each = f", {_size(summary.bytes / len(documents))} a document" if documents else ""
    return (
        f"{plural(len(documents), 'document')}, {plural(pages, 'page')}, {plural(images, 'image')}: "
        f"{_size(summary.bytes)}{each}; {summary.seconds:.1f} s"
    )


def _size(count: float) -> str:
    if count < _KILOBYTE**2:
        return f"{count / _KILOBYTE:,.0f} kB"
    return f"{count / _KILOBYTE**2:,.1f} MB"


class _Silence:
    """Says nothing."""

    def begin(self, documents: int) -> None:
        pass

    def finished(self, document: DocumentSize) -> None:
        pass


class _Bar:
    """A bar with documents, pages and time left."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID | None = None
        self._pages = 0

    def begin(self, documents: int) -> None:
        self._task = self._progress.add_task("", total=documents, pages=0)

    def finished(self, document: DocumentSize) -> None:
        self._pages += document.pages
        if self._task is not None:
            self._progress.update(self._task, advance=1, pages=self._pages)


@contextmanager
def _watching(*, quiet: bool) -> Iterator[Watcher]:
    """A bar on a terminal, nothing elsewhere: building takes seconds, and its table says the rest."""
    if quiet or not sys.stderr.isatty():
        yield _Silence()
        return
    columns = (
        SpinnerColumn(),
        TextColumn("evidence report 证据报告: {task.completed:.0f}/{task.total:.0f} documents 文件"),
        BarColumn(bar_width=20),
        TextColumn("{task.fields[pages]} pages 页"),
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Bar(progress)
