"""DUP: amounts that the text repeats from the tables."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import regex

from patterns.account_names import (
    account_key,
    find_accounts,
    planned_year,
    states_amount_directly,
    states_settled_amount,
)
from patterns.table_words import RowKind, read_row_label
from pipeline.model.check import Calculation, Severity, Sum
from pipeline.model.interval import Interval
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.report import Genre, Report
from pipeline.rules.context import Statement, context_of
from pipeline.rules.table_context import FigureColumn, Grid, Side, grids_of
from pipeline.rules.table_rows import Row

_SUMS = (RowKind.TOTAL, RowKind.SUBTOTAL)
_SIMILAR = "仅凭名称相近，不能确定正文与表格所指相同"
_OTHER_TABLE = "该科目在其他表中的金额未能读出"
_LEAST_UNITS = 100
_MANY_UNITS = 10_000
_HAN_PAIR = regex.compile(r"(?=(\p{Han}\p{Han}))")
_BRACKETED = regex.compile(r"\([^()]*\)")
_LEVELS = {3: 0, 5: 1, 7: 2}


def rule_account_in_text_and_table(report: Report) -> Iterator[Calculation]:
    """Compares the amount that the text states for an account of government spending with its amount in the tables.

    The account (一般公共服务支出(类)财政事务(款)行政运行(项)) is found in a table by the names of its class, section
    and item. The figure must follow the name directly, or be called its final amount (支出决算) or its budget of the
    report's year (2031年预算安排).
    Precision: both as printed; 元 in tables meet 万元 in the text within rounding.
    Known false alarms: an amount of one fund beside a table of all funds. The check accuses only when no column of any
    table that names the account agrees, and tables of the general public budget (一般公共预算) are among them.
    Example: 住房保障支出(类)住房改革支出(款)住房公积金(项)“2031年预算安排88.60万元” beside 868,000元 in the table is a
    contradiction.
    """
    rows = _account_rows(report)
    if not rows:
        return
    for statement, names, quantity, start in _account_amounts(report):
        cells = rows.get(names)
        if cells:
            yield _account_calculation(statement, names, quantity, start, cells)


def rule_amount_in_text_and_table(report: Report) -> Iterator[Calculation]:
    """Compares amounts of the text with cells, and with groups of rows, of the same name in the tables.

    Names are only similar, so agreement confirms and disagreement decides nothing.
    Precision: both as printed; amounts of fewer than three figures are left out.
    Known false alarms: none; the rule does not accuse.
    Example: 基本支出 1,234.50万元 in the text and 基本支出 12,345,012.30元 in a table confirm each other.
    """
    cells = _MoneyCells(report)
    groups = tuple(_group_sums(report))
    for quantity in report.quantities:
        if quantity.table_id is not None or quantity.kind is not Kind.MONEY or quantity.approximate is not None:
            continue
        if abs(quantity.value) < quantity.quantum * _LEAST_UNITS:
            continue
        cell = cells.find(quantity)
        if cell is not None:
            yield _similar(quantity, cell.quantity, cell.name)
            continue
        for group in groups:
            if group.names(quantity.label) and quantity.interval.meets(group.interval):
                yield _similar(quantity, group.total, group.label)
                break


def _similar(quantity: Quantity, expression: Quantity | Sum, label: str) -> Calculation:
    return Calculation(
        code="DUP403",
        subject=f"正文“{quantity.label}”与表中“{label}”",
        stated=quantity,
        expression=expression,
        severity=Severity.NOTE,
        quote=quantity.label,
        doubt=_SIMILAR,
    )


@dataclass(frozen=True, slots=True)
class AccountCells:
    """One table's row for an account: its amount (in the total column where there is one) and all its figures."""

    caption: str
    amount: Quantity
    figures: tuple[Quantity, ...]


def _account_rows(report: Report) -> dict[tuple[str, ...], list[AccountCells]]:
    """The rows of every table by the names of their account's class, section and item."""
    found: dict[tuple[str, ...], list[AccountCells]] = {}
    for grid in grids_of(report):
        for side in grid.sides:
            names: list[str] = []
            for row in side.rows:
                level = _LEVELS.get(len(row.code)) if row.code else None
                if level is None or level > len(names) or not row.label:
                    continue
                names[level:] = [account_key(row.label)]
                cells = _account_cells(grid, side, row)
                if cells is not None:
                    found.setdefault(tuple(names), []).append(cells)
    return found


def _account_cells(grid: Grid, side: Side, row: Row) -> AccountCells | None:
    columns = [column for column in side.columns if column.kind is Kind.MONEY]
    figures = tuple(slot.quantity for column in columns if (slot := column.slots.get(row.index)) and slot.quantity)
    totals = [column for column in columns if column.path and read_row_label(column.path[-1]).kind in _SUMS]
    chosen = (totals or columns)[0] if columns else None
    slot = chosen.slots.get(row.index) if chosen is not None else None
    if slot is None or slot.quantity is None:
        return None
    return AccountCells(f"{grid.table.caption} {side.columns[0].name}", slot.quantity, figures)


def _account_amounts(report: Report) -> Iterator[tuple[Statement, tuple[str, ...], Quantity, int]]:
    """Every figure of the text that states an account's amount for the year of the report."""
    accounts = report.metadata.genre is Genre.ACCOUNTS
    year = report.metadata.fiscal_year
    for statement in context_of(report).paragraphs:
        mentions = list(find_accounts(statement.text))
        terms = list(zip(statement.wording.terms, statement.quantities, strict=True))
        for i, mention in enumerate(mentions):
            end = mentions[i + 1].start if i + 1 < len(mentions) else len(statement.text)
            other = statement.text.find("项)", mention.end, end)
            end = end if other < 0 else other
            money = [(t, q) for t, q in terms if mention.end <= t.start < end and q.kind is Kind.MONEY]
            for place, (term, quantity) in enumerate(money):
                direct = place == 0 and states_amount_directly(statement.text[mention.end : term.start])
                settled = accounts and states_settled_amount(statement.text, term.start)
                planned = not accounts and year is not None and planned_year(statement.text, term.start) == year
                if (direct or settled or planned) and quantity.approximate is None:
                    yield statement, mention.names, quantity, mention.start


def _account_calculation(
    statement: Statement, names: tuple[str, ...], quantity: Quantity, start: int, cells: Sequence[AccountCells]
) -> Calculation:
    agreeing = [
        figure
        for found in cells
        for figure in (found.amount, *found.figures)
        if figure.interval.meets(quantity.interval)
    ]
    general = [found.amount for found in cells if "一般公共预算" in found.caption]
    term = next(t for t, q in zip(statement.wording.terms, statement.quantities, strict=True) if q is quantity)
    return Calculation(
        code="DUP402",
        subject=f"正文所载“{names[-1]}”与表中金额",
        stated=quantity,
        expression=agreeing[0] if agreeing else (general or [cells[0].amount])[0],
        severity=Severity.ERROR,
        quote=statement.quote(start, term.end),
        doubt=None if general else _OTHER_TABLE,
    )


@dataclass(frozen=True, slots=True)
class NamedCell:
    """A money figure of a table with the names of its row and column."""

    quantity: Quantity
    name: str


class _MoneyCells:
    """The money figures of all tables, to be found by value."""

    def __init__(self, report: Report) -> None:
        self._cells = sorted(_named_cells(report), key=lambda cell: cell.quantity.value)
        self._values = [cell.quantity.value for cell in self._cells]

    def find(self, quantity: Quantity) -> NamedCell | None:
        """A cell of about the same value, within the rounding of both, whose name shares a word with the quantity's.

        A value of many figures needs no word in common: it does not come twice by chance.
        """
        first = bisect_left(self._values, quantity.value - quantity.quantum)
        last = bisect_right(self._values, quantity.value + quantity.quantum)
        words = _words(quantity.label)
        telling = abs(quantity.value) >= quantity.quantum * _MANY_UNITS
        fitting = [cell for cell in self._cells[first:last] if cell.quantity.interval.meets(quantity.interval)]
        alike = [cell for cell in fitting if words & _words(cell.name)]
        return alike[0] if alike else fitting[0] if fitting and telling else None


def _named_cells(report: Report) -> Iterator[NamedCell]:
    for grid in grids_of(report):
        for side in grid.sides:
            for column in side.columns:
                if column.kind is Kind.MONEY:
                    for row in side.rows:
                        slot = column.slots.get(row.index)
                        if slot is not None and slot.quantity is not None and slot.value and slot.row == row.index:
                            yield NamedCell(slot.quantity, " ".join((*row.labels, *column.path)))


@dataclass(frozen=True, slots=True)
class GroupSum:
    """The rows under one merged label, added up in one column."""

    label: str
    total: Sum
    interval: Interval

    def names(self, label: str) -> bool:
        """Whether a name in the text may be this group's: one holds the other, remarks in brackets apart."""
        own, other = _BRACKETED.sub("", self.label), _BRACKETED.sub("", label)
        return len(own) >= 2 and len(other) >= 2 and (own in other or other in own)


def _group_sums(report: Report) -> Iterator[GroupSum]:
    for grid in grids_of(report):
        for side in grid.sides:
            groups: dict[int, list[Row]] = {}
            for row in side.rows:
                if row.group is not None and len(row.labels) >= 2 and row.words.kind is RowKind.ITEM:
                    groups.setdefault(row.group, []).append(row)
            for column in side.columns:
                if column.kind is Kind.MONEY:
                    yield from (found for rows in groups.values() if (found := _group_sum(column, rows)) is not None)


def _group_sum(column: FigureColumn, rows: Sequence[Row]) -> GroupSum | None:
    slots = [slot for row in rows if (slot := column.slots.get(row.index)) is not None and slot.row == row.index]
    figures = tuple(slot.quantity for slot in slots if slot.quantity is not None)
    if len(figures) < 2 or len(slots) < len(rows):
        return None
    interval = reduce(Interval.__add__, (figure.interval for figure in figures))
    return GroupSum(rows[0].labels[0], Sum(figures), interval)


def _words(label: str) -> set[str]:
    return set(_HAN_PAIR.findall(label))
