"""Readings put right where their form or the print's shape leaves one meaning only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np

from patterns.ocr_confusions import settle, settle_page_number
from pipeline.read.cells import OPEN_PAGE
from pipeline.read.ocr.images import Pixels
from pipeline.read.ocr.pieces import Piece
from pipeline.read.ocr.recognise import Reading

_DIGITS = frozenset("0123456789")
_MARKS = frozenset(".,，")

TIGHT = 1.3
"""The room between two digits for an ASCII comma is less than so many heights of a digit, for a full-width one more:
0.4 to 1.0 against 1.6."""

BELOW = 0.08
"""A comma reaches below the digits beside it by more than this share of their height, a point by less."""

DIGIT_WIDTH = 0.6
"""How wide a digit is set, in heights of its line."""

TALL = 0.6
"""Ink of at least this share of a piece's height is a digit rather than a mark."""

LONG_TAIL = 0.24
"""A comma is at least this share of a digit high, a point at most."""

SLENDER = 0.85
"""A nought is narrower than this share of its height; the letter O and a circle are as wide as high."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark between two digits: the height of the digits, the room between them, how far the mark reaches below them
    and how high it is, all in pixels."""

    digit: int
    room: int
    below: int
    height: int


def correct(reading: Reading, piece: Piece, ink: Pixels, leading: bool = False) -> Reading:
    """What a piece says, after shape and grammar have settled confused signs. The length stays the same.

    `ink` is 1 where the picture has ink; `leading` tells that the piece stands in the first column of a table, where
    items are numbered 一, 二, 三.
    """
    text = list(reading.text)
    tight = []
    for index in _marks_between_digits(reading.text):
        mark = _look_at_mark(reading, piece, index, ink)
        if mark is None:
            continue
        if mark.room >= TIGHT * mark.digit:
            text[index] = "，" if text[index] == "," else text[index]
        elif text[index] == "，":
            tight.append(index)
        elif _is_ambiguous(reading.text, index):
            text[index] = _sign_of(mark) or text[index]
    settled = settle("".join(text), tight)
    if piece.container == OPEN_PAGE:
        settled = settle_page_number(settled)
    elif settled in ("O", "o", "〇", "○") and piece.width < SLENDER * piece.height:
        settled = "0"
    elif settled == "一" and not leading:
        settled = "—"
    return reading if settled == reading.text else replace(reading, text=settled)


def _marks_between_digits(text: str) -> list[int]:
    return [
        index
        for index in range(1, len(text) - 1)
        if text[index] in _MARKS and text[index - 1] in _DIGITS and text[index + 1] in _DIGITS
    ]


def _is_ambiguous(text: str, index: int) -> bool:
    """Whether a mark could as well be the other one: before three digits, the form of thousands and of three decimals,
    and where a comma parts off another number of digits."""
    group = text[index + 1 : index + 5]
    three = len(group) >= 3 and all(sign in _DIGITS for sign in group[:3]) and group[3:] not in _DIGITS
    return three or text[index] == ","


def _sign_of(mark: _Mark) -> str | None:
    """`,` or `.` by the shape of a mark; None where it could be either."""
    if mark.below > BELOW * mark.digit and mark.height > LONG_TAIL * mark.digit:
        return ","
    return "." if mark.below <= BELOW * mark.digit and mark.height <= LONG_TAIL * mark.digit else None


def _look_at_mark(reading: Reading, piece: Piece, index: int, ink: Pixels) -> _Mark | None:
    """The mark at `index` of a reading, between two digits; None where the ink does not show three separate signs."""
    around = round(0.5 * DIGIT_WIDTH * piece.height)
    left = max(piece.x0 + round(reading.centres[index - 1] * piece.width) - around, 0)
    right = piece.x0 + round(reading.centres[index + 1] * piece.width) + around
    window = ink[piece.top : piece.bottom + piece.height // 4, left:right]
    if window.shape[1] < 3:
        return None
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(window))
    # Rows of (left, top, width, height, area), from left to right; what lies below the line is another line's.
    signs = sorted(row for row in stats[1:].tolist() if row[4] > 2 and row[1] < piece.height)
    digits = [row for row in signs if row[3] >= TALL * piece.height]
    gaps = [(after[0] - before[0] - before[2], before, after) for before, after in pairwise(digits)]
    if not gaps:
        return None
    room, before, after = max(gaps, key=lambda gap: gap[0])
    between = [row for row in signs if row[0] >= before[0] + before[2] - 1 and row[0] + row[2] <= after[0] + 1]
    marks = [row for row in between if row[3] < TALL * piece.height and row[1] + row[3] > 0.6 * piece.height]
    if len(marks) != 1:
        return None
    _, top, _, height, _ = marks[0]
    baseline = max(before[1] + before[3], after[1] + after[3])
    return _Mark(max(before[3], after[3]), room, top + height - baseline, height)
