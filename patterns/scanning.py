"""Running patterns over text with a time limit, and what they find."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

# Far above what any page needs; the patterns are possessive, so this only guards against a mistake in one of them.
SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Mention:
    """A piece of text that a pattern recognised: characters `[start, end)`, what it is, and its wording."""

    kind: str
    start: int
    end: int
    text: str


def scan(pattern: regex.Pattern[str], text: str) -> Iterator[regex.Match[str]]:
    """Every match of `pattern`, from left to right. Raises TimeoutError after `SECONDS`."""
    return pattern.finditer(text, timeout=SECONDS)


class Spans:
    """Which characters of a text are taken, asked often: non-overlapping spans in order."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = [end for _, end in ordered]

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a span shares a character with `[start, end)`."""
        index = bisect_right(self._starts, start)
        if index > 0 and self._ends[index - 1] > start:
            return True
        return index < len(self._starts) and self._starts[index] < end
