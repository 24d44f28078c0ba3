"""Published datasets read back as rows."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import UsageError
from pipeline.publish.schema import Row


def read_rows(directory: Path, name: str, doc_id: str | None = None) -> list[Row]:
    """The rows of a dataset in their order, all or those of one document.

    Raises UsageError where `directory` holds no such dataset.
    """
    path = directory / name
    if not any(path.glob("*.parquet")):
        raise UsageError(
            f"{directory}: no results of a run there (dataset {name} is missing).",
            f"Make them with 'jixiao run INPUT... --output {directory}'.",
        )
    rows: list[Row] = []
    try:
        for part in sorted(path.glob("*.parquet")):
            # Plainer than pq.read_table and quicker to start: no dataset machinery, no pandas.
            rows += pq.ParquetFile(part).read().to_pylist()
    except (pa.ArrowException, OSError) as error:
        reason = str(error).splitlines()[0]
        raise UsageError(f"{path}: cannot be read ({reason}).", "Run again, or name another folder.") from error
    return rows if doc_id is None else [row for row in rows if row["doc_id"] == doc_id]
