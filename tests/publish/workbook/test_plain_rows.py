"""Plain rows read back as they were, whatever is in them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from pipeline.publish.workbook.cells import Column
from pipeline.publish.workbook.plain_rows import PlainRows, column_letters, fill_form

STYLES = ("text", "number", "text guarded")
COLUMNS = (Column("name", "名称", 10), Column("amount", "数", 10, "number"))


def form() -> io.BytesIO:
    stream = io.BytesIO()
    with Workbook(stream) as workbook:
        sheet = workbook.add_worksheet("数字")
        sheet.write_row(0, 0, ["name", "amount"])
        for position, _ in enumerate(STYLES):
            sheet.write_blank(1, position, None, workbook.add_format({"bold": position == 1}))
    stream.seek(0)
    return stream


def written(path: Path, rows: list[dict[str, object]], count: int | None = None) -> list[list[object]]:
    fill_form(form(), path, STYLES, {1: PlainRows(COLUMNS, rows, len(rows) if count is None else count)})
    return CalamineWorkbook.from_path(path).get_sheet_by_name("数字").to_python(skip_empty_area=False)


@pytest.mark.parametrize(
    "text", ["<b>&amp;</b>", "_x0041_", "甲\n乙", "  前后  ", '"引"', "=1+1", "]]>", "𠮷", "a_x00zz_", "_x005F_"]
)
def test_text_comes_back(tmp_path: Path, text: str) -> None:
    assert written(tmp_path / "b.xlsx", [{"name": text, "amount": 1.5}])[1:] == [[text, 1.5]]


def test_cells_without_a_value_are_left_out(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"name": None, "amount": 2}, {"name": "乙", "amount": None}]
    assert written(tmp_path / "b.xlsx", rows)[1:] == [["", 2.0], ["乙", ""]]


def test_only_the_first_rows_are_written(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"name": str(number), "amount": number} for number in range(2_500)]
    assert len(written(tmp_path / "b.xlsx", rows, 2_001)) == 2_002


def test_no_rows_leave_the_header(tmp_path: Path) -> None:
    assert written(tmp_path / "b.xlsx", []) == [["name", "amount"]]


@given(st.integers(min_value=0, max_value=16_383))
def test_letters_of_columns(position: int) -> None:
    assert column_letters(position) == xl_col_to_name(position)
