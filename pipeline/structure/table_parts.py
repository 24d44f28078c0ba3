"""What a table is made of while its parts are being joined: slots on one grid, each with its share of every page."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.document import Page, PageCell
from pipeline.model.geometry import BBox
from pipeline.model.text import Passage, Span
from pipeline.structure.body import BodyTable
from pipeline.structure.passages import build_passage

# Ruled lines of one column stand within so many points of each other on all pages.
EDGE_TOLERANCE = 3.0

_FIGURE = re.compile(
    r"[-+]?[¥$]?[0-9][0-9,.]*(?:%|‰|分|元|万元|亿元|千元|人|个|项|次|辆|台|件|户|家|天|年|月|日)?|[-—/\\]+|无|是|否|√|×"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:年度?)?")


def is_value(text: str) -> bool:
    """Whether a cell holds a bare value (a figure, a nil sign, yes or no) and not words; a year is no value."""
    return _FIGURE.fullmatch(text) is not None and _YEAR.fullmatch(text) is None


@dataclass(frozen=True, slots=True)
class Part:
    """The share of a cell that one page holds."""

    page: Page
    cell: PageCell
    passage: Passage

    @property
    def text(self) -> str:
        return self.passage.text

    @property
    def span(self) -> Span:
        return Span(self.page.number, self.cell.start, self.cell.end)


@dataclass(slots=True)
class Slot:
    """A cell on the grid of the whole table, with its parts on one or more pages."""

    row: int
    col: int
    row_span: int
    col_span: int
    parts: list[Part]

    @property
    def text(self) -> str:
        """The text of all parts; only the passage built in the end has its breaks closed."""
        return self.parts[0].text if len(self.parts) == 1 else "".join(part.text for part in self.parts)

    @property
    def bottom_row(self) -> int:
        return self.row + self.row_span - 1

    @property
    def bbox(self) -> BBox:
        return self.parts[0].cell.bbox


@dataclass(slots=True)
class Grid:
    """Slots on one grid of rows and columns, in row order; the first `header_rows` rows name the columns."""

    rows: int
    cols: int
    slots: list[Slot]
    header_rows: int = 0

    def covering(self, row: int) -> list[Slot]:
        """The slots that cover `row`, from left to right."""
        found = [slot for slot in self.slots if slot.row <= row <= slot.bottom_row]
        found.sort(key=lambda slot: slot.col)
        return found

    def by_row(self) -> list[list[Slot]]:
        """For every row the slots that cover it, from left to right."""
        rows: list[list[Slot]] = [[] for _ in range(self.rows)]
        for slot in sorted(self.slots, key=lambda slot: slot.col):
            for row in range(slot.row, min(slot.row + slot.row_span, self.rows)):
                rows[row].append(slot)
        return rows


def read_grid(pages: Sequence[Page], table: BodyTable) -> Grid:
    """A page table as a grid of its own."""
    page = table.page
    slots = [
        Slot(
            cell.row,
            cell.col,
            cell.row_span,
            cell.col_span,
            [Part(page, cell, build_passage(pages, (Span(page.number, cell.start, cell.end),)))],
        )
        for cell in table.table.cells
    ]
    return Grid(table.table.rows, table.table.cols, slots)


def move_columns(grid: Grid, columns: Sequence[int], cols: int) -> None:
    """Puts the slots of `grid` on a finer grid of `cols` columns; `columns` says where its own edges stand there."""
    for slot in grid.slots:
        col, end = columns[slot.col], columns[slot.col + slot.col_span]
        slot.col, slot.col_span = col, max(end - col, 1)
    grid.cols = cols


def unite_edges(tables: Sequence[BodyTable]) -> list[list[int]]:
    """For each page table of one whole table, the column of the common grid that each of its own edges stands at.

    The common grid has every edge that any page has. Pages with the same columns, set further to the left or right,
    are matched by order.
    """
    first = tables[0].table.column_edges
    aligned = [_shifted(first, table.table.column_edges) for table in tables]
    union: list[float] = list(first)
    for edges in aligned[1:]:
        for edge in edges:
            place = nearest(union, edge)
            if abs(union[place] - edge) > EDGE_TOLERANCE:
                union.insert(bisect_left(union, edge), edge)
    return [[nearest(union, edge) for edge in edges] for edges in aligned]


def _shifted(first: tuple[float, ...], edges: tuple[float, ...]) -> tuple[float, ...]:
    """`edges` moved onto `first` where both have the same columns at another place of the page."""
    return first if same_widths(first, edges) else edges


def same_widths(first: Sequence[float], second: Sequence[float]) -> bool:
    """Whether two sets of column edges make the same columns, wherever they stand."""
    if len(first) != len(second):
        return False
    shift = second[0] - first[0]
    return all(abs(right - left - shift) <= EDGE_TOLERANCE for left, right in zip(first, second, strict=True))


def nearest(edges: Sequence[float], edge: float) -> int:
    """Index of the edge nearest to `edge` in ascending `edges`."""
    place = bisect_left(edges, edge)
    if place == 0:
        return 0
    if place == len(edges) or edge - edges[place - 1] <= edges[place] - edge:
        return place - 1
    return place
