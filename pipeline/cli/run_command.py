"""`jixiao run`: the run, its table, and its exit code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from pipeline.cli.companions_view import comparison_line, cut_lines, kept_line, review_line
from pipeline.cli.console import new_table, number, plural, print_table, print_text, shortened, styled
from pipeline.cli.progress import watching
from pipeline.companions import Companions
from pipeline.errors import ExitCode
from pipeline.model.report import Status
from pipeline.process_server import usable_cores
from pipeline.publish.evidence.options import ReportOptions
from pipeline.publish.schema import DATASETS
from pipeline.publish.tables import do_without_pandas
from pipeline.run import DEFAULT_MEMORY, DEFAULT_PAGE_TIMEOUT, DEFAULT_TIMEOUT, RunOptions, run
from pipeline.summary import DocumentSummary, RunSummary
from pipeline.version import RULES_VERSION
from pipeline.workers import INTERRUPTED

_NUMBERS = (
    "Pages\n页",
    "Figures\n数字",
    "Verified\n已核",
    "Findings\n问题",
    "Errors\n错误",
    "Stated\n总分",
    "Computed\n复算",
)

_MEBIBYTE = 1 << 20

# What the other columns of the table take, with common numbers.
_OTHER_COLUMNS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How to tell of a run, whether to build its evidence report, and which findings make it fail (`error`, `warning`
    or None)."""

    fail_on: str | None
    report: bool
    quiet: bool
    verbose: bool
    debug: bool


def options_of(
    inputs: tuple[str, ...],
    output: Path,
    *,
    jobs: int | None,
    password: str | None,
    timeout: float | None,
    page_timeout: float | None,
    memory: int | None,
    ocr: str,
    dpi: int | None,
    keep_personal: bool,
    timings: bool,
    workbook: bool,
) -> RunOptions:
    """Options as given, with the defaults for those that were not; `memory` in MiB."""
    return RunOptions(
        inputs=inputs,
        output=output,
        jobs=jobs or usable_cores(),
        password=password,
        keep_personal=keep_personal,
        timings=timings,
        timeout=timeout or DEFAULT_TIMEOUT,
        page_timeout=page_timeout or DEFAULT_PAGE_TIMEOUT,
        memory=DEFAULT_MEMORY if memory is None else memory * _MEBIBYTE,
        ocr=ocr,
        dpi=dpi,
        workbook=workbook,
    )


def execute(options: RunOptions, manner: Manner) -> ExitCode | int:
    """Run, tell what came of it, and return the exit code."""
    do_without_pandas()
    with watching(quiet=manner.quiet, verbose=manner.verbose) as watcher:
        summary = run(options, watcher)
    if not manner.quiet:
        print_table(_table(summary))
        print_text()
    _tell_problems(summary, manner)
    if not manner.quiet:
        print_text(_counts(summary))
        if manner.verbose and summary.peak_memory is not None:
            print_text(f"Peak memory, all processes together: at most {summary.peak_memory / _MEBIBYTE:,.0f} MiB.")
        for line in _companion_lines(summary.companions):
            print_text(line)
        print_text(_whereabouts(summary.output, summary.companions))
    if summary.interrupted:
        return ExitCode.INTERRUPTED
    if manner.report:
        from pipeline.cli.report_command import build  # noqa: PLC0415  # loads templates and drawing

        build(summary.output, ReportOptions(jobs=options.jobs, password=options.password), quiet=manner.quiet)
    return _exit_code(summary, manner.fail_on)


def _exit_code(summary: RunSummary, fail_on: str | None) -> ExitCode:
    errors = sum(document.errors for document in summary.documents)
    warnings = sum(document.warnings for document in summary.documents)
    too_severe = {"error": errors, "warning": errors + warnings}.get(fail_on or "", 0)
    return ExitCode.SOME_FAILED if too_severe or summary.count(Status.FAILED) else ExitCode.OK


def _table(summary: RunSummary) -> Table:
    table = new_table()
    table.add_column("Document\n文件", overflow="ellipsis")
    table.add_column("Status\n状态", no_wrap=True)
    for header in _NUMBERS:
        table.add_column(header, justify="right", no_wrap=True)
    for document in summary.documents:
        table.add_row(*_cells(document))
    return table


def _cells(document: DocumentSummary) -> list[Text | str]:
    name, status = Text(shortened(document.source, _OTHER_COLUMNS)), styled(document.status.value)
    if document.status is Status.FAILED:
        return [name, status]
    return [
        name,
        status,
        number(document.pages),
        number(document.quantities),
        number(document.verified),
        _findings(document),
        styled(number(document.errors), "error" if document.errors else ""),
        number(document.stated_total),
        number(document.recomputed_total),
    ]


def _findings(document: DocumentSummary) -> Text:
    """How many findings, in the colour of the severest."""
    counts = (("error", document.errors), ("warning", document.warnings), ("note", document.notes))
    severest = next((severity for severity, count in counts if count), "")
    return styled(number(document.findings), severest)


def _tell_problems(summary: RunSummary, manner: Manner) -> None:
    """What could not be read, on standard error: one line per document, with --verbose one per problem."""
    for document in summary.documents:
        if document.duplicate_of is not None or document.error_code == INTERRUPTED:
            continue
        lines = document.problems if manner.verbose else document.problems[:1]
        more = len(document.problems) - len(lines)
        for line in lines:
            # What stopped a whole document names it already, as the user did.
            named = line if document.status is Status.FAILED else f"{document.source}: {line}"
            told = f"{named} (and {more} more; --verbose shows all)" if more else named
            click.echo(f"{document.status.value}: {told}", err=True)
        if manner.debug and document.trace:
            click.echo(document.trace, err=True)
    for problem in () if summary.companions is None else summary.companions.problems:
        click.echo(problem, err=True)


def _counts(summary: RunSummary) -> str:
    documents = summary.documents
    unread = sum(document.error_code == INTERRUPTED for document in documents)
    read_once = [document for document in documents if document.duplicate_of is None]
    states = ", ".join(f"{summary.count(status)} {status.value}" for status in Status if summary.count(status))
    figures = sum(document.quantities for document in read_once)
    verified = sum(document.verified for document in read_once)
    found = (
        plural(sum(document.errors for document in read_once), "error"),
        plural(sum(document.warnings for document in read_once), "warning"),
        plural(sum(document.notes for document in read_once), "note"),
    )
    return (
        f"{plural(len(documents), 'document')}: {states}; {plural(summary.pages, 'page')}, "
        f"{plural(figures, 'figure')} ({verified:,} verified), {', '.join(found)}; {summary.seconds:.1f} s"
        + (f"; interrupted, {plural(unread, 'document')} not read" if summary.interrupted else "")
    )


def _companion_lines(companions: Companions | None) -> Iterator[str]:
    """What changed since the run before, and how the reviews stand, where there is either."""
    if companions is None:
        return
    if companions.comparison is not None:
        yield comparison_line(companions.comparison, RULES_VERSION)
    if len(companions.ledger):
        yield review_line(companions.ledger)
    if companions.workbook is not None:
        yield from cut_lines(companions.workbook.cuts)
        if companions.workbook.kept is not None:
            yield kept_line(companions.workbook.kept)


def _whereabouts(output: Path, companions: Companions | None) -> str:
    workbook = [] if companions is None or companions.workbook is None else [companions.workbook.path.name]
    sheets = ", ".join([*workbook, *(f"{dataset.name}.csv" for dataset in DATASETS if dataset.csv)])
    return f"Results in {output}/: {sheets}; Parquet: {', '.join(dataset.name for dataset in DATASETS)}."
