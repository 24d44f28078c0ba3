"""Odd notation is a note; the value holds."""

from __future__ import annotations

from pipeline.model.check import Severity, Verdict
from pipeline.reconcile import reconcile
from tests.builders import sample_report


def test_a_misplaced_thousands_mark_is_noted() -> None:
    reconciliation = reconcile(sample_report("linyue-school-2022-planted.pdf"))
    (finding,) = (finding for finding in reconciliation.findings if finding.code == "FMT601")
    assert finding.severity is Severity.NOTE
    assert "5,277.20" in finding.message
    assert finding.check.verdict is Verdict.EXACT


def test_well_placed_marks_are_not() -> None:
    reconciliation = reconcile(sample_report("dongpu-approval-2020.pdf"))
    assert not [finding for finding in reconciliation.findings if finding.code == "FMT601"]
