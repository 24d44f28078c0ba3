"""What kind of page a page is, told from its marks before anything is read from it.

Text pages pay next to nothing: a few comparisons of whole arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import numpy as np

from pipeline.model.geometry import BBox
from pipeline.read.lines import is_space
from pipeline.read.marks import UNMAPPED, Codes, Flags, Floats, Marks


class PageKind(StrEnum):
    """What a page is made of."""

    TEXT = "text"
    SCAN = "scan"
    MIXED = "mixed"
    EMPTY = "empty"
    GARBLED = "garbled"


@dataclass(frozen=True, slots=True)
class Triage:
    """The kind of a page and why it is that kind, said for a person.

    `areas` are the parts of a mixed page that only their picture shows. `recognised` marks a scan with a text layer
    that an earlier recognition left behind the picture, and that is good enough not to be made again.
    """

    kind: PageKind
    reason: str
    areas: tuple[BBox, ...] = ()
    recognised: bool = False


SCANNED = 0.5
"""Pictures that cover so much of a page are the page."""

STAMPED = 60
"""A scanned page may carry up to so many characters of its own: a page number, a note of the archive."""

UNSEEN = 0.8
"""When so much of a page's text is hidden behind its picture, the text is an earlier recognition of the picture."""

OUTLINED = 100
"""A page without characters but with this many strokes shows something: a chart, or letters turned into outlines."""

SMALLEST_AREA = 0.025
"""A picture is worth reading when it covers this share of the page; a logo or a signature does not."""

LEAST_SIDE = 50.0
"""A picture with a table or text in it is at least this wide and high, in points."""

CAPTIONED = 3
"""A picture with more characters printed over it than this is an illustration, explained by them."""

TOUCHING = 3.0
"""Strips of one scanned picture lie no further apart, in points."""

GARBLED = 0.04
"""From this share of implausible characters on a text layer is not to be trusted."""

HIDDEN_GARBLED = 0.02
"""The same for a text layer that someone's recognition left behind a picture."""

RARE = 0.25
"""From this share of rare ideographs on, text is not what its font shows: in reports they make up 2 per cent."""

MOSTLY_ACCENTED = 0.5
"""Accented letters make up so much of all letters only where Chinese bytes were taken for Latin ones."""

FEWEST = 8
"""So few characters tell nothing about a text layer."""


def triage(marks: Marks) -> Triage:
    """The kind of the page that `marks` were taken from."""
    codes = marks.characters.codes
    printed = codes[~is_space(codes)]
    covered = _covered_share(marks)
    if not len(printed):
        if covered > 0 and (covered >= SMALLEST_AREA or len(marks.images) > 1):
            return Triage(PageKind.SCAN, f"no text layer; pictures cover {covered:.0%} of the page")
        if marks.strokes >= OUTLINED:
            return Triage(PageKind.SCAN, f"no text layer; {marks.strokes} strokes are drawn")
        return Triage(PageKind.EMPTY, "nothing on the page")
    if covered >= SCANNED:
        if marks.unseen >= UNSEEN:
            return _judge_hidden(printed, covered)
        if len(printed) <= STAMPED:
            return Triage(PageKind.SCAN, f"pictures cover {covered:.0%} of the page; {len(printed)} characters on them")
    doubt = garbled_share(printed)
    if doubt >= GARBLED:
        return Triage(PageKind.GARBLED, f"{doubt:.0%} of the text layer's characters are unmapped or implausible")
    areas = find_picture_areas(marks)
    if areas:
        return Triage(PageKind.MIXED, f"text layer; {len(areas)} picture(s) without one", areas)
    return Triage(PageKind.TEXT, "text layer")


def garbled_share(codes: Codes) -> float:
    """The share, from 0 to 1, of characters that no report is printed with: unmapped glyphs, private use, letters of
    other code pages (mojibake), and ideographs so rare that they must stand for others.

    A lone unmapped character is a bullet of a symbol font; two in a row are a word or a figure that is lost.
    """
    lost = codes == UNMAPPED
    pairs = lost[1:] & lost[:-1]
    least = GARBLED if pairs.any() else 0.0
    if len(codes) < FEWEST:
        return 1.0 if least else 0.0
    limited = np.minimum(codes, len(_implausible()) - 1)
    doubtful = _implausible()[limited]
    doubtful[np.concatenate((pairs, [False])) | np.concatenate(([False], pairs))] = True
    ideographs = (codes >= 0x4E00) & (codes < 0xA000)
    rare = ideographs & ~_common()[limited]
    if rare.sum() >= RARE * max(int(ideographs.sum()), FEWEST):
        doubtful |= rare
    latin = (codes >= 0xA1) & (codes < 0x250)
    letters = latin | ((codes >= 0x41) & (codes < 0x7B)) | ideographs
    if latin.sum() >= MOSTLY_ACCENTED * max(int(letters.sum()), 1):
        doubtful |= latin
    return max(float(doubtful.mean()), least)


def find_picture_areas(marks: Marks) -> tuple[BBox, ...]:
    """Places of pictures on a text page that may hold print: large enough, and with no text on them."""
    if not len(marks.images):
        return ()
    page = marks.width * marks.height
    boxes = marks.characters.boxes[~is_space(marks.characters.codes)]
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    found = []
    for x0, top, x1, bottom in _join_strips(_visible(marks)):
        inside = (x > x0) & (x < x1) & (y > top) & (y < bottom)
        large = (x1 - x0) * (bottom - top) >= SMALLEST_AREA * page and min(x1 - x0, bottom - top) >= LEAST_SIDE
        if large and int(inside.sum()) <= CAPTIONED:
            found.append(BBox(x0, top, x1, bottom))
    return tuple(sorted(found, key=lambda box: (box.top, box.x0)))


def _judge_hidden(printed: Codes, covered: float) -> Triage:
    doubt = garbled_share(printed)
    if len(printed) >= STAMPED and doubt < HIDDEN_GARBLED:
        return Triage(PageKind.SCAN, "text layer of an earlier recognition behind the picture", recognised=True)
    why = f"{doubt:.0%} of them implausible" if len(printed) >= STAMPED else "too few"
    return Triage(PageKind.SCAN, f"pictures cover {covered:.0%} of the page; {len(printed)} hidden characters, {why}")


def _visible(marks: Marks) -> Floats:
    """The places of pictures, cut to the page."""
    low, high = np.zeros(4), np.array([marks.width, marks.height, marks.width, marks.height])
    boxes = np.clip(marks.images, low, high)
    kept: Floats = boxes[(boxes[:, 2] > boxes[:, 0]) & (boxes[:, 3] > boxes[:, 1])]
    return kept


def _covered_share(marks: Marks) -> float:
    """The share of the page, from 0 to 1, under pictures; overlaps count once for all pictures of one place."""
    if not len(marks.images):
        return 0.0
    areas = sum((x1 - x0) * (bottom - top) for x0, top, x1, bottom in _join_strips(_visible(marks)))
    return min(areas / max(marks.width * marks.height, 1.0), 1.0)


def _join_strips(boxes: Floats) -> list[tuple[float, float, float, float]]:
    """Boxes that touch as one: scanners cut pictures into strips."""
    joined: list[tuple[float, float, float, float]] = []
    for x0, top, x1, bottom in sorted(boxes.tolist(), key=lambda box: (box[1], box[0])):
        box = (x0, top, x1, bottom)
        while True:
            other = next((other for other in joined if _touch(other, box)), None)
            if other is None:
                break
            joined.remove(other)
            box = (min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3]))
        joined.append(box)
    return joined


def _touch(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    across = min(a[2], b[2]) - max(a[0], b[0])
    along = min(a[3], b[3]) - max(a[1], b[1])
    return across >= -TOUCHING and along >= -TOUCHING


@cache
def _common() -> Flags:
    """By code point, the ideographs of GB 2312 level 1, the 3,755 most frequent ones; others share the last entry."""
    table = np.zeros(0x10001, dtype=bool)
    level = bytes(byte for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF) for byte in (lead, trail))
    table[[ord(character) for character in level.decode("gb2312", "ignore")]] = True
    return table


@cache
def _implausible() -> Flags:
    """By code point, what reports do not print; code points beyond the basic plane share the last entry."""
    table = np.zeros(0x10001, dtype=bool)
    for first, last in (
        (0x00, 0x20), (0x7F, 0xA0),  # control characters
        (0x0250, 0x0370),  # phonetic letters, combining marks
        (0x0400, 0x2000),  # from Cyrillic to Greek extended
        (0x2C00, 0x2E80),  # Glagolitic to supplemental punctuation
        (0xA000, 0xE000),  # Yi, Hangul, and others
        (0xE000, 0xF900),  # private use
        (0xFB00, 0xFE10), (0xFE70, 0xFF00),  # Arabic forms
        (UNMAPPED + 1, 0x10000),
    ):  # fmt: skip
        table[first:last] = True
    table[0xF000:0xF100] = False  # symbol fonts: bullets and ticks
    return table
