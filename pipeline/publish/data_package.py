"""`datapackage.json`: the datasets described for programs, as a Data Package (version 2), generated from the schema.

Nothing in it depends on the run, so that it is the same for every run of a version.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.publish.keys import KEYS, Reference
from pipeline.publish.schema import DATASETS, Column, Dataset
from pipeline.version import RULES_VERSION, VERSION

FILE_NAME = "datapackage.json"

_PACKAGE_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_RESOURCE_PROFILE = "https://datapackage.org/profiles/2.0/dataresource.json"
_SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"

_TYPES = (
    (pa.types.is_string, "string"),
    (pa.types.is_boolean, "boolean"),
    (pa.types.is_integer, "integer"),
    (pa.types.is_decimal, "number"),
    (pa.types.is_floating, "number"),
    (pa.types.is_timestamp, "datetime"),
    (pa.types.is_list, "array"),
    (pa.types.is_struct, "object"),
)

Descriptor = dict[str, Any]


def data_package() -> Descriptor:
    """The descriptor of all datasets: each as Parquet, and those that are also there as CSV a second time."""
    resources = [_parquet_resource(dataset) for dataset in DATASETS]
    resources += [_csv_resource(dataset) for dataset in DATASETS if dataset.csv]
    return {
        "$schema": _PACKAGE_PROFILE,
        "name": "jixiao-results",
        "title": "绩效核数: figures, checks and findings of performance self-evaluation reports",
        "description": "What jixiao read in the reports of one run and what of it does not hold.",
        "version": VERSION,
        "rulesVersion": RULES_VERSION,
        "resources": resources,
    }


def write_data_package(target: Path) -> None:
    """Write the descriptor. Raises OSError."""
    target.write_text(json.dumps(data_package(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _parquet_resource(dataset: Dataset) -> Descriptor:
    return {
        "$schema": _RESOURCE_PROFILE,
        "name": dataset.name,
        "type": "table",
        "path": f"{dataset.name}/part-0.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "description": dataset.description,
        "schema": _table_schema(dataset),
    }


def _csv_resource(dataset: Dataset) -> Descriptor:
    return {
        "$schema": _RESOURCE_PROFILE,
        "name": f"{dataset.name}-csv",
        "type": "table",
        "path": f"{dataset.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": f"{dataset.description} For spreadsheets: lists are told in words, and text that a spreadsheet "
        "would run as a formula has an apostrophe before it.",
        "schema": _table_schema(dataset, as_text=True),
    }


def _table_schema(dataset: Dataset, *, as_text: bool = False) -> Descriptor:
    """Columns and keys; lists are text where `as_text`."""
    keys = KEYS[dataset.name]
    return {
        "$schema": _SCHEMA_PROFILE,
        "fields": [_field(column, as_text) for column in dataset.columns],
        "primaryKey": list(keys.primary),
        "foreignKeys": [_foreign_key(reference, dataset.name) for reference in keys.references],
        "missingValues": [""],
    }


def _field(column: Column, as_text: bool) -> Descriptor:
    field: Descriptor = {
        "name": column.name,
        "type": _type_name(column.type, as_text),
        "description": column.description,
    }
    if column.unit:
        field["unit"] = column.unit
    # A CSV file cannot tell an empty text from none.
    if not column.optional and not (as_text and field["type"] == "string"):
        field["constraints"] = {"required": True}
    return field


def _type_name(data_type: pa.DataType, as_text: bool) -> str:
    name = next(name for holds, name in _TYPES if holds(data_type))
    return "string" if as_text and name in {"array", "object"} else name


def _foreign_key(reference: Reference, name: str) -> Mapping[str, object]:
    """The reference; one within the dataset itself names no resource."""
    target: Descriptor = {"fields": list(reference.target)}
    if reference.dataset != name:
        target = {"resource": reference.dataset} | target
    return {"fields": list(reference.columns), "reference": target}
