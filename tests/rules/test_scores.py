"""The score rules on trees that hold and trees that do not."""

from __future__ import annotations

import pytest

from pipeline.model.check import Verdict
from pipeline.model.indicator import Origin
from pipeline.model.report import Report
from pipeline.reconcile.evaluate import evaluate
from pipeline.rules.registry import rule_by_code
from tests.builders import sample_report, scored_report

CLEAN = [
    (0, "总分", "100", "96.98"),
    (1, "决策", "20", "20"),
    (1, "过程", "20", "19"),
    (2, "资金管理", "12", "11", "91.67%"),
    (3, "预算执行率", "7", "6"),
    (3, "资金使用合规性", "5", "5"),
    (2, "组织实施", "8", "8", "100%"),
    (1, "履职", "60", "57.98", "96.63%"),
]


def changed(name: str, **columns: str) -> list[tuple[int, str, str | None, str | None]]:
    """The clean tree with one indicator's full mark, score or rate replaced."""
    rows = []
    for level, label, *figures in CLEAN:
        own = columns if label == name else {}
        printed = dict(zip(("full_mark", "score", "rate"), figures, strict=False)) | own
        rows.append((level, label, *printed.values()))
    return rows


def verdicts(report: Report, code: str) -> list[Verdict]:
    return [evaluate(c, "c").verdict for c in rule_by_code(code).function(report)]


@pytest.mark.parametrize("code", ["SCO101", "SCO102", "SCO103", "SCO104", "SCO105"])
def test_clean_tree_holds(code: str) -> None:
    found = verdicts(scored_report(CLEAN), code)
    assert found
    assert set(found) <= {Verdict.EXACT, Verdict.WITHIN_ROUNDING}


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        ("SCO101", changed("资金管理", score="12", rate="100%")),
        ("SCO102", changed("资金管理", full_mark="13")),
        ("SCO103", changed("履职", rate="96.36%")),
        ("SCO104", changed("资金使用合规性", score="6")),
        ("SCO105", changed("总分", score="96.63")),
    ],
)
def test_contradictions_are_found(code: str, rows: list[tuple[int, str, str | None, str | None]]) -> None:
    assert Verdict.INCONSISTENT in verdicts(scored_report(rows), code)


def test_a_score_rate_near_the_total_is_no_rival() -> None:
    """Parts that make 96.98 beside a block's score rate of 96.63%: nothing to find; a total of 96.63 is."""
    report = scored_report(CLEAN)
    for code in ("SCO101", "SCO103", "SCO105"):
        assert Verdict.INCONSISTENT not in verdicts(report, code)


def test_missing_children_in_prose_do_not_accuse() -> None:
    rows = [(1, "资金管理", "8", "8"), (2, "采购", "2", "2"), (2, "合规", "3", "3")]
    report = scored_report(rows, origin=Origin.PROSE)
    assert verdicts(report, "SCO101") == [Verdict.UNVERIFIABLE]
    assert verdicts(report, "SCO102") == [Verdict.UNVERIFIABLE]


def test_total_is_unverifiable_when_the_tree_is_not_whole() -> None:
    rows = [(0, "总分", None, "95"), (1, "决策", "20", "20"), (1, "过程", "20", "19")]
    assert verdicts(scored_report(rows), "SCO105") == [Verdict.UNVERIFIABLE]


@pytest.mark.parametrize(
    ("total", "grade", "verdict"),
    [("88.5", "优", Verdict.INCONSISTENT), ("90.0", "优", Verdict.EXACT), ("79.9", "中", Verdict.EXACT)],
)
def test_grade(total: str, grade: str, verdict: Verdict) -> None:
    assert verdicts(scored_report([(0, "总分", "100", total)], grade=grade), "SCO107") == [verdict]


@pytest.mark.parametrize(
    ("name", "verdict"),
    [("nanyu-market-2021.pdf", Verdict.EXACT), ("nanyu-market-2021-planted.pdf", Verdict.INCONSISTENT)],
)
def test_parts_told_with_the_total(name: str, verdict: Verdict) -> None:
    report = sample_report(name)
    assert verdicts(report, "SCO108") == [verdict]


def test_prose_against_the_table() -> None:
    assert Verdict.INCONSISTENT in verdicts(sample_report("songqi-road-2023-planted.pdf"), "SCO106")
    assert set(verdicts(sample_report("songqi-road-2023.pdf"), "SCO106")) <= {Verdict.EXACT, Verdict.WITHIN_ROUNDING}


LEAVES_ONLY = [
    (0, "总分", "100", "91"),
    (1, "决策", None, None),
    (2, "立项", "15", "12"),
    (2, "预算", "25", "24"),
    (1, "产出", None, None),
    (2, "数量", "60", "55"),
]


@pytest.mark.parametrize(
    ("marks", "score", "verdict"),
    [
        ("60", "55", Verdict.EXACT),
        ("66", "55", Verdict.INCONSISTENT),
        ("55", "55", Verdict.INCONSISTENT),
        # the scores do not add up either: a row may be missing
        ("50", "45", Verdict.UNVERIFIABLE),
    ],
)
def test_full_marks_of_leaves_are_added_where_no_level_between_prints_any(
    marks: str, score: str, verdict: Verdict
) -> None:
    rows = [*LEAVES_ONLY[:-1], (2, "数量", marks, score)]
    assert verdicts(scored_report(rows), "SCO102") == [verdict]
