"""Short cuts for tests: a drawing read, and its tables as plain rows."""

from __future__ import annotations

from pipeline.model.document import Page, PageTable
from pipeline.read import read_pages
from tests.read.drawn_pdf import Drawing, build


def read(drawing: Drawing, meanings: dict[str, str] | None = None) -> Page:
    """The page of a one-page PDF."""
    return read_pages(build(drawing, meanings=meanings))[0][0]


def cell_texts(page: Page, table: PageTable) -> dict[tuple[int, int, int, int], str]:
    """Text by (row, col, row_span, col_span)."""
    return {
        (cell.row, cell.col, cell.row_span, cell.col_span): page.text[cell.start : cell.end] for cell in table.cells
    }
