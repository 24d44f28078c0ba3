"""CSV cells: nothing a spreadsheet would run, no number altered."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest

from pipeline.publish.spreadsheet import SpreadsheetWriter, cell_text

CELLS = [
    ("=1+1", "'=1+1"),
    ("+产出", "'+产出"),
    ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    ("＝1+1", "'＝1+1"),
    ("-12.50", "-12.50"),
    ("+3", "+3"),
    ("-1,234.5%", "-1,234.5%"),
    ("产出=3", "产出=3"),
    ("", ""),
    (None, ""),
    (True, "true"),
    (0.25, "0.25"),
    (12, "12"),
    (Decimal("96.9800000000"), "96.98"),
    (Decimal("20.0000000000"), "20"),
    (Decimal("0E-10"), "0"),
    (Decimal("-5.0000000000"), "-5"),
    (Decimal("123456789012345.6700000000"), "123456789012345.67"),
    ([], ""),
    ([{"page": 3, "quote": "得分19"}, {"page": None, "message": "坏页"}], "p. 3: 得分19; 坏页"),
]


@pytest.mark.parametrize(("value", "text"), CELLS)
def test_cell_text(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_rows_come_back_as_written() -> None:
    stream = io.StringIO()
    SpreadsheetWriter(stream, ("a", "b")).write([{"a": '引"号', "b": "两\n行"}])
    assert list(csv.reader(io.StringIO(stream.getvalue()))) == [["a", "b"], ['引"号', "两\n行"]]
