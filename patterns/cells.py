"""Table cells that hold one number, read with the unit of their caption or header."""

from __future__ import annotations

from decimal import Decimal

import regex

from patterns.figure import Figure, quantum_of, times
from patterns.numerals import parse_number
from patterns.units import MOST_YEARS, MULTIPLIERS, SCORE, UNITS, Unit, parse_unit

BRACKETED_NEGATIVE = "bracketed-negative"
NO_PERCENT_SIGN = "no-percent-sign"

# How tables say nil.
_NIL = frozenset(("", "-", "--", "—", "——", "/", "\\", "//", "无", "不适用", "…", "……", "*", "N/A", "n/a", "NA"))

_CELL = regex.compile(
    r"(?P<currency>[¥])?(?P<open>\()?(?P<sign>[-+])?(?P<number>\d(?:[\d,，.]|(?<=,)\x20)*+)(?P<close>\))?\x20?"
    r"(?P<unit>%|[\p{Han}‰㎡/]{1,8})?"
)
_HINTED_UNITS = {"money": UNITS["元"], "percent": UNITS["%"], "score": SCORE}


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
    if measure.name == "年" and number.value >= MOST_YEARS:
        return None
    value, remark = number.value, number.remark
    if match.group("sign") == "-":
        value = -value
    elif match.group("open") and measure.kind == "money":
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
    """The unit's name and meaning: the cell's own, else the declared one, else what the hint implies.

    None where the cell prints something that is no unit. A declared unit of another kind than the hint (a column of
    rates under a caption in 万元) gives way to the hint.
    """
    if printed:
        unit = parse_unit(printed)
        if unit is None and kind_hint == "money" and printed in MULTIPLIERS:
            unit = Unit("money", "元", MULTIPLIERS[printed])
        return None if unit is None else (printed, unit)
    if currency:
        return "元", Unit("money", "元", Decimal(1))
    measure = parse_unit(declared) if declared else None
    if declared and measure is not None and kind_hint in (None, "other", measure.kind):
        return declared, measure
    if kind_hint in _HINTED_UNITS:
        return _HINTED_UNITS[kind_hint].name, _HINTED_UNITS[kind_hint]
    kind = "count" if kind_hint == "count" else "other"
    name = declared if declared and (measure is None or measure.kind == kind) else ""
    return name, Unit(kind, name, Decimal(1))
