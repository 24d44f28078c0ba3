"""Self-evaluation forms in the layouts that provinces print them in: what is extracted. All figures are invented."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.model.report import Report
from tests.table_builders import table_report

INDICATORS_ONLY = """
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析
产出指标 | 数量指标 | 培训人次 | ≥3200人次 | 3040人次 | 50 | 47.5 | 无
满意度指标 | 服务对象满意度 | 学员满意度 | ≥90 | 93.4 | 50 | 50 | 无
总分 | < | < | < | < | 100 | 97.5 |
"""
NATURE_AND_UNIT = """
一级指标 | 二级指标 | 三级指标 | 指标性质 | 年度指标值 | 度量单位 | 全年完成值 | 权重 | 得分 | 未完成原因
产出指标 | 数量指标 | 培训人次 | ≥ | 3,200 | 人次 | 3,040 | 50 | 47.5 | 无
满意度指标 | 服务对象满意度 | 学员满意度 | ≥ | 90 | % | 93.4 | 50 | 50 | 无
总分 | < | < | < | < | < | < | 100 | 97.5 |
"""
SIGN_BESIDE_TARGET = """
一级指标 | 二级指标 | 三级指标 | 年度指标值 | < | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 培训人次 | ≥ | 3,200人次 | 3,040人次 | 50 | 47.5
满意度指标 | 满意度 | 学员满意度 | ≥ | 90% | 93.4% | 50 | 50
合计 | < | < | < | < | < | 100 | 97.5
"""
WHOLE_FORM = """
项目名称 | < | 某某补助 | < | < | < | < | < | < | <
项目资金（万元） | < | 资金来源 | 年初预算数 | 全年预算数（A） | 全年执行数（B） | 分值 | 执行率（B/A） | 得分 | <
^ | ^ | 年度资金总额 | 100.00 | 120.00 | 96.00 | 10 | 80.00% | 8 | <
^ | ^ | 其中：财政拨款 | 100.00 | 120.00 | 96.00 | - | 80.00% | - | <
年度总体目标 | 预期目标 | < | < | < | 实际完成情况 | < | < | < | <
^ | 培训3,200人次 | < | < | < | 培训3,040人次 | < | < | < | <
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 | <
^ | 产出指标（50分） | 数量指标 | 培训人次 | ≥3,200人次 | 3,040人次 | 50 | 47.5 | 无 | <
^ | 满意度指标（40分） | 服务对象满意度 | 学员满意度 | ≥90% | 93.4% | 40 | 40 | 无 | <
总分 | < | < | < | < | < | 100 | 95.5 | < | <
"""
HEADER_MARK = """
项目资金（万元） | 资金来源 | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 | 得分（20分*执行率） | <
^ | 合计 | 100.00 | 120.00 | 96.00 | 80% | 16 | <
一级指标 | 二级指标 | 三级指标 | 分值 | 年度指标值 | 实际完成值 | 自评得分 | 原因分析
产出指标 | 数量指标 | 培训人次 | 40 | 不少于3200人次 | 3040人次 | 38 | 无
满意度指标 | 满意度 | 学员满意度 | 40 | 90%以上 | 93.4% | 40 | 无
综合得分 | < | < | 100 | | | 94 |
"""


def form(drawing: str) -> Report:
    return table_report(drawing, unit=None, header_rows=0)


@pytest.mark.parametrize(
    ("drawing", "leaves"),
    [
        (INDICATORS_ONLY, [("培训人次", "50", "47.5"), ("学员满意度", "50", "50")]),
        (NATURE_AND_UNIT, [("培训人次", "50", "47.5"), ("学员满意度", "50", "50")]),
        (SIGN_BESIDE_TARGET, [("培训人次", "50", "47.5"), ("学员满意度", "50", "50")]),
        (WHOLE_FORM, [("预算执行率", "10", "8"), ("培训人次", "50", "47.5"), ("学员满意度", "40", "40")]),
        (HEADER_MARK, [("预算执行率", "20分", "16"), ("培训人次", "40", "38"), ("学员满意度", "40", "40")]),
    ],
)
def test_scored_leaves(drawing: str, leaves: list[tuple[str, str, str]]) -> None:
    report = form(drawing)
    found = [
        (indicator.name, indicator.full_mark.printed, indicator.score.printed)
        for indicator in report.indicators
        if indicator.full_mark is not None and indicator.score is not None and indicator.level > 0
    ]
    assert found == leaves
    assert [indicator.level for indicator in report.indicators].count(0) == 1


@pytest.mark.parametrize("drawing", [INDICATORS_ONLY, NATURE_AND_UNIT, SIGN_BESIDE_TARGET, WHOLE_FORM, HEADER_MARK])
def test_targets_and_actual_values(drawing: str) -> None:
    values = [quantity.value for quantity in form(drawing).quantities]
    for value in ("3200", "3040", "90", "93.4"):
        assert Decimal(value) in values


def test_a_bare_target_behind_a_sign_tells_which_way() -> None:
    (target,) = [quantity for quantity in form(INDICATORS_ONLY).quantities if quantity.value == 90]
    assert (target.printed, target.approximate) == ("90", "以上")
