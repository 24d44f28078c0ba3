"""When what the pipeline found is what a label means."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from benchmarks.labels.labelled import Contradiction, LabelledIndicator, Relation, Trap
from pipeline.model.check import Check, Ruled, operands_of
from pipeline.model.finding import Finding
from pipeline.model.indicator import Indicator

_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_MARKS = re.compile("[,，]")
_IN_YUAN = {"元": 1, "万元": 10**4, "亿元": 10**8}
_UNIT = re.compile("(?:万|亿)?元$")
_HAN = re.compile(r"[一-鿿]")

_SAME_NAME = 0.6
"""Two names are one when they share this part of the characters of the longer."""
_SAME_SUBJECT = 0.7
"""A finding is about a thing when it has this part of the characters of its name."""
_RARE_DIGITS = 3
"""A figure of so many digits is hardly printed for two different things that are both wrong in the same way."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a check has in it: its numbers, as printed and in the base unit, and its text."""

    numbers: frozenset[Decimal]
    text: str


def numbers(*texts: str) -> frozenset[Decimal]:
    """Every number printed in texts. Signs are dropped: a hyphen before a figure may as well be a dash."""
    return frozenset(
        Decimal(_MARKS.sub("", match.group())).normalize() for text in texts for match in _NUMBER.finditer(text)
    )


@cache
def amounts(figure: str) -> frozenset[Decimal]:
    """The number of a labelled figure as printed and, for money, in yuan: texts have one, formulas the other."""
    unit = _UNIT.search(figure)
    worth = _IN_YUAN[unit.group()] if unit else 1
    printed = numbers(figure)
    return printed | {(number * worth).normalize() for number in printed}


def speaks_of(finding: Finding, contradiction: Contradiction) -> bool:
    """Whether a finding tells of a contradiction: it names the stated or the re-computed figure, and two figures of
    the contradiction in all. One of less than three figures is known by the name of what is stated, or by its two
    figures being set against each other where they are no everyday numbers."""
    relation = contradiction.relation
    stated, recomputed = amounts(relation.stated), amounts(contradiction.recomputed)
    figures = {stated, recomputed, *(amounts(operand) for operand in relation.operands)} - {frozenset()}
    have = numbers(finding.stated, finding.expected, finding.formula, finding.message, finding.quote)
    named = sum(bool(figure & have) for figure in figures)
    if len(figures) >= 3:
        return named >= 2 and bool((stated | recomputed) & have)
    if _is_about(relation.what, f"{finding.title}{finding.message}{finding.quote}"):
        return named >= 1
    against = (numbers(finding.stated), numbers(finding.expected))
    return any(
        stated & one and recomputed & other and _is_rare(relation.stated) for one, other in (against, against[::-1])
    )


def is_verified_by(relation: Relation, told: Told) -> bool:
    """Whether a check that holds, of which this is told, is about a relation: it has the stated figure (a grade has no
    number) and half of the operands."""
    stated = amounts(relation.stated)
    if not (stated & told.numbers if stated else relation.stated in told.text):
        return False
    named = sum(bool(amounts(operand) & told.numbers) for operand in relation.operands)
    return named * 2 >= len(relation.operands)


def told_by(check: Check) -> Told:
    """The figures and the text of a check."""
    calculation = check.calculation
    rule_figures = calculation.expression.rule_figures if isinstance(calculation.expression, Ruled) else ()
    quantities = (calculation.stated, *operands_of(calculation.expression), *rule_figures)
    text = "\n".join((calculation.quote, check.formula, *(quantity.printed for quantity in quantities)))
    values = frozenset(abs(quantity.value).normalize() for quantity in quantities)
    return Told(numbers(text) | values, text)


def is_flagged_by(trap: Trap, finding: Finding) -> bool:
    """Whether a finding sets two figures of a trap against each other."""
    return len(numbers(*trap.figures) & numbers(finding.stated, finding.expected)) >= 2


def is_same_indicator(labelled: LabelledIndicator, indicator: Indicator) -> bool:
    """Whether name and score agree, and the full mark where one is labelled."""
    return _is_scored_alike(labelled, indicator) and labelled.full_mark in (None, _full_mark(indicator))


def is_told_again(labelled: LabelledIndicator, indicator: Indicator) -> bool:
    """Whether an indicator may be the labelled one told in another place, where its full mark need not stand."""
    return _is_scored_alike(labelled, indicator) and (
        labelled.full_mark is None or _full_mark(indicator) in (None, labelled.full_mark)
    )


def is_same_name(a: str, b: str) -> bool:
    """Whether names agree but for a part left out or a few characters; only Chinese characters count."""
    first, second = "".join(_HAN.findall(a)), "".join(_HAN.findall(b))
    if not first or not second:
        return False
    common = (Counter(first) & Counter(second)).total()
    return first in second or second in first or common >= _SAME_NAME * max(len(first), len(second))


def _is_rare(figure: str) -> bool:
    return sum(sign.isdigit() for sign in figure) >= _RARE_DIGITS


def _is_about(what: str, text: str) -> bool:
    subject = Counter(_HAN.findall(what.removesuffix("得分")))
    return (subject & Counter(_HAN.findall(text))).total() >= _SAME_SUBJECT * subject.total()


def _is_scored_alike(labelled: LabelledIndicator, indicator: Indicator) -> bool:
    score = None if indicator.score is None else indicator.score.value
    return score == labelled.score and is_same_name(labelled.name, indicator.name)


def _full_mark(indicator: Indicator) -> Decimal | None:
    return None if indicator.full_mark is None else indicator.full_mark.value
