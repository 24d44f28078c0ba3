"""Text boxes and ruled cells: which cell a piece of text stands in, and pieces cut to their cells."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.read.marks import Integers
from pipeline.read.tables import Grid


def map_containers(shape: tuple[int, int], grids: Sequence[Grid], scale: float) -> Integers:
    """The number of the cell over each spot of a map of `scale` pixels per point, counted from 1 over all `grids`, and
    0 outside tables. A cell inside another's cell takes its place."""
    containers = np.zeros(shape, dtype=np.int64)
    number = 0
    for grid in grids:
        for cell in grid.cells:
            number += 1
            box = cell.bbox
            rows = slice(max(round(box.top * scale), 0), max(round(box.bottom * scale), 0))
            columns = slice(max(round(box.x0 * scale), 0), max(round(box.x1 * scale), 0))
            containers[rows, columns] = number
    return containers


def find_limits(shape: tuple[int, ...], grids: Sequence[Grid], scale: float) -> list[tuple[int, int, int, int]]:
    """(x0, top, x1, bottom) in pixels of every container, the whole picture first; `scale` is in pixels per point."""
    limits = [(0, 0, shape[1], shape[0])]
    for grid in grids:
        for cell in grid.cells:
            box = cell.bbox
            edges = (box.x0 * scale + 1, box.top * scale + 1, box.x1 * scale - 1, box.bottom * scale - 1)
            x0, top, x1, bottom = (round(edge) for edge in edges)
            limits.append((max(x0, 0), max(top, 0), min(x1, shape[1]), min(bottom, shape[0])))
    return limits
