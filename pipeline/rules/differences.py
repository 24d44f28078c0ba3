"""SUM: differences with a name of their own in running text (审减, 节约, 下浮, 超额完成, 相差)."""

from __future__ import annotations

from collections.abc import Iterator

from patterns.relations.differences import Difference, find_differences
from pipeline.model.arithmetic import agrees
from pipeline.model.check import Calculation, Severity, Sum
from pipeline.model.report import Report
from pipeline.rules.context import Statement, context_of

_LEAST_BEFORE = 2


def rule_named_differences(report: Report) -> Iterator[Calculation]:
    """Compares a difference in the text with the two figures that its name says it is between.

    审减 = 送审 − 审定; 节约 = 预算 (控制价, 概算) − 中标价 (合同价, 实际支出); 超额完成 = 实际 − 计划; 相差 is the
    larger less the smaller of two figures; 较年初净增, 比上年多: between the figure of that name and the only other.
    Precision: all figures as printed.
    Known false alarms: a saving of another purchase than the one beside it. It accuses only where the sentence tells
    just these two figures before it; else it only confirms.
    Example: 送审金额120万元，审定金额110万元，审减12万元 is a contradiction; 10万元 holds.
    """
    for statement in context_of(report).told:
        if len(statement.quantities) > _LEAST_BEFORE:
            for difference in find_differences(statement.wording):
                calculation = _made(statement, difference)
                if difference.certain or agrees(calculation.stated, calculation.expression):
                    yield calculation


def _made(statement: Statement, difference: Difference) -> Calculation:
    stated = statement.quantities[difference.stated]
    terms = (statement.quantities[difference.minuend], statement.quantities[difference.subtrahend])
    return Calculation(
        code="SUM214",
        subject=f"“{stated.label}”" if stated.label else "差额",
        stated=stated,
        expression=Sum(terms, (False, True)),
        severity=Severity.WARNING,
        quote=statement.sentence_with(difference.stated),
    )
