"""Numbers for a reader: nothing stated loses a digit, nothing re-computed looks more exact or smaller than it is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.publish.evidence.amounts import (
    gap_text,
    places_printed,
    point_text,
    range_text,
    same_when_rounded,
    stated_text,
)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("18.5000000000", 2, "18.50"),
        ("18.5000000000", 0, "18.5"),
        ("20.0000000000", 0, "20"),
        ("0.1234567891", 2, "0.1234567891"),
        ("-3.0000000000", 1, "-3.0"),
    ],
)
def test_stated_numbers_keep_their_zeros_and_all_their_digits(value: str, places: int, text: str) -> None:
    assert stated_text(Decimal(value), places) == text


@pytest.mark.parametrize(
    ("printed", "places"), [("97.82分", 2), ("100", 0), ("88.5", 1), (None, 0), ("1,234.50 万元", 2)]
)
def test_places_printed(printed: str | None, places: int) -> None:
    assert places_printed(printed) == places


@pytest.mark.parametrize(
    ("value", "unit", "places", "text"),
    [
        ("34579200", "万元", 2, "3457.92"),
        ("88.888889", "%", 2, "88.8889"),
        ("7", "分", 2, "7.00"),
        ("9.5", "分", 0, "9.5"),
        ("12", "某单位", 0, "12"),
    ],
)
def test_recomputed_numbers_in_the_stated_unit(value: str, unit: str, places: int, text: str) -> None:
    assert point_text(Decimal(value), unit, places) == text


def test_ranges_are_rounded_outwards_and_left_out_where_they_are_points() -> None:
    assert range_text(Decimal("29.26666"), Decimal("29.33333"), "分", 2) == ("29.2666", "29.3334")
    assert range_text(Decimal(5), Decimal(5), "分", 0) is None
    assert range_text(None, Decimal(5), "分", 0) is None


@pytest.mark.parametrize(
    ("gap", "unit", "places", "text"),
    [
        ("179750", "万元", 2, "17.975 万元"),
        ("0.9861111111", "%", 2, "0.9861 百分点"),
        ("0.0000000100", "分", 0, "0.00000001 分"),
        ("2", "", 0, "2"),
        ("0", "分", 0, None),
        (None, "分", 0, None),
    ],
)
def test_the_least_gap_is_rounded_downwards_but_never_to_nothing(
    gap: str | None, unit: str, places: int, text: str | None
) -> None:
    assert gap_text(None if gap is None else Decimal(gap), unit, places) == text


def test_totals_are_compared_at_the_places_they_are_printed_with() -> None:
    assert same_when_rounded(Decimal("97.28"), Decimal("97.283333"), 2)
    assert not same_when_rounded(Decimal("97.82"), Decimal("97.28"), 2)
