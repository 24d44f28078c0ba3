"""RAT: growth and decline in running text, and words against the sign of the change they tell."""

from __future__ import annotations

from collections.abc import Iterator

from patterns.relations.growth import (
    Comparison,
    Form,
    Growth,
    GrowthReading,
    change_with_levels,
    find_comparisons,
    find_growths,
    find_levels_behind,
)
from patterns.relations.yearly import points_of_years
from pipeline.model.arithmetic import agrees
from pipeline.model.check import Calculation, Expression, Product, Quotient, Severity, Sum
from pipeline.model.quantity import Quantity
from pipeline.model.report import Report
from pipeline.rules.context import Statement, context_of
from pipeline.rules.quotients import HUNDRED_PERCENT, ONE, is_telling


def rule_growth(report: Report) -> Iterator[Calculation]:
    """Compares a rate of growth or decline in the text with the change, the base and the current figure beside it.

    增长率 = 变动额 ÷ 基数, or 本期 ÷ 基数 − 1, or, where only the change and the current figure are told,
    变动额 ÷ (本期 ∓ 变动额), written as 1 ÷ (本期 ÷ 变动额 ∓ 1) so that each figure occurs once.
    Precision: the rate to its printed places; the figures as printed.
    Known false alarms: figures of another scope between the current figure and the comparison; it accuses only where
    the words name both figures. Growth from nothing, printed as 100% by convention, is left alone.
    Example: 支出86.40万元，比上年的91.25万元减少4.85万元，下降3.52% is a contradiction; 5.32% holds.
    """
    for statement in context_of(report).told:
        if any(term.measure == "percent" for term in statement.wording.terms):
            for growth in find_growths(statement.wording):
                yield from _calculations(statement, growth)
            for level, base, percent, direction in find_levels_behind(statement.wording):
                yield _level_behind(statement, (level, base, percent), direction)


def _level_behind(statement: Statement, figures: tuple[int, int, int], direction: int) -> Calculation:
    """本期 ÷ 基数 − 1 for a level told behind the rate that leads to it."""
    level, base, percent = (statement.quantities[i] for i in figures)
    return Calculation(
        code="RAT304",
        subject=f"“{percent.label}”" if percent.label else "增减幅度",
        stated=percent,
        expression=Product((_rate(level, base, direction, Form.LEVELS), HUNDRED_PERCENT)),
        severity=Severity.WARNING,
        quote=statement.sentence_with(figures[2]),
    )


def rule_change_of_levels(report: Report) -> Iterator[Calculation]:
    """Compares a change in the text with the current figure and the base that the same clause names, or, of points
    between years (2023年比2021年提高), with the rates that the paragraph lists by year.

    Precision: all figures as printed.
    Known false alarms: none known; the words name all three.
    Example: 支出86.40万元，比上年的91.25万元减少5.85万元 is a contradiction; 4.85万元 holds.
    """
    for statement in context_of(report).told:
        for change, current, base, direction in (
            *change_with_levels(statement.wording),
            *points_of_years(statement.wording),
        ):
            stated = statement.quantities[change]
            terms = (statement.quantities[current], statement.quantities[base])
            yield Calculation(
                code="SUM211",
                subject=f"“{stated.label}”" if stated.label else "变动额",
                stated=stated,
                expression=Sum(terms if direction > 0 else terms[::-1], (False, True)),
                severity=Severity.ERROR,
                quote=statement.sentence_with(change),
            )


def rule_direction(report: Report) -> Iterator[Calculation]:
    """Checks that a figure called larger or smaller than another is so (比…减少, 决算数小于预算数).

    Where a rate of change goes with the words, the two figures must also give that rate, up or down: that proves that
    they are the ones compared.
    Precision: both figures as printed; equal figures pass.
    Known false alarms: none known; the words or the rate tie the figures.
    Example: 2022年预算80万元，2023年预算90万元，比2022年预算减少12.5% is a contradiction.
    """
    for statement in context_of(report).told:
        for comparison in find_comparisons(statement.wording):
            if comparison.percent is None or _is_rate_of(statement, comparison):
                yield _direction(statement, comparison)


def _is_rate_of(statement: Statement, comparison: Comparison) -> bool:
    """Whether the figures compared give the rate told, whatever its direction."""
    if comparison.percent is None:
        return False
    current, base = statement.quantities[comparison.current], statement.quantities[comparison.base]
    percent = statement.quantities[comparison.percent]
    return any(
        agrees(percent, Product((_rate(current, base, direction, Form.LEVELS), HUNDRED_PERCENT)))
        for direction in (1, -1)
    )


def _direction(statement: Statement, comparison: Comparison) -> Calculation:
    current, base = statement.quantities[comparison.current], statement.quantities[comparison.base]
    smaller, larger = (base, current) if comparison.direction > 0 else (current, base)
    word = "大于" if comparison.direction > 0 else "小于"
    return Calculation(
        code="RAT308",
        subject=f"文字称“{current.label or '本期数'}”{word}“{base.label or '比较数'}”",
        stated=smaller,
        expression=larger,
        severity=Severity.ERROR,
        quote=statement.quote(comparison.start, comparison.end),
        at_most=True,
    )


def _calculations(statement: Statement, growth: Growth) -> Iterator[Calculation]:
    """The reading that holds, and any other that the words tell beyond doubt; where none holds, the only one told."""
    percent = statement.quantities[growth.percent]
    telling = is_telling(percent)
    readings = [reading for reading in growth.readings if _is_sound(statement, growth, reading)]
    told = [reading for reading in readings if reading.told]
    for reading in readings:
        if (telling or reading.told or reading.based) and agrees(percent, _expression(statement, growth, reading)):
            yield _made(statement, growth, reading, Severity.ERROR)
            firm = [other for other in told if other.firm and other.form is Form.CHANGE_OF_BASE and other != reading]
            yield from (_made(statement, growth, other, Severity.ERROR) for other in firm)
            return
    if len(told) == 1:
        yield _made(statement, growth, told[0], Severity.ERROR if told[0].firm else Severity.WARNING)


def _is_sound(statement: Statement, growth: Growth, reading: GrowthReading) -> bool:
    """Whether the base is not zero: growth from nothing has no rate."""
    first, second = statement.quantities[reading.first], statement.quantities[reading.second]
    if reading.form is Form.CHANGE_OF_CURRENT:
        return first.value != 0 and second.value - growth.direction * first.value > 0
    return second.value != 0


def _expression(statement: Statement, growth: Growth, reading: GrowthReading) -> Expression:
    first, second = statement.quantities[reading.first], statement.quantities[reading.second]
    return Product((_rate(first, second, growth.direction, reading.form), HUNDRED_PERCENT))


def _rate(first: Quantity, second: Quantity, direction: int, form: Form) -> Expression:
    ratio = Quotient(first, second)
    match form:
        case Form.CHANGE_OF_BASE:
            return ratio
        case Form.LEVELS:
            return Sum((ratio, ONE), (False, True)) if direction > 0 else Sum((ONE, ratio), (False, True))
        case Form.CHANGE_OF_CURRENT:
            return Quotient(ONE, Sum((Quotient(second, first), ONE), (False, direction > 0)))


def _made(statement: Statement, growth: Growth, reading: GrowthReading, severity: Severity) -> Calculation:
    percent = statement.quantities[growth.percent]
    return Calculation(
        code="RAT304",
        subject=f"“{percent.label}”" if percent.label else "增减幅度",
        stated=percent,
        expression=_expression(statement, growth, reading),
        severity=severity,
        quote=statement.quote(growth.start, growth.end),
    )
