"""PDFium as the parser of documents and pages.

PDFium is not thread safe: a process reads one document at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.errors import Damaged, Encrypted, UnsupportedEncryption, WrongPassword
from pipeline.read.characters import read_characters
from pipeline.read.fonts import has_skipped_text
from pipeline.read.frame import Frame
from pipeline.read.marks import Marks
from pipeline.read.paths import read_drawing


class PageError(Exception):
    """PDFium could not load a page; the text says which step failed."""


@contextmanager
def open_document(data: bytes, password: str | None, name: str) -> Iterator[Any]:
    """The PDFium document in `data`, closed on leaving. A password that is not needed does no harm.

    Raises Encrypted or WrongPassword, UnsupportedEncryption, and Damaged for anything that PDFium cannot parse.
    """
    try:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            if error.err_code != raw.FPDF_ERR_PASSWORD or not password:
                raise
            document = pdfium.PdfDocument(data, password=password)
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise (WrongPassword(name) if password else Encrypted(name)) from error
        if error.err_code == raw.FPDF_ERR_SECURITY:
            raise UnsupportedEncryption(name) from error
        raise Damaged(name) from error
    try:
        yield document
    finally:
        document.close()


def read_marks(document: Any, index: int) -> Marks:
    """Characters and rules of the page at `index` (from 0). Raises PageError or UnreadableTextError."""
    page = raw.FPDF_LoadPage(document, index)
    if not page:
        raise PageError("PDFium cannot load the page")
    try:
        frame = _find_frame(page)
        characters = read_characters(page, frame)
        drawing = read_drawing(page)
        return Marks(
            frame.width,
            frame.height,
            characters,
            drawing.place_edges(frame),
            drawing.place_shades(frame),
            drawing.place_images(frame),
            drawing.strokes,
            drawing.unseen_share(frame),
            has_skipped_text(drawing.texts),
        )
    finally:
        raw.FPDF_ClosePage(page)


def _find_frame(page: Any) -> Frame:
    box = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, box):
        raise PageError("PDFium finds no page box")
    return Frame(box.left, box.bottom, box.right, box.top, raw.FPDFPage_GetRotation(page) % 4)
