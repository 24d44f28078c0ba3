"""Limits of a variable ("75%≤利用率＜90%"): an interval whose ends are open, closed, or not said to be either."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

Span = tuple[int, int]
"""Start and end, `[start, end)`, in the text that was compiled."""


class End(StrEnum):
    """Whether an end belongs to the interval. UNSTATED ("80%-90%") counts as belonging, until a neighbour says more."""

    OPEN = "open"
    CLOSED = "closed"
    UNSTATED = "unstated"


def opposite(end: End) -> End:
    """The end of what adjoins: open beside closed, and closed beside open."""
    return End.CLOSED if end is End.OPEN else End.OPEN


@dataclass(frozen=True, slots=True)
class Limits:
    """All values from `lower` to `upper` as printed (90 for 90%); None for no limit on that side."""

    lower: Decimal | None
    upper: Decimal | None
    lower_end: End = End.CLOSED
    upper_end: End = End.CLOSED

    def __post_init__(self) -> None:
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise ValueError(f"limits out of order: {self.lower} > {self.upper}")

    def contains(self, value: Fraction) -> bool:
        if self.lower is not None and (value < self.lower or (value == self.lower and self.lower_end is End.OPEN)):
            return False
        return self.upper is None or value < self.upper or (value == self.upper and self.upper_end is not End.OPEN)

    def meets(self, lower: Fraction, upper: Fraction) -> bool:
        """Whether some value of the closed interval from `lower` to `upper` lies within."""
        if self.lower is not None and (upper < self.lower or (upper == self.lower and self.lower_end is End.OPEN)):
            return False
        return self.upper is None or lower < self.upper or (lower == self.upper and self.upper_end is not End.OPEN)

    def holds_all(self, lower: Fraction, upper: Fraction) -> bool:
        """Whether every value of the closed interval from `lower` to `upper` lies within."""
        return self.contains(lower) and self.contains(upper)

    def intersect(self, other: Limits) -> Limits | None:
        """What both allow, or None when nothing is left."""
        lower, lower_end = _inner(self.lower, self.lower_end, other.lower, other.lower_end, take_larger=True)
        upper, upper_end = _inner(self.upper, self.upper_end, other.upper, other.upper_end, take_larger=False)
        if lower is not None and upper is not None and lower > upper:
            return None
        return Limits(lower, upper, lower_end, upper_end)

    @property
    def place(self) -> tuple[bool, Decimal, bool, Decimal]:
        """Sorts limits from below: those without a lower end first, those without an upper end last."""
        zero = Decimal(0)
        return self.lower is not None, self.lower or zero, self.upper is None, self.upper or zero

    @property
    def is_point(self) -> bool:
        return self.lower is not None and self.lower == self.upper

    def readable(self, variable: str, unit: str) -> str:
        """The limits as an inequality on `variable`: 75%≤利用率<90%."""
        if self.lower is not None and self.lower == self.upper:
            return f"{variable}={plain(self.lower)}{unit}"
        if self.lower is None and self.upper is None:
            return f"{variable}不限"
        if self.lower is None:
            return f"{variable}{'<' if self.upper_end is End.OPEN else '≤'}{plain(self.upper)}{unit}"
        if self.upper is None:
            return f"{variable}{'>' if self.lower_end is End.OPEN else '≥'}{plain(self.lower)}{unit}"
        left = "<" if self.lower_end is End.OPEN else "≤"
        right = "<" if self.upper_end is End.OPEN else "≤"
        return f"{plain(self.lower)}{unit}{left}{variable}{right}{plain(self.upper)}{unit}"


def _inner(
    mine: Decimal | None, my_end: End, theirs: Decimal | None, their_end: End, *, take_larger: bool
) -> tuple[Decimal | None, End]:
    """The narrower of two ends on one side."""
    if mine is None or theirs is None:
        return (theirs, their_end) if mine is None else (mine, my_end)
    if mine == theirs:
        return mine, (End.OPEN if End.OPEN in (my_end, their_end) else my_end)
    mine_is_inner = mine > theirs if take_larger else mine < theirs
    return (mine, my_end) if mine_is_inner else (theirs, their_end)


def plain(value: Decimal | None) -> str:
    """A number without exponent and trailing zeros: 0.7, 100."""
    if value is None:
        return ""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
