"""Ruled lines found in a page picture: the same edges that a text page has among its drawings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from pipeline.read.marks import Edges, Flags, Floats
from pipeline.read.ocr.images import Pixels

LONG = 28.0
"""A straight stroke of so many points is a rule: letters that large are rare, and stand alone."""

SHORT = 9.0
"""A shorter one of at least this many points is a rule where both its ends meet rules across it."""

THICKEST = 3.5
"""A rule is at most this many points thick, as on text pages; what is thicker is a bar or a shade."""

MEETS = 2.5
"""An end this many points from a rule across meets it."""

REACHES = 0.5
"""A short rule runs right into those it ends on; letters in a low row stop this many points or more before them."""

SURE = 72.0
"""A stroke of so many points is a rule whatever stands beside it: no letters line up that long."""

ATTACHED = 0.05
"""Strokes of letters have others attached to them; along a short rule at most this share has ink on either side."""

TOUCHED = 0.3
"""Along a long rule at most this share has ink beside it on the emptier side: letters in low rows touch their rules."""

BESIDE = 2
"""How many pixels beside a stroke that ink is looked for."""

WOBBLE = 1.5
"""Pieces of one rule lie at most this many points apart across their direction: paper bends, feeders jerk."""

BREAK = 10.0
"""Pieces of one rule may be this many points apart along it: worn toner, a seal, a letter set on the rule."""

GAP_PIXELS = 3
"""Pixels that noise may take out of a stroke."""

LONGEST_TAIL = 12.0
"""What a rule reaches beyond the last rule across it, up to so many points, is a letter that touches it. (Beyond
that, the reader of tables takes it for an open side.)"""

LONGEST_LONER = 120.0
"""A rule that meets no other and is shorter than this many points may be a dash, and stays in the picture."""


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """The rules of a picture: `edges` in points, and the pixels (True) that they are drawn with."""

    edges: Edges
    mask: Flags


def find_rules(ink: Pixels, scale: float) -> Rules:
    """The rules among `ink` (1 where there is some) of a picture laid straight, of `scale` pixels per point."""
    horizontal = _find_strokes(ink, scale)
    vertical = _find_strokes(np.ascontiguousarray(ink.T), scale)
    kept_horizontal, kept_vertical = _keep_connected(horizontal.rows, vertical.rows)
    mask = _paint(horizontal, kept_horizontal, kept_vertical, vertical.rows, ink.shape)
    mask |= _paint(vertical, kept_vertical, kept_horizontal, horizontal.rows, (ink.shape[1], ink.shape[0])).T
    rows, columns = horizontal.rows[kept_horizontal], vertical.rows[kept_vertical]
    rows, columns = _join_pieces(rows, columns), _join_pieces(columns, rows)
    edges = Edges(_cut_tails(rows, columns, mask, scale), _cut_tails(columns, rows, mask.T, scale))
    return Rules(edges, mask)


@dataclass(frozen=True, slots=True, eq=False)
class _Strokes:
    """Straight strokes along the rows of a picture: `rows` of (position, start, end) in points, and the number of the
    stroke on every pixel (`labels`, 0 for none; stroke n is row n - 1)."""

    rows: Floats
    labels: Floats
    scale: float


def _find_strokes(ink: Pixels, scale: float) -> _Strokes:
    """Horizontal strokes of at least SHORT points and no thicker than a rule."""
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, GAP_PIXELS), np.uint8))
    # A rule that is not quite level steps from row to row; with its neighbours' ink a row runs on.
    thick = cv2.dilate(closed, np.ones((2, 1), np.uint8))
    length = max(round(SHORT * scale), 3)
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    _, labels, stats, centres = cv2.connectedComponentsWithStats(runs, connectivity=8)
    left, _, width, height, area = (stats[1:, column].astype(np.float64) for column in range(5))
    rows = np.stack((centres[1:, 1] / scale, left / scale, (left + width) / scale), axis=1)
    thickness = area / np.maximum(width, 1)
    flat = (thickness <= THICKEST * scale + 1) & (height <= 0.02 * width + THICKEST * scale + 1)
    plain = flat & ((width >= SURE * scale) | _stands_free(ink, stats[1:], scale))
    rows[~plain, 2] = rows[~plain, 1]
    return _Strokes(rows, np.asarray(labels), scale)


def _stands_free(ink: Pixels, stats: Any, scale: float) -> Flags:
    """Which strokes have hardly any ink beside them, their ends left out, where rules across may meet them.

    `stats` are rows of (left, top, width, height, area) in pixels, one per stroke.
    """
    lowest = len(ink) - 1
    margin = round(MEETS * scale)
    free = np.zeros(len(stats), dtype=bool)
    for index, (left, top, width, height, _) in enumerate(stats.tolist()):
        along = slice(left + margin, left + width - margin)
        above, below = ink[max(top - BESIDE, 0), along], ink[min(top + height - 1 + BESIDE, lowest), along]
        if not len(above):
            continue
        if width >= LONG * scale:
            free[index] = min(float(above.mean()), float(below.mean())) <= TOUCHED
        else:
            free[index] = float(np.maximum(above, below).mean()) <= ATTACHED
    return free


def _keep_connected(horizontal: Floats, vertical: Floats) -> tuple[Flags, Flags]:
    """Which strokes are rules: the long ones, and shorter ones between two rules across, until no more are found."""
    long = [rows[:, 2] - rows[:, 1] >= LONG for rows in (horizontal, vertical)]
    kept = [long[0].copy(), long[1].copy()]
    while True:
        before = int(kept[0].sum()) + int(kept[1].sum())
        kept[0] |= _bridges(horizontal, vertical[kept[1]])
        kept[1] |= _bridges(vertical, horizontal[kept[0]])
        if int(kept[0].sum()) + int(kept[1].sum()) == before:
            return kept[0], kept[1]


def _bridges(rows: Floats, across: Floats) -> Flags:
    """Which of `rows`, if long enough, begin and end on a rule of `across`."""
    meets = _meets(rows, across)
    from_start, from_end = across[None, :, 0] - rows[:, 1, None], across[None, :, 0] - rows[:, 2, None]
    begins = (meets & (from_start >= -REACHES) & (from_start <= MEETS)).any(axis=1)
    ends = (meets & (from_end <= REACHES) & (from_end >= -MEETS)).any(axis=1)
    found: Flags = begins & ends & (rows[:, 2] - rows[:, 1] >= SHORT)
    return found


def _meets(rows: Floats, across: Floats) -> Flags:
    """A matrix: which of `rows` (first axis) touches which rule of `across`."""
    position, start, end = rows[:, 0, None], rows[:, 1, None], rows[:, 2, None]
    at, low, high = across[None, :, 0], across[None, :, 1], across[None, :, 2]
    found: Flags = (at >= start - MEETS) & (at <= end + MEETS) & (position >= low - MEETS) & (position <= high + MEETS)
    return found


def _paint(strokes: _Strokes, kept: Flags, across_kept: Flags, across: Floats, shape: tuple[int, ...]) -> Flags:
    """The pixels of those kept strokes that belong to a table, or are too long for a dash."""
    lengths = strokes.rows[:, 2] - strokes.rows[:, 1]
    part = kept & (_meets(strokes.rows, across[across_kept]).any(axis=1) | (lengths >= LONGEST_LONER))
    chosen = np.concatenate(([False], part))[strokes.labels]
    widened = cv2.dilate(chosen.astype(np.uint8), np.ones((3, 1), np.uint8))
    return np.asarray(widened[: shape[0], : shape[1]], dtype=bool)


def _join_pieces(rows: Floats, across: Floats) -> Floats:
    """Pieces of one rule put together, but not over a gap that begins and ends on a rule: there none was drawn."""
    joined: list[list[float]] = []
    for position, start, end in sorted(rows.tolist(), key=lambda row: row[1]):
        for piece in joined:
            if abs(piece[0] - position) > WOBBLE or start - piece[2] > BREAK:
                continue
            if start - piece[2] > MEETS and _ends_on(piece[0], piece[2], across) and _ends_on(position, start, across):
                continue
            share = (end - start) / max(end - start + piece[2] - piece[1], 1e-6)
            piece[0] += (position - piece[0]) * share
            piece[2] = max(piece[2], end)
            break
        else:
            joined.append([position, start, end])
    return np.array(joined, dtype=np.float64).reshape(-1, 3)


def _cut_tails(rows: Floats, across: Floats, mask: Flags, scale: float) -> Floats:
    """Rules cut where they cross the last rule; what is cut off is not masked. `rows` run along the mask's rows."""
    cut = rows.copy()
    for index, (position, start, end) in enumerate(rows.tolist()):
        meets = (across[:, 1] <= position + MEETS) & (position - MEETS <= across[:, 2])
        at = across[meets & (across[:, 0] >= start - MEETS) & (across[:, 0] <= end + MEETS), 0]
        if not len(at):
            continue
        band = slice(max(round((position - THICKEST) * scale), 0), round((position + THICKEST) * scale))
        first, last = float(at.min()), float(at.max())
        if MEETS < first - start <= LONGEST_TAIL:
            cut[index, 1] = first
            mask[band, max(round(start * scale) - 1, 0) : round((first - THICKEST / 2) * scale)] = False
        if MEETS < end - last <= LONGEST_TAIL:
            cut[index, 2] = last
            mask[band, round((last + THICKEST / 2) * scale) : round(end * scale) + 1] = False
    return cut


def _ends_on(position: float, end: float, across: Floats) -> bool:
    """Whether a rule at `position` that ends at `end` ends on one of the rules `across`."""
    meets = (
        (np.abs(across[:, 0] - end) <= MEETS) & (across[:, 1] <= position + MEETS) & (position - MEETS <= across[:, 2])
    )
    return bool(meets.any())
