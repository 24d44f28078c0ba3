"""The indicator tree as a score table prints it: names merged downwards at the left, marks and scores beside them.

Which indicator a mark belongs to is read off the rows it covers: a 分值 merged over five rows is the mark of the
indicator that governs those five rows. Templates differ in where marks stand (a column per level, one column for the
leaves, in brackets behind the name), never in that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from patterns.headers import (
    Role,
    heads_what_is_judged,
    is_reviewed_score,
    is_sum_label,
    is_total_label,
    names_two_levels,
    summed_name,
)
from pipeline.extract.bands import Band, Column
from pipeline.extract.quantities import Quantities
from pipeline.extract.score_nodes import MARK_IN_NAME, Node, clean_name, full_mark_of_all, nested, walk
from pipeline.model.document import Cell, Table
from pipeline.model.quantity import Kind, Quantity

_BUDGET_TOTAL = regex.compile(r"资金总额|总金额|合计|总额")
_BUDGET_INDICATOR = "预算执行率"


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """What a score table holds: its first-level nodes in order and the row of the total, when there is one.

    `head` is the total that a form prints above its indicators. `outside` are the first-level nodes that the total row
    does not count, such as the budget's execution, scored in a block of its own.
    """

    table: Table
    tops: tuple[Node, ...]
    total: Node | None
    head: Node | None = None
    outside: tuple[Node, ...] = ()


def read_score_table(table: Table, quantities: Quantities) -> ScoreTable | None:
    """The indicator tree of a table, or None when it is no score table."""
    tops: list[Node] = []
    executions: list[Node] = []
    total: Node | None = None
    for band in quantities.bands[table.table_id]:
        if not (band.columns_of(Role.FULL_MARK) or band.columns_of(Role.SCORE)):
            continue
        names = _name_columns(band)
        if names:
            reader = _BandReader(table, band, names, quantities)
            reader.read()
            tops.extend(reader.tops)
            total = total or reader.total
        else:
            node = _budget_execution(table, band, quantities)
            if node is not None:
                tops.append(node)
                executions.append(node)
    if not any(node.full_mark or node.score for top in tops for node in walk(top)):
        return None
    tops = nested(tops, total)
    outside = tuple(executions) if total is not None and _leaves_out(total, tops, executions) else ()
    return ScoreTable(table, tuple(tops), total, _head_total(table, quantities), outside)


def _leaves_out(total: Node, tops: list[Node], executions: list[Node]) -> bool:
    """Whether the full mark of the total row is that of all first-level nodes but the executions."""
    if total.full_mark is None:
        return False
    whole, counted = full_mark_of_all(tops), full_mark_of_all([node for node in tops if node not in executions])
    return whole != total.full_mark.value == counted


def _head_total(table: Table, quantities: Quantities) -> Node | None:
    """The total that a form prints beside a label above its header rows (自评总分 | 96.5)."""
    bands = quantities.bands[table.table_id]
    end = bands[0].header_first if bands else 0
    for cell in table.cells:
        beside = table.at(cell.row, cell.col + cell.col_span)
        if cell.row >= end or beside is None or not is_total_label(cell.text):
            continue
        placed = quantities.in_cell.get((table.table_id, beside.row, beside.col), ())
        scores = [item.quantity for item in placed if item.quantity.kind is Kind.SCORE]
        if len(scores) == 1:
            return Node(0, clean_name(cell.text), cell, None, [cell.row], score=scores[0])
    return None


def _name_columns(band: Band) -> tuple[Column, ...]:
    """The columns that hold indicator names, outermost level first."""
    names = band.columns_of(Role.NAME)
    if any(column.header.level is not None for column in names):
        names = tuple(column for column in names if column.header.level is not None or _is_leaf_name(column))
    return names or tuple(column for column in band.columns if column.path and heads_what_is_judged(column.path[-1]))


def _is_leaf_name(column: Column) -> bool:
    return "名称" in column.path[-1]


class _BandReader:
    """Reads the rows of one band into nodes."""

    def __init__(self, table: Table, band: Band, names: tuple[Column, ...], quantities: Quantities) -> None:
        self.table = table
        self.band = band
        self.names = names
        self.quantities = quantities
        self.joint = self._two_levels()
        if self.joint is not None:
            upper = names[self.joint]
            lower = replace(upper, header=replace(upper.header, level=(upper.header.level or 1) + 1))
            self.names = (*names[: self.joint + 1], lower, *names[self.joint + 1 :])
        self.tops: list[Node] = []
        self.total: Node | None = None
        self.path: list[Node | None] = [None] * len(self.names)
        self.summed: dict[int, Node] = {}

    def read(self) -> None:
        for row in range(self.band.first, self.band.last):
            self._read_row(row)
        for role, attribute in ((Role.FULL_MARK, "full_mark"), (Role.SCORE, "score"), (Role.RATE, "rate")):
            # Where an office's own scores stand beside those of a review, the latter are the result.
            for column in sorted(self.band.columns_of(role), key=lambda column: not _is_reviewed(column)):
                self._read_marks(column, role, attribute)
        for node in self._nodes():
            self._read_mark_in_name(node)
        self._read_rubrics()

    def _two_levels(self) -> int | None:
        """The place of a name column that holds two levels (一级指标/二级指标): rows that reach over the next name
        column as well are the upper one."""
        for place, (column, beside) in enumerate(pairwise(self.names)):
            rows = range(self.band.first, self.band.last)
            cells = [cell for row in rows if (cell := self.table.at(row, column.index)) is not None]
            heads = [cell for cell in cells if cell is self.table.at(cell.row, beside.index)]
            if names_two_levels(column.path[-1]) and any(not is_total_label(clean_name(cell.text)) for cell in heads):
                return place
        return None

    def _name_cells(self, row: int) -> list[Cell | None]:
        """The row's cell for each name; that of the upper of two levels only where it reaches past their column."""
        cells = [self.table.at(row, column.index) for column in self.names]
        if self.joint is not None and cells[self.joint] is not cells[self.joint + 2]:
            cells[self.joint] = None
        return cells

    def _nodes(self) -> list[Node]:
        return [node for top in self.tops for node in walk(top)]

    def _read_row(self, row: int) -> None:
        cells = self._name_cells(row)
        first = next((cell for cell in cells if cell is not None and cell.text.strip()), None)
        if first is None:
            self._extend(row, 0)
            return
        if self._is_sum_of_named(row, cells) or self._is_sum_of_parent(row, cells):
            return
        if first.col_span > 1 or first.col <= self.names[0].index:
            label = clean_name(first.text)
            if is_total_label(label) and _is_one_row(first):
                self.total = Node(0, label.partition("(")[0], first, None, [row])
                return
            if is_sum_label(label) or self._is_foot_row(first):
                return
        if any(cell is not None and self._reaches_past_names(cell) for cell in cells):
            return
        previous: Cell | None = None
        for depth, cell in enumerate(cells):
            if cell is not None and cell is previous:
                continue
            previous = cell
            if cell is None or not cell.text.strip():
                self._extend(row, depth, only=True)
                continue
            self._enter(row, depth, cell)

    def _is_sum_of_named(self, row: int, cells: list[Cell | None]) -> bool:
        """Whether a row sums up the node that its own label names (产出合计, 绩效目标小计)."""
        labels = {summed_name(clean_name(cell.text)) for cell in cells if cell is not None and cell.row == row}
        named = [node for node in self.path if node is not None and node.name in labels]
        if not named:
            return False
        for node in self.path[: self.path.index(named[-1]) + 1]:
            if node is not None:
                node.rows.append(row)
        self.summed[row] = named[-1]
        return True

    def _is_sum_of_parent(self, row: int, cells: list[Cell | None]) -> bool:
        """Whether a row sums up (小计) the indicators of the node beside its label: its marks are that node's."""
        for depth, cell in enumerate(cells[1:], start=1):
            parent = self.path[depth - 1]
            if cell is None or cell is cells[depth - 1] or not is_sum_label(clean_name(cell.text)):
                continue
            beside = cells[depth - 1]
            if parent is not None and (beside is None or beside is parent.cell or not beside.text.strip()):
                self.summed[row] = parent
                parent.rows.append(row)
                return True
        return False

    def _is_foot_row(self, cell: Cell) -> bool:
        """A row below the indicators that spans all name columns but carries no mark: grade, signatures, notes."""
        columns = {column.index for column in self.names}
        spans_names = cell.col_span >= len(columns) > 1
        row = cell.row
        marks = (*self.band.columns_of(Role.FULL_MARK), *self.band.columns_of(Role.SCORE))
        return spans_names and not any(self._quantity(self.table.at(row, column.index)) for column in marks)

    def _reaches_past_names(self, cell: Cell) -> bool:
        """Whether a cell goes on over the columns of targets and marks: a remark about the form, no indicator."""
        return cell.col + cell.col_span - 1 > self.names[-1].index

    def _extend(self, row: int, depth: int, only: bool = False) -> None:
        """A blank name cell goes on with the node above it; deeper nodes end, unless the whole row is blank."""
        node = self.path[depth]
        if node is not None and row not in node.rows:
            node.rows.append(row)
        if not only:
            for deeper in self.path[depth + 1 :]:
                if deeper is not None and row not in deeper.rows:
                    deeper.rows.append(row)

    def _enter(self, row: int, depth: int, cell: Cell) -> None:
        current = self.path[depth]
        same_cell = current is not None and current.cell is cell
        parent = next((node for node in reversed(self.path[:depth]) if node is not None and row in node.rows), None)
        leaf = depth == len(self.names) - 1
        repeated = current is not None and not leaf and current.cell.text == cell.text and current.parent is parent
        if current is not None and (same_cell or repeated):
            current.rows.append(row)
            return
        level = self.names[depth].header.level or (depth + 1)
        node = Node(level, clean_name(cell.text), cell, parent, [row])
        if parent is None:
            self.tops.append(node)
        else:
            parent.children.append(node)
        self.path[depth] = node
        for deeper in range(depth + 1, len(self.path)):
            self.path[deeper] = None

    def _read_marks(self, column: Column, role: Role, attribute: str) -> None:
        seen: set[int] = set()
        for row in range(self.band.first, self.band.last):
            cell = self.table.at(row, column.index)
            if cell is None or id(cell) in seen:
                continue
            seen.add(id(cell))
            quantity = self._quantity(cell, percent=role is Role.RATE)
            if quantity is None:
                continue
            owner = self._owner(cell, column)
            if owner is not None and getattr(owner, attribute) is None:
                setattr(owner, attribute, quantity)

    def _owner(self, cell: Cell, column: Column) -> Node | None:
        """The node a mark cell belongs to: of the column's level where the header names one, else the deepest node
        whose rows hold all rows of the cell."""
        if self.total is not None and cell.row == self.total.cell.row:
            return self.total
        if cell.row in self.summed and cell.row_span == 1:
            return self.summed[cell.row]
        rows = set(range(cell.row, min(cell.row + cell.row_span, self.band.last)))
        holding = [node for node in self._nodes() if rows & set(node.rows)]
        level = column.header.level or self._level_beside(column)
        if level is not None:
            return next((node for node in holding if node.level == level), None)
        covering = [node for node in holding if rows <= set(node.rows)]
        return covering[-1] if covering else None

    def _level_beside(self, column: Column) -> int | None:
        """The level of the name column a mark column follows, where several mark columns stand between the names."""
        rivals = self.band.columns_of(column.header.role)
        before = [name for name in self.names if name.index < column.index]
        between = any(rival.index < self.names[-1].index for rival in rivals)
        if len(rivals) < 2 or not between or not before:
            return None
        return before[-1].header.level or len(before)

    def _quantity(self, cell: Cell | None, percent: bool = False) -> Quantity | None:
        if cell is None:
            return None
        kind = Kind.PERCENT if percent else Kind.SCORE
        placed = self.quantities.in_cell.get((self.table.table_id, cell.row, cell.col), ())
        scores = [item.quantity for item in placed if item.quantity.kind is kind]
        return scores[0] if len(scores) == 1 else None

    def _read_mark_in_name(self, node: Node) -> None:
        if node.full_mark is None and MARK_IN_NAME.search(node.cell.text):
            node.full_mark = self._quantity(node.cell)

    def _read_rubrics(self) -> None:
        for column in self.band.columns_of(Role.RUBRIC):
            for node in self._nodes():
                if node.children or node.rubric is not None:
                    continue
                texts = [cell.text for row in node.rows if (cell := self.table.at(row, column.index)) is not None]
                node.rubric = "\n".join(dict.fromkeys(text for text in texts if text)) or None


def _budget_execution(table: Table, band: Band, quantities: Quantities) -> Node | None:
    """The row of a self-evaluation form that scores the budget's execution (全年执行数, 分值, 执行率, 得分)."""
    if not band.columns_of(Role.PERCENT) and not band.columns_of(Role.MONEY):
        return None
    for row in range(band.first, band.last):
        marks = [_mark_in_row(table, row, band.columns_of(role), quantities) for role in (Role.FULL_MARK, Role.SCORE)]
        label = next(
            (cell for col in range(table.cols) if (cell := table.at(row, col)) and _BUDGET_TOTAL.search(cell.text)),
            None,
        )
        if label is not None and any(marks):
            full_mark = marks[0] or _mark_in_header(table, band, quantities)
            node = Node(1, _BUDGET_INDICATOR, label, None, [row], full_mark=full_mark, score=marks[1])
            node.children = _scored_parts(table, band, node, quantities)
            return node
    return None


def _scored_parts(table: Table, band: Band, whole: Node, quantities: Quantities) -> list[Node]:
    """The rows beside the total that are scored by themselves (基本支出, 项目支出), where their marks make it up."""
    parts: list[Node] = []
    for row in range(band.first, band.last):
        marks = [_mark_in_row(table, row, band.columns_of(role), quantities) for role in (Role.FULL_MARK, Role.SCORE)]
        if row in whole.rows or any(mark is None or mark.row != row for mark in marks):
            continue
        label = next((cell for cell in table.row_cells(row) if any(map(str.isalpha, cell.text))), None)
        if label is not None:
            parts.append(Node(2, clean_name(label.text), label, whole, [row], full_mark=marks[0], score=marks[1]))
    made_up = whole.full_mark is not None and full_mark_of_all(parts) == whole.full_mark.value
    return parts if made_up else []


def _mark_in_header(table: Table, band: Band, quantities: Quantities) -> Quantity | None:
    """The full mark that the header of the score column names: 得分(10分×执行率)."""
    for column in band.columns_of(Role.SCORE):
        mark = _mark_in_row(table, band.first - 1, (column,), quantities)
        if mark is not None:
            return mark
    return None


def _mark_in_row(table: Table, row: int, columns: tuple[Column, ...], quantities: Quantities) -> Quantity | None:
    for column in columns:
        cell = table.at(row, column.index)
        if cell is None:
            continue
        for item in quantities.in_cell.get((table.table_id, cell.row, cell.col), ()):
            if item.quantity.kind is Kind.SCORE:
                return item.quantity
    return None


def _is_reviewed(column: Column) -> bool:
    return is_reviewed_score("".join(column.path))


def _is_one_row(cell: Cell) -> bool:
    return cell.row_span == 1
