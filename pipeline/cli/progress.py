"""How far a run is: a bar on a terminal, a line per document elsewhere. Both on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.text import Text

from pipeline.cli.console import plural
from pipeline.run import Watcher
from pipeline.summary import DocumentSummary


class Silence:
    """Says nothing."""

    def begin(self, inputs: int) -> None:
        pass

    def finished(self, document: DocumentSummary) -> None:
        pass


class Lines:
    """A line per document as it is done, handed to `say`; `verbose` adds the time it took."""

    def __init__(self, say: Callable[[str], None], *, verbose: bool) -> None:
        self._say = say
        self._verbose = verbose
        self._inputs = 0
        self._done = 0

    def begin(self, inputs: int) -> None:
        self._inputs = inputs

    def finished(self, document: DocumentSummary) -> None:
        self._done += 1
        self._say(f"[{self._done}/{self._inputs}] {document.source}: {self._what(document)}")

    def _what(self, document: DocumentSummary) -> str:
        parts = [document.status.value + (f" ({document.error_code})" if document.error_code else "")]
        if document.duplicate_of is not None:
            parts.append(f"same as {document.duplicate_of}")
        elif document.pages:
            counts = ((document.pages, "page"), (document.quantities, "figure"), (document.findings, "finding"))
            parts += [plural(count, noun) for count, noun in counts]
        if self._verbose and document.duplicate_of is None:
            parts.append(f"{document.seconds:.2f} s")
        return ", ".join(parts)


class Bar:
    """A bar with documents, pages, findings and time left."""

    def __init__(self, progress: Progress, lines: Lines | None) -> None:
        self._progress = progress
        self._lines = lines
        self._task: TaskID | None = None
        self._pages = self._findings = 0

    def begin(self, inputs: int) -> None:
        self._task = self._progress.add_task("", total=inputs, pages=0, findings=0)
        if self._lines is not None:
            self._lines.begin(inputs)

    def finished(self, document: DocumentSummary) -> None:
        if self._lines is not None:
            self._lines.finished(document)
        if document.duplicate_of is None:
            self._pages += document.pages
            self._findings += document.findings
        if self._task is not None:
            self._progress.update(self._task, advance=1, pages=self._pages, findings=self._findings)


@contextmanager
def watching(*, quiet: bool, verbose: bool) -> Iterator[Watcher]:
    """A watcher that suits standard error, for the length of the block."""
    if quiet:
        yield Silence()
    elif not sys.stderr.isatty():
        yield Lines(lambda line: click.echo(line, err=True), verbose=verbose)
    else:
        columns = (
            SpinnerColumn(),
            TextColumn("{task.completed:.0f}/{task.total:.0f} documents 文件"),
            BarColumn(bar_width=20),
            TextColumn("{task.fields[pages]} pages 页 · {task.fields[findings]} findings 问题"),
            TimeRemainingColumn(compact=True),
            TextColumn("left"),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            # The bar must know of lines printed above it.
            lines = Lines(lambda line: progress.console.print(Text(line), soft_wrap=True), verbose=True)
            yield Bar(progress, lines if verbose else None)
