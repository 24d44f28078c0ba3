"""What people are told of a run: its inputs one by one, as their rows in `documents` say."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pipeline.companions import Companions
from pipeline.model.report import Status
from pipeline.processing import Processed


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One input; counts are 0 where it could not be read. `problems` are what went wrong, in words; `trace` is the
    traceback of a defect of the software."""

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
    problems: tuple[str, ...]
    duplicate_of: str | None
    seconds: float
    trace: str | None = None

    @property
    def findings(self) -> int:
        return self.errors + self.warnings + self.notes


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What came of a run, in input order; `seconds` is how long it took, `companions` what lies beside the datasets,
    `peak_memory` the most bytes that all its processes took at a time, an upper bound, where that is known."""

    documents: tuple[DocumentSummary, ...]
    output: Path
    seconds: float
    interrupted: bool
    companions: Companions | None = None
    peak_memory: int | None = None

    def count(self, status: Status) -> int:
        """How many inputs ended so."""
        return sum(document.status is status for document in self.documents)

    @property
    def pages(self) -> int:
        """Pages read, each once."""
        return sum(document.pages for document in self.documents if document.duplicate_of is None)


def summary_of(processed: Processed) -> DocumentSummary:
    """The summary of a processed input."""
    row = processed.tables["documents"].to_pylist()[0]
    return DocumentSummary(
        source=row["source"],
        doc_id=row["doc_id"],
        status=Status(row["status"]),
        pages=row["pages"] or 0,
        quantities=row["quantities"] or 0,
        verified=row["verified"] or 0,
        errors=row["errors"] or 0,
        warnings=row["warnings"] or 0,
        notes=row["notes"] or 0,
        stated_total=row["stated_total"],
        recomputed_total=row["recomputed_total"],
        error_code=row["error_code"],
        problems=tuple(problem["message"] for problem in row["problems"]),
        duplicate_of=row["duplicate_of"],
        seconds=processed.seconds,
        trace=processed.trace,
    )
