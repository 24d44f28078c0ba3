"""RUB404 and RUB405 on forms of several templates. All figures are invented."""

from __future__ import annotations

import pytest

from pipeline.model.check import Check, Severity, Verdict
from pipeline.model.report import Report
from pipeline.reconcile.evaluate import evaluate
from pipeline.rules.registry import rule_by_code
from tests.builders import sample_report
from tests.table_builders import table_report

NOTE = (
    "注：完成值达到指标值的，得满分；未达到的，正向指标得分=分值×实际完成值/年度指标值，"
    "反向指标得分=分值×年度指标值/实际完成值，不得突破该指标分值。"
)
LETTERS = "注：正向指标得分=权重*B/A；反向指标得分=权重*A/B，不得突破权重总额。得分保留两位小数。"
GRADES = (
    "定性指标根据完成情况分为全部达成、部分达成、未达成三档，分别按100%-80%（含）、80%-60%（含）、60%-0%记分。"
    + NOTE[2:]
)
HOLDS = (Verdict.EXACT, Verdict.WITHIN_ROUNDING)

# A second row with two decimals sets how finely the form prints its scores.
SIGN_IN_TARGET = """
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
产出指标 | 数量指标 | 工作成效 | {target} | {actual} | {mark} | {score} | 无
^ | 质量指标 | 验收合格率 | ≥95% | 91.2% | 10 | 9.60 | 无
"""
SIGN_IN_COLUMN = """
一级指标 | 二级指标 | 三级指标 | 指标性质 | 年度指标值 | 度量单位 | 全年完成值 | 权重 | 得分
产出指标 | 数量指标 | 工作成效 | {nature} | {target} | {unit} | {actual} | 22.5 | {score}
"""
BUDGET = """
项目资金（万元） | 资金来源 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | {header}
^ | 年度资金总额 | 100.00 | 120.00 | 96.36 | {mark} | {rate} | {score}
^ | 其中：财政拨款 | 100.00 | 120.00 | 96.36 | - | 80.30% | -
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
产出指标 | 数量指标 | 培训人次 | ≥300人次 | 285人次 | 90 | 85.50 | 无
"""


def form(drawing: str, note: str, **figures: str) -> Report:
    return table_report(drawing.format(**figures), unit=None, header_rows=0, told=note)


def checks(report: Report, code: str) -> list[Check]:
    return [evaluate(calculation, "c") for calculation in rule_by_code(code).function(report)]


def first(report: Report, code: str = "RUB404") -> Check:
    return checks(report, code)[0]


@pytest.mark.parametrize(
    ("target", "actual", "mark", "score", "verdict"),
    [
        # forward, missed
        ("≥3,200人次", "3,040人次", "20", "19.00", Verdict.EXACT),
        ("≥3,200人次", "3,040人次", "20", "19.50", Verdict.INCONSISTENT),
        ("≥3,200人次", "3,040人次", "20", "20", Verdict.INCONSISTENT),
        # forward, exceeded: the full mark and no more
        ("≥3,200人次", "3,500人次", "20", "20", Verdict.EXACT),
        ("≥3,200人次", "3,500人次", "20", "19.00", Verdict.INCONSISTENT),
        ("不少于3200人次", "3,500人次", "20", "20", Verdict.EXACT),
        # reverse
        ("≤30天", "40天", "20", "15.00", Verdict.EXACT),
        ("≤30天", "40天", "20", "18.00", Verdict.INCONSISTENT),
        ("不超过30天", "25天", "20", "20", Verdict.EXACT),
        ("≤2次", "0次", "20", "20", Verdict.EXACT),
        ("≤2次", "0次", "20", "18.00", Verdict.INCONSISTENT),
        # what 56.7% stands for reaches from 56.65% to 56.75%
        ("≥60%", "56.7%", "22.5", "21.28", Verdict.WITHIN_ROUNDING),
        ("≥60%", "56.7%", "22.5", "21.60", Verdict.INCONSISTENT),
        # 元 and 万元 are one unit
        ("≤2,000,000元", "203.26万元", "8", "7.87", Verdict.EXACT),
        # a score with fewer places than the others may be rounded to them, a whole number has dropped its zeros
        ("≥120场", "115场", "8", "7.7", Verdict.EXACT),
        ("≥120场", "115场", "8", "8", Verdict.INCONSISTENT),
        # without a sign the direction is not told: agreement in either confirms, disagreement is left open
        ("100%", "96%", "8", "7.68", Verdict.EXACT),
        ("100%", "96%", "8", "8", Verdict.EXACT),
        ("100%", "96%", "8", "7.20", Verdict.UNVERIFIABLE),
        # units differ, or the cell says more than its figure
        ("≥300人次", "95%", "8", "7.20", Verdict.UNVERIFIABLE),
        ("≥300人次", "290人", "8", "7.20", Verdict.UNVERIFIABLE),
        ("每季度≥2场", "7场", "8", "7.20", Verdict.UNVERIFIABLE),
        # several figures in one cell
        ("≥300人次", "一期150人次，二期140人次", "8", "7.73", Verdict.UNVERIFIABLE),
    ],
)
def test_score_by_the_printed_formula(target: str, actual: str, mark: str, score: str, verdict: Verdict) -> None:
    report = form(SIGN_IN_TARGET, NOTE, target=target, actual=actual, mark=mark, score=score)
    assert first(report).verdict is verdict
    assert checks(report, "RUB404")[-1].verdict is Verdict.EXACT


@pytest.mark.parametrize(
    ("nature", "target", "values", "verdict"),
    [
        ("≥", "3,200", "人次 3,040 21.38", Verdict.EXACT),
        ("≥", "60", "% 56.7 21.60", Verdict.INCONSISTENT),
        ("正向", "60", "% 61 22.5", Verdict.EXACT),
        ("≤", "30", "天 40 16.88", Verdict.EXACT),
        ("反向", "30", "天 40 20.00", Verdict.INCONSISTENT),
        # = tells no direction, and signs that differ tell none for certain
        ("=", "30", "天 40 20.00", Verdict.UNVERIFIABLE),
        ("反向", "≥30", "天 40 20.00", Verdict.UNVERIFIABLE),
    ],
)
def test_direction_in_a_column_of_its_own(nature: str, target: str, values: str, verdict: Verdict) -> None:
    unit, actual, score = values.split()
    figures = {"nature": nature, "target": target, "unit": unit, "actual": actual, "score": score}
    assert first(form(SIGN_IN_COLUMN, LETTERS, **figures)).verdict is verdict


@pytest.mark.parametrize(
    ("name", "target", "actual", "score", "verdict"),
    [
        ("货款支付及时率", "100%", "96%", "7.68", Verdict.EXACT),
        ("货款支付及时率", "100%", "69%", "7.68", Verdict.INCONSISTENT),
        ("货款支付及时率", "100%", "100%", "7.68", Verdict.INCONSISTENT),
        ("数据差错率", "2%", "4%", "4.00", Verdict.EXACT),
        ("数据差错率", "2%", "4%", "6.00", Verdict.INCONSISTENT),
        # may be meant either way
        ("成本控制率", "100%", "69%", "7.68", Verdict.UNVERIFIABLE),
    ],
)
def test_direction_by_the_name_makes_a_warning(
    name: str, target: str, actual: str, score: str, verdict: Verdict
) -> None:
    drawing = SIGN_IN_TARGET.replace("工作成效", name)
    check = first(form(drawing, NOTE, target=target, actual=actual, mark="8", score=score))
    assert (check.verdict, check.calculation.severity) == (verdict, Severity.WARNING)


FORWARD_ONLY = "注：完成值达到指标值的，得满分；未达到的，正向指标得分=分值×实际完成值/年度指标值。"


@pytest.mark.parametrize(
    ("note", "target", "actual", "score", "verdict"),
    [
        (FORWARD_ONLY, "≤30天", "40天", "20", Verdict.INCONSISTENT),
        (FORWARD_ONLY, "≤30天", "40天", "15.00", Verdict.EXACT),
        (FORWARD_ONLY, "≤30天", "40天", "18.00", Verdict.UNVERIFIABLE),
        (FORWARD_ONLY, "≤30天", "30天", "20", Verdict.EXACT),
        # so near that any proportion would round to the full mark
        (FORWARD_ONLY, "≤9,000天", "9,001天", "20", Verdict.EXACT),
        # no word that the full mark is for those who reach the target
        (FORWARD_ONLY.replace("完成值达到指标值的，得满分；", ""), "≤30天", "40天", "20", Verdict.UNVERIFIABLE),
    ],
)
def test_full_mark_for_a_target_not_reached(note: str, target: str, actual: str, score: str, verdict: Verdict) -> None:
    check = first(form(SIGN_IN_TARGET, note, target=target, actual=actual, mark="20", score=score))
    assert check.verdict is verdict
    assert verdict is not Verdict.INCONSISTENT or check.calculation.severity is Severity.WARNING


def test_letters_that_the_headers_swap_accuse_nobody() -> None:
    drawing = SIGN_IN_COLUMN.replace("年度指标值", "年度指标值（B）").replace("全年完成值", "全年完成值（A）")
    figures = {"nature": "≥", "target": "60", "unit": "%", "actual": "56.7", "score": "21.60"}
    assert first(form(drawing, LETTERS, **figures)).verdict is Verdict.UNVERIFIABLE


@pytest.mark.parametrize(
    ("note", "score", "verdict"),
    [
        (LETTERS, "19.17", Verdict.EXACT),
        (LETTERS, "19", Verdict.INCONSISTENT),
        (LETTERS.replace("得分保留两位小数。", ""), "19", Verdict.EXACT),
        (LETTERS.replace("保留两位小数", "保留整数"), "19", Verdict.EXACT),
    ],
)
def test_whole_scores_where_a_note_asks_for_decimals(note: str, score: str, verdict: Verdict) -> None:
    figures = {"nature": "≥", "target": "120", "unit": "场", "actual": "115", "score": score}
    assert first(form(SIGN_IN_COLUMN.replace("22.5", "20"), note, **figures)).verdict is verdict


@pytest.mark.parametrize(("score", "verdict"), [("19.00", Verdict.EXACT), ("19.50", Verdict.UNVERIFIABLE)])
@pytest.mark.parametrize("note", ["", "注：未完成指标值的，酌情扣分。"])
def test_without_a_printed_formula_agreement_only_confirms(note: str, score: str, verdict: Verdict) -> None:
    report = form(SIGN_IN_TARGET, note, target="≥3,200人次", actual="3,040人次", mark="20", score=score)
    assert first(report).verdict is verdict


@pytest.mark.parametrize(
    ("extra", "actual", "score"),
    [
        ("对完成值高于指标值较多的，按照偏离度适度调减分值。", "9,000人次", "18.00"),
        ("完成率低于60%的不得分。", "1,600人次", "0"),
    ],
)
def test_exceptions_the_note_makes_accuse_nobody(extra: str, actual: str, score: str) -> None:
    report = form(SIGN_IN_TARGET, NOTE + extra, target="≥3,200人次", actual=actual, mark="20", score=score)
    assert first(report).verdict is Verdict.UNVERIFIABLE


def test_a_value_without_its_unit_makes_a_warning() -> None:
    report = form(SIGN_IN_TARGET, NOTE, target="≥3,200人次", actual="3,040", mark="20", score="19.50")
    check = first(report)
    assert (check.verdict, check.calculation.severity) == (Verdict.INCONSISTENT, Severity.WARNING)
    report = form(SIGN_IN_TARGET, NOTE, target="≥95%", actual="0.91", mark="20", score="19.50")
    assert first(report).verdict is Verdict.UNVERIFIABLE


@pytest.mark.parametrize(
    ("actual", "score", "verdict"),
    [("全部达成", "18", Verdict.EXACT), ("部分达成", "18", Verdict.INCONSISTENT), ("部分达成", "14", Verdict.EXACT)],
)
def test_qualitative_grades(actual: str, score: str, verdict: Verdict) -> None:
    report = form(SIGN_IN_TARGET, GRADES, target="有所提升", actual=actual, mark="20", score=score)
    assert first(report).verdict is verdict


def test_qualitative_values_that_name_no_grade_are_left_alone() -> None:
    report = form(SIGN_IN_TARGET, GRADES, target="有所提升", actual="明显提升", mark="20", score="12")
    assert len(checks(report, "RUB404")) == 1


def test_the_note_may_stand_inside_the_form() -> None:
    drawing = SIGN_IN_TARGET + NOTE + " | < | < | < | < | < | < | <\n"
    report = form(drawing, "", target="≥3,200人次", actual="3,040人次", mark="20", score="19.50")
    assert first(report).verdict is Verdict.INCONSISTENT


def test_a_table_with_rubrics_is_no_form() -> None:
    drawing = SIGN_IN_TARGET.replace("偏差原因", "评分标准")
    report = form(drawing, NOTE, target="≥3,200人次", actual="3,040人次", mark="20", score="19.50")
    assert checks(report, "RUB404") == []


@pytest.mark.parametrize(
    ("header", "note", "values", "verdict"),
    [
        ("得分（10分×执行率）", "", "10 80.30% 8.03", Verdict.EXACT),
        ("得分（10分×执行率）", "", "10 80.30% 8.30", Verdict.INCONSISTENT),
        ("得分（20分*执行率）", "", "20 80.30% 16.06", Verdict.EXACT),
        ("得分", "注：资金执行得分=分值×执行率，最高不超过分值。", "10 80.30% 10", Verdict.INCONSISTENT),
        ("得分", "注：资金执行得分=分值×执行率，最高不超过分值。", "10 104.20% 10", Verdict.EXACT),
        ("得分", "注：资金执行得分=分值×执行率，最高不超过分值。", "10 104.20% 9.00", Verdict.INCONSISTENT),
        # no cap is printed, no formula is printed, the formula speaks of another full mark
        ("得分（10分×执行率）", "", "10 104.20% 10.42", Verdict.UNVERIFIABLE),
        ("得分", "", "10 80.30% 8.03", Verdict.EXACT),
        ("得分", "", "10 80.30% 10", Verdict.UNVERIFIABLE),
        ("得分（10分×执行率）", "", "20 80.30% 10", Verdict.UNVERIFIABLE),
    ],
)
def test_execution_score(header: str, note: str, values: str, verdict: Verdict) -> None:
    mark, rate, score = values.split()
    report = form(BUDGET, note, header=header, mark=mark, rate=rate, score=score)
    assert [check.verdict for check in checks(report, "RUB405")] == [verdict]


def test_execution_among_the_indicators() -> None:
    drawing = """
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
    预算执行率 | < | < | 100% | 93.2% | 10 | 9.23 | 无
    产出指标 | 数量指标 | 培训人次 | ≥300人次 | 285人次 | 90 | 85.50 | 无
    """
    note = "注：预算执行率得分=分值×执行率，最高不超过分值。" + NOTE[2:]
    report = form(drawing, note)
    assert [check.verdict for check in checks(report, "RUB405")] == [Verdict.INCONSISTENT]
    assert [check.verdict for check in checks(report, "RUB404")] == [Verdict.EXACT]


def test_sample_forms() -> None:
    clean = sample_report("xingzhu-library-2023.pdf")
    assert {check.verdict for code in ("RUB404", "RUB405") for check in checks(clean, code)} <= set(HOLDS)
    assert len(checks(clean, "RUB404")) == 9
    planted = checks(sample_report("anshi-training-2023-planted.pdf"), "RUB404")
    (wrong,) = [check for check in planted if check.verdict is Verdict.INCONSISTENT]
    assert wrong.formula == "22.5 × 56.7% ÷ 60% ≠ 21.60"


ADJUSTED = """
指标名称 | 计量单位 | 指标性质 | 年初指标值 | 调整指标值 | 全年完成值 | 得分系数(%) | 指标权重(分) | 指标得分(分)
巡查管网长度 | 公里 | ≥ | 200 | 150 | 147 | {rate} | 20 | {score}
检修泵站数量 | 座 | ≥ | 50 | 40 | 38 | 95 | 10 | 9.50
"""


@pytest.mark.parametrize(
    ("rate", "score", "verdicts"),
    [
        ("98", "19.60", [Verdict.EXACT, Verdict.EXACT]),
        ("98", "18.60", [Verdict.INCONSISTENT, Verdict.EXACT]),
        ("96", "19.60", [Verdict.EXACT]),  # a coefficient may be rounded up or graded: it accuses nobody
        ("73.5", "14.70", [Verdict.UNVERIFIABLE]),  # by the target as first set
    ],
)
def test_adjusted_targets_and_coefficients(rate: str, score: str, verdicts: list[Verdict]) -> None:
    found = checks(form(ADJUSTED, NOTE, rate=rate, score=score), "RUB404")
    assert [check.verdict for check in found if "巡查" in check.calculation.subject] == verdicts
