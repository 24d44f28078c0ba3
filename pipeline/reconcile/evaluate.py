"""Re-compute a calculation on exact intervals and say how the stated figure compares (DESIGN section 3)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import reduce
from typing import assert_never

from pipeline.model.check import (
    Calculation,
    Check,
    Constant,
    Expression,
    Greatest,
    Least,
    Product,
    Quotient,
    Range,
    Sum,
    Verdict,
)
from pipeline.model.interval import DenominatorSpansZeroError, Interval
from pipeline.model.quantity import Quantity
from pipeline.reconcile.formula import render

# Wide enough for any sum of yuan to the cent; results are rounded once, at the end, never on the way.
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_EXPECTED_PLACES = 6


def interval_of(expression: Expression) -> Interval:
    """All values the expression can take, given what its printed figures stand for.

    Raises DenominatorSpansZeroError where a denominator may be zero.
    """
    match expression:
        case Quantity():
            return expression.interval
        case Constant():
            return Interval.exact(expression.value)
        case Range():
            return Interval(_fraction(expression.lower), _fraction(expression.upper))
        case Sum():
            parts = (-interval_of(term) if minus else interval_of(term) for term, minus in expression.signed())
            return reduce(Interval.__add__, parts)
        case Product():
            return reduce(Interval.__mul__, map(interval_of, expression.factors))
        case Quotient():
            return interval_of(expression.numerator) / interval_of(expression.denominator)
        case Least():
            return reduce(Interval.least, map(interval_of, expression.values))
        case Greatest():
            return reduce(Interval.greatest, map(interval_of, expression.values))
        case _:
            assert_never(expression)


def point_of(expression: Expression) -> Fraction | None:
    """The value computed from the printed digits alone; None for a range, or where a denominator is 0."""
    match expression:
        case Quantity() | Constant():
            return Fraction(expression.value)
        case Range():
            return None
        case Sum():
            return _combine(expression, [point_of(term) for term in expression.terms])
        case Product():
            factors = [point_of(factor) for factor in expression.factors]
            return None if None in factors else reduce(lambda a, b: a * b, (f for f in factors if f is not None))
        case Quotient():
            numerator, denominator = point_of(expression.numerator), point_of(expression.denominator)
            return None if numerator is None or not denominator else numerator / denominator
        case Least() | Greatest():
            values = [point_of(value) for value in expression.values]
            known = [value for value in values if value is not None]
            if len(known) < len(values):
                return None
            return min(known) if isinstance(expression, Least) else max(known)
        case _:
            assert_never(expression)


def evaluate(calculation: Calculation, check_id: str) -> Check:
    """The calculation with its verdict."""
    stated = calculation.stated
    formula = render(calculation)
    if calculation.reason is not None:
        return _unverifiable(calculation, check_id, formula, calculation.reason)
    try:
        interval = interval_of(calculation.expression)
    except DenominatorSpansZeroError:
        return _unverifiable(calculation, check_id, formula, "分母可能为零")
    point = point_of(calculation.expression)
    gap = _gap(stated.interval, interval, calculation.at_most)
    if gap > 0 and calculation.doubt is not None:
        return _unverifiable(calculation, check_id, formula, calculation.doubt)
    if gap > 0:
        verdict = Verdict.INCONSISTENT
    elif _agrees_exactly(calculation, point, interval):
        verdict = Verdict.EXACT
    else:
        verdict = Verdict.WITHIN_ROUNDING
    return Check(
        check_id=check_id,
        calculation=calculation,
        verdict=verdict,
        expected=None if point is None else decimal_of(point, max(stated.places + 2, _EXPECTED_PLACES)),
        expected_interval=interval,
        gap=decimal_of(gap, 10),
        formula=render(calculation, holds=verdict is not Verdict.INCONSISTENT),
        reason=None,
    )


def round_to(value: Fraction, quantum: Decimal) -> Decimal:
    """`value` rounded half up (away from zero) to a multiple of `quantum`, as Chinese reports round."""
    units = value / Fraction(quantum)
    floor = abs(units).__floor__()
    whole = floor + (1 if abs(units) - floor >= Fraction(1, 2) else 0)
    return Decimal(whole if units >= 0 else -whole) * quantum


def decimal_of(value: Fraction, places: int) -> Decimal:
    """`value` as a decimal of at most `places` places, rounded half up; trailing zeros dropped."""
    rounded = round_to(value, Decimal(1).scaleb(-places))
    text = format(rounded.normalize(_WIDE), "f")
    return Decimal(text)


def _combine(expression: Sum, values: list[Fraction | None]) -> Fraction | None:
    total = Fraction(0)
    for value, (_, minus) in zip(values, expression.signed(), strict=True):
        if value is None:
            return None
        total += -value if minus else value
    return total


def _fraction(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _gap(stated: Interval, expected: Interval, at_most: bool) -> Fraction:
    if not at_most:
        return stated.distance(expected)
    if stated.lower is None or expected.upper is None or stated.lower <= expected.upper:
        return Fraction(0)
    return stated.lower - expected.upper


def _agrees_exactly(calculation: Calculation, point: Fraction | None, interval: Interval) -> bool:
    stated = calculation.stated
    if calculation.at_most:
        return point is not None and stated.value <= point
    if point is None:
        return interval.contains(Fraction(stated.value))
    return round_to(point, stated.quantum) == stated.value


def _unverifiable(calculation: Calculation, check_id: str, formula: str, reason: str) -> Check:
    return Check(
        check_id=check_id,
        calculation=calculation,
        verdict=Verdict.UNVERIFIABLE,
        expected=None,
        expected_interval=None,
        gap=Decimal(0),
        formula=formula,
        reason=reason,
    )
