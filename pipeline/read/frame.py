"""From a PDF's own coordinates (y upwards, any origin, rotated) to points from the displayed page's top left corner."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.read.marks import Floats


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible box of a page in PDF coordinates, and by how many quarters clockwise it is turned for display."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int

    @property
    def width(self) -> float:
        """Width as displayed, in points."""
        return self.top - self.bottom if self.quarters % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Height as displayed, in points."""
        return self.right - self.left if self.quarters % 2 else self.top - self.bottom

    def place(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """PDF coordinates as displayed."""
        if self.quarters == 0:
            return x - self.left, self.top - y
        if self.quarters == 1:
            return y - self.bottom, x - self.left
        if self.quarters == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def place_points(self, points: Floats) -> Floats:
        """Rows of (x, y) as displayed."""
        return np.stack(self.place(points[:, 0], points[:, 1]), axis=1)

    def place_boxes(self, boxes: Floats) -> Floats:
        """Rows of (left, bottom, right, top) as displayed rows of (x0, top, x1, bottom)."""
        xa, ya = self.place(boxes[:, 0], boxes[:, 1])
        xb, yb = self.place(boxes[:, 2], boxes[:, 3])
        return np.stack((np.minimum(xa, xb), np.minimum(ya, yb), np.maximum(xa, xb), np.maximum(ya, yb)), axis=1)
