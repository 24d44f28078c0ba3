"""What a compiled rubric gives for known facts, put for a reader of findings."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from patterns.rubric.score_set import ScoreSet
from pipeline.model.check import Ruled
from pipeline.model.quantity import Quantity

_LONGEST_RUBRIC = 120
_OUTCOME_PLACES = 4


def ruled(
    scores: ScoreSet,
    stated: Fraction,
    printed: str,
    operands: tuple[Quantity, ...],
    rule_figures: tuple[Quantity, ...] = (),
) -> Ruled:
    """The scores a rubric leaves possible, of which the range nearest to the stated score is compared with it."""
    lower, upper = min(scores.ranges, key=lambda ends: distance(ScoreSet((ends,)), stated))
    return Ruled(
        lower=lower,
        upper=upper,
        point=lower if lower == upper else None,
        printed=printed,
        outcome=_outcome(scores),
        operands=operands,
        rule_figures=rule_figures,
    )


def distance(scores: ScoreSet, value: Fraction) -> Fraction:
    """How far a score is from the nearest one of a set."""
    return min(
        Fraction(0) if lower <= value <= upper else min(abs(value - lower), abs(value - upper))
        for lower, upper in scores.ranges
    )


def plain(value: Decimal) -> str:
    """A decimal without trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def flat(printed: str) -> str:
    """A figure as printed, without the blanks and line ends inside it."""
    return "".join(printed.split())


def shortened(text: str) -> str:
    """A rubric in one line, cut where it is long."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _LONGEST_RUBRIC else f"{one_line[: _LONGEST_RUBRIC - 1]}…"


def _outcome(scores: ScoreSet) -> str:
    if scores.is_finite and len(scores.ranges) > 1:
        values = "、".join(plain(_rounded(lower)) for lower, _ in reversed(scores.ranges))
        return f"{values}分之一"
    parts = [
        plain(_rounded(lower)) if lower == upper else f"{plain(_rounded(lower))}至{plain(_rounded(upper))}"
        for lower, upper in scores.ranges
    ]
    return "或".join(parts) + "分"


def _rounded(value: Fraction) -> Decimal:
    quantum = Decimal(1).scaleb(-_OUTCOME_PLACES)
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(quantum)
