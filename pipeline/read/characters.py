"""The characters of a page through PDFium: code points, boxes and origins, as arrays.

PDFium is called two or three times per character, so the cost of a page is the cost of these calls: they go through
lean prototypes that write straight into arrays, and whatever can be asked once for many characters is.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from itertools import repeat
from typing import Any

import numpy as np
from pypdfium2 import raw

from pipeline.read.frame import Frame
from pipeline.read.marks import SLANTED, UNMAPPED, Characters, Codes, Flags, Floats, Integers
from pipeline.read.prototypes import prototype

_HANDLE, _INDEX, _POINTER = ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
_GET_UNICODE = prototype(raw.FPDFText_GetUnicode, _HANDLE, _INDEX, result=ctypes.c_uint)
_IS_GENERATED = prototype(raw.FPDFText_IsGenerated, _HANDLE, _INDEX)
_IS_HYPHEN = prototype(raw.FPDFText_IsHyphen, _HANDLE, _INDEX)
_HAS_MAP_ERROR = prototype(raw.FPDFText_HasUnicodeMapError, _HANDLE, _INDEX)
_GET_LOOSE_BOX = prototype(raw.FPDFText_GetLooseCharBox, _HANDLE, _INDEX, _POINTER)
_GET_ORIGIN = prototype(raw.FPDFText_GetCharOrigin, _HANDLE, _INDEX, _POINTER, _POINTER)
_GET_TEXT_OBJECT = prototype(raw.FPDFText_GetTextObject, _HANDLE, _INDEX, result=_POINTER)
_GET_FONT_SIZE = prototype(raw.FPDFText_GetFontSize, _HANDLE, _INDEX, result=ctypes.c_double)
_GET_MATRIX = prototype(raw.FPDFText_GetMatrix, _HANDLE, _INDEX, _POINTER)
_GET_ANGLE = prototype(raw.FPDFText_GetCharAngle, _HANDLE, _INDEX, result=ctypes.c_float)
_RECTANGLE_BYTES = ctypes.sizeof(raw.FS_RECTF)
_DOUBLE_BYTES = ctypes.sizeof(ctypes.c_double)

TALL = 2.3
"""A box this many times as tall as wide may follow a font's oversized bounding box instead of its letters."""

HIGHEST_ASCENT = 1.05
LOWEST_DESCENT = 0.4
"""Print that claims to reach further above or below its baseline, in ems, is cut back to the usual extent."""

USUAL_ASCENT = 0.9
USUAL_DESCENT = 0.25

SLANT = 0.05
"""How far from a whole quarter turn, in quarters, writing is still straight."""


class UnreadableTextError(Exception):
    """PDFium could not tell what characters a page has, or where they stand."""


def read_characters(page: Any, frame: Frame) -> Characters:
    """The printed characters of a loaded PDFium `page`, as displayed in `frame`. Raises UnreadableTextError."""
    text_page = raw.FPDFText_LoadPage(page)
    if not text_page:
        raise UnreadableTextError("PDFium cannot read the page's text")
    try:
        count = raw.FPDFText_CountChars(text_page)
        if count < 0:
            raise UnreadableTextError("PDFium cannot count the page's characters")
        return _read(text_page, count, frame)
    finally:
        raw.FPDFText_ClosePage(text_page)


def _read(text_page: Any, count: int, frame: Frame) -> Characters:
    handle = ctypes.cast(text_page, _POINTER).value or 0
    codes = _read_codes(text_page, handle, count)
    _mark_unmapped(handle, codes)
    _restore_hyphens(handle, codes)
    printed = _is_printed(handle, codes)
    _join_surrogates(codes, printed)
    kept = np.flatnonzero(printed)
    codes = codes[kept]
    loose, origins = _read_geometry(handle, kept)
    _split_shared_glyphs(handle, kept, loose, origins)
    boxes, places = frame.place_boxes(loose), frame.place_points(origins)
    _cut_back_tall_boxes(handle, kept, boxes, places)
    return Characters(codes, boxes, places, _read_turns(handle, kept, boxes, places, frame.quarters))


def _read_codes(text_page: Any, handle: int, count: int) -> Codes:
    """UTF-16 units by character index.

    The whole text comes in one call. It leaves out control characters; only when some are missing must every
    character be asked for by itself.
    """
    buffer = np.zeros(2 * count + 1, dtype=np.uint16)
    pointer = buffer.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort))
    written = raw.FPDFText_GetText(text_page, 0, count, pointer) - 1
    if written == count:
        return buffer[:count].astype(np.uint32)
    return np.fromiter(map(_GET_UNICODE, repeat(handle), range(count)), dtype=np.uint32, count=count)


def _mark_unmapped(handle: int, codes: Codes) -> None:
    """Replaces characters whose font does not say what they are: PDFium passes their bare glyph numbers off as text.

    A font lacks its map for all its characters, and fonts change where the kind of character changes; so one of each
    sequence of letters, figures, ideographs is asked, and all of them only when one turns out unmapped.
    """
    kinds = np.digitize(codes, (0x20, 0x21, 0x30, 0x3A, 0x80, 0x2E80, 0xA000, 0xE000, 0xFF00))
    sample = np.flatnonzero(np.diff(kinds, prepend=-1)).tolist()
    if any(map(_HAS_MAP_ERROR, repeat(handle), sample)):
        errors = np.fromiter(map(_HAS_MAP_ERROR, repeat(handle), range(len(codes))), dtype=np.int32, count=len(codes))
        codes[errors > 0] = UNMAPPED


def _restore_hyphens(handle: int, codes: Codes) -> None:
    """PDFium turns a hyphen at a line end into a control character, as if it parted a word."""
    for index in np.flatnonzero((codes == 0x02) | (codes == 0xFFFE)).tolist():
        if _IS_HYPHEN(handle, index):
            codes[index] = 0x2D


def _is_printed(handle: int, codes: Codes) -> Flags:
    """Which characters are on the page: no control characters, none that PDFium made up to part words and lines."""
    printed: Flags = (codes > 0x20) & ((codes < 0x7F) | (codes >= 0xA0)) & ((codes & 0xFFFE) != 0xFFFE)
    for index in np.flatnonzero(codes == 0x20).tolist():
        printed[index] = not _IS_GENERATED(handle, index)
    return printed


def _join_surrogates(codes: Codes, printed: Flags) -> None:
    """Makes one character of two surrogate halves, in place of the first; a half alone counts as unmapped."""
    halves = (codes >= 0xD800) & (codes < 0xE000)
    if not halves.any():
        return
    for index in np.flatnonzero(halves).tolist():
        high, low = int(codes[index]), int(codes[index + 1]) if index + 1 < len(codes) else 0
        if 0xD800 <= high < 0xDC00 <= low < 0xE000:
            codes[index] = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)
            printed[index + 1] = False
        elif printed[index]:
            codes[index] = UNMAPPED


def _read_geometry(handle: int, kept: Integers) -> tuple[Floats, Floats]:
    """Boxes as (left, bottom, right, top) and origins as (x, y), in PDF coordinates."""
    loose = np.empty((len(kept), 4), dtype=np.float32)
    origins = np.empty((len(kept), 2), dtype=np.float64)
    indices = kept.tolist()
    at = loose.ctypes.data
    found = sum(map(_GET_LOOSE_BOX, repeat(handle), indices, range(at, at + loose.nbytes, _RECTANGLE_BYTES)))
    at = origins.ctypes.data
    xs = range(at, at + origins.nbytes, 2 * _DOUBLE_BYTES)
    ys = range(at + _DOUBLE_BYTES, at + _DOUBLE_BYTES + origins.nbytes, 2 * _DOUBLE_BYTES)
    found += sum(map(_GET_ORIGIN, repeat(handle), indices, xs, ys))
    if found != 2 * len(kept):
        raise UnreadableTextError("PDFium does not know where some characters stand")
    # FS_RECTF is (left, top, right, bottom), with y upwards.
    return loose.astype(np.float64)[:, [0, 3, 2, 1]], origins


def _split_shared_glyphs(handle: int, kept: Integers, boxes: Floats, origins: Floats) -> None:
    """Gives the characters of one glyph a part of its box each.

    A glyph may stand for several characters (fi, or the Chinese dash of two em dashes); PDFium then gives all of them
    the whole box and the same origin. Characters printed twice on one spot look the same but for the text object.
    """
    shared = (origins[1:, 0] == origins[:-1, 0]) & (origins[1:, 1] == origins[:-1, 1])
    if not shared.any():
        return
    shared &= (boxes[1:] == boxes[:-1]).all(axis=1)
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


def _cut_back_tall_boxes(handle: int, kept: Integers, boxes: Floats, places: Floats) -> None:
    """Cuts boxes that follow a font's oversized bounding box back to the height of the print.

    Left as they are, they reach into the rows above and below. All characters of a font have the same excess, so one
    of each distinct excess is asked for its size.
    """
    suspects = np.flatnonzero(boxes[:, 3] - boxes[:, 1] > TALL * (boxes[:, 2] - boxes[:, 0]))
    if not len(suspects):
        return
    above = places[suspects, 1] - boxes[suspects, 1]
    below = boxes[suspects, 3] - places[suspects, 1]
    extents = np.round(above, 1) * 10000 + np.round(below, 1)
    _, firsts, members = np.unique(extents, return_index=True, return_inverse=True)
    for group, first in enumerate(firsts.tolist()):
        size = _em(handle, int(kept[suspects[first]]))
        if size > 0 and (above[first] > HIGHEST_ASCENT * size or below[first] > LOWEST_DESCENT * size):
            which = suspects[members == group]
            baseline = places[which, 1]
            boxes[which, 1] = np.maximum(boxes[which, 1], baseline - USUAL_ASCENT * size)
            boxes[which, 3] = np.minimum(boxes[which, 3], baseline + USUAL_DESCENT * size)


def _em(handle: int, index: int) -> float:
    """The size of a character's print in points: its font size in its text matrix's scale."""
    matrix = (ctypes.c_float * 6)()
    if not _GET_MATRIX(handle, index, ctypes.addressof(matrix)):
        return 0.0
    return float(_GET_FONT_SIZE(handle, index) * np.hypot(matrix[2], matrix[3]))


def _read_turns(handle: int, kept: Integers, boxes: Floats, places: Floats, quarters: int) -> Integers | None:
    """By how many quarters each character is turned on the displayed page; None when the page is written upright.

    Asked for only when several neighbours are set off from each other up, down or backwards.
    """
    across, along = np.diff(places[:, 0]), np.abs(np.diff(places[:, 1]))
    size = np.maximum(np.minimum(boxes[1:, 2] - boxes[1:, 0], boxes[1:, 3] - boxes[1:, 1]), 1.0)
    near = (np.abs(across) < 3 * size) & (along < 3 * size)
    off = np.flatnonzero(near & ((along > 0.2 * size) | (across < 0)))
    if len(off) < 3:
        return None
    if not _turns(handle, kept[off], quarters).any():
        return None
    return _turns(handle, kept, quarters)


def _turns(handle: int, which: Integers, quarters: int) -> Integers:
    angles = np.fromiter(map(_GET_ANGLE, repeat(handle), which.tolist()), dtype=np.float64, count=len(which))
    turned = angles / (math.pi / 2) + quarters
    whole = np.round(turned)
    return np.where(np.abs(turned - whole) > SLANT, SLANTED, whole.astype(np.int64) % 4)
