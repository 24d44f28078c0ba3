"""Which reader reads which page, and why.

PDFium reads every page it can. A page on which it fails is read by pdfplumber; when both fail, the page stays as an
empty one, so that page numbers hold, and a problem says so. Pages without a text layer come back with empty text: the
OCR reader takes them from there.
"""

from __future__ import annotations

import logging
from array import array
from contextlib import ExitStack
from typing import Any

from pipeline.errors import Damaged, InputError, NoPages, Truncated
from pipeline.model.document import Page, Problem
from pipeline.read import pdfium, plumber
from pipeline.read.layout import lay_out

_LOG = logging.getLogger(__name__)

_END_MARK_WITHIN = 2048
"""A whole PDF has its end mark in its last bytes; some writers append a little after it."""


def read_pages(data: bytes, password: str | None = None, name: str = "the file") -> tuple[list[Page], list[Problem]]:
    """Every page of the PDF in `data`, and what went wrong with single pages. `name` is for messages only.

    Raises an InputError (Encrypted, WrongPassword, UnsupportedEncryption, Damaged, Truncated, NoPages) when the
    document as a whole cannot be read.
    """
    try:
        with pdfium.open_document(data, password, name) as document:
            count = len(document)
            if not count:
                raise NoPages(name)
            return _read_with_fallback(document, count, data, password, name)
    except Damaged as error:
        return _read_without_pdfium(data, password, name, error)


def _read_with_fallback(
    document: Any, count: int, data: bytes, password: str | None, name: str
) -> tuple[list[Page], list[Problem]]:
    pages: list[Page] = []
    problems: list[Problem] = []
    with ExitStack() as stack:
        reference: Any = None
        for index in range(count):
            try:
                pages.append(lay_out(index + 1, pdfium.read_marks(document, index)))
                continue
            except Exception as error:  # one page must not take the document down
                why = error
                _LOG.info("%s: page %d: PDFium: %r", name, index + 1, error)
            try:
                if reference is None:
                    reference = stack.enter_context(plumber.open_document(data, password, name))
                pages.append(_by_plumber(reference, index, f"PDFium failed: {why}"))
            except Exception as error:
                _LOG.info("%s: page %d: pdfplumber: %r", name, index + 1, error)
                pages.append(_empty_page(index + 1, str(why)))
                problems.append(Problem("page-not-read", f"Page {index + 1} cannot be read ({why}).", index + 1))
    return pages, problems


def _read_without_pdfium(
    data: bytes, password: str | None, name: str, error: InputError
) -> tuple[list[Page], list[Problem]]:
    """The whole document by pdfplumber, when PDFium does not even open it."""
    pages: list[Page] = []
    problems: list[Problem] = []
    try:
        with plumber.open_document(data, password, name) as document:
            count = len(document.pages)
            for index in range(count):
                try:
                    pages.append(_by_plumber(document, index, "PDFium cannot open the file"))
                except Exception as page_error:
                    _LOG.info("%s: page %d: pdfplumber: %r", name, index + 1, page_error)
                    pages.append(_empty_page(index + 1, str(page_error)))
                    problems.append(Problem("page-not-read", f"Page {index + 1} cannot be read.", index + 1))
    except Damaged:
        pages = []
    if len(problems) == len(pages):
        raise (error if b"%%EOF" in data[-_END_MARK_WITHIN:] else Truncated(name)) from error
    return pages, problems


def _by_plumber(document: Any, index: int, reason: str) -> Page:
    return lay_out(index + 1, plumber.read_marks(document, index), reason=reason)


def _empty_page(number: int, why: str) -> Page:
    return Page(number, 0.0, 0.0, "", array("d"), (), (), reason=why, confidence=0.0)
