"""Scores that bands, deductions and piecewise marks can give, for a known value or for any."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from patterns.rubric.expressions import Extent, Total, Variable, evaluate
from patterns.rubric.limits import Limits, opposite
from patterns.rubric.model import Accrual, Award, Band, Bands, Points, Share, Slide
from patterns.rubric.modifiers import Deduction
from patterns.rubric.score_set import ScoreSet

# Rates of these names go below zero and beyond a hundred; others are taken to start at 0.
_SIGNED = ("变动", "增长", "增加", "增减", "下降", "降低", "压减", "节约", "偏差", "偏离", "调整", "调剂", "结转")
# More steps than this and a deduction is treated as continuous.
_MOST_STEPS = 400


def bands_at(bands: Bands, value: Extent, marks: Fraction | None, award_set: Callable[[Band], ScoreSet]) -> ScoreSet:
    """The scores of every band that some of `value` lies in; where part of it lies in none, of the gap there."""
    result: ScoreSet | None = None
    for band in bands.bands:
        if band.limits.meets(*value):
            scores = award_set(band)
            result = scores if result is None else result.union(scores)
    for limits, scores in _gaps(bands, marks):
        if limits.meets(*value):
            result = scores if result is None else result.union(scores)
    return result if result is not None else _any_band(bands)


def bands_unknown(bands: Bands, marks: Fraction | None) -> ScoreSet:
    """The scores of all bands, and of the gaps a value is likely to lie in."""
    result = _any_band(bands)
    for limits, scores in _gaps(bands, marks):
        if not _is_unlikely(limits, bands):
            result = result.union(scores)
    return result


def _any_band(bands: Bands) -> ScoreSet:
    """The scores of all bands, whichever applies."""
    first, *others = (_whole_band(band) for band in bands.bands)
    for scores in others:
        first = first.union(scores)
    return first


def _gaps(bands: Bands, marks: Fraction | None) -> list[tuple[Limits, ScoreSet]]:
    """Values no band covers, with the scores that their neighbours leave thinkable there."""
    ascending = sorted(bands.bands, key=lambda band: band.limits.place)
    lowest, highest = ascending[0], ascending[-1]
    everything = ScoreSet.range(0, max(_most(bands), marks or Fraction(0)))
    found: list[tuple[Limits, ScoreSet]] = []
    gaps = bands.gaps()
    for below, above in pairwise(ascending):
        between = [gap for gap in gaps if gap.lower == below.limits.upper and gap.upper == above.limits.lower]
        found.extend((gap, _in_between(gap, below, above)) for gap in between)
    if lowest.limits.lower is not None:
        outside = Limits(None, lowest.limits.lower, upper_end=opposite(lowest.limits.lower_end))
        found.append((outside, _beyond(outside, lowest, bands, everything)))
    if highest.limits.upper is not None:
        outside = Limits(highest.limits.upper, None, opposite(highest.limits.upper_end))
        found.append((outside, _beyond(outside, highest, bands, everything)))
    return found


def _in_between(gap: Limits, below: Band, above: Band) -> ScoreSet:
    """In a gap that is only one of notation (80%-89%, then 90%) one neighbour or the other; else all between them."""
    if gap.lower is not None and gap.upper is not None and gap.upper - gap.lower <= _last_place(gap.lower, gap.upper):
        return _whole_band(below).union(_whole_band(above))
    ends = (*_ends(below.award), *_ends(above.award))
    return ScoreSet.range(min(ends), max(ends))


def _last_place(*values: Decimal) -> Decimal:
    """One unit of the last place printed in any of the values."""
    exponents = [int(value.as_tuple().exponent) for value in values]
    return Decimal(1).scaleb(min(0, *exponents))


def _beyond(outside: Limits, outermost: Band, bands: Bands, everything: ScoreSet) -> ScoreSet:
    """Beyond the worst band marks can only be fewer; beyond the best one, or an only one, nothing is said.

    What lies beyond 100% or below 0 must be one of the cases told: no rubric thinks of it.
    """
    if _is_unlikely(outside, bands):
        return _any_band(bands)
    worst = min(_ends(band.award)[0] for band in bands.bands)
    lower, upper = _ends(outermost.award)
    return ScoreSet.range(0, upper) if len(bands.bands) > 1 and lower == worst else everything


def _is_unlikely(gap: Limits, bands: Bands) -> bool:
    """Values below 0, and above 100% where the bands end at 100%."""
    if any(word in bands.variable for word in _SIGNED):
        return False
    if gap.lower is None and gap.upper is not None:
        return gap.upper <= 0
    return gap.upper is None and gap.lower == 100 and bands.unit == "%"


def _most(bands: Bands) -> Fraction:
    return max(_ends(band.award)[1] for band in bands.bands)


def _ends(award: Award) -> tuple[Fraction, Fraction]:
    """The fewest and the most marks an award can be."""
    if isinstance(award, Points):
        return Fraction(award.lower), Fraction(award.upper)
    return Fraction(0), Fraction(award.full)


def _whole_band(band: Band) -> ScoreSet:
    award, limits = band.award, band.limits
    if not isinstance(award, Slide) or limits.lower is None or limits.upper is None:
        return ScoreSet.range(*_ends(award))
    farthest = max(abs(limits.lower - award.start), abs(limits.upper - award.start))
    return _slid(award, (Fraction(0), Fraction(farthest)))


def _slid(award: Slide, distance: Extent) -> ScoreSet:
    """Marks left at a distance from the start. A begun step may count in whole, in part, or not."""
    nearest, farthest = (Fraction(end) / Fraction(award.step) for end in distance)
    least = Fraction(award.full) - Fraction(award.loss) * ceil(farthest)
    most = Fraction(award.full) - Fraction(award.loss) * floor(nearest)
    return ScoreSet.range(least, most).clamped(Fraction(0), Fraction(award.full))


def award_at(
    band: Band,
    value: Extent,
    bands: Bands,
    look_up: Callable[[Variable | Total], Extent | None],
    full_mark: Fraction | None,
) -> ScoreSet:
    """The marks of `band` for a value that lies in it, or partly."""
    award = band.award
    if isinstance(award, Points):
        return ScoreSet.range(*_ends(award))
    inside = _inside(band.limits, value)
    if isinstance(award, Slide):
        distances = [abs(end - Fraction(award.start)) for end in inside]
        return _slid(award, (min(distances), max(distances)))
    return _shared(award, inside, bands, look_up, full_mark)


def _inside(limits: Limits, value: Extent) -> Extent:
    lower = value[0] if limits.lower is None else max(value[0], Fraction(limits.lower))
    upper = value[1] if limits.upper is None else min(value[1], Fraction(limits.upper))
    return lower, upper


def _shared(
    award: Share,
    value: Extent,
    bands: Bands,
    look_up: Callable[[Variable | Total], Extent | None],
    full_mark: Fraction | None,
) -> ScoreSet:
    """Marks in proportion: by the printed formula, else of 100% or of the bound that gives the full mark."""
    full = Fraction(award.full)
    if award.expression is not None:
        points = evaluate(award.expression, look_up, full_mark)
        return ScoreSet.range(0, full) if points is None else ScoreSet.range(*points).clamped(Fraction(0), full)
    wholes = [
        Fraction(band.limits.lower)
        for band in bands.bands
        if isinstance(band.award, Points) and band.award.upper == award.full and band.limits.lower is not None
    ]
    if bands.unit == "%":
        wholes.append(Fraction(100))
    ends = [end / whole * full for whole in wholes if whole > 0 for end in value]
    if not ends:
        return ScoreSet.range(0, full)
    return ScoreSet.range(min(ends), max(ends)).clamped(Fraction(0), full)


def deducted(deduction: Deduction, count: Extent | None, most: Fraction) -> ScoreSet:
    """What a deduction can take off `most` marks; `count` are the pieces, percentage points, or 1 and 0."""
    points = Fraction(deduction.points)
    limit = Fraction(deduction.limit) if deduction.limit is not None else most
    if not deduction.unit and count is None:
        return ScoreSet.points(0, points)
    # A part of several pieces (每少10人) may cost a part of the points.
    is_continuous = deduction.unit == "%" or deduction.step > 1
    return _by_steps(points, Fraction(deduction.step), count, limit, is_continuous=is_continuous)


def earned(accrual: Accrual, count: Extent | None) -> ScoreSet:
    """What marks by the piece can add up to."""
    cap = Fraction(accrual.cap)
    points, step = Fraction(accrual.points), Fraction(accrual.step)
    return _by_steps(points, step, count, cap, is_continuous=accrual.unit == "%")


def _by_steps(
    points: Fraction, step: Fraction, count: Extent | None, limit: Fraction, *, is_continuous: bool
) -> ScoreSet:
    """`points` for every `step` of `count`, at most `limit`; for any count where none is given."""
    if points <= 0 or step <= 0:
        return ScoreSet.range(0, limit)
    if count is not None:
        return ScoreSet.range(points * floor(count[0] / step), points * ceil(count[1] / step)).clamped(
            Fraction(0), limit
        )
    steps = ceil(limit / points)
    if is_continuous or steps > _MOST_STEPS:
        return ScoreSet.range(0, limit)
    return ScoreSet.of((min(points * taken, limit), min(points * taken, limit)) for taken in range(steps + 1))
