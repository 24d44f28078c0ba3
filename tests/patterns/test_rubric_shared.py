"""The compiler on the hand-labelled rubrics of ../shared, where that folder is there."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from patterns.rubric.compile import compile_rubric
from patterns.rubric.score import attainable

_LABELS = Path(__file__).parents[3] / "shared" / "labels"


def _rubrics() -> list[dict[str, str]]:
    files = sorted(_LABELS.glob("*.json")) if _LABELS.is_dir() else []
    return [row for file in files for row in json.loads(file.read_text("utf-8"))["rubric"]]


@pytest.fixture(scope="module")
def rubrics() -> list[dict[str, str]]:
    rows = _rubrics()
    if not rows:
        pytest.skip("no shared labels")
    return rows


def test_nine_tenths_compile_wholly(rubrics: list[dict[str, str]]) -> None:
    compiled = [compile_rubric(row["rubric"], Decimal(row["max_score"]), row["name"]) for row in rubrics]
    assert sum(rubric.is_understood for rubric in compiled) >= 0.9 * len(compiled)


def test_no_stated_score_is_ruled_out(rubrics: list[dict[str, str]]) -> None:
    for row in rubrics:
        rubric = compile_rubric(row["rubric"], Decimal(row["max_score"]), row["name"])
        assert attainable(rubric).allows(Fraction(row["stated_score"]), Fraction(1, 200)), row["name"]
