"""A whole run: find the inputs, process each in a worker, publish, sum up."""

from __future__ import annotations

import json
import os
import secrets
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from pipeline.companions import Companions, write_companions
from pipeline.ingest import FailedInput, find_inputs
from pipeline.interruption import Interruption, interruption
from pipeline.model.document import SourceFile
from pipeline.model.report import Status
from pipeline.processing import STAGES, Processed, Settings, Stages, process_failed
from pipeline.publish.publication import publication
from pipeline.publish.schema import DOCUMENTS, RUNS, Row
from pipeline.publish.tables import to_table
from pipeline.review.carrying import Carrying
from pipeline.summary import DocumentSummary, RunSummary, summary_of
from pipeline.version import RULES_VERSION, VERSION
from pipeline.workers import Allowance, Workers

DEFAULT_TIMEOUT = 600.0
"""Seconds a document may take: far more than the slowest scan, so that only what hangs is given up."""

DEFAULT_PAGE_TIMEOUT = 60.0
"""Seconds a page may take: recognising the fullest one takes a tenth of it."""

DEFAULT_MEMORY = 2 << 30
"""Bytes of memory a worker may take: recognition needs some 0.9 GiB, everything else 0.15 GiB."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What a run is asked to do. `jobs` is the number of worker processes, `timeout` in seconds per document and
    `page_timeout` per page, `memory` in bytes per worker; `ocr` and `dpi` are those of ReadOptions (None: its default).
    """

    inputs: tuple[str, ...]
    output: Path
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    password: str | None = None
    keep_personal: bool = False
    timings: bool = False
    timeout: float = DEFAULT_TIMEOUT
    page_timeout: float = DEFAULT_PAGE_TIMEOUT
    memory: int = DEFAULT_MEMORY
    ocr: str | None = None
    dpi: int | None = None
    workbook: bool = True
    stages: Stages = STAGES


class Watcher(Protocol):
    """Whoever follows a run: told how many inputs there are, then of each document as it is done (in any order)."""

    def begin(self, inputs: int) -> None: ...

    def finished(self, document: DocumentSummary) -> None: ...


def run(options: RunOptions, watcher: Watcher) -> RunSummary:
    """Process all inputs and publish the datasets into `options.output`, replacing those of an earlier run.

    Reviews of findings are carried on from `reviews.csv`, and a workbook is written beside the datasets. A document
    that cannot be read ends as a failed row; so do those that Ctrl-C leaves unread. Raises OutputError where the output
    cannot be written, UsageError where `reviews.csv` is not understood, KeyboardInterrupt where Ctrl-C came before
    anything was read; the datasets of the earlier run then stay.
    """
    started, clock = datetime.now(UTC), time.perf_counter()
    companions: list[Companions] = []
    settings = _settings(options)
    workers = Workers(settings, Allowance(options.jobs, options.timeout, options.page_timeout, options.memory))
    with interruption() as stop, publication(options.output) as published:
        carrying = Carrying(options.output)
        inputs = _find(options.inputs, stop)
        watcher.begin(len(inputs))
        documents = []
        for processed in _in_order(inputs, settings, workers, watcher, stop):
            published.add(carrying.carry(processed.tables))
            documents.append(summary_of(processed))
        if stop and not any(document.pages for document in documents):
            raise KeyboardInterrupt
        seconds = time.perf_counter() - clock
        published.add({"runs": _run_table(options, documents, started, seconds, carrying)})
        published.afterwards(
            lambda: companions.append(write_companions(options.output, carrying, workbook=options.workbook))
        )
    seconds = time.perf_counter() - clock
    return RunSummary(tuple(documents), options.output, seconds, bool(stop), companions[0], workers.peak_memory)


def _settings(options: RunOptions) -> Settings:
    return Settings(
        password=options.password,
        ocr=options.ocr,
        dpi=options.dpi,
        keep_personal=options.keep_personal,
        timings=options.timings,
        stages=options.stages,
    )


def _find(given: Sequence[str], stop: Interruption) -> list[SourceFile | FailedInput]:
    """All inputs, each read through for its hash, which in a large folder takes a while."""
    found = []
    for item in find_inputs(given):
        if stop:
            raise KeyboardInterrupt
        found.append(item)
    return found


def _in_order(
    inputs: Sequence[SourceFile | FailedInput],
    settings: Settings,
    workers: Workers,
    watcher: Watcher,
    stop: Interruption,
) -> Iterator[Processed]:
    """Every input processed, in input order; of inputs with the same bytes only the first is read."""
    unique = {item.sha256: item for item in reversed(inputs) if isinstance(item, SourceFile)}
    sources = [item for item in inputs if isinstance(item, SourceFile) and unique[item.sha256] is item]
    results = workers.process_all(sources, stop, lambda processed: watcher.finished(summary_of(processed)))
    first_rows: dict[str, Row] = {}
    for item in inputs:
        if isinstance(item, SourceFile) and unique[item.sha256] is item:
            processed = next(results)
            first_rows[item.sha256] = processed.tables["documents"].to_pylist()[0]
        elif isinstance(item, SourceFile):
            processed = _duplicate(item, first_rows[item.sha256])
            watcher.finished(summary_of(processed))
        else:
            processed = process_failed(item.source, item.code, item.message, settings)
            watcher.finished(summary_of(processed))
        yield processed


def _duplicate(source: SourceFile, first: Row) -> Processed:
    """The row of an input whose bytes were read under another name."""
    row = first | {"source": source.source, "duplicate_of": first["source"]}
    return Processed(source, {"documents": to_table(DOCUMENTS, [row])}, 0.0)


def _run_table(
    options: RunOptions, documents: Sequence[DocumentSummary], started: datetime, seconds: float, carrying: Carrying
) -> pa.Table:
    statuses = Counter(document.status for document in documents)
    timings = [
        {"doc_id": document.doc_id, "source": document.source, "seconds": round(document.seconds, 3)}
        for document in documents
        if document.duplicate_of is None
    ]
    row = {
        "run_id": f"{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}",
        "started": started,
        "finished": datetime.now(UTC),
        "version": VERSION,
        "rules_version": RULES_VERSION,
        "options": json.dumps(_told_options(options), ensure_ascii=False),
        "inputs": len(documents),
        "ok": statuses[Status.OK],
        "partial": statuses[Status.PARTIAL],
        "failed": statuses[Status.FAILED],
        "pages": sum(document.pages for document in documents if document.duplicate_of is None),
        "seconds": round(seconds, 3),
        "timings": timings,
        **carrying.columns(),
    }
    return to_table(RUNS, [row])


def _told_options(options: RunOptions) -> Row:
    """The options as published: that there was a password, not which."""
    return {
        "inputs": list(options.inputs),
        "output": str(options.output),
        "jobs": options.jobs,
        "password": options.password is not None,
        "keep_personal": options.keep_personal,
        "timings": options.timings,
        "timeout": options.timeout,
        "page_timeout": options.page_timeout,
        "memory": options.memory,
        "ocr": options.ocr,
        "dpi": options.dpi,
        "workbook": options.workbook,
    }
