"""Between a sheet as it lay on the scanner and the same sheet laid straight."""

from __future__ import annotations

import math
from array import array
from dataclasses import replace

import numpy as np

from pipeline.model.document import Page
from pipeline.model.geometry import BBox
from pipeline.read.marks import Characters, Floats


def slant_page(page: Page, degrees: float) -> Page:
    """A page read as if laid straight, with the boxes of characters and cells put where they stand on the sheet, whose
    print runs `degrees` clockwise off the horizontal.

    Boxes keep their size and move with their middle. Lines and tables stay as they are: they are measured along and
    across the print.
    """
    if not degrees:
        return page
    boxes = slant_boxes(np.array(page.boxes).reshape(-1, 4), degrees, page.width, page.height)
    tables = []
    for table in page.tables:
        places = np.array([(cell.bbox.x0, cell.bbox.top, cell.bbox.x1, cell.bbox.bottom) for cell in table.cells])
        slanted = slant_boxes(places.reshape(-1, 4), degrees, page.width, page.height).tolist()
        cells = tuple(replace(cell, bbox=BBox(*box)) for cell, box in zip(table.cells, slanted, strict=True))
        tables.append(replace(table, cells=cells))
    return replace(page, boxes=array("d", boxes.tobytes()), tables=tuple(tables))


def straighten_characters(characters: Characters, degrees: float, width: float, height: float) -> Characters:
    """Characters as on the sheet, moved to where they would stand had it lain straight."""
    boxes = slant_boxes(characters.boxes, -degrees, width, height)
    return replace(characters, boxes=boxes, origins=characters.origins + (boxes - characters.boxes)[:, :2])


def slant_boxes(boxes: Floats, degrees: float, width: float, height: float) -> Floats:
    """Boxes whose middles are turned clockwise by `degrees` about the middle of a page of that size."""
    angle = math.radians(degrees)
    x = (boxes[:, 0] + boxes[:, 2] - width) / 2
    y = (boxes[:, 1] + boxes[:, 3] - height) / 2
    right = x * math.cos(angle) - y * math.sin(angle) - x
    down = x * math.sin(angle) + y * math.cos(angle) - y
    return boxes + np.stack((right, down, right, down), axis=1)
