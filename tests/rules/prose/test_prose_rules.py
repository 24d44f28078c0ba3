"""Every prose rule on its cases: what must hold, what must be found, and what must never be accused."""

from __future__ import annotations

import pytest

from pipeline.model.check import Verdict
from pipeline.reconcile.evaluate import evaluate
from pipeline.reconcile.formula import printed_figure
from pipeline.rules.registry import rule_by_code
from tests.rules.prose import cases_counts, cases_rates, cases_restatements, cases_sums
from tests.rules.prose.report import Case, prose_report

ALL = {**cases_sums.CASES, **cases_rates.CASES, **cases_counts.CASES, **cases_restatements.CASES}
LISTED = [(code, case) for code, cases in ALL.items() for case in cases]


@pytest.mark.parametrize(("code", "case"), LISTED, ids=[f"{code}-{case.paragraphs[0][:24]}" for code, case in LISTED])
def test_case(code: str, case: Case) -> None:
    report = prose_report(case.paragraphs)
    checks = [evaluate(calculation, "c1") for calculation in rule_by_code(code).function(report)]
    wrong = [printed_figure(c.calculation.stated) for c in checks if c.verdict is Verdict.INCONSISTENT]
    right = [
        printed_figure(c.calculation.stated) for c in checks if c.verdict in (Verdict.EXACT, Verdict.WITHIN_ROUNDING)
    ]
    assert sorted(wrong) == sorted(case.bad)
    assert set(case.good) <= set(right)


@pytest.mark.parametrize("code", ALL)
def test_rule_has_cases_for_and_against(code: str) -> None:
    assert any(case.good for case in ALL[code]) or code in ACCUSING_ONLY
    assert any(case.bad for case in ALL[code]) or code in CONFIRMING_ONLY
    assert any(not case.bad for case in ALL[code])


# Rules that look for one kind of mistake and have nothing to confirm, and rules that never accuse.
ACCUSING_ONLY = {"DUP404"}
CONFIRMING_ONLY = {"DUP405"}
