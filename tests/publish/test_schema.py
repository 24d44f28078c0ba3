"""The contract: the columns users rely on are there, described, and the docs are generated from them."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.publish import dictionary
from pipeline.publish.schema import DATASETS, Dataset, dataset_by_name
from pipeline.version import RULES_VERSION, VERSION

ROOT = Path(__file__).parents[2]

# The published contract. Columns may be added to the schema, never taken from it or renamed.
CONTRACT = {
    "documents": "doc_id source sha256 bytes pages ocr_pages status error_code error department fiscal_year genre "
    "stated_total recomputed_total stated_grade quantities verified contradicted findings seconds",
    "pages": "doc_id page width height reader confidence text",
    "sections": "doc_id section_id parent_id level number title page",
    "cells": "doc_id table_id page row col row_span col_span text header x0 top x1 bottom",
    "indicators": "doc_id indicator_id parent_id level name canonical_name full_mark score rate recomputed_score "
    "verdict rubric origin page quote x0 top x1 bottom",
    "quantities": "doc_id quantity_id kind printed value unit places lower upper label period section_id table_id row "
    "col page char_start char_end x0 top x1 bottom reader confidence status",
    "checks": "doc_id check_id code verdict stated expected expected_lower expected_upper gap formula operands page "
    "quote reason",
    "findings": "doc_id finding_id code severity title message stated expected gap formula diagnosis confidence page "
    "quote x0 top x1 bottom evidence",
    "runs": "run_id started finished version rules_version options inputs ok partial failed pages seconds",
}

STATED_NUMBERS = {
    "documents": ("stated_total", "recomputed_total"),
    "indicators": ("full_mark", "score", "rate", "recomputed_score"),
    "quantities": ("value", "lower", "upper"),
    "checks": ("stated", "expected", "expected_lower", "expected_upper", "gap"),
    "findings": ("gap",),
}


@pytest.mark.parametrize("name", CONTRACT)
def test_the_contract_columns_come_first_and_in_order(name: str) -> None:
    columns = CONTRACT[name].split()
    assert list(dataset_by_name(name).column_names[: len(columns)]) == columns


def test_there_is_no_dataset_beside_the_contract() -> None:
    assert [dataset.name for dataset in DATASETS] == list(CONTRACT)


@pytest.mark.parametrize(
    ("name", "column"), [(name, column) for name, all_ in STATED_NUMBERS.items() for column in all_]
)
def test_numbers_of_the_report_are_decimals(name: str, column: str) -> None:
    assert pa.types.is_decimal128(dataset_by_name(name).schema.field(column).type)


def test_lists_have_the_contract_members() -> None:
    operands = dataset_by_name("checks").schema.field("operands").type.value_type
    evidence = dataset_by_name("findings").schema.field("evidence").type.value_type
    assert {"quantity_id", "printed", "value", "page"} <= {field.name for field in operands}
    assert [field.name for field in evidence] == ["page", "quote", "x0", "top", "x1", "bottom"]


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.name)
def test_every_column_is_described_and_every_file_says_what_made_it(dataset: Dataset) -> None:
    for column in dataset.columns:
        metadata = dataset.schema.field(column.name).metadata
        assert metadata[b"description"].decode().endswith(".")
    assert dataset.schema.metadata[b"software"].decode() == f"jixiao {VERSION}"
    assert dataset.schema.metadata[b"rules_version"].decode() == RULES_VERSION


def test_an_unknown_dataset_is_an_error() -> None:
    with pytest.raises(KeyError, match="no dataset nothing"):
        dataset_by_name("nothing")


def test_the_page_of_the_datasets_is_up_to_date() -> None:
    committed = (ROOT / dictionary.PAGE).read_text(encoding="utf-8")
    assert committed == dictionary.dictionary(), "run: python -m pipeline.publish.dictionary"
