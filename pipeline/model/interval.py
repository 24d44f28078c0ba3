"""Closed intervals of exact numbers: what a printed figure stands for.

The precision model is that of XBRL Calculations 1.1 (Recommendation 2023-02-22): a printed number stands for every
value that rounds to it, half a unit of its last place to either side, both ends closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


class DenominatorSpansZeroError(ArithmeticError):
    """A quotient whose denominator may be zero says nothing about its numerator."""


_NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `lower` to `upper`, both included; None for an end that is open to infinity."""

    lower: Fraction | None
    upper: Fraction | None

    def __post_init__(self) -> None:
        if self.lower is not None and self.upper is not None and is_less(self.upper, self.lower):
            raise ValueError(f"interval ends out of order: {self.lower} > {self.upper}")

    @classmethod
    def exact(cls, value: Decimal | Fraction | int) -> Interval:
        point = Fraction(value)
        return cls(point, point)

    @classmethod
    def around(cls, value: Decimal | Fraction | int, half: Decimal | Fraction | int) -> Interval:
        """`value` give or take `half`."""
        # In whole numbers: fractions would be reduced at every step.
        numerator, denominator = value.as_integer_ratio()
        parts, per_unit = half.as_integer_ratio()
        middle, slack, whole = numerator * per_unit, parts * denominator, denominator * per_unit
        return cls(Fraction(middle - slack, whole), Fraction(middle + slack, whole))

    def __add__(self, other: Interval) -> Interval:
        return Interval(_add(self.lower, other.lower), _add(self.upper, other.upper))

    def __neg__(self) -> Interval:
        return Interval(
            None if self.upper is None else -self.upper,
            None if self.lower is None else -self.lower,
        )

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        if self.lower is None or self.upper is None or other.lower is None or other.upper is None:
            return _unbounded_product(self, other)
        if self.lower.numerator >= 0 and other.lower.numerator >= 0:
            return Interval(self.lower * other.lower, self.upper * other.upper)
        ends = [a * b for a in (self.lower, self.upper) for b in (other.lower, other.upper)]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        """Quotient by monotone ends. Raises DenominatorSpansZeroError where `other` holds 0."""
        return self * other.reciprocal()

    def reciprocal(self) -> Interval:
        """1 / self. Raises DenominatorSpansZeroError where self holds 0 or reaches it from an open end."""
        if self.contains(Fraction(0)):
            raise DenominatorSpansZeroError(f"{self} holds zero")
        lower = Fraction(0) if self.upper is None else 1 / self.upper
        upper = Fraction(0) if self.lower is None else 1 / self.lower
        return Interval(lower, upper)

    @property
    def is_exact(self) -> bool:
        """Whether it is one number only."""
        if self.lower is None or self.upper is None:
            return False
        return self.lower is self.upper or not is_less(self.lower, self.upper)

    def contains(self, value: Fraction) -> bool:
        if self.lower is not None and is_less(value, self.lower):
            return False
        return self.upper is None or not is_less(self.upper, value)

    def meets(self, other: Interval) -> bool:
        return not self.distance(other)

    def distance(self, other: Interval) -> Fraction:
        """How far the two intervals lie apart: 0 when they share a value."""
        if self.upper is not None and other.lower is not None and is_less(self.upper, other.lower):
            return other.lower - self.upper
        if other.upper is not None and self.lower is not None and is_less(other.upper, self.lower):
            return self.lower - other.upper
        return _NOTHING

    def least(self, other: Interval) -> Interval:
        """The interval of min(a, b); used for caps."""
        return Interval(_smaller(self.lower, other.lower, None), _smaller(self.upper, other.upper, "upper"))

    def greatest(self, other: Interval) -> Interval:
        """The interval of max(a, b); used for floors."""
        return -((-self).least(-other))


def is_less(a: Fraction, b: Fraction) -> bool:
    """`a < b`, which `Fraction` finds out only after it has asked what kind of number `b` is."""
    return a.numerator * b.denominator < b.numerator * a.denominator


def _add(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    return None if a is None or b is None else a + b


def _smaller(a: Fraction | None, b: Fraction | None, end: str | None) -> Fraction | None:
    """The smaller of two ends, where a missing end is minus infinity below and plus infinity above."""
    if a is None or b is None:
        return None if end is None else (b if a is None else a)
    return min(a, b)


def _unbounded_product(a: Interval, b: Interval) -> Interval:
    """Products with an open end are bounded only where both factors are known not to be negative."""
    if a.lower is not None and b.lower is not None and a.lower >= 0 and b.lower >= 0:
        upper = None if a.upper is None or b.upper is None else a.upper * b.upper
        return Interval(a.lower * b.lower, upper)
    return Interval(None, None)
