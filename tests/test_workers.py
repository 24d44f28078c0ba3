"""Documents whose processes crash, hang or eat memory: tried once more, and never at the cost of others."""

from __future__ import annotations

import ctypes
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.guard.board import Steps
from pipeline.model.document import Page, Problem, SourceFile
from pipeline.model.portion import Portion
from pipeline.model.report import Outcome, Status
from pipeline.processing import STAGES, Settings, Stages
from pipeline.publish.datasets import read_rows
from pipeline.run import RunOptions, run
from pipeline.summary import RunSummary
from tests.read.drawn_pdf import Drawing, build
from tests.test_run import Notes

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is limited on Linux only")

FATES = ("crash", "hang", "eat")
MEBIBYTE = 1 << 20
PAGE_SECONDS = 6.0
"""Time enough, on a busy machine, for all that does not hang: to eat the memory, or to read a page."""


def meet_fate(name: str) -> None:
    """What happens to the process, as the name of its file says."""
    if "crash" in name:
        ctypes.string_at(0)
    if "hang" in name:
        ctypes.PyDLL(None).sleep(60)
    if "eat" in name:
        eaten = []
        while True:
            eaten.append(b"x" * 32 * MEBIBYTE)


def die_on_page_two(source: SourceFile, settings: Settings, steps: Steps) -> Outcome:
    steps.begin(1)
    steps.begin(2)
    meet_fate(source.source)
    return STAGES.analyse(source, settings, steps)


def die_while_opening(source: SourceFile, settings: Settings, steps: Steps) -> Outcome:
    meet_fate(source.source)
    return STAGES.analyse(source, settings, steps)


def die_after_reading(source: SourceFile, settings: Settings, steps: Steps) -> Outcome:
    steps.begin(1)
    steps.end()
    if "hang" in source.source:
        time.sleep(60)
    meet_fate(source.source)
    return STAGES.analyse(source, settings, steps)


def die_again_on_page_two(
    source: SourceFile, settings: Settings, portion: Portion, steps: Steps
) -> tuple[list[Page], list[Problem]]:
    for number in portion.numbers(3):
        steps.begin(number)
        if number == 2:
            meet_fate(source.source)
    return STAGES.read(source, settings, portion, steps)


def die_concluding(source: SourceFile, pages: tuple[Page, ...], problems: tuple[Problem, ...]) -> Outcome:
    meet_fate(source.source)
    return STAGES.conclude(source, pages, problems)


def run_fates(tmp_path: Path, stages: Stages, fates: tuple[str, ...] = FATES, timeout: float = 20.0) -> RunSummary:
    """A run over a document for each fate, and one that is spared."""
    for number, fate in enumerate((*fates, "good"), start=1):
        pages = [Drawing().text(50, 200, f"{fate} page {page}") for page in (1, 2, 3)]
        (tmp_path / f"{number}-{fate}.pdf").write_bytes(build(*pages))
    options = RunOptions(
        (str(tmp_path / "*.pdf"),),
        tmp_path / "out",
        jobs=2,
        timeout=timeout,
        page_timeout=PAGE_SECONDS,
        memory=512 * MEBIBYTE,
        stages=stages,
        workbook=False,
    )
    return run(options, Notes())


def told(tmp_path: Path) -> list[tuple[str, str | None]]:
    return [(row["status"], row["error_code"]) for row in read_rows(tmp_path / "out", "documents")]


def page_rows(tmp_path: Path) -> list[list[dict[str, object]]]:
    ids = [row["doc_id"] for row in read_rows(tmp_path / "out", "documents")]
    return [read_rows(tmp_path / "out", "pages", doc_id) for doc_id in ids]


def test_a_page_that_kills_its_process_is_read_by_the_fallback_reader(tmp_path: Path) -> None:
    run_fates(tmp_path, replace(STAGES, analyse=die_on_page_two))
    assert told(tmp_path) == [("ok", None)] * 4
    *tried_twice, good = page_rows(tmp_path)
    reasons = ("the process died (SIGSEGV)", "not done within 6 seconds", "more than 512 MiB of memory taken")
    for pages, fate, reason in zip(tried_twice, FATES, reasons, strict=True):
        assert [page["text"] for page in pages] == [f"{fate} page {number}\n" for number in (1, 2, 3)]
        assert [page["reason"] for page in pages] == [
            "text layer",
            f"text layer, by pdfplumber: {reason}",
            "text layer",
        ]
    assert {page["reason"] for page in good} == {"text layer"}


def test_a_page_that_kills_both_readers_is_lost_alone(tmp_path: Path) -> None:
    summary = run_fates(tmp_path, replace(STAGES, analyse=die_on_page_two, read=die_again_on_page_two))
    assert told(tmp_path) == [("partial", "page-not-read")] * 3 + [("ok", None)]
    for pages, fate in zip(page_rows(tmp_path), FATES, strict=False):
        assert [page["text"] for page in pages] == [f"{fate} page 1\n", "", f"{fate} page 3\n"]
    assert "Page 2 cannot be read (not done within 6 seconds)." in summary.documents[1].problems[0]


def test_a_death_while_opening_leaves_the_document_to_the_fallback_reader(tmp_path: Path) -> None:
    run_fates(tmp_path, replace(STAGES, analyse=die_while_opening))
    assert told(tmp_path) == [("ok", None)] * 4
    crashed = page_rows(tmp_path)[0]
    assert {page["reason"] for page in crashed} == {"text layer, by pdfplumber: the process died (SIGSEGV)"}


def test_what_dies_twice_has_failed_for_the_first_reason(tmp_path: Path) -> None:
    stages = replace(STAGES, analyse=die_after_reading, conclude=die_concluding)
    summary = run_fates(tmp_path, stages, timeout=2 * PAGE_SECONDS)
    assert told(tmp_path) == [("failed", "crashed"), ("failed", "timed-out"), ("failed", "out-of-memory"), ("ok", None)]
    crashed, late, eaten, _ = (" ".join(document.problems) for document in summary.documents)
    assert crashed == (
        "1-crash.pdf: checking its numbers: the process died (SIGSEGV); tried once more: "
        "checking its numbers: the process died (SIGSEGV)."
    )
    assert late.endswith("Give it more with --timeout.")
    assert eaten.endswith("Give it more with --memory.")
    assert summary.count(Status.FAILED) == 3


def test_a_slow_document_keeps_the_pages_there_was_time_for(tmp_path: Path) -> None:
    pages = [Drawing().text(50, 200, f"page {number}") for number in range(1, 41)]
    (tmp_path / "slow.pdf").write_bytes(build(*pages))
    stages = replace(STAGES, analyse=sleep_on_every_page, read=sleep_while_reading)
    options = RunOptions((str(tmp_path / "slow.pdf"),), tmp_path / "out", timeout=4.0, stages=stages, workbook=False)
    run(options, Notes())
    assert told(tmp_path) == [("partial", "page-not-read")]
    (rows,) = page_rows(tmp_path)
    read = [row["page"] for row in rows if row["text"]]
    assert read == list(range(1, len(read) + 1))
    assert 8 <= len(read) <= 32
    assert len(rows) == 40


def sleep_on_every_page(source: SourceFile, settings: Settings, steps: Steps) -> Outcome:
    sleep_while_reading(source, settings, Portion(1, 40), steps)
    return STAGES.analyse(source, settings, steps)


def sleep_while_reading(
    source: SourceFile, settings: Settings, portion: Portion, steps: Steps
) -> tuple[list[Page], list[Problem]]:
    for number in portion.numbers(40):
        steps.begin(number)
        time.sleep(0.12)
    return STAGES.read(source, settings, portion, steps)


HOSTILE = Path(__file__).parents[2] / "shared" / "hostile"


@pytest.mark.slow
@pytest.mark.skipif(not HOSTILE.is_dir(), reason="no shared files")
def test_hostile_files_end_as_rows_in_time_and_in_little_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIXIAO_CACHE", "off")
    notes = Notes()
    limits = {"timeout": 60.0, "page_timeout": 30.0, "workbook": False}
    summary = run(RunOptions((str(HOSTILE),), tmp_path / "out", **limits), notes)  # type: ignore[arg-type]
    rows = read_rows(tmp_path / "out", "documents")
    assert len(rows) == notes.inputs == len(list(HOSTILE.glob("*.pdf")))
    assert {row["status"] for row in rows} <= {"ok", "partial", "failed"}
    assert all(row["error_code"] for row in rows if row["status"] != "ok")
    assert all(document.seconds < 2 * limits["timeout"] for document in summary.documents)
    assert summary.peak_memory is not None
    assert summary.peak_memory < 2 << 30
