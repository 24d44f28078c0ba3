"""Header bands: which rows of a table are headers, which rows they govern, and what each column holds.

Most tables have one header on top. A self-evaluation form (自评表) stacks several: a band of budget figures, then a
band of indicators, each under its own header row inside the same frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from patterns.digits import has_digit
from patterns.headers import Header, Role, classify_header, is_header_word
from patterns.table_columns import is_line_number_header, is_part_header
from patterns.table_words import is_amount, read_row_label
from pipeline.model.document import Cell, Table

_MOST_HEADER_ROWS = 4
_LONGEST_PLAIN = 12
_FIGURES = frozenset({Role.MONEY, Role.COUNT})


@dataclass(frozen=True, slots=True)
class Column:
    """A column as its header describes it; `path` are the header texts above it, outermost first."""

    index: int
    path: tuple[str, ...]
    header: Header


@dataclass(frozen=True, slots=True)
class Band:
    """Body rows `[first, last)` governed by the header rows `[header_first, first)`."""

    header_first: int
    first: int
    last: int
    columns: tuple[Column, ...]

    def columns_of(self, role: Role) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.header.role is role)


@lru_cache(maxsize=64)
def find_bands(table: Table) -> tuple[Band, ...]:
    """The bands of a table from top to bottom. Rows above the first header belong to no band."""
    starts = list(_header_blocks(table))
    bands = []
    for i, (top, first) in enumerate(starts):
        last = starts[i + 1][0] if i + 1 < len(starts) else table.rows
        if first < last:
            columns = _with_parts([_column(table, index, top, first) for index in range(table.cols)])
            bands.append(Band(top, first, last, columns))
    return tuple(bands)


def _header_blocks(table: Table) -> Iterator[tuple[int, int]]:
    """(first header row, first body row) of each header block."""
    row = 0
    while row < table.rows:
        if row < table.header_rows or _is_header_row(table, row):
            top = row
            row = max(_end_of_header(table, row), table.header_rows if top == 0 else 0)
            yield top, row
        else:
            row += 1


def _end_of_header(table: Table, row: int) -> int:
    """The first row below a header block: merged header cells reach down, further header rows may follow."""
    end = row + 1
    while end < min(table.rows, row + _MOST_HEADER_ROWS) and _is_header_row(table, end):
        end += 1
    return end


def _is_header_row(table: Table, row: int) -> bool:
    """A row whose cells are header words: several of them, and hardly anything else.

    A label that a merged cell carries along the left side (年度绩效指标, spanning the whole band) does not count. A row
    with an amount or a numbered item (二、事业收入) in it is a body row, however few figures its columns hold, as is
    one that is numbered in a column of numbers (序号).
    """
    begun = table.row_cells(row)
    covering = _covering(table, row)
    if any(cell.text.strip().isdigit() and _is_under_numbers(table, cell) for cell in covering):
        return False
    if any(is_amount(cell.text) or read_row_label(cell.text).numbering is not None for cell in begun):
        return False
    cells = [cell for cell in covering if cell.text.strip() and not _is_side_label(cell)]
    words = [cell for cell in cells if is_header_word(cell.text)]
    plain = all(len(cell.text) <= _LONGEST_PLAIN and not has_digit(cell.text) for cell in cells)
    enough = len(words) * 2 >= len(cells) if plain else len(words) * 3 >= len(cells) * 2
    return len(words) >= 2 and enough and any(cell.row == row for cell in words)


def _is_under_numbers(table: Table, cell: Cell) -> bool:
    """Whether the table's own header says that a cell's column numbers rows."""
    if cell.row < table.header_rows:
        return False
    above = (table.at(row, cell.col) for row in range(table.header_rows))
    return any(header is not None and is_line_number_header(header.text) for header in above)


def _is_side_label(cell: Cell) -> bool:
    return cell.row_span > _MOST_HEADER_ROWS


def _covering(table: Table, row: int) -> list[Cell]:
    """The distinct cells that cover a row, from left to right."""
    found: list[Cell] = []
    for col in range(table.cols):
        cell = table.at(row, col)
        if cell is not None and (not found or found[-1] is not cell):
            found.append(cell)
    return found


def _with_parts(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns, those headed 其中 and a name that tells no kind (其中:脱贫户) holding what the one before holds."""
    found: list[Column] = []
    for column in columns:
        whole = found[-1] if found else None
        is_part = bool(column.path) and is_part_header(column.path[-1]) and column.header.role is Role.TEXT
        if is_part and whole is not None and whole.path[:-1] == column.path[:-1] and whole.header.role in _FIGURES:
            found.append(replace(column, header=whole.header))
        else:
            found.append(column)
    return tuple(found)


def _column(table: Table, index: int, top: int, first: int) -> Column:
    path: list[str] = []
    previous: Cell | None = None
    for row in range(top, first):
        cell = table.at(row, index)
        if cell is not None and cell is not previous and cell.text.strip() and not _is_side_label(cell):
            path.append(cell.text.strip())
        previous = cell
    return Column(index, tuple(path), classify_header(path))
