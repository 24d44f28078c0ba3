"""When what was found counts as what a label means."""

from __future__ import annotations

import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))  # benchmarks stand beside the code, as tests do

from benchmarks.labels.labelled import Contradiction, Relation
from benchmarks.labels.matching import Told, amounts, is_same_name, is_verified_by, numbers, speaks_of
from benchmarks.labels.measure import Overlap, overlap_of_values
from benchmarks.labels.tally import f1, precision, recall
from pipeline.model.finding import Finding
from tests.sample_outcome import sample_outcome


def finding(stated: str, expected: str, title: str) -> Finding:
    reconciliation = sample_outcome().reconciliation
    assert reconciliation is not None
    some = reconciliation.findings[0]
    return replace(some, stated=stated, expected=expected, title=title, message="", formula="", quote="")


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("1,250.50万元", {"1250.5", "12505000"}),
        ("3.2亿元", {"3.2", "320000000"}),
        ("480元", {"480"}),
        ("-5.10%", {"5.1"}),
        ("优", set()),
    ],
)
def test_amounts(figure: str, expected: set[str]) -> None:
    assert amounts(figure) == {Decimal(value) for value in expected}


def test_numbers_drop_marks_and_signs() -> None:
    assert numbers("由1，200.0增至-35", "35") == {Decimal(1200), Decimal(35)}


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("预算执行率", "预算执行率（10分）", True),
        ("重点工作完成情况", "重点工作完成", True),
        ("资金到位率", "群众满意度", False),
        ("", "群众满意度", False),
    ],
)
def test_names(a: str, b: str, same: bool) -> None:
    assert is_same_name(a, b) is same


@pytest.mark.parametrize(
    ("text", "verified"),
    [
        ("120 + 80 + 50 = 250", True),
        ("250 - 120 = 130", False),
        ("120 + 80 = 200", False),
    ],
)
def test_relation_is_verified_by_its_figures(text: str, verified: bool) -> None:
    relation = Relation("支出合计", "250", ("120", "80", "50"))
    assert is_verified_by(relation, Told(numbers(text), text)) is verified


def test_grade_is_verified_by_its_word() -> None:
    relation = Relation("等级", "良", ("86.5分",))
    assert is_verified_by(relation, Told(numbers("86.5"), "86.5分，良"))
    assert not is_verified_by(relation, Told(numbers("86.5"), "86.5分，优"))


@pytest.mark.parametrize(
    ("relation", "recomputed", "told", "speaks"),
    [
        (
            Relation("支出合计", "26.50万元", ("12.00万元", "13.00万元")),
            "25万元",
            ("265000", "250000", "支出合计"),
            True,
        ),
        (
            Relation("支出合计", "26.50万元", ("12.00万元", "13.00万元")),
            "25万元",
            ("12.00", "13.00", "收入合计"),
            False,
        ),
        (Relation("支出合计", "26.50万元", ("12.00万元", "13.00万元")), "25万元", ("26.50", "7", "支出合计"), False),
        (Relation("全年支出", "58.20万元", ("52.80万元",)), "52.80万元", ("58.20", "7", "全年支出与执行数"), True),
        (Relation("全年支出", "58.20万元", ("52.80万元",)), "52.80万元", ("52.80", "58.20", "执行数"), True),
        (Relation("全年支出", "58.20万元", ("52.80万元",)), "52.80万元", ("58.20", "7", "执行数"), False),
        (Relation("满意度得分", "4", ("3",)), "3", ("4", "3", "到位率"), False),
    ],
)
def test_finding_speaks_of_contradiction(
    relation: Relation, recomputed: str, told: tuple[str, str, str], speaks: bool
) -> None:
    contradiction = Contradiction(relation, recomputed, "a slip", False, False, None)
    assert speaks_of(finding(*told), contradiction) is speaks


def test_values_are_counted_as_often_as_they_stand() -> None:
    overlap = overlap_of_values([Decimal(5), Decimal(5), Decimal(7)], [Decimal(5), Decimal(8)])
    assert overlap == Overlap(1, ("5", "7"), ("8",))
    assert recall([overlap]) == pytest.approx(1 / 3)
    assert precision([overlap]) == pytest.approx(1 / 2)
    assert f1([overlap]) == pytest.approx(2 / 5)
    assert recall([Overlap(0, (), ())]) is None
