"""Reading every shared file: nothing crashes, invariants hold, and pdfplumber's own reading agrees."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pdfplumber
import pytest

from pipeline.errors import InputError
from pipeline.model.document import Page
from pipeline.read import pdfium, plumber, read_pages
from pipeline.read.layout import lay_out

SHARED = Path(__file__).resolve().parents[3] / "shared"
REPORTS = [*sorted(SHARED.glob("corpus/*.lo.pdf")), *sorted(SHARED.glob("real/*.pdf"))]
HOSTILE = sorted(SHARED.glob("hostile/*.pdf"))
SAMPLES = sorted((Path(__file__).resolve().parents[2] / "corpus").glob("*.pdf"))

pytestmark = pytest.mark.slow


def name(path: Path) -> str:
    return path.name


def bare(text: str) -> str:
    """Without white space, widths and radicals folded: what both readers must agree on."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def check_invariants(page: Page) -> None:
    text = page.text
    assert len(page.boxes) == 4 * len(text)
    text.encode("utf-8")
    taken = [False] * len(text)
    for line in page.lines:
        assert text[line.start : line.end].strip()
        assert text[line.end] == "\n"
        for index in range(line.start, line.end):
            assert not taken[index]
            taken[index] = True
    for table in page.tables:
        slots = Counter()
        for cell in table.cells:
            assert 0 <= cell.row < cell.row + cell.row_span <= table.rows
            assert 0 <= cell.col < cell.col + cell.col_span <= table.cols
            assert text[cell.end] in "\t\n"
            for index in range(cell.start, cell.end):
                assert not taken[index]
                taken[index] = True
            slots.update(
                (row, col)
                for row in range(cell.row, cell.row + cell.row_span)
                for col in range(cell.col, cell.col + cell.col_span)
            )
        assert set(slots.values()) <= {1}, "cells overlap"
        assert len(table.column_edges) == table.cols + 1
    for index, letter in enumerate(text):
        if not taken[index]:
            assert letter in "\t\n"
            assert math.isnan(page.boxes[4 * index])


@pytest.mark.parametrize("path", [*REPORTS, *SAMPLES], ids=name)
def test_characters_and_cells_are_those_of_pdfplumber(path: Path) -> None:
    pages, problems = read_pages(path.read_bytes())
    assert problems == []
    with pdfplumber.open(path) as document:
        for page, reference in zip(pages, document.pages, strict=True):
            check_invariants(page)
            assert Counter(bare(page.text)) == Counter(bare(reference.extract_text()))
            own = Counter(bare(page.text[cell.start : cell.end]) for table in page.tables for cell in table.cells)
            # Stacks of frames are no tables here.
            tables = [table for table in reference.extract_tables() if max(map(len, table)) > 1]
            theirs = Counter(bare(cell) for table in tables for row in table for cell in row if cell and bare(cell))
            assert not theirs - own
            reference.close()


@pytest.mark.parametrize("path", REPORTS[:4] + SAMPLES[:2], ids=name)
def test_both_parsers_give_the_same_tables(path: Path) -> None:
    data = path.read_bytes()
    with pdfium.open_document(data, None, path.name) as fast, plumber.open_document(data, None, path.name) as slow:
        for index in range(len(fast)):
            first = lay_out(index + 1, pdfium.read_marks(fast, index))
            second = lay_out(index + 1, plumber.read_marks(slow, index))
            assert _cells(first) == _cells(second)
            assert [bare(first.text[line.start : line.end]) for line in first.lines] == [
                bare(second.text[line.start : line.end]) for line in second.lines
            ]


def _cells(page: Page) -> list[tuple[int, int, int, int, str]]:
    return [
        (cell.row, cell.col, cell.row_span, cell.col_span, bare(page.text[cell.start : cell.end]))
        for table in page.tables
        for cell in table.cells
    ]


@pytest.mark.parametrize("path", HOSTILE, ids=name)
def test_hostile_files_are_read_or_refused(path: Path) -> None:
    try:
        pages, problems = read_pages(path.read_bytes(), name=path.name)
    except InputError:
        return
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert all(problem.message.startswith("Page ") for problem in problems)
    for page in pages:
        if "pr-138" not in path.name:  # its shaded cells do overlap
            check_invariants(page)
