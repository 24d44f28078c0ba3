"""Numbers into columns: stated ones unchanged or refused, bounds outward, never through a context's 28 digits."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.publish.decimals import (
    NumberTooLongError,
    fits,
    lower_bound,
    recomputed_number,
    stated_number,
    upper_bound,
)
from pipeline.publish.schema import DECIMAL_PLACES, NUMBER

LARGEST = Decimal("9999999999999999999999999999.9999999999")


@settings(deadline=None)  # the first array of a process loads a lot
@given(st.decimals(min_value=-(10**28) + 1, max_value=10**28 - 1, places=DECIMAL_PLACES, allow_nan=False))
def test_a_stated_number_comes_back_from_a_column_unchanged(value: Decimal) -> None:
    assert pa.array([stated_number(value)], NUMBER).to_pylist() == [value]


@pytest.mark.parametrize("text", ["0.00000000001", "1E28", "-1E28", "1.23456789012"])
def test_a_stated_number_that_would_lose_a_digit_is_refused(text: str) -> None:
    assert not fits(Decimal(text))
    with pytest.raises(NumberTooLongError):
        stated_number(Decimal(text))


@pytest.mark.parametrize("value", [LARGEST, LARGEST.copy_negate(), Decimal("999999999999999.00000001"), Decimal("1E3")])
def test_all_that_fits_is_taken(value: Decimal) -> None:
    assert stated_number(value) == value


@given(st.fractions(min_value=-(10**20), max_value=10**20))
def test_bounds_round_away_from_the_interval(value: Fraction) -> None:
    lower, upper = lower_bound(value), upper_bound(value)
    assert lower is not None
    assert upper is not None
    assert Fraction(lower) <= value <= Fraction(upper)
    assert Fraction(upper) - Fraction(lower) <= Fraction(1, 10**DECIMAL_PLACES)


def test_bounds_keep_more_digits_than_the_decimal_context() -> None:
    assert lower_bound(Fraction(LARGEST)) == LARGEST


def test_recomputed_numbers_are_rounded_and_dropped_when_too_long() -> None:
    assert recomputed_number(Decimal("0.333333333333333")) == Decimal("0.3333333333")
    assert recomputed_number(Decimal("1E28")) is None
    assert recomputed_number(None) is None
