"""Row totals, differences, running totals and balances: tables that hold and tables that do not."""

from __future__ import annotations

import pytest

from pipeline.model.check import Check, Verdict
from pipeline.reconcile.evaluate import evaluate
from pipeline.rules.table_columns import (
    rule_difference_column,
    rule_part_above_whole,
    rule_row_total,
    rule_running_total,
    rule_table_balance,
)
from tests.table_builders import table_report

E, X = Verdict.EXACT, Verdict.INCONSISTENT

RULES = {
    "SUM205": rule_row_total,
    "SUM208": rule_difference_column,
    "SUM209": rule_table_balance,
    "SUM210": rule_running_total,
    "SUM212": rule_part_above_whole,
}

SURVEY = """
评价维度 | 有效份数 | 非常满意 | 满意 | 一般 | 不满意
政策知晓 | 482 | 210 | 201 | 51 | 20
办理流程 | 482 | 190 | 232 | 40 | 20
服务态度 | 482 | 260 | 182 | 30 | 10
"""
DEDUCTIONS = """
一级指标 | 分值 | 得分 | 扣分
决策 | 20 | 18.5 | 1.5
过程 | 20 | 17 | 3
产出 | 60 | 58.6 | 1.4
合计 | 100 | 94.1 | 5.9
"""
ROW_TOTALS = """
科目名称 | 支出预算 | < | <
^ | 合计 | 基本支出 | 项目支出
行政运行 | 90.00 | 90.00 |
宣传事务 | 35.00 | 5.00 | 30.00
培训支出 | 12.00 | 4.00 | 8.00
合计 | 137.00 | 99.00 | 38.00
"""
TOTAL_WITHOUT_FRAME = """
科目名称 | 本年收入合计 | 财政拨款收入 | 事业收入 | 其他收入
行政运行 | 90.00 | 90.00 | |
宣传事务 | 35.00 | 30.00 | | 5.00
培训支出 | 12.00 | 4.00 | 8.00 |
合计 | 137.00 | 124.00 | 8.00 | 5.00
"""
GROUPS_WITH_SUBTOTALS = """
三公经费 | < | < | < | < | < | 运行经费
合计 | 出国费 | 接待费 | 车辆费 | < | < | ^
^ | ^ | ^ | 小计 | 购置费 | 运行费 | ^
48.00 | 0.00 | 2.00 | 46.00 | 25.00 | 21.00 | 440.00
"""
DIVIDED_HEADERS = """
三公经费 | < | < | < | < | <
合计 | < | 出国费 | < | 接待费 | <
预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数
12.00 | 7.00 | 8.00 | 4.00 | 4.00 | 3.00
"""
DIFFERENCES = """
项目 | 上年决算数 | 本年决算数 | 增减额
甲片区 | 20.00 | 26.00 | 6.00
乙片区 | 31.00 | 28.50 | -2.50
丙片区 | 14.00 | 15.00 | 1.00
合计 | 65.00 | 69.50 | 4.50
"""
UNSIGNED_FALL = DIFFERENCES.replace("-2.50", "2.50")
PRINTED_DIFFERENCE = """
项目 | 预算数 | 执行数 | 结余
栏次 | 1 | 2 | 3=1-2
甲片区 | 20.00 | 16.00 | 4.00
乙片区 | 31.00 | 28.50 | 2.50
"""
RUNNING = """
季度 | 本季支出 | 累计支出
一季度 | 20.00 | 20.00
二季度 | 31.00 | 51.00
三季度 | 14.00 | 65.00
四季度 | 30.00 | 95.00
"""
RUNNING_WITH_TOTAL = RUNNING + "全年 | 95.00 | 95.00\n"
VACANT_POSTS = """
单位 | 编制数 | 在职人数 | 空编数 | 编外人数
甲中心 | 40 | 36 | 4 | 2
乙中心 | 25 | 22 | 3 | 0
丙中心 | 18 | 18 | 0 | 5
丁中心 | 31 | 26 | 5 | 1
"""
FUND = """
险种 | 上年末累计结余 | 本年收支 | < | < | 年末累计结余
^ | ^ | 收入 | 支出 | 当期结余 | ^
甲险 | 41.20 | 38.60 | 33.40 | 5.20 | 46.40
乙险 | 6.00 | 4.10 | 3.60 | 0.50 | 6.50
丙险 | 4.10 | 2.00 | 2.30 | -0.30 | 3.80
合计 | 51.30 | 44.70 | 39.30 | 5.40 | 56.70
"""
BALANCE = """
收入 | < | 支出 | <
项目 | 预算数 | 项目 | 预算数
一、财政拨款收入 | 500.00 | 一、公共安全支出 | 410.00
二、其他收入 | 6.00 | 二、教育支出 | 96.00
收入总计 | 506.00 | 支出总计 | 506.00
"""
CARRIED_OVER = """
科目名称 | 年初结转和结余 | 本年收入 | 本年支出 | < | < | 年末结转和结余
^ | ^ | ^ | 小计 | 基本支出 | 项目支出 | ^
城市建设 | 10.00 | 50.00 | 45.00 | 5.00 | 40.00 | 15.00
土地整治 | 4.00 | 30.00 | 34.00 | 14.00 | 20.00 | 0.00
合计 | 14.00 | 80.00 | 79.00 | 19.00 | 60.00 | 15.00
"""
STOCK = """
项目 | 期初数 | 本期增加 | 本期减少 | 期末数
房屋 | 100.00 | 20.00 | 5.00 | 115.00
车辆 | 30.00 | 0.00 | 3.00 | 27.00
合计 | 130.00 | 20.00 | 8.00 | 142.00
"""
OF_WHICH_COLUMN = """
项目 | 预算数 | < | 执行数 | <
^ | 总额 | 其中：财政拨款 | 总额 | 其中：财政拨款
甲片区 | 20.00 | 15.00 | 18.00 | 14.00
乙片区 | 30.00 | 30.00 | 26.00 | 26.00
"""
YEARS = """
子项目 | 2021年 | < | 2022年 | < | 累计 | <
^ | 安排 | 支出 | 安排 | 支出 | 安排 | 支出
贴息 | 18.00 | 17.40 | 21.00 | 20.30 | 39.00 | 37.70
奖补 | 8.00 | 7.50 | 10.00 | 9.60 | 18.00 | 17.10
推广 | 9.00 | 9.00 | 7.00 | 6.50 | 16.00 | 15.50
"""


def checks(drawing: str, code: str, header_rows: int) -> list[Check]:
    return [evaluate(c, "c") for c in RULES[code](table_report(drawing, header_rows=header_rows))]


@pytest.mark.parametrize(
    ("drawing", "code", "header_rows", "count"),
    [
        (ROW_TOTALS, "SUM205", 2, 4),
        (TOTAL_WITHOUT_FRAME, "SUM205", 1, 4),
        (GROUPS_WITH_SUBTOTALS, "SUM205", 3, 2),
        (DIVIDED_HEADERS, "SUM205", 3, 2),
        (DIFFERENCES, "SUM208", 1, 4),
        (PRINTED_DIFFERENCE, "SUM208", 2, 2),
        (VACANT_POSTS, "SUM208", 1, 4),
        (FUND, "SUM208", 2, 4),
        (FUND, "SUM209", 2, 4),
        (FUND, "SUM210", 2, 0),
        (RUNNING, "SUM210", 1, 4),
        (RUNNING_WITH_TOTAL, "SUM210", 1, 5),
        (BALANCE, "SUM209", 2, 1),
        (CARRIED_OVER, "SUM209", 2, 3),
        (CARRIED_OVER, "SUM205", 2, 3),
        (OF_WHICH_COLUMN, "SUM205", 2, 0),
        (OF_WHICH_COLUMN, "SUM212", 2, 0),
        (STOCK, "SUM209", 1, 3),
        (YEARS, "SUM205", 2, 6),
        (SURVEY, "SUM205", 1, 3),
        (DEDUCTIONS, "SUM208", 1, 4),
    ],
)
def test_tables_that_hold(drawing: str, code: str, header_rows: int, count: int) -> None:
    found = [check.verdict for check in checks(drawing, code, header_rows)]
    assert found == [E] * count


@pytest.mark.parametrize(
    ("drawing", "change", "code", "stated"),
    [
        (ROW_TOTALS, ("宣传事务 | 35.00", "宣传事务 | 53.00"), "SUM205", "53.00"),
        (ROW_TOTALS, ("行政运行 | 90.00 | 90.00", "行政运行 | 90.00 | 99.00"), "SUM205", "90.00"),
        (TOTAL_WITHOUT_FRAME, ("4.00 | 8.00", "4.00 | 3.00"), "SUM205", "12.00"),
        (GROUPS_WITH_SUBTOTALS, ("46.00", "41.00"), "SUM205", "46.00"),
        (DIVIDED_HEADERS, ("12.00 | 7.00", "12.00 | 9.00"), "SUM205", "9.00"),
        (DIFFERENCES, ("26.00 | 6.00", "26.00 | 9.00"), "SUM208", "9.00"),
        (PRINTED_DIFFERENCE, ("2.50", "5.20"), "SUM208", "5.20"),
        (VACANT_POSTS, ("26 | 5", "26 | 6"), "SUM208", "6"),
        (FUND, ("33.40 | 5.20", "33.40 | 2.50"), "SUM208", "2.50"),
        (FUND, ("0.50 | 6.50", "0.50 | 5.60"), "SUM209", "5.60"),
        (RUNNING, ("65.00", "56.00"), "SUM210", "56.00"),
        (RUNNING, ("14.00", "41.00"), "SUM210", "65.00"),
        (RUNNING_WITH_TOTAL, ("95.00 | 95.00", "95.00 | 59.00"), "SUM210", "59.00"),
        (BALANCE, ("支出总计 | 506.00", "支出总计 | 560.00"), "SUM209", "560.00"),
        (OF_WHICH_COLUMN, ("26.00 | 26.00", "26.00 | 62.00"), "SUM212", "62.00"),
        (STOCK, ("27.00", "72.00"), "SUM209", "72.00"),
        (CARRIED_OVER, ("40.00 | 15.00", "40.00 | 51.00"), "SUM209", "51.00"),
        (YEARS, ("17.10", "11.70"), "SUM205", "11.70"),
        (SURVEY, ("190 | 232", "190 | 223"), "SUM205", "482"),
        (DEDUCTIONS, ("17 | 3", "17 | 2"), "SUM208", "2"),
    ],
)
def test_one_wrong_figure_is_found(drawing: str, change: tuple[str, str], code: str, stated: str) -> None:
    assert change[0] in drawing
    header_rows = {
        STOCK: 1,
        GROUPS_WITH_SUBTOTALS: 3,
        DIVIDED_HEADERS: 3,
        TOTAL_WITHOUT_FRAME: 1,
        DIFFERENCES: 1,
        VACANT_POSTS: 1,
        RUNNING: 1,
        RUNNING_WITH_TOTAL: 1,
        SURVEY: 1,
        DEDUCTIONS: 1,
    }
    bad = checks(drawing.replace(*change, 1), code, header_rows.get(drawing, 2))
    stated = stated.replace("46.00", change[1]) if drawing is GROUPS_WITH_SUBTOTALS else stated
    assert stated in [check.calculation.stated.printed for check in bad if check.verdict is X]


@pytest.mark.parametrize(
    ("drawing", "code", "header_rows"),
    [
        (UNSIGNED_FALL, "SUM208", 1),
        # A column of reasons with a count in it is no difference.
        ("任务 | 计划数 | 完成数 | 未完成原因\n教具 | 10 | 9 | 1台停产\n桌椅 | 20 | 16 | 4台未到货", "SUM208", 1),
        # Posts kept vacant may leave out those frozen: nothing shows what the column is the difference of.
        ("单位 | 编制数 | 在职人数 | 空编数\n甲 | 40 | 36 | 2\n乙 | 25 | 22 | 1", "SUM208", 1),
        # 人员经费 details 基本支出 without saying so: no row agrees, so nothing shows what the total totals.
        (
            "科目 | 合计 | 基本支出 | 人员经费 | 项目支出\n甲 | 10.0 | 6.0 | 5.0 | 4.0\n乙 | 9.0 | 7.0 | 4.0 | 2.0",
            "SUM205",
            1,
        ),
        # Income and spending of the year need not be equal.
        (BALANCE.replace("总计", "合计").replace("支出合计 | 506.00", "支出合计 | 560.00"), "SUM209", 2),
    ],
)
def test_no_wrong_accusation(drawing: str, code: str, header_rows: int) -> None:
    assert X not in [check.verdict for check in checks(drawing, code, header_rows)]
