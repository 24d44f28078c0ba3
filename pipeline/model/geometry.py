"""Boxes on a page, in PDF points measured from the top left corner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BBox:
    """A rectangle on a page: left, top, right and bottom edge in points from the page's top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def contains(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


def union(boxes: Iterable[BBox]) -> BBox:
    """The smallest box around all `boxes`. Raises ValueError when there are none."""
    items = tuple(boxes)
    if not items:
        raise ValueError("union of no boxes")
    return BBox(
        min(box.x0 for box in items),
        min(box.top for box in items),
        max(box.x1 for box in items),
        max(box.bottom for box in items),
    )
