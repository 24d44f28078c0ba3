"""What must hold of any rubric: scores are attainable ones, better rates never score less, and nothing raises."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.rubric.compile import compile_rubric
from patterns.rubric.facts import FactKind, facts
from patterns.rubric.limits import Limits
from patterns.rubric.marks import likely_total
from patterns.rubric.model import Bands, Rubric, walk
from patterns.rubric.score import attainable, score
from patterns.rubric.score_set import ScoreSet

_EXAMPLES: list[dict[str, Any]] = tomllib.loads((files("patterns") / "rubric" / "examples.toml").read_text("utf-8"))[
    "rubrics"
]
_RUBRICS = [
    compile_rubric(example["text"], Decimal(example["full_mark"]) if "full_mark" in example else None, example["name"])
    for example in _EXAMPLES
]

_hundredths = st.integers(min_value=0, max_value=20000).map(lambda value: Fraction(value, 100))


@st.composite
def _rubric_with_facts(draw: st.DrawFn) -> tuple[Rubric, dict[str, tuple[Fraction, Fraction]]]:
    rubric = draw(st.sampled_from(_RUBRICS))
    given_facts = {}
    for fact in facts(rubric):
        if not draw(st.booleans()):
            continue
        if fact.kind is FactKind.YES_NO:
            value = Fraction(draw(st.integers(min_value=0, max_value=1)))
            given_facts[fact.name] = (value, value)
        elif fact.kind is FactKind.COUNT:
            value = Fraction(draw(st.integers(min_value=0, max_value=40)))
            given_facts[fact.name] = (value, value)
        else:
            lower = draw(_hundredths)
            given_facts[fact.name] = (lower, lower + draw(st.sampled_from([Fraction(0), Fraction(1, 100)])))
    return rubric, given_facts


@given(_rubric_with_facts())
@settings(max_examples=600, deadline=None)
def test_score_lies_within_attainable(drawn: tuple[Rubric, dict[str, tuple[Fraction, Fraction]]]) -> None:
    rubric, given_facts = drawn
    scores = score(rubric, given_facts)
    if scores is not None:
        assert scores.within(attainable(rubric))


@given(_rubric_with_facts())
@settings(max_examples=200, deadline=None)
def test_no_score_above_the_full_mark_or_below_zero(
    drawn: tuple[Rubric, dict[str, tuple[Fraction, Fraction]]],
) -> None:
    rubric, given_facts = drawn
    scores = score(rubric, given_facts)
    if scores is not None and rubric.full_mark is not None:
        assert scores.lower >= 0
        assert scores.upper <= rubric.full_mark


@st.composite
def _falling_bands(draw: st.DrawFn) -> tuple[str, list[int], list[Decimal]]:
    """A rubric of bands from the top down, with its bounds in percent and its marks."""
    bounds = sorted(draw(st.sets(st.integers(min_value=1, max_value=99), min_size=1, max_size=5)), reverse=True)
    worths = sorted(
        draw(st.sets(st.integers(min_value=0, max_value=40), min_size=len(bounds) + 1, max_size=len(bounds) + 1)),
        reverse=True,
    )
    marks = [Decimal(worth) / 4 for worth in worths]
    rows = [f"{bounds[0]}%≤完成率的，得{marks[0]}分"]
    rows += [
        f"{upper}%＞完成率≥{lower}%的，得{worth}分"
        for (upper, lower), worth in zip(pairwise(bounds), marks[1:-1], strict=True)
    ]
    rows.append(f"完成率＜{bounds[-1]}%的，得{marks[-1]}分")
    if draw(st.booleans()):
        rows = [f"{number}.{row}" for number, row in enumerate(rows, start=1)]
    return "；".join(rows) + "。", bounds, marks


@given(_falling_bands(), _hundredths, _hundredths)
@settings(max_examples=300, deadline=None)
def test_better_rate_never_scores_less(
    drawn: tuple[str, list[int], list[Decimal]], first: Fraction, second: Fraction
) -> None:
    text, bounds, marks = drawn
    rubric = compile_rubric(text, marks[0])
    assert rubric.is_understood
    better, worse = max(first, second), min(first, second)
    high, low = (score(rubric, {"完成率": (rate, rate)}) for rate in (better, worse))
    assert high is not None
    assert low is not None
    assert low.upper <= high.lower or low == high
    expected = next((mark for bound, mark in zip(bounds, marks, strict=False) if better >= bound), marks[-1])
    assert high == ScoreSet.points(Fraction(expected))


@given(_falling_bands())
@settings(max_examples=200, deadline=None)
def test_bands_have_no_gaps_and_no_overlaps_also_when_numbered(drawn: tuple[str, list[int], list[Decimal]]) -> None:
    text, bounds, marks = drawn
    rubric = compile_rubric(text, marks[0])
    (bands,) = (part for part in rubric.parts if isinstance(part, Bands))
    assert len(bands.bands) == len(marks)
    assert bands.gaps() == ()
    assert bands.overlaps() == ()
    assert _bounds(bands) == {Decimal(bound) for bound in bounds}


def _bounds(bands: Bands) -> set[Decimal]:
    ends = [end for band in bands.bands for end in (band.limits.lower, band.limits.upper)]
    return {end for end in ends if end is not None}


_WORDS = st.sampled_from(
    [
        *[
            "得",
            "扣",
            "分",
            "满分",
            "不得分",
            "每",
            "一项",
            "1",
            "2.",
            "3、",
            "（1）",
            "①",
            "90%",
            "0.5",
            "≥",
            "＜",
            "=",
            "×",
            "÷",
            "（",
            "）",
            "执行率",
            "完成率",
            "得分=",
            "酌情扣分",
            "否则",
        ],
        *[
            "以上",
            "低于",
            "个百分点",
            "，",
            "；",
            "。",
            "：",
            "“三公”经费",
            "按比例",
            "本项",
            "如",
            "最高",
            "扣完为止",
            "∑",
            "[",
            "]",
            "-",
            "—",
            "各",
            "加",
            "标准",
            "不超过",
        ],
        "\n",
        " ",
    ]
)


@given(st.lists(_WORDS, max_size=30).map("".join), st.sampled_from([None, Decimal(5), Decimal("22.5")]))
@settings(max_examples=800, deadline=None)
def test_any_words_compile_to_spans_within_the_text(text: str, full_mark: Decimal | None) -> None:
    rubric = compile_rubric(text, full_mark, "指标")
    rubric.readable()
    facts(rubric)
    scores = attainable(rubric)
    assert scores.lower >= 0
    for part in walk(rubric.parts):
        assert 0 <= part.span[0] <= part.span[1] <= len(text)
    if not rubric.is_understood and full_mark is not None:
        assert scores == ScoreSet.range(0, Fraction(full_mark))


@given(
    st.lists(st.tuples(_hundredths, _hundredths).map(sorted).map(tuple), min_size=1, max_size=5),
    st.lists(st.tuples(_hundredths, _hundredths).map(sorted).map(tuple), min_size=1, max_size=5),
    st.integers(min_value=0, max_value=100),
    st.integers(min_value=0, max_value=100),
)
def test_sum_of_sets_holds_every_sum(
    first: list[tuple[Fraction, Fraction]], second: list[tuple[Fraction, Fraction]], one: int, other: int
) -> None:
    a, b = ScoreSet.of(first), ScoreSet.of(second)
    (low, high), (lower, upper) = first[0], second[0]
    point = low + (high - low) * Fraction(one, 100) + lower + (upper - lower) * Fraction(other, 100)
    assert a.plus(b).allows(point, Fraction(0))
    assert a.plus(b).minus(b).allows(low, Fraction(0))


@pytest.mark.parametrize(
    ("lower", "upper", "value", "inside"), [("1", "2", "1", True), ("1", "2", "2", True), ("1", "2", "2.01", False)]
)
def test_limits_hold_their_closed_ends(lower: str, upper: str, value: str, inside: bool) -> None:
    assert Limits(Decimal(lower), Decimal(upper)).contains(Fraction(value)) is inside


@pytest.mark.parametrize(
    ("text", "full_mark", "total"),
    [
        ("账目清楚（1分）；分工明确（1分）；处置规范（3分）。", "3", "5"),
        ("1.制度齐全（1分）；2.专人负责（1分）；3.台账完整（3分）。", "3", "5"),
        ("好评率≥90%得5分；好评率＜90%得0分。", "6", "5"),
        ("得分=按期办结数/受理数×8分。", "6", "8"),
        # variants of one statement, from the best down
        ("1.制度执行良好（3分）；2.制度执行一般（1分）。", "3", None),
        # left to the scorer, cut off, not understood, marks on another scale
        ("账目清楚（1分）；分工明确（3分），不到位的酌情扣分。", "3", None),
        ("账目清楚（1分）；分工明确（3分）；处置规", "3", None),
        ("账目清楚（1分）；分工明确（3分）；超额完成的加1分。", "3", None),
        ("好评率≥90%得100分；好评率＜90%得60分。", "6", None),
        ("账目清楚（1分）；分工明确（2分）。", "3", None),
    ],
)
def test_likely_total(text: str, full_mark: str, total: str | None) -> None:
    rubric = compile_rubric(text, Decimal(full_mark))
    assert likely_total(rubric) == (None if total is None else Decimal(total))
