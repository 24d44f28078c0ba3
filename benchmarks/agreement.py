"""How far the reader agrees with pdfplumber's own: `python -m benchmarks.agreement [FILES] [--list]`.

Every word that pdfplumber's `extract_words` finds is compared with the characters read at its place, and every cell of
its `find_tables` with the cell read there: box (within its snapping distance) and text. White space does not count, and
characters count as the same when they are after compatibility folding (NFKC): PDFium gives 工 for the radical ⼯.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain
from pathlib import Path
from typing import Any

import click
import pdfplumber

from benchmarks.shared import sample_files, text_layer_files
from pipeline.model.document import Page, PageCell, PageTable
from pipeline.model.geometry import BBox
from pipeline.read import read_pages

LEAST_CHARACTERS = 0.999
LEAST_CELLS = 0.995

SNAP = 3.0
"""Edges of cells this many points apart are one edge to pdfplumber."""

HEIGHTS_OFF = 0.8
"""The lower edges of a character and of the word it belongs to lie less than this many heights of the word apart."""


class Whose(Enum):
    """Who has what the other has not."""

    BOTH = "both"
    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A word or cell read differently, where, and why as far as that can be told."""

    file: str
    page: int
    what: str
    whose: Whose
    reason: str
    theirs: str
    ours: str


@dataclass(slots=True)
class Tally:
    """Counts over pages; characters and cells are pdfplumber's."""

    characters: int = 0
    characters_agreed: int = 0
    folded: int = 0
    cells: int = 0
    cells_agreed: int = 0
    cells_of_ours: int = 0
    disagreements: list[Disagreement] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.characters += other.characters
        self.characters_agreed += other.characters_agreed
        self.folded += other.folded
        self.cells += other.cells
        self.cells_agreed += other.cells_agreed
        self.cells_of_ours += other.cells_of_ours
        self.disagreements += other.disagreements


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of text in a box, without white space: as stored, and folded for comparison."""

    raw: str
    box: BBox

    @property
    def text(self) -> str:
        return fold(self.raw)


def fold(text: str) -> str:
    """Text without white space, compatibility characters as what they stand for."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def compare_file(path: Path) -> Tally:
    """Both readings of a file, held against each other."""
    pages, _ = read_pages(path.read_bytes(), name=path.name)
    tally = Tally()
    with pdfplumber.open(path) as document:
        for page, reference in zip(pages, document.pages, strict=True):
            tally.add(compare_words(path.name, page, reference))
            tally.add(compare_cells(path.name, page, reference))
            reference.close()
    return tally


def compare_words(file: str, page: Page, reference: Any) -> Tally:
    """The words of pdfplumber's page `reference` against the characters at their places."""
    left, top, _, _ = reference.cropbox
    tally = Tally()
    words = [
        Word(
            "".join(found["text"].split()), _moved((found["x0"], found["top"], found["x1"], found["bottom"]), left, top)
        )
        for found in reference.extract_words()
    ]
    placed, strays = _place_letters(page, words)
    for word, letters in zip(words, placed, strict=True):
        ours = "".join(letter.raw for letter in sorted(letters, key=lambda letter: letter.box.x0))
        tally.characters += len(word.text)
        if fold(ours) == word.text:
            tally.characters_agreed += len(word.text)
            tally.folded += sum(a != b for a, b in zip(ours, word.raw, strict=False))
        else:
            reason = _why_words_differ(word.text, fold(ours))
            tally.disagreements.append(Disagreement(file, page.number, "word", Whose.BOTH, reason, word.raw, ours))
    if strays:
        ours = "".join(letter.raw for letter in strays)
        tally.disagreements.append(
            Disagreement(file, page.number, "word", Whose.OURS, "no word of pdfplumber's at their place", "", ours)
        )
    return tally


def compare_cells(file: str, page: Page, reference: Any) -> Tally:
    """The cells of pdfplumber's tables against those at their places."""
    left, top, _, _ = reference.cropbox
    tally = Tally()
    ours = [(table, cell) for table in page.tables for cell in table.cells]
    tally.cells_of_ours = len(ours)
    unmatched = dict(enumerate(ours))
    areas = []
    for table in reference.find_tables():
        areas.append(_moved(table.bbox, left, top))
        columns = max(len(row.cells) for row in table.rows)
        texts = chain.from_iterable(table.extract())
        boxes = chain.from_iterable(row.cells for row in table.rows)
        for box, text in zip(boxes, texts, strict=True):
            if box is None:
                continue
            tally.cells += 1
            place = _moved(box, left, top)
            at = next((index for index, (_, cell) in unmatched.items() if _same_place(cell.bbox, place)), None)
            theirs = fold(text or "")
            mine = None if at is None else fold(_text(page, unmatched.pop(at)[1]))
            if mine == theirs:
                tally.cells_agreed += 1
                continue
            whose, reason = _why_cells_differ(columns, theirs, mine)
            tally.disagreements.append(Disagreement(file, page.number, "cell", whose, reason, text or "", mine or ""))
    for table, cell in unmatched.values():
        reason = _why_only_ours(table, cell, areas)
        tally.disagreements.append(Disagreement(file, page.number, "cell", Whose.OURS, reason, "", _text(page, cell)))
    return tally


def _why_words_differ(theirs: str, ours: str) -> str:
    if not ours:
        return "nothing read at this place"
    if Counter(theirs) == Counter(ours):
        return "the same characters in another order"
    if theirs == "".join(letter * 2 for letter in ours) or theirs == ours * 2:
        return "printed twice for boldness"
    return "other characters"


def _why_cells_differ(columns: int, theirs: str, ours: str | None) -> tuple[Whose, str]:
    if ours is None and columns == 1:
        return Whose.THEIRS, "one column of frames: lines of a contents page or of a text, no table"
    if ours is None:
        return Whose.THEIRS, "no cell read at this place"
    if Counter(theirs) == Counter(ours):
        return Whose.BOTH, "the same characters in another order"
    return Whose.BOTH, "other characters"


def _why_only_ours(table: PageTable, cell: PageCell, areas: Sequence[BBox]) -> str:
    outermost = cell.col == 0 or cell.col + cell.col_span == table.cols
    if outermost and any(_overlap(table.bbox, area) for area in areas):
        return "open-sided table: no rule is drawn at the outer edge"
    if not any(_overlap(table.bbox, area) for area in areas):
        return "table that only we find: by its shading, or its sides are open"
    return "no cell of pdfplumber's at its place"


def _printed(page: Page) -> Iterator[int]:
    return (index for index, sign in enumerate(page.text) if not sign.isspace())


def _text(page: Page, cell: PageCell) -> str:
    return page.text[cell.start : cell.end]


def _place_letters(page: Page, words: Sequence[Word]) -> tuple[list[list[Word]], list[Word]]:
    """The characters of our page by the word at whose place they stand, and those that stand at none.

    A character belongs to the word above or below its middle whose lower edge is nearest to its own: boxes of a low
    sign (，) hug its ink in one reader and fill the line in the other, but their lower edges lie close together.
    """
    placed: list[list[Word]] = [[] for _ in words]
    strays = []
    for index in _printed(page):
        letter = Word(page.text[index], BBox(*page.boxes[4 * index : 4 * index + 4]))
        x, bottom = (letter.box.x0 + letter.box.x1) / 2, letter.box.bottom
        distances = [
            (abs(word.box.bottom - bottom) / word.box.height, place)
            for place, word in enumerate(words)
            if word.box.x0 <= x <= word.box.x1
        ]
        distance, place = min(distances, default=(1.0, 0))
        if distance < HEIGHTS_OFF:
            placed[place].append(letter)
        else:
            strays.append(letter)
    return placed, strays


def _moved(box: tuple[float, float, float, float], left: float, top: float) -> BBox:
    return BBox(box[0] - left, box[1] - top, box[2] - left, box[3] - top)


def _same_place(a: BBox, b: BBox) -> bool:
    return max(abs(a.x0 - b.x0), abs(a.top - b.top), abs(a.x1 - b.x1), abs(a.bottom - b.bottom)) <= SNAP


def _overlap(a: BBox, b: BBox) -> bool:
    return min(a.x1, b.x1) > max(a.x0, b.x0) and min(a.bottom, b.bottom) > max(a.top, b.top)


def _row(name: str, tally: Tally) -> str:
    characters = f"{tally.characters_agreed:,} of {tally.characters:,}"
    cells = f"{tally.cells_agreed:,} of {tally.cells:,}"
    only = sum(item.what == "cell" and item.whose is Whose.OURS for item in tally.disagreements)
    return f"{characters:>22}{cells:>20}{only:>11,}  {name}"


def _share(agreed: int, of: int) -> str:
    # Rounded down: what is not all is never told as 100%.
    return f"{agreed * 100_000 // max(of, 1) / 1000:.3f}%"


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--list", "listed", is_flag=True, help="List every disagreement.")
def main(files: tuple[Path, ...], listed: bool) -> None:
    """Compare the reading of FILES (default: the shared and sample text-layer files) with pdfplumber's."""
    total = Tally()
    click.echo(f"{'characters agree':>22}{'cells agree':>20}{'only ours':>11}  file")
    for path in files or (*text_layer_files(), *sample_files()):
        tally = compare_file(path)
        click.echo(_row(path.name, tally))
        total.add(tally)
    click.echo(_row("total", total))
    click.echo("\nDisagreements, by whose they are and why:")
    reasons = Counter((item.what, item.whose.value, item.reason) for item in total.disagreements)
    for (what, whose, reason), count in sorted(reasons.items()):
        click.echo(f"{count:7,} {what}s, {whose}: {reason}")
    if listed:
        for item in total.disagreements:
            click.echo(
                f"{item.file}, page {item.page}: {item.what}, {item.whose.value}: {item.reason}: "
                f"pdfplumber {item.theirs!r}, jixiao {item.ours!r}"
            )
    click.echo(
        f"\nCharacters: {_share(total.characters_agreed, total.characters)} of pdfplumber's "
        f"{total.characters:,} agree ({total.folded:,} of them after folding)."
    )
    click.echo(f"Cells: {_share(total.cells_agreed, total.cells)} of pdfplumber's {total.cells:,} agree.")
    below = (
        total.characters_agreed < LEAST_CHARACTERS * total.characters or total.cells_agreed < LEAST_CELLS * total.cells
    )
    sys.exit(int(below))


if __name__ == "__main__":
    main()
