"""RUB: how the text says a score came about (按比例计得, 扣1分, 每起扣0.5分) against full mark, rubric and score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from patterns.fact_names import names_fact
from patterns.names import indicator_key
from patterns.relations.told_scores import (
    CountedDeduction,
    NamedDeduction,
    ScoredBand,
    ScoredRate,
    find_counted_deductions,
    find_named_deductions,
    find_scored_bands,
    find_scored_rates,
)
from patterns.rubric.combining import most_of
from patterns.rubric.compile import compile_rubric
from patterns.rubric.facts import FactKind, facts, paired_definitions, sole_definition
from patterns.rubric.model import SCORING, Bands, Points, Proportional, Rubric, walk
from patterns.rubric.modifiers import Deduction
from patterns.rubric.score import score
from patterns.rubric.score_set import ScoreSet
from pipeline.model.check import Calculation, Constant, Expression, Greatest, Least, Product, Quotient, Severity, Sum
from pipeline.model.indicator import Indicator, Origin
from pipeline.model.interval import Interval
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.report import Report
from pipeline.rules.context import Statement, context_of
from pipeline.rules.quotients import HUNDRED_PERCENT, ONE
from pipeline.rules.rubric_facts import bind_among, extent_of, of_another_year
from pipeline.rules.rubric_outcomes import flat, ruled, shortened
from pipeline.rules.rubric_sources import RubricSource, rubrics_of

_HALF = Decimal("0.5")
_NOTHING = Constant(Decimal(0), "0")


@dataclass(frozen=True, slots=True)
class ToldBasis:
    """A rate and its score in the text, with the rubric that makes the one of the other.

    `facts` are the names by which the rubric asks for the rate; `source` is None where the text quotes the formula.
    """

    statement: Statement
    told: ScoredRate
    rubric: Rubric
    facts: tuple[str, ...]
    source: RubricSource | None

    @property
    def rate(self) -> Quantity:
        return self.statement.quantities[self.told.rate]

    @property
    def score(self) -> Quantity:
        """The score as told, standing for its printed places."""
        return _rounded(self.statement.quantities[self.told.score])

    def possible(self, rate: Quantity) -> ScoreSet | None:
        """The scores that a rate earns."""
        extent = extent_of(rate)
        return None if extent is None else score(self.rubric, dict.fromkeys(self.facts, extent))


def rule_told_score(report: Report) -> Iterator[Calculation]:
    """Compares a score that the text gives behind a rate (执行率93.50%，按比例计得4.68分) with what the rate earns.

    It earns what a formula quoted between the two says; else what the rubric (评分标准) of the rate's own indicator
    gives; else, where the text says 按比例 and no rubric is printed, its share of that indicator's full mark. A score
    told for a band (控制率在90%至100%之间，得2分) is compared with the marks of that band.
    Precision: rate and score to their printed places, full marks exact.
    Known false alarms: a rate that earns only a part of its indicator's score; rubrics of several parts are therefore
    left out, and a share without a rubric is a warning, as is a rubric from a published framework.
    Example: “执行率93.50%，按比例计得4.86分” under a full mark of 5分 is a contradiction; 4.68分 holds.
    """
    for basis in told_bases(report):
        yield from _by_rubric(basis)
    for statement in context_of(report).paragraphs:
        for told in find_scored_rates(statement.wording):
            if told.in_proportion:
                yield from _by_proportion(report, statement, told)
        for band in find_scored_bands(statement.wording):
            yield from _by_band(report, statement, band)


def rule_told_deduction(report: Report) -> Iterator[Calculation]:
    """Compares marks that the text says were taken off an indicator (制度执行有效性扣1分) with its full mark and score.

    Marks taken off by the piece (事故2起，每起扣0.5分) are multiplied; the indicator is the one whose rubric names
    what is counted.
    Precision: exact; nothing falls below 0分.
    Known false alarms: text that tells only some of the reasons. More taken off than is missing from the score is an
    error, less a warning; where the text says that its reasons are the main ones (主要扣分原因) only more is accused.
    Example: full mark 4分, score 3.00分, “扣1分” holds; “扣2分” does not.
    """
    yield from _named_deductions(report)
    yield from _counted_deductions(report)


def told_scores_against_table(report: Report) -> Iterator[Calculation]:
    """Scores told behind the rate that decides the whole score of an indicator, against its score in the table."""
    for basis in told_bases(report):
        indicator = basis.source.indicator if basis.source is not None else None
        if indicator is not None and indicator.score is not None and indicator.origin is Origin.TABLE:
            yield Calculation(
                code="SCO106",
                subject=f"正文中“{indicator.name}”得分与评分表",
                stated=basis.score,
                expression=indicator.score,
                severity=Severity.ERROR,
                quote=_quote(basis.statement, basis.told.score),
            )


def told_bases(report: Report) -> Iterator[ToldBasis]:
    """Scores told behind a rate, where a quoted formula or the rubric of the one indicator the rate names decides."""
    sources = [source for source in rubrics_of(report) if _is_of_one_part(source.rubric)]
    for statement in context_of(report).paragraphs:
        for told in find_scored_rates(statement.wording):
            rate = statement.quantities[told.rate]
            if of_another_year(rate, report.metadata.fiscal_year):
                continue
            if told.formula:
                yield from _quoted(statement, told, rate)
                continue
            tied = [(source, names) for source in sources if (names := _facts_named(source, rate))]
            if len(tied) == 1:
                ((source, names),) = tied
                yield ToldBasis(statement, told, source.rubric, names, source)


def _quoted(statement: Statement, told: ScoredRate, rate: Quantity) -> Iterator[ToldBasis]:
    """A formula in quotes whose only variable is the rate before it."""
    rubric = compile_rubric(f"得分={told.formula.partition('得分=')[2] or told.formula}", None)
    asked = facts(rubric)
    if rubric.is_understood and len(asked) == 1 and names_fact(asked[0].name, rate.label):
        yield ToldBasis(statement, told, rubric, (asked[0].name,), None)


def _is_of_one_part(rubric: Rubric) -> bool:
    """Whether one rate alone decides the score, up to the full mark."""
    scoring = [part for part in rubric.parts if isinstance(part, SCORING)]
    return (
        rubric.is_understood
        and len(scoring) == 1
        and isinstance(scoring[0], Bands | Proportional)
        and most_of(scoring[0]) == rubric.full_mark
    )


def _facts_named(source: RubricSource, rate: Quantity) -> tuple[str, ...]:
    asked = [fact for fact in facts(source.rubric) if fact.kind is FactKind.RATE and not fact.part_of]
    return tuple(fact.name for fact in asked if bind_among(source.indicator, fact, (rate,)) is not None)


def _by_rubric(basis: ToldBasis) -> Iterator[Calculation]:
    scores = basis.possible(basis.rate)
    if scores is None:
        return
    source, told = basis.source, basis.score
    framework = source.framework if source is not None else None
    origin = f"《{framework.name}》" if framework is not None else ""
    rule = f"按“{basis.told.formula}”" if source is None else f"{origin}评分标准“{shortened(basis.rubric.readable())}”"
    name = basis.facts[0] or (source.indicator.name if source is not None else "")
    yield Calculation(
        code="RUB406",
        subject=f"正文中“{name if source is None else source.indicator.name}”得分",
        stated=told,
        expression=ruled(
            scores, Fraction(told.value), f"{rule}，代入{name}{flat(basis.rate.printed)}，", (basis.rate,)
        ),
        severity=Severity.WARNING if framework is not None else Severity.ERROR,
        quote=_quote(basis.statement, basis.told.score),
    )


def _by_band(report: Report, statement: Statement, told: ScoredBand) -> Iterator[Calculation]:
    """By the band of the same rate and limits, where just one rubric that the report prints has it."""
    awards = []
    for source in rubrics_of(report):
        if source.framework is None:
            awards += [(source, award) for award in _awards_of(source, told)]
    if len(awards) != 1:
        return
    ((source, award),) = awards
    stated = statement.quantities[told.score]
    limits = told.condition.limits.readable(told.condition.variable, told.condition.unit)
    scores = ScoreSet.range(Fraction(award.lower), Fraction(award.upper))
    yield Calculation(
        code="RUB406",
        subject=f"正文中“{told.condition.variable}”得分",
        stated=stated,
        expression=ruled(scores, Fraction(stated.value), f"“{source.indicator.name}”评分标准中，{limits}，", ()),
        severity=Severity.ERROR,
        quote=_quote(statement, told.score),
    )


def _awards_of(source: RubricSource, told: ScoredBand) -> Iterator[Points]:
    paired = paired_definitions(source.rubric)
    definitions = {definition.name: definition for definition in source.rubric.definitions}
    for part in walk(source.rubric.parts):
        if not isinstance(part, Bands):
            continue
        definition = paired.get(part.span) or sole_definition(part.variable, definitions)
        name = definition.name if definition is not None else part.variable or source.indicator.name
        if names_fact(name, told.condition.variable):
            ends = (told.condition.limits.lower, told.condition.limits.upper)
            for band in part.bands:
                if (band.limits.lower, band.limits.upper) == ends and isinstance(band.award, Points):
                    yield band.award


def _by_proportion(report: Report, statement: Statement, told: ScoredRate) -> Iterator[Calculation]:
    rate, earned = statement.quantities[told.rate], statement.quantities[told.score]
    leaves = [
        leaf
        for leaf in _leaves(report)
        if leaf.full_mark is not None and leaf.rubric is None and names_fact(leaf.name, rate.label)
    ]
    marks = {leaf.full_mark.value for leaf in leaves if leaf.full_mark is not None}
    full_mark = leaves[0].full_mark if leaves else None
    if len(marks) != 1 or full_mark is None:
        return
    yield Calculation(
        code="RUB406",
        subject=f"正文中“{leaves[0].name}”得分",
        stated=_rounded(earned),
        expression=Product((full_mark, Least((ONE, Quotient(rate, HUNDRED_PERCENT))))),
        severity=Severity.WARNING,
        quote=_quote(statement, told.score),
    )


def _named_deductions(report: Report) -> Iterator[Calculation]:
    leaves = _unique_leaves(report)
    found: dict[str, list[tuple[Statement, NamedDeduction]]] = {}
    for statement in context_of(report).paragraphs:
        for told in find_named_deductions(statement.wording):
            key = indicator_key(told.name)
            if key in leaves:
                found.setdefault(key, []).append((statement, told))
    headings = {section.section_id: section.title for section in report.document.sections}
    for key, mentions in found.items():
        points = {statement.quantities[told.points].value for statement, told in mentions}
        # Several different deductions of one indicator may be its parts.
        if len(points) == 1:
            for statement, told in mentions:
                partial = told.partial or "主要" in headings.get(statement.section_id or "", "")
                yield from _deduction(leaves[key], statement, told, partial=partial)


def _deduction(leaf: Indicator, statement: Statement, told: NamedDeduction, *, partial: bool) -> Iterator[Calculation]:
    full_mark, left = leaf.full_mark, leaf.score
    if full_mark is None or left is None:
        return
    points = statement.quantities[told.points]
    missing = full_mark.value - left.value
    yield Calculation(
        code="RUB407",
        subject=f"“{leaf.name}”扣分",
        stated=replace(points, interval=Interval.exact(points.value)),
        expression=Sum((full_mark, left), (False, True)),
        severity=Severity.ERROR if points.value > missing else Severity.WARNING,
        quote=_quote(statement, told.points),
        at_most=partial,
    )


def _counted_deductions(report: Report) -> Iterator[Calculation]:
    sources = rubrics_of(report)
    for statement in context_of(report).paragraphs:
        for told in find_counted_deductions(statement.wording):
            tied = [source for source in sources if _counts(source, told)]
            if len(tied) == 1:
                yield from _counted_deduction(tied[0].indicator, statement, told)


def _counts(source: RubricSource, told: CountedDeduction) -> bool:
    """Whether a rubric names what is counted and does nothing but take marks off for each of it."""
    text = "".join(source.rubric.text.split())
    deductions = [part for part in source.rubric.parts if isinstance(part, Deduction)]
    return (
        source.framework is None
        and told.thing in text
        and len(deductions) == 1
        and deductions[0].unit == told.unit
        and deductions[0].step == 1
        and sum(isinstance(part, SCORING) for part in source.rubric.parts) <= 1
    )


def _counted_deduction(leaf: Indicator, statement: Statement, told: CountedDeduction) -> Iterator[Calculation]:
    if leaf.full_mark is None or leaf.score is None:
        return
    count, points = statement.quantities[told.count], statement.quantities[told.points]
    exact = replace(points, interval=Interval.exact(points.value))
    left: Expression = Sum((leaf.full_mark, Product((count, exact))), (False, True))
    if count.value * points.value > leaf.full_mark.value:
        left = Greatest((_NOTHING, left))
    yield Calculation(
        code="RUB407",
        subject=f"“{leaf.name}”得分",
        stated=leaf.score,
        expression=left,
        severity=Severity.ERROR,
        quote=_quote(statement, told.points),
    )


def _leaves(report: Report) -> Sequence[Indicator]:
    parents = {indicator.parent_id for indicator in report.indicators}
    return [i for i in report.indicators if i.level > 0 and i.indicator_id not in parents]


def _unique_leaves(report: Report) -> dict[str, Indicator]:
    """Leaves with full mark and score by name; those of the table before those of the text, doubled names left out."""
    found: dict[str, list[Indicator]] = {}
    for origin in (Origin.TABLE, Origin.PROSE):
        of_origin: dict[str, list[Indicator]] = {}
        for leaf in _leaves(report):
            if leaf.origin is origin and leaf.full_mark is not None and leaf.score is not None:
                of_origin.setdefault(indicator_key(leaf.name), []).append(leaf)
        for key, leaves in of_origin.items():
            found.setdefault(key, leaves)
    return {key: leaves[0] for key, leaves in found.items() if len(leaves) == 1}


def _rounded(told: Quantity) -> Quantity:
    """A score from a formula stands for its printed places; one in whole marks was awarded so."""
    if told.kind is not Kind.SCORE or not told.places:
        return told
    return replace(told, interval=Interval.around(told.value, told.quantum * _HALF))


def _quote(statement: Statement, term: int) -> str:
    return statement.sentence_with(term)
