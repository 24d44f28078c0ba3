"""DUP: the year's spending and its rate as a form (自评表) tells them in words, against its own rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import regex

from patterns.headers import Role
from patterns.relations.named_amounts import (
    DONE,
    Stage,
    heads_what_was_done,
    stage_of_column,
    tells_rate_of_all,
    tells_spending_of_all,
)
from patterns.relations.slips import are_swapped
from pipeline.extract.bands import find_bands
from pipeline.model.arithmetic import agrees
from pipeline.model.check import Calculation, Severity
from pipeline.model.document import Table
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.report import Report
from pipeline.rules.context import Context, Statement, context_of, year_of
from pipeline.rules.misprints import is_misprinted
from pipeline.rules.quotients import quotient_percent
from pipeline.rules.table_context import Side, grids_of
from pipeline.rules.table_rows import Row

_PLANS = (Stage.ADOPTED, Stage.ADJUSTED, Stage.PLANNED)
_WHOLE_ROWS = "资金总额"
# What an indicator's name says of its measure (更换管网长度) is not in the words that tell of it (更换管网67公里).
_SIZE = regex.compile(r"(?:长度|数量?|面积|里程|次数|人数|人次|个数|座数|套数|公里数|规模)$")
_LEAST_KEY = 4


def rule_form_text_and_rows(report: Report) -> Iterator[Calculation]:
    """Compares the year's spending and rate of execution in a form's 实际完成情况 with its row 年度资金总额.

    全年实际支出 is the row's 全年执行数; 预算执行率 its 执行率, or what its amounts give.
    Precision: both as printed.
    Known false alarms: none known. It looks only at a cell under 实际完成情况 of a form with one row for all funds, and
    at words that name all spending of the year (全年支出, 年度总支出), not at what a task within it cost. It is an
    error where the amounts differ by two swapped, one dropped or one doubled digit, or the rate beside the amount is
    the row's own; else a warning. Results (更换管网67公里) are compared with the actual value of the indicator of that
    name and unit, and accused only where two digits are swapped.
    Example: 全年实际支出53.40万元 in a form whose 全年执行数 is 54.30 is a contradiction.
    """
    funds = _funds_by_table(report)
    context = context_of(report)
    tables = {table.table_id: table for table in report.document.tables if table.table_id in funds}
    for statement in context.cells:
        first = statement.quantities[0]
        table = tables.get(first.table_id or "")
        if table is not None and _tells_what_was_done(table, first):
            yield from _retold(context, statement, funds[table.table_id])
            yield from _retold_results(report, statement, table)


@dataclass(frozen=True, slots=True)
class _Funds:
    """A form's row of all its funds: what was spent, the budgets it may be measured against, and the rate printed."""

    spent: Quantity
    plans: tuple[Quantity, ...]
    rate: Quantity | None


def _funds_by_table(report: Report) -> Mapping[str, _Funds]:
    """The row of all funds of every table that has exactly one."""
    found: dict[str, list[_Funds]] = {}
    for grid in grids_of(report):
        for side in grid.sides:
            for row in side.rows:
                if any(_WHOLE_ROWS in "".join(label.split()) for label in row.labels):
                    funds = _read_funds(side, row)
                    if funds is not None:
                        found.setdefault(side.table.table_id, []).append(funds)
    return {table_id: rows[0] for table_id, rows in found.items() if len(rows) == 1}


def _read_funds(side: Side, row: Row) -> _Funds | None:
    spent: list[Quantity] = []
    plans: list[Quantity] = []
    rates: list[Quantity] = []
    for column in side.columns:
        slot = column.slots.get(row.index)
        if slot is None or slot.quantity is None:
            continue
        stage, name = stage_of_column(column.path)
        if column.header.role is Role.PERCENT and column.kind is Kind.PERCENT:
            rates.append(slot.quantity)
        elif column.kind is Kind.MONEY and stage in DONE and not name:
            spent.append(slot.quantity)
        elif column.kind is Kind.MONEY and stage in _PLANS:
            plans.append(slot.quantity)
    if len(spent) != 1 or len(rates) > 1:
        return None
    return _Funds(spent[0], tuple(plan for plan in plans if plan.value), rates[0] if rates else None)


def _tells_what_was_done(table: Table, quantity: Quantity) -> bool:
    """Whether the cell of a figure stands right under a header such as 实际完成情况."""
    cell = table.at(quantity.row or 0, quantity.col or 0)
    above = table.at(cell.row - 1, cell.col) if cell is not None and cell.row else None
    return above is not None and heads_what_was_done(above.text)


def _retold(context: Context, statement: Statement, funds: _Funds) -> Iterator[Calculation]:
    wording = statement.wording
    of_year = [i for i in range(len(wording.terms)) if year_of(statement, i, context) in (None, context.year)]
    amounts = [i for i in of_year if wording.terms[i].measure == "money" and tells_spending_of_all(wording.head(i))]
    rates = [i for i in of_year if wording.terms[i].measure == "percent" and tells_rate_of_all(wording.head(i))]
    if len(amounts) == 1 and wording.terms[amounts[0]].approximate is None:
        told = statement.quantities[amounts[0]]
        same_rate = len(rates) == 1 and _is_rate(statement.quantities[rates[0]], funds)
        firm = same_rate or is_misprinted(told, funds.spent.value, funds.spent.quantum)
        yield Calculation(
            code="DUP408",
            subject="文字所述全年支出与资金总额的执行数",
            stated=told,
            expression=funds.spent,
            severity=Severity.ERROR if firm else Severity.WARNING,
            quote=_sentence(statement, amounts[0]),
        )
    if len(rates) == 1 and wording.terms[rates[0]].approximate is None and funds.rate is not None:
        told = statement.quantities[rates[0]]
        given = [quotient_percent((funds.spent,), (plan,)) for plan in funds.plans]
        held = next((quotient for quotient in given if agrees(told, quotient)), None)
        yield Calculation(
            code="DUP408",
            subject="文字所述预算执行率与资金总额的执行率",
            stated=told,
            expression=funds.rate if agrees(told, funds.rate) or held is None else held,
            severity=Severity.WARNING,
            quote=_sentence(statement, rates[0]),
        )


def _retold_results(report: Report, statement: Statement, table: Table) -> Iterator[Calculation]:
    """What was done as the words tell it, against the actual value of the indicator of the same name and unit, where
    the two differ in the order of two digits only."""
    for band in find_bands(table):
        names, actuals = band.columns_of(Role.NAME), band.columns_of(Role.ACTUAL)
        for quantity in report.quantities if names and len(actuals) == 1 else ():
            row = quantity.row
            if quantity.table_id != table.table_id or row is None or quantity.col != actuals[0].index:
                continue
            name = table.at(row, names[-1].index)
            key = _SIZE.sub("", "" if name is None else name.text)
            for i, term in enumerate(statement.wording.terms):
                told = statement.quantities[i]
                alike = told.unit == quantity.unit and told.kind is quantity.kind and term.approximate is None
                named = len(key) >= _LEAST_KEY and key in statement.wording.head(i)
                if alike and named and are_swapped(_digits(told), _digits(quantity)):
                    yield Calculation(
                        code="DUP408",
                        subject=f"文字所述“{key}”与该指标的完成值",
                        stated=told,
                        expression=quantity,
                        severity=Severity.WARNING,
                        quote=_sentence(statement, i),
                    )


def _digits(quantity: Quantity) -> str:
    return str(quantity.value.normalize()).replace(".", "")


def _is_rate(told: Quantity, funds: _Funds) -> bool:
    return funds.rate is not None and agrees(told, funds.rate)


def _sentence(statement: Statement, i: int) -> str:
    return statement.sentence_with(i)
