"""Rates whose name says which of the figures beside them they divide: 办结率 by 办结, 参保率 by 应参保 and 实际参保.

“受理50件，办结49件，办结率98%”, “6个中有5个按期完成，完成率83.33%”, “原值 A，其中在用 B，利用率 x%”, “已完工 A 个，…，
项目总数 C 个，完工率 x%”, “应收 A，实收 B，收缴率 x%”, “A个社区中已有 B 个建成，覆盖率 x%”.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from patterns.relations.rate_words import is_rate_of_use, may_divide, stem_of, words_for
from patterns.relations.roles import Role, is_whole, role_of
from patterns.relations.wording import Wording

Divided = tuple[int, int]
"""A figure and what it is divided by, by index."""

_OUT_OF = regex.compile(r"中[，,]?(?:有|已|共有?|其中)?(?:[\p{Han}]{0,4})$")
_AMONG = regex.compile(r"其中[:，,]?")
_USED = regex.compile(r"在用|正常使用|实际使用|已使用|有效利用|有效使用")
_RATED = regex.compile(r"额定|设计|核定|计划")
# 应收 and 实收, 应参保 and 实际参保: the same act, due and done.
_DUE = regex.compile(r"应(?!急|用|对|当|该|届)(?P<act>\p{Han})")
_DONE = "实际?|已|共"
_DONE_ACT = regex.compile(r"(?:已|实际?)")
_COMPLETION = regex.compile(r"(?:任务|目标|计划|工作)?完成(?:率|比例)$")
_TASK = regex.compile(r"任务|计划(?!生育)|目标")
# Rates of how far something reaches, of which the figure reached need not be named for the rate.
_REACH = regex.compile(r"(?:覆盖|普及|建成|达标|占有)(?:率|比例)$")
_REACHED = regex.compile(r"(?P<part>\p{Han}{2,6})(?:覆盖|占有|普及)率$")


def divided_by_name(wording: Wording, name: str, level: Sequence[int]) -> Divided | None:
    """What a rate of this name divides, among the figures that stand beside it (by index); None where no name tells."""
    if is_rate_of_use(name) and len(level) >= 2:
        used = _in_use(wording, level)
        if used is not None:
            return used
    same = [i for i in level if wording.terms[i].measure == wording.terms[level[-1]].measure] if level else []
    stem = stem_of(name)
    if len(same) > 2 and stem is not None:
        return _named_of_total(wording, name, stem, same)
    if len(same) != 2:
        return None
    base, done = same
    if _is_due(wording, name, base, done) or _fulfils(wording, name, base, done):
        return done, base
    if not may_divide(name, wording.terms[done].measure, wording.head(done)):
        return None
    named = stem is not None and _is_named(wording, stem, base, done)
    return (done, base) if named or _reaches(wording, name, base, done) else None


def _is_named(wording: Wording, stem: str, base: int, done: int) -> bool:
    """Whether the rate is named for what was done, and the base is something else, or the same not yet done."""
    told = wording.lead(done) + wording.tail(done)
    if _is_denied(told, stem):
        return False
    if _OUT_OF.search(wording.lead(done)) is not None and any(word in told for word in words_for(stem)):
        return True
    if regex.search(rf"(?<![不未非]){stem}", wording.head(done)) is None:
        return False
    return stem not in wording.head(base) or _DONE_ACT.search(wording.head(done)) is not None


def _is_denied(told: str, stem: str) -> bool:
    """Whether a figure tells of what was not done (1个未经论证 beside 论证率)."""
    return regex.search(rf"(?:未(?:经|能|予|及时|按期)?|不|没有){stem}", told) is not None


def _is_due(wording: Wording, name: str, base: int, done: int) -> bool:
    """Whether both figures tell of the act that the rate is named for, the base as due and the other as done."""
    act = _DUE.search(wording.head(base))
    if act is None or act.group("act") not in name:
        return False
    return regex.search(rf"(?:{_DONE}){act.group('act')}", wording.head(done)) is not None


def _fulfils(wording: Wording, name: str, base: int, done: int) -> bool:
    """Whether a rate of completion stands behind a task and what came of it, of things that are counted or measured."""
    if _COMPLETION.search(name) is None or not wording.terms[done].measure.startswith(("count:", "area:", "other:")):
        return False
    between = wording.text[wording.terms[base].end : wording.terms[done].start]
    behind = role_of(wording.head(done)) in (Role.DONE, Role.UNKNOWN) and _AMONG.search(between) is None
    return behind and _TASK.search(wording.head(base)) is not None


def _reaches(wording: Wording, name: str, base: int, done: int) -> bool:
    """Whether the rate says how many of all are reached (218个社区中已有131个…，覆盖率), or how much of a total one
    part takes (土地总面积 A，森林面积 B，森林覆盖率)."""
    if _REACH.search(name) is not None and _OUT_OF.search(wording.lead(done)) is not None:
        return True
    match = _REACHED.search(name)
    if match is None or "总" not in wording.head(base):
        return False
    return match.group("part") in wording.head(done) and match.group("part") not in wording.head(base)


def _named_of_total(wording: Wording, name: str, stem: str, same: Sequence[int]) -> Divided | None:
    """The one figure named for the rate by the one total."""
    named = [i for i in same if stem in wording.head(i)]
    totals = [i for i in same if i not in named and is_whole(wording.head(i))]
    if len(named) != 1 or len(totals) != 1:
        return None
    fits = may_divide(name, wording.terms[named[0]].measure, wording.head(named[0]))
    return (named[0], totals[0]) if fits else None


def _in_use(wording: Wording, level: Sequence[int]) -> Divided | None:
    """The part said to be in use and the whole before 其中, or what it was made for (额定机时)."""
    used = [i for i in level[1:] if _USED.search(wording.head(i))]
    if len(used) != 1:
        return None
    whole = used[0] - 1
    between = wording.text[wording.terms[whole].end : wording.terms[used[0]].start]
    same = whole == level[0] and wording.terms[whole].measure == wording.terms[used[0]].measure
    tied = _AMONG.search(between) is not None or _RATED.search(wording.head(whole)) is not None
    return (used[0], whole) if same and tied else None


# text, name of the last percentage, (what is divided, by what) as printed
NAMED_RATE_EXAMPLES: tuple[tuple[str, str, tuple[str, str] | None], ...] = (
    ("受理50件，办结49件，办结率98%。", "办结率", ("49件", "50件")),
    ("应收水费368.5万元，实收346.4万元，水费收缴率94%。", "水费收缴率", ("346.4万元", "368.5万元")),
    ("应参保39万人，实际参保38万人，参保率97%。", "参保率", ("38万人", "39万人")),
    ("重点签约人群6.5万人，已签约5.4万人，签约率84%。", "签约率", ("5.4万人", "6.5万人")),
    ("218个社区中已有131个建成生活圈，覆盖率60.09%。", "覆盖率", ("131个", "218个")),
    (
        "土地总面积2,150平方公里，森林面积1,376平方公里，森林覆盖率64%。",
        "森林覆盖率",
        ("1,376平方公里", "2,150平方公里"),
    ),
    ("额定机时1,800小时，有效使用1,512小时，设备利用率84%。", "设备利用率", ("1,512小时", "1,800小时")),
    ("下达户厕改造任务5,200户，验收通过5,044户，任务完成率97%。", "任务完成率", ("5,044户", "5,200户")),
    ("计划培训500人，实际培训480人，合格率98%。", "合格率", None),
    ("30个子项目中1个未经论证，论证率96.67%。", "论证率", None),
    ("受理50件，其中即办30件，上报20件，办结率98%。", "办结率", None),
)
