"""The recipe for one document: from its bytes to a report and what was concluded about it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from pipeline.errors import JixiaoError
from pipeline.extract import extract
from pipeline.failure import failed
from pipeline.guard.board import Steps, Unwatched
from pipeline.ingest import load_bytes
from pipeline.model.document import Document, Page, Problem, Reader, SourceFile
from pipeline.model.portion import WHOLE
from pipeline.model.report import Outcome
from pipeline.read import read_pages, second_look
from pipeline.read.options import ReadOptions
from pipeline.reconcile import reconcile
from pipeline.reread import find_corrections, put_in_place
from pipeline.structure import structure

_DEFAULTS = ReadOptions()
_UNWATCHED = Unwatched()


def analyse(
    source: SourceFile, password: str | None = None, options: ReadOptions = _DEFAULTS, steps: Steps = _UNWATCHED
) -> Outcome:
    """Read, structure, extract and reconcile one document; `steps` is told of each page, and when all are read.

    What a person can act on (an encrypted or damaged file) becomes a failed outcome; any other exception is a defect
    of the software and is raised.
    """
    started = time.perf_counter()
    try:
        pages, problems = read_pages(load_bytes(source), password, source.source, options, portion=WHOLE, steps=steps)
    except JixiaoError as error:
        return failed(source, error.code, str(error), time.perf_counter() - started)
    steps.end()
    outcome = conclude(source, pages, problems, started)
    if any(page.reader is Reader.OCR for page in pages):
        return _looked_at_again(outcome, pages, problems, password, started)
    return outcome


def conclude(
    source: SourceFile, pages: Sequence[Page], problems: Sequence[Problem], started: float | None = None
) -> Outcome:
    """Structure, extract and reconcile what has been read of one document. `started`, by the clock of
    `time.perf_counter`, is when that began."""
    began = time.perf_counter() if started is None else started
    return _concluded(structure(source, tuple(pages), tuple(problems)), began)


def _concluded(document: Document, began: float) -> Outcome:
    report = extract(document)
    reconciliation = reconcile(report)
    return Outcome(document.source, report, reconciliation, document.problems, time.perf_counter() - began)


def _looked_at_again(
    outcome: Outcome, pages: Sequence[Page], problems: Sequence[Problem], password: str | None, began: float
) -> Outcome:
    """The outcome with recognised figures of failed checks read again, and everything behind reading done anew where
    a second reading replaced a first."""
    if outcome.report is None or outcome.reconciliation is None:
        return outcome
    source = outcome.source
    with second_look(load_bytes(source), password, source.source) as look:
        found = find_corrections(outcome.report.document, outcome.reconciliation, look)
    changed, corrections = put_in_place(pages, found.corrections)
    document = structure(source, changed, tuple(problems)) if corrections else outcome.report.document
    return _concluded(replace(document, corrections=corrections, second_looks=found.looked_at), began)
