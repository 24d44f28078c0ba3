"""SUM: running totals of a series in the text (各季度支出与累计支出)."""

from __future__ import annotations

from collections.abc import Iterator

from patterns.relations.cumulations import Step, find_steps
from pipeline.model.check import Calculation, Expression, Severity, Sum
from pipeline.model.report import Report
from pipeline.rules.context import Statement, context_of


def rule_cumulations(report: Report) -> Iterator[Calculation]:
    """Compares a running total in the text with the running total before it and the figure of its own period.

    Precision: all figures as printed.
    Known false alarms: none known; a step is checked only where the period before it directly precedes (一季度, 二季度)
    and, for the first one, only where it is the first of the year.
    Example: 第一季度支出20万元，累计20万元；第二季度支出15万元，累计38万元 is a contradiction; 累计35万元 holds.
    """
    for statement in context_of(report).told:
        if "累计" in statement.text:
            for step in find_steps(statement.wording):
                if step.consecutive:
                    yield _calculation(statement, step)


def _calculation(statement: Statement, step: Step) -> Calculation:
    total, own = statement.quantities[step.total], statement.quantities[step.own]
    expression: Expression = own if step.before is None else Sum((statement.quantities[step.before], own))
    first = step.own if step.before is None else step.before
    return Calculation(
        code="SUM204",
        subject=f"第{step.period}期“{total.label}”",
        stated=total,
        expression=expression,
        severity=Severity.ERROR,
        quote=statement.quote(statement.wording.terms[first].start, statement.wording.terms[step.total].end),
    )
