"""What is printed on a page before anyone makes sense of it: characters and straight rules, as plain arrays.

Every reader delivers `Marks`; lines, tables and reading order are made from them in one way whatever the reader.
Coordinates are points from the top left corner of the page as displayed (crop box and rotation applied).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]

UNMAPPED = 0xFFFD
"""Stands for a character whose font does not say which one it is."""

SLANTED = -1
"""The turn of a character that is written neither along nor across the page."""


@dataclass(frozen=True, slots=True, eq=False)
class Characters:
    """Printed characters in the order of the content stream, one array entry each.

    `codes` are Unicode code points, `boxes` rows of (x0, top, x1, bottom), `origins` rows of (x, baseline): where the
    glyph is set, which unlike its box does not depend on the glyph's shape. `turns` tells by how many quarters each
    character is turned clockwise from upright as displayed, SLANTED when by no whole quarter; None when all stand
    upright. `confidences` tells how sure a recogniser is of each character, from 0 to 1; None when they are certain.
    """

    codes: Codes
    boxes: Floats
    origins: Floats
    turns: Integers | None = None
    confidences: Floats | None = None

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, which: Flags | Integers) -> Characters:
        """Only the characters that `which` selects."""
        turns = None if self.turns is None else self.turns[which]
        confidences = None if self.confidences is None else self.confidences[which]
        return Characters(self.codes[which], self.boxes[which], self.origins[which], turns, confidences)


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Straight rules: `horizontal` rows of (y, x0, x1), `vertical` rows of (x, top, bottom)."""

    horizontal: Floats
    vertical: Floats


def no_boxes() -> Floats:
    """No rows of (x0, top, x1, bottom)."""
    return np.empty((0, 4), dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Everything on one page that reading uses.

    `shades` are filled rectangles without an outline, and `images` the places of pictures, both as rows of
    (x0, top, x1, bottom). `strokes` counts the pieces of all lines and curves drawn. `unseen` is the share, from 0 to
    1, of the pieces of text that are invisible or that a large picture covers. `skipped` tells that characters may be
    missing for want of a font.
    """

    width: float
    height: float
    characters: Characters
    edges: Edges
    shades: Floats = field(default_factory=no_boxes)
    images: Floats = field(default_factory=no_boxes)
    strokes: int = 0
    unseen: float = 0.0
    skipped: bool = False


def edges_of(horizontal: list[tuple[float, float, float]], vertical: list[tuple[float, float, float]]) -> Edges:
    """Edges from lists of (position, start, end)."""
    return Edges(
        np.array(horizontal, dtype=np.float64).reshape(-1, 3), np.array(vertical, dtype=np.float64).reshape(-1, 3)
    )


NO_EDGES = edges_of([], [])
