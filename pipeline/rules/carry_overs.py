"""What is left of a year: 总收入 − 总支出 = 年末结转和结余, told in one section, and the rate beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from patterns.relations.carry_overs import YearTotal, is_rate_of_rest, year_total_named
from pipeline.model.arithmetic import agrees
from pipeline.model.check import Calculation, Product, Quotient, Severity, Sum
from pipeline.model.quantity import Quantity
from pipeline.rules.context import Context, Statement, year_of
from pipeline.rules.misprints import is_misprinted
from pipeline.rules.quotients import HUNDRED_PERCENT, ONE, quotient_percent

_Told = tuple[Statement, int]


@dataclass(frozen=True, slots=True)
class _YearEnd:
    """The one income and the one spending that a section tells for a year, and what is left of them (by index)."""

    income: Quantity
    spending: Quantity
    statement: Statement
    left: int

    @property
    def rest(self) -> Quantity:
        return self.statement.quantities[self.left]

    @property
    def difference(self) -> Sum:
        return Sum((self.income, self.spending), (False, True))

    @property
    def misprinted(self) -> bool:
        return is_misprinted(self.rest, self.income.value - self.spending.value)

    def quote(self, last: int) -> str:
        terms = self.statement.wording.terms
        return self.statement.quote(self.statement.wording.sentence_at(terms[self.left].start)[0], terms[last].end)


def carried_over(context: Context) -> Iterator[Calculation]:
    """What is left, where it is the difference of income and spending, or that difference misprinted."""
    for end in _year_ends(context):
        if agrees(end.rest, end.difference) or end.misprinted:
            yield Calculation(
                code="SUM203",
                subject="总收入与总支出之差",
                stated=end.rest,
                expression=end.difference,
                severity=Severity.WARNING,
                quote=end.quote(end.left),
            )


def rates_carried_over(context: Context) -> Iterator[Calculation]:
    """The rate right behind what is left (结转结余率), where all income proves to be what it is measured by.

    The proof is that the rate holds, or would hold for the difference that what is left was misprinted from.
    """
    for end in _year_ends(context):
        wording, rate = end.statement.wording, end.left + 1
        if rate >= len(wording.terms) or wording.terms[rate].measure != "percent" or not end.income.value:
            continue
        stated = end.statement.quantities[rate]
        if not is_rate_of_rest(wording.lead(rate)) or stated.approximate is not None:
            continue
        told = quotient_percent((end.rest,), (end.income,))
        # A − B over A holds A twice: 1 − B / A is the same with each figure once
        kept = Sum((ONE, Quotient(end.spending, end.income)), (False, True))
        if agrees(stated, told) or (end.misprinted and agrees(stated, Product((kept, HUNDRED_PERCENT)))):
            yield Calculation(
                code="RAT301",
                subject="“结转结余率”",
                stated=stated,
                expression=told,
                severity=Severity.WARNING,
                quote=end.quote(rate),
            )


def _year_ends(context: Context) -> Iterator[_YearEnd]:
    told: dict[tuple[str | None, int | None, YearTotal], list[_Told]] = {}
    for statement in context.paragraphs:
        for i, term in enumerate(statement.wording.terms):
            total = year_total_named(statement.wording.head(i)) if term.measure == "money" else None
            if total is None or term.approximate is not None:
                continue
            here = statement.section_id, year_of(statement, i, context)
            told.setdefault((*here, total), []).append((statement, i))
            incomes = told.get((*here, YearTotal.INCOME), ())
            spendings = told.get((*here, YearTotal.SPENDING), ())
            if total is YearTotal.LEFT and len(incomes) == len(spendings) == 1:
                income, spending = (where.quantities[k] for where, k in (*incomes, *spendings))
                yield _YearEnd(income, spending, statement, i)
