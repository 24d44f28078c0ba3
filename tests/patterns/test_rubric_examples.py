"""Every rubric text of patterns/rubric/examples.toml compiles to what stands beside it."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from typing import Any

import pytest

from patterns.fold import fold
from patterns.rubric.compile import compile_rubric
from patterns.rubric.limits import plain
from patterns.rubric.marks import marks_total
from patterns.rubric.model import Bands, Rubric
from patterns.rubric.score import attainable, score
from patterns.rubric.score_set import ScoreSet

_EXAMPLES: list[dict[str, Any]] = tomllib.loads((files("patterns") / "rubric" / "examples.toml").read_text("utf-8"))[
    "rubrics"
]


def _compile(example: dict[str, Any]) -> Rubric:
    full_mark = Decimal(example["full_mark"]) if "full_mark" in example else None
    return compile_rubric(example["text"], full_mark, example["name"])


def _described(scores: ScoreSet | None) -> str:
    if scores is None:
        return ""
    return " ".join(
        _number(lower) if lower == upper else f"{_number(lower)}..{_number(upper)}" for lower, upper in scores.ranges
    )


def _number(value: Fraction) -> str:
    return plain(Decimal(value.numerator) / Decimal(value.denominator))


@pytest.mark.parametrize("example", _EXAMPLES, ids=lambda example: f"{example['kind']}: {example['text'][:40]}")
def test_example(example: dict[str, Any]) -> None:
    rubric = _compile(example)
    total = marks_total(rubric)
    assert rubric.readable().splitlines() == example["reads"]
    assert rubric.is_understood == example["understood"]
    assert _described(attainable(rubric)) == example["scores"]
    assert ("" if total is None else plain(total)) == example["total"]


_GIVEN = [(example, given) for example in _EXAMPLES for given in example.get("given", ())]


@pytest.mark.parametrize(
    ("example", "given"), _GIVEN, ids=[f"{example['text'][:30]}: {given['facts']}" for example, given in _GIVEN]
)
def test_score_from_facts(example: dict[str, Any], given: dict[str, Any]) -> None:
    facts = {name: (Fraction(lower), Fraction(upper)) for name, (lower, upper) in given["facts"].items()}
    assert _described(score(_compile(example), facts)) == given["scores"]


def test_there_are_examples_of_every_kind() -> None:
    kinds = {example["kind"] for example in _EXAMPLES}
    assert len(_EXAMPLES) >= 80
    assert kinds >= {"bands", "proportional", "checklist", "deduction", "knock-out", "choice", "grades", "negative"}
    assert not any(example["understood"] for example in _EXAMPLES if example["kind"] == "negative")


@pytest.mark.parametrize("example", _EXAMPLES, ids=lambda example: example["text"][:40])
def test_spans_lie_in_the_text(example: dict[str, Any]) -> None:
    rubric = _compile(example)
    for part in rubric.parts:
        start, end = part.span
        assert 0 <= start <= end <= len(rubric.text)
    for missing in rubric.not_understood:
        # What is shown as not understood is the text at its place, spaces and widths apart.
        assert len(missing.text) <= missing.span[1] - missing.span[0]


@pytest.mark.parametrize("example", _EXAMPLES, ids=lambda example: example["text"][:40])
def test_widths_and_line_breaks_do_not_matter(example: dict[str, Any]) -> None:
    """Cells come folded or not, and break their lines anywhere outside figures."""
    text = example["text"]
    full_mark = Decimal(example["full_mark"]) if "full_mark" in example else None
    broken = text.replace("率", "率\n").replace("，", " ，\n")
    for variant in (fold(text), text.replace("，", ","), broken):
        assert _plain(compile_rubric(variant, full_mark, example["name"]).readable()) == _plain(
            "\n".join(example["reads"])
        )


def _plain(text: str) -> str:
    return fold(text).replace("，", ",").replace("\n", "")


def test_spans_count_in_the_text_as_printed() -> None:
    text = "1. 利用率 ≥ 90%\n的，得 2 分；\n2. 90％＞利用率≥75％的，\n得1.5分；\n3.利用率＜75%的，得0分。"
    (bands,) = compile_rubric(text, Decimal(2)).parts
    assert isinstance(bands, Bands)
    assert [text[slice(*band.span)] for band in bands.bands] == [
        "利用率 ≥ 90%\n的，得 2 分",
        "90％＞利用率≥75％的，\n得1.5分",
        "利用率＜75%的，得0分",
    ]
