"""Published datasets read back as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


def iterate_rows(directory: Path, name: str, columns: Sequence[str] | None = None) -> Iterator[Row]:
    """The rows of a dataset in their order, with all columns or those given, read from disk as they are asked for.

    Raises UsageError, on the first or a later row, where `directory` holds no such dataset, it cannot be read, or it
    has no such column because an older version made it.
    """
    parts = _parts(directory, name)
    try:
        for part in parts:
            # Plainer than pq.read_table and quicker to start: no dataset machinery, no pandas.
            with pq.ParquetFile(part) as file:
                missing = set(columns or ()).difference(file.schema_arrow.names)
                if missing:
                    raise UsageError(
                        f"{part}: made by another version of jixiao ({', '.join(sorted(missing))} is missing).",
                        "Run again with this one.",
                    )
                for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE, columns=columns):
                    yield from batch.to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(directory / name, error) from error


def count_rows(directory: Path, name: str) -> int:
    """How many rows a dataset has. Raises UsageError where `directory` holds no such dataset or it cannot be read."""
    try:
        return sum(pq.read_metadata(part).num_rows for part in _parts(directory, name))
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(directory / name, error) from error


def _parts(directory: Path, name: str) -> list[Path]:
    parts = sorted((directory / name).glob("*.parquet"))
    if not parts:
        raise UsageError(
            f"{directory}: no results of a run there (dataset {name} is missing).",
            f"Make them with 'jixiao run INPUT... --output {directory}'.",
        )
    return parts


def _unreadable(path: Path, error: Exception) -> UsageError:
    reason = str(error).splitlines()[0]
    return UsageError(f"{path}: cannot be read ({reason}).", "Run again, or name another folder.")
