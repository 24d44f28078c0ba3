"""Which page tables are parts of one table.

A table goes on over a page break when the next page begins with a table of the same columns and the break lies where
the page was full, or the header is printed again. A new caption, a title row or room to spare makes a new table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model.document import Page
from pipeline.model.text import Span
from pipeline.structure.body import BodyItem, BodyLine, BodyTable, Margins
from pipeline.structure.captions import REACH, Caption, line_text, read_caption, repeats_caption
from pipeline.structure.measures import page_size
from pipeline.structure.table_headers import count_header_rows, count_title_rows
from pipeline.structure.table_parts import EDGE_TOLERANCE, Grid, Slot, is_value, nearest, read_grid, same_widths

# Points by which the outer edges of a table may differ from page to page.
OUTER_TOLERANCE = 6.0
# Share of the inner edges of the part with fewer that the other must have too.
SHARED_EDGES = 0.6
# Room below a table, as a share of the page height, that not even a repeated header explains: the table had ended.
DELIBERATE_BREAK = 0.4
# Points by which the room below a table may exceed the height of the next page's first row.
SPARE = 24.0
# Pages are usable down to at least the first share of their height, even if nothing is printed there; what stands
# below the second one has run out of the type area.
LEAST_USABLE = 0.85
MOST_USABLE = 0.96

_TITLE = re.compile(r"表(?:\(.{1,20}\))?$")


@dataclass(slots=True)
class PagePart:
    """A page table with its grid, and how many rows at its top only print the table's header again."""

    source: BodyTable
    grid: Grid
    repeated_rows: int = 0


@dataclass(slots=True)
class TableGroup:
    """Page tables that make one table, its caption, and what later pages only print again.

    `repeated_lines` are lines of the caption, `repeated` all page slices that say nothing new, header cells included.
    """

    parts: list[PagePart]
    caption: Caption
    repeated_lines: list[BodyLine] = field(default_factory=list)
    repeated: list[Span] = field(default_factory=list)

    def add(self, part: PagePart, lines: Sequence[BodyLine]) -> None:
        """Takes the next page's part; `lines` are caption lines above it."""
        self.parts.append(part)
        self.repeated_lines.extend(lines)
        self.repeated.extend(Span(item.page.number, item.line.start, item.line.end) for item in lines)
        self.repeated.extend(
            slot.parts[0].span for slot in part.grid.slots if slot.row < part.repeated_rows and slot.text
        )


def group_tables(
    pages: Sequence[Page], items: Sequence[BodyItem], margins: Mapping[tuple[int, int], Margins]
) -> list[TableGroup]:
    """The tables of the body in reading order, each with the page tables that continue it."""
    bottoms = _measure_bottoms(items)
    groups: list[TableGroup] = []
    # Index of the last item of the last group's last part.
    end = -1
    for index, item in enumerate(items):
        if not isinstance(item, BodyTable):
            continue
        grid = read_grid(pages, item)
        between = items[end + 1 : index]
        repeated_rows = _continue(groups[-1], item, grid, between, bottoms) if groups else None
        if repeated_rows is None:
            grid.header_rows = count_header_rows(grid)
            above = items[max(0, index - REACH) : index]
            groups.append(TableGroup([PagePart(item, grid)], read_caption(above, item, margins)))
        else:
            lines = [line for line in between if isinstance(line, BodyLine)]
            groups[-1].add(PagePart(item, grid, repeated_rows), lines)
        end = index
    return groups


def _measure_bottoms(items: Sequence[BodyItem]) -> dict[tuple[int, int], float]:
    """How far down the body reaches on pages of each size."""
    bottoms: dict[tuple[int, int], float] = {}
    for item in items:
        size = page_size(item.page)
        box = item.line.bbox if isinstance(item, BodyLine) else item.table.bbox
        bottoms.setdefault(size, LEAST_USABLE * item.page.height)
        if box.bottom <= MOST_USABLE * item.page.height:
            bottoms[size] = max(bottoms[size], box.bottom)
    return bottoms


def _continue(
    group: TableGroup,
    table: BodyTable,
    grid: Grid,
    between: Sequence[BodyItem],
    bottoms: Mapping[tuple[int, int], float],
) -> int | None:
    """How many header rows `table` prints again if it goes on with `group`; None if it is a table of its own.

    `between` is what stands between them.
    """
    last, page = group.parts[-1].source, table.page
    if page.number != last.page.number + 1 or not _have_same_columns(last, table):
        return None
    lines = [item for item in between if isinstance(item, BodyLine) and item.page is page]
    if len(lines) < len(between) or not repeats_caption([line_text(item) for item in lines], group.caption):
        return None
    repeated = count_repeated_rows(group.parts[0].grid, grid)
    room = bottoms[page_size(last.page)] - last.table.bbox.bottom
    titles = count_title_rows(grid.by_row(), grid.cols)
    if repeated > titles:
        return repeated if room <= DELIBERATE_BREAK * last.page.height else None
    if lines or (titles and _TITLE.search(grid.covering(0)[0].text)):
        return None
    # Rows of values without a header over them cannot begin a table where the one before has a header.
    headless = group.parts[0].grid.header_rows > 0 and any(is_value(slot.text) for slot in grid.covering(0))
    same = headless and same_widths(last.table.column_edges, table.table.column_edges)
    enough = DELIBERATE_BREAK * last.page.height if same else _first_row_height(grid) + SPARE
    return 0 if room <= enough else None


def _have_same_columns(last: BodyTable, following: BodyTable) -> bool:
    """Whether two page tables may be parts of one: the same columns, or the same width and mostly the same edges."""
    left, right = last.table.column_edges, following.table.column_edges
    if same_widths(left, right):
        return True
    if abs(left[0] - right[0]) > OUTER_TOLERANCE or abs(left[-1] - right[-1]) > OUTER_TOLERANCE:
        return False
    fewer, more = sorted((left[1:-1], right[1:-1]), key=len)
    shared = sum(1 for edge in fewer if abs(more[nearest(more, edge)] - edge) <= EDGE_TOLERANCE)
    return shared >= SHARED_EDGES * len(fewer)


def count_repeated_rows(first: Grid, following: Grid) -> int:
    """How many rows at the top of `following` print header rows of `first` again.

    Titles above the header need not be among them. Rows with values are never taken for a header.
    """
    top, below = _row_texts(first), _row_texts(following)
    titles = count_title_rows(first.by_row(), first.cols)
    limit = first.header_rows or min(3, first.rows)
    for start in range(titles + 1):
        count = 0
        while start + count < limit and count < len(below) and top[start + count] == below[count]:
            count += 1
        while count and not _is_closed(following, count):
            count -= 1
        if count and any(text and not is_value(text) for text, _ in below[0]):
            return count
    return 0


def _row_texts(grid: Grid) -> list[tuple[tuple[str, int], ...]]:
    """For the first rows, the text and depth of the cells that begin in each."""
    rows: list[list[Slot]] = [[] for _ in range(min(grid.rows, 8))]
    for slot in grid.slots:
        if slot.row < len(rows):
            rows[slot.row].append(slot)
    return [tuple((slot.text, slot.row_span) for slot in sorted(row, key=lambda slot: slot.col)) for row in rows]


def _is_closed(grid: Grid, rows: int) -> bool:
    """Whether no cell reaches out of the first `rows` rows."""
    return all(slot.bottom_row < rows for slot in grid.slots if slot.row < rows)


def _first_row_height(grid: Grid) -> float:
    return min((slot.bbox.height for slot in grid.slots if slot.row == 0), default=0.0)
