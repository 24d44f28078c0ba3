"""Arrow to pandas without losing a digit or a type."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.notebook.frames import frame_of, plain_decimal
from pipeline.publish.schema import NUMBER

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=10, min_value=-(10**27), max_value=10**27)


@given(DECIMALS)
def test_a_decimal_keeps_its_value_and_loses_its_zeros(value: Decimal) -> None:
    short = plain_decimal(value)
    assert short == value
    assert "E" not in f"{short:f}"
    assert not (str(short).endswith("0") and "." in str(short))


@pytest.mark.parametrize(("value", "text"), [("100.0000000000", "100"), ("0E-10", "0"), ("19.50", "19.5")])
def test_decimals_as_they_are_shown(value: str, text: str) -> None:
    assert str(plain_decimal(Decimal(value))) == text


@given(st.lists(st.none() | DECIMALS, max_size=8))
def test_columns_of_decimals_come_back(values: list[Decimal | None]) -> None:
    series = frame_of(pa.table({"value": pa.array(values, type=NUMBER)})).value
    assert series.dtype == object
    assert series.tolist() == values


def test_sums_are_exact_and_skip_what_is_missing() -> None:
    frame = frame_of(pa.table({"value": pa.array([Decimal("0.1"), None, Decimal("0.2")], type=NUMBER)}))
    assert frame.value.sum() == Decimal("0.3")


def test_whole_numbers_of_128_bits_become_integers_where_they_fit() -> None:
    kind = pa.decimal128(38, 0)
    frame = frame_of(
        pa.table({"n": pa.array([Decimal(3), None], type=kind), "m": pa.array([Decimal(2**70)] * 2, kind)})
    )
    assert frame.n.dtype == pd.Int64Dtype()
    assert frame.m.tolist() == [Decimal(2**70)] * 2
