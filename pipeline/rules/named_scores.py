"""Scores that the text gives beside a name, without a full mark, against the score table (part of SCO103, SCO106)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from patterns.names import indicator_key
from patterns.relations.named_scores import NamedScore, find_named_scores
from pipeline.model.arithmetic import agrees
from pipeline.model.check import Calculation, Expression, Product, Quotient, Severity, Sum, operands_of
from pipeline.model.indicator import Indicator, Origin
from pipeline.model.interval import Interval
from pipeline.model.quantity import Quantity
from pipeline.model.report import Report
from pipeline.rules.context import Statement, context_of
from pipeline.rules.indicator_trees import full_mark_of, topmost_marked, topmost_scored, unique_by_name
from pipeline.rules.quotients import HUNDRED_PERCENT

_HALF = Decimal("0.5")
# Agreeing members of a list without 得分 that show it to be one of scores.
_PROVING = 2


@dataclass(frozen=True, slots=True)
class _Told:
    """A named score with the table's indicator of that name and what the table has for it."""

    statement: Statement
    named: NamedScore
    indicator: Indicator
    listed: Expression

    @property
    def score(self) -> Quantity:
        """The score as told; a rounded one where the table prints it finer."""
        told = self.statement.quantities[self.named.score]
        finest = max(score.places for score in operands_of(self.listed))
        return (
            told if told.places >= finest else replace(told, interval=Interval.around(told.value, told.quantum * _HALF))
        )

    @property
    def holds(self) -> bool:
        return agrees(self.score, self.listed)

    @property
    def quote(self) -> str:
        terms = self.statement.wording.terms
        return self.statement.quote(*self.statement.wording.sentence_at(terms[self.named.score].start))


def named_scores_against_table(report: Report) -> Iterator[Calculation]:
    """Each named score against the score of the table's indicator of that name."""
    for told in _told(report):
        yield Calculation(
            code="SCO106",
            subject=f"正文中“{told.indicator.name}”得分与评分表",
            stated=told.score,
            expression=told.listed,
            severity=Severity.ERROR,
            quote=told.quote,
        )


def named_rates(report: Report) -> Iterator[Calculation]:
    """The score rate told with a named score against that score and the full mark in the table."""
    for told in _told(report):
        marks = tuple(i.full_mark for i in topmost_marked(report, told.indicator) if i.full_mark is not None)
        if told.named.rate is None or full_mark_of(report, told.indicator) is None:
            continue
        whole = marks[0] if len(marks) == 1 else Sum(marks)
        yield Calculation(
            code="SCO103",
            subject=f"正文中“{told.indicator.name}”得分率",
            stated=told.statement.quantities[told.named.rate],
            expression=Product((Quotient(told.statement.quantities[told.named.score], whole), HUNDRED_PERCENT)),
            severity=Severity.ERROR,
            quote=told.quote,
        )


def _told(report: Report) -> Iterator[_Told]:
    in_table = {name: indicator for name, indicator in unique_by_name(report, Origin.TABLE).items() if indicator.level}
    if not in_table:
        return
    known = {i.score.quantity_id for i in report.indicators if i.score is not None}
    for statement in context_of(report).paragraphs:
        for listed in find_named_scores(statement.wording):
            tied = [told for named in listed if (told := _tie(report, statement, named, in_table, known)) is not None]
            proven = _is_list_of_scores(report, tied)
            yield from (told for told in tied if told.named.said or proven)


def _tie(
    report: Report, statement: Statement, named: NamedScore, in_table: Mapping[str, Indicator], known: set[str]
) -> _Told | None:
    indicator = in_table.get(indicator_key(named.name))
    if indicator is None or statement.quantities[named.score].quantity_id in known:
        return None
    below = topmost_scored(report, indicator)
    scores = tuple(i.score for i in below if i.score is not None)
    if len(scores) < len(below):
        return None
    return _Told(statement, named, indicator, scores[0] if len(scores) == 1 else Sum(scores))


def _is_list_of_scores(report: Report, listed: list[_Told]) -> bool:
    """Whether the members that agree with the table show what the list is: all but one, and not by full marks alone."""
    agreeing = [told for told in listed if told.holds]
    below_full = [told for told in agreeing if told.score.value != full_mark_of(report, told.indicator)]
    return len(agreeing) >= max(_PROVING, len(listed) - 1) and bool(below_full)
