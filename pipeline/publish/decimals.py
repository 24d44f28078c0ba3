"""Exact numbers into the fixed-point columns of the datasets: nothing stated is ever rounded, re-computed numbers are.

A column holds 38 digits, `DECIMAL_PLACES` of them behind the point: any sum of yuan up to 10^28.
"""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

from pipeline.publish.schema import DECIMAL_PLACES, NUMBER

_SCALE: int = 10**DECIMAL_PLACES
_LIMIT = 10**NUMBER.precision
_WHOLE_DIGITS = NUMBER.precision - DECIMAL_PLACES
# Wider than any column, so that moving the point never rounds.
_EXACT = Context(prec=2 * NUMBER.precision)


class NumberTooLongError(ArithmeticError):
    """A stated number has more digits, before or behind the point, than a column holds."""


def stated_number(value: Decimal) -> Decimal:
    """`value` unchanged. Raises NumberTooLongError where a column could only hold another number."""
    if not fits(value):
        raise NumberTooLongError(f"{value} does not fit {NUMBER}")
    return value


def fits(value: Decimal) -> bool:
    """Whether a column can hold `value` to the last digit."""
    if value and value.adjusted() >= _WHOLE_DIGITS:
        return False
    _, denominator = value.as_integer_ratio()
    return _SCALE % denominator == 0


def recomputed_number(value: Decimal | None) -> Decimal | None:
    """A re-computed number, rounded half to even where it has more places than a column; None when it is too long."""
    if value is None:
        return None
    numerator, denominator = value.as_integer_ratio()
    whole, rest = divmod(numerator * _SCALE, denominator)
    return _from_units(round(Fraction(numerator * _SCALE, denominator)) if rest else whole)


def lower_bound(value: Fraction | None) -> Decimal | None:
    """An interval's lower end, rounded away from the interval so that it still holds all it held; None when open."""
    return None if value is None else _from_units(value.numerator * _SCALE // value.denominator)


def upper_bound(value: Fraction | None) -> Decimal | None:
    """An interval's upper end, rounded away from the interval so that it still holds all it held; None when open."""
    return None if value is None else _from_units(-(-value.numerator * _SCALE // value.denominator))


def _from_units(units: int) -> Decimal | None:
    """`units` of the last place as a decimal; None when they are more than a column holds."""
    return None if abs(units) >= _LIMIT else Decimal(units).scaleb(-DECIMAL_PLACES, _EXACT)
