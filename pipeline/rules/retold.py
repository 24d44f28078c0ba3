"""DUP: a fact told twice in the same words, with one of its figures the same and the next one different."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

import regex

from patterns.relations.rate_words import rate_name, states_no_result
from patterns.relations.roles import subject_of
from patterns.relations.slips import are_swapped
from pipeline.model.check import Calculation, Severity
from pipeline.model.quantity import Quantity
from pipeline.model.report import Report
from pipeline.rules.context import Statement, context_of, year_of

# How many characters two sentences must share before their figures to be one sentence told twice.
_SHARED = 12
_LEAST_DIGITS = 3
_LEAST_NAME = 2
# A rate must be called by so many characters for two of its name to be one: 满意度 alone may be anybody's.
_LEAST_RATE_NAME = 6
_DEGREE = regex.compile(r"(?P<name>\p{Han}{4,20}满意度)(?:为|是|达到?|:)*$")
_HAN = regex.compile(r"\p{Han}+")
_OTHER_MEASURES = frozenset({"percent", "score", "money"})

_Key = tuple[str, Decimal, str, str, str]


@dataclass(frozen=True, slots=True)
class _Beside:
    """A figure beside one that may be told again with it; `lead` is the sentence before both."""

    statement: Statement
    index: int
    lead: str

    @property
    def quantity(self) -> Quantity:
        return self.statement.quantities[self.index]


def rule_retold_figures(report: Report) -> Iterator[Calculation]:
    """Compares two counts or measures of one sentence that the report tells again in the same words.

    Where both names, one of the two figures and the words before them are the same, the other figure is too.
    Precision: both as printed.
    Known false alarms: the same work of another year or another office, with one figure alike by chance; it accuses
    only where a stretch of twelve characters before the figures is the same in both places, and as a warning. Amounts
    of money are left to other rules: a budget and its outcome are told in the same words. A rate told twice by the very
    same name with two digits swapped is taken for one rate.
    Example: 完成全市整备用地资料的梳理，资料合计6,245份，图斑831个 in one place and 图斑813个 behind the same words in
    another is a contradiction.
    """
    yield from _swapped_rates(report)
    for places in _beside_each_other(report).values():
        for first, again in combinations(places, 2):
            if first.statement is not again.statement and _share_words(first.lead, again.lead):
                yield _calculation(first, again)


def _swapped_rates(report: Report) -> Iterator[Calculation]:
    """Rates of one full name in the text, of which two values differ in the order of two neighbouring digits only."""
    context = context_of(report)
    named: dict[tuple[str, int | None], list[_Beside]] = {}
    for statement in context.paragraphs:
        for i, term in enumerate(statement.wording.terms):
            lead = statement.wording.lead(i)
            name = _name_of_rate(lead) if term.measure == "percent" and term.approximate is None else None
            if name is not None and len(name) >= _LEAST_RATE_NAME and not states_no_result(statement.wording.head(i)):
                named.setdefault((name, year_of(statement, i, context)), []).append(_Beside(statement, i, lead))
    for places in named.values():
        for first, again in combinations(places, 2):
            if are_swapped(first.quantity.printed.rstrip("%"), again.quantity.printed.rstrip("%")):
                yield replace(_calculation(first, again), subject=f"“{again.quantity.label}”的再次表述")


def _name_of_rate(lead: str) -> str | None:
    degree = _DEGREE.search(lead)
    return degree.group("name") if degree is not None else rate_name(lead)


def _beside_each_other(report: Report) -> Mapping[_Key, list[_Beside]]:
    """Figures by the figure beside them, its name, and their own name."""
    found: dict[_Key, list[_Beside]] = {}
    for statement in context_of(report).told:
        wording = statement.wording
        for i in range(len(wording.terms) - 1):
            start = wording.sentence_at(wording.terms[i].start)[0]
            if wording.sentence_at(wording.terms[i + 1].start)[0] != start:
                continue
            lead = "".join(_HAN.findall(statement.text[start : wording.terms[i].start]))
            for told, other in ((i, i + 1), (i + 1, i)):
                key = _key(statement, told, other)
                if key is not None:
                    found.setdefault(key, []).append(_Beside(statement, other, lead))
    return found


def _key(statement: Statement, told: int, other: int) -> _Key | None:
    terms = statement.wording.terms
    if {terms[told].measure, terms[other].measure} & _OTHER_MEASURES or terms[other].approximate is not None:
        return None
    names = [subject_of(statement.wording.head(i)) for i in (told, other)]
    digits = str(terms[told].value.normalize()).strip("0.-")
    if len(digits) < _LEAST_DIGITS or any(len(name) < _LEAST_NAME for name in names):
        return None
    # the name of the first may begin with more words in one place than in the other: its end counts
    kept = [name[-_LEAST_NAME:] if i < max(told, other) else name for name, i in zip(names, (told, other), strict=True)]
    return kept[0], terms[told].value, terms[told].measure, kept[1], terms[other].measure


def _share_words(one: str, other: str) -> bool:
    return any(one[k : k + _SHARED] in other for k in range(len(one) - _SHARED + 1))


def _calculation(first: _Beside, again: _Beside) -> Calculation:
    statement = again.statement
    return Calculation(
        code="DUP406",
        subject=f"“{again.quantity.label}”的再次表述（其旁数字与前文相同）",
        stated=again.quantity,
        expression=first.quantity,
        severity=Severity.WARNING,
        quote=statement.sentence_with(again.index),
    )
