"""Sets of names that a report itself shows to be all the parts there are: a list elsewhere in it that adds up, the rows
of a table with a total, an enumeration with its count. A list of just these names is complete, whatever announces it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import regex

from patterns.relations.enumerations import find_enumerations
from patterns.relations.roles import subject_of
from patterns.table_words import RowKind
from pipeline.model.report import Report
from pipeline.rules.context import Statement, context_of
from pipeline.rules.table_context import grids_of

_LEAST, _MOST = 2, 20
_JOINT = regex.compile(r"(?<=[\p{Han}”》)]{2})(?:以及|和|与|及)(?=[\p{Han}“《]{2})")
_LEADING = regex.compile(r"^(?:其中|包括|包含|含|分别为|分别是|一是|二是|三是|[:，,])+")

Names = frozenset[str]


def part_names(statement: Statement, parts: Sequence[int]) -> Names | None:
    """What the words call each of some figures; None where two go by one name or one by none."""
    names = [subject_of(_LEADING.sub("", statement.wording.head(i).strip())) for i in parts]
    found = frozenset(names)
    return found if all(names) and len(found) == len(names) >= _LEAST else None


class PartSets:
    """The complete sets of a report. Lists that add up are remembered with the figures that they are made of, so that
    no list is called complete on its own word."""

    def __init__(self, report: Report, held: Iterable[tuple[Statement, Sequence[int]]]) -> None:
        self._held: dict[Names, set[tuple[str, ...]]] = defaultdict(set)
        for statement, parts in held:
            names = part_names(statement, parts)
            if names is not None:
                self._held[names].add(tuple(statement.quantities[i].quantity_id for i in parts))
        self._rows = frozenset(_row_sets(report))
        self._lists = tuple(_enumerated(report))

    def hold(self, statement: Statement, parts: Sequence[int]) -> bool:
        """Whether these figures go by the names of a set that the report shows to be complete elsewhere."""
        names = part_names(statement, parts)
        if names is None:
            return False
        own = tuple(statement.quantities[i].quantity_id for i in parts)
        elsewhere = any(figures != own for figures in self._held.get(names, ()))
        return elsewhere or names in self._rows or any(_are_items(names, items) for items in self._lists)


def _row_sets(report: Report) -> Iterator[Names]:
    """The labels of the rows of each table that ends in a total."""
    for grid in grids_of(report):
        for side in grid.sides:
            kinds = {row.words.kind for row in side.rows}
            items = [row for row in side.rows if row.words.kind is RowKind.ITEM and row.label]
            plain = all(row.group is None and row.code is None for row in items)
            labels = frozenset(subject_of(row.label) for row in items)
            if RowKind.TOTAL in kinds and plain and _LEAST <= len(items) <= _MOST and len(labels) == len(items):
                yield labels


def _enumerated(report: Report) -> Iterator[tuple[str, ...]]:
    """The items of each list whose count is told beside it and agrees."""
    for statement in context_of(report).told:
        for found in find_enumerations(statement.wording):
            *items, last = statement.text[found.start : found.end].split("、")
            items += _JOINT.split(last)
            if len(items) == statement.quantities[found.count].value and not found.open:
                yield tuple(items)


def _are_items(names: Names, items: Sequence[str]) -> bool:
    """Whether each name is that of one item of its own; words before the first item may stand in its text."""
    if len(names) != len(items):
        return False
    first, *others = items
    ended = [name for name in names if first.endswith(name)]
    return len(ended) == 1 and names - {ended[0]} == frozenset(others)
