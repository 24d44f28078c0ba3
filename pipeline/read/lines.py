"""Characters into lines of print, each within the cell or the open page that holds it.

Characters that follow each other in the content stream on one baseline form a run; runs side by side form a line. The
work per character is done on whole arrays, only runs are handled one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.read.marks import Characters, Codes, Flags, Floats, Integers

SAME_BASELINE = 0.12
"""Baselines within this share of the print's height are one baseline."""

RUN_GAP = 1.0
"""A gap wider than this many heights ends a run, so that what is printed inside the gap can be put there."""

SMALL_PRINT = 0.8
"""Print below this share of its neighbour's height may be a super- or subscript and sit off its baseline."""

WITHIN = 0.6
"""The share of a smaller print's height that must lie within the larger one's for the two to be one line."""

WORD_GAP = 0.3
"""A gap of this many heights parts two words or figures when no space is printed between them."""

MIXED_GAP = 0.5
"""The same between a Chinese character and a letter or digit; typesetting sets them a quarter apart by itself."""

CHINESE_GAP = 2.0
"""The same between two Chinese characters; justified and distributed text sets them apart without meaning it."""

SPACES = np.array([0x20, 0xA0, 0x1680, *range(0x2000, 0x200C), 0x202F, 0x205F, 0x3000, 0xFEFF], dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters `[start, end)` of the content order on one baseline, with the box around them."""

    start: int
    end: int
    container: int
    baseline: float
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of print: the characters in reading order (indices into the page's characters) and where it stands.

    A negative index is a space that nobody printed but a gap implies.
    """

    container: int
    order: Integers
    x0: float
    top: float
    x1: float
    bottom: float


def is_space(codes: Codes) -> Flags:
    """Which characters are white space."""
    return np.isin(codes, SPACES)


def is_chinese(codes: Codes) -> Flags:
    """Which characters are set on the full-width grid: ideographs, kana, full-width letters and punctuation."""
    return ((codes >= 0x2E80) & (codes < 0xA000)) | ((codes >= 0xF900) & (codes < 0xFB00)) | (
        (codes >= 0xFE30) & (codes < 0xFE50)
    ) | ((codes >= 0xFF00) & (codes < 0xFFF0)) | ((codes >= 0x20000) & (codes < 0x40000))  # fmt: skip


def find_lines(characters: Characters, containers: Integers) -> list[TextLine]:
    """The lines of a page, top down within each container. `containers` numbers the place that holds each character;
    characters of different containers never share a line. Lines of nothing but spaces are left out."""
    if not len(characters):
        return []
    spaces = is_space(characters.codes)
    chinese = is_chinese(characters.codes)
    found = []
    for runs in _group_runs(find_runs(characters, containers)):
        order = _order_characters(runs, characters)
        printed = np.flatnonzero(~spaces[order])
        if len(printed):
            order = order[printed[0] : printed[-1] + 1]
            boxes = characters.boxes[order]
            left, top, right, bottom = (*boxes.min(axis=0)[:2].tolist(), *boxes.max(axis=0)[2:].tolist())
            height = max(run.height for run in runs)
            order = _part_words(order, boxes, spaces[order], chinese[order], height)
            found.append(TextLine(runs[0].container, order, left, top, right, bottom))
    return found


def find_runs(characters: Characters, containers: Integers) -> list[Run]:
    """The runs of a page in content order."""
    boxes, origins = characters.boxes, characters.origins
    heights = np.maximum(boxes[:, 3] - boxes[:, 1], 1.0)
    pair_height = np.maximum(heights[1:], heights[:-1])
    steps = np.diff(origins, axis=0)
    gaps = boxes[1:, 0] - boxes[:-1, 2]
    breaks = (
        (np.diff(containers) != 0)
        | (np.abs(steps[:, 1]) > SAME_BASELINE * pair_height)
        | (steps[:, 0] < 0)
        | (gaps > RUN_GAP * pair_height)
    )
    starts = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    ends = np.concatenate((starts[1:], [len(characters)]))
    lows = np.minimum.reduceat(boxes, starts)
    highs = np.maximum.reduceat(boxes, starts)
    return list(
        map(
            Run,
            starts.tolist(),
            ends.tolist(),
            containers[starts].tolist(),
            origins[starts, 1].tolist(),
            lows[:, 0].tolist(),
            lows[:, 1].tolist(),
            highs[:, 2].tolist(),
            highs[:, 3].tolist(),
        )
    )


def _group_runs(runs: list[Run]) -> Iterator[list[Run]]:
    """Runs that stand on one line, from the top down within each container, each line from left to right."""
    line: list[Run] = []
    anchor: Run | None = None
    for run in sorted(runs, key=lambda run: (run.container, run.baseline, run.x0)):
        if anchor is not None and _on_one_line(anchor, run):
            line.append(run)
            if run.height > anchor.height:
                anchor = run
            continue
        if line:
            yield sorted(line, key=lambda run: run.x0)
        line, anchor = [run], run
    if line:
        yield sorted(line, key=lambda run: run.x0)


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


def _order_characters(runs: list[Run], characters: Characters) -> Integers:
    order = np.concatenate([np.arange(run.start, run.end) for run in runs])
    if any(after.x0 < before.x1 for before, after in zip(runs, runs[1:], strict=False)):
        order = order[np.argsort(characters.origins[order, 0], kind="stable")]
    return order


def _part_words(order: Integers, boxes: Floats, spaces: Flags, chinese: Flags, height: float) -> Integers:
    """Puts a space (-1) where a gap parts two words that no printed space parts."""
    gaps = boxes[1:, 0] - boxes[:-1, 2]
    if not (gaps > WORD_GAP * height).any():
        return order
    either = chinese[1:] | chinese[:-1]
    both = chinese[1:] & chinese[:-1]
    least = height * np.where(both, CHINESE_GAP, np.where(either, MIXED_GAP, WORD_GAP))
    wide = (gaps > least) & ~spaces[1:] & ~spaces[:-1]
    return np.insert(order, np.flatnonzero(wide) + 1, -1)
