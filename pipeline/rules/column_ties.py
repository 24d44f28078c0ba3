"""Which columns of a table are computed from which, row by row: row totals, differences, rates, shares, growth.

A header may say it outright (执行率(B/A), 3=1-2), by its place under a merged header (合计 | 基本支出 | 项目支出) or by
its words (执行率 beside 预算数 and 执行数). Several readings are tried; the table's own rows choose the one that holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum

from pipeline.model.check import Calculation, Expression, Product, Quotient, Severity, Sum
from pipeline.model.quantity import Quantity
from pipeline.rules.outcomes import Outcome, agreement
from pipeline.rules.quotients import HUNDRED_PERCENT, ONE
from pipeline.rules.table_context import FigureColumn, Side, Slot, quote_row

_HUNDRED = Decimal(100)
_ZERO = Decimal(0)
_NOT_CONFIRMED = "表内其他行不足以印证各列之间的关系"
_NOT_DECIDED = "可能以100%为上限、省略负号，或有未能读出的数字"


class Form(StrEnum):
    """How a column is computed from others of its row."""

    SUM = "sum"
    RATIO = "ratio"
    SHARE = "share"  # of the amount in one total row
    GROWTH = "growth"
    SATISFACTION = "satisfaction"  # those satisfied among all who answered
    PROPORTION = "proportion"  # rates of one whole that the table does not show, by the rate of another row
    RUNNING = "running"  # the running total above and what this row adds
    TO_DATE = "to_date"  # all rows down to this one


class Ground(IntEnum):
    """What says so, from the arithmetic alone to a printed formula."""

    FIGURES = 0
    NAMES = 1  # the rate is named for what it counts (回收率 beside 回收份数), its whole is not
    WORDS = 2
    LAYOUT = 3
    FORMULA = 4


_GUESSED = frozenset({Ground.FIGURES, Ground.NAMES})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A reading of a column. For a ratio or growth `terms` are numerator and denominator; for a share the amount,
    with `whole` as the row of the total; for a proportion the amount, with `whole` as the row that sets the measure;
    for running totals what each row adds, but for the rows in `closing`, which total the others and add nothing; for a
    sum the addends, those marked in `minus` taken away; for a satisfaction all degrees, those marked in `minus` not
    satisfied."""

    form: Form
    ground: Ground
    target: FigureColumn
    terms: tuple[FigureColumn, ...]
    minus: tuple[bool, ...] = ()
    whole: int | None = None
    closing: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class ColumnTie:
    """A proposal with what it comes to in each row. `rivals` is how many others rest on the same ground or a better."""

    proposal: Proposal
    outcomes: Mapping[int, Outcome]
    rivals: int

    def count(self, outcome: Outcome) -> int:
        return sum(1 for found in self.outcomes.values() if found is outcome)


def weigh(side: Side, proposal: Proposal) -> ColumnTie:
    """What a proposal comes to in every row of its side."""
    judge = _JUDGES[proposal.form]
    outcomes: dict[int, Outcome] = {}
    for row in side.rows:
        stated = proposal.target.slots.get(row.index)
        if stated is None or stated.quantity is None or stated.row != row.index or row.index == proposal.whole:
            continue
        terms = _term_slots(proposal, row.index)
        outcomes[row.index] = Outcome.UNREAD if terms is None else judge(stated, terms, proposal.minus)
    return ColumnTie(proposal, outcomes, 0)


def choose(side: Side, proposals: Iterable[Proposal]) -> ColumnTie | None:
    """The proposal that most rows confirm; among equals the one that fails least, then the better grounded."""
    ties = [weigh(side, proposal) for proposal in proposals]
    best = max(ties, key=_fit, default=None)
    if best is None:
        return None
    rivals = sum(1 for tie in ties if tie is not best and tie.proposal.ground >= best.proposal.ground)
    return ColumnTie(best.proposal, best.outcomes, rivals)


def _fit(tie: ColumnTie) -> tuple[bool, bool, int, int, int]:
    """A printed formula first, then ties that are more than a coincidence, then those that more rows confirm."""
    held, failed = tie.count(Outcome.HOLDS), tie.count(Outcome.FAILS)
    ground = tie.proposal.ground
    guessed = ground in _GUESSED or tie.proposal.form is Form.PROPORTION
    sound = not guessed or standing(tie)[1] is None
    return ground is Ground.FORMULA, sound, held - failed, tie.count(Outcome.HOLDS_WEAKLY), ground


def expression_at(proposal: Proposal, row: int) -> Expression | None:
    """The proposal's formula with the figures of a row; None where one is missing."""
    slots = _term_slots(proposal, row)
    if slots is None:
        return None
    figures = [slot.quantity for slot in slots]
    if proposal.form in (Form.SUM, Form.RUNNING, Form.TO_DATE):
        return _sum_expression(figures, proposal.minus)
    if proposal.form is Form.SATISFACTION:
        satisfied = [figure for figure, no in zip(figures, proposal.minus, strict=True) if not no]
        above, below = _sum_expression(satisfied, ()), _sum_expression(figures, ())
        return None if above is None or below is None else Product((Quotient(above, below), HUNDRED_PERCENT))
    known = [figure for figure in figures if figure is not None]
    if len(known) < len(figures):
        return None
    ratio = Quotient(known[0], known[1])
    match proposal.form:
        case Form.GROWTH:
            return Product((Sum((ratio, ONE), (False, True)), HUNDRED_PERCENT))
        case Form.PROPORTION:
            return Product((ratio, known[2]))
        case _:
            return Product((ratio, HUNDRED_PERCENT))


def _sum_expression(figures: Sequence[Quantity | None], minus: Sequence[bool]) -> Expression | None:
    flags = minus or (False,) * len(figures)
    known = [(figure, flag) for figure, flag in zip(figures, flags, strict=True) if figure is not None]
    if not known:
        return None
    return Sum(tuple(figure for figure, _ in known), tuple(flag for _, flag in known))


def _term_slots(proposal: Proposal, row: int) -> tuple[Slot, ...] | None:
    """The slots a row's formula takes; None where one could not be read."""
    places = [(column, row) for column in proposal.terms]
    amount, whole = proposal.terms[0], proposal.whole
    if whole is not None:
        places = [(amount, row), (amount, whole)]
        if proposal.form is Form.PROPORTION:
            places.append((proposal.target, whole))
    elif proposal.form is Form.RUNNING and row not in proposal.closing:
        above = [at for at in proposal.target.slots if at < row and at not in proposal.closing]
        places = [(proposal.target, above[-1]), (amount, row)] if above else [(amount, row)]
    elif proposal.form is Form.TO_DATE and row not in proposal.closing:
        places = [(amount, at) for at in proposal.target.slots if at <= row and at not in proposal.closing]
    slots = [column.slots.get(at) for column, at in places]
    known = tuple(slot for slot in slots if slot is not None)
    return known if len(known) == len(slots) else None


def _judge_sum(stated: Slot, terms: Sequence[Slot], minus: Sequence[bool]) -> Outcome:
    if all(slot.quantity is None for slot in terms):
        return Outcome.NOTHING
    value, half = _ZERO, stated.half
    filled = 0
    for slot, away in zip(terms, minus or (False,) * len(terms), strict=True):
        value += -slot.value if away else slot.value
        half += slot.half
        filled += slot.value != 0
    if abs(stated.value - value) > half:
        # A fall may be printed without its sign.
        return Outcome.UNREAD if any(minus) and abs(stated.value + value) <= half else Outcome.FAILS
    return agreement(filled)


def _judge_ratio(stated: Slot, terms: Sequence[Slot], _: Sequence[bool]) -> Outcome:
    above, below = terms
    if above.quantity is None or below.quantity is None or below.value - below.half <= 0:
        return Outcome.UNREAD
    if not _quotient_meets(stated.value, stated.half, above, below):
        return Outcome.UNREAD if stated.value == _HUNDRED and above.value > below.value else Outcome.FAILS
    if above.value == 0:
        return Outcome.TRIVIAL
    return Outcome.HOLDS_WEAKLY if above.value == below.value else Outcome.HOLDS


def _judge_satisfaction(stated: Slot, terms: Sequence[Slot], minus: Sequence[bool]) -> Outcome:
    satisfied = [slot for slot, no in zip(terms, minus, strict=True) if not no]
    if all(slot.quantity is None for slot in satisfied):
        return Outcome.UNREAD
    return _judge_ratio(stated, (_total(satisfied), _total(terms)), ())


def _total(slots: Sequence[Slot]) -> Slot:
    figure = next(slot.quantity for slot in slots if slot.quantity is not None)
    return Slot(figure, sum((s.value for s in slots), _ZERO), sum((s.half for s in slots), _ZERO), slots[0].row)


def _judge_growth(stated: Slot, terms: Sequence[Slot], _: Sequence[bool]) -> Outcome:
    now, before = terms
    if now.quantity is None or before.quantity is None or before.value - before.half <= 0:
        return Outcome.UNREAD
    if _quotient_meets(stated.value + _HUNDRED, stated.half, now, before):
        return Outcome.HOLDS if stated.value else Outcome.HOLDS_WEAKLY
    unsigned = now.value < before.value and _quotient_meets(_HUNDRED - stated.value, stated.half, now, before)
    return Outcome.UNREAD if unsigned else Outcome.FAILS


def _judge_proportion(stated: Slot, terms: Sequence[Slot], _: Sequence[bool]) -> Outcome:
    amount, whole, rate = terms
    if amount.quantity is None or whole.quantity is None or rate.quantity is None or whole.value - whole.half <= 0:
        return Outcome.UNREAD
    if min(amount.value, rate.value - rate.half, stated.value) < 0:
        return Outcome.UNREAD
    least = (rate.value - rate.half) * (amount.value - amount.half)
    most = (rate.value + rate.half) * (amount.value + amount.half)
    above = (stated.value + stated.half) * (whole.value + whole.half)
    below = (stated.value - stated.half) * (whole.value - whole.half)
    if least > above or most < below:
        return Outcome.FAILS
    if not amount.value:
        return Outcome.TRIVIAL
    return Outcome.HOLDS_WEAKLY if amount.value == whole.value else Outcome.HOLDS


def _quotient_meets(percent: Decimal, half: Decimal, above: Slot, below: Slot) -> bool:
    """Whether `percent` ± `half` and above ÷ below × 100 share a value. The denominator is above zero."""
    value = above.value
    if value < 0:
        value, percent = -value, -percent
    least, most = value - above.half, value + above.half
    narrow, wide = below.value - below.half, below.value + below.half
    lower_fits = least * _HUNDRED <= (percent + half) * (wide if least >= 0 else narrow)
    upper_fits = most * _HUNDRED >= (percent - half) * narrow
    return lower_fits and upper_fits


_JUDGES: dict[Form, Callable[[Slot, Sequence[Slot], Sequence[bool]], Outcome]] = {
    Form.SUM: _judge_sum,
    Form.RATIO: _judge_ratio,
    Form.SHARE: _judge_ratio,
    Form.SATISFACTION: _judge_satisfaction,
    Form.GROWTH: _judge_growth,
    Form.PROPORTION: _judge_proportion,
    Form.RUNNING: _judge_sum,
    Form.TO_DATE: _judge_sum,
}


def standing(tie: ColumnTie) -> tuple[Severity, str | None]:
    """How a row that fails is to be reported, and why it is not where the tie is not certain.

    Rows that repeat one figure count for half of those that put two together. Words alone may accuse the only row that
    fails when hardly any other row can speak for it, but only as a warning.
    """
    failed = tie.count(Outcome.FAILS)
    weight = tie.count(Outcome.HOLDS) + tie.count(Outcome.HOLDS_WEAKLY) // 2
    match tie.proposal.ground:
        case Ground.FORMULA:
            certain = failed <= 1 or weight > 0
        case Ground.LAYOUT:
            alone = failed == 1 and weight == 0 and not tie.rivals
            certain = alone or (weight >= failed and weight > 0)
        case Ground.WORDS if tie.proposal.form in (Form.RUNNING, Form.TO_DATE):
            certain = weight >= 1 and failed <= max(1, weight)
        case Ground.WORDS:
            certain = weight >= 2 and weight > failed
            if not certain and failed == 1 and tie.proposal.form in (Form.RATIO, Form.SHARE, Form.GROWTH):
                return Severity.WARNING, None
        case Ground.NAMES:
            certain = weight >= 2 and failed * 2 <= weight
            by_figures = weight >= 3 and failed * 3 <= weight
            # Some who answered may have left a question out: a sum of answers is never more than a warning.
            if certain and (tie.proposal.form is Form.SUM or not by_figures):
                return Severity.WARNING, None
        case Ground.FIGURES:
            certain = weight >= 3 and failed * 3 <= weight
    return Severity.ERROR, None if certain else _NOT_CONFIRMED


def row_calculations(side: Side, tie: ColumnTie, code: str) -> Iterator[Calculation]:
    """A calculation for every row in which a tie has something to compute.

    A tie that only its figures suggest, and not enough of them, is no tie: it yields nothing. Neither does a proportion
    to a whole outside the table, unless the rows show that it is the same for all.
    """
    severity, doubt = standing(tie)
    if doubt is not None and (tie.proposal.ground in _GUESSED or tie.proposal.form is Form.PROPORTION):
        return
    labels = {row.index: row.label for row in side.rows}
    for row, outcome in tie.outcomes.items():
        stated, expression = tie.proposal.target.slots[row].quantity, expression_at(tie.proposal, row)
        if stated is None or expression is None or outcome is Outcome.NOTHING:
            continue
        name = " ".join(part for part in (labels[row], tie.proposal.target.name) if part)
        yield Calculation(
            code=code,
            subject=f"表中“{name}”",
            stated=stated,
            expression=expression,
            severity=severity,
            quote=quote_row(side.table, row),
            doubt=_NOT_DECIDED if outcome is Outcome.UNREAD else doubt,
        )
