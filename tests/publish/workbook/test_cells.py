"""Values as cells: exact or text, never a formula."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.publish.workbook.cells import CellValue, Column, base_unit, cell
from pipeline.publish.workbook.styles import STYLES
from pipeline.publish.workbook.words import SEVERITIES

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=10, min_value=-(10**27), max_value=10**27)


def shown(value: object, style: str = "text", kind: str = "money") -> tuple[CellValue, str] | None:
    return cell(Column("value", "数值", 10, style), {"value": value, "kind": kind, "unit": "万元"})


@pytest.mark.parametrize(
    ("value", "style", "kind", "expected"),
    [
        (None, "text", "money", None),
        ("文字", "text", "money", ("文字", "text")),
        ("=HYPERLINK(1)", "text", "money", ("=HYPERLINK(1)", "text guarded")),
        ("+cmd|'/c calc'!A0", "wrapped", "money", ("+cmd|'/c calc'!A0", "wrapped guarded")),
        ("@SUM(1)", "entry", "money", ("@SUM(1)", "entry guarded")),
        ("-1+2", "printed", "money", ("-1+2", "printed guarded")),
        ("\tx", "text", "money", ("\tx", "text guarded")),
        ("-12.50%", "printed", "money", ("-12.50%", "printed")),
        (Decimal("146100.00"), "by kind", "money", (Decimal("146100.00"), "money")),
        (Decimal("97.62"), "by kind", "percent", (Decimal("97.62"), "percent")),
        (Decimal(19), "by kind", "score", (Decimal(19), "number")),
        (Decimal("123456789012345"), "number", "money", (Decimal("123456789012345"), "number")),
        (Decimal("1234567890123456"), "number", "money", ("1234567890123456", "printed")),
        (Decimal("0.1234567890"), "number", "money", (Decimal("0.1234567890"), "number")),
        (2031, "plain integer", "money", (2031, "plain integer")),
        ("坏\x00字\ufffe", "text", "money", ("坏\ufffd字\ufffd", "text")),
    ],
)
def test_cell(value: object, style: str, kind: str, expected: tuple[CellValue, str] | None) -> None:
    assert shown(value, style, kind) == expected


@given(DECIMALS)
def test_a_number_is_a_number_only_where_a_spreadsheet_keeps_it(value: Decimal) -> None:
    result = shown(value, "number")
    assert result is not None
    if isinstance(result[0], Decimal):
        assert Decimal(f"{float(value):.15g}") == value
    else:
        assert Decimal(str(result[0])) == value


def test_words_take_the_place_of_values() -> None:
    column = Column("severity", "程度", 9, words=SEVERITIES)
    assert cell(column, {"severity": "error"}) == ("错误", "error")
    assert {style for _, style in SEVERITIES.values()} <= STYLES.keys()


def test_a_text_too_long_for_a_cell_says_that_it_is_cut() -> None:
    result = shown("字" * 50_000)
    assert result is not None
    assert len(str(result[0])) < 32_767
    assert str(result[0]).endswith("全文见数据集）")


@pytest.mark.parametrize(
    ("kind", "unit", "base"), [("money", "亿元", "元"), ("percent", "%", "%"), ("count", "辆", "辆")]
)
def test_values_are_in_the_base_unit(kind: str, unit: str, base: str) -> None:
    assert base_unit({"kind": kind, "unit": unit}) == base
