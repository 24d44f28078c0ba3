"""Binding: the facts a rubric asks for, found among a report's figures by label, section and unit.

The nearest scope that has a fact decides: the indicator's own table row, then the section that tells of it, then the
whole report. Where figures of different value remain, all of them are kept and only what they agree on counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import regex

from patterns.fact_names import event_of, names_fact, tells_event
from patterns.headers import Role
from patterns.names import indicator_key
from patterns.rubric.expressions import Extent
from patterns.rubric.facts import Fact, FactKind, facts
from pipeline.extract.bands import Band, find_bands
from pipeline.model.indicator import Indicator
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.report import Report
from pipeline.rules.context import context_of
from pipeline.rules.rubric_sources import RubricSource

_GENERIC = frozenset({"", "比率", "比例", "指标值", "完成率", "实际完成率", "率", "得分"})
_COMPLETION = frozenset({"完成率", "实际完成率"})
_KINDS = {FactKind.RATE: Kind.PERCENT, FactKind.COUNT: Kind.COUNT, FactKind.AMOUNT: Kind.MONEY}
# Columns whose figures are rules and aims, not facts.
_NO_FACTS = frozenset({Role.RUBRIC, Role.EXPLANATION, Role.TARGET, Role.FULL_MARK, Role.SCORE, Role.RATE, Role.NAME})
_NOT_THIS_YEAR = regex.compile(r"上年|去年|上一年|同期|前年")
_YEAR = regex.compile(r"20\d{2}")
_MOST_CANDIDATES = 3
_WHOLE = 100
_PERSONS = frozenset({"人", "名", "位"})
# Characters that an event must be named by to be known outside of the indicator's own row and section.
_WHOLE_EVENT = 4
_TIMES = ("×", "*", "x", "X")


@dataclass(frozen=True, slots=True)
class Binding:
    """A fact and the figures it may be, distinct in value; `inferred` where only their place ties them to it."""

    fact: Fact
    candidates: tuple[Quantity, ...]
    inferred: bool = False


def bind(report: Report, source: RubricSource) -> tuple[Binding, ...]:
    """The facts of an indicator's rubric that the report gives."""
    found = []
    scopes = tuple(_scopes(report, source.indicator))
    for fact in facts(source.rubric):
        if fact.kind is FactKind.YES_NO:
            continue
        binding = _bind_fact(source.indicator, fact, scopes, far=scopes[-1]) or _bind_event(report, fact, scopes)
        if binding is not None:
            found.append(binding)
    return tuple(found)


def extent_of(quantity: Quantity) -> Extent | None:
    """The closed range a figure stands for, in the unit rubrics use; None where an end is open."""
    lower, upper = quantity.interval.lower, quantity.interval.upper
    return None if lower is None or upper is None else (lower, upper)


def bind_among(indicator: Indicator, fact: Fact, figures: tuple[Quantity, ...]) -> Binding | None:
    """The figures among these that name the fact of an indicator's rubric."""
    return _bind_fact(indicator, fact, (figures,))


def _bind_fact(
    indicator: Indicator,
    fact: Fact,
    scopes: tuple[tuple[Quantity, ...], ...],
    far: tuple[Quantity, ...] | None = None,
) -> Binding | None:
    names = _names_of(fact.name, indicator.name)
    kind = _KINDS[fact.kind]
    beside = [q for q in scopes[0] if q.kind is kind and _is_in_row(q, indicator)]
    for scope in scopes:
        for name in names:
            named = [q for q in scope if q.kind is kind and names_fact(name, q.label)]
            if named:
                distinct = _distinct(named)
                # Far from the indicator a bare 利用率 may be that of anything, as may any where its row has others.
                contested = bool(beside) and not any(q.interval.meets(own.interval) for q in distinct for own in beside)
                inferred = scope is far and (name != names[0] or contested)
                return Binding(fact, distinct, inferred) if len(distinct) <= _MOST_CANDIDATES else None
    if fact.kind is FactKind.RATE and not fact.part_of:
        for scope in scopes[:-1]:
            rates = _distinct([q for q in scope if q.kind is kind])
            if len(rates) == 1:
                return Binding(fact, rates, inferred=True)
    return None


def _is_in_row(quantity: Quantity, indicator: Indicator) -> bool:
    score = indicator.score
    return score is not None and quantity.table_id == indicator.table_id is not None and quantity.row == score.row


def _bind_event(report: Report, fact: Fact, scopes: tuple[tuple[Quantity, ...], ...]) -> Binding | None:
    """The one count of what a deduction is made for by the piece (每有1笔逾期扣0.2分): in the indicator's row or
    section by the words around it, farther off only where they tell of all of it (5条线路逾期完工)."""
    event = event_of(fact.name, fact.unit) if fact.kind is FactKind.COUNT else ""
    if not event:
        return None
    for scope in scopes:
        near = scope is not scopes[-1]
        counts = [q for q in scope if q.kind is Kind.COUNT and _is_in_unit(q, fact.unit)]
        telling = [q for q in counts if _tells_of(report, q, event, whole=not near)]
        distinct = _distinct(telling)
        if distinct:
            return Binding(fact, distinct) if len(distinct) == 1 else None
    return None


def _is_in_unit(quantity: Quantity, unit: str) -> bool:
    return quantity.unit == unit or (unit in _PERSONS and quantity.unit in _PERSONS)


def _tells_of(report: Report, quantity: Quantity, event: str, *, whole: bool) -> bool:
    held = context_of(report).find(quantity)
    if held is None:
        return False
    statement, i = held
    words = statement.wording.head(i) + statement.wording.tail(i)
    if whole:
        return len(event) >= _WHOLE_EVENT and event in words
    return tells_event(event, words)


def _names_of(fact: str, indicator: str) -> list[str]:
    """The names a fact may go by, the fullest first: a bare 利用率 in the rubric of 固定资产利用率 is that rate."""
    if fact in _COMPLETION and indicator.endswith("率") and not indicator.endswith(fact):
        return [f"{indicator}完成率", f"{indicator}目标完成率"]  # of its target, not the rate itself
    if fact in _GENERIC:
        return [indicator]
    return list(dict.fromkeys((indicator, fact))) if indicator.endswith(fact) else [fact]


def _distinct(quantities: list[Quantity]) -> tuple[Quantity, ...]:
    """One figure for each value, the most precisely printed first where several agree."""
    chosen: list[Quantity] = []
    for quantity in sorted(quantities, key=lambda q: q.quantum):
        if not any(quantity.interval.meets(other.interval) for other in chosen):
            chosen.append(quantity)
    return tuple(chosen)


def _scopes(report: Report, indicator: Indicator) -> Iterator[tuple[Quantity, ...]]:
    """Figures that may be facts: of the indicator's row, of its section, of the report; the last is the widest."""
    eligible = _eligible(report)
    if indicator.table_id is not None and indicator.score is not None:
        row = indicator.score.row
        yield tuple(q for q in eligible if q.table_id == indicator.table_id and q.row == row)
    sections = _sections_about(report, indicator)
    if sections:
        yield tuple(q for q in eligible if q.section_id in sections)
    yield eligible


@lru_cache(maxsize=1)
def _eligible(report: Report) -> tuple[Quantity, ...]:
    """Figures that state how things are: no thresholds, aims, score rates or figures of another year."""
    bands = {table.table_id: find_bands(table) for table in report.document.tables}
    rates = {i.rate.quantity_id for i in report.indicators if i.rate is not None}
    year = report.metadata.fiscal_year
    return tuple(
        q
        for q in report.quantities
        if q.kind in (Kind.PERCENT, Kind.COUNT, Kind.MONEY)
        and q.approximate is None
        and q.quantity_id not in rates
        and "得分率" not in q.label
        and not of_another_year(q, year)
        and _column_role(bands, q) not in _NO_FACTS
        and not _is_factor(report, q)
    )


def _is_factor(report: Report, quantity: Quantity) -> bool:
    """Whether a figure is the ×100% at the end of a definition."""
    if quantity.kind is not Kind.PERCENT or quantity.value != _WHOLE:
        return False
    held = context_of(report).find(quantity)
    return held is not None and held[0].wording.lead(held[1]).rstrip().endswith(_TIMES)


def of_another_year(quantity: Quantity, year: int | None) -> bool:
    """Whether a figure is said to be of another year than the one reported on."""
    period = quantity.period or ""
    if _NOT_THIS_YEAR.search(period) or _NOT_THIS_YEAR.search(quantity.label):
        return True
    named = _YEAR.search(period)
    return named is not None and year is not None and int(named.group()) != year


def _column_role(bands: Mapping[str, tuple[Band, ...]], quantity: Quantity) -> Role | None:
    if quantity.table_id is None or quantity.row is None or quantity.col is None:
        return None
    for band in bands[quantity.table_id]:
        if band.first <= quantity.row < band.last:
            return band.columns[quantity.col].header.role
    return None


def _sections_about(report: Report, indicator: Indicator) -> frozenset[str]:
    """The sections that tell of an indicator, with all below them: where it is scored, or whose heading names it."""
    roots = set()
    if indicator.table_id is None and indicator.score is not None:
        held = context_of(report).find(indicator.score)
        if held is not None and held[0].section_id is not None:
            roots.add(held[0].section_id)
    else:
        key = indicator_key(indicator.name)
        roots |= {s.section_id for s in report.document.sections if indicator_key(s.title) == key}
    below = set(roots)
    for section in report.document.sections:
        if section.parent_id in below:
            below.add(section.section_id)
    return frozenset(below)
