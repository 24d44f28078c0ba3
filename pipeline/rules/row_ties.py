"""Which rows of a table add up to which: account codes, numbered and 其中 rows, sub-totals and totals.

Layout and words propose; where they leave several readings, the table's own arithmetic chooses the one that holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from patterns.table_columns import is_cumulative_header
from patterns.table_words import RowKind, are_parts_of_year, is_grand_total
from pipeline.model.quantity import Kind, Quantity
from pipeline.rules.outcomes import Outcome, agreement
from pipeline.rules.row_outline import Entry, RowOutline, is_above
from pipeline.rules.table_context import Grid, Slot, is_additive

_ZERO = Decimal(0)
_ALL = Decimal(100)
_NEARLY = Decimal(2)
# Looking for unmarked sub-totals takes time that grows with the cube of the rows.
_LONGEST_FLAT_LIST = 40
_SEVERAL = 2


class Basis(StrEnum):
    """What ties rows together."""

    CODE = "code"  # 201 over 20106
    NUMBERING = "numbering"  # 一、 over 1.
    PART = "part"  # a row and its 其中 rows
    TOTAL = "total"  # 合计, 小计 and what they total


@dataclass(frozen=True, slots=True)
class Tie:
    """`total` should be the sum of `addends`, column by column. `outcomes` has one outcome for each figure column.

    `alone` says that layout and words leave no other reading.
    """

    basis: Basis
    total: Entry
    addends: tuple[Entry, ...]
    outcomes: tuple[Outcome, ...]
    alone: bool

    def count(self, outcome: Outcome) -> int:
        return self.outcomes.count(outcome)


def addend_slots(tie: Tie, k: int) -> tuple[Slot, ...]:
    """The slots added up in the k-th column, a value merged over rows once."""
    return tuple(slot for entry in tie.addends if (slot := entry.slot(k)) is not None and slot.row == entry.row.index)


def addend_figures(tie: Tie, k: int) -> tuple[Quantity, ...]:
    """The figures added up in the k-th column."""
    return tuple(slot.quantity for slot in addend_slots(tie, k) if slot.quantity is not None)


def row_ties(grid: Grid) -> tuple[Tie, ...]:
    """Every sum over rows that the grid's layout and words propose, in the reading that fits best."""
    ties = list(_code_ties(grid))
    for side in grid.sides:
        outline = RowOutline(side)
        nested = list(_nested_ties(outline))
        ties.extend(nested)
        ties.extend(_total_ties(outline, _details(nested)))
    distinct: dict[tuple[int, ...], Tie] = {}
    for tie in ties:
        key = (id(tie.total.side), tie.total.row.index, *(addend.row.index for addend in tie.addends))
        if key not in distinct or tie.basis is Basis.TOTAL:
            distinct[key] = tie
    return tuple(distinct.values())


def _details(nested: Sequence[Tie]) -> frozenset[int]:
    """The rows that detail an item beyond doubt, though the words say so only of the first of them (其中)."""
    firm = (tie for tie in nested if tie.basis is Basis.PART and tie.count(Outcome.HOLDS) >= _SEVERAL and holds(tie))
    of_items = (tie for tie in firm if tie.total.row.words.kind is RowKind.ITEM)
    return frozenset(addend.row.index for tie in of_items for addend in tie.addends)


def _weigh(total: Entry, addends: Sequence[Entry], k: int) -> Outcome:
    stated = total.slot(k)
    if stated is None:
        return Outcome.UNREAD
    if stated.quantity is None or stated.row != total.row.index or not is_additive(total.side.columns[k]):
        return Outcome.NOTHING
    if is_cumulative_header(total.side.columns[k].path) and are_parts_of_year([entry.row.label for entry in addends]):
        return Outcome.NOTHING
    value, half = _ZERO, stated.half
    figures = filled = 0
    for entry in addends:
        slot = entry.slot(k)
        if slot is None:
            return Outcome.UNREAD
        if slot.row != entry.row.index:
            continue
        if slot.quantity is not None:
            if slot.quantity.unit != stated.quantity.unit and slot.quantity.kind is not Kind.MONEY:
                return Outcome.UNREAD
            figures += 1
            filled += slot.value != 0
            value += slot.value
            half += slot.half
    if not figures or (stated.quantity.kind is Kind.PERCENT and not _is_all(stated.value, value)):
        return Outcome.NOTHING
    if abs(stated.value - value) > half:
        return Outcome.FAILS
    return agreement(filled)


def _is_all(stated: Decimal, value: Decimal) -> bool:
    """Whether shares or their total come to 100%: shares of different things (抽查占比 by township) do not add up."""
    return any(abs(share - _ALL) <= _NEARLY for share in (stated, value))


def _tie(basis: Basis, total: Entry, addends: Sequence[Entry], alone: bool) -> Tie:
    outcomes = tuple(_weigh(total, addends, k) for k in range(len(total.side.columns)))
    return Tie(basis, total, tuple(addends), outcomes, alone)


def _best(basis: Basis, total: Entry, readings: Sequence[Sequence[Entry]]) -> Tie | None:
    """The reading that holds in most columns; the first one proposed where several do equally well."""
    distinct = list({tuple(entry.row.index for entry in reading): reading for reading in readings if reading}.values())
    ties = [_tie(basis, total, reading, len(distinct) == 1) for reading in distinct]
    return max(ties, key=_fit, default=None)


def _fit(tie: Tie) -> tuple[int, int, int]:
    return tie.count(Outcome.HOLDS), -tie.count(Outcome.FAILS), tie.count(Outcome.HOLDS_WEAKLY)


def holds(tie: Tie) -> bool:
    """Whether some column confirms the tie, or several repeat its only figure, and none speaks against it."""
    confirmed = tie.count(Outcome.HOLDS) > 0 or tie.count(Outcome.HOLDS_WEAKLY) >= 2
    return confirmed and tie.count(Outcome.FAILS) == 0


def _code_ties(grid: Grid) -> Iterator[Tie]:
    """A code's row over the rows of the codes directly below it; side by side lists run on from left to right."""
    children: dict[int, list[Entry]] = {}
    parents: dict[int, Entry] = {}
    stack: list[Entry] = []
    for side in grid.sides:
        for row in side.rows:
            if row.code is None:
                continue
            entry = Entry(side, row)
            while stack and not is_above(stack[-1].row.code, row.code):
                stack.pop()
            if stack and len(stack[-1].side.columns) == len(side.columns):
                children.setdefault(id(stack[-1]), []).append(entry)
                parents[id(stack[-1])] = stack[-1]
            stack.append(entry)
    for key, entries in children.items():
        yield _tie(Basis.CODE, parents[key], entries, True)


def _nested_ties(outline: RowOutline) -> Iterator[Tie]:
    """Numbered rows over the rows numbered below them, and rows over their 其中 rows."""
    for entry in outline.entries:
        below = outline.children.get(entry.row.index, [])
        if not below or entry.row.code is not None or not entry.has_figures():
            continue
        parts = [child for child in below if child.row.words.kind is RowKind.PART]
        if not parts:
            tie = _best(Basis.NUMBERING, entry, [below])
        else:
            run = list(outline.following(entry))
            readings = [*(run[:end] for end in range(len(run), 1, -1)), below, parts]
            tie = _best(Basis.PART, entry, readings)
        if tie is not None:
            yield tie


def _total_ties(outline: RowOutline, details: frozenset[int]) -> Iterator[Tie]:
    """Totals and sub-totals over the rows above them, or below where the total comes first, without `details`."""
    roots = [entry for entry in outline.roots() if entry.row.index not in details]
    pending: list[Entry] = []
    covered: set[int] = set()
    for place, entry in enumerate(roots):
        if not outline.is_sum(entry):
            if entry.row.index not in covered:
                pending.append(entry)
            continue
        if entry.row.words.kind is RowKind.SUBTOTAL:
            tie = _subtotal_tie(outline, roots, place, pending)
        else:
            tie = _total_tie(outline, roots, place, pending)
        if tie is None:
            pending.append(entry)
            continue
        yield tie
        used = {addend.row.index for addend in tie.addends}
        covered |= used
        pending[:] = [item for item in pending if item.row.index not in used]
        if tie.addends[0].row.index < entry.row.index or entry.row.words.kind is RowKind.SUBTOTAL:
            pending.append(entry)


def _subtotal_tie(outline: RowOutline, roots: Sequence[Entry], place: int, pending: Sequence[Entry]) -> Tie | None:
    entry = roots[place]
    above: list[Entry] = []
    for item in reversed(pending):
        if outline.is_sum(item):
            break
        above.insert(0, item)
    below: list[Entry] = []
    for item in roots[place + 1 :]:
        if outline.is_sum(item):
            break
        below.append(item)
    group = entry.row.group
    readings = [above, below]
    if group is not None:
        same_above = [item for item in above if item.row.group == group]
        same_below = [item for item in below if item.row.group == group]
        readings = [same_above, same_below] if same_above or same_below else readings
    return _best(Basis.TOTAL, entry, [reading for reading in readings if reading][:2])


def _total_tie(outline: RowOutline, roots: Sequence[Entry], place: int, pending: Sequence[Entry]) -> Tie | None:
    """A total over the rows above it, or below it where it comes first.

    That numbering ranks nothing, or that a row sums up others without saying so, is believed only when the sum holds.
    """
    entry = roots[place]
    if pending:
        flat = list(pending)
        since = _since_last_total(outline, pending)
        whole = is_grand_total(entry.row.label) and not any(is_grand_total(item.row.label) for item in pending)
        readings = [flat] if whole and len(since) < len(flat) else [flat, since]
    else:
        flat = _until_next_total(outline, roots[place + 1 :])
        parts = outline.children.get(entry.row.index, [])
        readings = [[*parts, *flat], parts]
    tie = _best(Basis.TOTAL, entry, readings)
    if tie is None or holds(tie):
        return tie
    others = [outline.with_details(reading) for reading in readings]
    hidden = _without_hidden_sums(flat) if len(flat) <= _LONGEST_FLAT_LIST else flat
    fitting = _best(Basis.TOTAL, entry, [*others, hidden])
    if fitting is not None and holds(fitting):
        return fitting
    return replace(tie, alone=tie.alone and len(hidden) == len(flat))


def _since_last_total(outline: RowOutline, pending: Sequence[Entry]) -> list[Entry]:
    found: list[Entry] = []
    for item in reversed(pending):
        if outline.is_sum(item) and item.row.words.kind is RowKind.TOTAL:
            break
        found.insert(0, item)
    return found


def _until_next_total(outline: RowOutline, following: Sequence[Entry]) -> list[Entry]:
    """The roots below a total that comes first; sub-totals stand for what they total."""
    found: list[Entry] = []
    for item in following:
        if outline.is_sum(item) and item.row.words.kind is RowKind.TOTAL:
            break
        found.append(item)
    subtotals = [item for item in found if outline.is_sum(item)]
    return subtotals or found


def _without_hidden_sums(entries: Sequence[Entry]) -> list[Entry]:
    """The entries without runs that a row above them sums up, in a table that marks no sub-totals.

    Such a run is at least two rows that are not zero and make up the row above them in every column they fill.
    """
    found: list[Entry] = []
    place = 0
    while place < len(entries):
        entry = entries[place]
        found.append(entry)
        place += 1
        for end in range(len(entries), place + 1, -1):
            tie = _tie(Basis.NUMBERING, entry, entries[place:end], True)
            if holds(tie) and tie.count(Outcome.HOLDS):
                place = end
                break
    return found
