"""Numbers as a reader wants them: stated ones with the places they are printed with, re-computed ones in the stated
figure's own unit and as short as is honest."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

from patterns.units import parse_unit
from pipeline.publish.spreadsheet import plain_number

# Wider than any column of the datasets, so that only the last step rounds.
_WIDE = Context(prec=100)
_MORE_PLACES = 2
_PERCENT_GAP = "百分点"


def stated_text(value: Decimal | None, places: int) -> str | None:
    """A stated number with the zeros it is printed with, which its column does not tell from those of its own."""
    return None if value is None else _with_places(plain_number(value), places)


def places_printed(printed: str | None) -> int:
    """How many decimals a printed number has."""
    return sum(character.isdigit() for character in (printed or "").partition(".")[2])


def in_unit(value: Decimal, unit: str) -> Decimal:
    """A number in the base unit of its kind (yuan) in `unit` (万元); unchanged where the unit is not known."""
    known = parse_unit(unit)
    return value if known is None else _WIDE.divide(value, known.factor)


def point_text(value: Decimal | None, unit: str, places: int) -> str | None:
    """A re-computed result, with the places of the stated figure and up to two more."""
    return None if value is None else _rounded(in_unit(value, unit), places, ROUND_HALF_UP)


def range_text(lower: Decimal | None, upper: Decimal | None, unit: str, places: int) -> tuple[str, str] | None:
    """The ends of what rounding of the operands allows, rounded outwards; None where it is a point or open."""
    if lower is None or upper is None or lower == upper:
        return None
    low = _rounded(in_unit(lower, unit), places, ROUND_FLOOR)
    high = _rounded(in_unit(upper, unit), places, ROUND_CEILING)
    return low, high


def gap_text(gap: Decimal | None, unit: str, places: int) -> str | None:
    """The least error there must be, with its unit; None where there is none.

    Rounded downwards, for it is the least, but never to nothing.
    """
    if gap is None or gap == 0:
        return None
    value = in_unit(gap, unit)
    text = _rounded(value, places, ROUND_FLOOR)
    if Decimal(text) == 0:
        text = plain_number(value)
    return f"{text} {_PERCENT_GAP if unit == '%' else unit}".strip()


def same_when_rounded(stated: Decimal, recomputed: Decimal, places: int) -> bool:
    """Whether a re-computed number, rounded to the places of the stated one, is the stated one."""
    return _quantised(recomputed, places, ROUND_HALF_UP) == stated


def _rounded(value: Decimal, places: int, rounding: str) -> str:
    """A number of at least `places` decimals, and up to two more where it needs them."""
    return _with_places(plain_number(_quantised(value, places + _MORE_PLACES, rounding)), places)


def _with_places(text: str, places: int) -> str:
    """A number's text with zeros added up to `places` decimals."""
    missing = places - len(text.partition(".")[2])
    return text if missing <= 0 else f"{text}{'' if '.' in text else '.'}{'0' * missing}"


def _quantised(value: Decimal, places: int, rounding: str) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=rounding, context=_WIDE)
