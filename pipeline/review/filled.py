"""What a person filled in, as decisions; what cannot be understood is said row by row, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.model.review import Decision
from pipeline.publish.spreadsheet import as_typed
from pipeline.review.grids import Grid, read_grids

COLUMN_NAMES: Mapping[str, tuple[str, ...]] = {
    "finding_id": ("finding_id", "问题编号"),
    "review": ("review", "审核结论"),
    "review_reason": ("review_reason", "理由", "reason"),
    "reviewer": ("reviewer", "审核人"),
    "reviewed": ("reviewed", "审核日期", "date"),
}
"""The columns of a review, and what their headers may be called; a header may hold several names, line by line."""

_FINDING_ID = re.compile(r"[0-9a-f]+(-\d+)?")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?|(\d{4})(\d\d)(\d\d)")
_SERIAL = re.compile(r"\d{5}")
# Day 0 of spreadsheets, whose 1900 had a 29 February.
_SERIAL_EPOCH = date(1899, 12, 30)
_HEADER_ROWS = 5
"""A header is looked for in so many rows."""


@dataclass(frozen=True, slots=True)
class FilledReview:
    """A decision as filled in; `reviewed` is None where no date was given. `others` are the row's other columns."""

    finding_id: str
    decision: Decision
    reason: str
    reviewer: str
    reviewed: date | None
    others: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Filled:
    """The decisions in a file, and a line for each row that says something which is not understood."""

    reviews: tuple[FilledReview, ...]
    problems: tuple[str, ...]


class _NotUnderstood(Exception):  # noqa: N818 - it says what is wrong
    """A row that cannot be taken; the message says why."""


def read_filled(path: Path) -> Filled:
    """The decisions in a filled workbook or CSV file. Raises UsageError where no sheet has the columns of a review."""
    for grid in read_grids(path):
        header = _header(grid)
        if header is not None:
            return _without_contradictions(_filled(grid, *header))
    raise UsageError(
        f"{path}: no columns finding_id (问题编号) and review (审核结论).",
        "Fill in the findings sheet of findings.xlsx, or a CSV file with these headers.",
    )


def _header(grid: Grid) -> tuple[int, list[str]] | None:
    """Where the header stands, and each column's name."""
    for number, row in enumerate(grid[:_HEADER_ROWS]):
        names = [_column_name(cell) for cell in row]
        if "finding_id" in names and "review" in names:
            return number, names
    return None


def _column_name(header: str) -> str:
    lines = [line.strip().lower() for line in header.split("\n")]
    for name, spellings in COLUMN_NAMES.items():
        if any(spelling in lines for spelling in spellings):
            return name
    return header.strip()


def _filled(grid: Grid, header: int, names: list[str]) -> Filled:
    reviews: list[FilledReview] = []
    problems: list[str] = []
    for number, cells in enumerate(grid[header + 1 :], start=header + 2):
        row = {name: as_typed(cell) for name, cell in zip(names, cells, strict=False)}
        try:
            reviews.extend(_review(row))
        except _NotUnderstood as reason:
            problems.append(f"row {number}: {reason}")
    return Filled(tuple(reviews), tuple(problems))


def _review(row: Mapping[str, str]) -> Iterator[FilledReview]:
    """The decision of a row, if it holds one. Raises _NotUnderstood."""
    word, reason = row["review"], row.get("review_reason", "")
    if not word:
        if reason:
            raise _NotUnderstood(f"a reason ({reason}) without a decision in 审核结论 review.")
        return
    decision = _decision(word)
    finding_id = row["finding_id"].lower()
    if not _FINDING_ID.fullmatch(finding_id):
        raise _NotUnderstood(f"“{row['finding_id']}” is no finding_id; spreadsheets turn some into numbers.")
    if decision is Decision.DISMISSED and not reason:
        raise _NotUnderstood("dismissed (排除) without a reason (理由).")
    others = {name: cell for name, cell in row.items() if name not in COLUMN_NAMES and name}
    yield FilledReview(finding_id, decision, reason, row.get("reviewer", ""), _date(row.get("reviewed", "")), others)


def _decision(text: str) -> Decision:
    words = text.lower().split()
    for decision in Decision:
        if decision.value in words or decision.chinese in words:
            return decision
    offered = ", ".join(f"{decision.chinese} {decision.value}" for decision in Decision)
    raise _NotUnderstood(f"“{text}” is no decision; there are {offered}.")


def _date(text: str) -> date | None:
    if not text:
        return None
    if _SERIAL.fullmatch(text):
        return _SERIAL_EPOCH + timedelta(days=int(text))
    match = _DATE.fullmatch(text)
    try:
        if match is not None:
            year, month, day = (int(part) for part in match.groups() if part)
            return date(year, month, day)
    except ValueError:
        pass
    raise _NotUnderstood(f"“{text}” is no date; write it as 2031-12-31.")


def _without_contradictions(filled: Filled) -> Filled:
    """A finding that stands in two documents has two rows; where they are decided differently, neither is taken."""
    decided: dict[str, FilledReview] = {}
    contradictory: dict[str, None] = {}
    for review in filled.reviews:
        first = decided.setdefault(review.finding_id, review)
        if (first.decision, first.reason) != (review.decision, review.reason):
            contradictory[review.finding_id] = None
    problems = tuple(f"{finding_id}: decided twice, and differently." for finding_id in contradictory)
    reviews = tuple(review for key, review in decided.items() if key not in contradictory)
    return Filled(reviews, filled.problems + problems)
