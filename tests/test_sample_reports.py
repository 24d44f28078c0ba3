"""The sample corpus end to end: every planted contradiction found, nothing else accused, traps left alone."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.analyse import analyse
from pipeline.ingest import find_inputs
from pipeline.model.check import Severity
from pipeline.model.document import SourceFile
from pipeline.model.finding import Finding
from pipeline.model.report import Outcome

CORPUS = Path(__file__).parent.parent / "corpus"
REPORTS: list[dict[str, Any]] = tomllib.loads((CORPUS / "manifest.toml").read_text(encoding="utf-8"))["report"]
MILESTONE = 2

_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")


@cache
def outcome(file: str) -> Outcome:
    (source,) = find_inputs([str(CORPUS / file)])
    assert isinstance(source, SourceFile)
    return analyse(source)


def findings(file: str) -> tuple[Finding, ...]:
    reconciliation = outcome(file).reconciliation
    assert reconciliation is not None
    return reconciliation.findings


def numbers(*texts: str) -> set[Decimal]:
    return {
        Decimal(re.sub("[,，]", "", match.group())).normalize() for text in texts for match in _NUMBER.finditer(text)
    }


def speaks_of(finding: Finding, planted: dict[str, Any]) -> bool:
    """Whether a finding is the planted contradiction: it names the stated and the expected figure, or one of them and
    half the operands."""
    have = numbers(finding.stated, finding.expected, finding.formula, finding.message)
    operands = numbers(*planted["operands"])
    stated, expected = numbers(planted["stated"]) <= have, bool(numbers(planted["expected"]) & have)
    return (stated and expected) or ((stated or expected) and len(operands & have) * 2 >= len(operands))


PLANTED = [
    pytest.param(report["file"], planted, id=planted["id"])
    for report in REPORTS
    for planted in report.get("planted", ())
    if planted["milestone"] <= MILESTONE
]


@pytest.mark.parametrize(("file", "planted"), PLANTED)
def test_planted_contradiction_is_found(file: str, planted: dict[str, Any]) -> None:
    assert any(speaks_of(finding, planted) for finding in findings(file)), [f.message for f in findings(file)]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report["file"])
def test_nothing_else_is_accused(report: dict[str, Any]) -> None:
    planted = [*report.get("planted", ())]
    consequences = numbers(*(text for item in planted for text in item.get("consequences", ())))
    for finding in findings(report["file"]):
        if finding.severity is not Severity.ERROR or any(speaks_of(finding, item) for item in planted):
            continue
        known = consequences | numbers(*(item["stated"] for item in planted))
        assert numbers(finding.stated) & known, finding.message


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report["file"])
def test_traps_are_left_alone(report: dict[str, Any]) -> None:
    for trap in report.get("trap", ()):
        figures = numbers(*trap["figures"])
        for finding in findings(report["file"]):
            assert len(figures) < 2 or not figures <= numbers(finding.stated, finding.expected), trap["why"]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report["file"])
def test_metadata(report: dict[str, Any]) -> None:
    found = outcome(report["file"]).report
    assert found is not None
    metadata = found.metadata
    total = metadata.stated_total.value if metadata.stated_total is not None else None
    assert metadata.department == report["department"]
    assert metadata.fiscal_year == report["fiscal_year"]
    assert metadata.genre == report["genre"]
    assert (metadata.stated_grade or "") == report["stated_grade"][:1]
    if not report.get("planted"):
        assert total == (Decimal(report["stated_total"]) if report["stated_total"] else None)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report["file"])
def test_quantities_are_printed_where_they_say(report: dict[str, Any]) -> None:
    found = outcome(report["file"]).report
    assert found is not None
    for quantity in found.quantities:
        assert found.document.printed(quantity.spans) == quantity.printed
