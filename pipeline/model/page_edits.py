"""Other characters in place of some on a page that was read: a second reading, or what a benchmark plants."""

from __future__ import annotations

import math
from array import array
from dataclasses import replace

from pipeline.model.document import Page
from pipeline.model.geometry import BBox


def replace_text(page: Page, start: int, end: int, text: str) -> Page:
    """The page with `text` in place of its characters `[start, end)`, which stand on one line of print.

    The new characters share the room of the old ones; everything behind them in the page text moves along.
    """
    shift = len(text) - (end - start)

    def moved(offset: int) -> int:
        return offset if offset <= start else offset + shift

    own_boxes = _boxes(page.bbox(start, end), len(text), page.boxes.typecode)
    boxes = page.boxes[: 4 * start] + own_boxes + page.boxes[4 * end :]
    confidences = page.confidences
    if confidences:
        lowest = array("d", [page.confidence_of(start, end)] * len(text))
        confidences = confidences[:start] + lowest + confidences[end:]
    return replace(
        page,
        text=page.text[:start] + text + page.text[end:],
        boxes=boxes,
        lines=tuple(replace(line, start=moved(line.start), end=moved(line.end)) for line in page.lines),
        tables=tuple(
            replace(
                table,
                cells=tuple(replace(cell, start=moved(cell.start), end=moved(cell.end)) for cell in table.cells),
            )
            for table in page.tables
        ),
        confidences=confidences,
    )


def _boxes(room: BBox | None, count: int, typecode: str) -> array[float]:
    """`room` parted into `count` characters of equal width."""
    if room is None:
        return array(typecode, [math.nan] * (4 * count))
    width = (room.x1 - room.x0) / count
    boxes: array[float] = array(typecode)
    for i in range(count):
        boxes.extend((room.x0 + i * width, room.top, room.x0 + (i + 1) * width, room.bottom))
    return boxes
