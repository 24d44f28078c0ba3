"""Which reader reads which page, and why.

PDFium reads every page it can. A page on which it fails is read by pdfplumber; when both fail, the page stays as an
empty one, so that page numbers hold, and a problem says so. A page without a text layer comes back with empty text and
a problem; so does one whose fonts do not say what their characters are. These are the pages for an OCR reader.
"""

from __future__ import annotations

import logging
from array import array
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from pipeline.errors import Damaged, InputError, NoPages, Truncated
from pipeline.model.document import Page, Problem
from pipeline.read import pdfium, plumber
from pipeline.read.layout import lay_out
from pipeline.read.marks import UNMAPPED, Marks

_LOG = logging.getLogger(__name__)

_END_MARK = b"%%EOF"
_END_MARK_WITHIN = 2048
"""A whole PDF has its end mark in its last bytes; some writers append a little after it."""

TEXT_LAYER = "text layer"
NO_TEXT_LAYER = "no text layer"
NO_CHARACTER_MAP = "text layer without character map"
BLANK = "blank page"

OUTLINED = 100
"""A page without characters but with this many strokes shows something: a chart, or letters turned into outlines."""

PageReader = Callable[[int], Marks]


def read_pages(data: bytes, password: str | None = None, name: str = "the file") -> tuple[list[Page], list[Problem]]:
    """Every page of the PDF in `data`, and what went wrong with single pages. `name` is for messages only.

    Raises an InputError (Encrypted, WrongPassword, UnsupportedEncryption, Damaged, Truncated, NoPages) when the
    document as a whole cannot be read.
    """
    try:
        with pdfium.open_document(data, password, name) as document:
            return _read_with_pdfium(document, data, password, name)
    except Damaged as error:
        return _read_with_plumber(data, password, name, error)


def judge(marks: Marks) -> str:
    """What the text layer of a page is worth: TEXT_LAYER, NO_TEXT_LAYER, NO_CHARACTER_MAP or BLANK.

    A lone unmapped character is a bullet of a symbol font; two in a row are a word or a figure that is lost.
    """
    codes = marks.characters.codes
    if not (codes != 0x20).any():
        return NO_TEXT_LAYER if len(marks.images) or marks.strokes >= OUTLINED else BLANK
    unmapped = codes == UNMAPPED
    return NO_CHARACTER_MAP if (unmapped[1:] & unmapped[:-1]).any() else TEXT_LAYER


def _read_with_pdfium(document: Any, data: bytes, password: str | None, name: str) -> tuple[list[Page], list[Problem]]:
    count = len(document)
    if not count:
        raise NoPages(name)
    with ExitStack() as stack:
        opened: list[Any] = []

        def read_by_reference(index: int) -> Marks:
            if not opened:
                opened.append(stack.enter_context(plumber.open_document(data, password, name)))
            return plumber.read_marks(opened[0], index)

        return _read_all(count, [lambda index: pdfium.read_marks(document, index), read_by_reference], name)


def _read_with_plumber(
    data: bytes, password: str | None, name: str, error: InputError
) -> tuple[list[Page], list[Problem]]:
    """The whole document by pdfplumber, when PDFium does not even open it. Raises `error`, or Truncated, when that
    yields nothing either."""
    pages: list[Page] = []
    problems: list[Problem] = []
    try:
        with plumber.open_document(data, password, name) as document:
            if plumber.has_no_pages(document):
                raise NoPages(name)
            pages, problems = _read_all(len(document.pages), [lambda index: plumber.read_marks(document, index)], name)
    except Damaged as second:
        _LOG.info("%s: pdfplumber: %r", name, second.__cause__)
    if not any(page.text for page in pages):
        raise (error if _END_MARK in data[-_END_MARK_WITHIN:] else Truncated(name)) from error
    return pages, problems


def _read_all(count: int, readers: list[PageReader], name: str) -> tuple[list[Page], list[Problem]]:
    pages: list[Page] = []
    problems: list[Problem] = []
    for number in range(1, count + 1):
        page, problem = _read_page(number, readers, name)
        pages.append(page)
        if problem is not None:
            problems.append(problem)
    return pages, problems


def _read_page(number: int, readers: list[PageReader], name: str) -> tuple[Page, Problem | None]:
    """The page by the first of `readers` that can read it, else an empty page and a problem."""
    failure: Exception | None = None
    for read_marks in readers:
        try:
            marks = read_marks(number - 1)
            worth = judge(marks)
            reason = worth if failure is None else f"{worth}, by pdfplumber: {failure}"
            return lay_out(number, marks, reason=reason), _problem(number, worth)
        except Exception as error:  # whatever a parser runs into on one page must not take the document down
            _LOG.info("%s: page %d: %r", name, number, error)
            failure = failure or error
    problem = Problem("page-not-read", f"Page {number} cannot be read ({failure}).", number)
    return Page(number, 0.0, 0.0, "", array("d"), (), (), reason=str(failure), confidence=0.0), problem


def _problem(number: int, worth: str) -> Problem | None:
    if worth == NO_TEXT_LAYER:
        return Problem("no-text-layer", f"Page {number} is a picture without a text layer and was not read.", number)
    if worth == NO_CHARACTER_MAP:
        told = f"Page {number}: some fonts do not say what their characters are; that text is lost."
        return Problem("no-character-map", told, number)
    return None
