"""Counts by state that stand side by side behind a count of all: “17个问题…，完成整改16个、基本完成1个”."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from patterns.relations.part_lists import Breakdown, Reading
from patterns.relations.wording import Wording

_STATE = regex.compile(
    r"(?:已|基本|部分|按期|提前|未|正在|尚未|超额|全部)(?:完成|办结|整改|实施|推进|达标|开工)|完成(?!率|时)|办结|未完成|不合格|满意|合格"
    r"|通过|达标|持平|提升的?有|下降的?有"
)
# Longest stretch of words between two counts of one list of states.
_SIDE_BY_SIDE = 24


def find_status_lists(wording: Wording) -> Iterator[Breakdown]:
    """“17个问题…，完成整改16个、基本完成1个”: counts by state that stand side by side, after a count of all."""
    for i in range(1, len(wording.terms) - 1):
        measure = wording.terms[i].measure
        run = [i]
        while run[-1] + 1 < len(wording.terms) and _is_next_status(wording, run[-1], measure):
            run.append(run[-1] + 1)
        if len(run) >= 2 and measure.startswith("count") and _states(wording, i):
            wholes = [j for j in range(i) if wording.terms[j].measure == measure and not _states(wording, j)][::-1]
            if wholes:
                start, end = wording.sentence_at(wording.terms[i].start)
                reading = Reading(tuple(run), False, False)
                yield Breakdown(tuple(wholes), 0, (reading,), "", False, start, end)


def _is_next_status(wording: Wording, i: int, measure: str) -> bool:
    between = wording.text[wording.terms[i].end : wording.terms[i + 1].start]
    return wording.terms[i + 1].measure == measure and _states(wording, i + 1) and len(between) <= _SIDE_BY_SIDE


def _states(wording: Wording, i: int) -> bool:
    """Whether the clause of a count says in which state it is, not just that it is."""
    return _STATE.search(wording.head(i)) is not None or _STATE.search(wording.tail(i)) is not None


# text, (whole, parts) as printed
STATUS_LIST_EXAMPLES: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    ("共17个问题，其间完成整改16个、基本完成1个。", (("17个", ("16个", "1个")),)),
    ("共17个问题，涉及单位16个、企业1个。", ()),
)
