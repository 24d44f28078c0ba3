"""The evidence report of a finished run: a folder of pages that open from the file system, with nothing but a browser.

index.html           the corpus
doc/<doc_id>.html    one document; #<finding_id> opens a finding, #<quantity_id> a figure, #<check_id> a check
data/                what they show, as scripts (a page opened from the file system may load nothing else)
pages/<doc_id>/      page images
assets/              styles and scripts

The same datasets and PDFs give the same bytes.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.model.document import SourceFile
from pipeline.model.geometry import BBox
from pipeline.publish.datasets import read_rows
from pipeline.publish.evidence.corpus_data import CorpusData
from pipeline.publish.evidence.document_data import DATASETS
from pipeline.publish.evidence.images import DocumentToDraw, DrawnPages, PageToDraw
from pipeline.publish.evidence.options import ReportOptions
from pipeline.publish.evidence.rendering import Renderer, renderer
from pipeline.publish.evidence.site import Site
from pipeline.publish.evidence.sources import locate_sources
from pipeline.publish.evidence.staging import staged_folder
from pipeline.publish.evidence.stream import read_by_document
from pipeline.publish.lock import directory_lock
from pipeline.publish.masking import MASK
from pipeline.publish.schema import Row

FOLDER = "report"
"""The folder of the report, below that of the datasets."""

_OCR = "ocr"
# Documents in drawing ahead of the one being written, per process: enough to keep all busy.
_AHEAD_PER_JOB = 3

NOT_FOUND = "not-found"
NOT_ASKED_FOR = "not-asked-for"


@dataclass(frozen=True, slots=True)
class DocumentSize:
    """What one document takes up in the report, in bytes, and why pages lack their images (None where they do not)."""

    source: str
    pages: int
    images: int
    image_bytes: int
    other_bytes: int
    problem: str | None

    @property
    def bytes(self) -> int:
        return self.image_bytes + self.other_bytes


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """A report that was built. `bytes` counts everything in its folder."""

    folder: Path
    documents: tuple[DocumentSize, ...]
    bytes: int
    seconds: float


class Watcher(Protocol):
    """Hears how far a report is."""

    def begin(self, documents: int) -> None: ...

    def finished(self, document: DocumentSize) -> None: ...


@dataclass(frozen=True, slots=True)
class _Underway:
    """A document whose pages are being drawn, unless there is nothing to draw."""

    row: Row
    rows: dict[str, list[Row]]
    drawing: Future[DrawnPages] | None


def build_report(directory: Path, options: ReportOptions, watcher: Watcher) -> ReportSummary:
    """Build the report of the run whose results are in `directory`, replacing an earlier one when it is complete.

    A document whose PDF is not found, or cannot be drawn, is shown without page images. Raises UsageError where
    `directory` holds no results, OutputNotWritable where the report cannot be written, OutputInUseError where a run is
    writing there.
    """
    clock = time.perf_counter()
    documents = read_rows(directory, "documents")
    with directory_lock(directory), staged_folder(directory / FOLDER) as folder:
        site, corpus, sizes = Site(folder), CorpusData(), []
        watcher.begin(sum(row["duplicate_of"] is None for row in documents))
        for row, findings, size in _write_documents(directory, documents, site, options):
            corpus.add(row, findings)
            if row["duplicate_of"] is None:
                sizes.append(size)
                watcher.finished(size)
        site.write_corpus(corpus)
        total = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return ReportSummary(directory / FOLDER, tuple(sizes), total, time.perf_counter() - clock)


def _write_documents(
    directory: Path, documents: list[Row], site: Site, options: ReportOptions
) -> Iterator[tuple[Row, list[Row], DocumentSize]]:
    """Write each document's page; yields its row, its findings and its size, in order."""
    sources = _sources(directory, documents, options)
    ahead: deque[_Underway] = deque()
    with renderer(options.jobs) as drawing:
        for row, rows in read_by_document(directory, DATASETS, documents):
            task = _task(row, rows, sources, site, options)
            ahead.append(_Underway(row, rows, None if task is None else drawing.begin(task)))
            if len(ahead) > options.jobs * _AHEAD_PER_JOB:
                yield _finish(ahead.popleft(), site, drawing, options)
        while ahead:
            yield _finish(ahead.popleft(), site, drawing, options)


def _sources(directory: Path, documents: list[Row], options: ReportOptions) -> dict[str, SourceFile]:
    if not options.images:
        return {}
    wanted = [row["sha256"] for row in documents if row["pages"]]
    runs = read_rows(directory, "runs")
    return locate_sources(directory, runs[-1] if runs else None, wanted, options.sources)


def _task(
    row: Row, rows: Mapping[str, list[Row]], sources: Mapping[str, SourceFile], site: Site, options: ReportOptions
) -> DocumentToDraw | None:
    """The drawing to be done for a document; None where there is none."""
    source = sources.get(row["sha256"] or "")
    pages = tuple(_page_to_draw(page) for page in rows["pages"] if _may_be_shown(page))
    if source is None or not pages:
        return None
    return DocumentToDraw(source, pages, site.image_folder(row["doc_id"]), options.password)


def _page_to_draw(page: Row) -> PageToDraw:
    masked = page.get("masked") or ()
    hidden = tuple(BBox(item["x0"], item["top"], item["x1"], item["bottom"]) for item in masked)
    return PageToDraw(page["page"], page["width"], page["height"], hidden, page["reader"] == _OCR)


def _may_be_shown(page: Row) -> bool:
    """Whether a picture of the page can be had without what its text hides: the datasets of older versions do not say
    where that stands."""
    masked = page.get("masked")
    if masked is None:
        return MASK not in page["text"]
    return all(item["x0"] is not None for item in masked)


def _finish(
    underway: _Underway, site: Site, drawing: Renderer, options: ReportOptions
) -> tuple[Row, list[Row], DocumentSize]:
    row, rows = underway.row, underway.rows
    drawn = DrawnPages({})
    problem: str | None = NOT_FOUND if options.images else NOT_ASKED_FOR
    if underway.drawing is not None:
        drawn, problem = drawing.finish(underway.drawing)
    if not rows["pages"]:
        problem = None
    written = site.write_document(row, rows, drawn, problem)
    images = drawn.sizes.values()
    size = DocumentSize(row["source"], len(rows["pages"]), len(images), sum(images), written, problem)
    return row, rows["findings"], size
