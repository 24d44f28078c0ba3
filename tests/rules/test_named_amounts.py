"""DUP407: amounts told by the name of their thing and their stage, against the tables. All figures are invented."""

from __future__ import annotations

import pytest

from pipeline.model.check import Severity, Verdict
from pipeline.reconcile.evaluate import evaluate
from pipeline.rules.named_amounts import rule_named_amount_in_text_and_table
from tests.table_builders import table_report

E, X, U = Verdict.EXACT, Verdict.INCONSISTENT, Verdict.UNVERIFIABLE

PROJECTS = """
序号 | 项目名称 | 年初预算 | 实际支出 | 结余
1 | 湿地生态修复 | 1,300.00 | 1,250.00 | 50.00
2 | 苗圃设施更新 | 86.40 | 81.35 | 5.05
合计 | < | 1,386.40 | 1,331.35 | 55.05
"""
HOSPITALITY = """
预算数 | < | < | 决算数 | < | <
合计 | 公务用车运行费 | 公务接待费 | 合计 | 公务用车运行费 | 公务接待费
15.00 | 9.00 | 6.00 | 11.97 | 8.13 | 3.84
"""
TWICE = """
项目名称 | 实际支出 | 决算数
湿地生态修复 | 1,250.00 | 1,244.00
苗圃设施更新 | 81.35 | 81.35
"""


def verdicts(drawing: str, told: str, header_rows: int = 1, caption: str = "") -> list[Verdict]:
    report = table_report(drawing, told=told, header_rows=header_rows, caption=caption)
    checks = [evaluate(calculation, "c") for calculation in rule_named_amount_in_text_and_table(report)]
    assert all(check.calculation.severity is Severity.WARNING for check in checks)
    return [check.verdict for check in checks]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("湿地生态修复项目实际支出1,250.00万元。", [E]),
        ("湿地生态修复项目实际支出1,520.00万元。", [X]),
        ("苗圃设施更新项目实际支出8.35万元。", [U]),
        ("苗圃设施更新项目实际支出881.35万元。", [X]),
        ("苗圃设施更新项目年初预算86.40万元，实际支出83.10万元。", [E, X]),
        # unlike the table's amount: the scopes may differ
        ("湿地生态修复项目实际支出1,180.00万元。", [U]),
        # of another time, of a part, or of nothing the table names
        ("湿地生态修复项目上年实际支出1,520.00万元。", []),
        ("截至9月底，湿地生态修复项目实际支出1,520.00万元。", []),
        ("北岸湿地生态修复项目实际支出1,520.00万元。", []),
        ("湿地生态修复项目实际支出约1,520万元。", []),
        ("全年实际支出1,313.35万元。", []),
    ],
)
def test_rows_by_name(told: str, expected: list[Verdict]) -> None:
    assert verdicts(PROJECTS, told) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("公务接待费支出预算为6.00万元，支出决算为3.84万元。", [E, E]),
        # the budget of that very amount is told beside it
        ("公务接待费支出预算为6.00万元，支出决算为3.48万元。", [E, X]),
        ("公务接待费支出预算为6.60万元，支出决算为3.48万元。", [U, U]),
        ("公务接待费支出决算为3.48万元。", [U]),
    ],
)
def test_columns_by_name(told: str, expected: list[Verdict]) -> None:
    assert verdicts(HOSPITALITY, told, header_rows=2) == expected


def test_two_amounts_of_one_name_do_not_accuse() -> None:
    assert verdicts(TWICE, "湿地生态修复项目实际支出1,520.00万元。") == [U]


def test_a_table_of_another_year_is_left_out() -> None:
    told = "2031年湿地生态修复项目实际支出1,520.00万元。"
    assert verdicts(PROJECTS, told, caption="2031年项目支出明细表") == [X]
    assert verdicts(PROJECTS, "湿地生态修复项目实际支出1,250.00万元。", caption="2031年项目支出明细表") == [E]
