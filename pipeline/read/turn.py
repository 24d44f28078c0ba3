"""Pages whose print stands sideways or upside down: turned upright for reading, and back for showing."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from pipeline.model.document import Page, PageTable
from pipeline.model.geometry import BBox
from pipeline.read.marks import SLANTED, Characters, Edges, Floats, Marks

PREVAILING = 0.6
"""The share of a page's characters that must be turned alike for the whole page to count as turned."""


def prevailing_turn(characters: Characters) -> int:
    """By how many quarters clockwise most characters of a page are turned; 0 when most stand upright."""
    if characters.turns is None or not len(characters):
        return 0
    counts = np.bincount(characters.turns[characters.turns != SLANTED], minlength=4)
    most = int(np.argmax(counts))
    return most if counts[most] >= PREVAILING * len(characters) else 0


def turn_marks(marks: Marks, quarters: int) -> Marks:
    """The page turned counterclockwise by `quarters`, so that print turned clockwise by as many stands upright."""
    for _ in range(quarters):
        marks = _turn_once(marks)
    return marks


def turn_page(page: Page, quarters: int) -> Page:
    """The page as read, with all boxes turned clockwise by `quarters`: the way back from `turn_marks`.

    Column edges, and the heights of lines, stay as they were read: across and along the print.
    """
    for _ in range(quarters):
        page = _turn_back_once(page)
    return page


def _turn_once(marks: Marks) -> Marks:
    """A quarter counterclockwise: (x, y) goes to (y, width - x)."""
    width = marks.width
    characters = marks.characters
    turned = Characters(
        characters.codes,
        _turn_boxes(characters.boxes, width),
        np.stack((characters.origins[:, 1], width - characters.origins[:, 0]), axis=1),
        None if characters.turns is None else np.where(characters.turns >= 0, (characters.turns - 1) % 4, SLANTED),
        characters.confidences,
    )
    x, top, bottom = marks.edges.vertical.T
    horizontal: Floats = np.stack((width - x, top, bottom), axis=1)
    y, x0, x1 = marks.edges.horizontal.T
    vertical: Floats = np.stack((y, width - x1, width - x0), axis=1)
    return replace(
        marks,
        width=marks.height,
        height=width,
        characters=turned,
        edges=Edges(horizontal, vertical),
        shades=_turn_boxes(marks.shades, width),
        images=_turn_boxes(marks.images, width),
    )


def _turn_boxes(boxes: Floats, width: float) -> Floats:
    return np.stack((boxes[:, 1], width - boxes[:, 2], boxes[:, 3], width - boxes[:, 0]), axis=1)


def _turn_back_once(page: Page) -> Page:
    """A quarter clockwise: (x, y) goes to (height - y, x)."""
    height = page.height
    boxes = np.array(page.boxes).reshape(-1, 4)
    turned = np.stack((height - boxes[:, 3], boxes[:, 0], height - boxes[:, 1], boxes[:, 2]), axis=1)
    return replace(
        page,
        width=height,
        height=page.width,
        boxes=array("d", turned.tobytes()),
        lines=tuple(replace(line, bbox=_turn_box(line.bbox, height)) for line in page.lines),
        tables=tuple(_turn_tables(page.tables, height)),
    )


def _turn_tables(tables: Iterable[PageTable], height: float) -> Iterable[PageTable]:
    for table in tables:
        cells = tuple(replace(cell, bbox=_turn_box(cell.bbox, height)) for cell in table.cells)
        yield replace(table, bbox=_turn_box(table.bbox, height), cells=cells)


def _turn_box(bbox: BBox, height: float) -> BBox:
    return BBox(height - bbox.bottom, bbox.x0, height - bbox.top, bbox.x1)
