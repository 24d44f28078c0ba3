"""SCO103 and SCO106 on scores that the text gives beside a name: sample reports hold, one changed figure is found."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.ingest import find_inputs
from pipeline.model.check import Check, Verdict
from pipeline.model.document import Page, SourceFile
from pipeline.model.page_edits import replace_text
from pipeline.model.report import Report
from pipeline.read import read_pages
from pipeline.reconcile.evaluate import evaluate
from pipeline.rules.registry import rule_by_code
from pipeline.structure import structure

CORPUS = Path(__file__).parents[2] / "corpus"


@cache
def pages(name: str) -> tuple[Page, ...]:
    return tuple(read_pages((CORPUS / f"{name}.pdf").read_bytes())[0])


def report(name: str, *, context: str = "", old: str = "", new: str = "") -> Report:
    """A sample report, with `old` made `new` in the one place where it stands within `context`."""
    (source,) = find_inputs([str(CORPUS / f"{name}.pdf")])
    assert isinstance(source, SourceFile)
    read = list(pages(name))
    if context:
        ((index, start),) = [(i, page.text.index(context)) for i, page in enumerate(read) if context in page.text]
        start += context.index(old)
        read[index] = replace_text(read[index], start, start + len(old), new)
    return extract(structure(source, read))


def checks(found: Report, code: str) -> list[Check]:
    return [evaluate(calculation, "c") for calculation in rule_by_code(code).function(found)]


@pytest.mark.parametrize(
    ("code", "name", "at_least"),
    [
        ("SCO103", "songqi-road-2023", 20),
        ("SCO106", "songqi-road-2023", 5),
        ("SCO106", "dongpu-approval-2020", 5),
    ],
)
def test_sample_reports_hold(code: str, name: str, at_least: int) -> None:
    verdicts = [check.verdict for check in checks(report(name), code)]
    assert len(verdicts) >= at_least
    assert set(verdicts) <= {Verdict.EXACT, Verdict.WITHIN_ROUNDING}


@pytest.mark.parametrize(
    ("code", "name", "context", "old", "new"),
    [
        ("SCO106", "songqi-road-2023", "产出指标得29.30分", "29.30", "29.90"),
        ("SCO103", "songqi-road-2023", "得分率97.67%", "97.67", "96.77"),
        ("SCO106", "dongpu-approval-2020", "过程30.00分", "30.00", "20.00"),
    ],
)
def test_a_changed_figure_is_found(code: str, name: str, context: str, old: str, new: str) -> None:
    found = checks(report(name, context=context, old=old, new=new), code)
    assert [check.verdict for check in found].count(Verdict.INCONSISTENT) == 1
