"""`reviews.csv`: every decision ever taken in, kept beside the datasets over all runs."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from pipeline.errors import OutputNotWritable, UsageError
from pipeline.model.review import Decision, Review
from pipeline.publish.schema import Row
from pipeline.publish.spreadsheet import BYTE_ORDER_MARK, SpreadsheetWriter
from pipeline.review.filled import COLUMN_NAMES, FilledReview, read_filled

FILE_NAME = "reviews.csv"

_CONTEXT = ("document", "code", "message", "orphaned")
_ORPHANED = "yes"


@dataclass(frozen=True, slots=True)
class Entry:
    """A review with what it is about, as last seen: for people, and for the day when the finding is gone.

    `orphaned` says that no document has this finding any more. `others` are columns that someone added.
    """

    review: Review
    document: str = ""
    code: str = ""
    message: str = ""
    orphaned: bool = False
    others: Mapping[str, str] = field(default_factory=dict)


class Ledger:
    """All reviews by the fingerprint of their finding, in the order in which they came."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries = {entry.review.finding_id: entry for entry in entries}

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def get(self, finding_id: str) -> Entry | None:
        return self._entries.get(finding_id)

    def put(self, review: Review) -> None:
        """Add a review, or put it in place of an earlier one."""
        known = self._entries.get(review.finding_id, Entry(review))
        self._entries[review.finding_id] = replace(known, review=review)

    def settle(self, findings: Mapping[str, Row]) -> None:
        """Mark as orphaned what is about none of `findings` (by their fingerprint, with `source`), and say of the rest
        what they are about."""
        for finding_id, entry in self._entries.items():
            finding = findings.get(finding_id)
            if finding is None:
                self._entries[finding_id] = replace(entry, orphaned=True)
            else:
                self._entries[finding_id] = replace(
                    entry,
                    document=finding["source"],
                    code=finding["code"],
                    message=" ".join(finding["message"].split()),
                    orphaned=False,
                )

    def count(self, decision: Decision) -> int:
        """How many decisions of a kind there are about findings that exist."""
        return sum(entry.review.decision is decision and not entry.orphaned for entry in self)

    @property
    def orphans(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self if entry.orphaned)


def load_ledger(directory: Path) -> Ledger:
    """The reviews kept in `directory`, none where there is no such file.

    Raises UsageError where the file holds what is not understood: a person may have written it, and nothing of it may
    get lost.
    """
    path = directory / FILE_NAME
    if not path.exists():
        return Ledger()
    filled = read_filled(path)
    if filled.problems:
        more = f" (and {len(filled.problems) - 1} more)" if len(filled.problems) > 1 else ""
        raise UsageError(f"{path}: {filled.problems[0]}{more}", "Put it right, or move the file away.")
    return Ledger(_entry(review, path) for review in filled.reviews)


def save_ledger(ledger: Ledger, directory: Path) -> None:
    """Write `reviews.csv` anew, whole or not at all; nothing where there is no review and was no file.

    Raises OutputNotWritable.
    """
    path = directory / FILE_NAME
    if not len(ledger) and not path.exists():
        return
    others = {name: None for entry in ledger for name in entry.others}
    memory = io.StringIO(newline="")
    memory.write(BYTE_ORDER_MARK)
    SpreadsheetWriter(memory, (*COLUMN_NAMES, *_CONTEXT, *others)).write(
        dict.fromkeys(others, "") | _row(entry) for entry in ledger
    )
    aside = path.with_name(f".{path.name}.tmp")
    try:
        aside.write_text(memory.getvalue(), encoding="utf-8", newline="")
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise OutputNotWritable(str(path), error.strerror or str(error)) from error


def review_of(filled: FilledReview, reviewer: str, today: date) -> Review:
    """A filled decision as a review, with `reviewer` and `today` where it says neither."""
    return Review(
        filled.finding_id,
        filled.decision,
        filled.reason,
        filled.reviewer or reviewer,
        filled.reviewed or today,
    )


def _entry(filled: FilledReview, path: Path) -> Entry:
    written = date.fromtimestamp(path.stat().st_mtime)
    others = dict(filled.others)
    document, code, message, orphaned = (others.pop(name, "") for name in _CONTEXT)
    return Entry(review_of(filled, "", written), document, code, message, orphaned == _ORPHANED, others)


def _row(entry: Entry) -> Row:
    review = entry.review
    return {
        "finding_id": review.finding_id,
        "review": review.decision.value,
        "review_reason": review.reason,
        "reviewer": review.reviewer,
        "reviewed": review.reviewed.isoformat(),
        "document": entry.document,
        "code": entry.code,
        "message": entry.message,
        "orphaned": _ORPHANED if entry.orphaned else "",
        **entry.others,
    }
