"""Sets of scores: finitely many points and ranges, added, scaled, capped and asked whether a stated score fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

# Sums of many finite sets grow fast; beyond this many pieces the set is widened to its hull, which accuses nobody.
_MOST_PIECES = 512


@dataclass(frozen=True, slots=True)
class ScoreSet:
    """Disjoint closed ranges of scores in ascending order; a single score is a range from itself to itself."""

    ranges: tuple[tuple[Fraction, Fraction], ...]

    @classmethod
    def of(cls, ranges: Iterable[tuple[Fraction, Fraction]]) -> ScoreSet:
        """The union of `ranges`, which may overlap and come in any order."""
        merged: list[tuple[Fraction, Fraction]] = []
        for lower, upper in sorted(ranges):
            if merged and lower <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(upper, merged[-1][1]))
            else:
                merged.append((lower, upper))
        if len(merged) > _MOST_PIECES:
            merged = [(merged[0][0], merged[-1][1])]
        return cls(tuple(merged))

    @classmethod
    def points(cls, *values: Fraction | int) -> ScoreSet:
        return cls.of((Fraction(value), Fraction(value)) for value in values)

    @classmethod
    def range(cls, lower: Fraction | int, upper: Fraction | int) -> ScoreSet:
        return cls.of([(Fraction(lower), Fraction(upper))])

    @property
    def lower(self) -> Fraction:
        return self.ranges[0][0]

    @property
    def upper(self) -> Fraction:
        return self.ranges[-1][1]

    @property
    def is_finite(self) -> bool:
        """Whether only single scores are in the set."""
        return all(lower == upper for lower, upper in self.ranges)

    def plus(self, other: ScoreSet) -> ScoreSet:
        """Every sum of a score of this set and one of `other`."""
        return ScoreSet.of((a + c, b + d) for a, b in self.ranges for c, d in other.ranges)

    def minus(self, other: ScoreSet) -> ScoreSet:
        """Every difference of a score of this set and one of `other`."""
        return self.plus(ScoreSet.of((-upper, -lower) for lower, upper in other.ranges))

    def union(self, other: ScoreSet) -> ScoreSet:
        return ScoreSet.of(self.ranges + other.ranges)

    def scaled(self, factor: Fraction) -> ScoreSet:
        """Every score times `factor`, which is not negative."""
        return ScoreSet.of((lower * factor, upper * factor) for lower, upper in self.ranges)

    def clamped(self, floor: Fraction, cap: Fraction | None) -> ScoreSet:
        """Every score brought up to `floor` and, where `cap` is given, down to `cap`."""
        return ScoreSet.of((_between(lower, floor, cap), _between(upper, floor, cap)) for lower, upper in self.ranges)

    def within(self, other: ScoreSet) -> bool:
        """Whether every score of this set is one of `other`."""
        return all(any(a <= lower and upper <= b for a, b in other.ranges) for lower, upper in self.ranges)

    def allows(self, score: Fraction, half_unit: Fraction) -> bool:
        """Whether a score stated as `score`, give or take `half_unit`, can be one of the set."""
        return any(lower <= score + half_unit and score - half_unit <= upper for lower, upper in self.ranges)


ZERO = ScoreSet.points(0)


def _between(value: Fraction, floor: Fraction, cap: Fraction | None) -> Fraction:
    raised = max(value, floor)
    return raised if cap is None else min(raised, cap)
