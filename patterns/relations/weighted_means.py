"""Rates weighed by shares that the words tell (甲满意度 a%；乙满意度 b%。按60%、40%的权重加权，综合满意度 x%)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from patterns.relations.wording import Wording


@dataclass(frozen=True, slots=True)
class WeightedMean:
    """A mean (by index) with the rates it weighs and their weights, in the same order."""

    mean: int
    rates: tuple[int, ...]
    weights: tuple[int, ...]


_WEIGHED = regex.compile(r"权重|加权")
_NAME = regex.compile(r"(?:综合|总体|加权)(?:平均)?(?P<name>\p{Han}{2,6}[率度])(?:为|达到?|是)?$")
_SUBJECT = regex.compile(r"(?:^|按照?|[、和])(?P<name>(?!按)\p{Han}{2,10}?)(?:占|为)?$")
_WHOLE = 100


def find_weighted_means(wording: Wording) -> Iterator[WeightedMean]:
    """Every 综合…率 whose sentence tells weights of 100% in all, with as many rates of its name in the paragraph before
    as there are weights, each of what its weight is for."""
    for i, term in enumerate(wording.terms):
        match = _NAME.search(wording.head(i)) if term.measure == "percent" else None
        if match is None:
            continue
        start = wording.sentence_at(term.start)[0]
        cue = _WEIGHED.search(wording.text, start, term.start)
        weights = [j for j in wording.terms_between(start, term.start) if wording.terms[j].measure == "percent"]
        name = match.group("name")
        rates = [
            j
            for j in wording.terms_between(0, start)
            if wording.terms[j].measure == "percent" and wording.head(j).endswith(name)
        ]
        exact = all(wording.terms[j].approximate is None for j in (i, *weights, *rates))
        full = sum(wording.terms[j].value for j in weights) == _WHOLE
        alike = len(weights) == len(rates) > 1 and _are_of_the_same(wording, rates, weights)
        if cue is not None and exact and full and alike:
            yield WeightedMean(i, tuple(rates), tuple(weights))


def _are_of_the_same(wording: Wording, rates: list[int], weights: list[int]) -> bool:
    """Whether what each weight is for (商户60%) is named before its rate and behind the rate before that."""
    start = 0
    for rate, weight in zip(rates, weights, strict=True):
        subject = _SUBJECT.search(wording.head(weight))
        if subject is None or subject.group("name") not in wording.text[start : wording.terms[rate].start]:
            return False
        start = wording.terms[rate].end
    return True


# text, then (mean, rates, weights) as printed
WEIGHTED_MEAN_EXAMPLES: tuple[tuple[str, tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]], ...] = (
    (
        "商户满意度90%；居民满意度80%。按商户60%、居民40%的权重加权，综合满意度为86%。",
        (("86%", ("90%", "80%"), ("60%", "40%")),),
    ),
    ("商户满意度90%；居民满意度80%，商户满意度居首。综合满意度为86%。", ()),
    ("2022年满意度90%；2023年满意度80%。按商户60%、居民40%的权重加权，综合满意度为86%。", ()),
    ("商户满意度90%。按商户60%、居民40%的权重加权，综合满意度为86%。", ()),
    ("商户满意度90%；居民满意度80%。按商户60%、居民30%的权重加权，综合满意度为86%。", ()),
)
