"""Tables as CSV that opens in a spreadsheet as it should: Chinese intact, numbers exact, no text run as a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import IO, Any

BYTE_ORDER_MARK = "\ufeff"
"""Makes Excel read UTF-8 as such."""

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?%?")


class SpreadsheetWriter:
    """Writes rows of dicts as CSV with the given columns."""

    def __init__(self, stream: IO[str], columns: Iterable[str]) -> None:
        self._columns = tuple(columns)
        self._writer = csv.writer(stream, lineterminator="\r\n")
        self._writer.writerow(self._columns)

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._writer.writerows([cell_text(row[name]) for name in self._columns] for row in rows)


def cell_text(value: object) -> str:
    """A value as the text of one cell: null as nothing, lists as their parts, formulas defused by an apostrophe."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain_number(value)
        case list():
            return "; ".join(_part_text(part) for part in value)
        case str():
            return _defused(value)
        case _:
            return str(value)


def plain_number(value: Decimal) -> str:
    """A decimal without exponent and without the zeros that the column's fixed places add."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _part_text(part: object) -> str:
    """A member of a list: of evidence and problems only what a reader looks for, the page and the words."""
    if not isinstance(part, dict):
        return str(part)
    words = part.get("quote") or part.get("message") or ""
    page = part.get("page")
    return str(words) if page is None else f"p. {page}: {words}"


def as_typed(text: str) -> str:
    """The text of a cell without the apostrophe that defuses it."""
    return text[1:] if text.startswith("'") and runs_as_formula(text[1:]) else text


def runs_as_formula(text: str) -> bool:
    """Whether a spreadsheet that is given this text would run it; numbers stay numbers."""
    return text.startswith(_STARTS_FORMULA) and not _NUMBER.fullmatch(text)


def _defused(text: str) -> str:
    return f"'{text}" if runs_as_formula(text) else text
