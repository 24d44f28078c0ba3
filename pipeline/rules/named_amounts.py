"""DUP: amounts that the text tells by name and stage (某项目实际支出) against the table's row of that name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from patterns.relations.named_amounts import (
    DONE,
    NamedAmount,
    Stage,
    find_named_amounts,
    item_key,
    stage_of_column,
)
from patterns.table_words import RowKind
from pipeline.model.check import Calculation, Severity
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.report import Report
from pipeline.rules.context import Context, Statement, context_of, year_of
from pipeline.rules.misprints import is_misprinted
from pipeline.rules.table_context import FigureColumn, Grid, Side, grids_of

_NOT_TIED = "名称相同，但正文与表格的口径是否一致不能确定"
_YEAR = regex.compile(r"(?:19|20)\d\d")
_PLANS = frozenset({Stage.ADOPTED, Stage.ADJUSTED, Stage.PLANNED})


def rule_named_amount_in_text_and_table(report: Report) -> Iterator[Calculation]:
    """Compares an amount that the text tells by the name of its thing and its stage with the table's row and column.

    湿地修复项目实际支出 is looked up in the row 湿地修复 under 实际支出 (执行数, 决算数); 接待费支出决算 also in a
    column of that name under 决算数.
    Precision: both as printed; 元 in tables meet 万元 in the text within rounding.
    Known false alarms: an amount of another scope under the same name. The check accuses only where the tables have
    one amount for that name and stage, no other agrees, and either the two differ by two swapped, one dropped or one
    doubled digit, or the budget told in the same sentence is the budget of that very row; and as a warning.
    Example: 湿地修复项目实际支出1,520.00万元 beside 1,250.00 in the row 湿地修复 is a contradiction.
    """
    cells = _cells_by_item(report)
    if not cells:
        return
    context = context_of(report)
    for statement in context.paragraphs:
        named = [amount for amount in find_named_amounts(statement.wording) if amount.item in cells]
        for amount in named:
            year = year_of(statement, amount.index, context)
            if context.year is None or year == context.year:
                calculation = _compared(statement, amount, named, cells[amount.item])
                if calculation is not None:
                    yield calculation


@dataclass(frozen=True, slots=True)
class _NamedCell:
    """An amount of a table for one thing and stage; `line` tells amounts of the same row.

    `partial` where the column's header names more than the stage (决算数 under 财政拨款): such an amount may confirm.
    """

    quantity: Quantity
    stage: Stage
    line: tuple[str, int]
    partial: bool


def _cells_by_item(report: Report) -> dict[str, list[_NamedCell]]:
    found: dict[str, list[_NamedCell]] = {}
    context = context_of(report)
    for grid in grids_of(report):
        if _is_of_year(grid, context):
            for side in grid.sides:
                for column in side.columns:
                    stage, name = stage_of_column(column.path) if column.kind is Kind.MONEY else (None, "")
                    if stage is not None:
                        for item, cell in _column_cells(side, column, stage, name):
                            found.setdefault(item, []).append(cell)
    return found


def _is_of_year(grid: Grid, context: Context) -> bool:
    years = _YEAR.findall(grid.table.caption)
    return context.year is None or not years or str(context.year) in years


def _column_cells(side: Side, column: FigureColumn, stage: Stage, name: str) -> Iterator[tuple[str, _NamedCell]]:
    """A column's amounts by their things: named by the row, or by the column where the row has no name of its own."""
    for row in side.rows:
        slot = column.slots.get(row.index)
        labelled = bool(row.label) and row.words.kind is not RowKind.TOTAL
        item = item_key(row.words.name if labelled else name)
        if item and slot is not None and slot.quantity is not None and slot.row == row.index:
            yield item, _NamedCell(slot.quantity, stage, (side.table.table_id, row.index), labelled and bool(name))


def _compared(
    statement: Statement, amount: NamedAmount, named: Sequence[NamedAmount], cells: Sequence[_NamedCell]
) -> Calculation | None:
    told = statement.quantities[amount.index]
    group = DONE if amount.stage in DONE else _PLANS
    alike = [cell for cell in cells if cell.stage in group]
    if not alike:
        return None
    agreeing = [cell for cell in alike if cell.quantity.interval.meets(told.interval)]
    whole = [cell for cell in alike if not cell.partial]
    same = [cell for cell in whole if cell.stage is amount.stage] or (whole if amount.stage in DONE else [])
    if not agreeing and not same:
        return None
    chosen = (agreeing or same)[0]
    rivals = whole if amount.stage in DONE else same
    certain = len({cell.quantity.value for cell in rivals}) == 1 and (
        is_misprinted(told, chosen.quantity.value, chosen.quantity.quantum)
        or _row_is_confirmed(statement, amount, named, cells, chosen)
    )
    return Calculation(
        code="DUP407",
        subject=f"正文“{amount.item}”与表中同名金额",
        stated=told,
        expression=chosen.quantity,
        severity=Severity.WARNING,
        quote=statement.quote(
            statement.wording.sentence_at(statement.wording.terms[amount.index].start)[0],
            statement.wording.terms[amount.index].end,
        ),
        doubt=None if agreeing or certain else _NOT_TIED,
    )


def _row_is_confirmed(
    statement: Statement,
    amount: NamedAmount,
    named: Sequence[NamedAmount],
    cells: Sequence[_NamedCell],
    chosen: _NamedCell,
) -> bool:
    """Whether the sentence also tells the budget of that row, and of no other, so that both speak of the same."""
    if amount.stage not in DONE or chosen.stage is not amount.stage:
        return False
    sentence = statement.wording.sentence_at(statement.wording.terms[amount.index].start)
    beside = [
        statement.quantities[other.index]
        for other in named
        if other.item == amount.item
        and other.stage in _PLANS
        and sentence[0] <= statement.wording.terms[other.index].start < sentence[1]
    ]
    plans = [cell for cell in cells if cell.line == chosen.line and cell.stage in _PLANS]
    return len(beside) == 1 and any(
        plan.quantity.value and plan.quantity.interval.meets(beside[0].interval) for plan in plans
    )
