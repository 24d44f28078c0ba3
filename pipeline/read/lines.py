"""Characters into lines of print, each within the cell or the open page that holds it.

Characters that follow each other in the content stream on one baseline form a run; runs side by side form a line. The
work per character is done on whole arrays, only runs are handled one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, pairwise
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from pipeline.read.marks import SLANTED, Characters, Codes, Flags, Floats, Integers

SAME_BASELINE = 0.12
"""Baselines within this share of the print's height are one baseline."""

RUN_GAP = 1.0
"""A gap wider than this many heights ends a run, so that what is printed inside the gap can be put there."""

SMALL_PRINT = 0.8
"""Print below this share of its neighbour's height may be a super- or subscript and sit off its baseline."""

WITHIN = 0.6
"""The share of a smaller print's height that must lie within the larger one's for the two to be one line."""

WORD_GAP = 0.22
"""A gap of this many heights of the line parts two words when no space is printed between them."""

FIGURE_GAP = 0.3
"""The same between two digits: spaced-out figures are still one figure."""

MIXED_GAP = 0.3
"""The same between a Chinese character and a letter or digit, in widths of the former: typesetting sets them a quarter
apart by itself, and no gap of that size tells whether a space was meant."""

CHINESE_GAP = 2.0
"""The same between two Chinese characters; justified and distributed text sets them apart without meaning it."""

FOLLOWING = 3.0
"""Turned characters within this many times their size of each other follow one another."""

ASIDE = -1
"""The container of slanted print: it belongs to no line and no cell that it runs across."""

# By code point; those beyond the basic plane share the last entry.
_SPACE = np.zeros(0x10000, dtype=bool)
_SPACE[[0x20, 0xA0, 0x1680, *range(0x2000, 0x200C), 0x202F, 0x205F, 0x3000, 0xFEFF]] = True


class Run(NamedTuple):
    """Characters `[start, end)` of the content order on one baseline, with the box around them."""

    container: int
    baseline: float
    x0: float
    top: float
    x1: float
    bottom: float
    start: int
    end: int

    @property
    def height(self) -> float:
        return self.bottom - self.top


class TextLine(NamedTuple):
    """A line of print: the characters in reading order (indices into the page's characters) and where it stands.

    The index -1 is a space that nobody printed but a gap implies.
    """

    container: int
    order: Integers
    x0: float
    top: float
    x1: float
    bottom: float


def is_space(codes: Codes) -> Flags:
    """Which characters are white space."""
    which: Flags = _SPACE[np.minimum(codes, len(_SPACE) - 1)]
    return which


def is_chinese(codes: Codes) -> Flags:
    """Which characters are set on the full-width grid: ideographs, kana, full-width letters and punctuation."""
    return ((codes >= 0x2E80) & (codes < 0xA000)) | ((codes >= 0xF900) & (codes < 0xFB00)) | (
        (codes >= 0xFE30) & (codes < 0xFE50)
    ) | ((codes >= 0xFF00) & (codes < 0xFFF0)) | ((codes >= 0x20000) & (codes < 0x40000))  # fmt: skip


def is_digit(codes: Codes) -> Flags:
    """Which characters are the digits 0 to 9."""
    return (codes >= 0x30) & (codes < 0x3A)


def find_lines(characters: Characters, containers: Integers) -> list[TextLine]:
    """The lines of a page, top down within each container. `containers` numbers the place that holds each character;
    characters of different containers never share a line. Lines of nothing but spaces are left out.

    Where some print is turned, each unbroken piece of it is a line; what is slanted, such as a watermark, stands ASIDE.
    """
    if characters.turns is None:
        return _find_upright_lines(characters, containers)
    upright = np.flatnonzero(characters.turns == 0)
    lines = [
        line._replace(order=np.where(line.order < 0, line.order, upright[line.order]))
        for line in _find_upright_lines(characters.take(upright), containers[upright])
    ]
    lines.extend(_follow_turned(characters, np.where(characters.turns == SLANTED, ASIDE, containers)))
    return sorted(lines, key=lambda line: (line.container, line.top))


def _follow_turned(characters: Characters, containers: Integers) -> Iterator[TextLine]:
    """Lines of turned characters, as the content goes on from one to the next."""
    assert characters.turns is not None
    which = np.flatnonzero(characters.turns != 0)
    boxes = characters.boxes[which]
    size = np.maximum((boxes[:, 2:] - boxes[:, :2]).min(axis=1), 1.0)
    steps = np.abs(np.diff(characters.origins[which], axis=0)).max(axis=1)
    breaks = (np.diff(which) > 1) | (np.diff(containers[which]) != 0) | (np.diff(characters.turns[which]) != 0)
    breaks |= steps > FOLLOWING * size[1:]
    for part in np.split(which, np.flatnonzero(breaks) + 1):
        printed = np.flatnonzero(~is_space(characters.codes[part]))
        if len(printed):
            order = part[printed[0] : printed[-1] + 1]
            left, top = characters.boxes[order, :2].min(axis=0).tolist()
            right, bottom = characters.boxes[order, 2:].max(axis=0).tolist()
            yield TextLine(int(containers[order[0]]), order, left, top, right, bottom)


def _find_upright_lines(characters: Characters, containers: Integers) -> list[TextLine]:
    if not len(characters):
        return []
    lines = group_runs(find_runs(characters, containers))
    order, line_of = _order_characters(lines, characters)
    order, line_of = _trim(order, line_of, ~is_space(characters.codes[order]))
    if not len(order):
        return []
    starts = np.flatnonzero(np.diff(line_of, prepend=-1))
    boxes = characters.boxes[order]
    lows = np.minimum.reduceat(boxes[:, :2], starts).tolist()
    highs = np.maximum.reduceat(boxes[:, 2:], starts).tolist()
    places = containers[order[starts]].tolist()
    heights = np.array([max(run.height for run in line) for line in lines])[line_of]
    gaps = _find_word_gaps(characters.codes[order], boxes, line_of, heights)
    order = np.insert(order, gaps, -1)
    starts += np.searchsorted(gaps, starts, side="left")
    ends = [*starts[1:].tolist(), len(order)]
    return [
        TextLine(place, order[start:end], x0, top, x1, bottom)
        for place, start, end, (x0, top), (x1, bottom) in zip(places, starts.tolist(), ends, lows, highs, strict=True)
    ]


def find_runs(characters: Characters, containers: Integers) -> list[Run]:
    """The runs of a page in content order."""
    boxes, origins = characters.boxes, characters.origins
    heights = np.maximum(boxes[:, 3] - boxes[:, 1], 1.0)
    pair_height = np.maximum(heights[1:], heights[:-1])
    steps = np.diff(origins, axis=0)
    gaps = boxes[1:, 0] - boxes[:-1, 2]
    breaks = (
        (containers[1:] != containers[:-1])
        | (np.abs(steps[:, 1]) > SAME_BASELINE * pair_height)
        | (steps[:, 0] < 0)
        | (gaps > RUN_GAP * pair_height)
    )
    starts = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    lows = np.minimum.reduceat(boxes[:, :2], starts)
    highs = np.maximum.reduceat(boxes[:, 2:], starts)
    columns = (containers[starts], origins[starts, 1], lows[:, 0], lows[:, 1], highs[:, 0], highs[:, 1], starts)
    return list(map(Run, *(column.tolist() for column in columns), [*starts[1:].tolist(), len(characters)]))


def group_runs(runs: list[Run]) -> list[list[Run]]:
    """Runs that stand on one line, from the top down within each container, each line from left to right."""
    lines: list[list[Run]] = []
    anchor: Run | None = None
    for run in sorted(runs, key=attrgetter("container", "baseline", "x0")):
        if anchor is None or not _on_one_line(anchor, run):
            lines.append([run])
            anchor = run
        else:
            lines[-1].append(run)
            if run.height > anchor.height:
                anchor = run
    for line in lines:
        line.sort(key=attrgetter("x0"))
    return lines


def _on_one_line(anchor: Run, run: Run) -> bool:
    if anchor.container != run.container:
        return False
    small, large = sorted((anchor.height, run.height))
    if abs(run.baseline - anchor.baseline) <= 2 * SAME_BASELINE * large:
        return True
    if small > SMALL_PRINT * large:
        return False
    overlap = min(anchor.bottom, run.bottom) - max(anchor.top, run.top)
    return overlap >= WITHIN * small


def _order_characters(lines: list[list[Run]], characters: Characters) -> tuple[Integers, Integers]:
    """All characters in reading order, and the number of the line that each belongs to."""
    runs = list(chain.from_iterable(lines))
    starts = np.array([run.start for run in runs])
    lengths = np.array([run.end for run in runs]) - starts
    ends = np.cumsum(lengths)
    order = np.arange(len(characters)) + np.repeat(starts - ends + lengths, lengths)
    line_of = np.repeat(np.repeat(np.arange(len(lines)), [len(line) for line in lines]), lengths)
    mixed = [number for number, line in enumerate(lines) if _runs_overlap(line)]
    if mixed:
        firsts = np.searchsorted(line_of, mixed).tolist()
        lasts = np.searchsorted(line_of, mixed, side="right").tolist()
        for first, last in zip(firsts, lasts, strict=True):
            part = order[first:last]
            order[first:last] = part[np.argsort(characters.origins[part, 0], kind="stable")]
    return order, line_of


def _runs_overlap(line: list[Run]) -> bool:
    return len(line) > 1 and any(after.x0 < before.x1 for before, after in pairwise(line))


def _trim(order: Integers, line_of: Integers, printed: Flags) -> tuple[Integers, Integers]:
    """Without the spaces before the first and after the last printed character of each line."""
    if printed.all():
        return order, line_of
    # A character is inside its line when something is printed on that line at or before it, and at or after it.
    at = np.arange(len(order))
    before = np.maximum.accumulate(np.where(printed, at, -1))
    after = np.minimum.accumulate(np.where(printed, at, len(order))[::-1])[::-1]
    inside = (before >= 0) & (after < len(order))
    inside &= (line_of[before] == line_of) & (line_of[np.minimum(after, len(order) - 1)] == line_of)
    return order[inside], line_of[inside]


def _find_word_gaps(codes: Codes, boxes: Floats, line_of: Integers, heights: Floats) -> Integers:
    """Positions before which a gap parts two words of a line that no printed space parts."""
    gaps = boxes[1:, 0] - boxes[:-1, 2]
    found = np.flatnonzero((gaps > WORD_GAP * heights[1:]) & (line_of[1:] == line_of[:-1])) + 1
    if not len(found):
        return found
    before, after = codes[found - 1], codes[found]
    chinese_before, chinese_after = is_chinese(before), is_chinese(after)
    widths = boxes[:, 2] - boxes[:, 0]
    width = np.where(chinese_after, widths[found], widths[found - 1])
    least = np.where(is_digit(before) & is_digit(after), FIGURE_GAP, WORD_GAP) * heights[found]
    least = np.where(chinese_before | chinese_after, MIXED_GAP * width, least)
    least = np.where(chinese_before & chinese_after, CHINESE_GAP * width, least)
    parted: Integers = found[(gaps[found - 1] > least) & ~is_space(before) & ~is_space(after)]
    return parted
