"""From boxes around text to pieces of lines, and from readings of pieces to characters in their places."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.read.ocr.correct import correct
from pipeline.read.ocr.detect import TextBox, TextMap, find_boxes
from pipeline.read.ocr.images import Pixels
from pipeline.read.ocr.pieces import Piece, find_pieces
from pipeline.read.ocr.placement import place_characters
from pipeline.read.ocr.recognise import Reading

WIDTH, HEIGHT = 400, 300
PAGE = (0, 0, WIDTH, HEIGHT)


def paper(*marks: tuple[int, int, int, int]) -> Pixels:
    """A page with ink in these boxes (x0, top, x1, bottom)."""
    ink = np.zeros((HEIGHT, WIDTH), np.uint8)
    for x0, top, x1, bottom in marks:
        ink[top:bottom, x0:x1] = 1
    return ink


def around(x0: int, top: int, x1: int, bottom: int, container: int = 0) -> TextBox:
    """A box around print, as a detector finds it: a core inside, and a margin outside."""
    shrink = 0.3 * min(bottom - top, x1 - x0)
    return TextBox(x0 - 5, top - 5, x1 + 5, bottom + 5, top + shrink, bottom - shrink, container)


def letters(x0: int, top: int, count: int, size: int = 20) -> list[tuple[int, int, int, int]]:
    return [(x0 + index * (size + 2), top, x0 + index * (size + 2) + size, top + size) for index in range(count)]


def places(pieces: list[Piece]) -> list[tuple[int, int, int, int]]:
    return [(piece.x0, piece.top, piece.x1, piece.bottom) for piece in pieces]


def test_a_piece_is_trimmed_to_its_ink() -> None:
    ink = paper(*letters(50, 100, 8), *letters(50, 126, 8))
    found = find_pieces([around(50, 100, 224, 120), around(50, 126, 224, 146)], ink, [PAGE])
    assert places(found) == [(50, 100, 224, 120), (50, 126, 224, 146)]


def test_a_mark_at_the_end_that_the_box_does_not_hold_is_taken_along() -> None:
    ink = paper(*letters(50, 100, 8), (232, 112, 236, 120))
    assert places(find_pieces([around(50, 100, 224, 120)], ink, [PAGE])) == [(50, 100, 236, 120)]


def test_specks_are_no_marks() -> None:
    ink = paper(*letters(50, 100, 8), (232, 112, 233, 114))
    assert places(find_pieces([around(50, 100, 224, 120)], ink, [PAGE])) == [(50, 100, 224, 120)]


def test_letters_stacked_in_a_narrow_cell_are_lines_of_their_own() -> None:
    stack = [(300, top, 320, top + 20) for top in (40, 65, 90, 115)]
    ink = paper(*letters(50, 200, 8), *stack)
    found = find_pieces([around(50, 200, 224, 220), around(300, 40, 320, 135)], ink, [PAGE])
    assert places(found)[:4] == stack


def test_strokes_of_one_stacked_letter_stay_together() -> None:
    strokes = [(300, 40, 320, 43), (300, 48, 320, 51), (300, 57, 320, 60), (300, 70, 320, 90)]
    ink = paper(*letters(50, 200, 8), *strokes)
    found = find_pieces([around(50, 200, 224, 220), around(300, 40, 320, 90)], ink, [PAGE])
    assert places(found)[:2] == [(300, 40, 320, 60), (300, 70, 320, 90)]


def test_two_lines_in_one_box_are_parted() -> None:
    ink = paper(*letters(50, 100, 8), *letters(50, 125, 8), *letters(50, 200, 8))
    found = find_pieces([around(50, 100, 224, 145), around(50, 200, 224, 220)], ink, [PAGE])
    assert places(found)[:2] == [(50, 100, 224, 120), (50, 125, 224, 145)]


def test_fragments_of_one_line_are_put_together() -> None:
    ink = paper(*letters(50, 100, 8))
    found = find_pieces([around(50, 100, 92, 120), around(94, 100, 224, 120)], ink, [PAGE])
    assert places(found) == [(50, 100, 224, 120)]


def test_pieces_of_different_cells_stay_apart() -> None:
    ink = paper(*letters(50, 100, 3), *letters(120, 100, 3))
    limits = [PAGE, (40, 90, 117, 130), (117, 90, 200, 130)]
    found = find_pieces([around(50, 100, 114, 120, 1), around(120, 100, 184, 120, 2)], ink, limits)
    assert [(piece.x0, piece.x1, piece.container) for piece in found] == [(50, 114, 1), (120, 184, 2)]


def test_a_lone_figure_and_a_dash_that_the_detector_missed_are_found_in_their_cells() -> None:
    ink = paper(*letters(50, 200, 8), (300, 40, 312, 58), (300, 88, 320, 90))
    limits = [PAGE, (280, 30, 340, 70), (280, 70, 340, 110)]
    found = find_pieces([around(50, 200, 224, 220)], ink, limits)
    assert [(piece.x0, piece.x1, piece.container) for piece in found] == [(300, 312, 1), (300, 320, 2), (50, 224, 0)]
    assert found[1].height >= 15, "a dash is shown with room around it"


def test_text_in_neighbouring_cells_is_cut_between_them() -> None:
    likelihood = np.zeros((40, 100), np.float32)
    likelihood[15:25, 10:90] = 0.9
    containers = np.repeat([[1] * 50 + [2] * 50], 40, axis=0)
    boxes = find_boxes(TextMap(likelihood, 0.5), containers)
    assert [(box.container, box.core_top, box.core_bottom) for box in boxes] == [(1, 30, 50), (2, 30, 50)]


def test_unlikely_spots_are_no_text() -> None:
    likelihood = np.zeros((40, 100), np.float32)
    likelihood[15:25, 10:90] = 0.35
    assert find_boxes(TextMap(likelihood, 0.5), np.zeros((40, 100), np.int64)) == []


def reading(text: str) -> Reading:
    """Characters evenly spread."""
    count = len(text)
    return Reading(text, tuple((index + 0.5) / count for index in range(count)), (0.9,) * count)


def test_characters_are_placed_along_their_piece() -> None:
    characters = place_characters(Piece(100, 50, 280, 68, 0), reading("预算执行情况表格式"), 2.0)
    assert characters.codes.tolist() == [ord(character) for character in "预算执行情况表格式"]
    widths = characters.boxes[:, 2] - characters.boxes[:, 0]
    assert widths == pytest.approx([9.8] * 9, abs=0.6)
    assert characters.boxes[0, 0] == pytest.approx(50, abs=1)
    assert characters.boxes[-1, 2] == pytest.approx(140, abs=1)
    assert len(set(characters.origins[:, 1].tolist())) == 1
    assert characters.confidences is not None
    assert characters.confidences.tolist() == [0.9] * 9


def test_only_spaces_between_words_and_figures_are_kept() -> None:
    piece = Piece(0, 0, 400, 20, 0)
    kept = place_characters(piece, reading("第 3 页, 12 . 5 ab  cd"), 2.0).codes.tolist()
    assert "".join(map(chr, kept)) == "第3页,12.5 ab cd"


def test_figures_meet_their_marks() -> None:
    boxes = place_characters(Piece(0, 0, 90, 20, 0), reading("12,345.67"), 2.0).boxes
    assert boxes[:-1, 2] == pytest.approx(boxes[1:, 0])


@pytest.mark.parametrize(("width", "meant"), [(12, "0"), (20, "O")])
def test_a_slender_lone_circle_in_a_cell_is_a_nought(width: int, meant: str) -> None:
    piece = Piece(10, 10, 10 + width, 30, 1)
    assert correct(reading("O"), piece, paper()).text == meant


def test_page_numbers_are_settled_outside_tables_only() -> None:
    piece = Piece(10, 10, 70, 30, 0)
    assert correct(reading("一3一"), piece, paper()).text == "—3—"
    assert correct(reading("一3一"), Piece(10, 10, 70, 30, 1), paper()).text == "一3一"


DIGIT_EDGES = (10, 22, 48, 60, 74, 88)


@pytest.mark.parametrize(
    ("mark", "read", "meant"),
    [
        pytest.param((30, 26, 34, 36), "1.234", "1,234", id="a comma with its tail"),
        pytest.param((30, 27, 33, 30), "1,234", "1.234", id="a point"),
        pytest.param((30, 26, 34, 36), "1,234", "1,234", id="a comma read as one"),
        pytest.param((30, 26, 34, 36), "1，234", "1,234", id="a full-width comma without the room of one"),
    ],
)
def test_marks_between_digits_are_told_by_their_shape(mark: tuple[int, int, int, int], read: str, meant: str) -> None:
    digits = [(x, 10, x + 10, 30) for x in (12, 42, 56, 70)]
    centres = tuple((x - 12) / 68 for x in (17, 32, 47, 61, 75))
    piece = Piece(12, 10, 80, 31, 1)
    assert correct(Reading(read, centres, (0.9,) * 5), piece, paper(*digits, mark)).text == meant


def test_a_comma_with_the_room_of_a_full_width_one_parts_figures() -> None:
    digits = [(x, 10, x + 10, 30) for x in (12, 70, 84, 98)]
    centres = tuple((x - 12) / 96 for x in (17, 32, 75, 89, 103))
    piece = Piece(12, 10, 108, 31, 1)
    assert correct(Reading("1,234", centres, (0.9,) * 5), piece, paper(*digits, (30, 26, 34, 36))).text == "1，234"
