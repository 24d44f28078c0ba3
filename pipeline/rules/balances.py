"""SUM: balances in running text (年初 ± 调整 = 调整后, 预算 − 支出 = 剩余, 上年结转 + 收入 − 支出 = 年末结转)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from patterns.relations.changes import Balance, find_balances, names_rest
from patterns.relations.rate_words import FULFILMENT, kind_of
from patterns.relations.rates import find_rates
from patterns.relations.rosters import Roster, find_rosters
from pipeline.model.arithmetic import agrees
from pipeline.model.check import Calculation, Severity, Sum
from pipeline.model.report import Report
from pipeline.rules.carry_overs import carried_over
from pipeline.rules.context import Context, Statement, context_of
from pipeline.rules.rates import proven_figures


def rule_balances(report: Report) -> Iterator[Calculation]:
    """Compares a closing figure in the text with its opening and the changes named between them.

    调整后 = 年初 + 追加 − 调减; 剩余 = 预算 − 支出; 年末结转 = 上年结转 + 收入 − 支出; 年末人数 = 年初 + 招录 − 退休.
    What is left told beside a rate (执行率 x%，资金结余 B) is measured by the one pair of figures that gives the rate
    to the digit.
    Precision: all figures as printed; sums end to end.
    Known false alarms: changes may have been left untold. It accuses only where the closing is named as what the
    changes leave (调整后, 收回后, 剩余), opening and changes stand right before it and nothing else could be meant; a
    carry-over (结转结余) is only ever confirmed, for unspent budget is not carried over as a matter of course; but
    where its section tells one 总收入 and one 总支出 of the year before it, a carry-over that is their difference with
    two digits swapped, one dropped or one doubled gets a warning.
    Example: 年初预算300万元，追加50万元，调整后预算360万元 is a contradiction; 350万元 holds.
    """
    for statement in context_of(report).told:
        if len(statement.quantities) >= 3:
            for readings in find_balances(statement.wording):
                calculation = _calculation(statement, readings)
                if calculation is not None:
                    yield calculation
            for roster in find_rosters(statement.wording):
                calculation = _roster(statement, roster)
                if roster.certain or agrees(calculation.stated, calculation.expression):
                    yield calculation
        yield from _rests_of_rates(context_of(report), statement)
    yield from carried_over(context_of(report))


def _rests_of_rates(context: Context, statement: Statement) -> Iterator[Calculation]:
    """“实际支出 A，执行率 x%，资金结余 B”: what is left of the budget that the rate proves to be meant."""
    wording = statement.wording
    rests = [i for i, term in enumerate(wording.terms) if term.measure == "money" and names_rest(wording.head(i))]
    for rate in find_rates(wording) if rests else ():
        start, end = wording.sentence_at(wording.terms[rate.percent].start)
        here = [i for i in rests if start <= wording.terms[i].start < end]
        here = here or [i for i in rests if len(rests) == 1 and wording.terms[i].start >= end]
        proven = (
            proven_figures(context, statement, rate) if len(here) == 1 and kind_of(rate.name) is FULFILMENT else None
        )
        rest = statement.quantities[here[0]] if proven is not None else None
        if proven is not None and rest is not None and rest not in proven and proven[0].kind is rest.kind:
            yield Calculation(
                code="SUM203",
                subject=f"“{rest.label}”" if rest.label else "剩余数额",
                stated=rest,
                expression=Sum(proven[::-1], (False, True)),
                severity=Severity.WARNING,
                quote=statement.quote(start, wording.sentence_at(wording.terms[here[0]].start)[1]),
            )


def _roster(statement: Statement, roster: Roster) -> Calculation:
    closing = statement.quantities[roster.closing]
    terms = tuple(statement.quantities[i] for i, _ in roster.signed)
    return Calculation(
        code="SUM203",
        subject=f"“{closing.label}”" if closing.label else "变动后的数量",
        stated=closing,
        expression=Sum(terms, tuple(sign < 0 for _, sign in roster.signed)),
        severity=Severity.WARNING,
        quote=statement.sentence_with(roster.closing),
    )


def _calculation(statement: Statement, readings: Sequence[Balance]) -> Calculation | None:
    for balance in readings:
        if agrees(statement.quantities[balance.closing], _expression(statement, balance)):
            return _made(statement, balance)
    return next((_made(statement, balance) for balance in readings if balance.certain), None)


def _expression(statement: Statement, balance: Balance) -> Sum:
    return Sum(tuple(statement.quantities[i] for i, _ in balance.signed), tuple(sign < 0 for _, sign in balance.signed))


def _made(statement: Statement, balance: Balance) -> Calculation:
    closing = statement.quantities[balance.closing]
    wording = statement.wording
    first = min(balance.closing, *(i for i, _ in balance.signed))
    start = wording.sentence_at(wording.terms[first].start)[0]
    return Calculation(
        code="SUM203",
        subject=f"“{closing.label}”" if closing.label else "变动后的数额",
        stated=closing,
        expression=_expression(statement, balance),
        severity=Severity.ERROR if balance.firm else Severity.WARNING,
        quote=statement.quote(start, wording.sentence_at(wording.terms[balance.closing].start)[1]),
    )
