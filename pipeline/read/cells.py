"""Which cell of which table holds each character of a page."""

from __future__ import annotations

import numpy as np

from pipeline.read.marks import Characters, Flags, Floats, Integers
from pipeline.read.tables import Grid

OPEN_PAGE = 0
"""The container of characters outside tables; the cells of the page's tables are numbered from 1."""

TIGHT = 0.08
"""Characters less than this share of their height apart are set as one word or figure."""

STRADDLE = 0.12
"""A character that reaches over a cell's side by this share of its height was not set for the cell beyond it."""

_FIGURE = np.array([ord(mark) for mark in "0123456789.,%+-"], dtype=np.uint32)


def place_in_cells(characters: Characters, grids: list[Grid]) -> Integers:
    """For each character the number of its cell, counted from 1 over all `grids`, or OPEN_PAGE.

    A character belongs where its centre is, but a word or figure that overflows its cell stays whole.
    """
    containers = np.full(len(characters), OPEN_PAGE, dtype=np.int64)
    if not grids:
        return containers
    boxes = characters.boxes
    centre_x = (boxes[:, 0] + boxes[:, 2]) / 2
    centre_y = (boxes[:, 1] + boxes[:, 3]) / 2
    first = 1
    # A table inside another's cell comes after it, and takes its characters.
    for grid in grids:
        column = np.searchsorted(grid.column_edges, centre_x, side="right") - 1
        row = np.searchsorted(grid.row_edges, centre_y, side="right") - 1
        inside = np.flatnonzero((column >= 0) & (column < grid.cols) & (row >= 0) & (row < grid.rows))
        slots = _paint_slots(grid, first)[row[inside], column[inside]]
        containers[inside[slots > 0]] = slots[slots > 0]
        first += len(grid.cells)
    sides = np.array([(cell.bbox.x0, cell.bbox.x1) for grid in grids for cell in grid.cells])
    return _keep_words_whole(characters, containers, sides)


def _paint_slots(grid: Grid, first: int) -> Integers:
    """The number of the cell that covers each slot of the grid; where cells overlap, the smaller one."""
    slots = np.zeros((grid.rows, grid.cols), dtype=np.int64)
    numbered = sorted(enumerate(grid.cells, first), key=lambda item: -item[1].row_span * item[1].col_span)
    for number, cell in numbered:
        slots[cell.row : cell.row + cell.row_span, cell.col : cell.col + cell.col_span] = number
    return slots


def _keep_words_whole(characters: Characters, containers: Integers, sides: Floats) -> Integers:
    """Gives words that a cell's side would cut to the cell that holds most of them.

    Excel lets a figure run over into the next cell when its column is too narrow. A cut between characters set tight
    is a real one only where neither reaches over the side, and not inside a figure.
    """
    boxes = characters.boxes
    height = np.maximum(boxes[1:, 3] - boxes[1:, 1], 1.0)
    tight = np.abs(boxes[1:, 0] - boxes[:-1, 2]) < TIGHT * height
    tight &= np.abs(np.diff(characters.origins[:, 1])) < TIGHT * height
    cuts = np.flatnonzero(tight & (containers[1:] != containers[:-1]))
    if not len(cuts):
        return containers
    whole = containers.copy()
    figures = np.isin(characters.codes, _FIGURE)
    for cut in cuts.tolist():
        if (figures[cut] and figures[cut + 1]) or _straddles(cut, containers, boxes, sides):
            begin, end = _word_around(cut, tight)
            members, counts = np.unique(containers[begin:end], return_counts=True)
            whole[begin:end] = members[np.argmax(counts)]
    return whole


def _straddles(cut: int, containers: Integers, boxes: Floats, sides: Floats) -> bool:
    """Whether the character before the cut, or the one after it, reaches over the side between their cells."""
    for index in (cut, cut + 1):
        container = containers[index]
        other = containers[2 * cut + 1 - index]
        left, right = sides[container - 1] if container != OPEN_PAGE else sides[other - 1][::-1]
        slack = STRADDLE * (boxes[index, 3] - boxes[index, 1])
        over = boxes[index, 2] - right if index == cut else left - boxes[index, 0]
        if slack < over:
            return True
    return False


def _word_around(cut: int, tight: Flags) -> tuple[int, int]:
    """First and last+1 of the characters set tight around the one at `cut`."""
    begin, end = cut, cut + 2
    while begin > 0 and tight[begin - 1]:
        begin -= 1
    while end <= len(tight) and tight[end - 1]:
        end += 1
    return begin, end
