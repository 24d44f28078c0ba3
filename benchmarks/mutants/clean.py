"""The reports that mutants are made of: the sample sources without planted errors, and the shared reports."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from benchmarks.mutants.relations import Relation, held_relations
from benchmarks.mutants.stated import stated_relations
from benchmarks.shared import text_layer_files
from corpus.source import ReportSource, parse
from corpus.typeset import FOLDER, load_manifest, read_source, typeset
from pipeline.extract import extract
from pipeline.model.document import Page, SourceFile
from pipeline.model.report import Reconciliation, Report
from pipeline.read import read_pages
from pipeline.reconcile import reconcile
from pipeline.structure import structure


@dataclass(frozen=True, eq=False)
class CleanReport:
    """An unchanged report as read and judged. `source_text` is its source where it is one of ours."""

    name: str
    report: Report
    reconciliation: Reconciliation
    source_text: str | None

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """All that its figures obey: what its source states, and every check that held."""
        stated = stated_relations(self.source_text, self.report) if self.source_text is not None else ()
        return (*stated, *held_relations(self.report, self.reconciliation))


def sample_reports() -> Iterator[CleanReport]:
    """The sample sources, consistent by their tests: the committed PDF, or typeset now where there is only a planted
    one; left out where its typesetter is not installed."""
    committed = {entry["source"]: FOLDER / entry["file"] for entry in load_manifest() if entry["clean"]}
    for name in sorted({entry["source"] for entry in load_manifest()}):
        text = read_source(name)
        if name in committed:
            yield judge(name, committed[name].read_bytes(), text)
        elif can_typeset(parse(text)):
            yield judge(name, typeset(parse(text)), text)


def shared_reports() -> Iterator[CleanReport]:
    """The shared reports with a text layer, as they are; nothing when they are not there."""
    for path in text_layer_files():
        yield judge(path.name, path.read_bytes(), None)


def can_typeset(source: ReportSource) -> bool:
    """Whether the typesetter of a source is installed."""
    if source.layout.typesetter == "libreoffice":
        return shutil.which("soffice") is not None
    return find_spec("weasyprint") is not None


def judge(name: str, content: bytes, source_text: str | None) -> CleanReport:
    """A PDF read and reconciled."""
    pages, problems = read_pages(content, None, name)
    source = SourceFile(Path(name), name, hashlib.sha256(content).hexdigest(), len(content))
    report, reconciliation = judge_pages(source, tuple(pages))
    if problems:
        raise ValueError(f"{name}: {problems[0].message}")
    return CleanReport(name, report, reconciliation, source_text)


def judge_pages(source: SourceFile, pages: tuple[Page, ...]) -> tuple[Report, Reconciliation]:
    """What the stages behind reading make of pages."""
    report = extract(structure(source, pages))
    return report, reconcile(report)
