"""Enumerations: a count and its list (“资金管理、项目管理和资产管理3个方面”, “两条线路，分别为甲线、乙线”)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from patterns.relations.wording import Term, Wording


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A count (by index of its figure) and how many items its list may hold, the likeliest first.

    `quoted` says that the items are titles in quotation marks, which leaves no doubt where one ends; `open` that the
    list says itself that it is not whole (等, 主要包括); `each` that words tie the count to all of the list (分别为,
    共). The list stands at `[start, end)`.
    """

    count: int
    sizes: tuple[int, ...]
    quoted: bool
    open: bool
    start: int
    end: int
    each: bool = False


_LEAST, _MOST = 2, 60
# What a count may be that 分别为 or 共 ties to its list: slips go beyond the counts that lists usually have.
_MOST_TIED = 999
_LONG = 5
_TITLE = r"(?:《[^》《]{2,60}》(?:\([^()]{1,12}\))?|“[^”“]{2,30}”(?:\([^()]{1,30}\))?)"
_TITLES_BEFORE = regex.compile(
    rf"(?P<list>{_TITLE}(?:(?:、|和|及|与|以及|，)?{_TITLE})+)(?P<open>等)?(?:这|共|共计|合计)?$"
)
_ITEM = r"[^，,。;:、！？\d]{2,40}"
_LIST_BEFORE = regex.compile(rf"(?:^|[，,。;:]|\d年度?)(?P<list>{_ITEM}(?:、{_ITEM})*)$")
# Names this short before 共 are kinds of what is counted (财务、采购制度共31项), not the counted themselves.
_BARE_ITEM = 2
# A list with a count of its own is not that of a count before it (重点工作40项，涵盖治污、防洪四大领域).
_OWN_COUNT = regex.compile(r"[两二三四五六七八九十](?:大|个|项|类|方面|种|块)\p{Han}{0,5}$")
# A list that says of what kind the counted are (漏答、错答的问卷6份) is none of them.
_OF = regex.compile(r"、[^、，,;。]*的[\p{Han}]{2,6}$")
_GOES_ON = regex.compile(r"\p{Han}{1,8}、")
_OPEN_END = regex.compile(r"、?等(?:这|共|共计|合计|各)?$")
_OPEN_LIST = regex.compile(r"、?等[\p{Han}]{0,6}$")
_MORE = regex.compile(r"(?:下属|所属|其他|其余|另外?|直属|分布在[\p{Han}]{0,8})$")
_REMARK = regex.compile(r"(?<![”》])\([^()]*\)")
_TOTAL_END = regex.compile(r"(?:这|共|共计|合计)$")
_JOINED = regex.compile(r"(?<=[\p{Han}”》)]{2})(?:和|与|及|以及)(?=[\p{Han}“《]{2})")
_ANNOUNCED = regex.compile(
    r"[\p{Han}“”]{0,14}?(?:(?P<each>[，,]?(?:分别为|分别是):?)|(?P<plain>[，,]?(?:即:?|包括:?|具体为:?|具体是:?|具体包括:?|涵盖)|:|——)"
    r"|(?P<open>[，,]?主要(?:包括|为|是|有|涉及):?))"
)
_LIST_AFTER = regex.compile(rf"(?P<list>{_ITEM}(?:、{_ITEM})*)(?=[，,。;)]|$)")
_TITLES_AFTER = regex.compile(rf"(?P<list>{_TITLE}(?:(?:、|和|及|与|以及|，)?{_TITLE})+)(?P<open>等)?")
_COUNTED = regex.compile(r"count:(?:个|项|条|家|类|种|部|件|份|座|所|处|支|套)$")
_BODY = regex.compile(r"(?:[科室处局所院校站队股办县区镇乡村]|中心|公司|街道|[小中大]学)$")
_WORK = regex.compile(r"(?:项目|工程)$")
_NOT_COUNTED = regex.compile(r"(?:第|每|近|约|超|[余多]|平均|各)$")


def find_enumerations(wording: Wording) -> Iterator[Enumeration]:
    """Every count that a list stands right before or right behind."""
    for i, term in enumerate(wording.terms):
        if _is_countable(wording, term):
            found = _before(wording, i) or _behind(wording, i)
            if found is not None and (found.each or _LEAST <= term.value <= _MOST):
                yield found


def _is_countable(wording: Wording, term: Term) -> bool:
    whole = term.value == int(term.value)
    in_range = 0 <= term.value <= _MOST_TIED
    before = wording.text[max(0, term.start - 2) : term.start]
    return (
        whole
        and in_range
        and term.approximate is None
        and _COUNTED.match(term.measure) is not None
        and _NOT_COUNTED.search(before) is None
    )


def _before(wording: Wording, i: int) -> Enumeration | None:
    start = wording.sentence_at(wording.terms[i].start)[0]
    if i:
        start = max(start, wording.terms[i - 1].end)
    lead = _REMARK.sub(_filler, wording.text[start : wording.terms[i].start])
    if "(" in lead:
        # A count in a bracket is not that of a list outside it.
        start += lead.rindex("(") + 1
        lead = lead[lead.rindex("(") + 1 :]
    titles = _TITLES_BEFORE.search(lead)
    if titles is not None:
        size = len(regex.findall(_TITLE, titles.group("list")))
        return Enumeration(
            i, (size,), True, titles.group("open") is not None, start + titles.start("list"), start + len(lead)
        )
    is_open = _OPEN_END.search(lead) is not None
    plain = _TOTAL_END.sub("", _OPEN_END.sub("", lead))
    items = _LIST_BEFORE.search(plain)
    if items is None or _OF.search(plain) or _is_in_list(wording, i):
        return None
    inner = items.group("list").split("、")[1:-1]
    if inner and _TOTAL_END.search(lead) is not None and all(len(item) <= _BARE_ITEM for item in inner):
        return None
    sizes = _sizes(items.group("list"))
    if sizes == (1,):
        return None
    is_open = is_open or _MORE.search(plain) is not None
    in_all = plain != lead and min(sizes) >= _LONG
    return Enumeration(i, sizes, False, is_open, start + items.start("list"), start + len(lead), in_all)


def _is_in_list(wording: Wording, i: int) -> bool:
    """Whether a count, or the one before it, stands inside an item of a longer list (低保、两项补贴、临时救助)."""
    return any(
        _GOES_ON.match(wording.text, wording.terms[j].end) is not None
        for j in range(max(0, i - 1), i + 1)
        if wording.sentence_at(wording.terms[j].start) == wording.sentence_at(wording.terms[i].start)
    )


def _behind(wording: Wording, i: int) -> Enumeration | None:
    end = wording.terms[i].end
    announced = _ANNOUNCED.match(wording.text, end)
    if announced is None:
        return None
    hedged = announced.group("open") is not None
    titles = _TITLES_AFTER.match(wording.text, announced.end())
    if titles is not None:
        size = len(regex.findall(_TITLE, titles.group("list")))
        return Enumeration(i, (size,), True, hedged or titles.group("open") is not None, titles.start(), titles.end())
    plain = _REMARK.sub(_filler, wording.text)
    items = _LIST_AFTER.match(plain, announced.end())
    if items is None:
        return None
    listed = items.group("list")
    if _OWN_COUNT.search(listed):
        return None
    sizes = _sizes(_OPEN_LIST.sub("", listed))
    if sizes == (1,):
        return None
    is_open = hedged or _OPEN_LIST.search(listed) is not None
    each = announced.group("each") is not None
    return Enumeration(i, sizes, False, is_open, items.start(), items.end(), each)


_NOUN = regex.compile(r"[\p{Han}]{2,6}?(?=[^\p{Han}]|$|的|如下|具体|分别|包括|见表|执行|已|完成)")
_PARTIAL = regex.compile(r"主要|部分|重点(?:包括|有)|等:?$|例如|如:")
_RANGE = regex.compile(
    r"[\p{Han}]{0,6}\((?:详|具体)?见?附(?:件|表)(?P<first>\d{1,2})(?:至|到|-|—|~)(?:附(?:件|表))?(?P<last>\d{1,2})\)"
)
_FOLLOWED = regex.compile(r"如下|下表|见表|附表|以下|[:]$|——$")
_NUMBERED = regex.compile(r"(?:^|(?<=[。;:，,]))\(?(?P<ordinal>\d{1,2})(?:\)|[.、](?!\d))")


_SPOKEN_ORDINALS = "一二三四五六七八九十"
_SPOKEN = regex.compile(r"(?<=[:。;，,])(?P<ordinal>[一二三四五六七八九十])是")
_OPENS_SPOKEN = regex.compile(
    r"(?:大|个)?(?:方面|问题|措施|原因|特点|经验|做法|环节|建议|不足)?(?:的)?\p{Han}{0,8}[:。,，](?=一是)"
)


def announces_list(wording: Wording, i: int) -> bool:
    """Whether the words behind a count say that what is counted follows (具体如下, 见表2, a colon at the end)."""
    return _FOLLOWED.search(wording.text, wording.terms[i].end) is not None


def is_partial(wording: Wording, i: int) -> bool:
    """Whether the words behind a count say that only some of what is counted follows (主要包括)."""
    return _PARTIAL.search(wording.text, wording.terms[i].end) is not None


def range_size(wording: Wording, i: int) -> tuple[int, int, int] | None:
    """The size of a range in a bracket right behind a count (“21个（详见附件2至22）”), and where it stands."""
    match = _RANGE.match(wording.text, wording.terms[i].end)
    if match is None:
        return None
    first, last = int(match.group("first")), int(match.group("last"))
    return (last - first + 1, match.start("first"), match.end("last")) if last > first else None


def counted_noun(wording: Wording, i: int) -> str:
    """The noun right behind a count (“41个大类” counts 大类), at most six characters."""
    match = _NOUN.match(wording.text, wording.terms[i].end)
    return match.group() if match else ""


def spoken_items(wording: Wording, i: int) -> int:
    """How many items 一是…；二是…；三是… run on right behind a count in its paragraph; 0 where none do."""
    opened = _OPENS_SPOKEN.match(wording.text, wording.terms[i].end)
    if opened is None or wording.terms[i].value > len(_SPOKEN_ORDINALS):
        return 0
    size = 0
    for match in _SPOKEN.finditer(wording.text, opened.end() - 1):
        if match.group("ordinal") == _SPOKEN_ORDINALS[size : size + 1]:
            size += 1
        elif size:
            break
    return size


# text, how many items 一是… run on behind its first count
SPOKEN_EXAMPLES: tuple[tuple[str, int], ...] = (
    ("问题主要有四个方面：一是目标不细；二是拨付滞后；三是档案不全；四是管护不力。", 4),
    ("存在以下3个问题。一是目标不细。二是拨付滞后。", 2),
    ("共有3个项目，一期已完工。", 0),
)


def numbered_items(text: str, start: int) -> int:
    """How many items numbered (1), (2), … or 1. 2. … run on from 1 behind `start` in one paragraph."""
    size = 0
    for match in _NUMBERED.finditer(text, start):
        if int(match.group("ordinal")) == size + 1:
            size += 1
    return size


def _filler(remark: regex.Match[str]) -> str:
    """As many characters as a bracketed remark has, none of them a mark: its own list is not part of the list."""
    return "□" * len(remark.group())


def _sizes(listed: str) -> tuple[int, ...]:
    """How many items a list may hold: 、 part items, and a last 和 may part two or stand within one.

    It parts two for certain where it joins names of bodies of one kind (甲科和乙科), as no name of one thing does.
    """
    marks = listed.count("、")
    first, _, last = listed.rpartition("、")
    joined = len(_JOINED.findall(last))
    if joined == 1 and first:
        left, right = _JOINED.split(last, maxsplit=1)
        if _are_two(left, right, first):
            return (marks + 2,)
    likely = marks + 1 + (1 if joined else 0)
    return tuple(dict.fromkeys((likely, marks + 1, *(marks + 1 + more for more in range(1, joined + 1)))))


def _are_two(left: str, right: str, others: str) -> bool:
    """Whether two names joined by 和 are bodies of one kind, or works as another item of the list is one."""
    body, work = _BODY.search(left), _WORK.search(left)
    if body is not None:
        return _BODY.search(right) is not None and left.endswith(right[-1:])
    return work is not None and right.endswith(work.group()) and f"{work.group()}、" in f"{others}、"


# text, (count, sizes, quoted, open) as printed
ENUMERATION_EXAMPLES: tuple[tuple[str, tuple[tuple[str, tuple[int, ...], bool, bool], ...]], ...] = (
    ("主要涉及资金管理、项目管理、资产管理和制度管理四个二级指标。", (("四个", (4, 3), False, False),)),
    ("从经济性、效率性、公平性3个方面评价。", (("3个", (3,), False, False),)),
    ("分布在水务、交通、教育等5个领域。", (("5个", (3,), False, True),)),
    ("制定《财务制度》《采购制度》《资产制度》3项制度。", (("3项", (3,), True, False),)),
    ("开通两条示范线路，分别为甲线、乙线，运行平稳。", (("两条", (2,), False, False),)),
    ("确定2个试点项目:图书采购、设备更新，先行启动。", (("2个", (2,), False, False),)),
    ("下设事业单位2个，分别为评审中心和普查中心。", (("2个", (2, 1), False, False),)),
    ("内设综合科、审批科和信息科3个科室。", (("3个", (3,), False, False),)),
    ("涉及东山一小、清河中学和南岭小学3所学校。", (("3所", (3,), False, False),)),
    ("开展小区改造工程和绿化2项工作。", (("2项", (2, 1), False, False),)),
    ("下设事业单位22个，分别为评审中心和普查中心。", (("22个", (2, 1), False, False),)),
    ("全年召开会议12次。", ()),
    ("实施道路、桥梁1个项目。", ()),
    ("道路、桥梁、管网120个项目。", ()),
    ("完成项目5个，投资80万元。", ()),
)
