"""Text that PDFium passes over because its font is neither embedded in the file nor installed on this machine.

PDFium measures a piece of text by its glyphs. In a font that is not embedded and has no substitute here, ideographs
have no glyphs: a piece of one ideograph, as word processors write them, has no width and is left out of the page's text
without a word; longer ones have no height, and one that says the same as its neighbour is taken for the same piece.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

from pypdfium2 import raw

from pipeline.read.prototypes import prototype

_POINTER = ctypes.c_void_p
_GET_FONT = prototype(raw.FPDFTextObj_GetFont, _POINTER, result=_POINTER)
_IS_EMBEDDED = prototype(raw.FPDFFont_GetIsEmbedded, _POINTER)
_GET_BOUNDS = prototype(raw.FPDFPageObj_GetBounds, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)

NO_EXTENT = 0.01
"""A piece of text less wide or high than this, in points, has no glyphs."""


def has_skipped_text(texts: Sequence[int]) -> bool:
    """Whether one of `texts`, PDFium's handles of pieces of text, may be left out for want of a font.

    A blank set in such a font looks the same and counts as well: the page is then read by the slower parser for
    nothing, but never wrongly.
    """
    fonts = [font or 0 for font in map(_GET_FONT, texts)]
    lacking = {font for font in set(fonts) if font and _IS_EMBEDDED(font) == 0}
    if not lacking:
        return False
    return any(font in lacking and _extent(text) < NO_EXTENT for text, font in zip(texts, fonts, strict=True))


def _extent(text: int) -> float:
    """The width or height of a piece of text in points, whichever is less."""
    bounds = (ctypes.c_float * 4)()
    at = ctypes.addressof(bounds)
    if not _GET_BOUNDS(text, at, at + 4, at + 8, at + 12):
        return 0.0
    return min(bounds[2] - bounds[0], bounds[3] - bounds[1])
