"""Totals told behind their parts: “甲 60万元，乙 40万元，合计100万元”, “一季度…四季度 x，全年支出 y”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from patterns.relations.asides import is_aside
from patterns.relations.part_lists import Breakdown, Reading, is_per_unit
from patterns.relations.partitions import find_members
from patterns.relations.roles import Role, role_of
from patterns.relations.wording import Wording

# Behind its parts a total needs no name of its own; what it has may say once more what the parts were.
_TOTAL = regex.compile(
    r"[，,;:、。]?(?:以上|上述|前述|各项|各类)?(?:[两二三四五六七八九十\d]{1,2}[项类笔个期批年者级处次块]\p{Han}{0,4})?(?:相加)?"
    r"(?:(?:合计|共计|总计|合共|总共|小计)(?P<told>[\p{Han}]{0,8}?)|[\p{Han}“”]{0,8}(?:合计|共计|总计|总数|总量|总额|总和)"
    r"|总(?:建筑|占地)?[面里容]积?程?量?)"
    r"(?:为|达到?|是|[:：])*"
)
_OF_YEARS = regex.compile(r"[，,;]?(?P<count>[两三四五二])年(?:累计|来累计|合计|共|间)[\p{Han}]{0,8}")
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_RUNNING = regex.compile(r"[，,;]?(?:累计|共|总共)(?:支付|支出|投入|发放|拨付|完成)[\p{Han}]{0,4}")
_WHOLE_YEAR = regex.compile(r"[，,;。]?(?:20\d\d年)?(?:全年|年度)(?:累计|共|合计|总)?[\p{Han}]{0,6}")
_PERIODS = frozenset({"季度", "半年"})
_NAME = regex.compile(r"[\p{Han}A-Za-z]{2,}")
_EACH = regex.compile(r"分别|依次")
_PLAIN_JOINTS = frozenset({"、", "和", "与", "及", "以及", "，", ","})
# What makes a list one of parts within parts, of running totals, or of things that are not added.
_NO_PLAIN_LIST = regex.compile(
    r"其中|包括|包含|[^包]含|累计|结余|剩余|结转|比例|标准(?!化)|单价|每|各(?![项类级部])|超过|以上|不低于|不超过|最高|最低"
)
# The total of other words may be of another thing than the parts.
_OTHER = regex.compile(r"占|完成|超|减|增|比|较|节|扣|剩|结")
_SENTENCE_WIDE = 12
_WHOLE = 100


def find_totals_behind(wording: Wording) -> Iterator[Breakdown]:
    """Every total whose parts stand before it in its sentence, with nothing else of their measure between."""
    for i, term in enumerate(wording.terms):
        if term.measure.startswith("price") or term.approximate is not None:
            continue
        if term.measure == "score" and not wording.head(i).endswith("扣"):
            continue
        if term.measure == "percent" and term.value != _WHOLE:
            continue
        start = wording.sentence_at(term.start)[0]
        parts = _parts_before(wording, i, start)
        if len(parts) >= 2 and _is_total_of(wording, i, parts):
            reading = Reading(tuple(parts), complete=True, certain=not _may_begin_earlier(wording, i, parts, start))
            yield Breakdown((i,), 1, (reading,), "合计", True, start, term.end)


def _parts_before(wording: Wording, total: int, start: int) -> list[int]:
    """All figures of the total's measure before it in its sentence, where they make a plain list; empty otherwise."""
    bracket = wording.bracket_at(wording.terms[total].start)
    level = wording.at_level(wording.terms_between(start, wording.terms[total].start), bracket)
    same = [i for i in level if wording.terms[i].measure == wording.terms[total].measure]
    plain = [i for i in same if not is_aside(wording, i)]
    if plain != same or not 2 <= len(same) <= _SENTENCE_WIDE:
        return []
    if _NO_PLAIN_LIST.search(wording.text, start, wording.terms[same[-1]].end):
        return []
    if any(is_per_unit(wording.head(i)) or wording.terms[i].approximate is not None for i in same):
        return []
    roles = {role_of(wording.head(i)) for i in same} - {Role.UNKNOWN}
    apart = _are_named_apart(wording, same, start)
    return same if apart and (len(roles) <= 1 or Role.DONE not in roles) else []


def _may_begin_earlier(wording: Wording, total: int, parts: Sequence[int], start: int) -> bool:
    """Whether what the parts lack of their total may stand in the sentences before."""
    measure = wording.terms[total].measure
    earlier = any(wording.terms[i].measure == measure for i in wording.terms_between(0, start))
    return earlier and sum(wording.terms[i].value for i in parts) < wording.terms[total].value


def _are_named_apart(wording: Wording, parts: Sequence[int], start: int) -> bool:
    """Whether each part has a name of its own, or a plain list of figures stands behind a list of names (分别)."""
    heads = [wording.head(i).strip() for i in parts]
    if all(_NAME.search(head) for head in heads) and len(set(heads)) == len(heads):
        return True
    return _is_row(wording, parts, start)


def _is_row(wording: Wording, parts: Sequence[int], start: int) -> bool:
    """Whether the parts are a plain list of figures behind 分别 or 依次."""
    between = [wording.text[wording.terms[a].end : wording.terms[b].start] for a, b in pairwise(parts)]
    plain = all(joint in _PLAIN_JOINTS for joint in between)
    return plain and _EACH.search(wording.text, start, wording.terms[parts[0]].start) is not None


def _is_total_of(wording: Wording, total: int, parts: Sequence[int]) -> bool:
    lead = wording.text[wording.terms[total - 1].end : wording.terms[total].start]
    lead = lead[lead.rfind(")") + 1 :]
    match = _TOTAL.fullmatch(lead)
    if match is not None:
        return _OTHER.search(lead) is None
    names = [wording.lead(i) for i in parts]
    of_years = _OF_YEARS.fullmatch(lead)
    if of_years is not None:
        return _COUNTS[of_years.group("count")] == len(parts)
    if _RUNNING.fullmatch(lead):
        start = wording.sentence_at(wording.terms[total].start)[0]
        return _is_row(wording, parts, start)
    if _WHOLE_YEAR.fullmatch(lead):
        return any(
            members.partition.name in _PERIODS and members.usual and len(members.places) == len(parts)
            for members in find_members(names)
        )
    return False


# text, (total, parts) as printed
TOTAL_BEHIND_EXAMPLES: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    ("甲镇60万元、乙镇40万元，合计100万元。", (("100万元", ("60万元", "40万元")),)),
    ("已完工28个，在建6个，未开工2个，项目总数36个。", (("36个", ("28个", "6个", "2个")),)),
    (
        "一季度支出20万元，二季度支出30万元，三季度支出25万元，四季度支出25万元，全年支出100万元。",
        (("100万元", ("20万元", "30万元", "25万元", "25万元")),),
    ),
    (
        "2021年、2022年、2023年分别投入30万元、35万元、42万元，三年累计投入107万元。",
        (("107万元", ("30万元", "35万元", "42万元")),),
    ),
    ("拨付甲公司60万元，拨付乙公司40万元，截至年底共支出105万元。", ()),
    ("预算60万元，支出40万元，合计100万元。", ()),
    ("全年支出100万元，其中人员60万元，公用40万元，合计100万元。", ()),
    ("每人每月补助600元，每户补助1,000元，合计补助60万元。", ()),
    ("一季度支出20万元，二季度支出30万元，全年支出100万元。", ()),
)
