"""How exactly a printed score is meant (DESIGN section 3, applied to points).

Full marks are exact. A score printed with the finest places of the report may be a rounded result (5.08 for 22/26×6),
so it stands for ± half a unit of that place; one printed coarser, or in half points, is points awarded and exact. A
score that sums up others is a computed figure: a parent's stands for ± half a unit of the finest place printed on
its level (19 beside 57.98 is 19.00), the overall score for ± half a unit of its own place, since reports do
round it (97 for 96.98).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.model.indicator import Indicator
from pipeline.model.interval import Interval
from pipeline.model.quantity import Kind, Quantity

_HALF = Decimal("0.5")


def refine_scores(
    quantities: Sequence[Quantity], indicators: Sequence[Indicator]
) -> tuple[tuple[Quantity, ...], tuple[Indicator, ...]]:
    """The same quantities and indicators, with the intervals of scores set by what each score is."""
    parents = {indicator.parent_id for indicator in indicators}
    scores = [indicator.score for indicator in indicators if indicator.score is not None]
    finest = max((score.places for score in scores), default=0)
    levels = {indicator.level for indicator in indicators if indicator.indicator_id in parents} - {0}
    parental = [i.score.places for i in indicators if i.score is not None and i.level in levels]
    refined: dict[str, Quantity] = {}
    for quantity in quantities:
        if quantity.kind is Kind.SCORE and quantity.approximate is None:
            refined[quantity.quantity_id] = replace(quantity, interval=Interval.exact(quantity.value))
    for indicator in indicators:
        if indicator.score is not None:
            if indicator.level == 0:
                interval = _computed(indicator.score, indicator.score.places, finest)
            elif indicator.indicator_id in parents:
                interval = _computed(indicator.score, max(parental), finest)
            else:
                interval = _awarded(indicator.score, finest)
            refined[indicator.score.quantity_id] = replace(indicator.score, interval=interval)
    return (
        tuple(refined.get(quantity.quantity_id, quantity) for quantity in quantities),
        tuple(_with_refined(indicator, refined) for indicator in indicators),
    )


def _computed(score: Quantity, places: int, finest: int) -> Interval:
    """A sum of scores, printed to `places`; exact where all scores of the report are whole points."""
    if finest == 0:
        return Interval.exact(score.value)
    return Interval.around(score.value, Decimal(1).scaleb(-places) * _HALF)


def _awarded(score: Quantity, finest: int) -> Interval:
    """A leaf's score: points awarded, or a result rounded to the finest place of the report."""
    in_half_points = (score.value * 2) % 1 == 0
    if score.places < finest or finest == 0 or (finest == 1 and in_half_points):
        return Interval.exact(score.value)
    return Interval.around(score.value, score.quantum * _HALF)


def _with_refined(indicator: Indicator, refined: Mapping[str, Quantity]) -> Indicator:
    def pick(quantity: Quantity | None) -> Quantity | None:
        return None if quantity is None else refined.get(quantity.quantity_id, quantity)

    return replace(
        indicator, full_mark=pick(indicator.full_mark), score=pick(indicator.score), rate=pick(indicator.rate)
    )
