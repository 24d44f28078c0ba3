"""Amounts of the text against the tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from patterns.account_names import find_accounts
from pipeline.model.check import Verdict
from pipeline.model.report import Genre
from pipeline.reconcile.evaluate import evaluate
from pipeline.rules.table_restatements import rule_account_in_text_and_table, rule_amount_in_text_and_table
from tests.table_builders import table_report

E, X, U = Verdict.EXACT, Verdict.INCONSISTENT, Verdict.UNVERIFIABLE

ACCOUNTS = """
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
204 | 公共安全支出 | 6,000,000 | 4,000,000 | 2,000,000
20406 | 司法 | 6,000,000 | 4,000,000 | 2,000,000
2040601 | 行政运行 | 4,000,000 | 4,000,000 | 0
2040607 | 公共法律服务 | 2,000,000 | 0 | 2,000,000
合计 | < | 6,000,000 | 4,000,000 | 2,000,000
"""
ITEM = "公共安全支出（类）司法（款）公共法律服务（项）"
GROUPS = """
分类 | 项目 | 金额
人员经费(在编) | 基本工资 | 310.20
^ | 津贴补贴 | 120.15
公用经费 | 日常办公 | 22.40
^ | 公务出行 | 7.60
合计 | < | 460.35
"""


def account_verdicts(told: str, genre: Genre = Genre.BUDGET, caption: str = "一般公共预算支出表") -> list[Verdict]:
    report = table_report(ACCOUNTS, unit="元", caption=caption, told=told)
    report = replace(report, metadata=replace(report.metadata, genre=genre, fiscal_year=2031))
    return [evaluate(c, "c").verdict for c in rule_account_in_text_and_table(report)]


@pytest.mark.parametrize(
    ("told", "verdicts"),
    [
        (f"1．“{ITEM}”200.00万元，主要用于公共法律服务。", [E]),
        (f"1．“{ITEM}”206.00万元，主要用于公共法律服务。", [X]),
        (f"“{ITEM}”200.00万元。2030年预算执行数为180.00万元，2031年预算安排200.00万元。", [E, E]),
        (f"“{ITEM}”200.00万元。2030年预算执行数为180.00万元，2031年预算安排202.00万元。", [E, X]),
        ("公共安全支出（类）600.00万元，占100%。", [E]),
        ("公共安全支出（类）司法（款）社区矫正（项）30.00万元。", []),
        (f"“{ITEM}”主要用于公共法律服务，比上年增加20.00万元。", []),
    ],
)
def test_account_amounts_of_a_budget(told: str, verdicts: list[Verdict]) -> None:
    assert account_verdicts(told) == verdicts


@pytest.mark.parametrize(
    ("told", "verdicts"),
    [
        (f"{ITEM}。年初预算为230.00万元，支出决算为200.00万元。", [E]),
        (f"{ITEM}。年初预算为230.00万元，支出决算为220.00万元。", [X]),
        (f"{ITEM}。全年预算为230.00万元。", []),
    ],
)
def test_account_amounts_of_final_accounts(told: str, verdicts: list[Verdict]) -> None:
    assert account_verdicts(told, Genre.ACCOUNTS) == verdicts


def test_a_table_of_all_funds_does_not_accuse() -> None:
    """DUP402 where the table of the general public budget is missing."""
    assert account_verdicts(f"“{ITEM}”206.00万元。", caption="部门支出总表") == [U]


@pytest.mark.parametrize(
    ("told", "verdicts"),
    [
        ("人员经费430.35万元。", [E]),
        ("公用经费30.00万元。", [E]),
        ("项目合计460.35万元。", [E]),
        ("人员经费431.35万元。", []),
        ("无关款项22.40万元。", []),
        ("无关款项460.35万元。", [E]),
    ],
)
def test_similar_names_only_confirm(told: str, verdicts: list[Verdict]) -> None:
    """DUP403."""
    report = table_report(GROUPS, told=told)
    assert [evaluate(c, "c").verdict for c in rule_amount_in_text_and_table(report)] == verdicts


def test_accounts_are_found_by_class_section_and_item() -> None:
    found = [mention.names for mention in find_accounts("教育支出(类)普通教育(款)小学教育(项)5万元，其他支出(类)3万元")]
    assert found == [("教育", "普通教育", "小学教育"), ("其他",)]
