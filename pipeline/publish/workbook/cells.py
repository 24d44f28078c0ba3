"""Values of the datasets as cells: numbers as numbers where a spreadsheet can hold them, everything else as text that
cannot run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.publish.schema import Row
from pipeline.publish.spreadsheet import plain_number, runs_as_formula
from pipeline.publish.workbook.words import Words

CellValue = str | int | float | Decimal | date

# A spreadsheet keeps 15 digits of a number and would change the others.
_DIGITS = 15
_LONGEST = 32_767
_CUT = "…（过长，全文见数据集）"
# What XML has no way to say.
_UNSAYABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GUARDED = {"text", "wrapped", "entry", "printed"}
_STYLES_OF_KINDS = {"money": "money", "percent": "percent"}
_BASE_UNITS = {"money": "元", "percent": "%"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet. `name` is the column of the row it shows, which the header says below the Chinese `title`;
    `width` is in digits. Numbers in the style `by kind` look as the row's `kind` asks for."""

    name: str
    title: str
    width: int
    style: str = "text"
    words: Words | None = None

    @property
    def header(self) -> str:
        return f"{self.title}\n{self.name}"


def cell(column: Column, row: Row) -> tuple[CellValue, str] | None:
    """The value and style of a row's cell; None where it has none."""
    value = row[column.name]
    if value is None:
        return None
    if column.words is not None:
        return column.words[value]
    style = column.style
    if style == "by kind":
        style = _STYLES_OF_KINDS.get(row["kind"], "number")
    match value:
        case Decimal():
            return _number(value, style)
        case str():
            return _text(value, style)
        case _:
            return value, style


def base_unit(row: Row) -> str:
    """The unit that a figure's value is in."""
    return _BASE_UNITS.get(row["kind"]) or str(row["unit"])


def _number(value: Decimal, style: str) -> tuple[CellValue, str]:
    text = plain_number(value)
    digits = len(text.replace(".", "").strip("-0"))
    return (text, "printed") if digits > _DIGITS else (value, style)


def _text(value: str, style: str) -> tuple[str, str]:
    text = _UNSAYABLE.sub("\ufffd", value)
    if len(text) > _LONGEST // 2:
        text = text[: _LONGEST // 2 - len(_CUT)] + _CUT
    guarded = style in _GUARDED and runs_as_formula(text)
    return text, f"{style} guarded" if guarded else style
