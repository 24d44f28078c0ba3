"""Sections: which numbered paragraphs head one, and how they nest.

Levels are not fixed: some reports number （1） directly below 一、, some come back to （1） below 4、. The tree follows
the order in which a document first uses each kind of number. A number heads a section only where it runs on from its
predecessor or starts a new series; official outlines (一、 and （一）) are taken even when their numbering slips.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from patterns.outline import Heading, OutlineKind, parse_heading
from pipeline.model.document import Section
from pipeline.model.text import Passage

# Kinds that number nothing but headings: a slip in their numbering does not make them text.
_TRUSTED = frozenset({OutlineKind.PART, OutlineKind.PART_SECTION, OutlineKind.CHINESE, OutlineKind.CHINESE_BRACKETED})
_USUAL_ORDER = tuple(OutlineKind)
_TITLE_END = re.compile(r"[。:;；！？]")
# A heading has no title longer than this; a numbered paragraph without an early mark is cut off here.
LONGEST_TITLE = 60

# A kind of number with its depth: 1.2 and 1.2.3 are different series.
Series = tuple[OutlineKind, int]


@dataclass(slots=True)
class _Open:
    """A section that may still get subsections, or a successor at its own level."""

    series: Series
    ordinal: int
    section_id: str
    children: int = 0


@dataclass(slots=True)
class OutlineBuilder:
    """Takes paragraphs in reading order; knows at each point which section is open."""

    sections: list[Section] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _order: list[Series] = field(default_factory=list)
    _roots: int = 0

    @property
    def section_id(self) -> str | None:
        """The innermost open section; None before the first."""
        return self._open[-1].section_id if self._open else None

    def take(self, passage: Passage, first_line_length: int) -> bool:
        """Opens the section that a paragraph heads, if it heads one; True when it holds nothing but that heading.

        `first_line_length` is the length of the paragraph's first printed line, in characters of the passage.
        """
        heading = parse_heading(passage.text)
        if heading is None:
            return False
        end = _title_end(passage.text, heading, first_line_length)
        if not self._make_room(heading, passage.text, end):
            return False
        section_id = self._next_id()
        parent_id = self.section_id
        self._open.append(_Open(_series(heading), heading.ordinal, section_id))
        span = passage.spans(0, end)[0]
        title = passage.text[heading.title_start : end].strip()
        self.sections.append(Section(section_id, parent_id, len(self._open), heading.number, title, span.page, span))
        # "3.完成投资2亿元，增长5%。" is a whole sentence even where all of it serves as the title.
        sentence = passage.text.endswith("。") and "，" in title
        return end >= len(passage.text.rstrip("。:;；")) and not sentence

    def close(self) -> None:
        """Closes all open sections: a title without number begins something new."""
        self._open.clear()

    def _next_id(self) -> str:
        if not self._open:
            self._roots += 1
            return f"s{self._roots}"
        parent = self._open[-1]
        parent.children += 1
        return f"{parent.section_id}.{parent.children}"

    def _make_room(self, heading: Heading, text: str, title_end: int) -> bool:
        """Closes the sections that `heading` ends; False when it heads none after all, and nothing is closed."""
        if heading.kind is OutlineKind.ANNEX and (title_end < len(text) or not self.sections):
            # An annex mark at the very top says what the whole document is to another; in a sentence it is a reference.
            return False
        depth = self._find(_series(heading), heading.ordinal - 1)
        if depth is not None:
            del self._open[depth:]
            return True
        if heading.kind is OutlineKind.DECIMAL:
            return heading.ordinal == 1 and self._close_below_parent(heading)
        if heading.ordinal > 1 and heading.kind not in _TRUSTED and heading.kind is not OutlineKind.ANNEX:
            return self._resume(heading)
        self._close_for_series(heading)
        return True

    def _find(self, series: Series, ordinal: int) -> int | None:
        """Depth of the innermost open section with this number; None when there is none."""
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth].series == series and self._open[depth].ordinal == ordinal:
                return depth
        return None

    def _resume(self, heading: Heading) -> bool:
        """A series that repeats or skips one number goes on; a number out of any series heads nothing."""
        for slip in (heading.ordinal, heading.ordinal - 2):
            depth = self._find(_series(heading), slip)
            if depth is not None:
                del self._open[depth:]
                return True
        return False

    def _close_below_parent(self, heading: Heading) -> bool:
        """Closes what is open below the section that the first of a decimal series (2.1, 2.3.1) belongs to."""
        for depth in range(len(self._open) - 1, -1, -1):
            entry = self._open[depth]
            above = len(heading.parts) - 1
            numbers_above = entry.series == (OutlineKind.DECIMAL, above) if above > 1 else entry.series[1] == 1
            if entry.ordinal == heading.parts[-2] and numbers_above:
                del self._open[depth + 1 :]
                return True
        return False

    def _close_for_series(self, heading: Heading) -> None:
        """Closes what a new series, or a slip within a trusted one, cannot stand below.

        A series that starts again below another kind stands below it: （1） under 4、 under （3）.
        """
        series = _series(heading)
        depths = [depth for depth, entry in enumerate(self._open) if entry.series == series]
        if not depths:
            rank = self._rank(series)
            while self._open and self._order.index(self._open[-1].series) > rank:
                self._open.pop()
        elif heading.kind in _TRUSTED or heading.kind is OutlineKind.ANNEX or depths[-1] == len(self._open) - 1:
            del self._open[depths[-1] :]

    def _rank(self, series: Series) -> int:
        """The place of a series in this document's order; one seen for the first time is put in.

        Trusted kinds take the place they usually have, any other comes below what is open when it first appears.
        """
        if series not in self._order:
            if self._open and series[0] not in _TRUSTED and series[0] is not OutlineKind.ANNEX:
                outer = [self._open[-1].series]
            else:
                usual = _USUAL_ORDER.index(series[0])
                outer = [other for other in self._order if _USUAL_ORDER.index(other[0]) < usual]
            self._order.insert(self._order.index(outer[-1]) + 1 if outer else 0, series)
        return self._order.index(series)


def _series(heading: Heading) -> Series:
    return heading.kind, len(heading.parts)


def _title_end(text: str, heading: Heading, first_line_length: int) -> int:
    """Where the title ends: at the first closing mark, else with the line; a short paragraph is all title."""
    mark = _TITLE_END.search(text, heading.title_start)
    end = mark.start() if mark else (len(text) if len(text) <= LONGEST_TITLE else first_line_length)
    return max(min(end, heading.title_start + LONGEST_TITLE), len(heading.number))
