"""RAT: shares of a whole in running text (占…的 x%), and shares that should add up to 100%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import takewhile

import regex

from patterns.relations.shares import Share, find_shares, is_name_of_whole, names_whole
from pipeline.model.arithmetic import agrees
from pipeline.model.check import Calculation, Severity, Sum
from pipeline.model.quantity import Quantity
from pipeline.model.report import Report
from pipeline.rules.context import Context, Statement, context_of, year_of
from pipeline.rules.quotients import HUNDRED_PERCENT, is_telling, quotient_percent

# How many paragraphs back a whole may stand, and how many figures of its measure are tried.
_PARAGRAPHS_BACK = 3
_MOST_WHOLES = 16
# Shares that hold of one whole, so that it is the whole of their list beyond doubt.
_PROVING = 2
# How many units of its last place a share may move within the rounding of its part and still be judged.
_COARSEST = 10
_SHORT = regex.compile(r"(?:总)?(?:数|额|量|人数)$")
_AMONG = regex.compile(r"^[^，,;。]{0,6}[，,]?(?:其中|已|现已|其中已)")


@dataclass(frozen=True, slots=True)
class _Told:
    """A share with its figures. `whole` is how the words call the whole."""

    statement: Statement
    share: Share
    percent: Quantity
    part: Quantity

    def holds_of(self, whole: Quantity) -> bool:
        return whole.value >= self.part.value and agrees(self.percent, quotient_percent((self.part,), (whole,)))

    def is_fine(self, whole: Quantity) -> bool:
        """Whether the part is printed finely enough for its share to be told from others near it."""
        return 100 * self.part.quantum <= _COARSEST * self.percent.quantum * whole.value

    def proves(self, whole: Quantity) -> bool:
        """Whether the printed part and whole give the share to the digit, so that no other whole need be thought of."""
        off = abs(100 * self.part.value - self.percent.value * whole.value)
        return self.part.value > 0 and 2 * off <= self.percent.quantum * whole.value


def rule_prose_shares(report: Report) -> Iterator[Calculation]:
    """Compares a share in the text (占…的 x%) with its part divided by the whole.

    The whole is the figure that the words name, or the one of which most shares of the same list hold; else the only
    amount of the report that goes by just the name of the whole.
    Precision: the share to its printed places; part and whole as printed.
    Known false alarms: a whole of another scope under the same name. It accuses as an error where two other shares of
    the list hold of the same whole, the parts add up to it or it stands in place, as a warning where its name ties it
    or the part is told as the first of it (A，其中 B，占 x%).
    Example: 支出200万元，其中甲120万元，占60.00%；乙50万元，占25.00%；丙30万元，占16.00% is a contradiction (15.00%).
    """
    context = context_of(report)
    for group, whole in _groups(context):
        if whole is None:
            yield from (check for told in group for check in _of_whole_elsewhere(context, told))
            continue
        several = sum(told.proves(whole) for told in group) >= _PROVING
        made_up = _make_up(whole, group)
        for told in group:
            named = told.share.inline is not None or _is_named(told, whole, report)
            holds = told.holds_of(whole)
            proven = several or (made_up and told.is_fine(whole))
            if holds and (named or proven or is_telling(told.percent)):
                yield _share(told, whole, Severity.ERROR)
            elif not holds and (other := _among_others(told)) is not None:
                yield _share(*other, Severity.ERROR)
            elif not holds and not proven and (namesake := _namesake(context, told)) is not None:
                yield _share(told, namesake, Severity.WARNING)
            elif not holds and (proven or named):
                yield _share(
                    told, whole, Severity.ERROR if proven or told.share.inline is not None else Severity.WARNING
                )
            elif not holds:
                yield from _of_whole_elsewhere(context, told)


def _of_whole_elsewhere(context: Context, told: _Told) -> Iterator[Calculation]:
    """A share of a whole that only stands elsewhere in the report, where just one amount goes by its very name."""
    if not told.share.whole:
        return
    measure = told.statement.wording.terms[told.share.part].measure
    year = year_of(told.statement, told.share.part, context)
    named = [
        statement.quantities[i]
        for statement in context.paragraphs
        for i, term in enumerate(statement.wording.terms)
        if term.measure == measure
        and is_name_of_whole(told.share.whole, statement.wording.head(i))
        and year_of(statement, i, context) == year
    ]
    held = [whole for whole in named if told.holds_of(whole)]
    if held or len({whole.value for whole in named}) == 1:
        yield _share(told, (held or named)[0], Severity.WARNING)


def rule_shares_of_whole(report: Report) -> Iterator[Calculation]:
    """Checks that the shares of all parts of one whole add up to 100%.

    Precision: each share stands for ± half a unit of its last place, so that 33.33% three times holds.
    Known false alarms: parts left untold; it is checked only where the parts themselves add up to the whole.
    Example: shares of 71.73%, 11.11%, 2.07% and 15.16% of parts that add up to their whole are a contradiction.
    """
    for group, whole in _groups(context_of(report)):
        if whole is None or not _make_up(whole, group):
            continue
        shares = [told.percent for told in group]
        wrong = [told.percent for told in group if not told.holds_of(whole)]
        stated = wrong[0] if len(wrong) == 1 else max(shares, key=lambda share: share.value)
        others = tuple(share for share in shares if share is not stated)
        yield Calculation(
            code="RAT307",
            subject=f"“{whole.label}”各部分占比之和应为100%，其中“{stated.label}”",
            stated=stated,
            expression=Sum((HUNDRED_PERCENT, *others), (False, *(True for _ in others))),
            severity=Severity.ERROR,
            quote=_quote(group),
            doubt=_coarse(whole, group),
        )


def _make_up(whole: Quantity, group: Sequence[_Told]) -> bool:
    """Whether the parts of several shares add up to the whole."""
    return len(group) > 1 and agrees(whole, Sum(tuple(told.part for told in group)))


def _coarse(whole: Quantity, group: Sequence[_Told]) -> str | None:
    """What leaves it in doubt that the parts are all: amounts so coarse that one more part could hide in rounding."""
    slack = (sum((told.part.quantum for told in group), Decimal(0)) + whole.quantum) / 2
    missing = abs(100 - sum((told.percent.value for told in group), Decimal(0)))
    return "各部分金额取整较粗，可能另有未列部分" if 100 * slack > missing * whole.value else None


def _groups(context: Context) -> Iterator[tuple[list[_Told], Quantity | None]]:
    """Shares of one list with the whole that fits them best, None for a share with no figure near that could be it."""
    for listed in _lists(context):
        left = list(listed)
        while left:
            whole = _whole_of(context, left)
            if whole is None:
                yield left[:1], None
                left = left[1:]  # the first may be the whole of those behind it
                continue
            named_first = left[0].share.whole
            group = [told for told in left if told.share.inline is None and _may_share(told, named_first)] or left[:1]
            if left[0].share.inline is not None:
                group = left[:1]
            group = _of_one_list(context, group, whole)
            yield group, whole
            left = [told for told in left if told not in group]


def _of_one_list(context: Context, group: list[_Told], whole: Quantity) -> list[_Told]:
    """The shares of the group but for a second list in the same paragraph: those that fail of this whole and all hold
    of another one."""
    others = [told for told in group if not told.holds_of(whole)]
    rest = [told for told in group if told.holds_of(whole)]
    other = _whole_of(context, others) if len(others) >= _PROVING and rest else None
    second = other is not None and other.quantity_id != whole.quantity_id and all(told.proves(other) for told in others)
    return rest if second else group


def _may_share(told: _Told, whole_name: str) -> bool:
    return not told.share.whole or not whole_name or told.share.whole == whole_name


def _lists(context: Context) -> Iterator[list[_Told]]:
    """The shares of each statement; of paragraphs that follow each other with one share each, together."""
    run: list[_Told] = []
    last: int | None = None
    for statement in context.told:
        told = [
            _Told(statement, share, statement.quantities[share.percent], statement.quantities[share.part])
            for share in find_shares(statement.wording)
        ]
        follows = last is not None and statement.place == last + 1 and len(told) == 1
        if run and not follows:
            yield run
            run = []
        run.extend(told)
        last = statement.place if len(told) == 1 and (follows or not run[:-1]) else None
        if last is None and run:
            yield run
            run = []
    if run:
        yield run


def _whole_of(context: Context, listed: Sequence[_Told]) -> Quantity | None:
    """The whole of the first share's list: in place, or the candidate that most shares hold of, then by its name."""
    first = listed[0]
    if first.share.inline is not None:
        return first.statement.quantities[first.share.inline]
    group = [told for told in listed if told.share.inline is None and _may_share(told, first.share.whole)]
    candidates = list(_candidates(context, group))
    if not candidates:
        return None

    def fitness(item: tuple[int, tuple[Quantity, str]]) -> tuple[int, bool, int, int]:
        near, (whole, head) = item
        proven = sum(told.proves(whole) for told in group)
        named = names_whole(first.share.whole, head)
        return proven if proven >= _PROVING else 0, named, sum(told.holds_of(whole) for told in group), -near

    return max(enumerate(candidates), key=fitness)[1][0]


def _candidates(context: Context, group: Sequence[_Told]) -> Iterator[tuple[Quantity, str]]:
    """Figures of the parts' measure before the list and not among its parts, nearest first, with their heads."""
    first = group[0]
    measure = first.statement.wording.terms[first.share.part].measure
    parts = {told.part.quantity_id for told in group}
    found = 0
    for statement, limit in _before(context, first):
        for i in range(limit - 1, -1, -1):
            term, quantity = statement.wording.terms[i], statement.quantities[i]
            lead = statement.wording.lead(i)
            fits = quantity.value >= first.part.value or names_whole(first.share.whole, lead)
            if term.measure == measure and quantity.quantity_id not in parts and fits:
                yield quantity, lead
                found += 1
                if found == _MOST_WHOLES:
                    return


def _before(context: Context, first: _Told) -> Iterator[tuple[Statement, int]]:
    """The statement of a share up to its part, then the paragraphs before it."""
    yield first.statement, first.share.part
    if first.statement.place is None:
        return
    start = first.statement.place
    earlier = context.paragraphs[max(0, start - _PARAGRAPHS_BACK) : start][::-1]
    for statement in takewhile(lambda paragraph: not paragraph.heading, earlier):
        yield statement, len(statement.quantities)


def _is_named(told: _Told, whole: Quantity, report: Report) -> bool:
    """Whether the words of the share name this whole, or name none and give the part as the first of it (A，其中 B，占
    x%)."""
    if not told.share.whole:
        return _is_first_part(told, whole)
    if whole.value < told.part.value and told.percent.value < HUNDRED_PERCENT.value:
        return False
    place = context_of(report).find(whole)
    head = place[0].wording.lead(place[1]) if place is not None else whole.label
    return names_whole(told.share.whole, head)


def _namesake(context: Context, told: _Told) -> Quantity | None:
    """Another figure of the report's text that the share names as its whole, and of which it holds to the digit."""
    if not told.share.whole or not is_telling(told.percent):
        return None
    measure = told.statement.wording.terms[told.share.part].measure
    return next(
        (
            statement.quantities[i]
            for statement in context.paragraphs
            for i, term in enumerate(statement.wording.terms)
            if term.measure == measure
            and names_whole(told.share.whole, statement.wording.head(i))
            and told.proves(statement.quantities[i])
        ),
        None,
    )


def _among_others(told: _Told) -> tuple[_Told, Quantity] | None:
    """Two other figures of the share's sentence and the one before it that give it to the digit, the larger one named
    as the whole where the share names one (编制286人，其中…；实有269人，其中…，占编制数的94.06%)."""
    wording, percent = told.statement.wording, told.share.percent
    start = wording.sentence_at(wording.terms[percent].start)[0]
    since = wording.sentence_at(start - 1)[0] if start else start
    measure = wording.terms[told.share.part].measure
    same = [
        i for i in wording.terms_between(since, wording.terms[percent].start) if wording.terms[i].measure == measure
    ]
    name = _SHORT.sub("", told.share.whole)
    for i in same if is_telling(told.percent) else ():
        part = replace(told, part=told.statement.quantities[i])
        for j in same:
            whole = told.statement.quantities[j]
            here = wording.terms[i].start >= start and name in wording.lead(j)
            if here and part.part.value < whole.value and part.proves(whole):
                return part, whole
    return None


def _is_first_part(told: _Told, whole: Quantity) -> bool:
    """Whether the part stands right behind the whole and 其中 (or 已: A，已完成 B，占 x%)."""
    wording, part = told.statement.wording, told.share.part
    if not part or told.statement.quantities[part - 1].quantity_id != whole.quantity_id:
        return False
    between = wording.text[wording.terms[part - 1].end : wording.terms[part].start]
    return _AMONG.search(between) is not None and "。" not in between


def _share(told: _Told, whole: Quantity, severity: Severity) -> Calculation:
    start, end = told.statement.wording.sentence_at(told.statement.wording.terms[told.share.percent].start)
    return Calculation(
        code="RAT305",
        subject=f"“{told.part.label}”占“{whole.label}”的比重",
        stated=told.percent,
        expression=quotient_percent((told.part,), (whole,)),
        severity=severity,
        quote=told.statement.quote(start, end),
    )


def _quote(group: Sequence[_Told]) -> str:
    """The sentence of the shares, or their clauses where they stand in paragraphs of their own."""
    quotes = dict.fromkeys(told.statement.sentence_with(told.share.percent) for told in group)
    return " ".join(quotes)
