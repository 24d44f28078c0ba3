"""The whole chain over real files: what is published must be true of the pages it is published with."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.publish.datasets import read_rows
from pipeline.publish.schema import DATASETS, Row
from pipeline.run import RunOptions, run
from tests.test_run import Notes

ROOT = Path(__file__).parents[1]
FOLDERS = [ROOT / "corpus", ROOT.parent / "shared" / "corpus", ROOT.parent / "shared" / "real"]


def run_over(folder: Path, output: Path, **options: object) -> None:
    # Scanned pages have a command of their own time: here everything is text.
    inputs = tuple(str(path) for path in sorted(folder.glob("*.pdf")) if ".scan." not in path.name)
    run(RunOptions(inputs, output, **options), Notes())  # type: ignore[arg-type]


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: f"{folder.parent.name}-{folder.name}")
def output(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = request.param
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    directory = tmp_path_factory.mktemp("output")
    run_over(folder, directory)
    return directory


def page_texts(output: Path) -> dict[tuple[str, int], str]:
    return {(row["doc_id"], row["page"]): row["text"] for row in read_rows(output, "pages")}


def all_segments(output: Path) -> Iterator[tuple[Row, Row]]:
    for name in ("quantities", "cells"):
        for row in read_rows(output, name):
            for segment in row["segments"]:
                yield row, segment


def test_every_document_was_read(output: Path) -> None:
    assert {row["status"] for row in read_rows(output, "documents")} <= {"ok", "partial"}
    assert all(row["quantities"] for row in read_rows(output, "documents"))


def test_every_figure_is_the_slice_of_its_page(output: Path) -> None:
    texts = page_texts(output)
    for row in read_rows(output, "quantities"):
        text = texts[row["doc_id"], row["page"]]
        assert text[row["char_start"] : row["char_end"]] == row["printed"]
        assert row["printed"]
        slices = (texts[row["doc_id"], part["page"]][part["char_start"] : part["char_end"]] for part in row["segments"])
        assert "".join(slices) == row["printed_whole"]


def test_every_place_is_on_its_page(output: Path) -> None:
    pages = {(row["doc_id"], row["page"]): row for row in read_rows(output, "pages")}
    for row, segment in all_segments(output):
        page = pages[row["doc_id"], segment["page"]]
        assert 0 <= segment["char_start"] <= segment["char_end"] <= len(page["text"])
        if segment.get("x0") is not None:
            assert segment["x0"] <= segment["x1"]
            assert segment["top"] <= segment["bottom"]


def test_every_reference_leads_somewhere(output: Path) -> None:
    quantities = {(row["doc_id"], row["quantity_id"]) for row in read_rows(output, "quantities")}
    indicators = {(row["doc_id"], row["indicator_id"]) for row in read_rows(output, "indicators")}
    checks = {(row["doc_id"], row["check_id"]) for row in read_rows(output, "checks")}
    for row in read_rows(output, "indicators"):
        assert row["parent_id"] is None or (row["doc_id"], row["parent_id"]) in indicators
        for name in ("full_mark_id", "score_id", "rate_id"):
            assert row[name] is None or (row["doc_id"], row[name]) in quantities
    for row in read_rows(output, "checks"):
        assert (row["doc_id"], row["stated_id"]) in quantities
        for operand in row["operands"]:
            assert (row["doc_id"], operand["quantity_id"]) in quantities
    for row in read_rows(output, "findings"):
        assert (row["doc_id"], row["check_id"]) in checks


def test_ids_are_unique_within_a_document(output: Path) -> None:
    keys = {
        "sections": "section_id",
        "indicators": "indicator_id",
        "quantities": "quantity_id",
        "checks": "check_id",
        "findings": "finding_id",
    }
    for name, key in keys.items():
        ids = [(row["doc_id"], row[key]) for row in read_rows(output, name)]
        assert len(ids) == len(set(ids)), name


def test_every_value_lies_in_its_interval(output: Path) -> None:
    for row in read_rows(output, "quantities"):
        assert isinstance(row["value"], Decimal)
        assert row["lower"] is None or row["lower"] <= row["value"] or row["approximate"]
        assert row["upper"] is None or row["value"] <= row["upper"] or row["approximate"]


def test_another_run_gives_the_same_bytes(tmp_path: Path) -> None:
    run_over(FOLDERS[0], tmp_path / "one", jobs=1)
    run_over(FOLDERS[0], tmp_path / "two", jobs=2)
    files = [f"{dataset.name}/part-0.parquet" for dataset in DATASETS if dataset.name != "runs"]
    for name in [*files, "documents.csv", "findings.csv", "indicators.csv"]:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
