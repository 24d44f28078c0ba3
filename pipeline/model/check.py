"""Calculations a report lays down and what came of re-computing them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import assert_never

from pipeline.model.interval import Interval
from pipeline.model.quantity import Quantity


class Verdict(StrEnum):
    """Outcome of a re-computation, from exact agreement to not decidable."""

    EXACT = "exact"
    WITHIN_ROUNDING = "within_rounding"
    INCONSISTENT = "inconsistent"
    UNVERIFIABLE = "unverifiable"


class Severity(StrEnum):
    """How firmly a finding accuses: arithmetic contradiction, likely with one inferred step, cosmetic or explained."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Constant:
    """A number that the formula itself carries (100 in ×100%, the points of a rubric)."""

    value: Decimal
    printed: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms added; a term whose place in `minus` is set is taken away."""

    terms: tuple[Expression, ...]
    minus: tuple[bool, ...] = ()

    def signed(self) -> tuple[tuple[Expression, bool], ...]:
        flags = self.minus or (False,) * len(self.terms)
        return tuple(zip(self.terms, flags, strict=True))


@dataclass(frozen=True, slots=True)
class Product:
    factors: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Quotient:
    numerator: Expression
    denominator: Expression


@dataclass(frozen=True, slots=True)
class Least:
    """The smallest of several values: a cap (不得突破, 最高得…)."""

    values: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Greatest:
    """The largest of several values: a floor (扣完为止)."""

    values: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """Bounds that a rule or a grade sets (优: 90 to 100); None for an open end. `printed` says it in words."""

    lower: Decimal | None
    upper: Decimal | None
    printed: str


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a rule (评分标准) gives for facts: the outcome lies from `lower` to `upper`, at `point` where the printed
    facts give just one.

    `printed` says the rule with the facts put in, `outcome` what it gives, both for a reader; `operands` are the facts,
    `rule_figures` the figures that the rule itself is printed with, which take part in a check that holds and are never
    contradicted by one that does not.
    """

    lower: Fraction
    upper: Fraction
    point: Fraction | None
    printed: str
    outcome: str
    operands: tuple[Quantity, ...]
    rule_figures: tuple[Quantity, ...] = ()


Expression = Quantity | Constant | Sum | Product | Quotient | Least | Greatest | Range | Ruled


@dataclass(frozen=True, slots=True)
class Calculation:
    """A relation the report's own words or layout lay down: `stated` should equal `expression`.

    `code` names the rule that found it and `subject` what is checked, as a reader would say it. `severity` is how a
    contradiction is to be reported. `quote` is the text that ties the operands together. `reason`, when set, says why
    the relation cannot be decided; its verdict is then `unverifiable` whatever the numbers say. `doubt`, when set, says
    what is not certain about the tie: agreement confirms it, disagreement is then `unverifiable`, never an accusation.
    `at_most` turns the equation into a bound: `stated` must not exceed `expression`. `remark`, when set, is a sentence
    about how the figure is written: it is told as a note although the value holds.
    """

    code: str
    subject: str
    stated: Quantity
    expression: Expression
    severity: Severity
    quote: str
    reason: str | None = None
    doubt: str | None = None
    at_most: bool = False
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A calculation with its verdict. `expected` is the point re-computed from the printed values, `expected_interval`
    all that their rounding allows; `gap` the distance between the intervals, the least error there must be."""

    check_id: str
    calculation: Calculation
    verdict: Verdict
    expected: Decimal | None
    expected_interval: Interval | None
    gap: Decimal
    formula: str
    reason: str | None


def operands_of(expression: Expression) -> Iterator[Quantity]:
    """The report's own figures in an expression, in reading order of the formula."""
    match expression:
        case Quantity():
            yield expression
        case Constant() | Range():
            return
        case Ruled():
            yield from expression.operands
        case Sum():
            for term in expression.terms:
                yield from operands_of(term)
        case Product():
            for factor in expression.factors:
                yield from operands_of(factor)
        case Quotient():
            yield from operands_of(expression.numerator)
            yield from operands_of(expression.denominator)
        case Least() | Greatest():
            for value in expression.values:
                yield from operands_of(value)
        case _:
            assert_never(expression)
