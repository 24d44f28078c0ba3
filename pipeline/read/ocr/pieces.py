"""From boxes around text to pieces of single lines, each trimmed to its ink and ready to be cut out and read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipeline.read.marks import Integers
from pipeline.read.ocr.detect import TextBox
from pipeline.read.ocr.images import Pixels

BLANK_ROW = 1
"""A row of pixels with at most so many inked ones is blank but for the grain of the scan."""

SHALLOW = 0.25
"""Lines set so tight that they touch have no more than this share of their usual ink in the row between them."""

LEAST_STROKE = 4
"""Ink of fewer pixels is a speck."""

WIDE = 2.0
"""A box this many times as wide as high holds a line: its height tells that of the print."""

STACKED = 1.5
"""A box this many times as high as wide, or as the usual print is high, may hold several lines or stacked letters."""

LEAST_PART = 0.45
"""A line is at least this share of the usual print high."""

TALLEST_LETTER = 1.2
"""Strokes of one letter of a stack reach over at most so many times its width."""

SAME_LINE = 0.6
"""Pieces that overlap by this share of the lower one's height stand on one line."""

ALIKE = 1.6
"""Pieces of one line differ in height by at most this factor."""

MARK = 0.9
"""A piece narrower than this many heights of its neighbour may be a mark of punctuation, lower than letters are."""

REACH = 1.3
"""A mark after a full-width bracket may stand so many heights behind its ink."""

ONE_LETTER = 1.2
"""Ink that runs on without a gap for so many heights is one letter at most."""

NEAR = 0.8
"""Pieces of one line with a gap of at most so many heights are read together."""

AROUND = 0.15
"""Ink less than this share of a piece's height away from it is a frayed edge of its letters."""

LETTER_GAP = 0.5
"""Letters that no box holds belong together when at most so many usual heights apart."""

LOWEST, HIGHEST = 0.5, 1.6
"""Letters that no box holds are this many usual heights high; what is lower or higher is dirt or a drawing."""

LONGEST_DASH = 2.5
"""A dash is lower than letters, and up to so many usual heights long."""

LEAST_DASH = 0.35
"""The share of ink in the box around a dash that is not quite level."""

EDGE = 0.2
"""A dash, and a narrow letter, stand at least so many usual heights from the rules along them."""

NARROW = 0.35
"""A letter of less than this share of its height might be the rest of a rule."""

LEAST_ROOM = 0.8
"""Low pieces are shown with room above and below them, so that they are this many usual heights high: a dash must not
be blown up to the size of a letter."""

LEAST_INK = 0.08
"""The share of ink in the box around letters; less is dirt."""

BORDER = 0.12
"""White left around a piece, as a share of its height."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of one line of print, in pixels of the picture, trimmed to its ink; `container` as in TextBox."""

    x0: int
    top: int
    x1: int
    bottom: int
    container: int

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.bottom - self.top


def find_pieces(boxes: Iterable[TextBox], ink: Pixels, limits: Sequence[tuple[int, int, int, int]]) -> list[Piece]:
    """The pieces of lines in `boxes`, where `ink` is 1; `limits` has (x0, top, x1, bottom) for each container."""
    trimmed = [piece for piece in (_trim_box(box, ink, limits[box.container]) for box in boxes) if piece is not None]
    usual = usual_height(trimmed)
    lines: list[Piece] = []
    for piece in trimmed:
        lines.extend(_split(piece, ink, usual))
    lines.extend(_find_missed(lines, ink, limits, usual))
    return [_with_room(piece, limits[piece.container], usual) for piece in _join(lines)]


def usual_height(pieces: Iterable[Piece]) -> float:
    """The height that half of the print is below, in pixels; pieces count by their width."""
    rows = sorted((piece.height, piece.width) for piece in pieces if piece.width >= WIDE * piece.height)
    if not rows:
        return 0.0
    half = sum(width for _, width in rows) / 2
    for height, width in rows:
        half -= width
        if half <= 0:
            return float(height)
    return float(rows[-1][0])


def border_of(piece: Piece, share: float = BORDER) -> int:
    """How many pixels of white are left around a piece: `share` of its height."""
    return max(round(share * piece.height), 2)


def cut_out(piece: Piece, gray: Pixels, paper: int, share: float = BORDER) -> Pixels:
    """The picture of a piece, with a border of `paper` around it that shows nothing of its neighbours."""
    part = gray[piece.top : piece.bottom, piece.x0 : piece.x1]
    border = border_of(piece, share)
    return np.asarray(
        cv2.copyMakeBorder(part, border, border, border, border, cv2.BORDER_CONSTANT, value=(paper,)), dtype=np.uint8
    )


def _trim_box(box: TextBox, ink: Pixels, limit: tuple[int, int, int, int]) -> Piece | None:
    """The piece of a box: the ink that runs on from its core, up and down to the first blank rows."""
    x0, x1 = max(round(box.x0), limit[0]), min(round(box.x1), limit[2])
    top, bottom = max(round(box.top), limit[1]), min(round(box.bottom), limit[3])
    if x1 - x0 < 2 or bottom - top < 2:
        return None
    counts = ink[top:bottom, x0:x1].sum(axis=1, dtype=np.int64)
    printed = counts > BLANK_ROW
    core_top = min(max(round(box.core_top) - top, 0), bottom - top - 1)
    core_bottom = min(max(round(box.core_bottom) - top, core_top + 1), bottom - top)
    printed[_valley(counts[:core_top], counts[core_top:core_bottom])] = False
    below = _valley(counts[core_bottom:], counts[core_top:core_bottom])
    printed[core_bottom:][below] = False
    first, last = core_top, core_bottom
    if bottom - top > STACKED * (x1 - x0) or not printed[core_top:core_bottom].any():
        # Letters stacked in a narrow cell, or one like 二: blank rows lie between them, and within them.
        first, last = 0, bottom - top
    while first > 0 and printed[first - 1]:
        first -= 1
    while last < bottom - top and printed[last]:
        last += 1
    while first < last - 1 and not printed[first]:
        first += 1
    while last - 1 > first and not printed[last - 1]:
        last -= 1
    rows = slice(top + first, top + last)
    ends = _find_ends(ink[rows, limit[0] : limit[2]], x0 - limit[0], x1 - limit[0])
    if ends is None:
        return None
    return Piece(limit[0] + ends[0], rows.start, limit[0] + ends[1], rows.stop, box.container)


def _valley(rows: Integers, core: Integers) -> slice:
    """The row, of those on one side of a core, where its line hardly touches the next one: none where a row is blank
    anyway, or where all have nearly as much ink as the core."""
    if not len(rows) or not len(core) or int(rows.min()) <= BLANK_ROW:
        return slice(0, 0)
    lowest = int(rows.argmin())
    return slice(lowest, lowest + 1) if rows[lowest] <= SHALLOW * float(core.mean()) else slice(0, 0)


def _find_ends(rows: Pixels, x0: int, x1: int) -> tuple[int, int] | None:
    """Where the ink of a line begins and ends: that between `x0` and `x1`, and marks and single letters next to it."""
    reach, widest = round(REACH * len(rows)), round(ONE_LETTER * len(rows))
    inked = np.flatnonzero(rows[:, max(x0 - reach, 0) : x1 + reach].any(axis=0)) + max(x0 - reach, 0)
    if not len(inked):
        return None
    strokes = np.split(inked, np.flatnonzero(np.diff(inked) > 1) + 1)
    solid = [
        (int(stroke[0]), int(stroke[-1]) + 1)
        for stroke in strokes
        if rows[:, stroke[0] : stroke[-1] + 1].sum(dtype=np.int64) >= LEAST_STROKE
    ]
    inside = [(start, end) for start, end in solid if end > x0 and start < x1]
    if not inside:
        return None
    first, last = inside[0][0], inside[-1][1]
    for start, end in solid:
        if start >= last and start - last <= reach and end - start <= widest:
            last = end
    for start, end in reversed(solid):
        if end <= first and first - end <= reach and end - start <= widest:
            first = start
    return first, last


def _split(piece: Piece, ink: Pixels, usual: float) -> list[Piece]:
    """The lines of a piece that holds several, or the letters of one that holds a stack of them."""
    unit = max(piece.width, 0.7 * usual) if piece.width < WIDE * usual else usual
    if piece.height <= STACKED * unit or not usual:
        return [piece]
    parts = _rows_of(piece, ink)
    if len(parts) < 2:
        return [piece]
    tallest = TALLEST_LETTER * max(min(piece.width, 1.5 * usual), 0.8 * usual)
    letters: list[list[int]] = []
    for top, bottom in parts:
        if letters and bottom - letters[-1][0] <= tallest:
            letters[-1][1] = bottom
        else:
            letters.append([top, bottom])
    found = [
        _trim_columns(replace(piece, top=top, bottom=bottom), ink)
        for top, bottom in letters
        if bottom - top >= LEAST_PART * usual or len(letters) == 1
    ]
    return [part for part in found if part is not None]


def _rows_of(piece: Piece, ink: Pixels) -> list[tuple[int, int]]:
    """The stretches of rows of a piece that are not blank, as (top, bottom) on the page."""
    window = ink[piece.top : piece.bottom, piece.x0 : piece.x1]
    printed = window.sum(axis=1, dtype=np.int64) > BLANK_ROW
    changes = np.flatnonzero(np.diff(np.concatenate(([0], printed.astype(np.int8), [0]))))
    return [(piece.top + int(start), piece.top + int(end)) for start, end in changes.reshape(-1, 2)]


def _find_missed(
    lines: Sequence[Piece], ink: Pixels, limits: Sequence[tuple[int, int, int, int]], usual: float
) -> list[Piece]:
    """Letters that no box holds: in the cells of tables, and on the open page at the ends of lines.

    A lone figure in a narrow cell is easily missed by a detector, and it is what matters most there.
    """
    if not usual:
        return []
    left = without(ink, lines)
    found: list[Piece] = []
    for container, (x0, top, x1, bottom) in enumerate(limits):
        if not container:
            continue
        found.extend(_letters_in(left[top:bottom, x0:x1], x0, top, container, usual))
        left[top:bottom, x0:x1] = 0
    return found


def _with_room(piece: Piece, limit: tuple[int, int, int, int], usual: float) -> Piece:
    """A piece at least as high as letters are, as far as its cell allows."""
    lacking = round((LEAST_ROOM * usual - piece.height) / 2)
    if lacking <= 0:
        return piece
    return replace(piece, top=max(piece.top - lacking, limit[1]), bottom=min(piece.bottom + lacking, limit[3]))


def without(ink: Pixels, pieces: Iterable[Piece]) -> Pixels:
    """The ink that is in none of the pieces, nor close to one."""
    left = ink.copy()
    for piece in pieces:
        margin = max(round(AROUND * piece.height), 2)
        left[max(piece.top - margin, 0) : piece.bottom + margin, max(piece.x0 - margin, 0) : piece.x1 + margin] = 0
    return left


def _letters_in(window: Pixels, x0: int, top: int, container: int, usual: float) -> list[Piece]:
    """Groups of ink in a window at (x0, top) that have the size of letters."""
    if int(window.sum()) < LEAST_INK * (LOWEST * usual) ** 2:
        return []
    # Kernels of odd size keep their place.
    gap = round(LETTER_GAP * usual) | 1
    joined = cv2.morphologyEx(window, cv2.MORPH_CLOSE, np.ones((gap // 2 | 1, gap), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    found = []
    for label in range(1, len(stats)):
        left, upper, width, height, _ = (int(value) for value in stats[label])
        share = float((window[upper : upper + height, left : left + width]).mean())
        letter = LOWEST * usual <= height <= HIGHEST * usual and share >= LEAST_INK
        # What lies along a side of the cell is the rest of a rule.
        if width < NARROW * height:
            letter = letter and left > EDGE * usual and left + width < window.shape[1] - EDGE * usual
        dash = height < LOWEST * usual <= width <= LONGEST_DASH * usual and share >= LEAST_DASH
        dash = dash and upper > EDGE * usual and upper + height < len(window) - EDGE * usual
        if letter or dash:
            found.append(Piece(x0 + left, top + upper, x0 + left + width, top + upper + height, container))
    return found


def _trim_columns(piece: Piece, ink: Pixels) -> Piece | None:
    columns = np.flatnonzero(ink[piece.top : piece.bottom, piece.x0 : piece.x1].any(axis=0))
    if not len(columns):
        return None
    return replace(piece, x0=piece.x0 + int(columns[0]), x1=piece.x0 + int(columns[-1]) + 1)


def _join(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours on one line put together, as long as they stand in one container."""
    groups: dict[int, list[Piece]] = defaultdict(list)
    for piece in sorted(pieces, key=lambda piece: (piece.x0, piece.top)):
        group = groups[piece.container]
        for index, other in enumerate(group):
            if _continues(other, piece):
                group[index] = Piece(
                    min(other.x0, piece.x0), min(other.top, piece.top),
                    max(other.x1, piece.x1), max(other.bottom, piece.bottom), piece.container,
                )  # fmt: skip
                break
        else:
            group.append(piece)
    return sorted((piece for group in groups.values() for piece in group), key=lambda piece: (piece.top, piece.x0))


def _continues(left: Piece, right: Piece) -> bool:
    small, large = sorted((left.height, right.height))
    overlap = min(left.bottom, right.bottom) - max(left.top, right.top)
    if overlap < SAME_LINE * small or right.x0 - left.x1 > NEAR * large:
        return False
    lower = left if left.height < right.height else right
    return large <= ALIKE * small or lower.width <= MARK * large
