"""RAT: how many times one figure in running text is another."""

from __future__ import annotations

from collections.abc import Iterator

from patterns.relations.multiples import Multiple, find_multiples
from pipeline.model.arithmetic import agrees
from pipeline.model.check import Calculation, Product, Quotient, Severity, Sum
from pipeline.model.quantity import Quantity
from pipeline.model.report import Report
from pipeline.rules.context import Context, Statement, context_of
from pipeline.rules.quotients import HUNDRED_PERCENT, ONE

# How many paragraphs back the figure may stand that a rate of growth proves to be measured.
_PARAGRAPHS_BACK = 1


def rule_multiples(report: Report) -> Iterator[Calculation]:
    """Compares a multiple in the text (A 为 B 的 N 倍) with A ÷ B.

    Precision: the multiple to its printed places; both figures as printed.
    Known false alarms: a figure of another thing before the base. It accuses, as a warning, only where the sentence
    tells one figure of the measure before the base, or where the growth told beside it (比去年的 C 增长 x%) proves of
    which figure it speaks.
    Example: 带动投资1,200万元，为财政投入400万元的2倍 is a contradiction; 3倍 holds.
    """
    context = context_of(report)
    for statement in context.told:
        for multiple in find_multiples(statement.wording):
            current = _current(context, statement, multiple)
            if current is not None:
                yield _made(statement, multiple, current)


def _current(context: Context, statement: Statement, multiple: Multiple) -> Quantity | None:
    """The figure measured: in place, or the one figure before the sentence from which the growth told follows."""
    if multiple.current is not None:
        return statement.quantities[multiple.current]
    if multiple.growth is None:
        return None
    rate, grown_from = (statement.quantities[i] for i in multiple.growth)
    fitting = [
        quantity
        for quantity in _before(context, statement, multiple)
        if agrees(rate, Product((Sum((Quotient(quantity, grown_from), ONE), (False, True)), HUNDRED_PERCENT)))
    ]
    return fitting[-1] if len({quantity.value for quantity in fitting}) == 1 else None


def _before(context: Context, statement: Statement, multiple: Multiple) -> Iterator[Quantity]:
    """Figures of the base's measure in the paragraph before and in this one up to the base."""
    measure = statement.wording.terms[multiple.base].measure
    place = statement.place
    earlier = context.paragraphs[max(0, place - _PARAGRAPHS_BACK) : place] if place is not None else ()
    for told, end in (*((one, len(one.quantities)) for one in earlier), (statement, multiple.base)):
        for i in range(end):
            if told.wording.terms[i].measure == measure and told.quantities[i].value > 0:
                yield told.quantities[i]


def _made(statement: Statement, multiple: Multiple, current: Quantity) -> Calculation:
    stated = statement.quantities[multiple.times]
    return Calculation(
        code="RAT311",
        subject=f"“{current.label}”的倍数" if current.label else "倍数",
        stated=stated,
        expression=Quotient(current, statement.quantities[multiple.base]),
        severity=Severity.WARNING,
        quote=statement.sentence_with(multiple.times),
    )
