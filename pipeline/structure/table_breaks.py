"""Page breaks in tables: what the break did to the rows and cells on either side of it.

A break may fall between two rows or cut one. A cut row goes on in the first row of the next page: no column has a
value of its own on both sides, something that every row has is missing on one side, and text that stands on both
sides had filled the cell on the first one. Merged cells go on as empty cells in the same columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.structure.measures import first_word_width
from pipeline.structure.table_parts import Grid, Part, Slot, is_value

# Inner margins of a cell, in points: Word's default is 5.4 to either side.
PADDING = 5.4
# Share of a column's rows that are filled where every row has something.
USUALLY_FILLED = 0.6
# Text shorter than this is a name or value, not running text.
RUNNING_TEXT = 8

_CLOSED = re.compile(r"[。；;！？!?）)：:]$")
# A mark in brackets (部门产出 / (40分)) or a closing sign never begins a cell.
_NEVER_FIRST = re.compile(r"^(?:[(]\d+(?:\.\d+)?分?[)]$|[)，。、；：,.;:%])")


def append_page(grid: Grid, addition: Grid) -> None:
    """Puts the rows of the next page below those of `grid`, closing the break between them."""
    above = grid.covering(grid.rows - 1)
    below = addition.covering(0)
    pairs = _pair(above, below)
    cut = _is_cut(grid, addition, pairs, above, below)
    shift = grid.rows - 1 if cut else grid.rows
    merged = {id(lower): upper for upper, lower in pairs if cut or _goes_on(upper, lower, above, below, grid)}
    for slot in addition.slots:
        upper = merged.get(id(slot))
        if upper is None:
            slot.row += shift
            grid.slots.append(slot)
        else:
            upper.row_span = slot.row + slot.row_span + shift - upper.row
            upper.parts.extend(slot.parts)
    grid.rows = shift + addition.rows


def _pair(above: Sequence[Slot], below: Sequence[Slot]) -> list[tuple[Slot, Slot]]:
    """Slots that meet at the break in just the same columns."""
    columns = {(slot.col, slot.col_span): slot for slot in above}
    return [(columns[slot.col, slot.col_span], slot) for slot in below if (slot.col, slot.col_span) in columns]


def _is_cut(
    grid: Grid, addition: Grid, pairs: Sequence[tuple[Slot, Slot]], above: Sequence[Slot], below: Sequence[Slot]
) -> bool:
    """Whether the last row above the break and the first below it are one row."""
    if not len(pairs) == len(above) == len(below):
        return False
    both = [(upper, lower) for upper, lower in pairs if upper.text and lower.text]
    for upper, lower in both:
        if is_value(upper.text) or is_value(lower.text) or not _text_runs_on(upper.parts[-1], lower.parts[0]):
            return False
    filled = _filled_shares(grid, addition)
    # Merged cells are no evidence: they go on over a break between rows as well.
    missing_below = any(
        upper.text and not lower.text and upper.row_span == 1 and filled.get(upper.col, 1.0) >= USUALLY_FILLED
        for upper, lower in pairs
    )
    missing_above = any(
        lower.text and not upper.text and filled.get(upper.col, 1.0) >= USUALLY_FILLED for upper, lower in pairs
    )
    if both:
        return (missing_below or missing_above) and _are_halves(pairs)
    below_only = [lower for upper, lower in pairs if lower.text]
    return (
        missing_above
        and missing_below
        and all(len(lower.text) >= RUNNING_TEXT and not is_value(lower.text) for lower in below_only)
    )


def _are_halves(pairs: Sequence[tuple[Slot, Slot]]) -> bool:
    """Whether text that runs on in some columns is enough to make the cells two halves of one row.

    A name may fill its cell by chance. Running text is proof; so are two names or more with nothing beside them below.
    """
    both = [(upper, lower) for upper, lower in pairs if upper.text and lower.text]
    if any(len(upper.text) >= RUNNING_TEXT for upper, _ in both):
        return True
    return len(both) > 1 and not any(lower.text and not upper.text for upper, lower in pairs)


def _filled_shares(grid: Grid, addition: Grid) -> dict[int, float]:
    """By column, how much of its body cells hold text, the rows at the break left out."""
    counts: dict[int, list[int]] = {}
    for slot in grid.slots:
        if grid.header_rows <= slot.row and slot.bottom_row < grid.rows - 1:
            counts.setdefault(slot.col, []).append(bool(slot.text))
    for slot in addition.slots:
        if slot.row > 0:
            counts.setdefault(slot.col, []).append(bool(slot.text))
    return {col: sum(flags) / len(flags) for col, flags in counts.items()}


def _text_runs_on(upper: Part, lower: Part) -> bool:
    """Whether the text of a cell may have been cut by the page end and go on in `lower`.

    It then stands at the very bottom of the upper part, and its last line either closes a clause or left no room for
    the word that comes next; or what goes on could not stand at the beginning of a cell.
    """
    if _NEVER_FIRST.match(lower.text):
        return True
    page, cell = upper.page, upper.cell
    last_start = page.text.rfind("\n", cell.start, cell.end) + 1 or cell.start
    line = page.bbox(max(last_start, cell.start), cell.end)
    if line is None:
        return False
    if cell.bbox.bottom - line.bottom > 1.3 * line.height + PADDING:
        return False
    if _CLOSED.search(upper.text):
        return True
    room = cell.bbox.width - line.width - 2 * PADDING
    return room < first_word_width(lower.page, lower.cell.start, lower.cell.end)


def _goes_on(upper: Slot, lower: Slot, above: Sequence[Slot], below: Sequence[Slot], grid: Grid) -> bool:
    """Whether a merged cell goes on below a break that falls between two rows.

    Its continuation is empty, or closes a bracket left open. What stands to its left decides whether a blank cell is
    rather the first of a new group: a new cell there that reaches as far down has begun one, unless the merged cell
    had spanned several of that column's cells before.
    """
    if lower.text and not _closes_bracket(upper.text, lower.text):
        return False
    left_above = [slot for slot in above if slot.col < upper.col]
    left_below = [slot for slot in below if slot.col < lower.col]
    if upper.row_span == 1 and lower.row_span == 1:
        body = (slot for slot in grid.slots if slot.row >= grid.header_rows)
        merges = any(slot.col == upper.col and slot.row_span > 1 for slot in body)
        return merges and bool(upper.text) and not any(slot.text for slot in left_below)
    for slot in left_below:
        if not slot.text or slot.row_span < lower.row_span:
            continue
        neighbour = next((other for other in left_above if other.col == slot.col), None)
        if neighbour is None or upper.row_span <= neighbour.row_span:
            return False
    return True


def _closes_bracket(upper: str, lower: str) -> bool:
    return upper.count("(") > upper.count(")") and lower.count(")") > lower.count("(")
