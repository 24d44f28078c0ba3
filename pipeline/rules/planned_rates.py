"""RAT: rates of completion against the plan for the same thing that the report tells elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from patterns.relations.plans import find_completed, find_plans, is_completion, thing_of
from patterns.relations.rates import Rate, since_last_rate
from pipeline.model.arithmetic import agrees
from pipeline.model.check import Calculation, Severity
from pipeline.rules.context import Context, Statement, year_of
from pipeline.rules.quotients import quotient_percent


def rate_of_plan(context: Context, statement: Statement, rate: Rate) -> Calculation | None:
    """What was done divided by the plan for it, where the report tells one plan for that thing, or one that fits."""
    if not is_completion(rate.name):
        return None
    since = since_last_rate(statement.wording, rate.percent, rate.start)
    done = find_completed(statement.wording, rate.percent, rate.name, since)
    if done is None:
        return None
    percent, figure = statement.quantities[rate.percent], statement.quantities[done]
    thing, measure = thing_of(statement.wording, done), statement.wording.terms[done].measure
    year = year_of(statement, done, context)
    plans = [
        plan.quantities[i]
        for plan, i, name in _plans(context)
        if name == thing
        and plan.wording.terms[i].measure == measure
        and plan.quantities[i].value
        and plan.quantities[i] != figure
        and year_of(plan, i, context) == year
    ]
    held = [plan for plan in plans if agrees(percent, quotient_percent((figure,), (plan,)))]
    if not held and len({plan.value for plan in plans}) != 1:
        return None
    return Calculation(
        code="RAT301",
        subject=f"“{rate.name}”（{thing}）",
        stated=percent,
        expression=quotient_percent((figure,), ((held or plans)[0],)),
        severity=Severity.WARNING,
        quote=statement.quote(rate.start, rate.end),
    )


@lru_cache(maxsize=1)
def _plans(context: Context) -> Sequence[tuple[Statement, int, str]]:
    """Every plan of the report's paragraphs with what it counts."""
    return tuple(
        (statement, i, thing)
        for statement in context.paragraphs
        if statement.quantities
        for i, thing in find_plans(statement.wording)
    )
