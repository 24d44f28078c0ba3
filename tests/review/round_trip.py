"""Reports whose figures the input file says, for runs that differ in one figure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pipeline.guard.board import Steps
from pipeline.model.document import SourceFile
from pipeline.model.report import Outcome, Report
from pipeline.processing import STAGES, Settings
from pipeline.reconcile import reconcile
from pipeline.run import RunOptions, run
from pipeline.summary import RunSummary
from tests.builders import scored_report
from tests.test_run import Notes

HEADER = b"%PDF-1.4 "
RATES = {"决策": "80%", "过程": "80%", "产出": "70%"}
"""Score rates that all contradict 18, 19 and 15 points of 20: three findings."""


def write_report(folder: Path, rates: Mapping[str, str], name: str = "报告.pdf") -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(HEADER + json.dumps(rates).encode())


def as_written(source: SourceFile, settings: Settings, steps: Steps) -> Outcome:  # noqa: ARG001
    """Stands for the analysis; runs in a worker process."""
    steps.end()
    rates = json.loads(source.path.read_bytes().removeprefix(HEADER))
    report = report_of(rates)
    report = replace(report, document=_document(report, source))
    return Outcome(source, report, reconcile(report), (), 0.1)


def report_of(rates: Mapping[str, str]) -> Report:
    scores = {"决策": "18", "过程": "19", "产出": "15"}
    return scored_report([(1, name, "20", scores[name], rate) for name, rate in rates.items()])


def run_over(folder: Path, output: Path) -> RunSummary:
    return run(RunOptions((str(folder),), output, jobs=1, stages=replace(STAGES, analyse=as_written)), Notes())


def _document(report: Report, source: SourceFile) -> object:
    return replace(report.document, source=source)
