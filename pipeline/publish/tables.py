"""Rows into Arrow tables of the published schemas."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

import pyarrow as pa

from pipeline.publish.rows import Row
from pipeline.publish.schema import DATASETS, Dataset


def tables_of(rows: Mapping[str, Sequence[Row]]) -> dict[str, pa.Table]:
    """One document's rows as tables; datasets without a row are left out."""
    return {dataset.name: to_table(dataset, rows[dataset.name]) for dataset in DATASETS if rows.get(dataset.name)}


def to_table(dataset: Dataset, rows: Sequence[Row]) -> pa.Table:
    """Rows in the dataset's schema. Raises ValueError for a column the schema does not know or a null it forbids."""
    unknown = {name for row in rows for name in row}.difference(dataset.column_names)
    if unknown:
        raise ValueError(f"{dataset.name} has no column {', '.join(sorted(unknown))}")
    table = pa.table(
        [pa.array([row.get(column.name) for row in rows], type=column.type) for column in dataset.columns],
        schema=dataset.schema,
    )
    for column in dataset.columns:
        if not column.optional and table.column(column.name).null_count:
            raise ValueError(f"{dataset.name}.{column.name} is null and must not be")
    return table


def start_without_pandas() -> None:
    """Spare this process the import of pandas (0.3 s), which nothing in a run needs.

    pyarrow imports it at the first array it makes, only to recognise a Series should it be given one. It asks once;
    told then that there is no pandas, it asks again where pandas is truly wanted (`to_pandas`).
    """
    if "pandas" in sys.modules:
        return
    sys.modules["pandas"] = None  # type: ignore[assignment]  # makes an import of it fail, as documented
    try:
        pa.array([], type=pa.null())
    finally:
        del sys.modules["pandas"]
