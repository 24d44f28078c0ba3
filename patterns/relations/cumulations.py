"""Cumulative series: “第二季度支出 x，累计支出 y”, each total being the one before it and what was added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from patterns.relations.wording import Wording

_PERIOD = regex.compile(
    r"(?:第?(?P<quarter>[一二三四1-4])季度|(?<!\d)(?P<month>\d{1,2})月份?)(?![^，,;。]{0,6}(?:至|-|—))"
)
_CUMULATIVE = regex.compile(r"累计")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}


@dataclass(frozen=True, slots=True)
class Step:
    """One period of a series: its own figure, the running total behind it, and the running total before it (None for
    the first period), by index. `consecutive` says that the period before it is the one that directly precedes."""

    period: int
    own: int
    total: int
    before: int | None
    consecutive: bool


def find_steps(wording: Wording) -> Iterator[Step]:
    """The steps of every series of the text, in order."""
    last: dict[str, tuple[int, int]] = {}
    for total in range(1, len(wording.terms)):
        own = total - 1
        measure = wording.terms[total].measure
        if measure != wording.terms[own].measure or not _CUMULATIVE.search(wording.head(total)):
            continue
        period = _period(wording.lead(own))
        if period is None or _CUMULATIVE.search(wording.head(own)):
            continue
        previous = last.get(measure)
        before = previous[1] if previous is not None else None
        follows = previous is not None and previous[0] == period - 1
        yield Step(period, own, total, before, follows or (previous is None and period == 1))
        last[measure] = (period, total)


def _period(lead: str) -> int | None:
    matches = list(_PERIOD.finditer(lead))
    if not matches:
        return None
    quarter, month = matches[-1].group("quarter"), matches[-1].group("month")
    return _QUARTERS.get(quarter) or int(quarter) if quarter else int(month)


# text, then (own, total, total before) of each step as printed
CUMULATION_EXAMPLES: tuple[tuple[str, tuple[tuple[str, str, str | None], ...]], ...] = (
    (
        "第一季度支出20万元，累计支出20万元；第二季度支出15万元，累计支出35万元。",
        (("20万元", "20万元", None), ("15万元", "35万元", "20万元")),
    ),
    ("3月培训40人，累计培训100人。", (("40人", "100人", None),)),
    ("一季度支出20万元，二季度支出15万元。", ()),
    ("累计完成投资80万元，累计支付75万元。", ()),
)
