"""Which rows of a table add up to which: account codes, numbered and 其中 rows, sub-totals and totals.

Layout and words propose; where they leave several readings, the table's own arithmetic chooses the one that holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from patterns.table_words import RowKind
from pipeline.model.quantity import Kind, Quantity
from pipeline.rules.table_context import Grid, Row, Side, Slot, is_additive

_ZERO = Decimal(0)
# Looking for unmarked sub-totals takes time that grows with the cube of the rows.
_LONGEST_FLAT_LIST = 40


class Basis(StrEnum):
    """What ties rows together."""

    CODE = "code"  # 201 over 20106
    NUMBERING = "numbering"  # 一、 over 1.
    PART = "part"  # a row and its 其中 rows
    TOTAL = "total"  # 合计, 小计 and what they total


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of one side; `slot(k)` is what stands in the k-th figure column of that side."""

    side: Side
    row: Row

    def slot(self, k: int) -> Slot | None:
        return self.side.columns[k].slots.get(self.row.index) if k < len(self.side.columns) else None

    def has_figures(self) -> bool:
        return any(
            slot is not None and slot.quantity is not None and slot.row == self.row.index
            for slot in (column.slots.get(self.row.index) for column in self.side.columns)
        )


class Outcome(StrEnum):
    """How a relation comes out in one row or column.

    Weak agreement repeats one figure (合计 500 beside 基本支出 500); trivial agreement has only zeros.
    """

    HOLDS = "holds"
    HOLDS_WEAKLY = "holds_weakly"
    TRIVIAL = "trivial"
    FAILS = "fails"
    UNREAD = "unread"
    NOTHING = "nothing"


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
        tree = _Tree(side)
        ties.extend(_nested_ties(tree))
        ties.extend(_total_ties(tree))
    return tuple(ties)


def _weigh(total: Entry, addends: Sequence[Entry], k: int) -> Outcome:
    stated = total.slot(k)
    if stated is None:
        return Outcome.UNREAD
    if stated.quantity is None or stated.row != total.row.index or not is_additive(total.side.columns[k]):
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
    if not figures:
        return Outcome.NOTHING
    if abs(stated.value - value) > half:
        return Outcome.FAILS
    return agreement(filled)


def agreement(filled: int) -> Outcome:
    """What agreement is worth when `filled` of the figures put together are not zero."""
    if filled >= 2:
        return Outcome.HOLDS
    return Outcome.HOLDS_WEAKLY if filled else Outcome.TRIVIAL


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
    """Whether some column confirms the tie and none speaks against it."""
    return tie.count(Outcome.HOLDS) > 0 and tie.count(Outcome.FAILS) == 0


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
            while stack and not _is_above(stack[-1].row.code, row.code):
                stack.pop()
            if stack and len(stack[-1].side.columns) == len(side.columns):
                children.setdefault(id(stack[-1]), []).append(entry)
                parents[id(stack[-1])] = stack[-1]
            stack.append(entry)
    for key, entries in children.items():
        yield _tie(Basis.CODE, parents[key], entries, True)


def _is_above(code: str | None, other: str) -> bool:
    return code is not None and len(code) < len(other) and other.startswith(code)


class _Tree:
    """The rows of a side in the order of print, each under the row it details."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.entries = [Entry(side, row) for row in side.rows if row.labels or row.code]
        self.filled = {entry.row.index for entry in self.entries if entry.has_figures()}
        self.parent: dict[int, int | None] = {}
        self.children: dict[int, list[Entry]] = {}
        stack: list[tuple[str, Entry]] = []
        for entry in self.entries:
            above = self._place(entry, stack)
            self.parent[entry.row.index] = None if above is None else above.row.index
            if above is not None:
                self.children.setdefault(above.row.index, []).append(entry)

    def _place(self, entry: Entry, stack: list[tuple[str, Entry]]) -> Entry | None:
        row = entry.row
        if row.code is not None:
            while stack and not _is_above(stack[-1][1].row.code, row.code):
                stack.pop()
            above = stack[-1][1] if stack else None
            stack.append(("code", entry))
            return above
        kind = row.words.kind
        if kind in (RowKind.TOTAL, RowKind.SUBTOTAL):
            stack[:] = [(kind.value, entry)]
            return None
        if kind is RowKind.PART:
            while stack and stack[-1][0] == kind.value:
                stack.pop()
            above = stack[-1][1] if stack else None
            stack.append((kind.value, entry))
            return above
        level = row.words.numbering or "plain"
        while stack and stack[-1][0] in (RowKind.PART.value, RowKind.TOTAL.value, RowKind.SUBTOTAL.value, "code"):
            stack.pop()
        levels = [key for key, _ in stack]
        if level in levels:
            del stack[levels.index(level) :]
        above = stack[-1][1] if stack else None
        stack.append((level, entry))
        return above

    def roots(self) -> list[Entry]:
        """The rows that detail no other, sums included; a heading row without figures gives way to its details."""
        found: list[Entry] = []
        for entry in self.entries:
            parent = self.parent[entry.row.index]
            if (parent is None or self._is_heading(parent)) and not self._is_heading(entry.row.index):
                found.append(entry)
        return found

    def _is_heading(self, index: int) -> bool:
        return index in self.children and index not in self.filled

    def is_sum(self, entry: Entry) -> bool:
        return entry.row.code is None and entry.row.words.kind in (RowKind.TOTAL, RowKind.SUBTOTAL)

    def following(self, entry: Entry) -> Iterator[Entry]:
        """The unnumbered, uncoded rows right below an entry's 其中 rows, which may be details too."""
        start = self.entries.index(entry) + 1
        for other in self.entries[start:]:
            if other.row.code or other.row.words.numbering or self.is_sum(other):
                return
            yield other

    def with_details(self, entries: Iterable[Entry]) -> list[Entry]:
        """The entries with their details added as rows of their own: for lists whose numbering ranks nothing.

        Account codes do rank, so their details are left out.
        """
        found: list[Entry] = []
        for entry in entries:
            found.append(entry)
            if entry.row.code is None:
                found.extend(self.with_details(self.children.get(entry.row.index, ())))
        return found


def _nested_ties(tree: _Tree) -> Iterator[Tie]:
    """Numbered rows over the rows numbered below them, and rows over their 其中 rows."""
    for entry in tree.entries:
        below = tree.children.get(entry.row.index, [])
        if not below or entry.row.code is not None or tree.is_sum(entry) or not entry.has_figures():
            continue
        parts = [child for child in below if child.row.words.kind is RowKind.PART]
        if not parts:
            tie = _best(Basis.NUMBERING, entry, [below])
        else:
            run = list(tree.following(entry))
            readings = [below, parts, *(run[:end] for end in range(2, len(run) + 1))]
            tie = _best(Basis.PART, entry, readings)
        if tie is not None:
            yield tie


def _total_ties(tree: _Tree) -> Iterator[Tie]:
    """Totals and sub-totals over the rows above them, or below where the total comes first."""
    roots = tree.roots()
    pending: list[Entry] = []
    covered: set[int] = set()
    for place, entry in enumerate(roots):
        if not tree.is_sum(entry):
            if entry.row.index not in covered:
                pending.append(entry)
            continue
        if entry.row.words.kind is RowKind.SUBTOTAL:
            tie = _subtotal_tie(tree, roots, place, pending)
        else:
            tie = _total_tie(tree, roots, place, pending)
        if tie is None:
            pending.append(entry)
            continue
        yield tie
        used = {addend.row.index for addend in tie.addends}
        covered |= used
        pending[:] = [item for item in pending if item.row.index not in used]
        if tie.addends[0].row.index < entry.row.index or entry.row.words.kind is RowKind.SUBTOTAL:
            pending.append(entry)


def _subtotal_tie(tree: _Tree, roots: Sequence[Entry], place: int, pending: Sequence[Entry]) -> Tie | None:
    entry = roots[place]
    above: list[Entry] = []
    for item in reversed(pending):
        if tree.is_sum(item):
            break
        above.insert(0, item)
    below: list[Entry] = []
    for item in roots[place + 1 :]:
        if tree.is_sum(item):
            break
        below.append(item)
    group = entry.row.group
    readings = [above, below]
    if group is not None:
        same_above = [item for item in above if item.row.group == group]
        same_below = [item for item in below if item.row.group == group]
        readings = [same_above, same_below] if same_above or same_below else readings
    return _best(Basis.TOTAL, entry, [reading for reading in readings if reading][:2])


def _total_tie(tree: _Tree, roots: Sequence[Entry], place: int, pending: Sequence[Entry]) -> Tie | None:
    entry = roots[place]
    readings: list[list[Entry]] = []
    if pending:
        readings.append(list(pending))
        since = _since_last_total(tree, pending)
        readings.append(since)
        readings.extend(tree.with_details(reading) for reading in (list(pending), since))
        flat = list(pending)
    else:
        below = _until_next_total(tree, roots[place + 1 :])
        parts = tree.children.get(entry.row.index, [])
        readings.append([*parts, *below])
        readings.append(parts)
        readings.append(tree.with_details(below))
        flat = below
    tie = _best(Basis.TOTAL, entry, readings)
    if tie is None or holds(tie) or len(flat) > _LONGEST_FLAT_LIST:
        return tie
    return _best(Basis.TOTAL, entry, [*readings, _without_hidden_sums(flat)])


def _since_last_total(tree: _Tree, pending: Sequence[Entry]) -> list[Entry]:
    found: list[Entry] = []
    for item in reversed(pending):
        if tree.is_sum(item) and item.row.words.kind is RowKind.TOTAL:
            break
        found.insert(0, item)
    return found


def _until_next_total(tree: _Tree, following: Sequence[Entry]) -> list[Entry]:
    """The roots below a total that comes first; sub-totals stand for what they total."""
    found: list[Entry] = []
    for item in following:
        if tree.is_sum(item) and item.row.words.kind is RowKind.TOTAL:
            break
        found.append(item)
    subtotals = [item for item in found if tree.is_sum(item)]
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
            if holds(_tie(Basis.NUMBERING, entry, entries[place:end], True)):
                place = end
                break
    return found
