"""`jixiao workbook` and `jixiao review`: written, taken in, shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pipeline.cli.companions_view import (
    changes_table,
    counted,
    cut_lines,
    kept_line,
    orphans_table,
    review_line,
)
from pipeline.cli.console import plural, print_table, print_text
from pipeline.errors import ExitCode
from pipeline.publish.workbook import MOST_FIGURES, MOST_ROWS, write_workbook
from pipeline.review.changes import count_changes
from pipeline.review.importing import Imported, import_reviews, known_findings, last_run
from pipeline.review.ledger import load_ledger


def write(directory: Path, *, all_figures: bool) -> ExitCode:
    """Write the workbook and say what it lacks. Raises UsageError where `directory` holds no results."""
    written = write_workbook(directory, most_figures=MOST_ROWS if all_figures else MOST_FIGURES)
    print_text(f"{written.path} written.")
    for line in cut_lines(written.cuts):
        print_text(line)
    if written.kept is not None:
        click.echo(kept_line(written.kept), err=True)
    return ExitCode.OK


def take_in(file: Path, directory: Path, reviewer: str) -> ExitCode:
    """Import reviews, write the workbook anew, and say what came of it; exit code 1 where rows were left out."""
    imported = import_reviews(file, directory, reviewer=reviewer, today=date.today())
    written = write_workbook(directory)
    for line in _import_lines(imported, file, directory):
        print_text(line)
    print_text(review_line(imported.ledger))
    if written.kept is not None:
        print_text(f"{written.path} is written anew; the one that had been edited is kept as {written.kept}.")
    for review in imported.taken.older:
        click.echo(f"not taken: {review.finding_id}: there is a later decision.", err=True)
    for problem in imported.problems:
        click.echo(f"not taken: {problem}", err=True)
    return ExitCode.SOME_FAILED if imported.problems else ExitCode.OK


def show(directory: Path) -> ExitCode:
    """Print the changes since the run before and the state of the reviews. Raises UsageError."""
    run, findings, ledger = last_run(directory), known_findings(directory), load_ledger(directory)
    ledger.settle(findings)
    if run["compared_with"] is None:
        print_text("There was no run before this one to compare with.")
    else:
        counts = count_changes(run["changes"])
        print_text(f"Since the run before ({run['compared_with']}): {counted(counts)}.")
        if run["changes"]:
            print_table(changes_table(run["changes"]))
    print_text()
    print_text(review_line(ledger))
    reviewed = sum(ledger.get(finding_id) is not None for finding_id in findings)
    print_text(f"{plural(len(findings), 'finding')}, {reviewed:,} reviewed, {len(findings) - reviewed:,} not yet.")
    if ledger.orphans:
        print_text()
        print_table(orphans_table(ledger))
    if reviewed < len(findings):
        print_text(f"Fill in {directory}/findings.xlsx, then 'jixiao review import {directory}/findings.xlsx'.")
    return ExitCode.OK


def _import_lines(imported: Imported, file: Path, directory: Path) -> list[str]:
    taken = imported.taken
    lines = [
        f"{file}: {plural(len(taken.added), 'new decision')}, {len(taken.changed):,} changed, "
        f"{taken.unchanged:,} as they were; kept in {directory / 'reviews.csv'}."
    ]
    lines += [f"{new.finding_id}: {old.decision.value} before, {new.decision.value} now." for old, new in taken.changed]
    if not imported.marked:
        lines.append("The results are of another version of jixiao; the next run carries the decisions on.")
    return lines
