"""Dotted leaders found in a picture by their shape."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.read.cells import OPEN_PAGE
from pipeline.read.ocr.leaders import find_leaders
from pipeline.read.ocr.pieces import Piece

TITLE = Piece(10, 10, 110, 40, OPEN_PAGE)


def line_of(dots: list[int], number: tuple[int, int] | None = None, size: int = 3) -> np.ndarray:
    """Ink of a line of contents: its title as one block, dots at these places, a page number between two others."""
    ink = np.zeros((60, 600), dtype=np.uint8)
    ink[TITLE.top : TITLE.bottom, TITLE.x0 : TITLE.x1] = 1
    for dot in dots:
        ink[34 : 34 + size, dot : dot + size] = 1
    if number is not None:
        ink[16:38, number[0] : number[1]] = 1
    return ink


def test_even_dots_behind_a_title_are_a_leader_up_to_its_page_number() -> None:
    leaders, numbers = find_leaders([TITLE], line_of(list(range(130, 430, 12)), (450, 465)))
    (leader,) = leaders
    assert leader.piece == TITLE
    assert leader.dots == tuple(place + 1.5 for place in range(130, 430, 12))
    assert numbers == [Piece(450, 16, 465, 38, OPEN_PAGE)]


@pytest.mark.parametrize(
    "ink",
    [
        line_of([]),
        line_of([130, 142, 154]),
        line_of([130, 133 + 30, 240, 250, 400, 404 + 30, 520, 560]),
        line_of(list(range(130, 430, 24)), size=12),
    ],
    ids=["no dots", "an ellipsis", "specks at random", "letters"],
)
def test_what_is_no_leader(ink: np.ndarray) -> None:
    assert find_leaders([TITLE], ink) == ([], [])


def test_cells_have_no_leaders() -> None:
    cell = Piece(10, 10, 110, 40, OPEN_PAGE + 1)
    assert find_leaders([cell], line_of(list(range(130, 430, 12)))) == ([], [])
