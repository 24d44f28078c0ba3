"""DUP408: what a form tells in words against its row of funds. All figures are invented."""

from __future__ import annotations

import pytest

from pipeline.model.check import Severity, Verdict
from pipeline.reconcile.evaluate import evaluate
from pipeline.rules.form_retellings import rule_form_text_and_rows
from tests.table_builders import table_report

E, X = Verdict.EXACT, Verdict.INCONSISTENT

FORM = """
项目资金（万元） | 资金来源 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
^ | 年度资金总额 | 60.00 | 60.00 | 54.30 | 10 | 90.50% | 9.05
^ | 其中：财政拨款 | 60.00 | 60.00 | 54.30 | - | 90.50% | -
年度目标 | {target} | < | < | {done} | < | < | <
^ | {goal} | < | < | {told} | < | < | <
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
产出指标 | 数量指标 | 基层骨干培训人次 | ≥300人次 | 285人次 | 90 | 85.50 | 无
"""


def found(told: str, *, goal: str = "完成培训任务。", swapped: bool = False) -> list[tuple[Verdict, Severity]]:
    headers = ("实际完成情况", "预期目标") if swapped else ("预期目标", "实际完成情况")
    drawing = FORM.format(target=headers[0], done=headers[1], goal=goal, told=told)
    report = table_report(drawing, unit=None, header_rows=0)
    checks = [evaluate(calculation, "c") for calculation in rule_form_text_and_rows(report)]
    return [(check.verdict, check.calculation.severity) for check in checks]


@pytest.mark.parametrize(
    ("told", "verdicts"),
    [
        ("完成培训12期，全年实际支出54.30万元，预算执行率90.50%。", [E, E]),
        ("完成培训12期，全年实际支出53.40万元，满意度96%。", [X]),
        ("完成培训12期，全年支出50.00万元，预算执行率90.50%。", [X, E]),
        ("完成培训12期，全年实际支出54.30万元，预算执行率95.00%。", [E, X]),
        # a part of it, another year, or about so much
        ("购置教具，实际支出53.40万元，使用良好。", []),
        ("全年项目支出53.40万元，项目预算执行率95.00%。", []),
        ("全年支出讲课费53.40万元，使用良好。", []),
        ("2019年全年支出53.40万元，2020年停办。", []),
        ("全年实际支出约53万元，使用良好。", []),
    ],
)
def test_what_a_form_tells(told: str, verdicts: list[Verdict]) -> None:
    assert [verdict for verdict, _ in found(told)] == verdicts


def test_twins_and_a_shared_rate_are_firm() -> None:
    assert found("全年实际支出53.40万元，已办结。") == [(X, Severity.ERROR)]
    assert found("全年支出50.00万元，预算执行率90.50%。")[0] == (X, Severity.ERROR)
    assert found("全年支出50.00万元，已办结。") == [(X, Severity.WARNING)]


def test_results_are_those_of_the_indicator_of_their_name() -> None:
    assert found("已完成基层骨干培训258人次，全部合格。") == [(X, Severity.WARNING)]
    assert found("已完成基层骨干培训285人次，全部合格。") == []
    assert found("已完成骨干授课258人次，全部合格。") == []


def test_targets_are_not_what_was_done() -> None:
    assert found("全年实际支出53.40万元，已办结。", swapped=True) == []
