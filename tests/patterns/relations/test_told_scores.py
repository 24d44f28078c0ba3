"""How scores came about, on the examples that stand with the patterns."""

from __future__ import annotations

import pytest

from patterns.fold import squeeze
from patterns.relations.told_scores import (
    COUNTED_DEDUCTION_EXAMPLES,
    NAMED_DEDUCTION_EXAMPLES,
    SCORED_BAND_EXAMPLES,
    SCORED_RATE_EXAMPLES,
    find_counted_deductions,
    find_named_deductions,
    find_scored_bands,
    find_scored_rates,
)
from patterns.relations.wording import Wording


def read(text: str) -> Wording:
    return Wording.read(squeeze(text)[0])


def printed(wording: Wording, i: int) -> str:
    return wording.text[wording.terms[i].start : wording.terms[i].end]


@pytest.mark.parametrize(("text", "expected"), SCORED_RATE_EXAMPLES)
def test_scored_rates(text: str, expected: tuple[tuple[str, str, str, bool], ...]) -> None:
    w = read(text)
    found = [(printed(w, t.rate), printed(w, t.score), t.formula, t.in_proportion) for t in find_scored_rates(w)]
    assert found == list(expected)


@pytest.mark.parametrize(("text", "expected"), SCORED_BAND_EXAMPLES)
def test_scored_bands(text: str, expected: tuple[tuple[str, str], ...]) -> None:
    w = read(text)
    conditions = [(t.condition, t.score) for t in find_scored_bands(w)]
    assert [(c.limits.readable(c.variable, c.unit), printed(w, score)) for c, score in conditions] == list(expected)


@pytest.mark.parametrize(("text", "expected"), NAMED_DEDUCTION_EXAMPLES)
def test_named_deductions(text: str, expected: tuple[tuple[str, str, bool], ...]) -> None:
    w = read(text)
    assert [(t.name, printed(w, t.points), t.partial) for t in find_named_deductions(w)] == list(expected)


@pytest.mark.parametrize(("text", "expected"), COUNTED_DEDUCTION_EXAMPLES)
def test_counted_deductions(text: str, expected: tuple[tuple[str, str, str], ...]) -> None:
    w = read(text)
    found = [(t.thing, printed(w, t.count), printed(w, t.points)) for t in find_counted_deductions(w)]
    assert found == list(expected)
