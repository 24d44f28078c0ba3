"""RAT: rates in running text (…率为 x%)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from patterns.relations.rate_words import may_be_plan_of
from patterns.relations.rates import Pair, Rate, find_rates, plans_for
from pipeline.model.arithmetic import agrees
from pipeline.model.check import Calculation, Severity
from pipeline.model.quantity import Quantity
from pipeline.model.report import Report
from pipeline.rules.carry_overs import rates_carried_over
from pipeline.rules.context import Context, Statement, context_of
from pipeline.rules.parallel_rates import rates_of_parts
from pipeline.rules.planned_rates import rate_of_plan
from pipeline.rules.quotients import TELLING_DIGITS, gives, quotient_percent, telling_digits
from pipeline.rules.rate_series import rates_in_series
from pipeline.rules.surveys import satisfaction_rates

_TELLING_IN_SENTENCE = 3
# How many paragraphs back the plan for a lone figure may stand.
_PARAGRAPHS_BACK = 3
# What a report on one project calls the whole of its money.
_OF_PROJECT = frozenset({"项目", "本项目", "该项目", "项目总"})


def rule_prose_rates(report: Report) -> Iterator[Calculation]:
    """Compares a rate in the text (执行率, 支出进度, 到位率, 控制率, …) with the quotient of the figures beside it.

    Which figures a rate divides is read from their roles: what was done (实际支出, 决算, 完成, 在编) by what was
    planned or provided (预算, 计划, 编制, 到位). Where the words allow several pairs, the one that holds is taken.
    Where a sentence tells no plan, the plan for the same subject in the sentences before it counts, and for things
    other than money the plan for the same thing and year anywhere in the report. 满意度 is the satisfied among the
    valid answers; a list of rates (分别为…) is measured by the one figure of which at least two of them hold; parts
    with a rate each (基本支出…，执行率…；项目支出…，执行率…) are measured by the one sentence that tells the budgets
    of them all and gives one of the rates to the digit.
    Precision: the rate to its printed places; the figures as printed, so that 27.73% holds for 1.94 of 7.00万元.
    Known false alarms: a rate may be measured against another budget than the one beside it. It accuses only where its
    sentence has one figure of either role, and no firmer than a warning where the budget is that of the year's
    beginning, the plan stands elsewhere, or several pairs fit and none holds. Degrees of satisfaction may be weighed:
    where several are told, a rate is only confirmed. Thresholds (90%以上, ≥95%) and targets are no results; rates above
    100% are none the worse for it.
    Example: 预算200万元，实际支出190万元，执行率96% is a contradiction; 95% holds.
    """
    context = context_of(report)
    measured: set[str] = set()
    for statement in context.told:
        if any(term.measure == "percent" for term in statement.wording.terms):
            for rate in find_rates(statement.wording):
                calculation = _likeliest(context, statement, rate)
                if calculation is not None:
                    measured.add(statement.quantities[rate.percent].quantity_id)
                    yield calculation
    for calculation in (*rates_of_parts(context), *rates_carried_over(context)):
        if calculation.stated.quantity_id not in measured:
            yield calculation
    yield from rates_in_series(context)
    yield from satisfaction_rates(context)


def _likeliest(context: Context, statement: Statement, rate: Rate) -> Calculation | None:
    """What the words of the sentence tie first, then the plans told before, then what the numbers alone confirm."""
    held = _held(statement, rate)
    if held is not None and (held.by_role or held in rate.rivals):
        return _made(statement, rate, held, Severity.ERROR)
    if held is None:
        accused = _accused(statement, rate)
        if accused is not None:
            return accused
    by_plan = rate_of_plan(context, statement, rate)
    if by_plan is None and held is not None:
        return _made(statement, rate, held, Severity.ERROR)
    return by_plan or _against_earlier_plan(context, statement, rate)


def proven_figures(context: Context, statement: Statement, rate: Rate) -> tuple[Quantity, Quantity] | None:
    """The one figure done and the one planned that a rate gives to the digit, with enough digits that no other two
    could be meant; the plan may stand in the sentences before."""
    percent = statement.quantities[rate.percent]
    if telling_digits(percent) < TELLING_DIGITS:
        return None
    figures = [_figures(statement, pair) for pair in rate.pairs if pair.by_role]
    if rate.lone is not None:
        done = statement.quantities[rate.lone]
        figures.extend(([done], [plan]) for plan in _earlier_plans(context, statement, rate))
    proven = [(above[0], below[0]) for above, below in figures if len(above) == len(below) == 1]
    proven = [pair for pair in proven if gives(percent, pair[:1], pair[1:])]
    return proven[0] if len({(done.value, plan.value) for done, plan in proven}) == 1 else None


def _accused(statement: Statement, rate: Rate) -> Calculation | None:
    """The pair that the words leave, where no pair holds."""
    if not rate.rivals or any(_agrees(statement, rate, pair) for pair in rate.rivals):
        return None
    if rate.only is not None:
        return _made(statement, rate, rate.only, Severity.ERROR if rate.firm else Severity.WARNING)
    return _made(statement, rate, rate.rivals[0], Severity.WARNING)


def _against_earlier_plan(context: Context, statement: Statement, rate: Rate) -> Calculation | None:
    """A rate of what was done alone, against the plan for the same subject in the sentences before."""
    if rate.lone is None:
        return None
    percent, done = statement.quantities[rate.percent], statement.quantities[rate.lone]
    plans = list(_earlier_plans(context, statement, rate))
    held = [plan for plan in plans if agrees(percent, quotient_percent((done,), (plan,)))]
    if not plans:
        return None
    return Calculation(
        code="RAT301",
        subject=f"“{rate.name}”",
        stated=percent,
        expression=quotient_percent((done,), ((held or plans)[0],)),
        severity=Severity.WARNING,
        quote=statement.quote(rate.start, rate.end),
    )


def _earlier_plans(context: Context, statement: Statement, rate: Rate) -> Iterator[Quantity]:
    """Plans for the subject of what was done, nearest first: in its paragraph, then in those before it in its section.

    The budget of the year's beginning is no plan for a rate of the adjusted one.
    """
    done = rate.lone or 0
    of_all = _OF_PROJECT if context.on_one_project else frozenset()
    for i in reversed(plans_for(statement.wording, done, range(done), statement.wording, of_all)):
        if may_be_plan_of(rate.name, statement.wording.head(i)):
            yield statement.quantities[i]
    if statement.place is not None:
        for earlier in context.paragraphs[max(0, statement.place - _PARAGRAPHS_BACK) : statement.place][::-1]:
            if not earlier.heading:
                reach = range(len(earlier.wording.terms))
                for i in reversed(plans_for(statement.wording, done, reach, earlier.wording, of_all)):
                    if may_be_plan_of(rate.name, earlier.wording.head(i)):
                        yield earlier.quantities[i]


def _held(statement: Statement, rate: Rate) -> Pair | None:
    """The likeliest pair that gives the rate: to the digit first, within the rounding of its figures only by role."""
    percent = statement.quantities[rate.percent]
    digits = telling_digits(percent)
    for pair in rate.pairs:
        above, below = _figures(statement, pair)
        needed = _TELLING_IN_SENTENCE if pair.close else TELLING_DIGITS
        if ((pair.by_role and pair.close) or digits >= needed) and gives(percent, above, below):
            return pair
    return next((pair for pair in rate.pairs if pair.by_role and pair.close and _agrees(statement, rate, pair)), None)


def _agrees(statement: Statement, rate: Rate, pair: Pair) -> bool:
    above, below = _figures(statement, pair)
    percent = statement.quantities[rate.percent]
    return _is_near(percent, above, below) and agrees(percent, quotient_percent(above, below))


def _figures(statement: Statement, pair: Pair) -> tuple[list[Quantity], list[Quantity]]:
    return [statement.quantities[i] for i in pair.numerator], [statement.quantities[i] for i in pair.denominator]


def _is_near(percent: Quantity, above: Sequence[Quantity], below: Sequence[Quantity]) -> bool:
    """Cheap and generous: whether the printed values come close enough for the exact comparison to be worth making."""
    numerator = sum((quantity.value for quantity in above), Decimal(0))
    denominator = sum((quantity.value for quantity in below), Decimal(0))
    if denominator <= 0 or any(quantity.approximate for quantity in (percent, *above, *below)):
        return denominator > 0
    slack = (
        100 * sum((quantity.quantum for quantity in above), Decimal(0))
        + percent.value.copy_abs() * sum((quantity.quantum for quantity in below), Decimal(0))
        + denominator * percent.quantum
    )
    return abs(100 * numerator - percent.value * denominator) <= slack


def _made(statement: Statement, rate: Rate, pair: Pair, severity: Severity) -> Calculation:
    percent = statement.quantities[rate.percent]
    return Calculation(
        code="RAT301",
        subject=f"“{rate.name}”",
        stated=percent,
        expression=quotient_percent(*_figures(statement, pair)),
        severity=severity,
        quote=statement.quote(rate.start, rate.end),
    )
