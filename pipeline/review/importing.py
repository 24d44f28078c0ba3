"""`jixiao review import`: a filled file into `reviews.csv`, and from there into the published findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.publish.datasets import iterate_rows
from pipeline.publish.lock import directory_lock
from pipeline.publish.schema import Row
from pipeline.review.filled import read_filled
from pipeline.review.ledger import Ledger, load_ledger, save_ledger
from pipeline.review.marking import mark_published
from pipeline.review.taking_in import TakenIn, take_in


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import. `problems` are rows that were not understood and not taken; `marked` says whether the
    published findings show the reviews now (not when another version made them; the next run will)."""

    taken: TakenIn
    problems: tuple[str, ...]
    ledger: Ledger
    marked: bool


def import_reviews(file: Path, directory: Path, *, reviewer: str, today: date) -> Imported:
    """Take the decisions in `file` into the reviews kept in `directory`; rows that say neither who nor when get
    `reviewer` and `today`.

    Raises UsageError where `directory` holds no results or a file is not understood as a whole, OutputNotWritable or
    OutputInUseError where nothing can be written.
    """
    findings = known_findings(directory)
    filled = read_filled(file)
    with directory_lock(directory):
        ledger = load_ledger(directory)
        taken = take_in(ledger, filled.reviews, reviewer=reviewer, today=today)
        ledger.settle(findings)
        save_ledger(ledger, directory)
        marked = mark_published(directory, ledger)
    return Imported(taken, filled.problems, ledger, marked)


def known_findings(directory: Path) -> dict[str, Row]:
    """The published findings by fingerprint, each with the `source` of its document. Raises UsageError."""
    sources = _sources(iterate_rows(directory, "documents", ["doc_id", "source"]))
    columns = ["doc_id", "finding_id", "code", "severity", "message"]
    found: dict[str, Row] = {}
    for row in iterate_rows(directory, "findings", columns):
        found.setdefault(row["finding_id"], row | {"source": sources[row["doc_id"]]})
    return found


def _sources(documents: Iterable[Row]) -> dict[str, str]:
    """Of documents with the same bytes the first one counts."""
    sources: dict[str, str] = {}
    for row in documents:
        sources.setdefault(row["doc_id"], row["source"])
    return sources


def last_run(directory: Path) -> Row:
    """The row of the run whose results are in `directory`. Raises UsageError where it is not known."""
    columns = ["run_id", "started", "compared_with", "changes"]
    for row in iterate_rows(directory, "runs", columns):
        return row
    raise UsageError(f"{directory}: results of no whole run.", f"Make them with 'jixiao run INPUT... -o {directory}'.")
