"""Types of page pictures: plain arrays of bytes, and how many of their pixels make a point."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
"""Rows of pixels: (height, width, 3) in the order blue, green, red, or (height, width) in gray, 0 black."""

POINTS_PER_INCH = 72.0


@dataclass(frozen=True, slots=True, eq=False)
class PageImage:
    """A picture of a page, or of a part of it, and its `scale` in pixels per point."""

    pixels: Pixels
    scale: float

    @property
    def width(self) -> float:
        """Width in points."""
        return float(self.pixels.shape[1]) / self.scale

    @property
    def height(self) -> float:
        """Height in points."""
        return float(self.pixels.shape[0]) / self.scale
