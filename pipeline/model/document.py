"""What reading and structuring make of a file: pages, lines, tables, sections, paragraphs."""

from __future__ import annotations

import math
import re
from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from pipeline.model.geometry import BBox
from pipeline.model.text import Passage, Span


class Reader(StrEnum):
    """How a page's characters were obtained."""

    TEXT = "text"
    OCR = "ocr"


_PRINTED = re.compile(r"\S+")

CERTAIN = 1.0
"""The confidence of characters taken from a text layer, or that nobody printed; recognised ones stay below it."""


def _no_confidences() -> array[float]:
    return array("d")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """An input as found on disk: identity comes from its content, never from its name.

    `source` is the path relative to the input root (for a zip member `archive.zip/member.pdf`), `doc_id` the first
    16 hexadecimal digits of the sha256 of the bytes.
    """

    path: Path
    source: str
    sha256: str
    bytes: int
    member: str | None = None

    @property
    def doc_id(self) -> str:
        return self.sha256[:16]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print outside tables: its slice of the page text and its box. `size` is the height of its print."""

    start: int
    end: int
    bbox: BBox
    size: float


@dataclass(frozen=True, slots=True)
class PageCell:
    """A cell as ruled on one page; `row` and `col` count from 0 in the page table's own grid."""

    row: int
    col: int
    row_span: int
    col_span: int
    start: int
    end: int
    bbox: BBox


@dataclass(frozen=True, slots=True)
class PageTable:
    """A ruled table on one page, every ruled cell once; merged cells carry spans, covered grid slots do not exist."""

    bbox: BBox
    rows: int
    cols: int
    cells: tuple[PageCell, ...]
    column_edges: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Page:
    """One page as read.

    `text` is the stored page text in reading order: lines outside tables each end with a line feed; a table stands at
    its vertical place, row by row, the cells of a row parted by tabs, a cell's own lines by line feeds, so that the
    text of every line and every cell is one slice. `boxes` holds four floats per character (x0, top, x1, bottom);
    they are NaN for the separators that no one printed.

    On a picture that lay askew on the scanner, boxes of characters and cells tell where they stand on it; those of
    lines and tables are measured along and across the print, as if the sheet had lain straight. `confidences` has one
    number from 0 to 1 per character of a recognised page, CERTAIN for what did not need recognising; it is empty on
    pages of certain text.
    """

    number: int
    width: float
    height: float
    text: str
    boxes: array[float] = field(repr=False)
    lines: tuple[Line, ...] = field(repr=False)
    tables: tuple[PageTable, ...] = field(repr=False)
    reader: Reader = Reader.TEXT
    reason: str = "text layer"
    confidence: float = 1.0
    confidences: array[float] = field(default_factory=_no_confidences, repr=False)

    def confidence_of(self, start: int, end: int) -> float:
        """How sure the reader is of `text[start:end]`: as sure as of its most doubtful character."""
        return min(self.confidences[start:end], default=self.confidence) if self.confidences else self.confidence

    def bbox(self, start: int, end: int) -> BBox | None:
        """The box around the printed characters of `text[start:end]`; None when none of them is printed."""
        x0 = top = math.inf
        x1 = bottom = -math.inf
        # Only separators, which are all blank, have no box.
        for printed in _PRINTED.finditer(self.text, start, end):
            first, last = 4 * printed.start(), 4 * printed.end()
            x0 = min(x0, *self.boxes[first:last:4])
            top = min(top, *self.boxes[first + 1 : last : 4])
            x1 = max(x1, *self.boxes[first + 2 : last : 4])
            bottom = max(bottom, *self.boxes[first + 3 : last : 4])
        return None if x0 == math.inf else BBox(x0, top, x1, bottom)


class Furniture(StrEnum):
    """What a line is when it is no part of the report's own text."""

    HEADER = "header"
    FOOTER = "footer"
    PAGE_NUMBER = "page_number"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered heading (一、/（一）/1./（1）/①) and what it governs until the next of its level or above."""

    section_id: str
    parent_id: str | None
    level: int
    number: str
    title: str
    page: int
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """Running text between two paragraph ends, whole again over line and page breaks.

    `order` places paragraphs and tables of a document in one reading order.
    """

    order: int
    section_id: str | None
    passage: Passage
    heading: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell of a whole table; when a page break cut it, `passage` is whole and `spans` has a slice for each page."""

    row: int
    col: int
    row_span: int
    col_span: int
    passage: Passage
    spans: tuple[Span, ...]
    page: int
    bbox: BBox
    header: bool = False

    @property
    def text(self) -> str:
        return self.passage.text


@dataclass(frozen=True, eq=False)
class Table:
    """A table, whole over page breaks. Rows and columns count from 0; the first `header_rows` rows are its header.

    `caption` is the line or lines above it that name it, `unit` the unit its caption declares (元, 万元, 亿元, …).
    Header rows repeated on later pages are left out.
    """

    table_id: str
    order: int
    section_id: str | None
    caption: str
    unit: str | None
    rows: int
    cols: int
    header_rows: int
    cells: tuple[Cell, ...]

    @cached_property
    def _grid(self) -> dict[tuple[int, int], Cell]:
        return {
            (row, col): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for col in range(cell.col, cell.col + cell.col_span)
        }

    def at(self, row: int, col: int) -> Cell | None:
        """The cell that covers a grid slot, merged cells included; None outside the grid."""
        return self._grid.get((row, col))

    @cached_property
    def _rows(self) -> dict[int, list[Cell]]:
        rows: dict[int, list[Cell]] = defaultdict(list)
        for cell in self.cells:
            rows[cell.row].append(cell)
        return dict(rows)

    def row_cells(self, row: int) -> Sequence[Cell]:
        """The cells that begin in `row`, from left to right."""
        return self._rows.get(row, ())


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong with one document or page, said for a person: it makes the status partial or failed."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A recognised number read again: its place in the page text, both readings, and how sure the second one is."""

    page: int
    start: int
    end: int
    first: str
    second: str
    confidence: float


@dataclass(frozen=True, eq=False)
class Document:
    """A file read and structured. `furniture` are the page slices set aside, with what they are; `corrections` the
    numbers that a second reading replaced, already in place in the pages, among `second_looks` that were read again."""

    source: SourceFile
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    furniture: tuple[tuple[Span, Furniture], ...] = ()
    problems: tuple[Problem, ...] = ()
    corrections: tuple[Correction, ...] = ()
    second_looks: int = 0

    def page(self, number: int) -> Page:
        """Page by its 1-based number."""
        return self.pages[number - 1]

    def printed(self, spans: tuple[Span, ...]) -> str:
        """The stored text of `spans`, exactly as printed, end to end."""
        return "".join(self.page(span.page).text[span.start : span.end] for span in spans)

    def bbox(self, span: Span) -> BBox | None:
        """The box around a page slice."""
        return self.page(span.page).bbox(span.start, span.end)
