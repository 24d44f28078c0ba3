"""The recipe for one document: from its bytes to a report and what was concluded about it."""

from __future__ import annotations

import time

from pipeline.errors import JixiaoError
from pipeline.extract import extract
from pipeline.failure import failed
from pipeline.ingest import load_bytes
from pipeline.model.document import SourceFile
from pipeline.model.report import Outcome
from pipeline.read import read_pages
from pipeline.reconcile import reconcile
from pipeline.structure import structure


def analyse(source: SourceFile, password: str | None = None) -> Outcome:
    """Read, structure, extract and reconcile one document.

    What a person can act on (an encrypted or damaged file) becomes a failed outcome; any other exception is a defect
    of the software and is raised.
    """
    started = time.perf_counter()
    try:
        pages, problems = read_pages(load_bytes(source), password, source.source)
    except JixiaoError as error:
        return failed(source, error.code, str(error), time.perf_counter() - started)
    document = structure(source, tuple(pages), tuple(problems))
    report = extract(document)
    reconciliation = reconcile(report)
    return Outcome(source, report, reconciliation, document.problems, time.perf_counter() - started)
