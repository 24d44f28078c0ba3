"""Fonts that are not in the file: their text is never left out, whatever fonts the machine has."""

from __future__ import annotations

import pytest

from pipeline.read import pdfium, plumber, read_pages
from tests.read.drawn_pdf import Drawing, build
from tests.read.reading import read

BLANK = "\u3000"
"""In a font that is not embedded it has no extent on any machine: an ideograph has none where the font is missing."""


@pytest.mark.parametrize(
    ("drawing", "skipped"),
    [
        (Drawing().text(50, 200, "Sum 1,234.56"), False),
        (Drawing().text(50, 200, "Sum").text(80, 200, BLANK), True),
        (Drawing(), False),
    ],
    ids=["a standard font", "a piece without extent", "no text"],
)
def test_pieces_without_extent_are_suspected(drawing: Drawing, skipped: bool) -> None:
    with pdfium.open_document(build(drawing), None, "a test") as document:
        assert pdfium.read_marks(document, 0).skipped is skipped


def test_the_characters_of_such_a_page_come_from_the_reference_reader() -> None:
    page = read(Drawing().text(50, 200, "绩").text(62, 200, "效").text(74, 200, BLANK).text(50, 180, "2 995.39"))
    assert page.text == "绩效\n2 995.39\n"
    assert page.reason == "text layer, characters by pdfplumber: a font is neither in the file nor on this machine"


def test_where_the_reference_reader_fails_too_what_is_there_is_kept_and_the_rest_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("no luck")

    monkeypatch.setattr(plumber, "read_marks", fail)
    (page,), (problem,) = read_pages(build(Drawing().text(50, 200, "2 995.39").text(50, 180, BLANK)))
    assert page.text == "2 995.39\n"
    assert (problem.code, problem.page) == ("no-font", 1)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("turn", ["1 0 0 1", "0 1 -1 0", "0 -1 1 0", "-1 0 0 -1", "0.7 0.7 -0.7 0.7"])
def test_both_readers_tell_how_writing_is_turned(rotate: int, turn: str) -> None:
    data = build(Drawing(rotate=rotate).text(150, 150, "ABCDEF", turn=turn))
    turns = []
    for reader in (pdfium, plumber):
        with reader.open_document(data, None, "a test") as document:
            found = reader.read_marks(document, 0).characters.turns
            turns.append(None if found is None else found.tolist())
    assert turns[0] == turns[1]
