"""RUB: scores against the rubric (评分标准) they are said to follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

from patterns.rubric.facts import FactKind
from patterns.rubric.marks import counts_by_period, likely_total, marks_total
from patterns.rubric.model import Accrual, Rubric, walk
from patterns.rubric.score import attainable, score
from patterns.rubric.score_set import ScoreSet
from pipeline.model.check import Calculation, Ruled, Severity
from pipeline.model.interval import Interval
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.report import Report
from pipeline.rules.rubric_facts import Binding, bind, extent_of
from pipeline.rules.rubric_outcomes import distance, flat, plain, ruled, shortened
from pipeline.rules.rubric_sources import RubricSource, rubrics_of

_MOST_READINGS = 16
_PLACES_OF_RESULTS = 2
# Rubrics that hand out just their full marks, at least and for each that does not, before one that does not is doubted.
_PROVING_RUBRICS = 4
_PROVING_SHARE = 5


def rule_rubric_score(report: Report) -> Iterator[Calculation]:
    """Compares a stated score with the one its rubric (评分标准) gives for the facts of the report.

    Facts are bound by label, section and unit. What the report does not give as a figure (落实到位, 酌情扣分) leaves
    its marks open, so the result may be a range; each part is capped at its own points.
    Precision: facts stand for their printed places; the stated score as in SCO101.
    Known false alarms: a figure of the same name that is not the one scored. Where several figures fit they must all
    contradict the score; a figure tied by its place alone only confirms. A rubric from a published framework that the
    report does not print makes the finding a warning.
    Example: 政府采购执行率 97.52% under “执行率×1分；政策功能1分” gives at most 1.98分; a stated 2分 contradicts it.
    """
    for source in rubrics_of(report):
        stated = source.indicator.score
        if stated is None or not attainable(source.rubric).allows(*_allowance(stated)):
            continue
        bindings = bind(report, source)
        readings = _readings(source.rubric, bindings)
        if not readings:
            continue
        stated = _as_printed(stated, _finest_places(report))
        chosen = _fairest(readings, stated)
        inferred = any(binding.inferred for binding in bindings)
        verdicts = {scores.allows(*_allowance(stated)) for scores, _ in readings}
        calculation = _calculation(
            "RUB401", source, stated, chosen[0], facts=chosen[1], rule_figures=_full_mark_of(source)
        )
        if len(verdicts) > 1:
            yield replace(calculation, reason="评分依据的数据有多个取值")
        else:
            yield replace(calculation, doubt="评分依据的数据仅由所在段落推断" if inferred else None)


def rule_attainable_score(report: Report) -> Iterator[Calculation]:
    """Checks that a stated score is one the rubric (评分标准) can give at all.

    Precision: the stated score as in SCO101; bands and options give exact points, proportional parts ranges.
    Known false alarms: none where the rubric is fully understood; whatever is not understood makes every score from 0
    to the full mark attainable. A rubric from a published framework makes the finding a warning, and so does one that
    counts pieces (每项1分), of which scorers also give halves.
    Example: 5分 under bands that give 6, 4, 2 or 1分 is not attainable.
    """
    for source in rubrics_of(report):
        if source.indicator.score is None or counts_by_period(source.rubric.text):
            continue
        if source.rubric.is_understood:
            possible = attainable(source.rubric)
            figures = (*_full_mark_of(source), *_rule_figures(report, source))
            calculation = _calculation("RUB402", source, source.indicator.score, possible, rule_figures=figures)
            by_the_piece = any(isinstance(part, Accrual) for part in walk(source.rubric.parts))
            yield replace(calculation, severity=Severity.WARNING) if by_the_piece else calculation


def rule_rubric_marks(report: Report) -> Iterator[Calculation]:
    """Compares the marks a rubric (评分标准) hands out with the indicator's full mark (分值).

    Points are added up; of cases and bands the best counts.
    Precision: exact.
    Known false alarms: a list that the page cuts short; only lists numbered without a gap make an error. Cases, bands,
    formulas and lists without numbers make a warning, and only where nearly all rubrics of the report hand out just
    their full marks, which shows that it marks on that scale.
    Example: points worth 1 + 1 + 2分 under a full mark of 3分.
    """
    sources = [s for s in rubrics_of(report) if s.framework is None and s.indicator.full_mark is not None]
    certain = {id(source): marks_total(source.rubric) for source in sources}
    likely = {id(s): likely_total(s.rubric) for s in sources if certain[id(s)] is None}
    agreeing = sum(certain[id(s)] is not None and certain[id(s)] == s.rubric.full_mark for s in sources)
    differing = len(sources) - agreeing - sum(total is None for total in likely.values())
    for source in sources:
        total = certain[id(source)]
        if total is not None:
            yield _marks_calculation(report, source, total, Severity.ERROR)
        elif agreeing >= max(_PROVING_RUBRICS, _PROVING_SHARE * differing):
            best = likely[id(source)]
            if best is not None:
                yield _marks_calculation(report, source, best, Severity.WARNING)


def _marks_calculation(report: Report, source: RubricSource, total: Decimal, severity: Severity) -> Calculation:
    (full_mark,) = _full_mark_of(source)
    return Calculation(
        code="RUB403",
        subject=f"“{source.indicator.name}”评分标准的分值",
        stated=full_mark,
        expression=Ruled(
            lower=Fraction(total),
            upper=Fraction(total),
            point=Fraction(total),
            printed="评分标准各项分值相加",
            outcome=f"{plain(total)}分",
            operands=(),
            rule_figures=tuple(q for q in _rule_figures(report, source) if q.kind is Kind.SCORE),
        ),
        severity=severity,
        quote=shortened(source.rubric.text),
    )


def _readings(
    rubric: Rubric, bindings: Sequence[Binding]
) -> list[tuple[ScoreSet, tuple[tuple[Binding, Quantity], ...]]]:
    """The scores each choice of figures leaves possible; none where no figure bears on the rubric."""
    if not bindings:
        return []
    found = []
    choices = list(product(*(binding.candidates for binding in bindings)))
    for choice in choices[:_MOST_READINGS]:
        given = {}
        for binding, quantity in zip(bindings, choice, strict=True):
            extent = extent_of(quantity)
            if extent is not None:
                given[binding.fact.name] = extent
        given |= _implied_by_rate(bindings, given)
        scores = score(rubric, given)
        if scores is None:
            return []
        found.append((scores, tuple(zip(bindings, choice, strict=True))))
    return found


def _implied_by_rate(
    bindings: Sequence[Binding], given: dict[str, tuple[Fraction, Fraction]]
) -> dict[str, tuple[Fraction, Fraction]]:
    """A over B is what the rate says: where neither is given, A stands as the rate and B as 100.

    Knock-outs compare A with B (实际采购金额大于采购计划金额); a rate above 100% says so as well.
    """
    implied: dict[str, tuple[Fraction, Fraction]] = {}
    for binding in bindings:
        definition = binding.fact.definition
        if binding.fact.kind is not FactKind.RATE or definition is None or binding.fact.name not in given:
            continue
        above, below = definition.numerator, definition.denominator
        if above and below and above not in given and below not in given:
            implied[above] = given[binding.fact.name]
            implied[below] = (Fraction(100), Fraction(100))
    return implied


def _fairest(
    readings: list[tuple[ScoreSet, tuple[tuple[Binding, Quantity], ...]]], stated: Quantity
) -> tuple[ScoreSet, tuple[tuple[Binding, Quantity], ...]]:
    """The reading that comes nearest to the stated score."""
    return min(readings, key=lambda reading: distance(reading[0], Fraction(stated.value)))


def _as_printed(stated: Quantity, finest: int) -> Quantity:
    """A score as the rounded result of a formula: one with two places and more, though another of the report be printed
    still finer; a coarser one may have dropped its zeros (4.4 for 4.404 where others have two places)."""
    places = stated.places if stated.places >= _PLACES_OF_RESULTS else max(stated.places, finest)
    half = Fraction(1, 2 * 10**places)
    if not places or _allowance(stated)[1] >= half:
        return stated
    return replace(stated, interval=Interval.around(stated.value, half))


def _finest_places(report: Report) -> int:
    return max((i.score.places for i in report.indicators if i.score is not None), default=0)


def _allowance(stated: Quantity) -> tuple[Fraction, Fraction]:
    """The stated score and how far what it stands for reaches to either side."""
    lower, upper = stated.interval.lower, stated.interval.upper
    half = Fraction(0) if lower is None or upper is None else (upper - lower) / 2
    return Fraction(stated.value), half


def _calculation(
    code: str,
    source: RubricSource,
    stated: Quantity,
    scores: ScoreSet,
    *,
    facts: Sequence[tuple[Binding, Quantity]] = (),
    rule_figures: tuple[Quantity, ...] = (),
) -> Calculation:
    names: dict[Quantity, str] = {}
    for binding, quantity in facts:
        names.setdefault(quantity, binding.fact.name or source.indicator.name)
    given = "、".join(f"{name}{flat(quantity.printed)}" for quantity, name in names.items())
    origin = f"《{source.framework.name}》" if source.framework is not None else ""
    over = "".join(f"（分值{flat(mark.printed)}）" for mark in _full_mark_of(source))
    rule = f"{origin}评分标准“{shortened(source.rubric.readable())}”{over}"
    return Calculation(
        code=code,
        subject=f"“{source.indicator.name}”得分",
        stated=stated,
        expression=ruled(
            scores,
            Fraction(stated.value),
            f"{rule}，代入{given}，" if given else f"{rule}，",
            tuple(names),
            rule_figures,
        ),
        severity=Severity.WARNING if source.framework is not None else Severity.ERROR,
        quote=shortened(source.rubric.text),
    )


def _full_mark_of(source: RubricSource) -> tuple[Quantity, ...]:
    """The full mark that a rubric is read by: its shares and its best case are of it."""
    full_mark = source.indicator.full_mark
    return () if full_mark is None else (full_mark,)


def _rule_figures(report: Report, source: RubricSource) -> tuple[Quantity, ...]:
    """The figures that stand in the rubric as the report prints it."""
    table_id, score_quantity = source.indicator.table_id, source.indicator.score
    if source.framework is not None or table_id is None or score_quantity is None:
        return ()
    (table,) = (table for table in report.document.tables if table.table_id == table_id)
    texts = set((source.indicator.rubric or "").split("\n"))
    cells = {(cell.row, cell.col) for cell in table.row_cells(score_quantity.row or 0) if cell.text in texts}
    return tuple(q for q in report.quantities if q.table_id == table_id and (q.row, q.col) in cells)
