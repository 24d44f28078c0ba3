"""What kind of page a page is found to be, and why."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from pipeline.model.geometry import BBox
from pipeline.read import pdfium
from pipeline.read.marks import NO_EDGES, UNMAPPED, Characters, Marks
from pipeline.read.triage import PageKind, Triage, find_picture_areas, garbled_share, triage
from tests.read.drawn_pdf import Drawing, build
from tests.read.scanned_pdf import as_pdf, picture_of, with_picture

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "nanyu-market-2021.pdf"
WHOLE_PAGE = BBox(0, 0, 596, 842)
PICTURE = "q {width} 0 0 {height} {x} {y} cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
PROSE = "本单位全年预算执行情况良好，项目支出按计划完成，资金使用合规。"


def look(data: bytes, index: int = 0) -> Triage:
    with pypdfium2.PdfDocument(data) as document:
        return triage(pdfium.read_marks(document, index))


def picture(x: float, y: float, width: float, height: float) -> str:
    return PICTURE.format(x=x, y=y, width=width, height=height)


def codes(text: str) -> np.ndarray:
    return np.array([ord(character) for character in text], dtype=np.uint32)


def test_text_pages() -> None:
    found = look(SAMPLE.read_bytes(), 1)
    assert (found.kind, found.reason, found.areas) == (PageKind.TEXT, "text layer", ())


def test_a_page_with_nothing_on_it_is_empty() -> None:
    assert look(build(Drawing())).kind is PageKind.EMPTY


def test_a_lone_rule_or_a_small_mark_makes_no_scan() -> None:
    assert look(build(Drawing().line(50, 50, 350, 50))).kind is PageKind.EMPTY
    assert look(build(Drawing().raw(picture(10, 10, 20, 20)))).kind is PageKind.EMPTY


def test_a_picture_of_the_page_is_a_scan() -> None:
    found = look(as_pdf(picture_of(SAMPLE.read_bytes(), 1, 40), dpi=40))
    assert found.kind is PageKind.SCAN
    assert "100%" in found.reason


def test_strips_of_one_picture_count_together() -> None:
    drawing = Drawing()
    for strip in range(6):
        drawing.raw(picture(0, strip * 50, 400, 50))
    assert look(build(drawing)).kind is PageKind.SCAN


def test_a_scan_with_a_printed_page_number_stays_a_scan() -> None:
    found = look(build(Drawing().raw(picture(0, 0, 400, 300)).text(190, 20, "page 3")))
    assert found.kind is PageKind.SCAN
    assert "characters on them" in found.reason


def test_letters_turned_into_outlines_are_a_scan() -> None:
    drawing = Drawing()
    for number in range(60):
        drawing.raw(f"{number} 10 m {number + 3} 20 l {number + 5} 14 l h f")
    assert look(build(drawing)).kind is PageKind.SCAN


def test_a_table_pasted_in_as_a_picture() -> None:
    drawing = Drawing().text(20, 270, PROSE[:20]).raw(picture(50, 60, 300, 150))
    found = look(build(drawing))
    assert found.kind is PageKind.MIXED
    assert [tuple(map(round, (area.x0, area.top, area.x1, area.bottom))) for area in found.areas] == [
        (50, 90, 350, 240)
    ]


@pytest.mark.parametrize(
    "drawing",
    [
        pytest.param(Drawing().text(20, 270, PROSE[:20]).raw(picture(50, 60, 40, 40)), id="a small logo"),
        pytest.param(Drawing().text(20, 270, PROSE[:20]).raw(picture(50, 60, 300, 20)), id="a narrow band"),
        pytest.param(Drawing().raw(picture(50, 60, 250, 190)).text(60, 150, PROSE[:15]), id="print on a picture"),
    ],
)
def test_pictures_that_need_no_reading(drawing: Drawing) -> None:
    assert look(build(drawing)).kind is PageKind.TEXT


def test_a_background_picture_behind_a_full_text_is_text() -> None:
    drawing = Drawing().raw(picture(0, 0, 400, 300))
    for line in range(6):
        drawing.text(20, 250 - 20 * line, PROSE[line : line + 25])
    assert look(build(drawing)).kind is PageKind.TEXT


def test_a_plausible_hidden_text_layer_is_used() -> None:
    page = picture_of(SAMPLE.read_bytes(), 1, 40)
    found = look(with_picture(SAMPLE.read_bytes(), 1, page, WHOLE_PAGE, hide_text=True))
    assert (found.kind, found.recognised) == (PageKind.SCAN, True)


def test_text_painted_over_by_the_picture_counts_as_hidden() -> None:
    page = picture_of(SAMPLE.read_bytes(), 1, 40)
    assert look(with_picture(SAMPLE.read_bytes(), 1, page, WHOLE_PAGE)).recognised


def test_an_implausible_hidden_text_layer_is_not_used() -> None:
    hidden = "锛岀殑鏄鍜屾湁浜烘垜浠涓鐤鍙戞梺"
    drawing = Drawing().raw("3 Tr")
    for line in range(6):
        drawing.text(20, 250 - 20 * line, hidden)
    drawing.raw(picture(0, 0, 400, 300))
    found = look(build(drawing))
    assert (found.kind, found.recognised) == (PageKind.SCAN, False)
    assert "hidden" in found.reason


def test_glyphs_without_a_character_are_garbled() -> None:
    found = look(build(Drawing().raw("BT /F4 12 Tf 50 200 Td <003000310032> Tj ET")))
    assert found.kind is PageKind.GARBLED


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        (PROSE, False),
        ("2031年预算数为1,234.56万元，执行率98.70%（≥95%），得分①②③", False),
        ("• 完成年度目标任务，资金到位率达到百分之百\uf0b7 项目按期验收", False),
        ("Performance evaluation report 2031, Größe und Maß", False),
        ("⼯作⽅案和⼟地管理⼯作的落实情况说明", False),
        (f"{chr(UNMAPPED)}完成年度目标任务，资金到位率达到百分之百，项目按期验收", False),
        (f"本年支出{chr(UNMAPPED) * 5}万元，比上年有所增长，主要用于项目建设", True),
        ("锛岀殑鏄鍜屾湁浜烘垜浠涓鐤鍙戞梺", True),
        ("±¾ÄêÔ¤ËãÖ´ÐÐÇé¿öÁ¼ºÃ£¬ÏîÄ¿Ö§³ö", True),
        ("\ue101\ue102\ue103\ue104年\ue105\ue106\ue107", True),
        ("ꀀꀁꀂꀃꀄꀅꀆꀇꀈꀉ", True),
    ],
)
def test_garbled_text(text: str, garbled: bool) -> None:
    assert (triage(marks_of(text)).kind is PageKind.GARBLED) == garbled
    assert 0.0 <= garbled_share(codes(text)) <= 1.0


def marks_of(text: str) -> Marks:
    boxes = np.array([(10.0 * index, 10.0, 10.0 * index + 9, 20.0) for index in range(len(text))])
    return Marks(600.0, 800.0, Characters(codes(text), boxes, boxes[:, :2]), NO_EDGES)


def test_pictures_outside_the_page_are_no_areas() -> None:
    marks = marks_of(PROSE)
    outside = Marks(600.0, 800.0, marks.characters, NO_EDGES, images=np.array([[-500.0, 0.0, -10.0, 800.0]]))
    assert find_picture_areas(outside) == ()
