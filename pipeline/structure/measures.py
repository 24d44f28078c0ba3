"""Measures of print that hold whatever fonts a line mixes."""

from __future__ import annotations

import re

from patterns.fold import fold
from pipeline.model.document import Line, Page

# So many characters of a line tell its size.
SAMPLE = 9
# Looking for the first word of a line, in characters.
LONGEST_WORD = 40

# What never breaks over a line end: a word or figure, or one ideograph, with opening marks before and closing marks
# after; quotation marks tie what stands on both their sides (UAX 14, classes OP, CL, QU).
_CORE = r"(?:[0-9A-Za-z.,%/+-]+|[^\s“”‘’\"'])"
_FIRST_WORD = re.compile(
    rf"\s*[(（\[【《〈「『〔]*(?:[“”‘’\"']*{_CORE})(?:[“”‘’\"']+{_CORE})*[)）\]】》〉”’」』〕，。、；：:;,.！？!?%％]*"
)


def print_size(page: Page, line: Line) -> float:
    """The size of a line's print in points: the width of its ideographs, which are as wide as the type is high.

    The height of a line tells less: Latin letters and digits are often set in a font with taller boxes. It is used
    where a line has no ideographs.
    """
    text, boxes = page.text, page.boxes
    sample = range(line.start, line.end, max(1, (line.end - line.start) // SAMPLE))
    ideographs = [4 * index for index in sample if "\u4e00" <= text[index] <= "\u9fff"]
    widths = [width for at in ideographs if (width := boxes[at + 2] - boxes[at]) > 0]
    return sorted(widths)[(len(widths) - 1) // 2] if widths else line.size


def page_size(page: Page) -> tuple[int, int]:
    """Width and height in whole points: what pages with one set of margins have in common."""
    return round(page.width), round(page.height)


def first_word_width(page: Page, start: int, end: int) -> float:
    """How much room the first word of `page.text[start:end]` takes, in points; 0 where nothing is printed."""
    match = _FIRST_WORD.match(fold(page.text[start : min(end, start + LONGEST_WORD)]))
    box = page.bbox(start, start + match.end()) if match else None
    return box.width if box else 0.0
