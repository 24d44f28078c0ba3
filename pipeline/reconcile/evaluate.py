"""Re-compute a calculation on exact intervals and say how the stated figure compares (DESIGN section 3)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from pipeline.model.arithmetic import interval_of, point_of
from pipeline.model.check import Calculation, Check, Verdict
from pipeline.model.interval import DenominatorSpansZeroError, Interval, is_less
from pipeline.reconcile.formula import render

# Wide enough for any sum of yuan to the cent; results are rounded once, at the end, never on the way.
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_EXPECTED_PLACES = 6
_NO_GAP = Fraction(0)


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
    if gap and calculation.doubt is not None:
        return _unverifiable(calculation, check_id, formula, calculation.doubt)
    if gap:
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
        formula=render(calculation, holds=False) if verdict is Verdict.INCONSISTENT else formula,
        reason=None,
    )


def round_to(value: Fraction, quantum: Decimal) -> Decimal:
    """`value` rounded half up (away from zero) to a multiple of `quantum`, as Chinese reports round."""
    # In whole numbers: fractions would be reduced at every step.
    parts, per_unit = quantum.as_integer_ratio()
    numerator, denominator = abs(value.numerator) * per_unit, value.denominator * parts
    whole = (2 * numerator + denominator) // (2 * denominator)
    return Decimal(whole if value >= 0 else -whole) * quantum


def decimal_of(value: Fraction, places: int) -> Decimal:
    """`value` as a decimal of at most `places` places, rounded half up; trailing zeros dropped."""
    if not value:
        return Decimal(0)
    rounded = round_to(value, Decimal(1).scaleb(-places))
    text = format(rounded.normalize(_WIDE), "f")
    return Decimal(text)


def _gap(stated: Interval, expected: Interval, at_most: bool) -> Fraction:
    if not at_most:
        return stated.distance(expected)
    if stated.lower is None or expected.upper is None or not is_less(expected.upper, stated.lower):
        return _NO_GAP
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
