"""Breakdowns: a whole and its parts, as the words of a sentence tie them.

“A，其中：B x，C y”, “A（其中 B x）”, “包括”, “分别为”, “由…构成”, a colon and a list, and names that are known to
make up a whole (基本支出 and 项目支出). A sentence can often be read in more than one way; a `Breakdown` holds every
reading its words allow, the most certain first, and the numbers may then choose between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from patterns.relations.changes import is_change
from patterns.relations.partitions import find_members
from patterns.relations.roles import Role, role_of
from patterns.relations.wording import Wording


@dataclass(frozen=True, slots=True)
class Reading:
    """Figures (by index) that together make up the whole. `complete` says that words or a known partition make them
    all there is; `certain` that nothing in the wording speaks for another reading of the list."""

    parts: tuple[int, ...]
    complete: bool
    certain: bool


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One list of parts: the figures that may be its whole, the likeliest first, and the readings of the list.

    `cue` is the word that announces the list, empty where only the names of the parts do. `adjacent` says that the
    first whole stands directly before the cue and no other figure of its measure competes for the place. The quote
    is `[start, end)` of the text.
    """

    wholes: tuple[int, ...]
    readings: tuple[Reading, ...]
    cue: str
    adjacent: bool
    start: int
    end: int


_CUE = regex.compile(
    r"(?P<among>其中[:，,]?|主要?(?:包括|用于)以下(?:方面|几方面|项目)?[:，,]?|包括[:，,]?(?!但不限)|包含[:，,]?|(?<![包内所])含(?![税义金量有])[:，,]?)"
    r"|(?P<each>分别(?:为|是|达到|达|有|占)?[:，,]?(?=[^\d，。;]{0,4}[¥\d]))"
    r"|(?P<made>由(?=[^。;]{4,160}(?:构成|组成)))"
    r"|(?P<list>(?:结构|构成|组成|明细|具体|情况|方面|如下|分布|来源|分类|类别)(?:情况|分布|如下|明细|结构|构成)*(?:为|是|如下|包括)?:)"
    r"|(?P<second>(?<=[;，,。])(?:[^，。;:]{0,8}按(?:照)?[^，。;:\d]{2,16}(?:分类?|划分|来看|性质|用途|来源|科目|类型|类别|功能|级次)[，,:])(?:其中)?[:，,]?)"
)
_MADE_END = regex.compile(r"(?:构成|组成)")
_COUNTED_PARTS = regex.compile(
    r"(?P<count>[两二三四五六七八九])(?:大?部分|个部分|大?类|项|个方面|块)(?:构成|组成|为|是)?[:，,]?$"
)
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
# A figure named only to be compared with or referred to: 占预算100万元的60%, 比上年的80万元, 以2020年100万元为基数.
_REFERRED = regex.compile(r"(?:占|按|比|较|与|同|以|从|由)[^，。;:]*$|完成[^，。;:]{0,12}$")
_REFERRED_TAIL = regex.compile(r"的?(?:[\d.]+%|[百\d]|比例|比重|相比|为基数)|的$")
_LEFT_OVER = regex.compile(r"(?:结转|结余|剩余|余额|未支出|未使用)[^，;。]{0,8}$")


def find_breakdowns(wording: Wording) -> Iterator[Breakdown]:
    """Every breakdown of the text, in the order of their cues, then those that only their names announce."""
    used: set[tuple[int, ...]] = set()
    for found in (*_announced(wording), *_unannounced(wording)):
        key = (found.wholes[0], *found.readings[0].parts)
        if key not in used:
            used.add(key)
            yield found


def _announced(wording: Wording) -> Iterator[Breakdown]:
    cues = list(_CUE.finditer(wording.text))
    for place, cue in enumerate(cues):
        end = _list_end(wording, cue, cues[place + 1 :])
        bracket = wording.bracket_at(cue.start())
        indices = wording.at_level(wording.terms_between(cue.end(), end), bracket)
        parts = [i for i in indices if not _is_aside(wording, i)]
        first = _first_of_whole(wording, cue, cues[:place]) if cue.lastgroup == "second" else cue
        yield from _breakdowns_of(wording, cue, first, parts, end)
    yield from _bracketed(wording, cues)


def _bracketed(wording: Wording, cues: Sequence[regex.Match[str]]) -> Iterator[Breakdown]:
    """“A 100万元（B 60万元，C 40万元）”: brackets that list figures without a word to announce them."""
    for opened, closed in wording.brackets:
        if any(opened < cue.start() < closed for cue in cues):
            continue
        before = [i for i in wording.terms_between(0, opened) if wording.terms[i].end == opened]
        inside = wording.at_level(wording.terms_between(opened, closed), (opened, closed))
        parts = [i for i in inside if not _is_aside(wording, i)]
        if before and len(parts) >= 2:
            same = [i for i in parts if wording.terms[i].measure == wording.terms[before[0]].measure]
            if len(same) >= 2:
                start = wording.sentence_at(opened)[0]
                readings = _readings(wording, same, exhaustive=False, nested=False)
                yield Breakdown((before[0],), readings, "(", True, start, closed + 1)


def _list_end(wording: Wording, cue: regex.Match[str], later: Iterable[regex.Match[str]]) -> int:
    """Where the list that `cue` announces ends: its bracket, 构成, the next breakdown of the same whole, the sentence."""
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
        wholes = _wholes(wording, first, measure)
        if not wholes:
            continue
        exhaustive = _is_exhaustive(wording, cue, len(group))
        nested = _has_nested(wording, cue, end)
        for role, members in _by_role(wording, group):
            fitting = wholes
            if role is not None:
                fitting = [i for i in wholes if role_of(wording.head(i)) in (role, Role.UNKNOWN)]
            if not fitting:
                continue
            yield Breakdown(
                wholes=tuple(fitting),
                readings=_readings(wording, members, exhaustive=exhaustive, nested=nested),
                cue=cue.group().strip(":，,"),
                adjacent=_is_adjacent(wording, wholes[0], first.start()) and role is None,
                start=min(wording.sentence_at(wording.terms[fitting[0]].start)[0], cue.start()),
                end=end,
            )


def _wholes(wording: Wording, cue: regex.Match[str], measure: str) -> list[int]:
    """The figures before the cue that its list may break down, nearest first."""
    bracket = wording.bracket_at(cue.start())
    if bracket is not None:
        around = wording.bracket_at(bracket[0])
        inside = wording.at_level(wording.terms_between(bracket[0], cue.start()), bracket)
        outside = wording.at_level(wording.terms_between(wording.sentence_at(bracket[0])[0], bracket[0]), around)
        candidates = [*outside, *inside]
    else:
        start = wording.sentence_at(cue.start())[0]
        candidates = wording.at_level(wording.terms_between(start, cue.start()), None)
    fitting = _fitting(wording, candidates, measure)
    if not fitting and bracket is None:
        start = wording.sentence_at(cue.start())[0]
        if start:
            before = wording.sentence_at(start - 1)[0]
            fitting = _fitting(wording, wording.at_level(wording.terms_between(before, start), None), measure)
    return fitting[::-1]


def _fitting(wording: Wording, candidates: Iterable[int], measure: str) -> list[int]:
    return [i for i in candidates if wording.terms[i].measure == measure and not _is_aside(wording, i)]


def _is_aside(wording: Wording, i: int) -> bool:
    """Whether a figure is named only to compare with it or to say how much something rose or fell."""
    head, tail = wording.head(i), wording.tail(i)
    if is_change(head):
        return True
    return _REFERRED.search(head) is not None and _REFERRED_TAIL.match(tail + _after(wording, i)) is not None


def _after(wording: Wording, i: int) -> str:
    end = wording.terms[i].end + len(wording.tail(i))
    return wording.text[end : end + 6]


def _is_exhaustive(wording: Wording, cue: regex.Match[str], parts: int) -> bool:
    """Whether the words say that the parts are all there is."""
    if cue.lastgroup in ("each", "made"):
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
    if len(planned) >= 2 and len(planned) == len(done) and len(planned) + len(done) == len(group):
        if all(a < b for a, b in zip(planned, done, strict=True)):
            return [(Role.PLANNED, planned), (Role.DONE, done)]
    return [(None, group)]


def _readings(wording: Wording, parts: list[int], *, exhaustive: bool, nested: bool) -> tuple[Reading, ...]:
    """The whole list; the members of a known partition; the list without what may not belong to it."""
    found: list[Reading] = []

    def add(members: Sequence[int], *, complete: bool, certain: bool) -> None:
        key = tuple(members)
        if key and all(reading.parts != key for reading in found):
            found.append(Reading(key, complete, certain))

    heads = [wording.head(i) for i in parts]
    for members in find_members(heads):
        chosen = [parts[place] for place in members.places]
        whole_list = len(chosen) == len(parts)
        add(chosen, complete=members.complete or (whole_list and exhaustive), certain=whole_list and not nested)
    stray = any(_LEFT_OVER.search(head) for head in heads)
    add(parts, complete=exhaustive, certain=not nested and not stray)
    for drop in range(1, len(parts) - 1):
        add(parts[:-drop], complete=False, certain=False)
    return tuple(found)


def _unannounced(wording: Wording) -> Iterator[Breakdown]:
    """“实际支出 A，基本支出 B，项目支出 C”: members of a closed partition that follow a figure, without a cue."""
    start = 0
    for end in wording.sentence_ends:
        indices = wording.at_level(wording.terms_between(start, end), None)
        plain = [i for i in indices if not _is_aside(wording, i)]
        money = [i for i in plain if wording.terms[i].measure == "money" or wording.terms[i].measure == "count:人"]
        for members in find_members([wording.head(i) for i in money]):
            parts = [money[place] for place in members.places]
            before = [i for i in money if i < parts[0]]
            run = list(range(members.places[0], members.places[-1] + 1))
            if before and members.complete and len(run) == len(parts):
                same = [i for i in before if wording.terms[i].measure == wording.terms[parts[0]].measure][::-1]
                if same and _is_named_as_whole(wording, same[0], parts):
                    reading = Reading(tuple(parts), True, len(same) == 1)
                    yield Breakdown(tuple(same), (reading,), "", same[0] == parts[0] - 1, start, end)
        start = end


def _is_named_as_whole(wording: Wording, whole: int, parts: Sequence[int]) -> bool:
    """Whether the roles of the figure and of its supposed parts do not clash."""
    roles = {role_of(wording.head(i)) for i in (whole, *parts)} - {Role.UNKNOWN}
    return len(roles) <= 1
