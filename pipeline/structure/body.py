"""The body of a document: its lines and tables in reading order, furniture left out, and the margins they keep."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median_low

from pipeline.model.document import Line, Page, PageTable
from pipeline.structure.furniture import Furnishing
from pipeline.structure.measures import page_size, print_size

# Fewer wide lines than this may all be short ones.
FEW_LINES = 8
# Share of the page width that margins take at most, where lines do not tell (2.8 cm of A4, GB/T 9704-2012, 5.2.1).
MARGIN = 0.135


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A line of the body with the page it stands on and the size of its print in points."""

    page: Page
    line: Line
    size: float

    @property
    def middle(self) -> float:
        """Height of the line's middle on its page."""
        return (self.line.bbox.top + self.line.bbox.bottom) / 2


@dataclass(frozen=True, slots=True)
class BodyTable:
    """A table of the body with the page it stands on, and where its text begins there."""

    page: Page
    table: PageTable
    start: int


BodyItem = BodyLine | BodyTable


@dataclass(frozen=True, slots=True)
class Margins:
    """Left and right edge of the type area and the usual size of print in it, in points."""

    left: float
    right: float
    size: float

    @property
    def width(self) -> float:
        return self.right - self.left


def gather_body(pages: Iterable[Page], furnishing: Furnishing) -> list[BodyItem]:
    """All lines and tables of the body in reading order, which is that of the page text."""
    items: list[BodyItem] = []
    for page in pages:
        placed: list[tuple[int, BodyItem]] = [
            (line.start, BodyLine(page, line, print_size(page, line)))
            for index, line in enumerate(page.lines)
            if (page.number, index) not in furnishing.lines and not page.text[line.start : line.end].isspace()
        ]
        for index, table in enumerate(page.tables):
            if (page.number, index) not in furnishing.tables and table.cells:
                start = min(cell.start for cell in table.cells)
                placed.append((start, BodyTable(page, table, start)))
        placed.sort(key=lambda item: item[0])
        items.extend(item for _, item in placed)
    return items


def measure_margins(items: Sequence[BodyItem]) -> dict[tuple[int, int], Margins]:
    """The margins of each page size, from the wide lines on pages of that size.

    Right is where nine of ten wide lines end at most; left the leftmost place at which a good part of them begin, so
    that first-line indents do not count. Where there are few lines to tell, the type area is taken to keep the
    usual margins at least.
    """
    lines: dict[tuple[int, int], list[BodyLine]] = defaultdict(list)
    for item in items:
        if isinstance(item, BodyLine):
            lines[page_size(item.page)].append(item)
    margins: dict[tuple[int, int], Margins] = {}
    for size, group in lines.items():
        widest = sorted(item.line.bbox.width for item in group)[max(0, len(group) * 9 // 10 - 1)]
        wide = [item for item in group if item.line.bbox.width >= 0.6 * widest]
        ends = sorted(item.line.bbox.x1 for item in wide)
        starts = Counter(round(item.line.bbox.x0 / 2) * 2 for item in wide)
        usual = [start for start, count in starts.items() if count * 8 >= len(wide)]
        left = float(min(usual) if usual else min(starts))
        right = ends[max(0, len(ends) * 9 // 10 - 1)]
        if len(wide) < FEW_LINES:
            left = min(left, MARGIN * size[0])
            right = max(right, size[0] - left)
        usual_size = median_low(item.size for item in wide)
        margins[size] = Margins(left, right, usual_size)
    return margins
