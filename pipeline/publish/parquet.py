"""One dataset as a stream into Parquet (and CSV), in row groups of bounded size and with the same bytes every time."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.publish.schema import Dataset
from pipeline.publish.spreadsheet import BYTE_ORDER_MARK, SpreadsheetWriter


class DatasetWriter:
    """Takes a dataset's tables one after the other and writes them to `parquet` and, where given, `csv`.

    Row groups end after a fixed number of rows, wherever documents end, so that memory stays bounded and the bytes
    depend on nothing but the rows. Raises OSError where the files cannot be written.
    """

    def __init__(self, dataset: Dataset, parquet: Path, csv: Path | None) -> None:
        self._dataset = dataset
        self._waiting: list[pa.Table] = []
        self._rows_waiting = 0
        self._parquet = pq.ParquetWriter(parquet, dataset.schema, compression="zstd")
        self._csv: IO[str] | None = None
        self._spreadsheet: SpreadsheetWriter | None = None
        if csv is not None:
            self._csv = csv.open("w", encoding="utf-8", newline="")
            self._csv.write(BYTE_ORDER_MARK)
            self._spreadsheet = SpreadsheetWriter(self._csv, dataset.column_names)

    def write(self, table: pa.Table) -> None:
        """Add rows; whole row groups go to disk at once."""
        if self._spreadsheet is not None:
            self._spreadsheet.write(table.to_pylist())
        self._waiting.append(table)
        self._rows_waiting += table.num_rows
        if self._rows_waiting >= self._dataset.rows_per_group:
            self._write_groups(all_rows=False)

    def close(self) -> None:
        """Write what is left and finish the files."""
        self._write_groups(all_rows=True)
        self._parquet.close()
        if self._csv is not None:
            self._csv.close()

    def abandon(self) -> None:
        """Let go of the files without finishing them; they are then no use."""
        self._parquet.close()
        if self._csv is not None:
            self._csv.close()

    def _write_groups(self, *, all_rows: bool) -> None:
        if not self._waiting:
            return
        size = self._dataset.rows_per_group
        # Chunks as the documents came would shape the pages within a row group.
        table = pa.concat_tables(self._waiting).combine_chunks()
        whole = table.num_rows if all_rows else table.num_rows - table.num_rows % size
        for start in range(0, whole, size):
            self._parquet.write_table(table.slice(start, min(size, whole - start)), row_group_size=size)
        rest = table.slice(whole)
        self._waiting = [rest] if rest.num_rows else []
        self._rows_waiting = rest.num_rows
