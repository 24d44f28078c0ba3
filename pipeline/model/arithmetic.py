"""Whether a stated figure and an expression can be the same number, given what their printed digits stand for.

Rules ask it to choose between the readings that the words of a report allow; verdicts are made by `pipeline.reconcile`.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from typing import assert_never

from pipeline.model.check import Constant, Expression, Greatest, Least, Product, Quotient, Range, Sum
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
        case Sum():
            return reduce(
                Interval.__add__,
                (-interval_of(term) if minus else interval_of(term) for term, minus in expression.signed()),
            )
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


def agrees(stated: Quantity, expression: Expression) -> bool:
    """Whether the stated figure and the expression share a value; False where the expression has none."""
    try:
        return stated.interval.meets(interval_of(expression))
    except DenominatorSpansZeroError:
        return False
