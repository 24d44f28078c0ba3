"""How exactly a printed score is meant (DESIGN section 3, applied to points).

Full marks are exact. A score printed with the finest places of the report may be a rounded result (5.08 for 22/26×6),
so it stands for ± half a unit of that place; one printed coarser, or in half points, is points awarded and exact. A
score that sums up others (a parent's, the total) is a computed figure and stands for ± half a unit of its own place.
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
    refined: dict[str, Quantity] = {}
    for quantity in quantities:
        if quantity.kind is Kind.SCORE and quantity.approximate is None:
            refined[quantity.quantity_id] = replace(quantity, interval=Interval.exact(quantity.value))
    for indicator in indicators:
        if indicator.score is not None:
            computed = indicator.level == 0 or indicator.indicator_id in parents
            refined[indicator.score.quantity_id] = replace(
                indicator.score, interval=_score_interval(indicator.score, computed, finest)
            )
    return (
        tuple(refined.get(quantity.quantity_id, quantity) for quantity in quantities),
        tuple(_with_refined(indicator, refined) for indicator in indicators),
    )


def _score_interval(score: Quantity, computed: bool, finest: int) -> Interval:
    in_half_points = (score.value * 2) % 1 == 0
    if not computed and (score.places < finest or finest == 0 or (finest == 1 and in_half_points)):
        return Interval.exact(score.value)
    if computed and finest == 0:
        return Interval.exact(score.value)
    return Interval.around(score.value, score.quantum * _HALF)


def _with_refined(indicator: Indicator, refined: Mapping[str, Quantity]) -> Indicator:
    def pick(quantity: Quantity | None) -> Quantity | None:
        return None if quantity is None else refined.get(quantity.quantity_id, quantity)

    return replace(
        indicator, full_mark=pick(indicator.full_mark), score=pick(indicator.score), rate=pick(indicator.rate)
    )
