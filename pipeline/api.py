"""What `import pipeline` offers: results of runs, and single documents."""

from __future__ import annotations

from pathlib import Path

from pipeline.analyse import analyse as analyse_source
from pipeline.errors import InputError, UsageError
from pipeline.failure import failed
from pipeline.ingest import FailedInput, find_inputs, load_bytes
from pipeline.model.document import SourceFile
from pipeline.notebook.documents import AnalysedDocument, ReadDocument
from pipeline.notebook.results import Results
from pipeline.read import read_pages
from pipeline.structure import structure

__all__ = ["analyse", "load", "read"]


def load(directory: str | Path = "output") -> Results:
    """The results of `jixiao run … --output directory`: typed pandas frames (`r.findings`, `r.indicators`, …), and
    `r.sql("…")` over them. Raises UsageError where there are none."""
    return Results(directory)


def read(path: str | Path, *, password: str | None = None) -> ReadDocument:
    """One PDF as pages, sections, paragraphs and tables. Raises an InputError that says why it cannot be read."""
    source = _only_input(path)
    if isinstance(source, FailedInput):
        raise InputError(source.message)
    pages, problems = read_pages(load_bytes(source), password, source.source)
    return ReadDocument.of(structure(source, tuple(pages), tuple(problems)))


def analyse(path: str | Path, *, password: str | None = None, keep_personal: bool = False) -> AnalysedDocument:
    """One PDF with its figures, indicators, checks and findings, as a run would publish them.

    What cannot be read gives a failed outcome that says why, as in a run. Personal data in the frames is masked unless
    `keep_personal`. Raises UsageError for a folder or an archive of several documents.
    """
    source = _only_input(path)
    if isinstance(source, FailedInput):
        outcome = failed(source.source, source.code, source.message)
    else:
        outcome = analyse_source(source, password)
    return AnalysedDocument.of(outcome, keep_personal=keep_personal)


def _only_input(path: str | Path) -> SourceFile | FailedInput:
    """The one document at `path`. Raises UsageError where there are more."""
    inputs = list(find_inputs((str(path),)))
    if len(inputs) > 1:
        raise UsageError(f"{path}: holds {len(inputs)} documents.", "'jixiao run' reads them all; then use load().")
    return inputs[0]
