"""Rates, shares, growth and averages: tables that hold and tables that do not."""

from __future__ import annotations

import pytest

from pipeline.model.check import Check, Severity, Verdict
from pipeline.reconcile.evaluate import evaluate
from pipeline.rules.table_rates import rule_average_row, rule_growth_column, rule_rate_column
from tests.table_builders import table_report

E, R, X, U = Verdict.EXACT, Verdict.WITHIN_ROUNDING, Verdict.INCONSISTENT, Verdict.UNVERIFIABLE

RULES = {"RAT303": rule_rate_column, "RAT309": rule_growth_column, "RAT310": rule_average_row}

EXECUTION = """
项目 | 年初预算数 | 调整预算数 | 决算数 | 完成率
甲片区 | 20.00 | 25.00 | 18.50 | 74.00%
乙片区 | 31.00 | 30.00 | 28.50 | 95.00%
丙片区 | 14.00 | 16.00 | 15.20 | 95.00%
合计 | 65.00 | 71.00 | 62.20 | 87.61%
"""
FORM = """
资金来源 | 年初预算数 | 全年预算数(A) | 全年执行数(B) | 执行率(B/A)
年度资金总额 | 300.00 | 350.00 | 320.00 | 91.43%
其中：财政拨款 | 280.00 | 330.00 | 305.00 | 92.42%
其他资金 | 20.00 | 20.00 | 15.00 | 75.00%
"""
ONE_ROW = """
项目 | 全年预算数 | 全年执行数 | 执行率
维修工程 | 80.00 | 60.00 | 75.00%
"""
SHARES = """
项目 | 金额 | 占比
甲片区 | 20.00 | 27.03%
乙片区 | 30.00 | 40.54%
丙片区 | 24.00 | 32.43%
合计 | 74.00 | 100.00%
"""
QUARTERS = """
期间 | 年度总指标 | 累计支付 | 支出进度 | 序时进度 | 预算执行率
第一季度 | 200.00 | 60.00 | 30.00% | 25.00% | 120.00%
第二季度 | ^ | 98.00 | 49.00% | 50.00% | 98.00%
第三季度 | ^ | 144.00 | 72.00% | 75.00% | 96.00%
第四季度 | ^ | 190.00 | 95.00% | 100.00% | 95.00%
全年平均执行率 | < | < | < | < | 102.25%
"""
HIDDEN_WHOLE = """
期间 | 累计支出 | 累计执行率
一季度 | 21.00 | 10.50%
二季度 | 84.00 | 42.00%
三季度 | 130.00 | 65.00%
四季度 | 190.00 | 95.00%
"""
GROWTH = """
项目 | 2030年 | 2031年 | 增长率
甲片区（万元） | 20.00 | 25.00 | 25.00%
乙片区（万元） | 30.00 | 28.50 | -5.00%
丙片区（万元） | 16.00 | 18.00 | 12.50%
"""
CAPPED = EXECUTION.replace(
    "丙片区 | 14.00 | 16.00 | 15.20 | 95.00%", "丙片区 | 14.00 | 16.00 | 17.20 | 100.00%"
).replace("62.20 | 87.61%", "64.20 | 90.42%")
GROWTH_OF_ANOTHER = """
险种 | 2031年承保（亩） | 2030年承保（亩） | 数量增减 | 2030年保费（元） | 保费增减
水稻 | 286,400 | 271,000 | 5.68% | 11,382,000.00 | 16.25%
小麦 | 212,500 | 205,600 | 3.36% | 7,812,800.00 | 3.36%
油菜 | 96,300 | 101,500 | -5.12% | 1,827,000.00 | -5.12%
玉米 | 105,000 | 100,000 | 5.00% | 1,500,000.00 | 5.00%
"""
SURVEY = """
评价维度 | 有效份数 | 非常满意 | 满意 | 一般 | 不满意 | 满意度
政策知晓 | 482 | 210 | 201 | 51 | 20 | 85.27%
办理流程 | 482 | 190 | 232 | 40 | 20 | 87.55%
服务态度 | 482 | 260 | 182 | 30 | 10 | 91.70%
总体评价 | 482 | 231 | 207 | 33 | 11 | {rate}
"""
ANSWERS = """
调查对象 | 发放份数 | 回收份数 | 有效份数 | 回收率 | 有效率
学生 | 200 | 196 | 190 | 98.00% | 96.94%
家长 | 150 | 141 | 135 | 94.00% | 95.74%
教师 | 50 | 40 | 38 | 80.00% | 95.00%
合计 | 400 | 377 | 363 | {rate} | 96.29%
"""
UNRELATED = """
项目 | 预算数 | 满意度
甲片区 | 20.00 | 95.00%
乙片区 | 30.00 | 91.00%
丙片区 | 25.00 | 93.00%
"""


def checks(drawing: str, code: str) -> list[Check]:
    return [evaluate(c, "c") for c in RULES[code](table_report(drawing))]


@pytest.mark.parametrize(
    ("drawing", "code", "count"),
    [
        (EXECUTION, "RAT303", 4),
        (FORM, "RAT303", 3),
        (ONE_ROW, "RAT303", 1),
        (SHARES, "RAT303", 3),
        (QUARTERS, "RAT303", 8),
        (QUARTERS, "RAT310", 1),
        (HIDDEN_WHOLE, "RAT303", 3),
        (GROWTH, "RAT309", 3),
        (GROWTH, "RAT303", 0),
        (SURVEY.format(rate="90.87%"), "RAT303", 4),
        (ANSWERS.format(rate="94.25%"), "RAT303", 8),
        (GROWTH_OF_ANOTHER, "RAT309", 4),
        (UNRELATED, "RAT303", 0),
    ],
)
def test_tables_that_hold(drawing: str, code: str, count: int) -> None:
    found = [check.verdict for check in checks(drawing, code)]
    assert set(found) <= {E, R}
    assert len(found) == count


@pytest.mark.parametrize(
    ("drawing", "change", "code"),
    [
        (EXECUTION, ("74.00%", "47.00%"), "RAT303"),
        (EXECUTION, ("87.61%", "81.67%"), "RAT303"),
        (FORM, ("75.00%", "57.00%"), "RAT303"),
        (FORM, ("305.00", "350.00"), "RAT303"),
        (ONE_ROW, ("75.00%", "57.00%"), "RAT303"),
        (SHARES, ("40.54%", "45.04%"), "RAT303"),
        (QUARTERS, ("49.00%", "47.00%"), "RAT303"),
        (QUARTERS, ("102.25%", "100.25%"), "RAT310"),
        (HIDDEN_WHOLE, ("65.00%", "56.00%"), "RAT303"),
        (GROWTH, ("12.50%", "15.20%"), "RAT309"),
    ],
)
def test_one_wrong_figure_is_found(drawing: str, change: tuple[str, str], code: str) -> None:
    assert change[0] in drawing
    bad = [check for check in checks(drawing.replace(*change, 1), code) if check.verdict is X]
    assert bad
    assert all(check.calculation.severity is Severity.ERROR for check in bad)


def test_a_rate_capped_at_100_is_not_decided() -> None:
    found = [check.verdict for check in checks(CAPPED, "RAT303")]
    assert X not in found
    assert found.count(U) == 1


def test_a_completion_rate_may_measure_the_works() -> None:
    """完成率 beside money need not be a rate of the money."""
    drawing = """
    项目 | 预算数 | 支出数 | 完成率
    甲片区 | 20.00 | 10.00 | 80.00%
    乙片区 | 30.00 | 12.00 | 95.00%
    """
    assert X not in [check.verdict for check in checks(drawing, "RAT303")]


def test_an_average_of_unlike_rows_is_not_decided() -> None:
    drawing = """
    项目 | 预算数 | 支出数 | 执行率
    甲片区 | 20.00 | 10.00 | 50.00%
    乙片区 | 80.00 | 72.00 | 90.00%
    平均 | | | 82.00%
    """
    assert [check.verdict for check in checks(drawing, "RAT310")] == [U]


@pytest.mark.parametrize("drawing", [SURVEY.format(rate="98.07%"), ANSWERS.format(rate="92.45%")])
def test_a_rate_named_for_what_it_counts_is_held_to_what_the_other_rows_agree_on(drawing: str) -> None:
    assert [check.verdict for check in checks(drawing, "RAT303")].count(X) == 1
    lines = drawing.strip().splitlines()
    alone = "\n".join((lines[0], lines[-1]))
    assert not any(check.verdict is X for check in checks(alone, "RAT303"))
