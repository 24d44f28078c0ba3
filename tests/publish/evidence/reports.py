"""Results of runs to build evidence reports from, and a way to read what was built."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.model.document import SourceFile
from pipeline.publish.evidence.build import DocumentSize, ReportSummary, build_report
from pipeline.publish.evidence.options import ReportOptions
from pipeline.publish.publication import publication
from pipeline.publish.rows import rows_of
from pipeline.publish.schema import RUNS, Row
from pipeline.publish.tables import tables_of, to_table
from tests.sample_outcome import sample_outcome

MARKUP = "</script><script>window.markupRan=1</script><img src=x onerror=window.markupRan=1>&amp;'\"\u2028\u2029"
"""Text that would run, load or end something wherever it is not taken as text."""

_TOLD = {
    "source",
    "department",
    "message",
    "title",
    "quote",
    "text",
    "label",
    "subject",
    "formula",
    "name",
    "diagnosis",
}


class Silence:
    """A watcher that says nothing."""

    def begin(self, documents: int) -> None:
        pass

    def finished(self, document: DocumentSize) -> None:
        pass


def publish(directory: Path, *reports: dict[str, list[Row]], inputs: tuple[str, ...] = ()) -> Path:
    """The datasets of a run over `reports`, each as its rows; `inputs` are what the run was given."""
    now = datetime(2031, 1, 2, tzinfo=UTC)
    run = {
        "run_id": "r1",
        "started": now,
        "finished": now,
        "version": "0",
        "rules_version": "0",
        "options": json.dumps({"inputs": list(inputs), "output": str(directory)}),
        "inputs": len(reports),
        "ok": len(reports),
        "partial": 0,
        "failed": 0,
        "pages": 2 * len(reports),
        "seconds": 0.0,
        "timings": [],
    }
    lists = {column.name: [] for column in RUNS.columns if pa.types.is_list(column.type)}
    with publication(directory) as made:
        for rows in reports:
            made.add(tables_of(rows))
        made.add({"runs": to_table(RUNS, [lists | run])})
    return directory


def sample_rows(source: SourceFile | None = None) -> dict[str, list[Row]]:
    """The rows of the hand-made report."""
    return rows_of(sample_outcome(source))


def rows_with_markup() -> dict[str, list[Row]]:
    """The hand-made report with markup in all that it says."""
    rows = sample_rows()
    for row in (row for dataset in rows.values() for row in dataset):
        for name in _TOLD & row.keys():
            if isinstance(row[name], str):
                row[name] += MARKUP
    return rows


def build(directory: Path, **options: Any) -> ReportSummary:
    """Build the report of `directory` without saying anything."""
    return build_report(directory, ReportOptions(**options), Silence())


def data_of(path: Path) -> Any:
    """The value that a data script assigns."""
    match = re.fullmatch(r"var [A-Z_]+=(.*);\n", path.read_text(encoding="utf-8"), re.DOTALL)
    assert match is not None
    return json.loads(match[1])


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` by its relative name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
