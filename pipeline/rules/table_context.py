"""Tables as rules see them: sides with labelled rows and columns of figures, every grid slot read once per report.

A table may be two in one (收入 | 支出 side by side): each side has its own label columns, followed by its figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from patterns.headers import Header, Role, classify_header
from patterns.table_columns import RateKind, is_code_header, rate_kind
from patterns.table_words import is_amount, is_average_label, is_nil, looks_numeric, read_row_label
from pipeline.extract.bands import find_bands
from pipeline.model.document import Cell, Table
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.report import Report
from pipeline.rules.table_rows import Row, header_path, read_rows

_ZERO = Decimal(0)
_HALF = Decimal("0.5")
# A cell that holds one figure and few words beside it still is that figure (完成88.60%).
_MOST_WORDS = 8
_MOST_HEADER_ROWS = 4


@dataclass(frozen=True, slots=True)
class Slot:
    """A grid slot under a column of figures: a figure, or nil where `quantity` is None.

    `value` and `half` are the figure and half its quantum; nil is an exact zero. `row` is the first row of its cell, so
    that a value merged over rows is known to be one.
    """

    quantity: Quantity | None
    value: Decimal
    half: Decimal
    row: int


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column that holds figures of one kind. `slots` has, by row, what could be read; unread text is left out."""

    index: int
    path: tuple[str, ...]
    header: Header
    kind: Kind
    slots: dict[int, Slot]

    @property
    def name(self) -> str:
        return " ".join(self.path)


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One of the tables that stand side by side in a band: its labelled rows and its columns of figures."""

    table: Table
    rows: tuple[Row, ...]
    columns: tuple[FigureColumn, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A band of a table: header rows `[header_first, first)`, and the sides of the body below them."""

    table: Table
    header_first: int
    first: int
    last: int
    sides: tuple[Side, ...]


@lru_cache(maxsize=1)
def grids_of(report: Report) -> tuple[Grid, ...]:
    """Every band of every table that holds figures, in document order."""
    figures: dict[str, dict[tuple[int, int], list[Quantity]]] = {}
    for quantity in report.quantities:
        if quantity.table_id is not None and quantity.row is not None and quantity.col is not None:
            figures.setdefault(quantity.table_id, {}).setdefault((quantity.row, quantity.col), []).append(quantity)
    return tuple(
        grid
        for table in report.document.tables
        if table.table_id in figures
        for grid in _grids(table, figures[table.table_id])
    )


@lru_cache(maxsize=32)
def quote_row(table: Table, row: int) -> str:
    """The texts of a row from left to right, merged cells once."""
    texts: list[str] = []
    previous: Cell | None = None
    for col in range(table.cols):
        cell = table.at(row, col)
        if cell is not None and cell is not previous and cell.text.strip():
            texts.append(cell.text.strip())
        previous = cell
    return " ".join(texts)


def _grids(table: Table, figures: dict[tuple[int, int], list[Quantity]]) -> Iterator[Grid]:
    for header_first, first, last in _body_ranges(table):
        rows = range(first, last)
        columns = {
            col: column
            for col in range(table.cols)
            if (column := _figure_column(table, figures, rows, col, header_first)) is not None
        }
        if not columns:
            continue
        sides = tuple(
            Side(
                table=table,
                rows=read_rows(table, rows, labels, header_first),
                columns=tuple(columns[col] for col in cols),
            )
            for labels, cols in _split(table, columns, header_first, first)
        )
        yield Grid(table, header_first, first, last, sides)


def _body_ranges(table: Table) -> Iterator[tuple[int, int, int]]:
    """(first header row, first body row, end) of each band; the whole table where nothing is a header.

    A band under a row of numbered items (二、事业收入 | 三、教育支出, both blank) or of amounts is no band of its own:
    such rows only look like headers.
    """
    bands = [
        (band.header_first, band.first, band.last)
        for band in find_bands(table)
        if band.header_first < table.header_rows or not _looks_like_body(table, band.header_first)
    ]
    if not bands:
        yield 0, 0, table.rows
        return
    tops = [_top_of_header(table, header_first) for header_first, _, _ in bands]
    for i, (_, first, _) in enumerate(bands):
        last = tops[i + 1] if i + 1 < len(bands) else table.rows
        if first < last:
            yield tops[i], first, last


def _top_of_header(table: Table, row: int) -> int:
    """The row where a header begins: cells that reach down into its first row begin higher up.

    任务名称 beside 预算数 over 总额 and 其中 is such a cell; a label merged along the whole side is none.
    """
    cells = (table.at(row, col) for col in range(table.cols))
    return min((cell.row for cell in cells if cell is not None and cell.row_span <= _MOST_HEADER_ROWS), default=row)


def _looks_like_body(table: Table, row: int) -> bool:
    texts = [cell.text.strip() for cell in table.row_cells(row) if cell.text.strip()]
    return any(read_row_label(text).numbering is not None or is_amount(text) for text in texts)


def _last_names(table: Table, cols: Sequence[int], top: int, first: int) -> tuple[str, ...]:
    return tuple(path[-1] for col in cols if (path := header_path(table, col, top, first)))


def _figure_column(
    table: Table, figures: dict[tuple[int, int], list[Quantity]], rows: range, col: int, header_first: int
) -> FigureColumn | None:
    """The column's figures where figures are what it mostly holds, all of its commonest kind; else None."""
    path = header_path(table, col, header_first, rows.start)
    if any(is_code_header(text) for text in path):
        return None
    slots: dict[int, Slot] = {}
    unlike = 0
    kinds: Counter[Kind] = Counter()
    for row in rows:
        cell = table.at(row, col)
        if cell is None or is_nil(cell.text):
            slots[row] = Slot(None, _ZERO, _ZERO, row if cell is None else cell.row)
            continue
        if cell.col_span > 1 and not looks_numeric(cell.text):
            continue
        found = figures.get((cell.row, cell.col), ())
        if len(found) == 1 and cell.col == col and _is_the_figure(cell, found[0]):
            quantity = found[0]
            slots[row] = Slot(quantity, quantity.value, _half(quantity), cell.row)
            if cell.row == row:
                kinds[quantity.kind] += 1
        elif cell.row == row and not looks_numeric(cell.text):
            unlike += 1
    if not kinds or unlike > sum(kinds.values()):
        return None
    kind = kinds.most_common(1)[0][0]
    alike = {row: slot for row, slot in slots.items() if slot.quantity is None or slot.quantity.kind is kind}
    return FigureColumn(col, path, classify_header(path), kind, alike)


def _is_the_figure(cell: Cell, quantity: Quantity) -> bool:
    """Whether a cell is its one figure, give or take a word."""
    if quantity.approximate is not None:
        return False
    if looks_numeric(cell.text):
        return True
    words = sum(1 for character in cell.text if character.isalpha())
    return words <= _MOST_WORDS and quantity.kind in (Kind.PERCENT, Kind.MONEY, Kind.COUNT)


def _half(quantity: Quantity) -> Decimal:
    return _ZERO if quantity.interval.is_exact else quantity.quantum * _HALF


def _split(
    table: Table, columns: dict[int, FigureColumn], top: int, first: int
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """(label columns, figure columns) of each side, from left to right.

    A new side begins at a label column behind figures, when figures follow it and its header repeats that of the first
    side's labels or stands under another outer header.
    """
    labels: list[int] = []
    cols: list[int] = []
    first_header: tuple[str, ...] | None = None
    for col in range(table.cols):
        if col in columns:
            cols.append(col)
            continue
        if not cols:
            labels.append(col)
            continue
        if first_header is None:
            first_header = _last_names(table, labels, top, first)
        path = header_path(table, col, top, first)
        more_figures = any(later in columns for later in range(col + 1, table.cols))
        outer = bool(path) and bool(labels) and path[0] != (header_path(table, labels[0], top, first) or ("",))[0]
        repeats = bool(path) and path[-1] in first_header
        if more_figures and (repeats or (outer and len(path) > 1)):
            yield tuple(labels), tuple(cols)
            labels, cols = [col], []
    if cols:
        yield tuple(labels), tuple(cols)


def is_additive(column: FigureColumn) -> bool:
    """Whether the column's figures add up: amounts, counts and shares of one whole; no rates, scores or means."""
    if column.kind is Kind.PERCENT:
        return rate_kind(column.path) is RateKind.SHARE
    if any(is_average_label(text) for text in column.path):
        return False
    return column.kind is not Kind.SCORE and column.header.role is not Role.CODE and column.header.unit != "百分点"
