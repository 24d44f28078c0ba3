"""Table cells that hold one number, read with the unit of their caption or header."""

from __future__ import annotations

from decimal import Decimal

import regex

from patterns.figure import Figure, quantum_of, times
from patterns.numerals import parse_number
from patterns.units import MULTIPLIERS, SCORE, Unit, parse_unit

BRACKETED_NEGATIVE = "bracketed-negative"
NO_PERCENT_SIGN = "no-percent-sign"

# How tables say nil.
_NIL = frozenset(("", "-", "--", "—", "——", "/", "\\", "//", "无", "不适用", "…", "……", "*", "N/A", "n/a", "NA"))

_CELL = regex.compile(
    r"(?P<currency>[¥])?(?P<open>\()?(?P<sign>[-+])?(?P<number>\d(?:[\d,，.]|(?<=,)\x20)*+)(?P<close>\))?\x20?"
    r"(?P<unit>%|[\p{Han}‰㎡/]{1,8})?"
)
_HINTED_UNITS = {"money": "元", "percent": "%", "score": "分"}


def read_cell(text: str, unit: str | None, kind_hint: str | None) -> Figure | None:
    """The figure of a cell whose whole text is one number, or None for nil ("-", "/", blank) and for any other text.

    `unit` is the unit declared by header or caption (万元), used where the cell prints none of its own; `kind_hint`
    (money, percent, score, count) says what the column holds when the unit does not. A number in brackets is negative
    only in a money column.
    """
    stripped = text.strip()
    if stripped in _NIL:
        return None
    match = _CELL.fullmatch(stripped)
    if match is None or bool(match.group("open")) != bool(match.group("close")):
        return None
    number = parse_number(match.group("number"))
    if number is None:
        return None
    shift = len(text) - len(text.lstrip())
    resolved = _resolve_unit(match.group("unit"), match.group("currency"), unit, kind_hint)
    if resolved is None:
        return None
    printed_unit, measure = resolved
    value, remark = number.value, number.remark
    if match.group("sign") == "-":
        value = -value
    if match.group("open"):
        if measure.kind == "money" and not match.group("sign"):
            value, remark = -value, remark or BRACKETED_NEGATIVE
    if measure.kind == "percent" and match.group("unit") is None:
        remark = remark or NO_PERCENT_SIGN
    return Figure(
        kind=measure.kind,
        start=shift,
        end=shift + len(stripped),
        value=times(value, measure.factor),
        unit=printed_unit if measure.kind == "money" else measure.name,
        places=number.places,
        quantum=quantum_of(number.places, measure.factor),
        remark=remark,
    )


def _resolve_unit(
    printed: str | None, currency: str | None, declared: str | None, kind_hint: str | None
) -> tuple[str, Unit] | None:
    """The unit's name and meaning: the cell's own, else the declared one, else what the hint implies."""
    if printed:
        unit = parse_unit(printed)
        if unit is None and printed in MULTIPLIERS and kind_hint == "money":
            unit = Unit("money", "元", MULTIPLIERS[printed])
        return None if unit is None else (printed, unit)
    if currency:
        return "元", Unit("money", "元", Decimal(1))
    if kind_hint in _HINTED_UNITS:
        declared_unit = parse_unit(declared) if declared else None
        if declared_unit is not None and declared_unit.kind == kind_hint:
            return declared or "", declared_unit
        if declared is not None and kind_hint == "money" and declared_unit is not None:
            return declared, declared_unit
        name = _HINTED_UNITS[kind_hint]
        return name, (SCORE if name == "分" else parse_unit(name) or SCORE)
    if declared:
        unit = parse_unit(declared)
        if unit is not None:
            return declared, unit
    kind = "count" if kind_hint == "count" else "other"
    return declared or "", Unit(kind, declared or "", Decimal(1))
