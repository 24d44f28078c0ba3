"""Text that knows where each of its characters stands.

A `Span` is a slice of one page's stored text. A `Passage` is text made ready for reading by patterns (widths folded,
line breaks and typesetting spaces gone, page breaks closed) in which every character remembers its page and offset.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

_OFFSET_BITS = 24
_OFFSET_MASK = (1 << _OFFSET_BITS) - 1


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `[start, end)` of the stored text of page `page` (1-based)."""

    page: int
    start: int
    end: int


def pack(page: int, offset: int) -> int:
    """One integer for a character's place; passages keep one per character."""
    return page << _OFFSET_BITS | offset


def unpack(place: int) -> tuple[int, int]:
    """(page, offset) of a packed place."""
    return place >> _OFFSET_BITS, place & _OFFSET_MASK


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """Folded text with the place of every character on its page.

    `places[i]` is the packed (page, offset) of `text[i]`. Characters of the page that folding dropped lie between
    two places and belong to the spans around them, so a figure cut by a line end is one span that holds the break.
    """

    text: str
    places: array[int] = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.text) != len(self.places):
            raise ValueError(f"passage of {len(self.text)} characters has {len(self.places)} places")

    def spans(self, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """The page slices that `text[start:end]` stands on, one per page, in reading order."""
        stop = len(self.text) if end is None else end
        found: list[Span] = []
        current = first = last = 0
        for place in self.places[start:stop]:
            page, offset = unpack(place)
            if page == current:
                first, last = min(first, offset), max(last, offset)
                continue
            if current:
                found.append(Span(current, first, last + 1))
            current, first, last = page, offset, offset
        if current:
            found.append(Span(current, first, last + 1))
        return tuple(found)

    def slice(self, start: int, end: int) -> Passage:
        """The part `text[start:end]` as a passage of its own."""
        return Passage(self.text[start:end], self.places[start:end])


EMPTY = Passage("", array("q"))


def join(passages: Iterable[Passage]) -> Passage:
    """One passage of several, end to end."""
    places: array[int] = array("q")
    texts: list[str] = []
    for passage in passages:
        texts.append(passage.text)
        places.extend(passage.places)
    return Passage("".join(texts), places)
