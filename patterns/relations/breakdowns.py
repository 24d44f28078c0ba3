"""Breakdowns: a whole and its parts, as the words of a sentence tie them.

“A，其中：B x，C y”, “A（其中 B x）”, “包括”, “分别为”, “由…构成”, a colon and a list, and names that are known to
make up a whole (基本支出 and 项目支出); totals behind their parts are found by `totals_behind`. A sentence can often be
read in more than one way; a `Breakdown` holds every reading its words allow, the most certain first, and the numbers
may then choose between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import regex

from patterns.relations.asides import is_aside
from patterns.relations.part_lists import Breakdown, Reading, fit_together, is_per_unit
from patterns.relations.partitions import find_members
from patterns.relations.roles import Role, role_of
from patterns.relations.status_lists import find_status_lists
from patterns.relations.totals_behind import find_totals_behind
from patterns.relations.wording import Wording

_CUE = regex.compile(
    r"(?P<among>其中[:，,]?|主要?(?:包括|用于)以下(?:方面|几方面|项目)?[:，,]?|包括[:，,]?(?!但不限)|包含[:，,]?|(?<![包内所])含(?![税义金量有])[:，,]?)"
    r"|(?P<each>分别(?:为|是|达到|达|有|占)?[:，,]?(?=[^\d，。;]{0,4}[¥\d]))"
    r"|(?P<made>由(?=[^。;]{4,160}(?:构成|组成)))"
    r"|(?P<list>(?:结构|构成|组成|明细|分布|来源|分类|类别|具体)(?:情况|分布|如下|明细|结构|构成)*(?:为|是|如下|包括)?:)"
    r"|(?P<second>(?<=[;，,。])(?:[^，。;:]{0,8}按(?:照)?[^，。;:\d]{2,16}(?:分类?|划分|来看|性质|用途|来源|科目|类型|类别|功能|级次)[，,:])(?:其中)?[:，,]?)"
)
# Disclosures of state property list the vehicles of an office by use, all of them (共有车辆5辆，其中…).
_VEHICLES = regex.compile(r"共有(?:公务用?)?车辆\d{1,4}辆[，,。]?$")
_VEHICLES_REACH = 16
_MADE_END = regex.compile(r"(?:构成|组成)")
_COUNTED_PARTS = regex.compile(
    r"(?P<count>[两二三四五六七八九])(?:大?部分|个部分|大?类|项|个方面|块)(?:构成|组成|为|是)?[:，,]?$"
)
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
# A kind of its own beside what goes on from before (延续性项目18个、新增项目10个), not a change of the whole.
_NEW_ONES = regex.compile(r"(?:和|及|以及|与)?新增\p{Han}{0,6}")
_GOING_ON = regex.compile(r"延续|续建|跨年|存量|原有|结转")
# How far into its sentence a cue may stand that takes up the sentence before ("其中：…").
_OPENING = 2
_LEAST_PARTS = 2
_BRACKET = regex.compile(r"\([^()]*\)")
_JOINTS = frozenset({"、", "和", "与", "及", "以及", "，", ",", ";"})
# What is told of one of the parts (诈骗案件中电信网络诈骗486起) is a part of it, not of the whole.
_OF_A_PART = regex.compile(r"(?<=[，,;。、])\p{Han}{2,8}中(?![心央学小国型队医])[，,]?\p{Han}*$")
_SHARE_OF = regex.compile(r"[，,(]?占(?P<name>\p{Han}{2,8}?)(?:总数|人数|数)?的(?=\d)")
_PERIOD = regex.compile(r"[\d一二三四五六七八九十](?P<unit>月|季度|期|批|标段)")
_LAST_CLAUSE = regex.compile(r"[，,;:、]")
_BARE = "有为是约共达的另另有和及，,、:"
# What the last part of a list bundles all the rest with: “事业收入等7万元”, “其余”, “其他地区”;
# 其他收入 and 其他支出 are kinds of their own.
_REST_OF_ALL = regex.compile(r"等$|等(?:为|是|共|合计)$|^(?:和|及|以及)?(?:其余|剩余|其[他它](?!收入|支出))")
_DENIED = regex.compile(r"(?:未|无|没有|不)(?:安排|发生|产生|列支|开支|新增)?[^，。;、\d]{2,30}")
_LEFT_OVER = regex.compile(r"(?:结转|结余|剩余|余额|未支出|未使用)[^，;。]{0,8}$")


_BOUNDS = frozenset({"以上", "以下"})


def find_breakdowns(wording: Wording) -> Iterator[Breakdown]:
    """Every breakdown of the text, in the order of their cues, then those that only their names announce."""
    used: set[tuple[int, ...]] = set()
    announced = tuple(_announced(wording))
    for found in (
        *announced,
        *_unannounced(wording, announced),
        *find_status_lists(wording),
        *find_totals_behind(wording),
    ):
        key = (found.wholes[0], *found.readings[0].parts)
        if key not in used:
            used.add(key)
            yield found


def _announced(wording: Wording) -> Iterator[Breakdown]:
    cues = list(_CUE.finditer(wording.text))
    for place, cue in enumerate(cues):
        if wording.in_plain_bracket(cue.start()):
            continue
        end = _list_end(wording, cue, cues[place + 1 :])
        bracket = wording.bracket_at(cue.start())
        indices = wording.at_level(wording.terms_between(cue.end(), end), bracket)
        parts = [i for i in indices if not is_aside(wording, i) or _is_new_kind(wording, i, indices)]
        parts = [i for i in parts if not is_per_unit(wording.head(i)) and not _is_of_a_part(wording, i, parts)]
        parts = [i for i in parts if wording.terms[i].approximate not in _BOUNDS]  # 其中20万元以上的村31个
        parts = _in_one_row(wording, parts) if cue.lastgroup == "each" else parts
        first = _first_of_whole(wording, cue, cues[:place]) if cue.lastgroup == "second" else cue
        yield from _breakdowns_of(wording, cue, first, parts, end)
    yield from _bracketed(wording, cues)


def _is_of_a_part(wording: Wording, i: int, parts: Sequence[int]) -> bool:
    """Whether a figure is told of another part: 诈骗案件中…486起, or with its share of it (占专任教师的65%)."""
    if _OF_A_PART.search(wording.lead(i)):
        return True
    share = _SHARE_OF.match(wording.text, wording.terms[i].end)
    return share is not None and any(share.group("name") in wording.head(j) for j in parts if j < i)


def _in_one_row(wording: Wording, parts: list[int]) -> list[int]:
    """The figures that 分别 lists: where a plain list begins with it (分别为 a、b 和 c), no more than that."""
    for place, (i, following) in enumerate(pairwise(parts), start=1):
        between = _BRACKET.sub("", wording.text[wording.terms[i].end : wording.terms[following].start])
        if between not in _JOINTS:
            return parts[:place] if place >= _LEAST_PARTS else parts
    return parts


def _told_alike(wording: Wording, cue: regex.Match[str], parts: list[int]) -> list[int]:
    """The parts told as the first is: where 其中 stands right before its figure (其中15万元收回), a figure with words
    of its own before it (实际支出465万元) is no part of that list."""
    if not parts or wording.text[cue.end() : wording.terms[parts[0]].start].strip(_BARE):
        return parts
    alike = [i for i in parts[1:] if not _LAST_CLAUSE.split(wording.lead(i))[-1].strip(_BARE)]
    end = wording.text.find(";", wording.terms[parts[0]].end)
    return [i for i in (parts[0], *alike) if end == -1 or wording.terms[i].start < end]


def _is_new_kind(wording: Wording, i: int, listed: Sequence[int]) -> bool:
    """Whether a count of what is new stands in a list beside one of the same measure of what goes on."""
    if _NEW_ONES.fullmatch(wording.head(i)) is None:
        return False
    measure = wording.terms[i].measure
    return any(wording.terms[j].measure == measure and _GOING_ON.search(wording.head(j)) for j in listed)


def _bracketed(wording: Wording, cues: Sequence[regex.Match[str]]) -> Iterator[Breakdown]:
    """“A 100万元（B 60万元，C 40万元）”: brackets that list figures without a word to announce them."""
    for opened, closed in wording.brackets:
        if any(opened < cue.start() < closed for cue in cues):
            continue
        before = [i for i in wording.terms_between(0, opened) if wording.terms[i].end == opened]
        inside = wording.at_level(wording.terms_between(opened, closed), (opened, closed))
        parts = [i for i in inside if not is_aside(wording, i)]
        if before and len(parts) >= 2:
            same = [i for i in parts if wording.terms[i].measure == wording.terms[before[0]].measure]
            if len(same) >= 2 and all(wording.terms[i].value <= wording.terms[before[0]].value for i in same):
                start = wording.sentence_at(opened)[0]
                readings = _readings(wording, same, exhaustive=False, nested=False, end=closed)
                yield Breakdown((before[0],), 1, readings, "(", True, start, closed + 1)


def _list_end(wording: Wording, cue: regex.Match[str], later: Iterable[regex.Match[str]]) -> int:
    """Where the list that `cue` announces ends: at its bracket, 构成, the next list of the same whole, the sentence."""
    bracket = wording.bracket_at(cue.start())
    end = bracket[1] if bracket else wording.sentence_at(cue.end() - 1 if cue.end() else 0)[1]
    if cue.lastgroup == "made":
        match = _MADE_END.search(wording.text, cue.end(), end)
        return match.start() if match else end
    for other in later:
        if other.start() >= end:
            break
        if wording.bracket_at(other.start()) != bracket:
            continue
        if other.lastgroup == "second":
            return other.start()
        # “…;B 20万元，其中：…”: B opens a breakdown of its own
        mark = wording.text.rfind(";", cue.end(), other.start())
        if mark == -1:
            mark = wording.text.rfind(";", cue.end(), other.start())
        if mark != -1 and other.lastgroup == "among":
            return mark
    return end


def _first_of_whole(wording: Wording, cue: regex.Match[str], earlier: Sequence[regex.Match[str]]) -> regex.Match[str]:
    """The cue of the list before a second one of the same whole (“A，其中：…；按性质分，…”), before which A stands."""
    start = wording.sentence_at(cue.start())[0]
    bracket = wording.bracket_at(cue.start())
    for other in earlier:
        if other.start() >= start and wording.bracket_at(other.start()) == bracket:
            return other
    return cue


def _breakdowns_of(
    wording: Wording, cue: regex.Match[str], first: regex.Match[str], parts: list[int], end: int
) -> Iterator[Breakdown]:
    """A breakdown for every measure among the parts, and for every role where planned and done figures alternate."""
    by_measure: dict[str, list[int]] = {}
    for i in parts:
        by_measure.setdefault(wording.terms[i].measure, []).append(i)
    for measure, group in by_measure.items():
        if measure in ("percent", "score") or measure.startswith("price"):
            continue
        group = group if cue.lastgroup == "each" else _told_alike(wording, cue, group)  # noqa: PLW2901
        near, remote = _wholes(wording, first, measure)
        exhaustive = _is_exhaustive(wording, cue, len(group))
        nested = _has_nested(wording, cue, end)
        for role, members in _by_role(wording, group):
            roles = {role, Role.UNKNOWN}
            close = [i for i in near if role is None or role_of(wording.head(i)) in roles]
            far = [i for i in remote if role is None or role_of(wording.head(i)) in roles]
            close, far = _of_their_role(wording, members, close, far)
            wholes = (*close, *far)
            if wholes and not _is_one_of_row(wording, cue, wholes[0]):
                yield Breakdown(
                    wholes=wholes,
                    near=len(close),
                    readings=_readings(wording, members, exhaustive=exhaustive, nested=nested, end=end),
                    cue=cue.group().strip(":，,"),
                    adjacent=_is_adjacent(wording, wholes[0], first.start()) and role is None,
                    start=min(wording.sentence_at(wording.terms[wholes[0]].start)[0], cue.start()),
                    end=end,
                )


def _is_one_of_row(wording: Wording, cue: regex.Match[str], whole: int) -> bool:
    """Whether the figure before 分别 is of one more period than those it lists (1—10月 A，11月、12月分别 B、C)."""
    if cue.lastgroup != "each":
        return False
    listed = _PERIOD.search(wording.text, wording.terms[whole].end, cue.start())
    own = _PERIOD.search(wording.head(whole))
    return listed is not None and own is not None and listed.group("unit") == own.group("unit")


def _wholes(wording: Wording, cue: regex.Match[str], measure: str) -> tuple[list[int], list[int]]:
    """The figures before the cue that its list may break down, nearest first: those of its own clauses, and others.

    A list in brackets breaks down the figure that the brackets follow, where one stands there.
    """
    bracket = wording.bracket_at(cue.start())
    if bracket is not None:
        inside = wording.at_level(wording.terms_between(bracket[0], cue.start()), bracket)
        direct = [i for i in wording.terms_between(0, bracket[0]) if wording.terms[i].end == bracket[0]]
        around = wording.at_level(
            wording.terms_between(wording.sentence_at(bracket[0])[0], bracket[0]), wording.bracket_at(bracket[0])
        )
        near = _fitting(wording, inside, measure) or _fitting(wording, direct, measure)
        return near[::-1], [i for i in _fitting(wording, around, measure)[::-1] if i not in near]
    start = wording.sentence_at(cue.start())[0]
    candidates = _fitting(wording, wording.at_level(wording.terms_between(start, cue.start()), None), measure)
    since = max(start, wording.text.rfind(";", start, cue.start()), _last_cue(wording, start, cue.start()))
    near = [i for i in candidates if wording.terms[i].start >= since]
    remote = [i for i in candidates if wording.terms[i].start < since]
    if not candidates and start:
        before = wording.sentence_at(start - 1)[0]
        remote = _fitting(wording, wording.at_level(wording.terms_between(before, start), None), measure)
        if cue.start() - start <= _OPENING and cue.lastgroup == "among":
            if len(remote) == 1:
                above = _fitting(wording, wording.at_level(wording.terms_between(0, before), None), measure)
                return ([], [*remote, *above[::-1]]) if above else (remote, [])
            # The list may be that of a whole told farther up, of which the sentence before tells other parts.
            earlier = wording.sentence_at(before - 1)[0] if before else before
            above = _fitting(wording, wording.at_level(wording.terms_between(earlier, before), None), measure)
            remote = [*above, *remote]
    return near[::-1], remote[::-1]


def _last_cue(wording: Wording, start: int, end: int) -> int:
    """Where the last list before `end` is announced, outside brackets; `start` where none is."""
    cues = [c.end() for c in _CUE.finditer(wording.text, start, end) if wording.bracket_at(c.start()) is None]
    return cues[-1] if cues else start


def _fitting(wording: Wording, candidates: Iterable[int], measure: str) -> list[int]:
    fitting = [i for i in candidates if wording.terms[i].measure == measure and not is_aside(wording, i)]
    return [i for i in fitting if not is_per_unit(wording.head(i))]


def _is_exhaustive(wording: Wording, cue: regex.Match[str], parts: int) -> bool:
    """Whether the words say that the parts are all there is."""
    if cue.lastgroup in ("each", "made"):
        return True
    if parts >= 2 and _VEHICLES.search(wording.text, max(0, cue.start() - _VEHICLES_REACH), cue.start()):
        return True
    before = wording.text[max(0, cue.start() - 12) : cue.end()].rstrip(":，,")
    counted = _COUNTED_PARTS.search(before)
    return counted is not None and _COUNTS[counted.group("count")] == parts


def _has_nested(wording: Wording, cue: regex.Match[str], end: int) -> bool:
    """Whether another list is announced within this one, outside brackets."""
    bracket = wording.bracket_at(cue.start())
    return any(
        wording.bracket_at(other.start()) == bracket and other.lastgroup in ("among", "each")
        for other in _CUE.finditer(wording.text, cue.end(), end)
    )


def _is_adjacent(wording: Wording, whole: int, cue_start: int) -> bool:
    return len(wording.text[wording.terms[whole].end : cue_start].strip("，,:; (。")) <= 1


def _by_role(wording: Wording, group: list[int]) -> list[tuple[Role | None, list[int]]]:
    """The list by roles where planned and done figures alternate in it, else the list as it is."""
    roles = [role_of(wording.head(i)) for i in group]
    planned = [i for i, role in zip(group, roles, strict=True) if role is Role.PLANNED]
    done = [i for i, role in zip(group, roles, strict=True) if role is Role.DONE]
    paired = len(planned) >= 2 and len(planned) == len(done) and len(planned) + len(done) == len(group)
    if paired and all(a < b for a, b in zip(planned, done, strict=True)):
        return [(Role.PLANNED, planned), (Role.DONE, done)]
    return [(None, group)]


def _of_their_role(
    wording: Wording, parts: Sequence[int], near: list[int], remote: list[int]
) -> tuple[list[int], list[int]]:
    """The wholes of the role that all the parts have (决算 of 决算), where there are such among the near ones."""
    roles = {role_of(wording.head(i)) for i in parts}
    role = roles.pop() if len(roles) == 1 else Role.UNKNOWN
    same = [i for i in near if role_of(wording.head(i)) is role]
    if role is Role.UNKNOWN or not same:
        return near, remote
    return same, [i for i in (*near, *remote) if i not in same]


def _readings(wording: Wording, parts: list[int], *, exhaustive: bool, nested: bool, end: int) -> tuple[Reading, ...]:
    """The whole list; the members of a known partition; the list up to a semicolon or without its last figures.

    Where the whole list is a known partition, every figure of it is a part: none is left out.
    """
    found: list[Reading] = []

    def add(members: Sequence[int], *, complete: bool, certain: bool, usual: bool = False) -> None:
        key = tuple(members)
        if key and all(reading.parts != key for reading in found):
            found.append(Reading(key, complete, certain, usual))

    listed = _up_to_semicolon(wording, parts)
    heads = [wording.head(i) for i in listed]
    stray = any(_LEFT_OVER.search(head) for head in heads)
    bundled = len(listed) >= _LEAST_PARTS and _REST_OF_ALL.search(heads[-1].strip()) is not None
    partitions = find_members(heads, _denied(wording, listed, end))
    known = any(len(members.places) == len(listed) for members in partitions)
    if bundled and not known:
        add(listed, complete=exhaustive, certain=not nested and not stray, usual=True)
    for members in (members for members in partitions if known or not members.usual):
        chosen = [listed[place] for place in members.places]
        entire = len(chosen) == len(listed)
        add(
            chosen,
            complete=entire and (members.complete or exhaustive),
            certain=entire and not nested,
            usual=entire and (members.usual or bundled),
        )
    add(listed, complete=exhaustive, certain=not nested and not stray)
    add(parts, complete=False, certain=False)
    for drop in range(1, len(parts) - 1):
        if not known or len(parts) - drop > len(listed):
            add(parts[:-drop], complete=False, certain=False)
    return tuple(found)


def _denied(wording: Wording, parts: list[int], end: int) -> str:
    """The words behind a list, in its sentence, that say that there is nothing of something."""
    return "".join(_DENIED.findall(wording.text, wording.terms[parts[-1]].end, end)) if parts else ""


def _up_to_semicolon(wording: Wording, parts: list[int]) -> list[int]:
    """The parts before the first semicolon where they are several: what follows it is no part of the list."""
    for place, (i, following) in enumerate(pairwise(parts), start=1):
        if ";" in wording.text[wording.terms[i].end : wording.terms[following].start]:
            return parts[:place] if place >= 2 else parts
    return parts


def _unannounced(wording: Wording, announced: Sequence[Breakdown]) -> Iterator[Breakdown]:
    """“实际支出 A，基本支出 B，项目支出 C”: members of a closed partition that follow a figure, without a cue."""
    listed = {i for breakdown in announced for reading in breakdown.readings for i in reading.parts}
    start = 0
    for end in wording.sentence_ends:
        indices = wording.at_level(wording.terms_between(start, end), None)
        plain = [i for i in indices if i not in listed and not is_aside(wording, i)]
        for measure in ("money", "count:人"):
            same = [i for i in plain if wording.terms[i].measure == measure]
            if len(same) > _LEAST_PARTS:
                yield from _named_parts(wording, same, start, end)
        start = end


def _named_parts(wording: Wording, same: list[int], start: int, end: int) -> Iterator[Breakdown]:
    taken: set[int] = set()
    for members in find_members([wording.head(i) for i in same]):
        first, last = members.places[0], members.places[-1]
        parts = [same[place] for place in members.places]
        side_by_side = last - first + 1 == len(parts)
        if not members.complete or not side_by_side or not first or taken & set(parts):
            continue
        if wording.lead(parts[0]).startswith("、"):
            continue  # one of a row, of which the figure before is another
        taken |= set(parts)
        wholes = same[:first][::-1]
        if fit_together(wording, (wholes[0], *parts)):
            reading = Reading(tuple(parts), True, len(wholes) == 1)
            adjacent = wholes[0] == parts[0] - 1
            yield Breakdown(tuple(wholes), 1, (reading,), "", adjacent, start, end)


# text, then of each breakdown its likeliest whole and the parts of its likeliest reading as printed
BREAKDOWN_EXAMPLES: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    ("年初预算50万元，其中:基本支出32万元，项目支出18万元。", (("50万元", ("32万元", "18万元")),)),
    ("支出50万元(其中人员30万元)，另有结余2万元。", (("50万元", ("30万元",)),)),
    ("支出50万元(人员30万元、公用20万元)。", (("50万元", ("30万元", "20万元")),)),
    ("支出50亿元，其中:拨款30亿元，事业收入等20亿元。", (("50亿元", ("30亿元", "20亿元")),)),
    ("资金50万元，由中央补助30万元和县级配套20万元构成，支出9万元。", (("50万元", ("30万元", "20万元")),)),
    ("总支出50万元，人员、公用分别为30万元、20万元。", (("50万元", ("30万元", "20万元")),)),
    ("支出50万元，基本支出30万元，项目支出20万元。", (("50万元", ("30万元", "20万元")),)),
    (
        "收入50万元，其中:拨款40万元，其他10万元;按支出性质分，基本30万元，项目20万元。",
        (("50万元", ("40万元", "10万元")), ("50万元", ("30万元", "20万元"))),
    ),
    ("预算50万元，实际支出48万元，执行率96%。", ()),
    ("支出50万元，比上年增加5万元。", ()),
    ("共20个项目，投资50万元。", ()),
)
