"""Published datasets read back as rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import UsageError
from pipeline.publish.schema import Row

_ROWS_AT_ONCE = 5_000


def read_rows(directory: Path, name: str, doc_id: str | None = None) -> list[Row]:
    """The rows of a dataset in their order, all or those of one document.

    Raises UsageError where `directory` holds no such dataset.
    """
    return [row for row in iterate_rows(directory, name) if doc_id is None or row["doc_id"] == doc_id]


def iterate_rows(directory: Path, name: str) -> Iterator[Row]:
    """The rows of a dataset in their order, read from disk as they are asked for.

    Raises UsageError, on the first or a later row, where `directory` holds no such dataset or it cannot be read.
    """
    path = directory / name
    parts = sorted(path.glob("*.parquet"))
    if not parts:
        raise UsageError(
            f"{directory}: no results of a run there (dataset {name} is missing).",
            f"Make them with 'jixiao run INPUT... --output {directory}'.",
        )
    try:
        for part in parts:
            # Plainer than pq.read_table and quicker to start: no dataset machinery, no pandas.
            for batch in pq.ParquetFile(part).iter_batches(batch_size=_ROWS_AT_ONCE):
                yield from batch.to_pylist()
    except (pa.ArrowException, OSError) as error:
        reason = str(error).splitlines()[0]
        raise UsageError(f"{path}: cannot be read ({reason}).", "Run again, or name another folder.") from error
