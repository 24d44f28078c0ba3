"""RAT: parts told with a rate each, measured by the budget of the same parts in another sentence of the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from patterns.relations.parallel_rates import RatedPart, find_bases, find_rated_parts
from pipeline.model.check import Calculation, Severity
from pipeline.model.quantity import Quantity
from pipeline.rules.context import Context, Statement
from pipeline.rules.quotients import gives, is_telling, quotient_percent


def rates_of_parts(context: Context) -> Iterator[Calculation]:
    """Each part's rate is its amount divided by its budget in the one sentence that proves to be what all are measured
    by: at least one of the rates is given by it to the digit."""
    for statement in context.paragraphs:
        for parts in find_rated_parts(statement.wording):
            bases = _proven_bases(context, statement, parts)
            if len({tuple(base.value for base in found) for found in bases}) == 1:
                yield from _calculations(statement, parts, bases[0])


def _proven_bases(context: Context, statement: Statement, parts: Sequence[RatedPart]) -> list[tuple[Quantity, ...]]:
    """The budgets of all the parts, of every sentence in which one of them at least gives its rate."""
    subjects = [part.subject for part in parts]
    told = {statement.quantities[part.done].quantity_id for part in parts}
    found: list[tuple[Quantity, ...]] = []
    for other in context.paragraphs:
        for places in find_bases(other.wording, subjects):
            bases = tuple(other.quantities[i] for i in places)
            if told & {base.quantity_id for base in bases}:
                continue
            if any(_is_given(statement, part, base) for part, base in zip(parts, bases, strict=True)):
                found.append(bases)
    return found


def _is_given(statement: Statement, part: RatedPart, base: Quantity) -> bool:
    percent, done = statement.quantities[part.percent], statement.quantities[part.done]
    return is_telling(percent) and gives(percent, (done,), (base,))


def _calculations(statement: Statement, parts: Sequence[RatedPart], bases: Sequence[Quantity]) -> Iterator[Calculation]:
    for part, base in zip(parts, bases, strict=True):
        if not base.value:
            continue
        percent = statement.quantities[part.percent]
        yield Calculation(
            code="RAT301",
            subject=f"“{part.subject}”的执行率",
            stated=percent,
            expression=quotient_percent((statement.quantities[part.done],), (base,)),
            severity=Severity.WARNING,
            quote=statement.quote(
                statement.wording.sentence_at(statement.wording.terms[part.done].start)[0],
                statement.wording.terms[part.percent].end,
            ),
        )
