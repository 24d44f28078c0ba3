"""Which reader reads which page, and why.

PDFium reads every page it can. A page on which it fails is read by pdfplumber, and so are the characters of a page
whose fonts are neither in the file nor on this machine; when both fail, the page stays as an empty one, so that page
numbers hold, and a problem says so. A page without a text layer, or with one that does not say what is printed, is
recognised from its picture; where that is not wanted or fails, it keeps what it has, and a problem says that something
is lost.
"""

from __future__ import annotations

import logging
from array import array
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from pipeline.errors import Damaged, InputError, NoPages, Truncated
from pipeline.guard.board import Steps, Unwatched
from pipeline.model.document import Page, Problem
from pipeline.model.portion import WHOLE, Portion
from pipeline.read import pdfium, plumber
from pipeline.read.layout import lay_out
from pipeline.read.marks import Marks
from pipeline.read.options import OCRMode, ReadOptions
from pipeline.read.triage import PageKind, Triage, triage

_LOG = logging.getLogger(__name__)

_END_MARK = b"%%EOF"
_END_MARK_WITHIN = 2048
"""A whole PDF has its end mark in its last bytes; some writers append a little after it."""

DOUBTFUL = 0.6
"""A page recognised with less confidence on the whole counts as not read."""

BETTER_THAN_GARBLED = 0.8
"""A recognised page takes the place of a garbled text layer from this confidence on."""

NO_FONT = "a font is neither in the file nor on this machine"

DEFAULTS = ReadOptions()
UNWATCHED = Unwatched()

PageReader = Callable[[int], Marks]
Recogniser = Callable[[int, Marks, Triage], Page]


@dataclass(frozen=True, slots=True)
class _Means:
    """How the pages of one document can be read: by which parsers, one after the other, and from pictures by what.

    `recognise` is None for documents that cannot be drawn.
    """

    parsers: tuple[PageReader, ...]
    recognise: Recogniser | None
    course: _Course


@dataclass(frozen=True, slots=True)
class _Course:
    """What is asked of one document, `name` for messages only, and who follows it."""

    name: str
    options: ReadOptions
    portion: Portion
    steps: Steps


def read_pages(
    data: bytes,
    password: str | None = None,
    name: str = "the file",
    options: ReadOptions = DEFAULTS,
    *,
    portion: Portion = WHOLE,
    steps: Steps = UNWATCHED,
) -> tuple[list[Page], list[Problem]]:
    """Every page of the PDF in `data`, and what went wrong with single pages. `name` is for messages only.

    With `portion` only its pages; `steps` is told of each page as it is begun. Raises an InputError (Encrypted,
    WrongPassword, UnsupportedEncryption, Damaged, Truncated, NoPages) when the document as a whole cannot be read.
    """
    course = _Course(name, options, portion, steps)
    if portion.avoided:
        with plumber.open_document(data, password, name) as document:
            return _read_by_reference(document, course)
    try:
        with pdfium.open_document(data, password, name) as document:
            return _read_with_pdfium(document, data, password, course)
    except Damaged as error:
        return _read_with_plumber(data, password, course, error)


def count_pages(data: bytes, password: str | None, name: str, portion: Portion) -> int:
    """How many pages the PDF in `data` has, by the parser that may read `portion`; errors as for `read_pages`."""
    if not portion.avoided:
        with suppress(Damaged), pdfium.open_document(data, password, name) as document:
            return len(document)
    with plumber.open_document(data, password, name) as document:
        return len(document.pages)


def _read_with_pdfium(
    document: Any, data: bytes, password: str | None, course: _Course
) -> tuple[list[Page], list[Problem]]:
    count = len(document)
    if not count:
        raise NoPages(course.name)
    with ExitStack() as stack:
        opened: list[Any] = []

        def read_by_reference(index: int) -> Marks:
            if not opened:
                opened.append(stack.enter_context(plumber.open_document(data, password, course.name)))
            return plumber.read_marks(opened[0], index)

        def read_first(index: int) -> Marks:
            marks = pdfium.read_marks(document, index)
            return replace(marks, characters=read_by_reference(index).characters) if marks.skipped else marks

        parsers = (read_first, read_by_reference, partial(pdfium.read_marks, document))
        return _read_all(count, _Means(parsers, partial(_recognise, document, course.options), course))


def _recognise(document: Any, options: ReadOptions, number: int, marks: Marks, found: Triage) -> Page:
    from pipeline.read.ocr.page import read_page  # noqa: PLC0415 - OpenCV is loaded only where a page needs it

    return read_page(document, number, marks, found, options)


def _read_with_plumber(
    data: bytes, password: str | None, course: _Course, error: InputError
) -> tuple[list[Page], list[Problem]]:
    """The document by pdfplumber, when PDFium does not even open it. Raises `error`, or Truncated, when that yields
    nothing either."""
    pages: list[Page] = []
    problems: list[Problem] = []
    try:
        with plumber.open_document(data, password, course.name) as document:
            pages, problems = _read_by_reference(document, course)
    except Damaged as second:
        _LOG.info("%s: pdfplumber: %r", course.name, second.__cause__)
    if not any(page.text for page in pages):
        raise (error if _END_MARK in data[-_END_MARK_WITHIN:] else Truncated(course.name)) from error
    return pages, problems


def _read_by_reference(document: Any, course: _Course) -> tuple[list[Page], list[Problem]]:
    """Pages by pdfplumber alone."""
    if plumber.has_no_pages(document):
        raise NoPages(course.name)
    return _read_all(len(document.pages), _Means((partial(plumber.read_marks, document),), None, course))


def _read_all(count: int, means: _Means) -> tuple[list[Page], list[Problem]]:
    pages: list[Page] = []
    problems: list[Problem] = []
    for number in means.course.portion.numbers(count):
        means.course.steps.begin(number)
        page, problem = _read_page(number, means)
        pages.append(page)
        if problem is not None:
            problems.append(problem)
    return pages, problems


def _read_page(number: int, means: _Means) -> tuple[Page, Problem | None]:
    """The page by the first of the parsers that can read it, else an empty page and a problem."""
    failure: Exception | str = means.course.portion.avoided
    for read_marks in means.parsers:
        try:
            marks = read_marks(number - 1)
            found = triage(marks)
            if marks.skipped and failure:
                return lay_out(number, marks, reason=found.reason), _missing(number, failure)
            if marks.skipped:
                found = replace(found, reason=f"{found.reason}, characters by pdfplumber: {NO_FONT}")
            elif failure:
                found = replace(found, reason=f"{found.reason}, by pdfplumber: {failure}")
            return _read_as_found(number, marks, found, means)
        except Exception as error:  # whatever a parser runs into on one page must not take the document down
            _LOG.info("%s: page %d: %r", means.course.name, number, error)
            failure = failure or error
    problem = Problem("page-not-read", f"Page {number} cannot be read ({failure}).", number)
    return Page(number, 0.0, 0.0, "", array("d"), (), (), reason=str(failure), confidence=0.0), problem


def _read_as_found(number: int, marks: Marks, found: Triage, means: _Means) -> tuple[Page, Problem | None]:
    """The page read in the way that its kind and the options ask for."""
    mode = means.course.options.ocr
    if mode is OCRMode.FORCE and found.kind is not PageKind.EMPTY:
        found = Triage(PageKind.SCAN, f"recognised on demand; {found.reason}")
    if found.kind in (PageKind.TEXT, PageKind.EMPTY):
        return lay_out(number, marks, reason=found.reason), None
    text_only = lay_out(number, marks, reason=found.reason)
    if mode is OCRMode.NEVER or means.recognise is None:
        return text_only, _loss(number, found)
    try:
        page = means.recognise(number, marks, found)
    except Exception as error:  # a page that cannot be recognised keeps the text it has
        _LOG.info("%s: page %d: recognition: %r", means.course.name, number, error)
        return text_only, Problem("page-not-recognised", f"Page {number} cannot be recognised ({error}).", number)
    if found.kind is PageKind.GARBLED and page.confidence < BETTER_THAN_GARBLED:
        return text_only, _loss(number, found)
    if page.text.strip() and page.confidence < DOUBTFUL:
        told = f"Page {number} was recognised with a confidence of only {page.confidence:.0%}."
        return page, Problem("page-hard-to-read", told, number)
    return page, None


def _missing(number: int, failure: Exception | str) -> Problem:
    """That PDFium's text of a page is all there is, although it may lack characters for want of a font."""
    told = f"Page {number} may lack characters: {NO_FONT}, and pdfplumber cannot read it ({failure})."
    return Problem("no-font", told, number)


def _loss(number: int, found: Triage) -> Problem | None:
    """What is lost of a page when its picture is not read."""
    if found.recognised:
        return None
    if found.kind is PageKind.GARBLED:
        told = f"Page {number}: some fonts do not say what their characters are; that text is lost."
        return Problem("no-character-map", told, number)
    if found.kind is PageKind.MIXED:
        return Problem(
            "no-text-layer", f"Page {number} has a picture without a text layer, which was not read.", number
        )
    return Problem("no-text-layer", f"Page {number} is a picture without a text layer and was not read.", number)
