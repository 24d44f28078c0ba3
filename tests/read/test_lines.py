"""Characters into lines: what is kept, what is joined, what is parted."""

from __future__ import annotations

import math

import pytest

from tests.read.drawn_pdf import Drawing
from tests.read.reading import read


def test_lines_are_slices_of_the_page_text() -> None:
    page = read(Drawing().text(50, 250, "一、部门概况").text(50, 230, "Budget 1,234.50"))
    assert [page.text[line.start : line.end] for line in page.lines] == ["一、部门概况", "Budget 1,234.50"]
    assert page.text == "一、部门概况\nBudget 1,234.50\n"


def test_every_printed_character_has_a_box_and_no_separator_has() -> None:
    page = read(Drawing().text(50, 250, "ab").text(50, 230, "cd"))
    assert len(page.boxes) == 4 * len(page.text)
    for index, letter in enumerate(page.text):
        assert math.isnan(page.boxes[4 * index]) == (letter == "\n")


def test_boxes_are_measured_from_the_top_left() -> None:
    page = read(Drawing(height=300).text(50, 200, "标题", size=20))
    box = page.bbox(0, 2)
    assert box is not None
    assert (box.x0, box.x1) == (pytest.approx(50), pytest.approx(90))
    assert 80 <= box.top < 100 <= box.bottom < 106


def test_pieces_on_one_baseline_are_one_line_in_order_of_place() -> None:
    page = read(Drawing().text(110, 200, "2,995.39").text(50, 200, "收入合计").text(158, 200, "万元"))
    assert page.text == "收入合计 2,995.39万元\n"


def test_a_superscript_stays_in_its_line() -> None:
    assert read(Drawing().text(50, 200, "x").text(57, 205, "2", 7).text(62, 200, "y")).text == "x2y\n"


def test_lines_set_tight_stay_apart() -> None:
    page = read(Drawing().text(50, 200, "上一行文字").text(50, 188, "下一行文字"))
    assert page.text == "上一行文字\n下一行文字\n"


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (0, "ab"),  # set tight
        (6, "a b"),  # a word space
    ],
)
def test_a_wide_gap_parts_words(gap: float, expected: str) -> None:
    width_of_a = 12 * 0.556
    assert read(Drawing().text(50, 200, "a").text(50 + width_of_a + gap, 200, "b")).text == f"{expected}\n"


def test_justified_chinese_gets_no_spaces_but_columns_do() -> None:
    justified = Drawing().text(50, 200, "绩").text(70, 200, "效").text(90, 200, "自").text(110, 200, "评")
    assert read(justified).text == "绩效自评\n"
    columns = Drawing().text(50, 200, "编制单位").text(250, 200, "单位")
    assert read(columns).text == "编制单位 单位\n"


def test_printed_spaces_are_kept_inside_a_line_and_dropped_around_it() -> None:
    assert read(Drawing().text(50, 200, "  10 000.5 ")).text == "10 000.5\n"
    assert read(Drawing().text(50, 200, "   ").text(50, 180, "x")).text == "x\n"


def test_bold_imitated_by_printing_twice_is_read_once() -> None:
    assert read(Drawing().text(50, 200, "2022").text(50.4, 200, "2022")).text == "2022\n"


def test_digits_that_repeat_are_not_taken_for_bold() -> None:
    assert read(Drawing().text(50, 200, "1111.11", size=5)).text == "1111.11\n"


def test_invisible_and_white_text_is_kept() -> None:
    drawing = Drawing().raw("3 Tr").text(50, 200, "hidden").raw("0 Tr 1 g").text(50, 180, "white")
    assert read(drawing).text == "hidden\nwhite\n"


def test_full_width_punctuation_keeps_its_place() -> None:
    assert read(Drawing().text(50, 200, "决策、过程，产出（效益）")).text == "决策、过程，产出（效益）\n"


def test_one_glyph_for_several_characters_gives_all_of_them() -> None:
    page = read(Drawing().raw("BT /F3 12 Tf 50 200 Td (DxS) Tj ET"), {"D": "——", "x": "x", "S": "\U00020bb7"})
    assert page.text == "——x\U00020bb7\n"
    first, second = page.bbox(0, 1), page.bbox(1, 2)
    assert first is not None
    assert second is not None
    assert first.x1 == pytest.approx(second.x0)


def test_a_hyphen_at_a_line_end_is_a_hyphen() -> None:
    page = read(Drawing().text(50, 200, "planned for 2020-").text(50, 185, "2021"))
    assert page.text == "planned for 2020-\n2021\n"


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("turn", ["1 0 0 1", "0 1 -1 0", "-1 0 0 -1", "0 -1 1 0"])
def test_print_reads_the_same_however_page_and_print_are_turned(rotate: int, turn: str) -> None:
    drawing = Drawing(rotate=rotate).text(200, 150, "Total 12", turn=turn).text(170, 120, "next", turn=turn)
    page = read(drawing)
    assert sorted(page.text.split("\n")) == ["", "Total 12", "next"]
    assert (page.width, page.height) == ((300, 400) if rotate % 180 else (400, 300))
    for line in page.lines:
        assert 0 <= line.bbox.x0 < line.bbox.x1 <= page.width
        assert 0 <= line.bbox.top < line.bbox.bottom <= page.height


def test_a_slanted_watermark_runs_through_no_line() -> None:
    drawing = Drawing()
    for row in range(8):
        drawing.text(50, 250 - 20 * row, "资金执行情况如下所示")
    drawing.text(60, 100, "DRAFT", size=40, turn="0.707 0.707 -0.707 0.707")
    page = read(drawing)
    assert page.text == "资金执行情况如下所示\n" * 8 + "DRAFT\n"


def test_a_crop_box_moves_the_origin() -> None:
    page = read(Drawing(crop=(40, 150, 240, 250)).text(50, 200, "标题"))
    box = page.bbox(0, 2)
    assert (page.width, page.height) == (200, 100)
    assert box is not None
    assert box.x0 == pytest.approx(10)
    assert 35 < box.top < 50 < box.bottom
