"""Tables, whole over page breaks: which page tables belong together, and the table they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from patterns.fold import fold
from pipeline.model.document import Cell, Page, Table
from pipeline.model.text import Passage, Span, pack
from pipeline.structure.captions import find_unit
from pipeline.structure.passages import build_passage
from pipeline.structure.table_breaks import PADDING, append_page
from pipeline.structure.table_groups import TableGroup
from pipeline.structure.table_headers import count_header_rows, count_title_rows
from pipeline.structure.table_parts import Grid, Part, Slot, move_columns, unite_edges

_BREAK_BETWEEN_DIGITS = re.compile(r"(?P<left>[0-9][0-9.,]*)\n(?P<right>[0-9][0-9.,]*)")


def build_table(pages: Sequence[Page], group: TableGroup, table_id: str, order: int, section_id: str | None) -> Table:
    """The table that the page tables of `group` make."""
    grid = _join(group)
    rows = grid.by_row()
    titles = count_title_rows(rows, grid.cols)
    cells = [
        _build_cell(pages, slot, titles <= slot.row < grid.header_rows)
        for slot in sorted(grid.slots, key=lambda slot: (slot.row, slot.col))
    ]
    name = group.caption.name or "".join(slot.text for row in rows[:titles] for slot in row)
    unit = group.caption.unit or _declared_unit(rows[: max(grid.header_rows, titles + 1)])
    return Table(table_id, order, section_id, name, unit, grid.rows, grid.cols, grid.header_rows, tuple(cells))


def _join(group: TableGroup) -> Grid:
    """One grid of all pages; header rows that a later page repeats are left out."""
    columns = unite_edges([part.source for part in group.parts])
    cols = max(edges[-1] for edges in columns)
    whole = group.parts[0].grid
    for part, places in zip(group.parts, columns, strict=True):
        move_columns(part.grid, places, cols)
    for part in group.parts[1:]:
        addition = part.grid
        if part.repeated_rows == addition.rows:
            continue
        addition.slots = [slot for slot in addition.slots if slot.row >= part.repeated_rows]
        for slot in addition.slots:
            slot.row -= part.repeated_rows
        addition.rows -= part.repeated_rows
        append_page(whole, addition)
    if whole.header_rows == 0:
        # A header alone at the foot of its page is known for one only with the rows below it.
        whole.header_rows = count_header_rows(whole)
    return whole


def _declared_unit(rows: Iterable[Sequence[Slot]]) -> str | None:
    """The unit that one of the top rows declares for the whole table."""
    for row in rows:
        for slot in row:
            unit = find_unit(slot.text) if "单位:" in slot.text else None
            if unit:
                return unit
    return None


def _build_cell(pages: Sequence[Page], slot: Slot, header: bool) -> Cell:
    printed = [part for part in slot.parts if part.text] or slot.parts[:1]
    first = printed[0]
    hard = [place for part in printed for place in _hard_breaks(part)]
    passage: Passage = (
        printed[0].passage
        if len(printed) == 1 and not hard
        else build_passage(pages, [part.span for part in printed], frozenset(hard))
    )
    spans: tuple[Span, ...] = tuple(part.span for part in printed)
    return Cell(
        slot.row, slot.col, slot.row_span, slot.col_span, passage, spans, first.page.number, first.cell.bbox, header
    )


def _hard_breaks(part: Part) -> list[int]:
    """Places of line breaks that part two figures rather than cut one.

    A figure is cut only when it is too long for its cell: two runs of digits that would fit side by side are two.
    """
    page, cell = part.page, part.cell
    text = page.text[cell.start : cell.end]
    if "\n" not in text:
        return []
    found: list[int] = []
    for match in _BREAK_BETWEEN_DIGITS.finditer(fold(text)):
        left = page.bbox(cell.start + match.start("left"), cell.start + match.end("left"))
        right = page.bbox(cell.start + match.start("right"), cell.start + match.end("right"))
        if left and right and left.width + right.width <= cell.bbox.width - 2 * PADDING:
            found.append(pack(page.number, cell.start + match.end("left")))
    return found
