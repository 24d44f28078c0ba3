"""Pages set by hand: lines and ruled tables at given places, with a box for every character as a reader would give."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from pathlib import Path

from pipeline.model.document import Document, Line, Page, PageCell, PageTable, SourceFile, Table
from pipeline.model.geometry import BBox
from pipeline.structure import structure

ABOVE = "^"
"""In a table's rows: this slot belongs to the cell above."""
LEFT = "<"
"""In a table's rows: this slot belongs to the cell to the left."""

PADDING = 5.4
SOURCE = SourceFile(Path("report.pdf"), "report.pdf", "0" * 64, 0)


class Setter:
    """Sets one page from the top down; the type area of the A4 page runs from 80 to 520 points."""

    def __init__(self, number: int = 1, width: float = 595.0, height: float = 842.0) -> None:
        self.number, self.width, self.height = number, width, height
        self.y = 100.0
        self._text: list[str] = []
        self._boxes: array[float] = array("d")
        self._lines: list[Line] = []
        self._tables: list[PageTable] = []

    def line(self, text: str, x: float = 80.0, size: float = 16.0, y: float | None = None) -> Setter:
        """A line of print; ideographs and full-width marks are `size` wide, all else half of it."""
        top = self.y if y is None else y
        start = len(self._text)
        end_x = self._print(text, x, top, size)
        self._lines.append(Line(start, len(self._text), BBox(x, top, end_x, top + size), size))
        self._separate("\n")
        self.y = top + 1.75 * size
        return self

    def centred(self, text: str, size: float = 16.0) -> Setter:
        return self.line(text, 300.0 - _width(text, size) / 2, size)

    def paragraph(self, text: str, size: float = 16.0) -> Setter:
        """Running text, indented by two characters and broken where the line is full."""
        x, line = 80.0 + 2 * size, ""
        for character in text:
            if x + _width(line + character, size) > 520.0 + size / 2:
                self.line(line, x, size)
                x, line = 80.0, ""
            line += character
        return self.line(line, x, size)

    def foot(self, text: str) -> Setter:
        return self.line(text, 280.0, 14.0, y=780.0)

    def table(
        self,
        rows: Sequence[Sequence[str]],
        edges: Sequence[float],
        bottom: float | None = None,
        size: float = 10.0,
        heights: Sequence[float] | None = None,
    ) -> Setter:
        """A ruled table. Cell texts carry their own line breaks; ABOVE and LEFT mark slots of merged cells.

        With `bottom` it is set so that it ends there. `heights` are those of the rows, else they fit their text.
        """
        tall = heights or [max(_depth(text, size) for text in row) + PADDING for row in rows]
        top = self.y if bottom is None else bottom - sum(tall)
        tops = [top]
        for height in tall:
            tops.append(tops[-1] + height)
        cells: list[PageCell] = []
        for row, texts in enumerate(rows):
            first = True
            for col, text in enumerate(texts):
                if text in (ABOVE, LEFT):
                    continue
                row_span, col_span = _spans(rows, row, col)
                box = BBox(edges[col], tops[row], edges[col + col_span], tops[row + row_span])
                if not first:
                    self._separate("\t")
                first = False
                start = len(self._text)
                for index, part in enumerate(text.split("\n")):
                    if index:
                        self._separate("\n")
                    self._print(part, box.x0 + PADDING, box.top + 2.0 + index * 1.2 * size, size)
                cells.append(PageCell(row, col, row_span, col_span, start, len(self._text), box))
            self._separate("\n")
        box = BBox(edges[0], top, edges[-1], tops[-1])
        self._tables.append(PageTable(box, len(rows), len(edges) - 1, tuple(cells), tuple(edges)))
        self.y = tops[-1] + 10.0
        return self

    def page(self) -> Page:
        return Page(
            self.number,
            self.width,
            self.height,
            "".join(self._text),
            self._boxes,
            tuple(self._lines),
            tuple(self._tables),
        )

    def _print(self, text: str, x: float, top: float, size: float) -> float:
        for character in text:
            width = _width(character, size)
            self._text.append(character)
            self._boxes.extend((x, top, x + width, top + size))
            x += width
        return x

    def _separate(self, separator: str) -> None:
        self._text.append(separator)
        self._boxes.extend((math.nan,) * 4)


def _width(text: str, size: float) -> float:
    return sum(size / 2 if character.isascii() else size for character in text)


def _depth(text: str, size: float) -> float:
    return 1.2 * size * (text.count("\n") + 1)


def _spans(rows: Sequence[Sequence[str]], row: int, col: int) -> tuple[int, int]:
    """Rows and columns that the cell at this slot covers, by the marks right of and below it."""
    col_span = 1
    while col + col_span < len(rows[row]) and rows[row][col + col_span] == LEFT:
        col_span += 1
    row_span = 1
    while row + row_span < len(rows) and rows[row + row_span][col] == ABOVE:
        row_span += 1
    return row_span, col_span


def build(*setters: Setter) -> Document:
    """The document that the set pages make."""
    return structure(SOURCE, [setter.page() for setter in setters])


def draw(table: Table) -> list[list[str]]:
    """The rows of a table as `Setter.table` takes them."""
    drawn: list[list[str]] = []
    for row in range(table.rows):
        drawn.append([])
        for col in range(table.cols):
            cell = table.at(row, col)
            if cell is None:
                drawn[-1].append("?")
            elif cell.col < col:
                drawn[-1].append(LEFT)
            else:
                drawn[-1].append(cell.text if cell.row == row else ABOVE)
    return drawn
