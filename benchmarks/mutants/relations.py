"""Relations between figures of a clean report, and whether a changed figure breaks them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from benchmarks.mutants.changes import Change
from benchmarks.mutants.figures import Figure, figure_of, unit_worth
from patterns.rubric.score import attainable, score
from pipeline.model.arithmetic import interval_of
from pipeline.model.check import (
    Calculation,
    Check,
    Constant,
    Expression,
    Greatest,
    Least,
    Product,
    Quotient,
    Range,
    Ruled,
    Sum,
    Verdict,
    operands_of,
)
from pipeline.model.interval import DenominatorSpansZeroError, Interval
from pipeline.model.quantity import Quantity
from pipeline.model.report import Reconciliation, Report
from pipeline.rules.registry import rule_by_code
from pipeline.rules.rubric_facts import bind, extent_of
from pipeline.rules.rubric_sources import rubrics_of
from pipeline.rules.told_scores import told_bases


class Family(StrEnum):
    """What is counted together; the values are the rows of the printed table."""

    SCORE = "score"
    RUBRIC = "rubric"
    TABLE_SUM = "sums in tables"
    TABLE_RATE = "rates in tables"
    PROSE_SUM = "sums in prose"
    PROSE_RATE = "rates in prose"
    COUNT = "counts"
    RESTATEMENT = "restatements"


class Relation(Protocol):
    """Figures of one report that are tied together, and hold."""

    @property
    def family(self) -> Family: ...

    @property
    def origin(self) -> str: ...

    @property
    def description(self) -> str: ...

    @property
    def figures(self) -> tuple[Figure, ...]: ...

    def is_broken_by(self, figure: Figure, change: Change) -> bool:
        """Whether the relation cannot hold any more, whatever the printed numbers round."""
        ...

    def addends_of(self, figure: Figure) -> tuple[Decimal, ...]:
        """What `figure` is the sum of, in its own unit; nothing where it is no sum."""
        ...


def half_after(figure: Figure, change: Change) -> Fraction:
    """How far the changed figure reaches: exact figures stay exact, others reach no less far than before."""
    if figure.half == 0:
        return Fraction(0)
    return max(figure.half, Fraction(1, 2) / Fraction(10) ** change.places)


@dataclass(frozen=True, eq=False)
class HeldRelation:
    """A check that held on the unchanged report."""

    report: Report
    check: Check
    figures: tuple[Figure, ...]
    origin: str = "held"

    @property
    def calculation(self) -> Calculation:
        return self.check.calculation

    @property
    def family(self) -> Family:
        return family_of(self.calculation.code)

    @property
    def description(self) -> str:
        return f"{self.calculation.code} {self.check.formula}"

    def is_broken_by(self, figure: Figure, change: Change) -> bool:
        before = figure.quantity
        if before is None:
            return False
        after = _changed(before, figure, change)
        if isinstance(self.calculation.expression, Ruled):
            return _breaks_rubric(self.report, self.calculation, before, after)
        stated = after if self.calculation.stated.quantity_id == before.quantity_id else self.calculation.stated
        try:
            expected = interval_of(_substituted(self.calculation.expression, before.quantity_id, after))
        except DenominatorSpansZeroError:
            return False
        if not self.calculation.at_most:
            return not stated.interval.meets(expected)
        ends = (stated.interval.lower, expected.upper)
        return ends[0] is not None and ends[1] is not None and ends[0] > ends[1]

    def addends_of(self, figure: Figure) -> tuple[Decimal, ...]:
        expression, stated = self.calculation.expression, self.calculation.stated
        if not isinstance(expression, Sum) or any(expression.minus) or figure.quantity is None:
            return ()
        if figure.quantity.quantity_id != stated.quantity_id:
            return ()
        return tuple(addend.value / unit_worth(stated) for addend in operands_of(expression))


def held_relations(report: Report, reconciliation: Reconciliation) -> Iterator[HeldRelation]:
    """Every check that holds, with those of its figures that can be changed and stand in no finding."""
    suspect = {
        quantity.quantity_id for finding in reconciliation.findings for quantity in involved(finding.check.calculation)
    }
    for check in reconciliation.checks:
        if check.verdict not in (Verdict.EXACT, Verdict.WITHIN_ROUNDING):
            continue
        quantities = {q.quantity_id: q for q in involved(check.calculation) if q.quantity_id not in suspect}
        found = (figure_of(report.document, quantity) for quantity in quantities.values())
        figures = tuple(figure for figure in found if figure is not None)
        if figures:
            yield HeldRelation(report, check, figures)


def involved(calculation: Calculation) -> Iterator[Quantity]:
    """All figures of the report that a calculation speaks of."""
    yield calculation.stated
    yield from operands_of(calculation.expression)
    if isinstance(calculation.expression, Ruled):
        yield from calculation.expression.rule_figures


def family_of(code: str) -> Family:
    """The family of a rule."""
    in_table = rule_by_code(code).function.__module__.rpartition(".")[2].startswith("table_")
    match code[:3]:
        case "SCO":
            return Family.SCORE
        case "RUB":
            return Family.RUBRIC
        case "SUM":
            return Family.TABLE_SUM if in_table else Family.PROSE_SUM
        case "RAT":
            return Family.TABLE_RATE if in_table else Family.PROSE_RATE
        case "CNT":
            return Family.COUNT
        case "DUP":
            return Family.RESTATEMENT
        case _:
            raise ValueError(f"no family for {code}")


def _changed(quantity: Quantity, figure: Figure, change: Change) -> Quantity:
    worth = unit_worth(quantity)
    value = change.value * worth
    half = half_after(figure, change) * Fraction(worth)
    return replace(quantity, value=value, interval=Interval.around(value, half), places=change.places)


def _substituted(expression: Expression, quantity_id: str, after: Quantity) -> Expression:
    def put(part: Expression) -> Expression:
        return _substituted(part, quantity_id, after)

    match expression:
        case Quantity():
            return after if expression.quantity_id == quantity_id else expression
        case Constant() | Range() | Ruled():
            return expression
        case Sum():
            return replace(expression, terms=tuple(map(put, expression.terms)))
        case Product():
            return replace(expression, factors=tuple(map(put, expression.factors)))
        case Quotient():
            return Quotient(put(expression.numerator), put(expression.denominator))
        case Least() | Greatest():
            return replace(expression, values=tuple(map(put, expression.values)))


def _breaks_rubric(report: Report, calculation: Calculation, before: Quantity, after: Quantity) -> bool:
    """Whether the rubric cannot give the score any more: asked of the rubric itself, with the changed score or fact."""
    stated = calculation.stated
    if calculation.code == "RUB403":
        return _breaks_marks(calculation, before, after)
    if calculation.code == "RUB406":
        return _breaks_told(report, calculation, before, after)
    source = next(
        source
        for source in rubrics_of(report)
        if source.indicator.score is not None and source.indicator.score.quantity_id == stated.quantity_id
    )
    if before.quantity_id == stated.quantity_id:
        stated = after
    elif isinstance(calculation.expression, Ruled) and before in calculation.expression.rule_figures:
        return False
    possible = attainable(source.rubric)
    if calculation.code == "RUB401":
        bindings = bind(report, source)
        if any(len(binding.candidates) > 1 or binding.inferred for binding in bindings):
            return False
        given = {}
        for binding in bindings:
            (candidate,) = binding.candidates
            extent = extent_of(after if candidate.quantity_id == before.quantity_id else candidate)
            if extent is not None:
                given[binding.fact.name] = extent
        possible = score(source.rubric, given) or possible
    lower, upper = stated.interval.lower, stated.interval.upper
    if lower is None or upper is None:
        return False
    return not possible.allows(Fraction(stated.value), (upper - lower) / 2)


def _breaks_told(report: Report, calculation: Calculation, before: Quantity, after: Quantity) -> bool:
    """Whether a rate told in the text cannot earn the score told with it any more."""
    stated = calculation.stated
    basis = next((basis for basis in told_bases(report) if basis.score.quantity_id == stated.quantity_id), None)
    if basis is None:
        return isinstance(calculation.expression, Ruled) and Fraction(after.value) != calculation.expression.point
    possible = basis.possible(after if before.quantity_id == basis.rate.quantity_id else basis.rate)
    told = after if before.quantity_id == stated.quantity_id else stated
    lower, upper = told.interval.lower, told.interval.upper
    if possible is None or lower is None or upper is None:
        return False
    return not possible.allows(Fraction(told.value), (upper - lower) / 2)


def _breaks_marks(calculation: Calculation, before: Quantity, after: Quantity) -> bool:
    """Whether the marks of a checklist differ from the full mark; only where all the marks are plain addends.

    A mark of 0 (有违规情况的，得0分) is the outcome of a case, no addend: with another mark it is another rule, and the
    marks add up as before.
    """
    expression = calculation.expression
    if before.quantity_id == calculation.stated.quantity_id:
        return after.value != calculation.stated.value
    if not isinstance(expression, Ruled) or not before.value:
        return False
    total = sum((mark.value for mark in expression.rule_figures), Decimal(0))
    return Fraction(total) == expression.lower and after.value != before.value
