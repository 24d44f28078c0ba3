"""Averages: “人均 x 元” of an amount and heads, and the mean of a list of rates (“分别为…，平均 x%”)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import regex

from patterns.relations.wording import Wording


@dataclass(frozen=True, slots=True)
class Average:
    """An average (by index) and the pairs (amount, number) it may divide, or the figures it may be the mean of.

    `certain` says that nothing else could be meant: its sentence tells one amount and one number in the unit that it is
    the average for.
    """

    average: int
    pairs: tuple[tuple[int, int], ...]
    members: tuple[int, ...]
    certain: bool


_PER = regex.compile(
    r"(?:人均|户均|亩均|次均|[件台套辆笔车]均|平均每(?:人次|[人户次亩件台套个家笔辆])|每[人户次亩件台套个家]平均|单车平均|单位成本)(?:[\p{Han}]{0,8})"
    r"(?:约|为|达|:)*$"
)
_MEAN = regex.compile(r"(?:(?:全年|年度|季度|年|总体)?平均)[\p{Han}]{0,8}(?:率|进度|度|值)?(?:为|达到?|:)*$")
_COUNTED = regex.compile(
    r"(?P<count>[两二三四五六七八九])(?:项|类|个|者|组|次|轮)(?:[^，,;。:\d]{0,6})(?:的)?平均(?P<name>\p{Han}{0,6}[率度])(?:为|达到?|:|约)*$"
)
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_PER_THING = regex.compile(r"(?:平均每[场期次个家户村班所]|[户人村]均)[\p{Han}]{0,10}$")
_UNIT = regex.compile(
    r"(?P<before>[人户亩次件台套辆笔村])均|每(?P<behind>人次|[人户次亩件台套家场期村班所个笔辆])|单(?P<car>车)平均"
)
_ALIKE = {"人": ("count:人", "count:人次"), "车": ("count:辆",), "亩": ("area:亩",)}
_IN_ALL = regex.compile(r"共|合计|总|累计|^[、，]$|面积")
_EACH = regex.compile(r"(?:分别|依次)(?:为|是|达到?)?")
_MEAN_OF_LIST = regex.compile(r"^[，,；;](?:最终|综合)?(?:年均|平均)[\p{Han}]{0,6}(?:为|是)?$")
_PER_PERSON = regex.compile(r"人均|每人")
_PERSONS = frozenset({"count:人", "count:人次"})
_REACH = 6


def find_averages(wording: Wording) -> Iterator[Average]:
    """Every average of the text with what it may be the average of."""
    for i, term in enumerate(wording.terms):
        lead = wording.lead(i)
        start = wording.sentence_at(term.start)[0]
        if term.measure == "percent" and _MEAN.search(lead):
            members = _listed(wording, i, start) or _counted(wording, i, start)
            if len(members) >= 2 and all(wording.terms[j].measure == "percent" for j in members):
                yield Average(i, (), members, True)
        elif term.measure.startswith(("count:", "area:")) and _PER_THING.search(lead):
            units = _units_of(lead)
            others = [j for j in wording.terms_between(*wording.sentence_at(term.start)) if j != i]
            amounts = [
                j for j in others if wording.terms[j].measure == term.measure and _IN_ALL.search(wording.head(j))
            ]
            amounts = amounts or [j for j in others if wording.terms[j].measure == term.measure]
            numbers = [j for j in others if wording.terms[j].measure in units]
            if len(amounts) == len(numbers) == 1:
                yield Average(i, ((amounts[0], numbers[0]),), (), True)
        elif (term.measure == "money" or term.measure.startswith("price:")) and _PER.search(lead):
            near = range(max(0, i - _REACH), i)
            persons = _PER_PERSON.search(lead) is not None
            amounts = [j for j in near if wording.terms[j].measure == "money"][::-1]
            numbers = [
                j
                for j in near
                if wording.terms[j].measure.startswith(("count", "area", "other"))
                and (not persons or wording.terms[j].measure in _PERSONS)
            ][::-1]
            pairs = tuple((a, n) for n in numbers for a in amounts)
            if pairs:
                yield Average(i, pairs, (), _is_certain(wording, i, start, lead))
        elif term.measure in ("money", "score") and _MEAN_OF_LIST.search(lead):
            members = _listed(wording, i, start)
            if len(members) >= 2 and all(wording.terms[j].measure == term.measure for j in members):
                yield Average(i, (), members, True)


def _units_of(lead: str) -> tuple[str, ...]:
    """The measures of what an average is for one of: people or visits for 人均, none where the words name no unit."""
    match = _UNIT.search(lead)
    if match is None:
        return ()
    unit = match.group("before") or match.group("behind") or match.group("car")
    return _ALIKE.get(unit, (f"count:{unit}",))


def _is_certain(wording: Wording, average: int, start: int, lead: str) -> bool:
    """Whether the sentence tells one amount and one number in the unit of the average before it, and nothing else."""
    units = _units_of(lead)
    before = list(wording.terms_between(start, wording.terms[average].start))
    measures = [wording.terms[i].measure for i in before]
    exact = all(wording.terms[i].approximate is None for i in before)
    return exact and len(measures) == 2 and measures.count("money") == 1 and any(unit in measures for unit in units)


def _listed(wording: Wording, average: int, start: int) -> tuple[int, ...]:
    """The figures of the list right before an average: those behind 分别为 or 依次为, joined by 、 and 和 only."""
    each = [match.end() for match in _EACH.finditer(wording.text, start, wording.terms[average].start)]
    if not each:
        return ()
    members = wording.terms_between(each[-1], wording.terms[average].start)
    joints = [wording.text[wording.terms[a].end : wording.terms[b].start] for a, b in pairwise(members)]
    plain = all(joint in ("、", "和", "，", "与", "及", ",") for joint in joints)
    return tuple(members) if plain and len({wording.terms[i].measure for i in members}) == 1 else ()


def _counted(wording: Wording, average: int, start: int) -> tuple[int, ...]:
    """The rates that a mean says how many it is of (三项平均满意度): all that its sentence tells before it, if they are
    as many and each is called by the very word."""
    match = _COUNTED.search(wording.text, start, wording.terms[average].start)
    if match is None or match.end() != wording.terms[average].start:
        return ()
    count, name = _COUNTS[match.group("count")], match.group("name")
    before = wording.terms_between(start, match.start())
    rates = [i for i in before if wording.terms[i].measure == "percent"]
    plain = len(rates) == count and rates == list(before[-count:])
    return tuple(rates) if plain and all(name in wording.head(i) for i in rates) else ()


# text, (average, pairs or members) as printed
AVERAGE_EXAMPLES: tuple[tuple[str, tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]], ...] = (
    ("接待费3.6万元，接待40批次、300人次，人均120元。", (("120元", (("3.6万元", "300人次"),)),)),
    ("四个季度执行率分别为80%、90%、100%和90%，平均执行率90%。", (("90%", (("80%", "90%", "100%", "90%"),)),)),
    ("甲类满意度80%，乙类满意度90%，两项平均满意度为85%。", (("85%", (("80%", "90%"),)),)),
    ("两类对象中，甲类满意度80%，乙类满意度90%，两项平均满意度为85%。", (("85%", (("80%", "90%"),)),)),
    ("甲类满意度80%，乙类回收率90%，两项平均满意度为85%。", ()),
    ("甲类满意度80%，乙类满意度90%，三项平均满意度为85%。", ()),
    ("平均得分99分，支出80万元。", ()),
)
