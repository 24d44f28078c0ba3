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
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from pipeline.analyse import analyse
from pipeline.ingest import FailedInput, find_inputs
from pipeline.interruption import Interruption, interruption
from pipeline.model.document import SourceFile
from pipeline.model.report import Status
from pipeline.publish.publication import publication
from pipeline.publish.schema import DOCUMENTS, RUNS
from pipeline.publish.tables import to_table
from pipeline.version import RULES_VERSION, VERSION
from pipeline.workers import Analysis, Processed, Settings, process_all, process_failed

DEFAULT_TIMEOUT = 600.0
"""Seconds a document may take: far more than the slowest scan, so that only what hangs is given up."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What a run is asked to do. `jobs` is the number of worker processes, `timeout` in seconds per document."""

    inputs: tuple[str, ...]
    output: Path
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    password: str | None = None
    keep_personal: bool = False
    timings: bool = False
    timeout: float = DEFAULT_TIMEOUT
    analyse: Analysis = analyse


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One input's row of `documents`, as far as people are told of it; counts are 0 where it could not be read."""

    source: str
    doc_id: str | None
    status: Status
    pages: int
    quantities: int
    verified: int
    errors: int
    warnings: int
    notes: int
    stated_total: Decimal | None
    recomputed_total: Decimal | None
    error_code: str | None
    error: str | None
    duplicate_of: str | None
    seconds: float
    trace: str | None = None

    @property
    def findings(self) -> int:
        return self.errors + self.warnings + self.notes


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What came of a run, input by input."""

    documents: tuple[DocumentSummary, ...]
    output: Path
    seconds: float
    interrupted: bool

    def count(self, status: Status) -> int:
        """How many inputs ended so."""
        return sum(document.status is status for document in self.documents)


class Watcher(Protocol):
    """Whoever follows a run: told how many inputs there are, then of each document as it is done (in any order)."""

    def begin(self, inputs: int) -> None: ...

    def finished(self, document: DocumentSummary) -> None: ...


def run(options: RunOptions, watcher: Watcher) -> RunSummary:
    """Process all inputs and publish the datasets into `options.output`, replacing those of an earlier run.

    Raises OutputError where the output cannot be written; a document that cannot be read ends as a failed row.
    """
    started, clock = datetime.now(UTC), time.perf_counter()
    with publication(options.output) as published, interruption() as stop:
        inputs = tuple(find_inputs(options.inputs))
        watcher.begin(len(inputs))
        documents = []
        for processed, duplicate_of in _in_order(inputs, options, watcher, stop):
            published.add(processed.tables)
            documents.append(_summary(processed, duplicate_of))
        seconds = time.perf_counter() - clock
        published.add({"runs": _run_table(options, documents, started, seconds)})
    return RunSummary(tuple(documents), options.output, seconds, bool(stop))
