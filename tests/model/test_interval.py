"""Interval arithmetic holds every result that its operands allow."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.interval import DenominatorSpansZeroError, Interval

fractions = st.fractions(min_value=-1000, max_value=1000, max_denominator=100)


@st.composite
def intervals(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    """An interval and a value inside it."""
    ends = sorted((draw(fractions), draw(fractions)))
    share = draw(st.fractions(min_value=0, max_value=1, max_denominator=10))
    return Interval(ends[0], ends[1]), ends[0] + (ends[1] - ends[0]) * share


@given(intervals(), intervals())
def test_results_lie_inside(a: tuple[Interval, Fraction], b: tuple[Interval, Fraction]) -> None:
    (left, x), (right, y) = a, b
    assert (left + right).contains(x + y)
    assert (left - right).contains(x - y)
    assert (left * right).contains(x * y)
    assert left.least(right).contains(min(x, y))
    assert left.greatest(right).contains(max(x, y))


@given(intervals(), intervals())
def test_quotients_lie_inside_or_are_refused(a: tuple[Interval, Fraction], b: tuple[Interval, Fraction]) -> None:
    (left, x), (right, y) = a, b
    if right.contains(Fraction(0)):
        with pytest.raises(DenominatorSpansZeroError):
            left / right
    else:
        assert (left / right).contains(x / y)


@given(intervals(), intervals())
def test_distance_is_symmetric_and_zero_when_shared(a: tuple[Interval, Fraction], b: tuple[Interval, Fraction]) -> None:
    (left, x), (right, _) = a, b
    assert left.distance(right) == right.distance(left) >= 0
    if right.contains(x):
        assert left.meets(right)


def test_open_ends() -> None:
    at_least_ninety = Interval(Fraction(90), None)
    assert at_least_ninety.meets(Interval.exact(1000))
    assert at_least_ninety.distance(Interval.exact(80)) == 10
    assert (at_least_ninety * Interval.exact(2)).lower == 180
    assert at_least_ninety.reciprocal() == Interval(Fraction(0), Fraction(1, 90))
    with pytest.raises(DenominatorSpansZeroError):
        Interval(None, Fraction(1)).reciprocal()


def test_ends_in_order() -> None:
    with pytest.raises(ValueError, match="out of order"):
        Interval(Fraction(2), Fraction(1))
