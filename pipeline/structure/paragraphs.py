"""Paragraphs: lines put together again over line and page breaks.

Where a paragraph ends is decided between two neighbouring lines. The surest sign is typographic: a line that had room
for the first word of the next one ended because its text did. Next come first-line indents, headings, centred lines,
changes of size and gaps. A sentence that runs on (full line, no closing mark) is never cut.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from patterns.fold import fold
from patterns.outline import Heading, parse_heading
from pipeline.model.text import Span, pack
from pipeline.structure.body import BodyItem, BodyLine, BodyTable, Margins
from pipeline.structure.measures import first_word_width, page_size

# In sizes of the line's print (em): what counts as an indent, as room left at the end of a line, and as much room.
INDENT = 1.2
ROOM = 0.5
MUCH_ROOM = 3.0
DIGIT_ROOM = 0.75
# No running text is set larger, in points (三号, 16 points, is the body size of GB/T 9704-2012, 5.2.2).
LARGEST_TEXT = 16.5
# Share of the type area that a block set to the right leaves free on its left.
SIGNATURE_INDENT = 0.33
# Relative change of size that parts a title from text; inline marks of another font stay below it.
SIZE_CHANGE = 0.22
# The same between the lines of one title.
TITLE_SIZE_CHANGE = 0.08
# Titles are larger than text by this factor.
TITLE_SIZE = 1.12
# Times the usual distance from line to line.
GAP = 1.6
# Titles keep such distances, in sizes of their print, however the text is spaced.
LEAST_PITCH, MOST_PITCH = 1.3, 2.2
WIDE_GAP = 2.4

_CLOSED = re.compile(r"[。！？；:;!?…]['\"”’）)》」』】\]]*\s*$")
_IN_CLAUSE = re.compile(r"[，、,]\s*$")
_DATE_LINE = re.compile(r"\s*(?:19|20)[0-9〇○]{2}\s*年\s*[0-9]{1,2}\s*月(?:\s*[0-9]{1,2}\s*日)?\s*$")


@dataclass(frozen=True, slots=True)
class Draft:
    """The lines of one paragraph, in reading order, before its passage is built."""

    lines: tuple[BodyLine, ...]

    def spans(self) -> tuple[Span, ...]:
        """The page slices of the paragraph; the line feeds between its lines on one page are inside."""
        found: list[Span] = []
        for item in self.lines:
            number, line = item.page.number, item.line
            if found and found[-1].page == number and line.start - found[-1].end <= 1:
                found[-1] = Span(number, found[-1].start, line.end)
            else:
                found.append(Span(number, line.start, line.end))
        return tuple(found)


def is_centred(item: BodyLine, margins: Mapping[tuple[int, int], Margins]) -> bool:
    """Whether a line stands centred in the type area, as titles do."""
    return _setting(item, margins).centred


def find_hard_breaks(draft: Draft, margins: Mapping[tuple[int, int], Margins]) -> frozenset[int]:
    """Packed places of line ends between digits that had room for one digit more: they part two figures."""
    found: set[int] = set()
    for before, after in pairwise(draft.lines):
        last, first = before.page.text[before.line.end - 1], after.page.text[after.line.start]
        if last.isdigit() and first.isdigit() and _setting(before, margins).room > DIGIT_ROOM * before.size:
            found.add(pack(before.page.number, before.line.end))
    return frozenset(found)


def is_title(draft: Draft, following: Sequence[Draft | BodyItem], margins: Mapping[tuple[int, int], Margins]) -> bool:
    """Whether a paragraph is a title that begins something new: centred, larger than text, naming no table."""
    first = draft.lines[0]
    if first.size < TITLE_SIZE * margins[page_size(first.page)].size:
        return False
    return all(_setting(item, margins).centred for item in draft.lines) and not any(
        isinstance(item, BodyTable) for item in following
    )


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a line is set: its indent, the room it leaves, whether it is centred."""

    indent: float
    room: float
    centred: bool


def gather_paragraphs(items: Sequence[BodyItem], margins: Mapping[tuple[int, int], Margins]) -> list[Draft | BodyItem]:
    """`items` with their lines gathered into paragraphs; tables stay where they are."""
    pitch = _usual_pitch(items)
    gathered: list[Draft | BodyItem] = []
    lines: list[BodyLine] = []
    for item in items:
        if not isinstance(item, BodyLine):
            if lines:
                gathered.append(Draft(tuple(lines)))
                lines = []
            gathered.append(item)
            continue
        if lines and _ends_between(lines, item, margins, pitch):
            gathered.append(Draft(tuple(lines)))
            lines = []
        lines.append(item)
    if lines:
        gathered.append(Draft(tuple(lines)))
    return gathered


def _usual_pitch(items: Sequence[BodyItem]) -> float:
    """The usual distance from the top of a line to that of the next, in sizes of its print."""
    steps: list[float] = []
    previous: BodyLine | None = None
    for item in items:
        if not isinstance(item, BodyLine):
            previous = None
            continue
        if previous is not None and previous.page is item.page:
            step = item.middle - previous.middle
            if step > 0.5 * item.size:
                steps.append(step / max(item.size, 1.0))
        previous = item
    return median(steps) if steps else 1.5


def _ends_between(
    lines: Sequence[BodyLine], after: BodyLine, margins: Mapping[tuple[int, int], Margins], pitch: float
) -> bool:
    """Whether the paragraph of `lines` ends before the line `after`."""
    before = lines[-1]
    first, second = before.line, after.line
    size = max(before.size, after.size, 1.0)
    upper = _setting(before, margins)
    lower = _setting(after, margins)
    same_size = abs(before.size - after.size) <= SIZE_CHANGE * size
    closed = _CLOSED.search(before.page.text, max(first.start, first.end - 8), first.end) is not None
    word = first_word_width(after.page, second.start, second.end)
    full = upper.room <= word + ROOM * size
    if upper.centred or lower.centred:
        # The first line of a title may be as wide as the page, the rest centred below it.
        large = before.size >= TITLE_SIZE * margins[page_size(before.page)].size
        widest = len(lines) == 1 and full and not closed and (large or upper.indent < INDENT * size)
        titled = upper.centred or widest
        return not (titled and lower.centred and same_size and _is_one_title(before, after, pitch))
    heading = parse_heading(after.page.text[second.start : second.end])
    runs_on = full and not closed and not (heading is not None and _is_next_in_list(lines[0], before, heading))
    indented = lower.indent >= INDENT * size
    if before.page is after.page:
        step = (after.middle - before.middle) / max(after.size, 1.0)
        if step > WIDE_GAP * pitch or (step > GAP * pitch and not runs_on):
            return True
    if not same_size and not (runs_on and not indented):
        return True
    if _is_signature(upper, lower, after, size):
        return True
    if indented:
        # A paragraph that is indented as a whole goes on at the same indent, and a hanging one deeper.
        return not runs_on or heading is not None
    if heading is not None:
        return not runs_on
    if full:
        return False
    return closed or upper.room > word + MUCH_ROOM * size


def _is_signature(upper: _Setting, lower: _Setting, after: BodyLine, size: float) -> bool:
    """Whether the line stands in a block set to the right, as the department's name and the date below a report."""
    if lower.indent < SIGNATURE_INDENT * (lower.indent + after.line.bbox.width + lower.room):
        return False
    return abs(upper.indent - lower.indent) > size or _DATE_LINE.match(_folded(after)) is not None


def _folded(item: BodyLine) -> str:
    return fold(item.page.text[item.line.start : item.line.end])


def _is_next_in_list(first: BodyLine, before: BodyLine, heading: Heading) -> bool:
    """Whether `heading` numbers the list item after the one that the paragraph beginning with `first` is."""
    own = parse_heading(first.page.text[first.line.start : first.line.end])
    in_clause = _IN_CLAUSE.search(before.page.text, max(before.line.start, before.line.end - 4), before.line.end)
    return own is not None and own.kind is heading.kind and own.ordinal + 1 == heading.ordinal and in_clause is None


def _setting(item: BodyLine, margins: Mapping[tuple[int, int], Margins]) -> _Setting:
    edges = margins[page_size(item.page)]
    box, size = item.line.bbox, item.size
    indent, room = box.x0 - edges.left, edges.right - box.x1
    # Text begins two characters in, so a line of its size is centred only well beyond that.
    least = 2.5 * size if size <= LARGEST_TEXT else LARGEST_TEXT
    centred = min(indent, room) > least and abs(indent - room) <= 2.0 * size
    return _Setting(indent, room, centred)


def _is_one_title(before: BodyLine, after: BodyLine, pitch: float) -> bool:
    """Whether two centred lines of one size are one title set on two lines, not a name and a date below each other."""
    if before.page is not after.page:
        return False
    step = after.middle - before.middle
    near = step <= GAP * min(max(pitch, LEAST_PITCH), MOST_PITCH) * after.size
    alike = abs(before.size - after.size) <= TITLE_SIZE_CHANGE * after.size
    return near and alike and _DATE_LINE.match(_folded(after)) is None
