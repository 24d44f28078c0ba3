"""A run as a whole, with an analysis that does as the name of the file says."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import OutputNotWritable
from pipeline.guard.board import Steps
from pipeline.interruption import interruption
from pipeline.model.document import SourceFile
from pipeline.model.report import Outcome, Status
from pipeline.processing import STAGES, Settings
from pipeline.publish.datasets import read_rows
from pipeline.publish.schema import DATASETS
from pipeline.run import RunOptions, run
from pipeline.summary import DocumentSummary, RunSummary
from tests.sample_outcome import partial_outcome, sample_outcome


def as_named(source: SourceFile, settings: Settings, steps: Steps) -> Outcome:
    """Stands for the analysis; runs in a worker process."""
    steps.end()
    if "crash" in source.source:
        os.abort()
    if "hang" in source.source:
        time.sleep(60)
    if "defect" in source.source:
        raise ValueError("two\nlines")
    if "slow" in source.source:
        time.sleep(0.7)
    if "password" in source.source and settings.password != "secret":
        raise ValueError("wrong password")
    return partial_outcome(source) if "partial" in source.source else sample_outcome(source)


class Notes:
    """A watcher that remembers, and does something when a document is done."""

    def __init__(self, when_finished: Callable[[], None] = lambda: None) -> None:
        self.inputs = 0
        self.finished_sources: list[str] = []
        self._when_finished = when_finished

    def begin(self, inputs: int) -> None:
        self.inputs = inputs

    def finished(self, document: DocumentSummary) -> None:
        self.finished_sources.append(document.source)
        self._when_finished()


def write_inputs(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-1.4 " + name.encode())


def run_folder(folder: Path, output: Path, watcher: Notes | None = None, **options: object) -> RunSummary:
    chosen = {"jobs": 2, "timeout": 30.0, "stages": replace(STAGES, analyse=as_named)} | options
    return run(RunOptions((str(folder),), output, **chosen), watcher or Notes())  # type: ignore[arg-type]


def documents(output: Path) -> list[dict[str, object]]:
    return read_rows(output, "documents")


def test_documents_come_in_input_order_however_long_they_take(tmp_path: Path) -> None:
    names = ["1-slow.pdf", "2.pdf", "3-slow.pdf", "4.pdf"]
    write_inputs(tmp_path / "in", *names)
    notes = Notes()
    summary = run_folder(tmp_path / "in", tmp_path / "out", notes)
    assert [document.source for document in summary.documents] == names
    assert [row["source"] for row in documents(tmp_path / "out")] == names
    ids = [row["doc_id"] for row in documents(tmp_path / "out")]
    assert list(dict.fromkeys(row["doc_id"] for row in read_rows(tmp_path / "out", "quantities"))) == ids
    assert notes.inputs == 4
    assert sorted(notes.finished_sources) == names
    assert notes.finished_sources[0] == "2.pdf"


def test_one_document_crash_hang_or_defect_is_its_own(tmp_path: Path) -> None:
    names = ["1-crash.pdf", "2-defect.pdf", "3-hang.pdf", "4.pdf", "5-partial.pdf"]
    write_inputs(tmp_path / "in", *names)
    summary = run_folder(tmp_path / "in", tmp_path / "out", timeout=2.0)
    rows = documents(tmp_path / "out")
    assert [row["error_code"] for row in rows] == ["crashed", "internal-error", "timed-out", None, "page-lost"]
    assert [row["status"] for row in rows] == ["failed", "failed", "failed", "ok", "partial"]
    assert all(str(row["error"]).startswith(str(row["source"])) for row in rows[:3])
    assert "\n" not in str(rows[1]["error"])
    trace = summary.documents[1].trace
    assert trace is not None
    assert "as_named" in trace
    assert [summary.count(status) for status in Status] == [1, 1, 3]
    run_row = read_rows(tmp_path / "out", "runs")[0]
    assert [run_row[name] for name in ("inputs", "ok", "partial", "failed", "pages")] == [5, 1, 1, 3, 4]


def test_inputs_with_the_same_bytes_are_read_once_and_each_has_its_row(tmp_path: Path) -> None:
    write_inputs(tmp_path / "in", "1.pdf", "3.pdf")
    (tmp_path / "in" / "2-copy.pdf").write_bytes((tmp_path / "in" / "1.pdf").read_bytes())
    summary = run_folder(tmp_path / "in", tmp_path / "out")
    rows = documents(tmp_path / "out")
    assert [row["source"] for row in rows] == ["1.pdf", "2-copy.pdf", "3.pdf"]
    assert [row["duplicate_of"] for row in rows] == [None, "1.pdf", None]
    assert rows[0]["doc_id"] == rows[1]["doc_id"]
    assert len(read_rows(tmp_path / "out", "pages")) == 4
    assert summary.pages == 4


def test_what_is_no_pdf_is_a_failed_row_in_its_place(tmp_path: Path) -> None:
    write_inputs(tmp_path / "in", "1.pdf", "3.pdf")
    (tmp_path / "in" / "2.pdf").write_text("<html>")
    run_folder(tmp_path / "in", tmp_path / "out")
    assert [(row["source"], row["error_code"]) for row in documents(tmp_path / "out")] == [
        ("1.pdf", None),
        ("2.pdf", "not-a-pdf"),
        ("3.pdf", None),
    ]


def test_all_datasets_but_runs_have_the_same_bytes_for_any_number_of_jobs(tmp_path: Path) -> None:
    write_inputs(tmp_path / "in", "1-slow.pdf", "2.pdf", "3.pdf", "4-defect.pdf")
    for jobs in (1, 3):
        run_folder(tmp_path / "in", tmp_path / f"out{jobs}", jobs=jobs)
    files = [f"{dataset.name}/part-0.parquet" for dataset in DATASETS if dataset.name != "runs"]
    for name in [*files, "documents.csv", "findings.csv", "indicators.csv"]:
        assert (tmp_path / "out1" / name).read_bytes() == (tmp_path / "out3" / name).read_bytes(), name


def test_timings_go_into_documents_only_when_asked_for(tmp_path: Path) -> None:
    write_inputs(tmp_path / "in", "1.pdf")
    run_folder(tmp_path / "in", tmp_path / "out")
    assert documents(tmp_path / "out")[0]["seconds"] is None
    assert read_rows(tmp_path / "out", "runs")[0]["timings"][0]["seconds"] == 1.25
    run_folder(tmp_path / "in", tmp_path / "out", timings=True)
    assert documents(tmp_path / "out")[0]["seconds"] == 1.25


def test_the_password_reaches_the_analysis_and_nothing_else(tmp_path: Path) -> None:
    write_inputs(tmp_path / "in", "password.pdf")
    summary = run_folder(tmp_path / "in", tmp_path / "out", password="secret")
    assert summary.documents[0].status is Status.OK
    options = read_rows(tmp_path / "out", "runs")[0]["options"]
    assert json.loads(options)["password"] is True
    assert not any(b"secret" in path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())


def test_an_interrupted_run_keeps_what_is_done(tmp_path: Path) -> None:
    write_inputs(tmp_path / "in", "1.pdf", "2-hang.pdf", "3-hang.pdf", "4.pdf")
    notes = Notes(lambda: os.kill(os.getpid(), signal.SIGINT))
    began = time.monotonic()
    summary = run_folder(tmp_path / "in", tmp_path / "out", notes)
    assert time.monotonic() - began < 20
    assert summary.interrupted
    rows = documents(tmp_path / "out")
    assert [row["error_code"] for row in rows] == [None, "interrupted", "interrupted", "interrupted"]
    assert len(read_rows(tmp_path / "out", "pages")) == 2


def test_a_second_interruption_stops_at_once_and_keeps_the_old_datasets(tmp_path: Path) -> None:
    write_inputs(tmp_path / "in", "1.pdf")
    run_folder(tmp_path / "in", tmp_path / "out")
    before = (tmp_path / "out" / "documents.csv").read_bytes()
    write_inputs(tmp_path / "in", "0.pdf")

    def twice() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        run_folder(tmp_path / "in", tmp_path / "out", Notes(twice))
    assert (tmp_path / "out" / "documents.csv").read_bytes() == before


def test_an_interruption_before_anything_is_read_keeps_the_old_datasets(tmp_path: Path) -> None:
    write_inputs(tmp_path / "in", "1-defect.pdf", "2-hang.pdf")
    with pytest.raises(KeyboardInterrupt):
        run_folder(tmp_path / "in", tmp_path / "out", Notes(lambda: os.kill(os.getpid(), signal.SIGINT)))
    assert not (tmp_path / "out" / "documents.csv").exists()


def test_interruption_restores_what_was_there() -> None:
    before = signal.getsignal(signal.SIGINT)
    with interruption() as stop:
        assert not stop
        os.kill(os.getpid(), signal.SIGINT)
        assert stop
    assert signal.getsignal(signal.SIGINT) is before


def test_an_output_that_cannot_be_written_stops_the_run_before_it_begins(tmp_path: Path) -> None:
    write_inputs(tmp_path / "in", "1.pdf")
    (tmp_path / "out").write_text("a file")
    notes = Notes()
    with pytest.raises(OutputNotWritable):
        run_folder(tmp_path / "in", tmp_path / "out", notes)
    assert notes.finished_sources == []
    assert (tmp_path / "out").read_text() == "a file"


def test_a_folder_without_pdfs_is_one_failed_row(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    run_folder(tmp_path / "in", tmp_path / "out")
    assert [row["error_code"] for row in documents(tmp_path / "out")] == ["no-pdf-found"]
