"""Exact numbers into the fixed-point columns of the datasets: nothing stated is ever rounded, re-computed numbers are.

A column holds 38 digits, `DECIMAL_PLACES` of them behind the point: any sum of yuan up to 10^28.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from pipeline.publish.schema import DECIMAL_PLACES, NUMBER

_SCALE = 10**DECIMAL_PLACES
_LIMIT = 10**NUMBER.precision


class NumberTooLongError(ArithmeticError):
    """A stated number has more digits, before or behind the point, than a column holds."""


def stated_number(value: Decimal) -> Decimal:
    """`value` unchanged. Raises NumberTooLongError where a column could only hold another number."""
    scaled = Fraction(value) * _SCALE
    if scaled.denominator != 1 or abs(scaled) >= _LIMIT:
        raise NumberTooLongError(f"{value} does not fit {NUMBER}")
    return value


def fits(value: Decimal) -> bool:
    """Whether a column can hold `value` to the last digit."""
    try:
        stated_number(value)
    except NumberTooLongError:
        return False
    return True


def recomputed_number(value: Decimal | None) -> Decimal | None:
    """A re-computed number, rounded half to even where it has more places than a column; None when it is too long."""
    return None if value is None else _from_units(round(Fraction(value) * _SCALE))


def lower_bound(value: Fraction | None) -> Decimal | None:
    """An interval's lower end, rounded away from the interval so that it still holds all it held; None when open."""
    return None if value is None else _from_units(floor(value * _SCALE))


def upper_bound(value: Fraction | None) -> Decimal | None:
    """An interval's upper end, rounded away from the interval so that it still holds all it held; None when open."""
    return None if value is None else _from_units(ceil(value * _SCALE))


def _from_units(units: int) -> Decimal | None:
    """`units` of the last place as a decimal, built from its digits: arithmetic would round to 28 of them."""
    if abs(units) >= _LIMIT:
        return None
    digits = tuple(int(digit) for digit in str(abs(units)))
    return Decimal((int(units < 0), digits, -DECIMAL_PLACES))
