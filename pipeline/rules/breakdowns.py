"""SUM: breakdowns in running text (其中, 包括, 分别为, 由…构成, lists of known parts)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import regex

from patterns.relations.breakdowns import find_breakdowns
from patterns.relations.part_lists import Breakdown, Reading
from patterns.relations.slips import are_swapped, is_slip, is_unit_slip
from pipeline.model.arithmetic import agrees, interval_of
from pipeline.model.check import Calculation, Severity, Sum
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.report import Report
from pipeline.rules.context import Statement, context_of
from pipeline.rules.part_sets import PartSets

_CODE = "SUM202"
# Among so few parts every choice of them is tried before a list is said not to add up.
_MOST_TRIED = 10
_LEAST_FIGURES = 2
_TELLING_PARTS = 3
_OVERLAP = regex.compile(r"重叠|交叉|重复|兼任|兼有|同时|并存")
_JOINT = regex.compile(r"[、和与及]\p{Han}{0,10}")
_HUNDRED = Fraction(100)


def rule_prose_breakdowns(report: Report) -> Iterator[Calculation]:
    """Compares a figure in the text with the sum of the parts that the same sentence breaks it down into.

    Parts are announced by words (其中, 包括, 分别为, 由…构成, a colon and a list, a bracket behind the figure) or known
    by their names (基本支出 and 项目支出, 人员经费 and 公用经费, the kinds of “三公” spending, 货物, 工程 and 服务, …).
    Where the words allow several readings, the one that holds is taken.
    Precision: whole and parts as printed; sums end to end.
    Known false alarms: 其中 often lists only some of the parts. Parts that stay below their whole are therefore a
    contradiction only where words (分别为, 构成, 两部分, a last part that bundles the rest) or a known partition make
    them all there is, where the report shows elsewhere that parts of these names are all (a list that adds up, the rows
    of a table with a total, an enumeration with its count), or where one wrong digit or unit would explain the
    difference; parts above their whole are one wherever nothing speaks for another reading.
    Example: 年初预算500万元，其中：基本支出320万元，项目支出200万元 is a contradiction; with 180万元 it holds.
    """
    found = [
        _Found(statement, breakdown, _held(statement, breakdown))
        for statement in context_of(report).told
        if len(statement.quantities) >= _LEAST_FIGURES
        for breakdown in find_breakdowns(statement.wording)
    ]
    sets = PartSets(report, [(one.statement, one.held.reading.parts) for one in found if one.held is not None])
    made: set[tuple[str, ...]] = set()
    for one in found:
        claim, severity, doubt = _claim(one, sets)
        parts = claim.reading.parts
        key = tuple(one.statement.quantities[i].quantity_id for i in (claim.whole, *parts))
        undecided = doubt is not None and (len(parts) == 1 or not one.breakdown.cue)
        if key not in made and not undecided:
            made.add(key)
            yield _made(one.statement, one.breakdown, claim, severity, doubt)


@dataclass(frozen=True, slots=True)
class _Claim:
    """One whole against one reading of its parts."""

    whole: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class _Found:
    """A breakdown with its statement, and what of it adds up, if anything."""

    statement: Statement
    breakdown: Breakdown
    held: _Claim | None


def _claim(found: _Found, sets: PartSets) -> tuple[_Claim, Severity, str | None]:
    """The reading that holds; where none does, the likeliest, how firmly it accuses and what leaves it in doubt."""
    if found.held is not None:
        return found.held, Severity.ERROR, None
    breakdown = found.breakdown
    first = _Claim(breakdown.wholes[0], breakdown.readings[0])
    return first, *_judge(found.statement, breakdown, first, sets)


def _held(statement: Statement, breakdown: Breakdown) -> _Claim | None:
    """The likeliest reading that adds up. A known partition right behind a figure is of no other, farther one."""
    first = breakdown.readings[0]
    own = breakdown.adjacent and breakdown.near and first.complete and first.certain
    for whole in breakdown.wholes[:1] if own else breakdown.wholes:
        for reading in breakdown.readings:
            plain = len(reading.parts) > 1 or whole == breakdown.wholes[0]
            if (
                plain
                and _adds_up(statement, whole, reading.parts)
                and _leaves_nothing_told(statement, breakdown, reading)
            ):
                return _Claim(whole, reading)
    return None


def _leaves_nothing_told(statement: Statement, breakdown: Breakdown, reading: Reading) -> bool:
    """Whether a part of the list may stand for all of it: not where nils make it add up and an amount is left over,
    nor where the shares of the whole list make up 100%."""
    longest = max((other.parts for other in breakdown.readings), key=len)
    left_over = any(statement.quantities[i].value for i in longest if i not in reading.parts)
    if left_over and _is_whole_by_shares(statement, longest):
        return False
    return not left_over or all(statement.quantities[i].value for i in reading.parts)


def _adds_up(statement: Statement, whole: int, parts: Sequence[int]) -> bool:
    return agrees(statement.quantities[whole], Sum(tuple(statement.quantities[i] for i in parts)))


def _judge(statement: Statement, breakdown: Breakdown, claim: _Claim, sets: PartSets) -> tuple[Severity, str | None]:
    """How firmly a list that adds up under no reading accuses, or what leaves it in doubt."""
    reading = claim.reading
    complete = reading.complete or _is_whole_by_shares(statement, reading.parts)
    parallel = (complete or reading.usual) and reading.certain
    other = _other_reading(statement, breakdown, claim, parallel)
    if other is not None:
        return Severity.WARNING, other
    rivals = breakdown.wholes[: max(1, breakdown.near)]
    firm = reading.certain and breakdown.adjacent and len(rivals) == 1
    # whichever figure is the whole, it is none that these parts make up
    sole = reading.certain and (breakdown.adjacent or len(breakdown.wholes) == 1 or breakdown.near > 0)
    if _exceeds(statement, claim):
        tied = breakdown.near or (complete and len(breakdown.wholes) == 1 and "分别" not in breakdown.cue)
        if not tied or not reading.certain:
            return Severity.WARNING, "所列各项之和超过总数，但无法确认各项是否并列"
        if any(not _exceeds(statement, _Claim(whole, reading)) for whole in rivals):
            return Severity.WARNING, None if breakdown.adjacent else "句中有几个总数，无法确认所列各项属于哪一个"
        return (Severity.ERROR if firm and len(reading.parts) > 1 else Severity.WARNING), None
    if complete and sole:
        money = statement.wording.terms[claim.whole].measure == "money"
        return (Severity.ERROR if firm and money else Severity.WARNING), None
    alone = reading.certain and breakdown.near > 0 and len(breakdown.wholes) == 1
    if alone and len(reading.parts) >= _TELLING_PARTS and _swap_explains(statement, claim):
        return Severity.WARNING, None
    if (reading.usual and (firm or alone)) or (firm and _explained(statement, claim)):
        return Severity.WARNING, None
    if sole and sets.hold(statement, reading.parts):
        return Severity.WARNING, None
    return Severity.WARNING, "“其中”可能未列全各项"


def _other_reading(statement: Statement, breakdown: Breakdown, claim: _Claim, parallel: bool) -> str | None:
    """What speaks for another reading of the list than that its parts make up the whole; None where nothing does."""
    if len(claim.reading.parts) >= 2 and not parallel and _some_add_up(statement, breakdown):
        return "所列各项中有部分之和等于总数，无法确认各项是否并列"
    if _OVERLAP.search(statement.text, breakdown.start, breakdown.end):
        return "所列各项有重叠"
    return "“其中”可能承接前面并列的几个数" if _of_whole_row(statement, claim) else None


def _of_whole_row(statement: Statement, claim: _Claim) -> bool:
    """Whether the parts may be those of several figures in a row before the cue (建议15件、提案22件，其中…)."""
    wording = statement.wording
    row = [claim.whole]
    while (
        row[0]
        and _JOINT.fullmatch(wording.lead(row[0]))
        and (wording.terms[row[0] - 1].measure == wording.terms[claim.whole].measure)
    ):
        row.insert(0, row[0] - 1)
    return len(row) > 1 and _total(statement, claim.reading.parts) <= _total(statement, row)


def _exceeds(statement: Statement, claim: _Claim) -> bool:
    whole = statement.quantities[claim.whole]
    return _total(statement, claim.reading.parts) > whole.value


def _total(statement: Statement, parts: Sequence[int]) -> Decimal:
    return sum((statement.quantities[i].value for i in parts), Decimal(0))


def _some_add_up(statement: Statement, breakdown: Breakdown) -> bool:
    """Whether some of the listed figures, two at least, make up a candidate for the whole: parts within parts."""
    longest = max((reading.parts for reading in breakdown.readings), key=len)
    parts = [i for i in longest if statement.quantities[i].value][:_MOST_TRIED]
    wholes = {statement.quantities[i].value for i in breakdown.wholes}
    return any(
        _total(statement, chosen) in wholes for size in range(2, len(parts)) for chosen in combinations(parts, size)
    )


def _swap_explains(statement: Statement, claim: _Claim) -> bool:
    """Whether two swapped digits in one of the figures account for the difference."""
    whole = statement.quantities[claim.whole]
    parts = [statement.quantities[i] for i in claim.reading.parts]
    total = sum((part.value for part in parts), Decimal(0))
    finest = min(whole.quantum, *(part.quantum for part in parts))
    meant = [(whole, total), *((part, whole.value - total + part.value) for part in parts)]
    return any(
        value > 0 and are_swapped(str(int(figure.value / finest)), str(int(value / finest))) for figure, value in meant
    )


def slip_explains(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether one wrong, dropped or swapped digit or a wrong unit, in the whole or in a part, accounts for their
    difference."""
    total = sum((part.value for part in parts), Decimal(0))
    finest = min(whole.quantum, *(part.quantum for part in parts))
    slack = sum((part.quantum for part in parts), whole.quantum) / 2
    meant = [(whole, total), *((part, whole.value - total + part.value) for part in parts)]
    return any(
        is_slip(figure.value, value, finest)
        or is_slip(figure.value, value, figure.quantum, finest)
        or (figure.kind is Kind.MONEY and is_unit_slip(figure.value, value, slack))
        for figure, value in meant
        if figure.value
    )


def _explained(statement: Statement, claim: _Claim) -> bool:
    return slip_explains(statement.quantities[claim.whole], [statement.quantities[i] for i in claim.reading.parts])


def _is_whole_by_shares(statement: Statement, parts: Sequence[int]) -> bool:
    """Whether each part carries its share and the shares add up to 100%: the report says that there is nothing else."""
    shares = [i + 1 for i in parts if i + 1 < len(statement.quantities)]
    if len(shares) < len(parts) or any(statement.wording.terms[i].measure != "percent" for i in shares):
        return False
    return all("占" in statement.wording.lead(i) for i in shares) and interval_of(
        Sum(tuple(statement.quantities[i] for i in shares))
    ).contains(_HUNDRED)


def _made(
    statement: Statement, breakdown: Breakdown, claim: _Claim, severity: Severity, doubt: str | None = None
) -> Calculation:
    stated = statement.quantities[claim.whole]
    return Calculation(
        code=_CODE,
        subject=f"“{stated.label}”与其各组成部分之和" if stated.label else "总数与其各组成部分之和",
        stated=stated,
        expression=Sum(tuple(statement.quantities[i] for i in claim.reading.parts)),
        severity=severity,
        quote=statement.quote(breakdown.start, breakdown.end),
        doubt=doubt,
    )
