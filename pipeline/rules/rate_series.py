"""RAT: lists of rates against lists of figures, all measured by one figure of the report."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from patterns.relations.rate_series import RateSeries, find_rate_series
from pipeline.model.check import Calculation, Severity
from pipeline.model.quantity import Quantity
from pipeline.rules.context import Context, Statement
from pipeline.rules.quotients import gives, is_telling, quotient_percent

# Rates that one figure gives to the digit, so that it is beyond doubt what the whole list is measured by.
_PROVING = 2


def rates_in_series(context: Context) -> Iterator[Calculation]:
    """Each rate of a list is its figure divided by one base, of which at least two of them hold to the digit."""
    for statement in context.paragraphs:
        if "分别" in statement.text:
            for series in find_rate_series(statement.wording):
                yield from _calculations(context, statement, series)


def _calculations(context: Context, statement: Statement, series: RateSeries) -> Iterator[Calculation]:
    pairs = [
        (statement.quantities[percent], statement.quantities[figure])
        for percent, figure in zip(series.percents, series.figures, strict=True)
    ]
    base = _base(context, statement, series, pairs)
    if base is None:
        return
    for percent, figure in pairs:
        yield Calculation(
            code="RAT301",
            subject=f"“{series.name}”",
            stated=percent,
            expression=quotient_percent((figure,), (base,)),
            severity=Severity.ERROR,
            quote=statement.sentence_with(series.percents[0]),
        )


def _base(
    context: Context, statement: Statement, series: RateSeries, pairs: list[tuple[Quantity, Quantity]]
) -> Quantity | None:
    """The figure of the report's paragraphs that most of the rates are measured by."""
    measure = statement.wording.terms[series.figures[0]].measure
    figures = {figure.quantity_id for _, figure in pairs}
    candidates = chain.from_iterable(
        (paragraph.quantities[i] for i, term in enumerate(paragraph.wording.terms) if term.measure == measure)
        for paragraph in context.paragraphs
    )
    best, most = None, _PROVING - 1
    for candidate in candidates:
        if candidate.quantity_id not in figures and candidate.value > 0:
            held = sum(is_telling(percent) and gives(percent, (figure,), (candidate,)) for percent, figure in pairs)
            if held > most:
                best, most = candidate, held
    return best
