"""From marks to a page as read: characters into cells and lines, lines and tables into reading order."""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from pipeline.model.document import Line, Page, PageCell, PageTable, Reader
from pipeline.model.geometry import BBox
from pipeline.read.lines import TextLine, find_lines
from pipeline.read.marks import Characters, Codes, Floats, Integers, Marks
from pipeline.read.tables import Grid, find_tables

OPEN_PAGE = 0
"""The container of characters outside tables; the cells of the page's tables are numbered from 1."""

REPEATED = 0.25
"""The same character again within this share of its own size is bold print imitated by printing twice."""

_SPACE, _TAB, _LINE_FEED = -1, -2, -3


def lay_out(number: int, marks: Marks, reader: Reader = Reader.TEXT, reason: str = "text layer") -> Page:
    """The page as read, from its `marks`. `number` counts from 1."""
    characters = drop_repeated(marks.characters)
    grids = find_tables(marks.edges)
    containers = place_in_cells(characters, grids)
    lines: dict[int, list[TextLine]] = defaultdict(list)
    for line in find_lines(characters, containers):
        lines[line.container].append(line)
    text = _PageText()
    tables: list[PageTable] = []
    printed: list[Line] = []
    first_cells = np.cumsum([1] + [len(grid.cells) for grid in grids]).tolist()
    waiting = list(zip(grids, first_cells, strict=False))
    for line in lines[OPEN_PAGE]:
        while waiting and waiting[0][0].bbox.top < (line.top + line.bottom) / 2:
            tables.append(_write_table(text, *waiting.pop(0), lines))
        start = text.length
        text.write(line.order)
        printed.append(Line(start, text.length, BBox(line.x0, line.top, line.x1, line.bottom), line.bottom - line.top))
        text.separate(_LINE_FEED)
    tables.extend(_write_table(text, grid, first, lines) for grid, first in waiting)
    stored, boxes = text.finish(characters)
    return Page(
        number, marks.width, marks.height, stored, boxes, tuple(printed), tuple(tables), reader=reader, reason=reason
    )


def drop_repeated(characters: Characters) -> Characters:
    """Without characters printed again over themselves; the first printing stays."""
    if len(characters) < 2:
        return characters
    codes, boxes, origins = characters.codes, characters.boxes, characters.origins
    order = np.lexsort((origins[:, 0], np.round(origins[:, 1]), codes))
    reach = REPEATED * np.maximum(boxes[order, 2] - boxes[order, 0], 1.0)[1:]
    steps = np.abs(np.diff(origins[order], axis=0))
    again = (np.diff(codes[order].astype(np.int64)) == 0) & (steps[:, 0] <= reach) & (steps[:, 1] <= reach)
    if not again.any():
        return characters
    kept = np.ones(len(characters), dtype=bool)
    kept[np.maximum(order[1:], order[:-1])[again]] = False
    return characters.take(kept)


def place_in_cells(characters: Characters, grids: list[Grid]) -> Integers:
    """For each character the number of the cell that holds its centre, counted from 1 over all `grids`, or 0."""
    containers = np.zeros(len(characters), dtype=np.int64)
    centre_x = (characters.boxes[:, 0] + characters.boxes[:, 2]) / 2
    centre_y = (characters.boxes[:, 1] + characters.boxes[:, 3]) / 2
    first = 1
    # A table inside another's cell comes after it, and takes its characters.
    for grid in grids:
        column = np.searchsorted(grid.column_edges, centre_x, side="right") - 1
        row = np.searchsorted(grid.row_edges, centre_y, side="right") - 1
        inside = np.flatnonzero((column >= 0) & (column < grid.cols) & (row >= 0) & (row < grid.rows))
        slots = _paint_slots(grid, first)[row[inside], column[inside]]
        containers[inside[slots > 0]] = slots[slots > 0]
        first += len(grid.cells)
    return containers


def _paint_slots(grid: Grid, first: int) -> Integers:
    """The number of the cell that covers each slot of the grid; where cells overlap, the smaller one."""
    slots = np.zeros((grid.rows, grid.cols), dtype=np.int64)
    numbered = sorted(enumerate(grid.cells, first), key=lambda item: -item[1].row_span * item[1].col_span)
    for number, cell in numbered:
        slots[cell.row : cell.row + cell.row_span, cell.col : cell.col + cell.col_span] = number
    return slots


@dataclass(slots=True)
class _PageText:
    """The page text as it is written: characters by index, separators by negative codes."""

    length: int = 0
    parts: list[Integers] = field(default_factory=list)

    def write(self, order: Integers) -> None:
        self.parts.append(order)
        self.length += len(order)

    def separate(self, separator: int) -> None:
        self.parts.append(_SEPARATORS[separator])
        self.length += 1

    def finish(self, characters: Characters) -> tuple[str, array[float]]:
        """The text, and four floats per character (NaN for separators)."""
        if not self.parts:
            return "", array("d")
        order = np.concatenate(self.parts)
        # Separators index the table from its end: line feed, tab, space.
        codes = np.concatenate((_storable(characters.codes), _SEPARATOR_CODES))[order]
        boxes: Floats = np.concatenate((characters.boxes, np.full((3, 4), np.nan)))[order]
        return codes.astype("<u4").tobytes().decode("utf-32-le"), array("d", boxes.tobytes())


_SEPARATORS = {code: np.array([code], dtype=np.int64) for code in (_SPACE, _TAB, _LINE_FEED)}
_SEPARATOR_CODES = np.array([0x0A, 0x09, 0x20], dtype=np.uint32)


def _storable(codes: Codes) -> Codes:
    """Halves of broken surrogate pairs, which no text can hold, as replacement characters."""
    return np.where((codes >= 0xD800) & (codes < 0xE000), np.uint32(0xFFFD), codes)


def _write_table(text: _PageText, grid: Grid, first: int, lines: dict[int, list[TextLine]]) -> PageTable:
    """Writes a table row by row, and returns it with the slice of every cell."""
    cells = []
    for index, cell in enumerate(grid.cells):
        if index and cell.row == grid.cells[index - 1].row:
            text.separate(_TAB)
        elif index:
            text.separate(_LINE_FEED)
        start = text.length
        for count, line in enumerate(lines.get(first + index, ())):
            if count:
                text.separate(_LINE_FEED)
            text.write(line.order)
        cells.append(PageCell(cell.row, cell.col, cell.row_span, cell.col_span, start, text.length, cell.bbox))
    text.separate(_LINE_FEED)
    return PageTable(grid.bbox, grid.rows, grid.cols, tuple(cells), grid.column_edges)
