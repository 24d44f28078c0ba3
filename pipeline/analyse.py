"""The recipe for one document: from its bytes to a report and what was concluded about it."""

from __future__ import annotations

import time
from collections.abc import Sequence

from pipeline.errors import JixiaoError
from pipeline.extract import extract
from pipeline.failure import failed
from pipeline.guard.board import Steps, Unwatched
from pipeline.ingest import load_bytes
from pipeline.model.document import Page, Problem, SourceFile
from pipeline.model.portion import WHOLE
from pipeline.model.report import Outcome
from pipeline.read import read_pages
from pipeline.read.options import ReadOptions
from pipeline.reconcile import reconcile
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
        pages, problems = read_pages(load_bytes(source), password, source.source, options, WHOLE, steps)
    except JixiaoError as error:
        return failed(source, error.code, str(error), time.perf_counter() - started)
    steps.end()
    return conclude(source, pages, problems, started)


def conclude(
    source: SourceFile, pages: Sequence[Page], problems: Sequence[Problem], started: float | None = None
) -> Outcome:
    """Structure, extract and reconcile what has been read of one document. `started`, by the clock of
    `time.perf_counter`, is when that began."""
    began = time.perf_counter() if started is None else started
    document = structure(source, tuple(pages), tuple(problems))
    report = extract(document)
    reconciliation = reconcile(report)
    return Outcome(source, report, reconciliation, document.problems, time.perf_counter() - began)
