"""The body rows of a table as their label cells name them: labels, kind, account code, and the group they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from patterns.table_columns import is_line_number_header
from patterns.table_words import RowWords, is_column_numbering, leading_code, looks_numeric, read_code, read_row_label
from pipeline.model.document import Cell, Table


@dataclass(frozen=True, slots=True)
class Row:
    """A body row of a side: its label cells' texts from left to right, the words of its label, its account code."""

    index: int
    labels: tuple[str, ...]
    words: RowWords
    code: str | None
    group: int | None

    @property
    def label(self) -> str:
        """The innermost text that names the row."""
        return self.labels[-1] if self.labels else ""


def header_path(table: Table, col: int, top: int, first: int) -> tuple[str, ...]:
    """The texts above a column in the header rows `[top, first)`, outermost first, merged ones once."""
    path: list[str] = []
    previous: Cell | None = None
    for row in range(top, first):
        cell = table.at(row, col)
        if cell is not None and cell is not previous and cell.text.strip():
            path.append(cell.text.strip())
        previous = cell
    return tuple(path)


def read_rows(table: Table, rows: range, label_columns: Sequence[int], top: int) -> tuple[Row, ...]:
    """The rows of a body under the header that begins at row `top`, without those that number the columns (栏次)."""
    numeric = tuple(col for col in label_columns if _is_numeric(table, rows, col))
    code_columns = _code_columns(table, numeric, top, rows.start)
    read = (_row(table, index, label_columns, frozenset(numeric), code_columns) for index in rows)
    return tuple(row for row in read if not is_column_numbering(row.label))


def _row(
    table: Table, index: int, label_columns: Sequence[int], numeric: frozenset[int], code_columns: frozenset[int]
) -> Row:
    cells = list(_distinct_cells(table, index, label_columns))
    code = read_code(tuple(cell.text.strip() for cell in cells if cell.col in code_columns))
    labels = []
    for cell in cells:
        text = cell.text.strip()
        is_number = cell.col in numeric and cell.col_span == 1 and (looks_numeric(text) or len(text) <= 1)
        if text and not is_number:
            labels.append(text)
    label = labels[-1] if labels else ""
    group = next((cell.row for cell in cells if cell.row_span > 1 and cell.col_span < len(label_columns)), None)
    return Row(index, tuple(labels), read_row_label(label), code or leading_code(label), group)


def _distinct_cells(table: Table, row: int, cols: Sequence[int]) -> Iterator[Cell]:
    previous: Cell | None = None
    for col in cols:
        cell = table.at(row, col)
        if cell is not None and cell is not previous:
            yield cell
        previous = cell


def _is_numeric(table: Table, rows: range, col: int) -> bool:
    """Whether a label column holds codes or numbering."""
    cells = (cell for row in rows if (cell := table.at(row, col)) is not None and cell.row == row)
    filled = [text for cell in cells if (text := cell.text.strip())]
    return bool(filled) and sum(map(looks_numeric, filled)) * 2 > len(filled)


def _code_columns(table: Table, numeric: Sequence[int], top: int, first: int) -> frozenset[int]:
    """The first run of neighbouring numeric columns that are not mere line numbers (序号, 行次).

    A second run holds the codes of another classification of the same rows.
    """
    found: list[int] = []
    for col in numeric:
        if any(is_line_number_header(text) for text in header_path(table, col, top, first)):
            continue
        if found and col != found[-1] + 1:
            break
        found.append(col)
    return frozenset(found)
