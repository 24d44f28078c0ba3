"""SUM: columns of a table that add up or take away other columns of the same row, and totals that must balance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from patterns.headers import Role
from patterns.table_columns import (
    AmountKind,
    amount_kind,
    flow_sign,
    header_formula,
    header_mark,
    header_year,
    is_closing_balance,
    is_cumulative_header,
    is_deduction_header,
    is_degree_header,
    is_opening_balance,
    is_part_header,
    is_period_balance,
    is_period_header,
    is_total_of_years,
)
from patterns.table_words import RowKind, is_grand_total, read_row_label
from pipeline.model.check import Calculation, Severity
from pipeline.model.quantity import Kind
from pipeline.model.report import Report
from pipeline.rules.column_ties import Form, Ground, Proposal, choose, row_calculations
from pipeline.rules.table_context import FigureColumn, Grid, Side, grids_of, quote_row

_SUMS = (RowKind.TOTAL, RowKind.SUBTOTAL)
_LEAST_DEGREES = 3
_ADDITIVE = (Kind.MONEY, Kind.COUNT, Kind.AREA)


def rule_row_total(report: Report) -> Iterator[Calculation]:
    """Compares a total column (合计, 小计, 本年支出合计) with the sum of the columns it totals, row by row.

    The columns under the same merged header belong to the total; a column group with its own 小计 counts by that.
    A column 累计 behind columns of single years is their total.
    Columns headed 其中 are parts and are not added again.
    Precision: every figure stands for ± half a unit of its last printed place, added end to end.
    Known false alarms: a header that puts a detail beside what it details without saying so; rows are accused only
    where others of the same columns agree, or where the columns stand under one merged header and no other reading is
    possible.
    Example: 合计 500 beside 基本支出 300 and 项目支出 250 is a contradiction where the other rows hold.
    """
    for grid in grids_of(report):
        for side in grid.sides:
            for column in side.columns:
                if column.kind in _ADDITIVE:
                    yield from _chosen(side, _row_totals(side, column), "SUM205")


def rule_difference_column(report: Report) -> Iterator[Calculation]:
    """Compares a difference column (增减额, 结余, 空编数, 扣分, 3=1-2) with the two columns it is the difference of.

    Precision: as in SUM205. A fall printed without its sign is not decided.
    Known false alarms: a difference to a figure the table does not show; rows are accused only where others agree with
    the same two columns, or where the header prints the formula.
    Example: 上年 400, 本年 450, 增减额 60 is a contradiction where the other rows hold.
    """
    for grid in grids_of(report):
        for side in grid.sides:
            for column in side.columns:
                if column.path and is_deduction_header(column.path[-1]):
                    yield from _chosen(side, _deductions(side, column), "SUM208")
                elif column.kind in _ADDITIVE:
                    yield from _chosen(side, _differences(side, column), "SUM208")


def rule_table_balance(report: Report) -> Iterator[Calculation]:
    """Checks that the two sides of a balanced table agree (收入总计 = 支出总计), and that balances carry over
    (年初结转和结余 + 本年收入 − 本年支出 = 年末结转和结余; 期初数 + 本期增加 − 本期减少 = 期末数; 上年末结余 + 当期结余
    = 年末结余).

    Precision: as in SUM205.
    Known false alarms: none known for grand totals that stand in one row of a two-sided table; the balance by columns
    is accused only where other rows hold.
    Example: 收入总计 1,000 beside 支出总计 1,010 is a contradiction.
    """
    for grid in grids_of(report):
        yield from _grand_totals(grid)
        for side in grid.sides:
            for column in side.columns:
                if column.kind in _ADDITIVE and is_closing_balance(column.path):
                    yield from _chosen(side, _carried_over(side, column), "SUM209")


def rule_running_total(report: Report) -> Iterator[Calculation]:
    """Compares a cumulative column (累计支出) with its row above plus what the row itself adds (本季支出), or with all
    that was added down to the row, whichever more rows confirm.

    Precision: as in SUM205.
    Known false alarms: none known where one column holds the periods and one their running total; rows are accused only
    where others agree.
    Example: 本季 120 after 累计 300 makes 累计 420; 402 is a contradiction where the other rows hold.
    """
    for grid in grids_of(report):
        for side in grid.sides:
            periods = [column for column in side.columns if column.kind is Kind.MONEY and is_period_header(column.path)]
            closing = frozenset(row.index for row in side.rows if row.words.kind is RowKind.TOTAL)
            for column in side.columns:
                if len(periods) == 1 and column.kind is Kind.MONEY and is_cumulative_header(column.path):
                    forms = (Form.RUNNING, Form.TO_DATE)
                    proposals = [Proposal(form, Ground.WORDS, column, (periods[0],), closing=closing) for form in forms]
                    yield from _chosen(side, proposals, "SUM210")


def rule_part_above_whole(report: Report) -> Iterator[Calculation]:
    """Reports a column headed 其中 whose figure exceeds that of the column it is a part of.

    Only rows that do not hold are laid down: that a part is no more than its whole verifies neither.
    Precision: both as printed.
    Known false alarms: negative amounts, which are left out.
    Example: 总额 300 beside 其中:财政拨款 320 is a contradiction.
    """
    for grid in grids_of(report):
        for side in grid.sides:
            for whole, part in zip(side.columns, side.columns[1:], strict=False):
                outer = part.path[:-1]
                if part.kind is whole.kind and part.path and is_part_header(part.path[-1]) and whole.path[:-1] == outer:
                    yield from _parts_above(side, whole, part)


def _parts_above(side: Side, whole: FigureColumn, part: FigureColumn) -> Iterator[Calculation]:
    for row in side.rows:
        above, below = whole.slots.get(row.index), part.slots.get(row.index)
        if above is None or below is None or above.quantity is None or below.quantity is None or above.value < 0:
            continue
        if below.row == row.index and below.value - below.half > above.value + above.half:
            yield Calculation(
                code="SUM212",
                subject=f"表中“{row.label} {part.name}”",
                stated=below.quantity,
                expression=above.quantity,
                severity=Severity.ERROR,
                quote=quote_row(side.table, row.index),
                at_most=True,
            )


def _chosen(side: Side, proposals: Iterable[Proposal], code: str) -> Iterator[Calculation]:
    tie = choose(side, proposals)
    if tie is not None:
        yield from row_calculations(side, tie, code)


def _row_totals(side: Side, target: FigureColumn) -> Iterator[Proposal]:
    """The columns a total column may add up: all under its merged header, or runs of neighbours."""
    depth = next((i for i, text in enumerate(target.path) if read_row_label(text).kind in _SUMS), None)
    printed = _printed_sum(side, target, taken_away=False)
    if printed is not None:
        yield printed
        return
    if depth is None:
        yield from _total_of_years(side, target)
        yield from _total_of_degrees(side, target)
        return
    groups = _sibling_groups(side, target, depth)
    members = [column for group in groups for column in group]
    if len(members) < 2:
        return
    ground = Ground.LAYOUT if depth > 0 else Ground.WORDS
    right = [column for column in members if column.index > target.index]
    left = [column for column in members if column.index < target.index]
    yield _sum(ground, target, members)
    for run in (right, left):
        if 2 <= len(run) < len(members):
            yield _sum(ground, target, run)
    for run in (right, left[::-1]):
        for length in range(2, len(run)):
            yield _sum(Ground.FIGURES, target, sorted(run[:length], key=lambda column: column.index))


def _total_of_years(side: Side, target: FigureColumn) -> Iterator[Proposal]:
    """What a column 累计 beside columns of single years adds up: all of them (2021年 | 2022年 | 2023年 | 累计)."""
    depth = next((i for i, text in enumerate(target.path) if is_total_of_years(text)), None)
    if depth is None:
        return
    years = [
        column
        for group in _sibling_groups(side, target, depth)
        for column in group
        if column.index < target.index and header_year((column.path[depth],)) is not None
    ]
    if len(years) >= 2 and len({header_year((column.path[depth],)) for column in years}) == len(years):
        yield _sum(Ground.WORDS, target, years)


def _total_of_degrees(side: Side, target: FigureColumn) -> Iterator[Proposal]:
    """What a column before the degrees of satisfaction (有效份数 | 非常满意 | 满意 | 不满意) adds up: all of them."""
    degrees = [column for column in side.columns if column.path and is_degree_header(column.path[-1])]
    alike = all(column.kind is target.kind for column in degrees)
    if target.kind is Kind.COUNT and alike and len(degrees) >= _LEAST_DEGREES and target.index < degrees[0].index:
        yield _sum(Ground.NAMES, target, degrees)


def _sum(ground: Ground, target: FigureColumn, terms: Sequence[FigureColumn]) -> Proposal:
    return Proposal(Form.SUM, ground, target, tuple(terms))


def _sibling_groups(side: Side, target: FigureColumn, depth: int) -> list[list[FigureColumn]]:
    """The columns beside a total under the same outer header, one group for each header beside the total's own.

    Where each header is divided again (预算数 | 决算数) only the columns of the total's own division count.
    """
    outer, division = target.path[:depth], target.path[depth + 1 :]
    groups: dict[str, list[FigureColumn]] = {}
    for column in side.columns:
        path = column.path
        if column is target or column.kind is not target.kind or len(path) <= depth or path[:depth] != outer:
            continue
        if path[depth] == target.path[depth] or is_part_header(path[depth]):
            continue
        if division and path[len(path) - len(division) :] != division:
            continue
        groups.setdefault(path[depth], []).append(column)
    return [_own_sums(group, depth) or group for group in groups.values()]


def _own_sums(group: Sequence[FigureColumn], depth: int) -> list[FigureColumn]:
    """The columns of a group that total the others of it."""
    return [column for column in group if any(read_row_label(text).kind in _SUMS for text in column.path[depth + 1 :])]


def _printed_sum(side: Side, target: FigureColumn, taken_away: bool) -> Proposal | None:
    """The sum or difference that the header of a column prints (3=1-2), by the marks of other headers."""
    formula = next((found for text in reversed(target.path) if (found := header_formula(text)) is not None), None)
    if formula is None or not formula.terms or any(minus for _, minus in formula.terms) is not taken_away:
        return None
    marks: dict[str, list[FigureColumn]] = {}
    for column in side.columns:
        mark = next((named for text in reversed(column.path) if (named := header_mark(text)) is not None), None)
        if mark is not None and column is not target:
            marks.setdefault(mark, []).append(column)
    terms = [marks.get(mark, []) for mark, _ in formula.terms]
    if any(len(found) != 1 for found in terms):
        return None
    return Proposal(
        Form.SUM,
        Ground.FORMULA,
        target,
        tuple(found[0] for found in terms),
        tuple(minus for _, minus in formula.terms),
    )


def _differences(side: Side, target: FigureColumn) -> Iterator[Proposal]:
    printed = _printed_sum(side, target, taken_away=True)
    if printed is not None:
        yield printed
        return
    kind = amount_kind(target.path)
    if kind not in (AmountKind.CHANGE, AmountKind.REMAINDER):
        return
    others = [column for column in side.columns if column is not target and column.kind is target.kind]
    for whole in others:
        for taken in others:
            if whole is not taken:
                ground = _difference_ground(kind, whole, taken)
                yield Proposal(Form.SUM, ground, target, (whole, taken), (False, True))


def _deductions(side: Side, target: FigureColumn) -> Iterator[Proposal]:
    """扣分 as 分值 less 得分, where a score table has one column of each."""
    marks = [column for column in side.columns if column.header.role is Role.FULL_MARK]
    scores = [column for column in side.columns if column.header.role is Role.SCORE and column is not target]
    if len(marks) == len(scores) == 1:
        yield Proposal(Form.SUM, Ground.NAMES, target, (*marks, *scores), (False, True))


def _difference_ground(kind: AmountKind, whole: FigureColumn, taken: FigureColumn) -> Ground:
    if kind is AmountKind.REMAINDER:
        fits = amount_kind(whole.path) is AmountKind.PLANNED and amount_kind(taken.path) is AmountKind.DONE
        fits = fits or (_innermost_flow(whole) > 0 and _innermost_flow(taken) < 0)
        return Ground.WORDS if fits else Ground.FIGURES
    years = header_year(whole.path), header_year(taken.path)
    if years[0] is not None and years[1] is not None and years[0] != years[1]:
        return Ground.WORDS if years[0] > years[1] else Ground.FIGURES
    before = amount_kind(taken.path) is AmountKind.BEFORE and amount_kind(whole.path) is not AmountKind.BEFORE
    executed = amount_kind(taken.path) is AmountKind.PLANNED and amount_kind(whole.path) is AmountKind.DONE
    return Ground.WORDS if before or executed else Ground.FIGURES


def _carried_over(side: Side, target: FigureColumn) -> Iterator[Proposal]:
    """年初结转和结余 + 本年收入 − 本年支出, 期初数 + 本期增加 − 本期减少, where the table has one column of each; or
    上年末结余 + 当期结余."""
    alike = [column for column in side.columns if column is not target and column.kind is target.kind]
    opening = [column for column in alike if is_opening_balance(column.path)]
    balance = [column for column in alike if is_period_balance(column.path)]
    if len(opening) == 1 and len(balance) == 1:
        yield Proposal(Form.SUM, Ground.WORDS, target, (*opening, *balance))
    coming = [column for column in alike if _flow(column) > 0]
    going = [column for column in alike if _flow(column) < 0]
    if len(opening) == 1 and len(coming) <= 1 and len(going) <= 1 and (coming or going):
        terms = (*opening, *coming, *going)
        minus = tuple(column in going for column in terms)
        yield Proposal(Form.SUM, Ground.WORDS, target, terms, minus)


def _flow(column: FigureColumn) -> int:
    """1 for a column of all that came in, -1 for all that went out, 0 for any other; a group counts by its 小计."""
    if not column.path or (len(column.path) > 1 and read_row_label(column.path[-1]).kind not in _SUMS):
        return 0
    return flow_sign(column.path[0])


def _innermost_flow(column: FigureColumn) -> int:
    """What the header right above a column says of it, whatever it is grouped under (本年收支: 收入 | 支出)."""
    return flow_sign(column.path[-1]) if column.path else 0


def _grand_totals(grid: Grid) -> Iterator[Calculation]:
    """The grand totals of two neighbouring sides that stand in one row."""
    for left, right in zip(grid.sides, grid.sides[1:], strict=False):
        for row in left.rows:
            beside = next((other for other in right.rows if other.index == row.index), None)
            if beside is None or not is_grand_total(row.label) or not is_grand_total(beside.label):
                continue
            income, spending = _total_slot(left, row.index), _total_slot(right, row.index)
            if income is None or spending is None:
                continue
            stated, expected = spending.slots[row.index].quantity, income.slots[row.index].quantity
            if stated is None or expected is None or stated.kind is not expected.kind:
                continue
            yield Calculation(
                code="SUM209",
                subject=f"表中“{beside.label}”与“{row.label}”",
                stated=stated,
                expression=expected,
                severity=Severity.ERROR,
                quote=quote_row(grid.table, row.index),
            )


def _total_slot(side: Side, row: int) -> FigureColumn | None:
    """The column with a side's whole amount in a row: its only one, or the one headed 合计."""
    filled = [column for column in side.columns if row in column.slots]
    if len(side.columns) == 1:
        return filled[0] if filled else None
    totals = [column for column in filled if column.path and read_row_label(column.path[-1]).kind in _SUMS]
    return totals[0] if len(totals) == 1 else None
