"""Re-computed numbers as a reader wants them: in the stated figure's own unit, as short as is honest."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

from patterns.units import parse_unit
from pipeline.publish.spreadsheet import plain_number

# Wider than any column of the datasets, so that only the last step rounds.
_WIDE = Context(prec=100)
_MORE_PLACES = 2
_PERCENT_GAP = "百分点"


def in_unit(value: Decimal, unit: str) -> Decimal:
    """A number in the base unit of its kind (yuan) in `unit` (万元); unchanged where the unit is not known."""
    known = parse_unit(unit)
    return value if known is None else _WIDE.divide(value, known.factor)


def point_text(value: Decimal | None, unit: str, places: int) -> str | None:
    """A re-computed result, with up to two places more than the stated figure has."""
    return None if value is None else _rounded(in_unit(value, unit), places + _MORE_PLACES, ROUND_HALF_UP)


def range_text(lower: Decimal | None, upper: Decimal | None, unit: str, places: int) -> tuple[str, str] | None:
    """The ends of what rounding of the operands allows, rounded outwards; None where it is a point or open."""
    if lower is None or upper is None or lower == upper:
        return None
    low = _rounded(in_unit(lower, unit), places + _MORE_PLACES, ROUND_FLOOR)
    high = _rounded(in_unit(upper, unit), places + _MORE_PLACES, ROUND_CEILING)
    return low, high


def gap_text(gap: Decimal | None, unit: str, places: int) -> str | None:
    """The least error there must be, with its unit; never rounded down to nothing. None where there is none."""
    if gap is None or gap == 0:
        return None
    value = in_unit(gap, unit)
    text = _rounded(value, places + _MORE_PLACES, ROUND_HALF_UP)
    if Decimal(text) == 0:
        text = plain_number(value)
    return f"{text} {_PERCENT_GAP if unit == '%' else unit}".strip()


def same_when_rounded(stated: Decimal, recomputed: Decimal, places: int) -> bool:
    """Whether a re-computed number, rounded to the places of the stated one, is the stated one."""
    return _quantised(recomputed, places, ROUND_HALF_UP) == stated


def _rounded(value: Decimal, places: int, rounding: str) -> str:
    return plain_number(_quantised(value, places, rounding))


def _quantised(value: Decimal, places: int, rounding: str) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=rounding, context=_WIDE)
