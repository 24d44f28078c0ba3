"""The stored text of a page as it is written, with the box of every character."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

import numpy as np

from pipeline.read.marks import Characters, Codes, Floats, Integers

SPACE, TAB, LINE_FEED = -1, -2, -3
"""Separators nobody printed, written among the indices of printed characters."""


@dataclass(slots=True)
class PageText:
    """The page text as it is written: characters by index, separators by negative codes."""

    length: int = 0
    parts: list[Integers] = field(default_factory=list)

    def write(self, order: Integers) -> None:
        self.parts.append(order)
        self.length += len(order)

    def separate(self, separator: int) -> None:
        self.parts.append(_SEPARATORS[separator])
        self.length += 1

    def finish(self, characters: Characters) -> tuple[str, array[float]]:
        """The text, and four floats per character (NaN for separators)."""
        if not self.parts:
            return "", array("d")
        order = np.concatenate(self.parts)
        # Separators index the table from its end: line feed, tab, space.
        codes = np.concatenate((_storable(characters.codes), _SEPARATOR_CODES))[order]
        boxes: Floats = np.concatenate((characters.boxes, np.full((3, 4), np.nan)))[order]
        return codes.astype("<u4").tobytes().decode("utf-32-le"), array("d", boxes.tobytes())

    def spread(self, values: Floats, missing: float) -> array[float]:
        """`values` of the printed characters, one for each character of the text; `missing` for separators."""
        if not self.parts:
            return array("d")
        order = np.concatenate(self.parts)
        return array("d", np.concatenate((values, np.full(3, missing)))[order].tobytes())


_SEPARATORS = {code: np.array([code], dtype=np.int64) for code in (SPACE, TAB, LINE_FEED)}
_SEPARATOR_CODES = np.array([0x0A, 0x09, 0x20], dtype=np.uint32)


def _storable(codes: Codes) -> Codes:
    """Halves of broken surrogate pairs, which no text can hold, as replacement characters."""
    return np.where((codes >= 0xD800) & (codes < 0xE000), np.uint32(0xFFFD), codes)
