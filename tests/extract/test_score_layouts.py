"""Score tables and forms whose totals, sums and units stand in unusual places. All figures are invented."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.extract.grades import grade_in_table
from pipeline.model.check import Verdict
from pipeline.model.report import Report
from pipeline.reconcile.evaluate import evaluate
from pipeline.rules.registry import rule_by_code
from tests.table_builders import table_report

HEAD_TOTAL = """
项目名称 | 林带管护 | < | 自评总分（分） | {head} | <
资金情况（万元） | < | 全年预算数 | 全年执行数 | 权重（分） | 得分（20分*执行率）
年度总金额 | < | 60.00 | 57.00 | 20 | 19
指标名称 | 计量单位 | 全年完成值 | 得分系数（%） | 指标权重（分） | 指标得分（分）
管护林带面积 | 亩 | 800 | 100 | 50 | 50
每亩管护成本 | 元/亩 | 68.5 | 90 | 30 | 27
合计 | < | < | < | 80 | {total}
"""
SUM_ROWS = """
一级指标 | 二级指标 | 三级指标 | 分值 | 得分
过程（30分） | 资金管理 | 预算执行率 | 20 | 18.5
^ | 组织实施 | 制度执行 | 10 | 9
 | 小计 | < | 30 | {sum}
产出（70分） | 产出数量 | 任务完成率 | 70 | 66
^ | 小计 | < | 70 | 66
合计 | < | < | 100 | 93.5
"""
REMARK_AND_GRADE = """
一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
产出指标 | 数量指标 | 巡护次数 | 48次 | 48次 | 60 | 60 | 无
效益指标 | 社会效益 | 火灾次数 | 0次 | 0次 | 40 | 33 | 无
其他说明 | < | 年中调减2.5万元 | < | < | < | < | <
总分 | < | < | < | < | 100 | 93 | 自评等级：{grade}
"""

REVIEWED = """
一级指标 | 二级指标 | 三级指标 | 分值 | 自评分 | 复核分
过程（30分） | 资金管理（20分） | 预算执行率 | 20 | 20 | 18.5
^ | 资金管理小计 | < | 20 | 20 | {sum}
^ | 组织实施（10分） | 制度执行 | 10 | 10 | 9
^ | 组织实施小计 | < | 10 | 10 | 9
过程合计 | < | < | 30 | 30 | 27.5
产出（70分） | 产出数量（70分） | 任务完成率 | 70 | 70 | 66
产出合计 | < | < | 70 | 70 | 66
总计 | < | < | 100 | 100 | 93.5
"""
FIRST_OF_TWO = """
一级指标 | 三级指标 | 分值 | 得分
过程 | 预算执行率 | 30 | 27.5
"""
SECOND_OF_TWO = """
一级指标 | 三级指标 | 分值 | 得分
产出 | 任务完成率 | 70 | 66
总计 | < | 100 | {total}
"""


SCORED_PARTS = """
预算情况 | 支出构成 | 全年预算数（万元） | 全年执行数（万元） | 执行率 | 分值 | 得分
^ | 基本支出 | 400.00 | 398.00 | 99.50% | 4 | 3.98
^ | 项目支出 | 600.00 | 540.00 | 90.00% | 6 | {part}
^ | 合计 | 1,000.00 | 938.00 | 93.80% | 10 | 9.38
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 巡护次数 | 48次 | 48次 | 90 | 90
总分（含预算执行10分） | < | < | < | < | 100 | {total}
"""


def form(drawing: str, **figures: str) -> Report:
    return table_report(drawing.format(**figures), unit=None, header_rows=0)


def verdicts(report: Report, code: str) -> list[Verdict]:
    return [evaluate(calculation, "c").verdict for calculation in rule_by_code(code).function(report)]


def test_a_total_above_the_form_counts_the_execution_that_the_total_row_leaves_out() -> None:
    report = form(HEAD_TOTAL, head="96", total="77")
    assert report.metadata.stated_total is not None
    assert report.metadata.stated_total.value == 96
    assert verdicts(report, "SCO105") == [Verdict.EXACT, Verdict.EXACT]
    assert verdicts(report, "SCO102") == [Verdict.EXACT]


def test_each_of_two_totals_is_held_to_what_it_counts() -> None:
    assert verdicts(form(HEAD_TOTAL, head="69", total="77"), "SCO105") == [Verdict.INCONSISTENT, Verdict.EXACT]
    assert verdicts(form(HEAD_TOTAL, head="96", total="79"), "SCO105").count(Verdict.INCONSISTENT) == 2


def test_coefficients_are_rates_and_units_come_from_the_header_of_the_names() -> None:
    report = form(HEAD_TOTAL, head="96", total="77")
    assert verdicts(report, "SCO103") == [Verdict.EXACT, Verdict.EXACT]
    amounts = {quantity.printed: quantity.value for quantity in report.quantities if quantity.kind == "money"}
    assert amounts == {"60.00": Decimal(600000), "57.00": Decimal(570000), "68.5": Decimal("68.5")}


def test_a_row_that_sums_up_is_its_parent_s_and_no_indicator() -> None:
    report = form(SUM_ROWS, sum="27.5")
    scores = {indicator.name: indicator.score.value for indicator in report.indicators if indicator.score}
    assert scores["过程"] == Decimal("27.5")
    assert "小计" not in scores
    assert set(verdicts(report, "SCO101") + verdicts(report, "SCO102")) == {Verdict.EXACT}
    assert Verdict.INCONSISTENT in verdicts(form(SUM_ROWS, sum="25.7"), "SCO101")


def test_scores_of_a_review_go_before_those_of_the_office_and_named_sums_are_those_of_what_they_name() -> None:
    report = form(REVIEWED, sum="18.5")
    scores = [(i.level, i.name, i.score.printed) for i in report.indicators if i.score]
    assert scores == [
        (0, "总计", "93.5"),
        (1, "过程", "27.5"),
        (2, "资金管理", "18.5"),
        (3, "预算执行率", "18.5"),
        (2, "组织实施", "9"),
        (3, "制度执行", "9"),
        (1, "产出", "66"),
        (3, "任务完成率", "66"),
    ]
    assert set(verdicts(report, "SCO101")) == {Verdict.EXACT}
    assert Verdict.INCONSISTENT in verdicts(form(REVIEWED, sum="15.8"), "SCO101")


def test_the_total_of_the_last_of_several_tables_may_count_them_all() -> None:
    report = table_report(FIRST_OF_TWO, SECOND_OF_TWO.format(total="93.5"), unit=None)
    assert verdicts(report, "SCO105") == [Verdict.EXACT]
    assert set(verdicts(report, "SCO102")) == {Verdict.EXACT}
    report = table_report(FIRST_OF_TWO, SECOND_OF_TWO.format(total="95.3"), unit=None)
    assert verdicts(report, "SCO105") == [Verdict.INCONSISTENT]


def test_remarks_across_the_form_are_no_indicators() -> None:
    report = form(REMARK_AND_GRADE, grade="优")
    assert "其他说明" not in {indicator.name for indicator in report.indicators}
    assert verdicts(report, "SCO105") == [Verdict.EXACT]


def test_the_grade_of_a_table_stands_beside_its_total() -> None:
    for grade, verdict in (("优", Verdict.EXACT), ("良", Verdict.INCONSISTENT)):
        report = form(REMARK_AND_GRADE, grade=grade)
        found = grade_in_table(report.document.tables[0])
        assert found is not None
        assert found[0] == grade
        assert verdicts(report, "SCO107") == [verdict]


def test_parts_of_the_execution_that_are_scored_by_themselves_make_up_its_score() -> None:
    report = form(SCORED_PARTS, part="5.40", total="99.38")
    scores = {indicator.name: indicator.score.printed for indicator in report.indicators if indicator.score}
    assert scores == {
        "总分": "99.38", "预算执行率": "9.38", "基本支出": "3.98", "项目支出": "5.40", "巡护次数": "90"
    }  # fmt: skip
    assert set(verdicts(report, "SCO101") + verdicts(report, "SCO105")) == {Verdict.EXACT}
    assert Verdict.INCONSISTENT in verdicts(form(SCORED_PARTS, part="4.50", total="99.38"), "SCO101")
    assert verdicts(form(SCORED_PARTS, part="5.40", total="99.83"), "SCO105") == [Verdict.INCONSISTENT]


TWO_LEVELS_IN_ONE = """
一级指标／二级指标 | 三级指标 | 权重 | 得分
决策 | < | 30 | {block}
立项 | 立项依据 | 20 | 18
目标 | 目标设置 | 10 | 9.5
产出 | < | 70 | 66
数量 | 任务完成率 | 70 | 66
合计 | < | 100 | 93.5
"""
BLOCKS_IN_ONE_LIST = """
序号 | 评价内容 | 分值 | 得分
一 | 决策 | {mark} | 27.5
1 | 立项依据 | 20 | 18
2 | 目标设置 | 10 | 9.5
二 | 产出 | 70 | 66
1 | 任务完成率 | 40 | 38
2 | 验收合格率 | 30 | 28
合计 | < | 100 | 93.5
"""


@pytest.mark.parametrize(
    ("drawing", "levels"),
    [
        (TWO_LEVELS_IN_ONE.format(block="27.5"), [0, 1, 2, 3, 2, 3, 1, 2, 3]),
        (BLOCKS_IN_ONE_LIST.format(mark="30"), [0, 1, 2, 2, 1, 2, 2]),
    ],
    ids=["two levels in one column", "blocks in one list"],
)
def test_blocks_stand_over_their_indicators(drawing: str, levels: list[int]) -> None:
    report = table_report(drawing)
    assert [indicator.level for indicator in report.indicators] == levels
    assert Verdict.INCONSISTENT not in verdicts(report, "SCO102") + verdicts(report, "SCO105")


def test_a_block_that_does_not_add_up_is_found_and_no_list_of_two_levels_is_held_to_its_total() -> None:
    assert verdicts(table_report(TWO_LEVELS_IN_ONE.format(block="25.7")), "SCO101").count(Verdict.INCONSISTENT) == 1
    mixed = table_report(BLOCKS_IN_ONE_LIST.format(mark="20"))
    assert Verdict.INCONSISTENT not in verdicts(mixed, "SCO102") + verdicts(mixed, "SCO105")


def figures(drawing: str, unit: str | None = None) -> list[tuple[str, str, str]]:
    report = table_report(drawing, unit=unit)
    return [(quantity.kind.value, quantity.printed, quantity.unit) for quantity in report.quantities]


def test_units_come_from_the_caption_the_header_or_the_row() -> None:
    grown = "子项目 | 2022年比2021年 | 2023年比2022年\n贴息 | 16.81 | -6.92"
    assert figures(grown, "%") == [("percent", "16.81", "%"), ("percent", "-6.92", "%")]
    homes = "方式 | 两年合计 | <\n^ | 任务数 | 完成数\n重建 | 289 | 280"
    assert {kind for kind, _, _ in figures(homes, "户")} == {"count"}
    results = "指标 | 计量单位 | 2022年 | 累计\n展演 | 场次 | 94 | 292"
    assert figures(results) == [("count", "94", "场次"), ("count", "292", "场次")]
    rates = "工种 | 补贴标准（元/人）| 补贴金额（元）\n焊工 | 1,800 | 667,800"
    assert figures(rates) == [("money", "1,800", "元"), ("money", "667,800", "元")]
    points = "险种 | 赔款 | 赔付率增减（百分点）\n水稻 | 320.50 | -35.15"
    assert figures(points, "元、%")[1][0] == "other"
    parts = "项目 | 受益户数 | 其中：脱贫户\n管护 | 300 | 120"
    assert [kind for kind, _, _ in figures(parts)] == ["count", "count"]
    changed = "来源 | 年初预算 | 调整\n市级 | 160.00 | 调减 40.00"
    assert figures(changed, "万元") == [("money", "160.00", "万元"), ("money", "40.00", "万元")]


def test_a_problem_told_at_length_does_not_name_its_row() -> None:
    problems = "问题描述 | 涉及金额\nD级新建住房面积超过规定上限 | 17.50"
    assert figures(problems, "万元") == [("money", "17.50", "万元")]


@pytest.mark.parametrize(
    ("unit", "values"), [("处、万元、万人", ["1250000"]), ("万元", ["1250000", "36000"])], ids=["several", "one"]
)
def test_of_several_units_in_a_caption_amounts_take_theirs(unit: str, values: list[str]) -> None:
    report = table_report("地区 | 补助资金 | 受益情况\n东山 | 125.00 | 3.60", unit=unit)
    money = [quantity.value for quantity in report.quantities if quantity.kind == "money"]
    assert money == [Decimal(value) for value in values]
