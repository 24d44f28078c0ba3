"""Whatever a table looks like: the rules do not fail, and a table built to add up is never accused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.model.check import Verdict
from pipeline.model.report import Report
from pipeline.reconcile.evaluate import evaluate
from pipeline.rules import table_columns, table_rates, table_restatements, table_sums
from tests.table_builders import table_report

RULES = [
    function
    for module in (table_sums, table_columns, table_rates, table_restatements)
    for name, function in vars(module).items()
    if name.startswith("rule_") and function.__module__ == module.__name__
]

_TEXTS = st.sampled_from(
    [
        "",
        "-",
        "^",
        "<",
        "合计",
        "小计",
        "总计",
        "其中：甲",
        "一、收入",
        "1.支出",
        "204",
        "20406",
        "06",
        "执行率",
        "预算数",
        "增减额",
        "12.50",
        "1,000",
        "0.00",
        "95.00%",
        "100%",
        "(3.00)",
        "3人",
        "备注",
        "占比",
        "执行率(B/A)",
        "预算数(A)",
        "执行数(B)",
        "年初数",
        "年末数",
        "累计支出",
        "本季支出",
        "平均",
    ]
)
_AMOUNTS = st.integers(min_value=0, max_value=10**7)


def verdicts(report: Report) -> list[tuple[str, Verdict]]:
    return [(c.code, evaluate(c, "c").verdict) for rule in RULES for c in rule(report)]


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(2, 5).flatmap(lambda width: st.lists(st.lists(_TEXTS, min_size=width, max_size=width), min_size=2)))
def test_any_table_can_be_judged(rows: list[list[str]]) -> None:
    """Spans are drawn at random, so some cells are covered twice or not at all."""
    rows[0] = [text if text not in ("^", "<") else "项目" for text in rows[0]]
    drawing = "\n".join(" | ".join(["甲" if row[0] in ("<", "") else row[0], *row[1:]]) for row in rows)
    verdicts(table_report(drawing))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_AMOUNTS, _AMOUNTS), min_size=2, max_size=30))
def test_a_table_that_adds_up_is_never_accused(amounts: list[tuple[int, int]]) -> None:
    """Amounts to the fen, totals by row and column, shares rounded half up."""
    lines = ["项目 | 合计 | 基本支出 | 项目支出 | 占比"]
    whole = sum(a + b for a, b in amounts)
    for i, (a, b) in enumerate(amounts):
        share = f"{(Decimal(a + b) * 100 / whole):.2f}%" if whole else "-"
        lines.append(f"事项{chr(0x4E00 + i)} | {_fen(a + b)} | {_fen(a)} | {_fen(b)} | {share}")
    first, second = sum(a for a, _ in amounts), sum(b for _, b in amounts)
    lines.append(f"合计 | {_fen(whole)} | {_fen(first)} | {_fen(second)} | {'100.00%' if whole else '-'}")
    found = verdicts(table_report("\n".join(lines), unit="元"))
    assert Verdict.INCONSISTENT not in [verdict for _, verdict in found]
    assert [code for code, _ in found].count("SUM201") >= 3


def _fen(amount: int) -> str:
    return f"{Decimal(amount) / 100:,.2f}"
