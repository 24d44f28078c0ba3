"""Dotted leaders (……) of a table of contents, told by their shape: recognition passes over most of them.

They matter because they tell a table of contents from the headings that it lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import cv2
import numpy as np

from pipeline.read.cells import OPEN_PAGE
from pipeline.read.ocr.images import Pixels
from pipeline.read.ocr.pieces import LEAST_PART, Piece, without

DOT = 0.28
"""A dot is at most this share of its line's height wide and high."""

LEAST_DOT = 2
"""Ink of fewer pixels is a speck."""

FEWEST = 6
"""A leader has at least so many dots."""

LEVEL = 0.12
"""Dots of a leader differ in height by at most this share of the line's height."""

EVEN = 0.35
MOSTLY = 0.7
"""Of the gaps between them, at least this share differ from the usual one by no more than that share of it."""

Row = list[int]


@dataclass(frozen=True, slots=True)
class Leader:
    """The dots of a leader: the middles in pixels, from left to right, and the piece of line that they go on from."""

    piece: Piece
    dots: tuple[float, ...]


def find_leaders(pieces: Sequence[Piece], ink: Pixels) -> tuple[list[Leader], list[Piece]]:
    """The leaders that go on from pieces outside tables, and the page numbers at their ends that are in no piece."""
    left = without(ink, pieces)
    leaders: list[Leader] = []
    numbers: list[Piece] = []
    for piece in pieces:
        if piece.container != OPEN_PAGE:
            continue
        top = piece.top
        window = left[top : piece.bottom + piece.height // 5, piece.x1 :]
        if int(window.sum()) < FEWEST * LEAST_DOT:
            continue
        _, _, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(window))
        signs = sorted(row for row in stats[1:].tolist() if row[4] >= LEAST_DOT)
        dots = _even_dots(signs, piece.height)
        if not dots:
            continue
        leaders.append(Leader(piece, tuple(piece.x1 + row[0] + row[2] / 2 for row in dots)))
        numbers.extend(_number_after(dots[-1], signs, piece))
    return leaders, numbers


def _even_dots(signs: Sequence[Row], height: int) -> list[Row]:
    """The dots among `signs`, rows of (left, top, width, height, area), when they make a leader."""
    small = [row for row in signs if max(row[2], row[3]) <= DOT * height]
    if len(small) < FEWEST:
        return []
    level = median(row[1] + row[3] / 2 for row in small)
    dots = [row for row in small if abs(row[1] + row[3] / 2 - level) <= LEVEL * height]
    if len(dots) < FEWEST:
        return []
    gaps = [after[0] - before[0] for before, after in pairwise(dots)]
    usual = median(gaps)
    even = sum(abs(gap - usual) <= EVEN * usual for gap in gaps)
    return dots if even >= MOSTLY * len(gaps) else []


def _number_after(last: Row, signs: Sequence[Row], piece: Piece) -> list[Piece]:
    """What stands behind the last dot, when it is as high as a figure."""
    behind = [row for row in signs if row[0] > last[0] and row[3] >= LEAST_PART * piece.height]
    if not behind or behind[-1][0] + behind[-1][2] - behind[0][0] > 3 * piece.height:
        return []
    return [
        Piece(
            piece.x1 + behind[0][0],
            piece.top + min(row[1] for row in behind),
            piece.x1 + max(row[0] + row[2] for row in behind),
            piece.top + max(row[1] + row[3] for row in behind),
            piece.container,
        )
    ]
