"""The outline of a table's rows: each row under the one it details, by account code, numbering and 其中."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from patterns.table_words import RowKind
from pipeline.rules.table_context import Side, Slot
from pipeline.rules.table_rows import Row


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


def is_above(code: str | None, other: str) -> bool:
    """Whether an account code stands above another (201 above 20106)."""
    return code is not None and len(code) < len(other) and other.startswith(code)


class RowOutline:
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
            while stack and not is_above(stack[-1][1].row.code, row.code):
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
