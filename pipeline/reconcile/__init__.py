"""Reconcile a report: re-compute everything its words and tables tie together, and say what does not hold."""

from __future__ import annotations

from decimal import Decimal

from pipeline.model.check import Check, Verdict
from pipeline.model.report import Reconciliation, Report
from pipeline.reconcile.coverage import statuses_of
from pipeline.reconcile.evaluate import evaluate
from pipeline.reconcile.findings import findings_of
from pipeline.rules.registry import RULES

__all__ = ["reconcile"]

_TOTAL = "SCO105"


def reconcile(report: Report) -> Reconciliation:
    """Every rule's calculations evaluated, the findings among them, and what became of each quantity."""
    calculations = [calculation for rule in RULES for calculation in rule.function(report)]
    checks = tuple(evaluate(calculation, f"c{i}") for i, calculation in enumerate(calculations, start=1))
    return Reconciliation(
        checks=checks,
        findings=findings_of(report, checks, {rule.code: rule.title for rule in RULES}),
        statuses=statuses_of(report.quantities, checks),
        recomputed_total=_recomputed_total(checks),
    )


def _recomputed_total(checks: tuple[Check, ...]) -> Decimal | None:
    """What the report's own scores add up to, where all of them are there."""
    for check in checks:
        if check.calculation.code == _TOTAL and check.verdict is not Verdict.UNVERIFIABLE:
            return check.expected
    return None
