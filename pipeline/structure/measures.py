"""Measures of print that hold whatever fonts a line mixes."""

from __future__ import annotations

from statistics import median_low

from pipeline.model.document import Line, Page

# So many characters of a line tell its size.
SAMPLE = 9


def print_size(page: Page, line: Line) -> float:
    """The size of a line's print in points: the width of its ideographs, which are as wide as the type is high.

    The height of a line tells less: Latin letters and digits are often set in a font with taller boxes. It is used
    where a line has no ideographs.
    """
    widths: list[float] = []
    step = max(1, (line.end - line.start) // SAMPLE)
    for index in range(line.start, line.end, step):
        if "\u4e00" <= page.text[index] <= "\u9fff":
            width = page.boxes[4 * index + 2] - page.boxes[4 * index]
            if width > 0:
                widths.append(width)
    return median_low(widths) if widths else line.size


def page_size(page: Page) -> tuple[int, int]:
    """Width and height in whole points: what pages with one set of margins have in common."""
    return round(page.width), round(page.height)
