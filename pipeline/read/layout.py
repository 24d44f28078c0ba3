"""From marks to a page as read: characters into cells and lines, lines and tables into reading order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np

from pipeline.model.document import CERTAIN, Line, Page, PageCell, PageTable, Reader
from pipeline.model.geometry import BBox
from pipeline.read.cells import OPEN_PAGE, place_in_cells
from pipeline.read.lines import ASIDE, TextLine, find_lines
from pipeline.read.marks import Characters, Marks
from pipeline.read.page_text import LINE_FEED, TAB, PageText
from pipeline.read.tables import Grid, find_tables
from pipeline.read.turn import prevailing_turn, turn_marks, turn_page

REPEATED = 0.25
"""The same character again within this share of its own size is bold print imitated by printing twice."""


def lay_out(number: int, marks: Marks, reader: Reader = Reader.TEXT, reason: str = "text layer") -> Page:
    """The page as read, from its `marks`. `number` counts from 1.

    A page whose print stands sideways is read as if turned upright; its boxes tell where things stand as displayed.
    """
    quarters = prevailing_turn(marks.characters)
    if quarters:
        return turn_page(lay_out(number, turn_marks(marks, quarters), reader, reason), quarters)
    characters = drop_repeated(marks.characters)
    grids = find_tables(marks.edges, marks.shades)
    containers = place_in_cells(characters, grids)
    lines: dict[int, list[TextLine]] = defaultdict(list)
    for line in find_lines(characters, containers):
        lines[line.container].append(line)
    text = PageText()
    tables: list[PageTable] = []
    printed: list[Line] = []
    first_cells = np.cumsum([1] + [len(grid.cells) for grid in grids]).tolist()
    waiting = list(zip(grids, first_cells, strict=False))
    for line in lines[OPEN_PAGE]:
        while waiting and waiting[0][0].bbox.top < (line.top + line.bottom) / 2:
            tables.append(_write_table(text, *waiting.pop(0), lines))
        printed.append(_write_line(text, line))
    tables.extend(_write_table(text, grid, first, lines) for grid, first in waiting)
    printed.extend(_write_line(text, line) for line in lines[ASIDE])
    stored, boxes = text.finish(characters)
    page = Page(
        number, marks.width, marks.height, stored, boxes, tuple(printed), tuple(tables), reader=reader, reason=reason
    )
    if characters.confidences is None:
        return page
    return replace(page, confidences=text.spread(characters.confidences, CERTAIN))


def drop_repeated(characters: Characters) -> Characters:
    """Without characters printed again over themselves; the first printing stays."""
    if len(characters) < 2:
        return characters
    codes, boxes, origins = characters.codes, characters.boxes, characters.origins
    order = np.lexsort((origins[:, 0], np.round(origins[:, 1]), codes))
    reach = REPEATED * np.maximum(boxes[order, 2] - boxes[order, 0], 1.0)[1:]
    steps = np.abs(np.diff(origins[order], axis=0))
    again = (np.diff(codes[order].astype(np.int64)) == 0) & (steps[:, 0] <= reach) & (steps[:, 1] <= reach)
    if characters.turns is not None:
        # The boxes of slanted letters overlap; what stands side by side would pass for printed twice.
        again &= (characters.turns[order] == 0)[1:]
    if not again.any():
        return characters
    kept = np.ones(len(characters), dtype=bool)
    kept[np.maximum(order[1:], order[:-1])[again]] = False
    return characters.take(kept)


def _write_line(text: PageText, line: TextLine) -> Line:
    """Writes a line outside tables, and returns it with its slice."""
    start = text.length
    text.write(line.order)
    written = Line(start, text.length, BBox(line.x0, line.top, line.x1, line.bottom), line.bottom - line.top)
    text.separate(LINE_FEED)
    return written


def _write_table(text: PageText, grid: Grid, first: int, lines: dict[int, list[TextLine]]) -> PageTable:
    """Writes a table row by row, and returns it with the slice of every cell."""
    cells = []
    for index, cell in enumerate(grid.cells):
        if index and cell.row == grid.cells[index - 1].row:
            text.separate(TAB)
        elif index:
            text.separate(LINE_FEED)
        start = text.length
        for count, line in enumerate(lines.get(first + index, ())):
            if count:
                text.separate(LINE_FEED)
            text.write(line.order)
        cells.append(PageCell(cell.row, cell.col, cell.row_span, cell.col_span, start, text.length, cell.bbox))
    text.separate(LINE_FEED)
    return PageTable(grid.bbox, grid.rows, grid.cols, tuple(cells), grid.column_edges)
