"""Which reader reads a page, and what is said when none can."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.errors import Damaged, Encrypted, NoPages, Truncated, WrongPassword
from pipeline.read import OCRMode, ReadOptions, pdfium, plumber, read_pages
from pipeline.read.marks import Marks
from tests.read.drawn_pdf import Drawing, build

WITHOUT_OCR = ReadOptions(ocr=OCRMode.NEVER)
TWO_PAGES = build(Drawing().text(50, 200, "page one"), Drawing().text(50, 200, "page two"))


@pytest.fixture
def pdfium_fails_on_page_two(monkeypatch: pytest.MonkeyPatch) -> None:
    original = pdfium.read_marks

    def read_marks(document: Any, index: int) -> Marks:
        if index == 1:
            raise pdfium.PageError("no luck")
        return original(document, index)

    monkeypatch.setattr(pdfium, "read_marks", read_marks)


@pytest.mark.usefixtures("pdfium_fails_on_page_two")
def test_a_page_that_pdfium_cannot_read_is_read_by_pdfplumber() -> None:
    pages, problems = read_pages(TWO_PAGES)
    assert [page.text for page in pages] == ["page one\n", "page two\n"]
    assert "pdfplumber" in pages[1].reason
    assert problems == []


@pytest.mark.usefixtures("pdfium_fails_on_page_two")
def test_a_page_that_nobody_can_read_stays_as_an_empty_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(document: Any, index: int) -> Marks:
        raise RuntimeError(f"{document} {index}")

    monkeypatch.setattr(plumber, "read_marks", fail)
    pages, problems = read_pages(TWO_PAGES)
    assert [(page.number, page.text) for page in pages] == [(1, "page one\n"), (2, "")]
    assert [(problem.code, problem.page) for problem in problems] == [("page-not-read", 2)]


def test_a_page_of_pictures_is_reported_and_a_blank_one_is_not() -> None:
    picture = "q 300 0 0 200 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
    pages, problems = read_pages(build(Drawing().raw(picture), Drawing()), options=WITHOUT_OCR)
    assert [page.text for page in pages] == ["", ""]
    assert [(problem.code, problem.page) for problem in problems] == [("no-text-layer", 1)]


def test_glyph_numbers_are_not_passed_off_as_text() -> None:
    drawing = Drawing().raw("BT /F4 12 Tf 50 200 Td <003000310032> Tj ET")
    pages, problems = read_pages(build(drawing), options=WITHOUT_OCR)
    assert pages[0].text == "\ufffd\ufffd\ufffd\n"
    assert [problem.code for problem in problems] == ["no-character-map"]


def test_encrypted_files() -> None:
    locked = build(Drawing().text(50, 200, "secret"), password="open sesame")
    assert read_pages(locked, "open sesame")[0][0].text == "secret\n"
    with pytest.raises(Encrypted, match=r"report\.pdf.*--password"):
        read_pages(locked, name="report.pdf")
    with pytest.raises(WrongPassword):
        read_pages(locked, "abracadabra")


def test_an_empty_user_password_is_no_obstacle() -> None:
    free = build(Drawing().text(50, 200, "free to read"), password="")
    assert read_pages(free)[0][0].text == "free to read\n"
    assert read_pages(free, "not needed")[0][0].text == "free to read\n"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"%PDF-1.4\n" + b"no objects here " * 200 + b"%%EOF\n", Damaged),
        (TWO_PAGES[:300], Truncated),
        (build(), NoPages),
    ],
    ids=["nothing in it", "cut off", "no pages"],
)
def test_documents_that_cannot_be_read(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        read_pages(data, name="report.pdf")
    assert type(caught.value) is error
    assert "report.pdf" in str(caught.value)


def test_a_file_that_lost_only_its_end_mark_is_read() -> None:
    pages, _ = read_pages(TWO_PAGES[:-20])
    assert [page.text for page in pages] == ["page one\n", "page two\n"]
