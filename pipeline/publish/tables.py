"""Rows into Arrow tables of the published schemas."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType

import pyarrow as pa

from pipeline.publish.schema import DATASETS, Dataset, Row


def tables_of(rows: Mapping[str, Sequence[Row]]) -> dict[str, pa.Table]:
    """One document's rows as tables; datasets without a row are left out."""
    return {dataset.name: to_table(dataset, rows[dataset.name]) for dataset in DATASETS if rows.get(dataset.name)}


def to_table(dataset: Dataset, rows: Sequence[Row]) -> pa.Table:
    """Rows in the dataset's schema. Raises ValueError for a column the schema does not know or a null it forbids."""
    unknown = set[str]().union(*rows).difference(dataset.column_names)
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


class _NoPandas(MetaPathFinder):
    """Answers every search for pandas as if it were not installed."""

    def find_spec(self, fullname: str, path: object, target: ModuleType | None = None) -> None:  # noqa: ARG002
        """Raises ModuleNotFoundError for pandas; knows nothing of other modules."""
        if fullname == "pandas":
            raise ModuleNotFoundError("this process was told to do without pandas", name=fullname)


def do_without_pandas() -> None:
    """Bar pandas from this process, which is to write datasets and nothing else.

    pyarrow imports pandas (0.3 s, 40 MB) at the first array it makes, only to recognise a Series should it be given
    one, and has no switch against it.
    """
    if "pandas" not in sys.modules:
        sys.meta_path.insert(0, _NoPandas())
