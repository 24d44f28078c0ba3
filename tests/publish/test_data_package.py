"""`datapackage.json`: every column and key described, and true of the results of a run."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.publish.data_package import data_package
from pipeline.publish.datasets import read_rows
from pipeline.publish.keys import KEYS
from pipeline.publish.schema import DATASETS, dataset_by_name
from pipeline.run import RunOptions, run
from pipeline.version import RULES_VERSION, VERSION
from tests.test_run import Notes

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of a run over the sample corpus."""
    directory = tmp_path_factory.mktemp("output")
    run(RunOptions((str(CORPUS),), directory, workbook=False), Notes())
    return directory


def resources() -> dict[str, dict[str, object]]:
    return {resource["name"]: resource for resource in data_package()["resources"]}


def test_it_says_what_made_it() -> None:
    package = data_package()
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert (package["version"], package["rulesVersion"]) == (VERSION, RULES_VERSION)


def test_every_dataset_is_a_resource_and_every_column_a_field() -> None:
    found = resources()
    for dataset in DATASETS:
        for name in [dataset.name, f"{dataset.name}-csv"] if dataset.csv else [dataset.name]:
            schema = found.pop(name)["schema"]
            assert isinstance(schema, dict)
            assert [field["name"] for field in schema["fields"]] == list(dataset.column_names)
            assert all(field["description"] for field in schema["fields"])
    assert not found


def test_types_are_those_of_the_standard() -> None:
    types = {
        (dataset.name, field["name"]): field["type"]
        for dataset in DATASETS
        for field in resources()[dataset.name]["schema"]["fields"]  # type: ignore[index]
    }
    assert types["quantities", "value"] == "number"
    assert types["documents", "fiscal_year"] == "integer"
    assert types["cells", "header"] == "boolean"
    assert types["findings", "evidence"] == "array"
    assert types["runs", "started"] == "datetime"
    assert set(types.values()) <= {"string", "number", "integer", "boolean", "datetime", "array"}


def test_keys_name_columns_that_are_there() -> None:
    assert list(KEYS) == [dataset.name for dataset in DATASETS]
    for name, keys in KEYS.items():
        columns = set(dataset_by_name(name).column_names)
        assert columns.issuperset(keys.primary)
        for reference in keys.references:
            assert columns.issuperset(reference.columns)
            assert set(reference.target) <= set(dataset_by_name(reference.dataset).column_names)
            assert len(reference.target) == len(reference.columns)


def test_it_lies_beside_the_datasets_and_names_their_files(output: Path) -> None:
    written = json.loads((output / "datapackage.json").read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(data_package()))
    assert all((output / resource["path"]).is_file() for resource in written["resources"])


@pytest.mark.parametrize("name", list(KEYS))
def test_primary_keys_are_unique_in_a_run(output: Path, name: str) -> None:
    rows = read_rows(output, name)
    assert rows
    assert len({tuple(row[column] for column in KEYS[name].primary) for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for name, keys in KEYS.items() for number in range(len(keys.references))]
)
def test_references_lead_somewhere_in_a_run(output: Path, name: str, number: int) -> None:
    reference = KEYS[name].references[number]
    known = {tuple(row[column] for column in reference.target) for row in read_rows(output, reference.dataset)}
    pointing = [tuple(row[column] for column in reference.columns) for row in read_rows(output, name)]
    assert {values for values in pointing if None not in values} <= known


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.name)
def test_the_parquet_files_say_their_versions(output: Path, dataset: object) -> None:
    metadata = pq.read_schema(output / str(getattr(dataset, "name", "")) / "part-0.parquet").metadata
    assert metadata[b"software"] == f"jixiao {VERSION}".encode()
    assert metadata[b"rules_version"] == RULES_VERSION.encode()
