"""The comparison with pdfplumber, on pages of which the differences are known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import agreement
from benchmarks.agreement import Whose, compare_file
from pipeline.model.document import Page, Problem
from pipeline.read import read_pages
from tests.read.drawn_pdf import Drawing, build


def written(folder: Path, *pages: Drawing) -> Path:
    path = folder / "report.pdf"
    path.write_bytes(build(*pages))
    return path


def test_a_page_read_alike(tmp_path: Path) -> None:
    drawing = Drawing().text(50, 270, "支出合计").grid((50, 150, 250), (100, 150, 200))
    drawing.text(60, 160, "97.50").text(160, 160, "金额，元").text(60, 110, "2")
    tally = compare_file(written(tmp_path, drawing))
    assert (tally.characters, tally.characters_agreed) == (14, 14)
    assert (tally.cells, tally.cells_agreed) == (4, 4)
    assert tally.disagreements == []


def test_frames_one_above_the_other_are_no_table(tmp_path: Path) -> None:
    tally = compare_file(written(tmp_path, Drawing().grid((50, 250), (100, 150, 200)).text(60, 160, "one")))
    assert (tally.cells, tally.cells_agreed) == (2, 0)
    assert {(item.whose, item.reason.partition(":")[0]) for item in tally.disagreements} == {
        (Whose.THEIRS, "one column of frames")
    }


def test_open_sides_are_closed_by_us_alone(tmp_path: Path) -> None:
    drawing = Drawing()
    for y in (100, 150, 200):
        drawing.line(50, y, 350, y)
    for x in (150, 250):
        drawing.line(x, 100, x, 200)
    tally = compare_file(written(tmp_path, drawing.text(60, 160, "one").text(160, 160, "two")))
    assert (tally.cells, tally.cells_agreed) == (2, 2)
    assert [item.whose for item in tally.disagreements] == [Whose.OURS] * 4
    assert {item.reason.partition(":")[0] for item in tally.disagreements} == {"open-sided table"}


def test_what_is_read_otherwise_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def misread(data: bytes, name: str) -> tuple[list[Page], list[Problem]]:
        pages, problems = read_pages(data, name=name)
        return [replace(page, text=page.text.replace("75", "57").replace("8", "3")) for page in pages], problems

    monkeypatch.setattr(agreement, "read_pages", misread)
    tally = compare_file(written(tmp_path, Drawing().text(50, 250, "75").text(50, 200, "8").text(50, 150, "6")))
    assert (tally.characters, tally.characters_agreed) == (4, 1)
    assert [(item.theirs, item.ours, item.reason) for item in tally.disagreements] == [
        ("75", "57", "the same characters in another order"),
        ("8", "3", "other characters"),
    ]
