"""Scores that a section tells one after another, against the score table's rows of its indicator (part of SCO106)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from patterns.names import indicator_key
from pipeline.model.check import Calculation, Severity
from pipeline.model.indicator import Indicator, Origin
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.report import Report
from pipeline.rules.context import Statement, context_of
from pipeline.rules.indicator_trees import unique_by_name

_EARNED = regex.compile(r"(?<!评价|自评|合计|共计|综合|总)(?:得|计得|得分为?)$")
# Fewer scores in a row may agree with the table by chance.
_FEWEST = 3


def section_scores_against_table(report: Report) -> Iterator[Calculation]:
    """As many scores as the table has rows below the indicator a section is about, all but one of them in its order."""
    in_table = unique_by_name(report, Origin.TABLE)
    titles = {section.section_id: section.title for section in report.document.sections}
    summed = {i.score.quantity_id for i in report.indicators if i.score is not None}
    for statement in context_of(report).paragraphs:
        indicator = in_table.get(indicator_key(titles.get(statement.section_id or "", "")))
        if indicator is None:
            continue
        rows = list(_leaves_below(report, indicator))
        told = list(_earned(statement, summed))
        scores = [row.score for row in rows if row.score is not None]
        if len(told) < _FEWEST or not len(told) == len(rows) == len(scores):
            continue
        differing = [i for i, (_, quantity) in enumerate(told) if quantity.value != scores[i].value]
        distinct = {score.value for i, score in enumerate(scores) if i not in differing}
        if len(differing) > 1 or len(distinct) < 2:
            continue
        for (term, quantity), row, score in zip(told, rows, scores, strict=True):
            yield Calculation(
                code="SCO106",
                subject=f"正文中“{row.name}”得分与评分表",
                stated=quantity,
                expression=score,
                severity=Severity.WARNING,
                quote=statement.sentence_with(term),
            )


def _earned(statement: Statement, summed: set[str]) -> Iterator[tuple[int, Quantity]]:
    """The scores that the text says were earned, less those of indicators told with their full mark."""
    for i, quantity in enumerate(statement.quantities):
        is_own = quantity.kind is Kind.SCORE and quantity.quantity_id not in summed
        if is_own and _EARNED.search(statement.wording.lead(i)):
            yield i, quantity


def _leaves_below(report: Report, indicator: Indicator) -> Iterator[Indicator]:
    children = report.children.get(indicator.indicator_id, ())
    for child in children:
        yield from _leaves_below(report, child)
    if not children:
        yield indicator
