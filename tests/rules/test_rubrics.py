"""RUB401, RUB402 and RUB403 on one indicator with its rubric and the facts of the report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model.check import Severity, Verdict
from pipeline.model.indicator import Origin
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.report import Report
from pipeline.reconcile.evaluate import evaluate
from pipeline.rules.registry import rule_by_code
from tests.builders import money, percent, quantity, scored_report

BANDS = "利用率≥90%的，得3分；80%≤利用率＜90%的，得2分；利用率＜80%的，得0分。"
EXECUTION = (
    "1.采购执行率得分=采购执行率×1分。采购执行率=（实际采购金额/采购计划金额）×100%。"
    "如实际采购金额大于采购计划金额，本项得0分。2.采购政策落实情况（1分），落实不到位的酌情扣分。"
)
CHECKLIST = "1.目标完整（1分）；2.目标细化（1分）；3.目标可衡量（2分）。"


def report(name: str, full_mark: str, score: str, rubric: str, *facts: Quantity) -> Report:
    """A report with one scored indicator; a second score with two places sets how fine scores are printed."""
    made = scored_report([(1, name, full_mark, score), (1, "其他", "5", "4.50")], origin=Origin.TABLE)
    first, second = made.indicators
    numbered = tuple(replace(fact, quantity_id=f"f{i}") for i, fact in enumerate(facts))
    return replace(made, quantities=(*made.quantities, *numbered), indicators=(replace(first, rubric=rubric), second))


def verdicts(made: Report, code: str) -> list[Verdict]:
    return [evaluate(c, "c").verdict for c in rule_by_code(code).function(made)]


@pytest.mark.parametrize(
    ("full_mark", "score", "rubric", "facts", "verdict"),
    [
        ("3", "3", BANDS, [percent("92.40%", "设备利用率")], Verdict.EXACT),
        ("3", "3", BANDS, [percent("85.10%", "设备利用率")], Verdict.INCONSISTENT),
        # what 90.0% stands for reaches to either side of the bound: 3 and 2 are both possible
        ("3", "3", BANDS, [percent("90.0%", "设备利用率")], Verdict.EXACT),
        ("3", "2", BANDS, [percent("90.0%", "设备利用率")], Verdict.EXACT),
        # two figures of the same name: only what they agree on counts
        ("3", "3", BANDS, [percent("92.40%", "设备利用率"), percent("85.10%", "设备利用率")], Verdict.UNVERIFIABLE),
    ],
)
def test_bands(full_mark: str, score: str, rubric: str, facts: list[Quantity], verdict: Verdict) -> None:
    made = report("设备利用率", full_mark, score, rubric, *facts)
    assert verdict in verdicts(made, "RUB401")


@pytest.mark.parametrize(
    ("score", "facts", "verdict"),
    [
        ("1.98", [percent("97.52%", "政府采购执行率")], Verdict.WITHIN_ROUNDING),
        ("2", [percent("97.52%", "政府采购执行率")], Verdict.INCONSISTENT),
        # 119% says that more was bought than planned, which costs the execution point
        ("2", [percent("119%", "采购执行率")], Verdict.INCONSISTENT),
        ("1", [percent("119%", "采购执行率")], Verdict.EXACT),
        (
            "1.90",
            [money("190.00", 10_000, "实际采购金额"), money("200.00", 10_000, "采购计划金额")],
            Verdict.EXACT,
        ),
    ],
)
def test_proportional_part_and_knock_out(score: str, facts: list[Quantity], verdict: Verdict) -> None:
    assert verdicts(report("采购执行情况", "2", score, EXECUTION, *facts), "RUB401") == [verdict]


def test_a_rate_of_something_else_only_confirms() -> None:
    """A bare 利用率 elsewhere may be that of anything; the indicator's own rate decides where it is told."""
    bare, own = percent("65.54%", "利用率"), percent("92.40%", "设备利用率")
    assert verdicts(report("设备利用率", "3", "3", BANDS, bare), "RUB401") == [Verdict.UNVERIFIABLE]
    assert verdicts(report("设备利用率", "3", "3", BANDS, bare, own), "RUB401") == [Verdict.EXACT]


def test_scores_by_the_piece_are_doubted_not_accused() -> None:
    made = report("目标完整性", "2", "1.5", "①目标具体；②目标可衡量。每项1分。")
    (calculation,) = rule_by_code("RUB402").function(made)
    assert evaluate(calculation, "c").verdict is Verdict.INCONSISTENT
    assert calculation.severity is Severity.WARNING


def test_no_facts_no_verdict() -> None:
    assert verdicts(report("设备利用率", "3", "3", BANDS), "RUB401") == []


@pytest.mark.parametrize(("score", "verdict"), [("3", Verdict.EXACT), ("2.5", Verdict.INCONSISTENT)])
def test_attainable(score: str, verdict: Verdict) -> None:
    assert verdicts(report("设备利用率", "3", score, BANDS), "RUB402") == [verdict]


def test_what_is_not_understood_accuses_nobody() -> None:
    made = report("设备利用率", "3", "2.5", "由评审组参照以往年度综合研判后给分。")
    assert Verdict.INCONSISTENT not in verdicts(made, "RUB402")


@pytest.mark.parametrize(("full_mark", "verdict"), [("4", Verdict.EXACT), ("3", Verdict.INCONSISTENT)])
def test_marks_handed_out(full_mark: str, verdict: Verdict) -> None:
    assert verdicts(report("目标设置", full_mark, "3", CHECKLIST), "RUB403") == [verdict]


def test_counts_are_facts_too() -> None:
    rubric = "得分=已完成项目数/计划完成项目总数×6分。"
    facts = [
        quantity("22", Kind.COUNT, unit="个", label="已完成项目数"),
        quantity("26", Kind.COUNT, unit="个", label="计划完成项目总数"),
    ]
    made = report("项目完成及时性", "6", "5.08", rubric, *facts)
    assert set(verdicts(made, "RUB401")) <= {Verdict.EXACT, Verdict.WITHIN_ROUNDING}


@pytest.mark.parametrize(
    ("others", "severity"),
    [
        # rubrics that hand out just their full marks show the scale of the report; too few of them show nothing
        (5, Severity.WARNING),
        (4, None),
    ],
)
def test_marks_of_lists_without_numbers(others: int, severity: Severity | None) -> None:
    odd = "账目清楚（1分）；分工明确（1分）；处置规范（3分）。"
    rows = [(1, f"指标{i}", "4", "4") for i in range(others)]
    made = scored_report([(1, "资产管理", "3", "3"), *rows], origin=Origin.TABLE)
    first, *rest = made.indicators
    indicators = (replace(first, rubric=odd), *(replace(other, rubric=CHECKLIST) for other in rest))
    found = [
        (check.verdict, check.calculation.severity)
        for c in rule_by_code("RUB403").function(replace(made, indicators=indicators))
        if (check := evaluate(c, "c")).verdict is not Verdict.EXACT
    ]
    assert found == ([] if severity is None else [(Verdict.INCONSISTENT, severity)])


def test_a_score_stays_rounded_where_another_is_printed_finer() -> None:
    made = scored_report([(1, "到位率", "5", "4.68"), (1, "其他", "5", "4.505")], origin=Origin.TABLE)
    first, second = made.indicators
    fact = replace(percent("93.50%", "到位率"), quantity_id="f1")
    rubric = "得分=到位率×5分，最高5分。"
    made = replace(made, quantities=(*made.quantities, fact), indicators=(replace(first, rubric=rubric), second))
    assert verdicts(made, "RUB401") == [Verdict.WITHIN_ROUNDING]
