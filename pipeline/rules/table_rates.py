"""RAT: columns of a table that hold rates: execution rates, shares of a total, growth, and rows of averages."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from patterns.table_columns import (
    AmountKind,
    RateKind,
    amount_kind,
    growth_subject,
    header_formula,
    header_mark,
    header_year,
    is_budget_rate,
    is_cumulative_header,
    is_degree_header,
    is_initial_budget,
    is_schedule,
    rate_counts,
    rate_kind,
)
from patterns.table_words import RowKind, is_average_label
from pipeline.model.check import Calculation, Constant, Quotient, Severity, Sum
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.report import Report
from pipeline.rules.column_ties import ColumnTie, Form, Ground, Proposal, choose, row_calculations
from pipeline.rules.table_context import FigureColumn, Side, grids_of, quote_row

_OTHER_AVERAGE = "平均值可能是加权平均"


def rule_rate_column(report: Report) -> Iterator[Calculation]:
    """Compares the figures of a rate column with the amounts they are computed from, row by row.

    Execution and completion rates (执行率, 完成率, 支出进度) are numerator ÷ denominator of two columns of the same
    row; share columns (占比, 比重) are a row's amount ÷ the amount of the total row. Numerator and denominator are
    those that the header prints as a formula (B/A), else those whose headers fit and whose rows agree. 满意度 beside
    degrees of satisfaction is the first of them (as many as the rows agree on) among all. Rates of one
    whole that the table does not show (累计执行率 beside 累计支出) must stand to each other as the amounts do.
    Precision: the rate to its printed places, the amounts as printed; a rate capped at 100% is not decided.
    Known false alarms: a rate over an amount the table does not show. Without a printed formula a row is accused only
    where at least two other rows of the column agree with the same two columns, or, as a warning, where no reading of
    the headers makes the row's only rate hold.
    Example: 预算数 500, 执行数 450.5, 执行率 90.01% is a contradiction where the other rows hold; 90.10% holds.
    """
    for side, tie in _rate_ties(report):
        if tie.proposal.form is not Form.GROWTH:
            yield from row_calculations(side, tie, "RAT303")


def rule_growth_column(report: Report) -> Iterator[Calculation]:
    """Compares the figures of a growth column (增长率, 增减%) with (this year − last year) ÷ last year × 100%.

    Precision: the rate to its printed places, the amounts as printed.
    Known false alarms: as in RAT303; growth from nil is not decided, nor is a fall printed without its sign.
    Example: 上年 400, 本年 450, 增长 12.5% holds; 15.2% is a contradiction where the other rows hold.
    """
    for side, tie in _rate_ties(report):
        if tie.proposal.form is Form.GROWTH:
            yield from row_calculations(side, tie, "RAT309")


def rule_average_row(report: Report) -> Iterator[Calculation]:
    """Compares a row of averages (全年平均执行率) with the mean of the rates above it in the same column.

    Precision: every rate to its printed places.
    Known false alarms: an average weighted by amounts; disagreement is therefore decided only where the rows are the
    quarters or months of a year.
    Example: 110%, 98%, 97% and 95% over 平均 100% holds; over 平均 102% it does not.
    """
    for grid in grids_of(report):
        for side in grid.sides:
            for column in side.columns:
                if column.kind is Kind.PERCENT:
                    yield from _averages(side, column)


@lru_cache(maxsize=1)
def _rate_ties(report: Report) -> tuple[tuple[Side, ColumnTie], ...]:
    """The reading chosen for each percent column of each table. Score rates are left to the score rules."""
    found = []
    score_rates = {i.rate.quantity_id for i in report.indicators if i.rate is not None}
    for grid in grids_of(report):
        for side in grid.sides:
            for column in side.columns:
                if column.kind is not Kind.PERCENT or is_schedule(column.path):
                    continue
                if not _holds_any(column, score_rates):
                    tie = choose(side, _proposals(side, column))
                    if tie is not None:
                        found.append((side, tie))
    return tuple(found)


def _holds_any(column: FigureColumn, quantity_ids: set[str]) -> bool:
    return any(
        slot.quantity is not None and slot.quantity.quantity_id in quantity_ids for slot in column.slots.values()
    )


def _proposals(side: Side, target: FigureColumn) -> Iterator[Proposal]:
    printed = _printed_formula(side, target)
    if printed is not None:
        yield printed
        return
    kind = rate_kind(target.path)
    others = [column for column in side.columns if column is not target]
    yield from _satisfactions(target, others)
    wholes = [row.index for row in side.rows if row.words.kind is RowKind.TOTAL]
    for above in others:
        if above.kind is not Kind.PERCENT:
            if kind is not RateKind.GROWTH:
                yield from _proportions(side, target, above)
            ground = Ground.WORDS if kind is RateKind.SHARE else Ground.FIGURES
            for whole in wholes:
                yield Proposal(Form.SHARE, ground, target, (above,), whole=whole)
        for below in others:
            if above is below or above.kind is not below.kind:
                continue
            if kind is not RateKind.GROWTH:
                yield Proposal(Form.RATIO, _ratio_ground(side, target, above, below), target, (above, below))
            if kind in (RateKind.GROWTH, RateKind.OTHER) and not _is_of_another(side, target, above, below):
                yield Proposal(Form.GROWTH, _growth_ground(kind, above, below), target, (above, below))
            if kind is RateKind.GROWTH and amount_kind(above.path) is AmountKind.CHANGE:
                yield Proposal(Form.RATIO, Ground.FIGURES, target, (above, below))


def _satisfactions(target: FigureColumn, others: list[FigureColumn]) -> Iterator[Proposal]:
    """满意度 as those of the first degrees among all of them; how many degrees count as satisfied the rows tell."""
    degrees = tuple(column for column in others if column.path and is_degree_header(column.path[-1]))
    counts = all(column.kind is degrees[0].kind is not Kind.PERCENT for column in degrees)
    if target.path and "满意" in target.path[-1] and counts:
        for first in range(1, len(degrees)):
            minus = tuple(place >= first for place in range(len(degrees)))
            yield Proposal(Form.SATISFACTION, Ground.NAMES, target, degrees, minus)


def _proportions(side: Side, target: FigureColumn, amount: FigureColumn) -> Iterator[Proposal]:
    """Rates of one whole outside the table, measured by the largest of them or by the one before it."""
    rated = [row.index for row in side.rows if (slot := target.slots.get(row.index)) is not None and slot.value > 0]
    progress = rate_kind(target.path) is RateKind.PROGRESS and is_cumulative_header(amount.path)
    ground = Ground.WORDS if progress else Ground.FIGURES
    for whole in sorted(rated, key=lambda row: -target.slots[row].value)[:2]:
        yield Proposal(Form.PROPORTION, ground, target, (amount,), whole=whole)


def _printed_formula(side: Side, target: FigureColumn) -> Proposal | None:
    """The ratio that the header of a rate column prints, by the letters or numbers of other headers."""
    formula = next((found for text in reversed(target.path) if (found := header_formula(text)) is not None), None)
    if formula is None or formula.numerator is None or formula.denominator is None:
        return None
    marks: dict[str, list[FigureColumn]] = {}
    for column in side.columns:
        mark = next((named for text in reversed(column.path) if (named := header_mark(text)) is not None), None)
        if mark is not None and column is not target:
            marks.setdefault(mark, []).append(column)
    above, below = marks.get(formula.numerator, []), marks.get(formula.denominator, [])
    if len(above) != 1 or len(below) != 1:
        return None
    return Proposal(Form.RATIO, Ground.FORMULA, target, (above[0], below[0]))


def _ratio_ground(side: Side, target: FigureColumn, above: FigureColumn, below: FigureColumn) -> Ground:
    """How well two columns fit a rate: by their words, or as the only two of a table that can make a budget rate.

    年初预算数 beside 全年预算数 is no rival: the self-evaluation form (财预〔2020〕10号) divides by the latter. Alone
    it does not settle the matter, as the budget may have been adjusted since.
    """
    if rate_kind(target.path) is not RateKind.PROGRESS or not _is_done(above) or not _is_planned(below):
        named = rate_counts(target.path, above.path) and not rate_counts(target.path, below.path)
        return Ground.NAMES if named else Ground.FIGURES
    if not is_budget_rate(target.path) or above.kind is Kind.PERCENT or is_initial_budget(below.path):
        return Ground.WORDS
    amounts = [column for column in side.columns if column.kind is above.kind]
    done = [column for column in amounts if _is_done(column)]
    planned = [column for column in amounts if _is_planned(column)]
    of_whole_year = [column for column in planned if any("全年" in text for text in column.path)]
    return Ground.LAYOUT if done == [above] and (of_whole_year or planned) == [below] else Ground.WORDS


def _is_planned(column: FigureColumn) -> bool:
    return amount_kind(column.path) is AmountKind.PLANNED


def _is_done(column: FigureColumn) -> bool:
    if column.kind is Kind.PERCENT:
        return rate_kind(column.path) is RateKind.PROGRESS
    return amount_kind(column.path) is AmountKind.DONE


def _is_of_another(side: Side, target: FigureColumn, now: FigureColumn, before: FigureColumn) -> bool:
    """Whether the header of a growth column names what another column holds (保费增减 beside 承保数量 and 上年保费)."""
    subject = growth_subject(target.path)
    holding = [column for column in side.columns if column is not target and subject in "".join(column.path)]
    return bool(subject) and bool(holding) and (now not in holding or before not in holding)


def _growth_ground(kind: RateKind, now: FigureColumn, before: FigureColumn) -> Ground:
    years = header_year(now.path), header_year(before.path)
    if None not in years and years[0] != years[1]:
        in_order = (years[0] or 0) > (years[1] or 0)
    else:
        in_order = amount_kind(before.path) is AmountKind.BEFORE and amount_kind(now.path) is not AmountKind.BEFORE
    return Ground.WORDS if in_order and kind is RateKind.GROWTH else Ground.FIGURES


def _averages(side: Side, column: FigureColumn) -> Iterator[Calculation]:
    above: list[Quantity] = []
    periods = True
    for row in side.rows:
        slot = column.slots.get(row.index)
        if slot is None or slot.quantity is None or slot.row != row.index:
            continue
        if is_average_label(row.label) and len(above) >= 2:
            yield Calculation(
                code="RAT310",
                subject=f"表中“{row.label}”",
                stated=slot.quantity,
                expression=Quotient(Sum(tuple(above)), Constant(Decimal(len(above)), str(len(above)))),
                severity=Severity.ERROR,
                quote=quote_row(side.table, row.index),
                doubt=None if periods else _OTHER_AVERAGE,
            )
            return
        periods = periods and any(word in row.label for word in ("季", "月"))
        above.append(slot.quantity)
