"""PDFium as the parser: characters with their boxes, and the rules drawn on a page.

PDFium is called about three times per character, so the cost of a page is the cost of these calls. They go through
prototypes that take plain integers for pointers and write straight into arrays; wrappers that convert every argument
take twice the time. PDFium is not thread safe: a process reads one document at a time.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.errors import Damaged, Encrypted, UnsupportedEncryption, WrongPassword
from pipeline.read.frame import Frame
from pipeline.read.marks import Characters, Codes, Floats, Integers, Marks
from pipeline.read.paths import find_edges
from pipeline.read.prototypes import prototype

_GET_UNICODE = prototype(raw.FPDFText_GetUnicode, ctypes.c_void_p, ctypes.c_int, result=ctypes.c_uint)
_IS_GENERATED = prototype(raw.FPDFText_IsGenerated, ctypes.c_void_p, ctypes.c_int)
_GET_LOOSE_BOX = prototype(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_GET_ORIGIN = prototype(raw.FPDFText_GetCharOrigin, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_GET_TEXT_OBJECT = prototype(raw.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_int, result=ctypes.c_void_p)
_RECTANGLE_BYTES = ctypes.sizeof(raw.FS_RECTF)
_DOUBLE_BYTES = ctypes.sizeof(ctypes.c_double)


class PageError(Exception):
    """PDFium could not load a page; the text says which step failed."""


@contextmanager
def open_document(data: bytes, password: str | None, name: str) -> Iterator[Any]:
    """The PDFium document in `data`, closed on leaving.

    Raises Encrypted or WrongPassword, UnsupportedEncryption, and Damaged for anything that PDFium cannot parse.
    """
    try:
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
    """Characters and rules of the page at `index` (from 0). Raises PageError."""
    page = raw.FPDF_LoadPage(document, index)
    if not page:
        raise PageError("PDFium cannot load the page")
    try:
        frame = _find_frame(page)
        characters = _read_characters(page, frame)
        edges, images = find_edges(page, frame)
        return Marks(frame.width, frame.height, characters, edges, images)
    finally:
        raw.FPDF_ClosePage(page)


def _find_frame(page: Any) -> Frame:
    box = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, box):
        raise PageError("PDFium finds no page box")
    return Frame(box.left, box.bottom, box.right, box.top, raw.FPDFPage_GetRotation(page) % 4)


def _read_characters(page: Any, frame: Frame) -> Characters:
    text_page = raw.FPDFText_LoadPage(page)
    if not text_page:
        raise PageError("PDFium cannot read the page's text")
    try:
        count = raw.FPDFText_CountChars(text_page)
        if count < 0:
            raise PageError("PDFium cannot count the page's characters")
        return _read_text_page(text_page, count, frame)
    finally:
        raw.FPDFText_ClosePage(text_page)


def _read_text_page(text_page: Any, count: int, frame: Frame) -> Characters:
    handle = ctypes.cast(text_page, ctypes.c_void_p).value or 0
    codes = _read_codes(text_page, handle, count)
    kept = np.flatnonzero(_is_printed(handle, codes))
    loose = np.empty((len(kept), 4), dtype=np.float32)
    origins = np.empty((len(kept), 2), dtype=np.float64)
    indices = kept.tolist()
    at = loose.ctypes.data
    found = sum(map(_GET_LOOSE_BOX, repeat(handle), indices, range(at, at + loose.nbytes, _RECTANGLE_BYTES)))
    at = origins.ctypes.data
    step = 2 * _DOUBLE_BYTES
    xs = range(at, at + origins.nbytes, step)
    ys = range(at + _DOUBLE_BYTES, at + _DOUBLE_BYTES + origins.nbytes, step)
    found += sum(map(_GET_ORIGIN, repeat(handle), indices, xs, ys))
    if found != 2 * len(kept):
        raise PageError("PDFium does not know where some characters stand")
    # FS_RECTF is (left, top, right, bottom) with y upwards.
    boxes = loose.astype(np.float64)[:, [0, 3, 2, 1]]
    _split_shared_glyphs(handle, kept, boxes, origins)
    return Characters(codes[kept], frame.place_boxes(boxes), frame.place_points(origins))


def _split_shared_glyphs(handle: int, kept: Integers, boxes: Floats, origins: Floats) -> None:
    """Gives the characters of one glyph a part of its box each.

    A glyph may stand for several characters (fi, or the Chinese dash of two em dashes); PDFium then gives all of them
    the whole box and the same origin. Characters printed twice on one spot look the same but for the text object.
    """
    shared = (np.diff(origins, axis=0) == 0).all(axis=1) & (np.diff(boxes, axis=0) == 0).all(axis=1)
    for first, last in _sequences(np.flatnonzero(shared)):
        members = range(first, last + 2)
        if len({_GET_TEXT_OBJECT(handle, int(kept[index])) for index in members}) > 1:
            continue
        across = (boxes[first, 2] - boxes[first, 0]) / len(members)
        for place, index in enumerate(members):
            boxes[index, 0] += place * across
            boxes[index, 2] = boxes[index, 0] + across
            origins[index, 0] += place * across


def _sequences(numbers: Integers) -> Iterator[tuple[int, int]]:
    """First and last of every unbroken sequence in ascending `numbers`."""
    for group in np.split(numbers, np.flatnonzero(np.diff(numbers) > 1) + 1):
        if len(group):
            yield int(group[0]), int(group[-1])


def _read_codes(text_page: Any, handle: int, count: int) -> Codes:
    """Code points by character index.

    The whole text comes in one call. It leaves out control characters; only when some are missing, or characters
    beyond the basic plane take two places, must every character be asked for by itself.
    """
    buffer = np.zeros(2 * count + 1, dtype=np.uint16)
    pointer = buffer.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort))
    written = raw.FPDFText_GetText(text_page, 0, count, pointer) - 1
    text = buffer[: max(written, 0)]
    if len(text) == count and not ((text >= 0xD800) & (text < 0xE000)).any():
        return text.astype(np.uint32)
    return np.fromiter(map(_GET_UNICODE, repeat(handle), range(count)), dtype=np.uint32, count=count)


def _is_printed(handle: int, codes: Codes) -> Any:
    """Which characters are on the page: no control characters, none that PDFium made up to part words and lines."""
    printed = (codes > 0x20) & (codes < 0x110000) & ((codes < 0x7F) | (codes >= 0xA0))
    printed &= (codes & 0xFFFE) != 0xFFFE
    for index in np.flatnonzero(codes == 0x20).tolist():
        printed[index] = not _IS_GENERATED(handle, index)
    return printed
