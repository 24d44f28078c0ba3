"""Multiples: how many times one figure is another (A，为 B 的 N 倍; A，B，放大倍数 N 倍)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from patterns.relations.wording import Wording


@dataclass(frozen=True, slots=True)
class Multiple:
    """A multiple and the figure it is measured by, by index. `current` is the figure measured, None where it stands
    before the sentence; then `growth` may be the rate that it grew by and the figure it grew from."""

    times: int
    base: int
    current: int | None
    growth: tuple[int, int] | None = None


_TIMES = "other:倍"
_IS = regex.compile(r"^[，,]?(?:已|约|正好|恰)?(?:为|是|达到?|相当于)")
_COMPARED = regex.compile(r"[比较]")
# 带动倍数 and 杠杆倍数 may count the figure they start from too.
_NAMED = regex.compile(r"放大[\p{Han}]{0,4}倍数(?:为|是|达到?)?$")


def find_multiples(wording: Wording) -> Iterator[Multiple]:
    """Every exact multiple whose words give its base in place, or whose sentence tells two figures and names it for
    their quotient."""
    for i, term in enumerate(wording.terms):
        if term.measure != _TIMES or term.approximate is not None or not i:
            continue
        start = wording.sentence_at(term.start)[0]
        here = [j for j in wording.terms_between(start, term.start) if wording.terms[j].measure != _TIMES]
        found = _of_base(wording, i, here) or _named(wording, i, here)
        if found is not None:
            yield found


def _of_base(wording: Wording, times: int, here: list[int]) -> Multiple | None:
    """“A，为 B 的 N 倍”, where the sentence tells one figure before B that is not itself compared with."""
    base = times - 1
    between = wording.text[wording.terms[base].end : wording.terms[times].start]
    if base not in here or between != "的" or _IS.search(wording.lead(base)) is None:
        return None
    same = [j for j in here if j < base and wording.terms[j].measure == wording.terms[base].measure]
    level = [j for j in same if _COMPARED.search(wording.lead(j)) is None]
    if len(same) == 1 and level == same:
        return Multiple(times, base, level[0])
    if len(same) != 1 or level:
        return None
    rate = same[0] + 1
    grown = rate < base and wording.terms[rate].measure == "percent" and "增长" in wording.lead(rate)
    return Multiple(times, base, None, (rate, same[0])) if grown else None


def _named(wording: Wording, times: int, here: list[int]) -> Multiple | None:
    """“保障金额 A，财政补贴 B，放大倍数 N 倍”: the larger by the smaller of the only two figures."""
    if len(here) != 2 or _NAMED.search(wording.head(times)) is None:
        return None
    first, second = here
    if wording.terms[first].measure != wording.terms[second].measure or wording.terms[first].measure == "percent":
        return None
    larger, smaller = (first, second) if wording.terms[first].value > wording.terms[second].value else (second, first)
    return Multiple(times, smaller, larger)


# text, then (multiple, figure measured, base) as printed; the figure measured is empty where it stands elsewhere
MULTIPLE_EXAMPLES: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    ("带动社会投资11.8亿元，为贴息支出5,900万元的20倍。", (("20倍", "11.8亿元", "5,900万元"),)),
    ("比2023年的300万元增长10%，为2022年165万元的2倍。", (("2倍", "", "165万元"),)),
    ("保障金额800万元，财政补贴20万元，放大倍数40倍。", (("40倍", "800万元", "20万元"),)),
    ("全年预算700万元，为年初预算的3.5倍。", ()),
    ("甲项目30万元，乙项目20万元，为丙项目10万元的3倍。", ()),
    ("支出80万元，约为上年20万元的4倍多。", ()),
    ("财政投入200万元，社会投入1,800万元，带动倍数10倍。", ()),
    ("达到40倍得5分；保障金额800万元。", ()),
)
