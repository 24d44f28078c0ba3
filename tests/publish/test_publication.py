"""Datasets on disk: all or nothing, the same bytes every time, readable as promised."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import OutputNotWritable
from pipeline.publish.datasets import read_rows
from pipeline.publish.lock import OutputInUseError
from pipeline.publish.parquet import DatasetWriter
from pipeline.publish.publication import publication
from pipeline.publish.rows import rows_of
from pipeline.publish.schema import DATASETS, PAGES
from pipeline.publish.tables import tables_of, to_table
from tests.sample_outcome import sample_outcome, source_file

ROOT = Path(__file__).parents[2]


def tables(name: str = "报告.pdf") -> Mapping[str, pa.Table]:
    return tables_of(rows_of(sample_outcome(source_file(name))))


def publish(directory: Path, name: str = "报告.pdf") -> None:
    with publication(directory) as made:
        made.add(tables(name))


def contents(directory: Path) -> dict[str, bytes]:
    return {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()}


def sources(directory: Path) -> list[str]:
    return [row["source"] for row in read_rows(directory, "documents")]


def test_each_dataset_is_one_file_and_nothing_else_is_left(tmp_path: Path) -> None:
    publish(tmp_path)
    expected = {f"{dataset.name}/part-0.parquet" for dataset in DATASETS}
    expected |= {"documents.csv", "findings.csv", "indicators.csv", "datapackage.json", ".lock"}
    assert set(contents(tmp_path)) == expected


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    publish(tmp_path / "one")
    publish(tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_pandas_reads_what_the_report_says(tmp_path: Path) -> None:
    publish(tmp_path)
    documents = pd.read_parquet(tmp_path / "documents")
    assert str(documents.fiscal_year.iloc[0]) == "2031"
    assert documents.stated_total.iloc[0] == Decimal(19)
    quantities = pd.read_parquet(tmp_path / "quantities")
    assert quantities.value.iloc[0] == Decimal("123456700.00")
    assert str(quantities.row.dtype) == "Int32"
    assert [item["quantity_id"] for item in pd.read_parquet(tmp_path / "checks").operands.iloc[0]] == ["q4", "q5"]


def test_schema_and_descriptions_survive_in_the_file(tmp_path: Path) -> None:
    publish(tmp_path)
    schema = pq.read_schema(tmp_path / "documents" / "part-0.parquet")
    assert schema.field("doc_id").metadata[b"description"].startswith(b"The document")
    assert schema.metadata[b"software"].startswith(b"jixiao ")


def test_csv_opens_in_excel(tmp_path: Path) -> None:
    publish(tmp_path)
    text = (tmp_path / "findings.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbfdoc_id,finding_id")
    assert "'=产出指标" in text.decode("utf-8-sig")


def test_row_groups_end_after_a_fixed_number_of_rows(tmp_path: Path) -> None:
    dataset = replace(PAGES, rows_per_group=3)
    row = rows_of(sample_outcome())["pages"][0]
    whole, pieces = tmp_path / "whole.parquet", tmp_path / "pieces.parquet"
    for path, sizes in ((whole, [8]), (pieces, [1, 4, 3])):
        writer = DatasetWriter(dataset, path, None)
        for size in sizes:
            writer.write(to_table(dataset, [row] * size))
        writer.close()
    metadata = pq.read_metadata(pieces)
    assert [metadata.row_group(i).num_rows for i in range(metadata.num_row_groups)] == [3, 3, 2]
    assert whole.read_bytes() == pieces.read_bytes()


def test_a_block_that_fails_leaves_the_old_datasets(tmp_path: Path) -> None:
    publish(tmp_path, "旧.pdf")
    before = contents(tmp_path)
    with pytest.raises(ZeroDivisionError):
        add_and_fail(tmp_path)
    assert contents(tmp_path) == before


def add_and_fail(directory: Path) -> None:
    with publication(directory) as made:
        made.add(tables("新.pdf"))
        raise ZeroDivisionError


def test_leftovers_of_a_run_killed_while_writing_are_cleared(tmp_path: Path) -> None:
    publish(tmp_path, "旧.pdf")
    before = contents(tmp_path)
    assert run_and_die(tmp_path, "made.add(tables('新.pdf')); os.kill(os.getpid(), signal.SIGKILL)") == -signal.SIGKILL
    assert sources(tmp_path) == ["旧.pdf"]
    assert len(contents(tmp_path)) > len(before)
    with pytest.raises(ZeroDivisionError), publication(tmp_path):
        raise ZeroDivisionError
    assert contents(tmp_path) == before


@pytest.mark.parametrize("renamed", [0, 1, 5])
def test_a_run_killed_while_renaming_is_finished_by_the_next(tmp_path: Path, renamed: int) -> None:
    publish(tmp_path, "旧.pdf")
    script = f"""
        moves = []
        replace = Path.replace
        def stop_after(self, target):
            if len(moves) == {renamed}:
                os.kill(os.getpid(), signal.SIGKILL)
            moves.append(target)
            return replace(self, target)
        Path.replace = stop_after
        made.add(tables('新.pdf'))
    """
    assert run_and_die(tmp_path, script) == -signal.SIGKILL
    with pytest.raises(ZeroDivisionError), publication(tmp_path):
        raise ZeroDivisionError
    publish(tmp_path / "expected", "新.pdf")
    expected = contents(tmp_path / "expected")
    assert {name: data for name, data in contents(tmp_path).items() if not name.startswith("expected")} == expected


def run_and_die(directory: Path, body: str) -> int:
    """Run `body` inside a publication in a process of its own, and return how that ended."""
    script = (
        "import os, signal\n"
        "from pathlib import Path\n"
        "from pipeline.publish.publication import publication\n"
        "from tests.publish.test_publication import tables\n"
        f"with publication(Path({str(directory)!r})) as made:\n" + textwrap.indent(textwrap.dedent(body), "    ")
    )
    return subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=os.environ, check=False).returncode


def test_two_runs_cannot_write_into_one_directory(tmp_path: Path) -> None:
    with publication(tmp_path), pytest.raises(OutputInUseError, match="another run"), publication(tmp_path):
        pass


def test_an_output_that_cannot_be_written_is_said_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputNotWritable, match="cannot be written"), publication(tmp_path / "file" / "output"):
        pytest.fail("the block must not begin")


def test_a_full_disk_is_said_and_leaves_the_old_datasets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, "旧.pdf")
    before = contents(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(DatasetWriter, "write", full)
    with pytest.raises(OutputNotWritable, match="No space left"):
        publish(tmp_path, "新.pdf")
    assert contents(tmp_path) == before
