"""Reports that hold one hand-made table, for tests of the table rules. All figures are invented."""

from __future__ import annotations

from array import array

from patterns.fold import fold
from pipeline.extract import extract
from pipeline.model.document import Cell, Document, Page, Paragraph, Table
from pipeline.model.geometry import BBox
from pipeline.model.report import Report
from pipeline.model.text import Passage, Span, pack
from tests.builders import SOURCE

_BOX = BBox(0, 0, 10, 10)


def table_report(
    *drawings: str, unit: str | None = "万元", header_rows: int = 1, caption: str = "", told: str = ""
) -> Report:
    """A report with the tables that `drawings` show: a line for each row, cells parted by |.

    "<" is covered by the cell to its left, "^" by the cell above it. `told` is a paragraph above the tables.
    """
    page_text = f"{told}\n" if told else ""
    tables = []
    for number, drawing in enumerate(drawings, start=1):
        rows = [[text.strip() for text in line.split("|")] for line in drawing.strip().splitlines()]
        cells = tuple(_cells(rows, header_rows, len(page_text)))
        tables.append(Table(f"t{number}", number, None, caption, unit, len(rows), len(rows[0]), header_rows, cells))
        page_text += "\n".join("\t".join(row) for row in rows) + "\n"
    boxes = array("d", [10.0, 10.0, 20.0, 20.0] * len(page_text))
    page = Page(1, 595.0, 842.0, page_text, boxes, (), ())
    paragraphs = (Paragraph(0, None, _passage(told, 0)),) if told else ()
    return extract(Document(SOURCE, (page,), (), paragraphs, tuple(tables)))


def _passage(text: str, offset: int) -> Passage:
    return Passage(fold(text), array("q", (pack(1, offset + i) for i in range(len(text)))))


def _cells(rows: list[list[str]], header_rows: int, offset: int) -> list[Cell]:
    cells = []
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            if text not in ("<", "^"):
                passage = _passage(text, offset)
                height, width = _height(rows, i, j), _width(row, j)
                span = Span(1, offset, offset + len(text))
                cells.append(Cell(i, j, height, width, passage, (span,), 1, _BOX, header=i < header_rows))
            offset += len(text) + 1
    return cells


def _width(row: list[str], col: int) -> int:
    end = col + 1
    while end < len(row) and row[end] == "<":
        end += 1
    return end - col


def _height(rows: list[list[str]], row: int, col: int) -> int:
    end = row + 1
    while end < len(rows) and rows[end][col] == "^":
        end += 1
    return end - row
