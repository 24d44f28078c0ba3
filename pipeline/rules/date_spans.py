"""CNT: the days that something took beside the dates on which it began and ended."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from patterns.relations.date_spans import find_date_spans
from pipeline.model.check import Calculation, Constant, Severity
from pipeline.model.report import Report
from pipeline.rules.context import context_of


def rule_date_spans(report: Report) -> Iterator[Calculation]:
    """Compares a number of days in the text (用时20天) with the two dates that its sentence tells.

    Precision: whole days; counting from day to day, with both dates or with neither all hold, and so does either end of
    February where no year is told.
    Known false alarms: days of another step than the one between the two dates; working days (工作日) are left alone.
    Always a warning.
    Example: 3月1日下达，3月21日分解到项目，用时15天 is a contradiction; 20天 holds.
    """
    for statement in context_of(report).told:
        for span in find_date_spans(statement.wording):
            stated = statement.quantities[span.days]
            size = next((size for size in span.sizes if size == stated.value), span.sizes[0])
            yield Calculation(
                code="CNT503",
                subject="起止日期之间的天数",
                stated=stated,
                expression=Constant(Decimal(size), f"{span.dates}共{size}天"),
                severity=Severity.WARNING,
                quote=statement.sentence_with(span.days),
            )
