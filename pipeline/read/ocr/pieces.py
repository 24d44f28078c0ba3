"""From boxes around text to pieces of single lines, each trimmed to its ink and ready to be cut out and read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipeline.read.ocr.detect import TextBox
from pipeline.read.ocr.images import Pixels

BLANK_ROW = 1
"""A row of pixels with at most so many inked ones is blank but for the grain of the scan."""

WIDE = 2.0
"""A box this many times as wide as high holds a line: its height tells that of the print."""

STACKED = 1.5
"""A box this many times as high as wide, or as the usual print is high, may hold several lines or a stack of letters."""

LEAST_PART = 0.45
"""A line is at least this share of the usual print high."""

TALLEST_LETTER = 1.2
"""Strokes of one letter of a stack reach over at most so many times its width."""

SAME_LINE = 0.6
"""Pieces that overlap by this share of the lower one's height stand on one line."""

ALIKE = 1.6
"""Pieces of one line differ in height by at most this factor."""

NEAR = 0.8
"""Pieces of one line with a gap of at most so many heights are read together."""

BORDER = 0.12
"""White left around a piece, as a share of its height."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of one line of print, in pixels of the picture, trimmed to its ink; `container` as in TextBox."""

    x0: int
    top: int
    x1: int
    bottom: int
    container: int

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.bottom - self.top


def find_pieces(boxes: Iterable[TextBox], ink: Pixels, limits: Sequence[tuple[int, int, int, int]]) -> list[Piece]:
    """The pieces of lines in `boxes`, where `ink` is 1; `limits` has (x0, top, x1, bottom) for each container."""
    trimmed = [piece for piece in (_trim_box(box, ink, limits[box.container]) for box in boxes) if piece is not None]
    usual = usual_height(trimmed)
    lines: list[Piece] = []
    for piece in trimmed:
        lines.extend(_split(piece, ink, usual))
    return _join(lines)


def usual_height(pieces: Iterable[Piece]) -> float:
    """The height that half of the print is below, in pixels; pieces count by their width."""
    rows = sorted((piece.height, piece.width) for piece in pieces if piece.width >= WIDE * piece.height)
    if not rows:
        return 0.0
    half = sum(width for _, width in rows) / 2
    for height, width in rows:
        half -= width
        if half <= 0:
            return float(height)
    return float(rows[-1][0])


def cut_out(piece: Piece, gray: Pixels, paper: int) -> Pixels:
    """The picture of a piece, with a border of `paper` around it that shows nothing of its neighbours."""
    part = gray[piece.top : piece.bottom, piece.x0 : piece.x1]
    border = max(round(BORDER * piece.height), 2)
    return np.asarray(
        cv2.copyMakeBorder(part, border, border, border, border, cv2.BORDER_CONSTANT, value=(paper,)), dtype=np.uint8
    )


def _trim_box(box: TextBox, ink: Pixels, limit: tuple[int, int, int, int]) -> Piece | None:
    """The piece of a box: the ink that runs on from its core, up and down to the first blank rows."""
    x0, x1 = max(round(box.x0), limit[0]), min(round(box.x1), limit[2])
    top, bottom = max(round(box.top), limit[1]), min(round(box.bottom), limit[3])
    if x1 - x0 < 2 or bottom - top < 2:
        return None
    window = ink[top:bottom, x0:x1]
    printed = window.sum(axis=1, dtype=np.int64) > BLANK_ROW
    core_top = min(max(round(box.core_top) - top, 0), bottom - top - 1)
    core_bottom = min(max(round(box.core_bottom) - top, core_top + 1), bottom - top)
    first, last = core_top, core_bottom
    while first > 0 and printed[first - 1]:
        first -= 1
    while last < bottom - top and printed[last]:
        last += 1
    while first < last - 1 and not printed[first]:
        first += 1
    while last - 1 > first and not printed[last - 1]:
        last -= 1
    columns = np.flatnonzero(window[first:last].any(axis=0))
    if not len(columns):
        return None
    return Piece(x0 + int(columns[0]), top + first, x0 + int(columns[-1]) + 1, top + last, box.container)


def _split(piece: Piece, ink: Pixels, usual: float) -> list[Piece]:
    """The lines of a piece that holds several, or the letters of one that holds a stack of them."""
    unit = max(piece.width, 0.7 * usual) if piece.width < WIDE * usual else usual
    if piece.height <= STACKED * unit or not usual:
        return [piece]
    parts = _rows_of(piece, ink)
    if len(parts) < 2:
        return [piece]
    tallest = TALLEST_LETTER * max(min(piece.width, 1.5 * usual), 0.8 * usual)
    letters: list[list[int]] = []
    for top, bottom in parts:
        if letters and bottom - letters[-1][0] <= tallest:
            letters[-1][1] = bottom
        else:
            letters.append([top, bottom])
    found = [
        _trim_columns(replace(piece, top=top, bottom=bottom), ink)
        for top, bottom in letters
        if bottom - top >= LEAST_PART * usual or len(letters) == 1
    ]
    return [part for part in found if part is not None]


def _rows_of(piece: Piece, ink: Pixels) -> list[tuple[int, int]]:
    """The stretches of rows of a piece that are not blank, as (top, bottom) on the page."""
    window = ink[piece.top : piece.bottom, piece.x0 : piece.x1]
    printed = window.sum(axis=1, dtype=np.int64) > BLANK_ROW
    changes = np.flatnonzero(np.diff(np.concatenate(([0], printed.astype(np.int8), [0]))))
    return [(piece.top + int(start), piece.top + int(end)) for start, end in changes.reshape(-1, 2)]


def _trim_columns(piece: Piece, ink: Pixels) -> Piece | None:
    columns = np.flatnonzero(ink[piece.top : piece.bottom, piece.x0 : piece.x1].any(axis=0))
    if not len(columns):
        return None
    return replace(piece, x0=piece.x0 + int(columns[0]), x1=piece.x0 + int(columns[-1]) + 1)


def _join(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours on one line put together, as long as they stand in one container."""
    groups: dict[int, list[Piece]] = defaultdict(list)
    for piece in sorted(pieces, key=lambda piece: (piece.x0, piece.top)):
        group = groups[piece.container]
        for index, other in enumerate(group):
            if _continues(other, piece):
                group[index] = Piece(
                    min(other.x0, piece.x0), min(other.top, piece.top),
                    max(other.x1, piece.x1), max(other.bottom, piece.bottom), piece.container,
                )  # fmt: skip
                break
        else:
            group.append(piece)
    return sorted((piece for group in groups.values() for piece in group), key=lambda piece: (piece.top, piece.x0))


def _continues(left: Piece, right: Piece) -> bool:
    small, large = sorted((left.height, right.height))
    overlap = min(left.bottom, right.bottom) - max(left.top, right.top)
    return overlap >= SAME_LINE * small and large <= ALIKE * small and right.x0 - left.x1 <= NEAR * small
