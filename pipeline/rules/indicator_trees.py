"""Walks over the indicator tree that several rules share."""

from __future__ import annotations

from decimal import Decimal

from patterns.names import indicator_key
from pipeline.model.indicator import Indicator, Origin
from pipeline.model.report import Report


def topmost_scored(report: Report, indicator: Indicator) -> list[Indicator]:
    """The indicator itself where it prints a score, else the highest ones below it that do, or unscored leaves."""
    children = report.children.get(indicator.indicator_id, ())
    if indicator.score is not None or not children:
        return [indicator]
    return [scored for child in children for scored in topmost_scored(report, child)]


def topmost_marked(report: Report, indicator: Indicator) -> list[Indicator]:
    """The indicator itself where it prints a full mark, else the highest ones below it that do, or unmarked leaves."""
    children = report.children.get(indicator.indicator_id, ())
    if indicator.full_mark is not None or not children:
        return [indicator]
    return [marked for child in children for marked in topmost_marked(report, child)]


def full_mark_of(report: Report, indicator: Indicator) -> Decimal | None:
    """The full mark an indicator prints or those below it add up to; None where one of them is missing."""
    marked = topmost_marked(report, indicator)
    marks = [below.full_mark.value for below in marked if below.full_mark is not None]
    return sum(marks, Decimal(0)) if len(marks) == len(marked) else None


def unique_by_name(report: Report, origin: Origin) -> dict[str, Indicator]:
    """Indicators of one origin by canonical name, only names that occur once; totals of the whole share one name."""
    found: dict[str, list[Indicator]] = {}
    totals = {i.indicator_id for i in report.indicators if i.level == 0 and i.origin is origin}
    for indicator in report.indicators:
        if indicator.origin is origin:
            whole = indicator.level == 0 and indicator.parent_id not in totals
            name = "总分" if whole else indicator_key(indicator.name)
            found.setdefault(name, []).append(indicator)
    return {name: items[0] for name, items in found.items() if len(items) == 1}
