"""The arithmetic of expressions: what they can be, by what printed digits stand for, and what the digits alone give.

Rules ask it to choose between the readings that the words of a report allow; verdicts are made by `pipeline.reconcile`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from typing import assert_never

from pipeline.model.check import Constant, Expression, Greatest, Least, Product, Quotient, Range, Ruled, Sum
from pipeline.model.interval import DenominatorSpansZeroError, Interval
from pipeline.model.quantity import Quantity


def interval_of(expression: Expression) -> Interval:
    """All values the expression can take.

    Raises DenominatorSpansZeroError where a denominator may be zero.
    """
    match expression:
        case Quantity():
            return expression.interval
        case Constant():
            return Interval.exact(expression.value)
        case Range():
            lower, upper = expression.lower, expression.upper
            return Interval(
                None if lower is None else Fraction(lower),
                None if upper is None else Fraction(upper),
            )
        case Ruled():
            return Interval(expression.lower, expression.upper)
        case Sum():
            return _sum_of(-interval_of(term) if minus else interval_of(term) for term, minus in expression.signed())
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
        case Ruled():
            return expression.point
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


def agrees(stated: Quantity, expression: Expression) -> bool:
    """Whether the stated figure and the expression share a value; False where the expression has none."""
    try:
        return stated.interval.meets(interval_of(expression))
    except DenominatorSpansZeroError:
        return False


def _sum_of(intervals: Iterable[Interval]) -> Interval:
    """End to end, as adding one after the other would."""
    terms = list(intervals)
    return Interval(_total([term.lower for term in terms]), _total([term.upper for term in terms]))


def _combine(expression: Sum, values: list[Fraction | None]) -> Fraction | None:
    signed = zip(values, expression.signed(), strict=True)
    return _total([-value if minus and value is not None else value for value, (_, minus) in signed])


def _total(values: Iterable[Fraction | None]) -> Fraction | None:
    """The sum of `values`, None where one of them is.

    Those of one denominator, which most are, are added as whole numbers: fractions would be reduced at every step.
    """
    numerators: dict[int, int] = defaultdict(int)
    for value in values:
        if value is None:
            return None
        numerators[value.denominator] += value.numerator
    return sum((Fraction(numerator, denominator) for denominator, numerator in numerators.items()), Fraction(0))


def substitute(expression: Expression, quantity_id: str, value: Quantity) -> Expression:
    """The expression with one of its figures read as `value`; what a rule gives for facts (Ruled) stays as it is."""
    match expression:
        case Quantity():
            return value if expression.quantity_id == quantity_id else expression
        case Sum():
            terms = tuple(substitute(term, quantity_id, value) for term in expression.terms)
            return replace(expression, terms=terms)
        case Product():
            return Product(tuple(substitute(factor, quantity_id, value) for factor in expression.factors))
        case Quotient():
            return Quotient(
                substitute(expression.numerator, quantity_id, value),
                substitute(expression.denominator, quantity_id, value),
            )
        case Least():
            return Least(tuple(substitute(item, quantity_id, value) for item in expression.values))
        case Greatest():
            return Greatest(tuple(substitute(item, quantity_id, value) for item in expression.values))
        case Constant() | Range() | Ruled():
            return expression
        case _:
            assert_never(expression)
