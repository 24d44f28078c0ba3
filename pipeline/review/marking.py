"""Reviews put into the rows of `findings`."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.publish.publication import replace_dataset
from pipeline.publish.schema import FINDINGS
from pipeline.review.ledger import Entry, Ledger

_COLUMNS = ("review", "review_reason", "reviewer", "reviewed")


def mark(findings: pa.Table, ledger: Ledger) -> pa.Table:
    """The table with the columns of the review as the ledger has them."""
    entries = [ledger.get(finding_id) for finding_id in findings["finding_id"].to_pylist()]
    if not any(entries) and not any(findings.num_rows - findings[name].null_count for name in _COLUMNS):
        return findings
    values = [_values(entry) for entry in entries]
    for name, column in zip(_COLUMNS, zip(*values, strict=True), strict=True):
        position = findings.schema.get_field_index(name)
        field = FINDINGS.schema.field(name)
        findings = findings.set_column(position, field, pa.array(column, type=field.type))
    return findings


def mark_published(directory: Path, ledger: Ledger) -> bool:
    """Put the reviews into the findings published in `directory`, whose lock the caller holds.

    False where they are of another version of the software and are left as they are. Raises OutputNotWritable.
    """
    with pq.ParquetFile(directory / FINDINGS.name / "part-0.parquet") as file:
        if file.schema_arrow.names != list(FINDINGS.column_names):
            return False
        published = file.read()
    marked = mark(published, ledger)
    if marked is not published:
        replace_dataset(directory, FINDINGS, marked.cast(FINDINGS.schema))
    return True


def _values(entry: Entry | None) -> tuple[str | None, ...]:
    if entry is None:
        return (None,) * len(_COLUMNS)
    review = entry.review
    return review.decision.value, review.reason or None, review.reviewer or None, review.reviewed.isoformat()
