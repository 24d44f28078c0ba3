"""DUP: amounts that the text itself repeats: in another unit, and an item's amount in its own sentence."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from patterns.relations.restatements import find_conversions, find_item_amounts, rest_named
from patterns.relations.roles import Role, role_of
from patterns.relations.slips import are_swapped
from pipeline.model.check import Calculation, Severity
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.report import Report
from pipeline.rules.context import Context, Statement, context_of, year_of

# Digits that two figures must have in common, but for two swapped ones, to be taken for the same figure.
_TELLING_DIGITS = 6
_TELLING_BESIDE_NAME = 5
_LEAST_DIGITS = 3
_NAME_REACH = 10
_HAN = regex.compile(r"\p{Han}+")
_YEAR = regex.compile(r"(?:19|20)\d\d")


def rule_restatements(report: Report) -> Iterator[Calculation]:
    """Compares an amount with the same amount told again beside it.

    In another unit (18,650.00万元（约1.87亿元）, 1.76亿元，即17,600万元), or in the sentence about an item that carries
    its amount in its name (“…（项）”35.20万元，… 2024年预算安排35.20万元; only for the report's own year).
    Precision: both as printed.
    Known false alarms: none known; the words say that the two are one.
    Example: 总投资18,650.00万元（1.78亿元） is a contradiction; 1.87亿元 holds.
    """
    for statement in context_of(report).told:
        if len(statement.quantities) >= 2:
            pairs = (
                *find_conversions(statement.wording),
                *find_item_amounts(statement.wording, report.metadata.fiscal_year),
            )
            for first, again in pairs:
                yield _again(statement, first, again)


def _again(statement: Statement, first: int, again: int) -> Calculation:
    stated = statement.quantities[again]
    return Calculation(
        code="DUP401",
        subject=f"“{stated.label}”与前文同一数额" if stated.label else "同一数额的两处表述",
        stated=stated,
        expression=statement.quantities[first],
        severity=Severity.ERROR,
        quote=statement.quote(
            statement.wording.sentence_at(statement.wording.terms[first].start)[0], statement.wording.terms[again].end
        ),
    )


def rule_repeated_figures(report: Report) -> Iterator[Calculation]:
    """Confirms amounts, counts and areas that the text tells again under a like name.

    Precision: the same value in the same unit, three digits at least.
    Known false alarms: none; the rule does not accuse.
    Example: 入库资料7,345份 in two places.
    """
    first: dict[tuple[Decimal, str], list[tuple[Statement, int]]] = {}
    for statement in context_of(report).told:
        for i, term in enumerate(statement.wording.terms):
            if term.measure in ("percent", "score") or len(str(term.value.normalize()).strip("0.-")) < _LEAST_DIGITS:
                continue
            earlier = first.setdefault((term.value, term.measure), [])
            match = next((place for place in earlier if _alike(place, (statement, i))), None)
            if match is not None:
                yield _repeated(statement, i, match[0].quantities[match[1]])
            else:
                earlier.append((statement, i))


def _alike(first: tuple[Statement, int], second: tuple[Statement, int]) -> bool:
    """Whether two figures go by like names, or stand before the same words."""
    names = [_name(statement, i) for statement, i in (first, second)]
    pairs = [{name[k : k + 2] for k in range(len(name) - 1)} for name in names]
    common = pairs[0] & pairs[1]
    return 2 * len(common) >= min(len(pairs[0]), len(pairs[1])) > 0


def _name(statement: Statement, i: int) -> str:
    return "".join(_HAN.findall(statement.wording.head(i)[-_NAME_REACH:] + statement.wording.tail(i)[:_NAME_REACH]))


def _repeated(statement: Statement, i: int, earlier: Quantity) -> Calculation:
    quantity = statement.quantities[i]
    return Calculation(
        code="DUP405",
        subject=f"“{quantity.label}”的再次表述",
        stated=quantity,
        expression=earlier,
        severity=Severity.NOTE,
        quote=statement.sentence_with(i),
        doubt="仅凭名称相近，不能确定两处所指相同",
    )


def rule_near_twins(report: Report) -> Iterator[Calculation]:
    """Looks for two amounts of the text that differ by two swapped digits only, both told as what was spent or planned.

    Precision: both amounts have the same unit and at least six digits, of which all but two neighbours agree; five
    digits are enough where both are called by the very same name of what is left (结余资金, 结转结余).
    Known false alarms: amounts that happen to be so alike; hence a warning, and only for amounts of one role (both
    决算 or 支出, both 预算) or name, of the same year.
    Example: 实际支出 24,618.35万元 in one place and 决算数 24,681.35万元 in another; 结余资金 318.42万元 and
    仍有结余资金 381.42万元.
    """
    context = context_of(report)
    amounts = [
        quantity
        for statement in context.paragraphs
        for quantity in statement.quantities
        if quantity.kind is Kind.MONEY and _digits(quantity) >= _TELLING_BESIDE_NAME
    ]
    by_key: dict[tuple[Decimal, str], list[Quantity]] = {}
    for quantity in amounts:
        by_key.setdefault((quantity.quantum, "".join(sorted(_printed_digits(quantity)))), []).append(quantity)
    for alike in by_key.values():
        values = list({quantity.value: quantity for quantity in alike}.values())
        for place, later in enumerate(values):
            for earlier in values[:place]:
                if are_swapped(_printed_digits(earlier), _printed_digits(later)) and _same_thing(
                    context, earlier, later
                ):
                    yield _twin(context, earlier, later)


def _printed_digits(quantity: Quantity) -> str:
    return str(int(abs(quantity.value) / quantity.quantum))


def _digits(quantity: Quantity) -> int:
    return len(_printed_digits(quantity).rstrip("0"))


def _same_thing(context: Context, first: Quantity, second: Quantity) -> bool:
    telling = min(_digits(first), _digits(second)) >= _TELLING_DIGITS
    return (telling and _same_role(context, first, second)) or _same_rest(context, first, second)


def _same_rest(context: Context, first: Quantity, second: Quantity) -> bool:
    """Whether both are what is left of the money, called by the same name, of the same year."""
    places = [place for quantity in (first, second) if (place := context.find(quantity)) is not None]
    names = {rest_named(statement.wording.head(i)) for statement, i in places}
    years = {year_of(statement, i, context) for statement, i in places}
    return len(places) == 2 and len(names) == len(years) == 1 and None not in names


def _same_role(context: Context, first: Quantity, second: Quantity) -> bool:
    places = context.find(first), context.find(second)
    roles = {role_of(place[0].wording.head(place[1])) for place in places if place is not None}
    years = {year for quantity in (first, second) for year in _YEAR.findall(quantity.period or "")}
    return len(roles) == 1 and Role.UNKNOWN not in roles and len(years) <= 1


def _twin(context: Context, earlier: Quantity, later: Quantity) -> Calculation:
    place = context.find(later)
    quote = ""
    if place is not None:
        statement, i = place
        quote = statement.sentence_with(i)
    return Calculation(
        code="DUP404",
        subject=f"“{later.label}”与“{earlier.label}”（仅相邻两位数字颠倒，疑为同一数）",
        stated=later,
        expression=earlier,
        severity=Severity.WARNING,
        quote=quote,
    )
