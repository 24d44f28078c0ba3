"""CNT: people and posts (编制, 在编, 编外) told in different places of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from patterns.relations.headcounts import Group, Headcount, find_headcounts, is_outside_rate, is_staff_rate
from pipeline.model.arithmetic import agrees
from pipeline.model.check import Calculation, Expression, Severity, Sum
from pipeline.model.quantity import Quantity
from pipeline.model.report import Report
from pipeline.rules.context import Context, Statement, context_of
from pipeline.rules.quotients import quotient_percent


@dataclass(frozen=True, slots=True)
class _Counted:
    statement: Statement
    headcount: Headcount

    @property
    def quantity(self) -> Quantity:
        return self.statement.quantities[self.headcount.figure]


@dataclass(frozen=True)
class _Staffing:
    """All posts and people that the running text of a report counts."""

    counted: tuple[_Counted, ...]

    def of(self, group: Group, *, categorised: bool | None = None) -> list[_Counted]:
        return [
            c
            for c in self.counted
            if c.headcount.group is group and (categorised is None or bool(c.headcount.category) == categorised)
        ]

    @cached_property
    def posts(self) -> tuple[Sequence[Quantity], ...]:
        """The posts in all: a figure for all of them, or the sum of one figure for each category."""
        return tuple(_totals(self.of(Group.POSTS, categorised=False), self.of(Group.POSTS, categorised=True)))

    @cached_property
    def staff(self) -> tuple[Sequence[Quantity], ...]:
        """The staff in all: a figure for all of it, or the sum of the figures beside each category of posts."""
        every = self.of(Group.STAFF)
        beside = [c for c in every if c.headcount.beside is not None]
        alone = [c for c in every if c.headcount.beside is None]
        whole = [c for c in alone if not c.headcount.category]
        parts = beside or [c for c in alone if c.headcount.category]
        if len(beside) == 1 and not whole:
            whole, parts = beside, []
        return tuple(_totals(whole, parts))


def rule_headcounts(report: Report) -> Iterator[Calculation]:
    """Compares totals and rates of staff in the text with the posts and people counted elsewhere in it.

    在职人员总数（在编+编外） = 在编 + 编外; 在编人数 = the sum of the staff on each kind of post; 在职人员控制率 =
    在编 ÷ 编制; 编外人员控制率 = 编外 ÷ 在职总数.
    Precision: heads are exact; rates to their printed places.
    Known false alarms: counts of another date or scope (本级, 部门). It accuses only where posts and staff are told
    once each, and as a warning where the rate stands apart from them.
    Example: 行政编制12人，在编9人；事业编制30人，在编28人；编制内在职人员控制率100% is a contradiction (37/42, 88.10%).
    """
    context = context_of(report)
    staffing = _Staffing(tuple(_counted(context)))
    if staffing.counted:
        yield from _everyone(staffing)
        yield from _staff_in_all(staffing)
        yield from _rates(context, staffing)


def _counted(context: Context) -> Iterator[_Counted]:
    for statement in context.paragraphs:
        if statement.quantities and "人" in statement.text:
            yield from (_Counted(statement, headcount) for headcount in find_headcounts(statement.wording))


def _totals(whole: Sequence[_Counted], parts: Sequence[_Counted]) -> Iterator[Sequence[Quantity]]:
    """The readings of a total: each distinct figure for all, then the sum of one figure for each part."""
    for value in dict.fromkeys(c.quantity.value for c in whole):
        yield (next(c.quantity for c in whole if c.quantity.value == value),)
    categories = [c.headcount.category or str(c.headcount.beside) for c in parts]
    if parts and len(set(categories)) == len(categories):
        yield tuple(c.quantity for c in parts)


def _everyone(staffing: _Staffing) -> Iterator[Calculation]:
    """在职人员总数（在编+编外）: the words give the sum themselves."""
    outside = _distinct(staffing.of(Group.OUTSIDE))
    for total in staffing.of(Group.EVERYONE):
        if len(outside) != 1 or not staffing.staff:
            continue
        readings = [Sum((*staff, outside[0])) for staff in staffing.staff]
        held = [reading for reading in readings if agrees(total.quantity, reading)]
        single = len(staffing.staff) == 1
        yield _calculation(
            total,
            f"“{total.quantity.label}”（在编与编外之和）",
            (held or readings)[0],
            Severity.ERROR if single else Severity.WARNING,
            None if held or single else "在编人数有不同表述，无法确认取哪一个",
        )


def _staff_in_all(staffing: _Staffing) -> Iterator[Calculation]:
    """在编人数 told once for all and once for each kind of post."""
    beside = [c for c in staffing.of(Group.STAFF) if c.headcount.beside is not None]
    whole = [c for c in staffing.of(Group.STAFF, categorised=False) if c.headcount.beside is None]
    if len(beside) < 2 or len(whole) != 1 or "在编" not in whole[0].statement.wording.lead(whole[0].headcount.figure):
        return
    parts = Sum(tuple(c.quantity for c in beside))
    yield _calculation(
        whole[0],
        "在编人数与各类编制在编人数之和",
        parts,
        Severity.WARNING,
        None if agrees(whole[0].quantity, parts) else "各处人数的口径可能不同",
    )


def _rates(context: Context, staffing: _Staffing) -> Iterator[Calculation]:
    for statement in context.paragraphs:
        for i, term in enumerate(statement.wording.terms):
            if term.measure != "percent" or term.approximate is not None:
                continue
            start = statement.wording.sentence_at(term.start)[0]
            people = [
                j
                for j in statement.wording.terms_between(start, term.start)
                if statement.wording.terms[j].measure == "count:人"
            ]
            lead = statement.text[start : term.start]
            if len(people) < 2 and is_staff_rate(statement.wording.lead(i)):
                yield from _staff_rate(statement, i, staffing)
            elif is_outside_rate(lead):
                yield from _outside_rate(statement, i, staffing)


def _staff_rate(statement: Statement, percent: int, staffing: _Staffing) -> Iterator[Calculation]:
    readings = [quotient_percent(staff, posts) for posts in staffing.posts for staff in staffing.staff]
    certain = _is_one_number(staffing.posts) and _is_one_number(staffing.staff)
    yield from _rate(statement, percent, readings, certain)


def _outside_rate(statement: Statement, percent: int, staffing: _Staffing) -> Iterator[Calculation]:
    outside, everyone = _distinct(staffing.of(Group.OUTSIDE)), _distinct(staffing.of(Group.EVERYONE))
    readings = [quotient_percent((part,), (whole,)) for part in outside for whole in everyone]
    yield from _rate(statement, percent, readings, len(readings) == 1)


def _rate(statement: Statement, percent: int, readings: Sequence[Expression], certain: bool) -> Iterator[Calculation]:
    if not readings:
        return
    stated = statement.quantities[percent]
    held = [reading for reading in readings if agrees(stated, reading)]
    if held or certain:
        yield Calculation(
            code="CNT501",
            subject=f"“{stated.label}”",
            stated=stated,
            expression=(held or readings)[0],
            severity=Severity.WARNING,
            quote=statement.sentence_with(percent),
        )


def _is_one_number(totals: Sequence[Sequence[Quantity]]) -> bool:
    """Whether every reading of a total gives the same number."""
    return len({sum(quantity.value for quantity in reading) for reading in totals}) == 1


def _distinct(counted: Sequence[_Counted]) -> list[Quantity]:
    """One quantity for each number told."""
    return list({c.quantity.value: c.quantity for c in reversed(counted)}.values())


def _calculation(
    counted: _Counted, subject: str, expression: Expression, severity: Severity, doubt: str | None
) -> Calculation:
    statement = counted.statement
    return Calculation(
        code="CNT501",
        subject=subject,
        stated=counted.quantity,
        expression=expression,
        severity=severity,
        quote=statement.sentence_with(counted.headcount.figure),
        doubt=doubt,
    )
