"""Invariants over real files, where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from patterns.fold import fold_character
from pipeline.model.document import Document, SourceFile
from pipeline.model.text import Passage, unpack
from pipeline.read import read_pages
from pipeline.structure import structure

SHARED = Path(__file__).parents[3] / "shared"
FILES = sorted([*SHARED.glob("corpus/*.lo.pdf"), *SHARED.glob("real/*.pdf")])
WIDTHLESS = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"

pytestmark = pytest.mark.skipif(not FILES, reason="the shared files are not here")


def load(path: Path) -> Document:
    pages, problems = read_pages(path.read_bytes(), None)
    return structure(SourceFile(path, path.name, "0" * 64, path.stat().st_size), pages, problems)


def passages(document: Document) -> list[Passage]:
    return [paragraph.passage for paragraph in document.paragraphs] + [
        cell.passage for table in document.tables for cell in table.cells
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_character_is_told_once_and_stands_where_its_place_says(path: Path) -> None:
    document = load(path)
    told: dict[tuple[int, int], int] = {}
    for passage in passages(document):
        for character, place in zip(passage.text, passage.places, strict=True):
            page, offset = unpack(place)
            source = document.page(page).text[offset]
            assert character == fold_character(source) or (character == " " and source.isspace())
            told[page, offset] = told.get((page, offset), 0) + 1
    for span, _ in document.furniture:
        for offset in range(span.start, span.end):
            told[span.page, offset] = told.get((span.page, offset), 0) + 1
    for page_read in document.pages:
        for offset, character in enumerate(page_read.text):
            if not character.isspace() and character not in WIDTHLESS:
                assert told.get((page_read.number, offset)) == 1, (page_read.number, offset, character)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_cells_fill_their_grid_without_overlap(path: Path) -> None:
    for table in load(path).tables:
        slots = [
            (row, col)
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for col in range(cell.col, cell.col + cell.col_span)
        ]
        assert len(slots) == len(set(slots))
        assert all(row < table.rows and col < table.cols for row, col in slots)
        assert {cell.row for cell in table.cells if cell.header} <= set(range(table.header_rows))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_structure_is_the_same_every_time(path: Path) -> None:
    first, second = load(path), load(path)
    assert [section.section_id for section in first.sections] == [section.section_id for section in second.sections]
    assert [passage.text for passage in passages(first)] == [passage.text for passage in passages(second)]
    orders = [paragraph.order for paragraph in first.paragraphs] + [table.order for table in first.tables]
    assert sorted(orders) == list(range(len(orders)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_score_tables_have_one_row_for_each_indicator(path: Path) -> None:
    """In tables whose header has a column of scores, no row below it holds text without a score or a full mark."""
    for table in load(path).tables:
        last = table.cols - 1
        top = table.at(0, last)
        if table.header_rows < 2 or top is None or top.text not in ("得分", "分数", "评分"):
            continue
        for row in range(table.header_rows, table.rows):
            score = table.at(row, last)
            assert score is not None
            assert score.text, [cell.text for cell in table.row_cells(row)]
