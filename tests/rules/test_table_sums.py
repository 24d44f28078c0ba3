"""Totals, account codes, numbered and 其中 rows: tables that hold and tables that do not."""

from __future__ import annotations

import pytest

from pipeline.model.check import Check, Verdict
from pipeline.reconcile.evaluate import evaluate
from pipeline.rules.table_sums import rule_code_hierarchy, rule_nested_rows, rule_table_total
from tests.table_builders import table_report

E, R, X, U = Verdict.EXACT, Verdict.WITHIN_ROUNDING, Verdict.INCONSISTENT, Verdict.UNVERIFIABLE

RULES = {"SUM201": rule_table_total, "SUM206": rule_code_hierarchy, "SUM207": rule_nested_rows}

TOTAL_BELOW = """
项目 | 预算数 | 决算数
设备购置 | 120.50 | 118.20
场地租赁 | 80.00 | 79.35
人员培训 | 15.20 | -
合计 | 215.70 | 197.55
"""
TOTAL_ABOVE = """
项目 | 预算数 | 决算数
合计 | 215.70 | 197.55
设备购置 | 120.50 | 118.20
场地租赁 | 80.00 | 79.35
人员培训 | 15.20 |
"""
SUBTOTALS = """
类别 | 项目 | 金额
养护 | 日常养护 | 30.00
^ | 应急养护 | 12.00
^ | 小计 | 42.00
建设 | 新建站房 | 200.00
^ | 管网改造 | 58.00
^ | 小计 | 258.00
合计 | < | 300.00
"""
SUBTOTALS_FIRST = """
类别 | 项目 | 金额
养护 | 小计 | 42.00
^ | 日常养护 | 30.00
^ | 应急养护 | 12.00
建设 | 小计 | 258.00
^ | 新建站房 | 200.00
^ | 管网改造 | 58.00
总计 | < | 300.00
"""
FORM = """
项目资金(万元) | 资金来源 | 年初预算数 | 全年预算数 | 全年执行数
^ | 年度资金总额 | 300.00 | 350.00 | 320.00
^ | 其中：当年财政拨款 | 280.00 | 330.00 | 305.00
^ | 上年结转资金 | 20.00 | 20.00 | 15.00
^ | 其他资金 | 0.00 | 0.00 | 0.00
"""
TWO_SIDED = """
收入 | < | 支出 | <
项目 | 决算数 | 项目 | 决算数
一、财政拨款收入 | 500.00 | 一、公共安全支出 | 410.00
二、其他收入 | 6.00 | 二、教育支出 | 75.00
| | 三、住房保障支出 | 25.00
本年收入合计 | 506.00 | 本年支出合计 | 510.00
年初结转和结余 | 40.00 | 年末结转和结余 | 36.00
总计 | 546.00 | 总计 | 546.00
"""
CODES_SPLIT = """
项目 | < | < | < | 本年支出合计 | 基本支出 | 项目支出
类 | 款 | 项 | 科目名称 | ^ | ^ | ^
合计 | < | < | < | 730.00 | 530.00 | 200.00
204 | | | 公共安全支出 | 600.00 | 400.00 | 200.00
204 | 06 | | 司法 | 600.00 | 400.00 | 200.00
204 | 06 | 01 | 行政运行 | 400.00 | 400.00 |
204 | 06 | 04 | 基层司法业务 | 150.00 | | 150.00
204 | 06 | 07 | 公共法律服务 | 50.00 | | 50.00
208 | | | 社会保障和就业支出 | 130.00 | 130.00 |
208 | 05 | | 行政事业单位养老支出 | 130.00 | 130.00 |
208 | 05 | 05 | 养老保险缴费支出 | 87.00 | 87.00 |
208 | 05 | 06 | 职业年金缴费支出 | 43.00 | 43.00 |
"""
CODES_JOINED = """
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
204 | 公共安全支出 | 600.00 | 400.00 | 200.00
20406 | 司法 | 600.00 | 400.00 | 200.00
2040601 | 行政运行 | 400.00 | 400.00 |
2040604 | 基层司法业务 | 200.00 | | 200.00
208 | 社会保障和就业支出 | 130.00 | 130.00 |
20805 | 行政事业单位养老支出 | 130.00 | 130.00 |
2080505 | 养老保险缴费支出 | 87.00 | 87.00 |
2080506 | 职业年金缴费支出 | 43.00 | 43.00 |
合计 | < | 730.00 | 530.00 | 200.00
"""
ECONOMIC_CODES = """
科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数
301 | 工资福利支出 | 90.00 | 302 | 商品和服务支出 | 14.00
30101 | 基本工资 | 50.00 | 30201 | 办公费 | 9.00
30102 | 津贴补贴 | 40.00 | 30202 | 印刷费 | 5.00
303 | 对个人和家庭的补助 | 6.00 | 310 | 资本性支出 | 3.00
30302 | 退休费 | 6.00 | 31002 | 办公设备购置 | 3.00
人员经费合计 | < | 96.00 | 公用经费合计 | < | 17.00
"""
NUMBERED = """
项目 | 预算数 | 决算数
合计 | 26.00 | 14.50
1.出国费 | 0.00 | 0.00
2.公务用车费 | 16.00 | 11.00
(1)购置费 | 6.00 | 3.00
(2)运行费 | 10.00 | 8.00
3.公务接待费 | 10.00 | 3.50
"""
ROUNDED = """
项目 | 金额
甲片区 | 33.33
乙片区 | 33.33
丙片区 | 33.33
合计 | 100.00
"""
SHARES = """
项目 | 金额 | 占比
甲片区 | 20.00 | 33.33%
乙片区 | 20.00 | 33.33%
丙片区 | 20.00 | 33.33%
合计 | 60.00 | 100.00%
"""
RATES = """
项目 | 预算数 | 执行数 | 执行率
甲片区 | 20.00 | 10.00 | 50.00%
乙片区 | 20.00 | 20.00 | 100.00%
合计 | 40.00 | 30.00 | 75.00%
"""
UNMARKED_DETAILS = """
项目 | 金额
基本支出 | 300.00
人员经费 | 240.00
公用经费 | 60.00
项目支出 | 100.00
合计 | 400.00
"""
PARTS_NOT_LISTED_IN_FULL = """
项目 | 金额
一、财政拨款 | 300.00
其中：基金 | 40.00
二、其他资金 | 20.00
合计 | 320.00
"""

LINE_NUMBERS = """
收入 | < | < | 支出 | < | <
项目 | 行次 | 金额 | 项目 | 行次 | 金额
栏次 | | 1 | 栏次 | | 2
一、财政拨款收入 | 1 | 820.50 | 一、公共安全支出 | 131 | 600.20
二、其他收入 | 2 | 12.30 | 二、教育支出 | 132 | 190.10
本年收入合计 | 27 | 832.80 | 本年支出合计 | 157 | 790.30
年初结转和结余 | 29 | 17.50 | 年末结转和结余 | 159 | 60.00
总计 | 30 | 850.30 | 总计 | 160 | 850.30
"""
OF_WHICH_RUN = """
项目 | 上年决算 | 本年决算
出国费 | 0.00 | 6.20
车辆购置及运行费 | 186.30 | 172.40
其中：购置费 | 35.80 | 18.00
运行费 | 150.50 | 154.40
接待费 | 12.40 | 9.80
合计 | 198.70 | 188.40
"""
QUARTERS = """
季度 | 当季支出 | 累计支出
第一季度 | 180.40 | 180.40
第二季度 | 210.60 | 391.00
第三季度 | 200.00 | 591.00
第四季度 | 250.00 | 841.00
全年 | 841.00 | 841.00
"""
RUNNING_ON = """
时间 | 支出数
一季度 | 180.40
上半年 | 391.00
前三季度 | 591.00
全年 | 841.00
"""
UNIT_OVER_CODES = """
编码 | 单位名称(科目) | 总计 | 基本支出 | 项目支出
101001 | 某局机关 | 300.00 | 200.00 | 100.00
204 | 公共安全支出 | 250.00 | 150.00 | 100.00
20406 | 司法 | 250.00 | 150.00 | 100.00
2040601 | 行政运行 | 150.00 | 150.00 |
2040602 | 一般行政管理事务 | 100.00 | | 100.00
221 | 住房保障支出 | 50.00 | 50.00 |
22102 | 住房改革支出 | 50.00 | 50.00 |
合计 | | 300.00 | 200.00 | 100.00
"""
TWO_CLASSIFICATIONS = """
部门预算经济分类 | < | < | 政府预算经济分类 | < | < | 金额
类 | 款 | 科目名称 | 类 | 款 | 科目名称 | ^
301 | | 工资福利支出 | 501 | | 机关工资福利支出 | 90.00
301 | 01 | 基本工资 | 501 | 01 | 工资奖金 | 50.00
301 | 02 | 津贴补贴 | 501 | 01 | 工资奖金 | 40.00
302 | | 商品和服务支出 | 502 | | 机关商品和服务支出 | 10.00
302 | 01 | 办公费 | 502 | 01 | 办公经费 | 10.00
| | 合计 | | | | 100.00
"""


def checks(drawing: str, code: str, header_rows: int = 1) -> list[Check]:
    return [evaluate(c, "c") for c in RULES[code](table_report(drawing, header_rows=header_rows))]


def verdicts(drawing: str, code: str, header_rows: int = 1) -> list[Verdict]:
    return [check.verdict for check in checks(drawing, code, header_rows)]


@pytest.mark.parametrize(
    ("drawing", "code", "header_rows", "count"),
    [
        (TOTAL_BELOW, "SUM201", 1, 2),
        (TOTAL_ABOVE, "SUM201", 1, 2),
        (SUBTOTALS, "SUM201", 1, 3),
        (SUBTOTALS_FIRST, "SUM201", 1, 3),
        (FORM, "SUM201", 1, 3),
        (TWO_SIDED, "SUM201", 2, 4),
        (CODES_SPLIT, "SUM201", 2, 3),
        (CODES_SPLIT, "SUM206", 2, 10),
        (CODES_JOINED, "SUM201", 1, 3),
        (CODES_JOINED, "SUM206", 1, 10),
        (ECONOMIC_CODES, "SUM206", 1, 4),
        (ECONOMIC_CODES, "SUM201", 1, 2),
        (NUMBERED, "SUM201", 1, 2),
        (NUMBERED, "SUM207", 1, 2),
        (ROUNDED, "SUM201", 1, 1),
        (SHARES, "SUM201", 1, 2),
        (RATES, "SUM201", 1, 2),
        (UNMARKED_DETAILS, "SUM201", 1, 1),
        (LINE_NUMBERS, "SUM201", 2, 4),
        (OF_WHICH_RUN, "SUM201", 1, 2),
        (QUARTERS, "SUM201", 1, 1),
        (UNIT_OVER_CODES, "SUM201", 1, 3),
        (UNIT_OVER_CODES, "SUM206", 1, 8),
        (TWO_CLASSIFICATIONS, "SUM206", 2, 2),
        (TWO_CLASSIFICATIONS, "SUM201", 2, 1),
    ],
)
def test_tables_that_hold(drawing: str, code: str, header_rows: int, count: int) -> None:
    """Every sum an auditor would add up is verified, and nothing else is claimed."""
    found = verdicts(drawing, code, header_rows)
    assert set(found) <= {E, R}
    assert len(found) == count


@pytest.mark.parametrize(
    ("drawing", "change", "code", "stated"),
    [
        (TOTAL_BELOW, ("215.70", "251.70"), "SUM201", "251.70"),
        (TOTAL_BELOW, ("118.20", "181.20"), "SUM201", "197.55"),
        (TOTAL_ABOVE, ("79.35", "79.53"), "SUM201", "197.55"),
        (SUBTOTALS, ("258.00", "285.00"), "SUM201", "285.00"),
        (SUBTOTALS_FIRST, ("12.00", "21.00"), "SUM201", "42.00"),
        (FORM, ("330.00", "303.00"), "SUM201", "350.00"),
        (TWO_SIDED, ("410.00", "140.00"), "SUM201", "510.00"),
        (TWO_SIDED, ("40.00 | 年末", "400.00 | 年末"), "SUM201", "546.00"),
        (CODES_SPLIT, ("行政运行 | 400.00", "行政运行 | 440.00"), "SUM206", "600.00"),
        (CODES_SPLIT, ("150.00 | | 150.00", "150.00 | | 105.00"), "SUM206", "200.00"),
        (CODES_JOINED, ("730.00 | 530.00", "730.00 | 350.00"), "SUM201", "350.00"),
        (ECONOMIC_CODES, ("办公费 | 9.00", "办公费 | 6.00"), "SUM206", "14.00"),
        (ECONOMIC_CODES, ("17.00", "71.00"), "SUM201", "71.00"),
        (NUMBERED, ("8.00", "8.80"), "SUM207", "11.00"),
        (OF_WHICH_RUN, ("188.40", "184.80"), "SUM201", "184.80"),
        (QUARTERS, ("全年 | 841.00", "全年 | 814.00"), "SUM201", "814.00"),
        (ROUNDED, ("100.00", "100.20"), "SUM201", "100.20"),
        (SHARES, ("乙片区 | 20.00 | 33.33%", "乙片区 | 20.00 | 38.33%"), "SUM201", "100.00%"),
    ],
)
def test_one_wrong_figure_is_found(drawing: str, change: tuple[str, str], code: str, stated: str) -> None:
    assert change[0] in drawing
    header_rows = 2 if drawing in (TWO_SIDED, CODES_SPLIT) else 1
    bad = [check for check in checks(drawing.replace(*change, 1), code, header_rows) if check.verdict is X]
    assert stated in [check.calculation.stated.printed for check in bad]


@pytest.mark.parametrize(
    ("drawing", "code"),
    [
        (PARTS_NOT_LISTED_IN_FULL, "SUM201"),
        (PARTS_NOT_LISTED_IN_FULL, "SUM207"),
        (UNMARKED_DETAILS, "SUM201"),
        (RATES, "SUM201"),
        (RUNNING_ON, "SUM201"),
        # A total of more than is listed: no column agrees, so nothing shows what it totals.
        (TOTAL_BELOW.replace("215.70", "900.00").replace("197.55", "800.00"), "SUM201"),
        # Shares of different things do not add up, nor do means.
        ("乡镇 | 户数 | 抽查占比（%）\n甲 | 112 | 26.79\n乙 | 99 | 26.26\n合计 | 211 | 26.54", "SUM201"),
        ("县 | 合计 | 年均\n甲 | 943.50 | 314.50\n乙 | 512.24 | 256.12\n合计 | 1,455.74 | 485.25", "SUM201"),
        # A continuation whose header is on another page.
        ("合计 | 500.00\n甲片区 | 30.00\n乙片区 | 40.00", "SUM201"),
    ],
)
def test_no_wrong_accusation(drawing: str, code: str) -> None:
    assert X not in verdicts(drawing, code)


def test_a_value_merged_over_rows_counts_once() -> None:
    drawing = """
    项目 | 预算数 | 决算数
    甲片区 | 90.00 | 20.00
    乙片区 | ^ | 30.00
    丙片区 | 10.00 | 45.00
    合计 | 100.00 | 95.00
    """
    assert verdicts(drawing, "SUM201") == [E, E]


def test_lengths_with_a_unit_in_their_header_are_added() -> None:
    drawing = "乡镇 | 里程（公里） | 资金\n甲 | 28.6 | 858.00\n乙 | 25.3 | 759.00\n合计 | {} | 1,617.00"
    assert verdicts(drawing.format("53.9"), "SUM201") == [E, E]
    assert verdicts(drawing.format("59.3"), "SUM201") == [X, E]


def test_columns_of_unlike_counts_are_not_added() -> None:
    drawing = """
    指标 | 数量
    培训 | 30人
    设备 | 5台
    合计 | 40
    """
    assert X not in verdicts(drawing, "SUM201")
