"""RAT: averages in running text (人均, 单位成本, the mean of listed rates)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from patterns.relations.averages import Average, find_averages
from patterns.relations.weighted_means import WeightedMean, find_weighted_means
from patterns.relations.yearly import yearly_means
from pipeline.model.arithmetic import agrees
from pipeline.model.check import Calculation, Constant, Expression, Product, Quotient, Severity, Sum
from pipeline.model.interval import Interval
from pipeline.model.report import Report
from pipeline.rules.context import Statement, context_of
from pipeline.rules.quotients import HUNDRED_PERCENT


def rule_averages(report: Report) -> Iterator[Calculation]:
    """Compares an average in the text with the amount and the number it divides, or with the listed rates.

    Precision: all as printed; the number of listed rates is exact.
    Known false alarms: an average weighted by amounts instead of the plain mean; the check is therefore a warning.
    Averages per head or unit are only confirmed, but where their sentence tells one amount, one number in the very unit
    of the average and nothing else. A 综合满意度 behind weights (exact) that make up 100% is Σ weight × rate of the
    rates of its name before them. 三年年均支出 is a third of the one total of that name (累计支出) before it.
    Example: 季度执行率分别为80%、90%、100%和90%，平均执行率92% is a contradiction; 90% holds.
    """
    for statement in context_of(report).told:
        if "权" in statement.text:
            for weighted in find_weighted_means(statement.wording):
                yield _weighted(statement, weighted)
        if "均" in statement.text or "单位成本" in statement.text:
            for average in find_averages(statement.wording):
                yield from _calculations(statement, average)
            for mean, total, years in yearly_means(statement.wording):
                yield _yearly(statement, mean, total, years)


def _weighted(statement: Statement, weighted: WeightedMean) -> Calculation:
    stated = statement.quantities[weighted.mean]
    figures = statement.quantities
    exact = (replace(figures[j], interval=Interval.exact(figures[j].value)) for j in weighted.weights)
    terms = (Product((figures[i], weight)) for i, weight in zip(weighted.rates, exact, strict=True))
    return Calculation(
        code="RAT306",
        subject=f"“{stated.label}”" if stated.label else "加权平均数",
        stated=stated,
        expression=Quotient(Sum(tuple(terms)), HUNDRED_PERCENT),
        severity=Severity.WARNING,
        quote=statement.quote(
            statement.wording.terms[weighted.rates[0]].start,
            statement.wording.sentence_at(statement.wording.terms[weighted.mean].start)[1],
        ),
    )


def _yearly(statement: Statement, mean: int, total: int, years: int) -> Calculation:
    stated = statement.quantities[mean]
    return Calculation(
        code="RAT306",
        subject=f"“{stated.label}”" if stated.label else "年均数",
        stated=stated,
        expression=Quotient(statement.quantities[total], Constant(Decimal(years), str(years))),
        severity=Severity.WARNING,
        quote=statement.sentence_with(mean),
    )


def _calculations(statement: Statement, average: Average) -> Iterator[Calculation]:
    stated = statement.quantities[average.average]
    if average.members:
        members = tuple(statement.quantities[i] for i in average.members)
        count = Constant(Decimal(len(members)), str(len(members)))
        yield _made(statement, average, Quotient(Sum(members), count))
        return
    for amount, number in average.pairs:
        quotient = Quotient(statement.quantities[amount], statement.quantities[number])
        if statement.quantities[number].value and agrees(stated, quotient):
            yield _made(statement, average, quotient)
            return
    if average.certain:
        amount, number = average.pairs[0]
        yield _made(statement, average, Quotient(statement.quantities[amount], statement.quantities[number]))


def _made(statement: Statement, average: Average, expression: Expression) -> Calculation:
    stated = statement.quantities[average.average]
    return Calculation(
        code="RAT306",
        subject=f"“{stated.label}”" if stated.label else "平均数",
        stated=stated,
        expression=expression,
        severity=Severity.WARNING,
        quote=statement.sentence_with(average.average),
    )
