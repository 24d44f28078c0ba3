"""Scanned, mixed and garbled pages read through their picture, from the sample reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from patterns.fold import fold
from pipeline.model.document import CERTAIN, Page, PageTable, Reader
from pipeline.model.geometry import BBox
from pipeline.model.portion import Portion
from pipeline.read import OCRMode, ReadOptions, read_pages
from pipeline.read.draw import draw_page, find_words
from pipeline.read.ocr import cache as ocr_cache
from pipeline.read.ocr import page as ocr_page
from pipeline.read.ocr.reread import reread
from pipeline.read.ocr.slant import slant_boxes
from tests.read.drawn_pdf import Drawing, build
from tests.read.scanned_pdf import as_pdf, lay_askew, make_grainy, picture_of, stamp, turn, with_picture

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
TABLES = CORPUS / "liujin-culture-2023.pdf"
FORM = CORPUS / "xingzhu-library-2023.pdf"
PROSE = CORPUS / "nanyu-market-2021.pdf"
DPI = 150
SKEW = 1.2


@pytest.fixture(autouse=True)
def without_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ocr_cache.CACHE_VARIABLE, "off")


def read_one(data: bytes, index: int = 0, mode: OCRMode = OCRMode.AUTO) -> Page:
    options = ReadOptions(ocr=mode, dpi=DPI)
    pages, problems = read_pages(data, options=options, portion=Portion(index + 1, index + 1))
    assert problems == []
    return pages[0]


@cache
def text_page(path: Path, index: int) -> Page:
    """The page as its text layer has it."""
    return read_one(path.read_bytes(), index, OCRMode.NEVER)


@cache
def scanned(path: Path, index: int) -> tuple[bytes, Page]:
    """The page as a picture: askew, grainy, with a seal on it; and what is read from that."""
    picture = lay_askew(picture_of(path.read_bytes(), index, DPI), SKEW)
    data = as_pdf(make_grainy(stamp(picture, 800, 900, 110)), dpi=DPI)
    return data, read_one(data)


def bare(text: str) -> str:
    """What must be recognised: everything but white space, widths and dotted leaders."""
    folded = re.sub(r"\s|[.…·]{2,}", "", fold(text))
    return re.sub("[—–一-]", "-", folded.replace("，", ","))


def likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, bare(one), bare(other), autojunk=False).ratio()


def figures(text: str) -> list[str]:
    return re.findall(r"\d[\d,]*(?:\.\d+)?%?", bare(text))


def grid(table: PageTable) -> list[tuple[int, int, int, int]]:
    return [(cell.row, cell.col, cell.row_span, cell.col_span) for cell in table.cells]


def pairs_of_boxes(printed: Page, read: Page) -> Iterator[tuple[list[float], list[float]]]:
    """The boxes of the characters that both pages have, in order."""
    one = [index for index, sign in enumerate(printed.text) if not sign.isspace()]
    other = [index for index, sign in enumerate(read.text) if not sign.isspace()]
    matcher = SequenceMatcher(
        None, [printed.text[index] for index in one], [read.text[index] for index in other], autojunk=False
    )
    for start, there, size in matcher.get_matching_blocks():
        for step in range(size):
            mine, theirs = 4 * one[start + step], 4 * other[there + step]
            yield list(printed.boxes[mine : mine + 4]), list(read.boxes[theirs : theirs + 4])


@pytest.mark.slow
@pytest.mark.parametrize(("path", "index"), [(TABLES, 4), (FORM, 0)], ids=["tables", "form"])
class TestScans:
    """Whole pages with tables."""

    def test_text_and_figures(self, path: Path, index: int) -> None:
        printed, (_, page) = text_page(path, index), scanned(path, index)
        assert likeness(printed.text, page.text) > 0.98
        assert figures(page.text) == figures(printed.text)

    def test_tables_are_the_same(self, path: Path, index: int) -> None:
        printed, (_, page) = text_page(path, index), scanned(path, index)
        assert [grid(table) for table in page.tables] == [grid(table) for table in printed.tables]
        for one, other in zip(printed.tables, page.tables, strict=True):
            alike = [
                bare(printed.text[cell.start : cell.end]) == bare(page.text[twin.start : twin.end])
                for cell, twin in zip(one.cells, other.cells, strict=True)
            ]
            assert np.mean(alike) > 0.9

    def test_boxes_tell_where_characters_stand_on_the_sheet(self, path: Path, index: int) -> None:
        printed, (_, page) = text_page(path, index), scanned(path, index)
        pairs = np.array(list(pairs_of_boxes(printed, page)))
        expected = slant_boxes(pairs[:, 0], SKEW, printed.width, printed.height)
        off = np.abs((expected[:, :2] + expected[:, 2:] - pairs[:, 1, :2] - pairs[:, 1, 2:]) / 2)
        assert np.percentile(off[:, 0], 90) < 2.0
        assert np.percentile(off[:, 1], 90) < 2.5

    def test_what_is_told_of_the_page(self, path: Path, index: int) -> None:
        printed, (_, page) = text_page(path, index), scanned(path, index)
        assert page.reader is Reader.OCR
        assert "no text layer" in page.reason
        assert 0.9 < page.confidence < CERTAIN
        assert len(page.confidences) == len(page.text) == len(page.boxes) // 4
        assert page.confidence_of(0, len(page.text)) <= page.confidence
        assert (page.width, page.height) == pytest.approx((printed.width, printed.height), abs=1)


@pytest.mark.slow
def test_a_figure_is_read_again_by_itself() -> None:
    data, page = scanned(TABLES, 4)
    printed = list(re.finditer(r"\d[\d,]*\.\d\d", page.text))[:3]
    assert printed
    with pypdfium2.PdfDocument(data) as document:
        for match in printed:
            bbox = page.bbox(*match.span())
            assert bbox is not None
            readings = reread(document, 1, bbox)
            assert match.group() in [text for text, _ in readings]
            assert [sureness for _, sureness in readings] == sorted((sure for _, sure in readings), reverse=True)


@pytest.mark.slow
def test_a_drawing_of_what_was_read() -> None:
    data, page = scanned(TABLES, 4)
    with pypdfium2.PdfDocument(data) as document:
        image = draw_page(document, page, 72)
    assert image.size == pytest.approx((page.width, page.height), abs=2)
    assert len(image.getcolors(1 << 20) or ()) > 100


def test_words_between_white_space() -> None:
    text = " 项目\t支出\n\n98.5% "
    assert [text[start:end] for start, end in find_words(text)] == ["项目", "支出", "98.5%"]


@pytest.fixture(scope="module")
def part() -> bytes:
    """The upper part of a page of prose, as a small page of its own."""
    return as_pdf(picture_of(PROSE.read_bytes(), 3, DPI, BBox(0, 60, 595, 330)), dpi=DPI)


@pytest.fixture(scope="module")
def upright(part: bytes) -> str:
    return read_one(part).text


@pytest.mark.slow
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_pages_lying_on_their_side_or_head(part: bytes, upright: str, quarters: int) -> None:
    page = read_one(as_pdf(turn(picture_of(part, 0, DPI), quarters), dpi=DPI))
    assert likeness(page.text, upright) > 0.97
    first = page.bbox(0, 1)
    assert first is not None
    # Where the first character stands, as the page is displayed.
    across, down = first.x0 / page.width, first.top / page.height
    corner = {1: (1, 0), 2: (1, 1), 3: (0, 1)}[quarters]
    assert (round(across), round(down)) == corner


@pytest.mark.slow
def test_a_scanned_table_pasted_into_a_text_page() -> None:
    printed = text_page(TABLES, 3)
    table = printed.tables[0]
    area = BBox(table.bbox.x0 - 5, table.bbox.top - 5, table.bbox.x1 + 5, table.bbox.bottom + 5)
    picture = picture_of(TABLES.read_bytes(), 3, DPI, area)
    box = BBox(60, 480, 60 + area.width, 480 + area.height)
    page = read_one(with_picture(build(Drawing(595, 842).text(60, 760, "项目支出情况见下表。")), 0, picture, box))
    assert page.reader is Reader.OCR
    assert "picture" in page.reason
    assert page.text.startswith("项目支出情况见下表。\n")
    assert page.confidence_of(0, 10) == CERTAIN
    assert page.confidence_of(0, len(page.text)) < CERTAIN
    assert [grid(found) for found in page.tables] == [grid(table)]
    assert figures(page.text[11:]) == figures(printed.text[table.cells[0].start : table.cells[-1].end])


@pytest.mark.slow
def test_a_picture_without_print_leaves_a_text_page() -> None:
    cloud = np.random.default_rng(3).normal(200, 8, (40, 40, 3)).clip(0, 255).astype(np.uint8)
    smooth = np.kron(cloud, np.ones((10, 10, 1), np.uint8))
    data = with_picture(build(Drawing(595, 842).text(60, 760, "项目现场照片。")), 0, smooth, BBox(60, 300, 460, 700))
    page = read_one(data)
    assert page.text == "项目现场照片。\n"
    assert page.reader is Reader.TEXT


@pytest.mark.slow
def test_glyphs_without_characters_are_read_from_their_picture() -> None:
    page = read_one(build(Drawing().raw("BT /F4 24 Tf 50 200 Td <0024002500260027> Tj ET")), mode=OCRMode.AUTO)
    assert page.reader is Reader.OCR
    assert "implausible" in page.reason


def test_an_earlier_recognition_is_used_with_the_rules_of_the_picture() -> None:
    data = TABLES.read_bytes()
    picture = lay_askew(picture_of(data, 4, DPI), 0.6)
    printed = text_page(TABLES, 4)
    sheet = BBox(0, 0, printed.width, printed.height)
    page = read_one(with_picture(data, 4, picture, sheet, hide_text=True))
    assert page.reader is Reader.OCR
    assert "earlier recognition" in page.reason
    assert [grid(table) for table in page.tables] == [grid(table) for table in printed.tables]
    assert page.confidence == pytest.approx(ocr_page.EARLIER)
    assert likeness(page.text, printed.text) > 0.9


def test_never_means_never_and_says_what_is_lost(monkeypatch: pytest.MonkeyPatch, part: bytes) -> None:
    monkeypatch.setattr(ocr_page, "read_page", None)
    pages, problems = read_pages(part, options=ReadOptions(ocr=OCRMode.NEVER))
    assert [page.text for page in pages] == [""]
    assert [problem.code for problem in problems] == ["no-text-layer"]


@pytest.mark.slow
def test_force_reads_text_pages_from_their_picture() -> None:
    page = read_one(build(Drawing().text(50, 200, "Sum 1,234.56")), mode=OCRMode.FORCE)
    assert page.reader is Reader.OCR
    assert page.text == "Sum 1,234.56\n"
    assert "on demand" in page.reason


def test_a_page_that_cannot_be_recognised_is_a_problem_of_that_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Page:
        raise RuntimeError("no luck")

    monkeypatch.setattr(ocr_page, "read_page", fail)
    scan = np.full((300, 200, 3), 255, np.uint8)
    pages, problems = read_pages(as_pdf(scan, scan, dpi=50))
    assert [page.text for page in pages] == ["", ""]
    assert [(problem.code, problem.page) for problem in problems] == [
        ("page-not-recognised", 1),
        ("page-not-recognised", 2),
    ]


def test_a_blank_scan_is_read_as_blank() -> None:
    page = read_one(as_pdf(make_grainy(np.full((600, 400, 3), 255, np.uint8)), dpi=72))
    assert page.text == ""
    assert page.tables == ()
