"""Rates whose own name says what they divide: 预算调整率, 结转结余率, “三公”经费控制率, 网上办理率."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from patterns.relations.asides import is_aside
from patterns.relations.changes import is_change
from patterns.relations.roles import Role, role_of, subject_of
from patterns.relations.wording import Wording

_ADJUSTMENT = regex.compile(r"预算(?:数)?(?:调整|追加|调剂|变更)率$")
_CARRIED = regex.compile(r"(?:结余|结转){1,2}率$")
_LEFT = regex.compile(r"结余|结转")
_YEAR_START = regex.compile(r"年初|期初|原预算|批复")
_FULFILMENT_WORD = regex.compile(r"(?:预算)?(?:资金)?(?:支出)?(?:控制|执行|完成|支出)(?:率|进度)$")
_RATE = regex.compile(r"率$")
_IN_ALL = regex.compile(r"共|总|全年|合计")
_LEAST = 2

Divided = tuple[int, int]


def adjustment_of(wording: Wording, name: str, before: Sequence[int]) -> Divided | None:
    """The one change of the sentence by the budget of the year's beginning (预算调整率)."""
    if not _ADJUSTMENT.search(name):
        return None
    money = [i for i in before if wording.terms[i].measure == "money"]
    changes = [i for i in money if is_change(wording.head(i))]
    openings = [i for i in money if _YEAR_START.search(wording.head(i)) and i not in changes]
    return (changes[0], openings[0]) if len(changes) == len(openings) == 1 else None


def carried_share(wording: Wording, name: str, before: Sequence[int]) -> Divided | None:
    """What is left over by the only other amount of the sentence (结转结余率)."""
    if not _CARRIED.search(name):
        return None
    money = [i for i in before if wording.terms[i].measure == "money" and wording.terms[i].value]
    left = [i for i in money if _LEFT.search(wording.head(i))]
    others = [i for i in money if i not in left and not is_aside(wording, i)]
    return (left[0], others[0]) if len(left) == len(others) == 1 else None


def fulfilment_of_subject(wording: Wording, name: str, percent: int) -> Divided | None:
    """“X预算 A，其中…。X决算 B，其中…。X控制率 y%”: the one plan and the one outcome of X in the paragraph."""
    spoken = _FULFILMENT_WORD.sub("", name)
    subject = subject_of(spoken)
    if spoken == name or len(subject) < _LEAST:
        return None
    named = [
        i
        for i in range(percent)
        if wording.terms[i].measure == "money" and subject_of(wording.head(i)) == subject and not is_aside(wording, i)
    ]
    planned = [i for i in named if role_of(wording.head(i)) is Role.PLANNED]
    done = [i for i in named if role_of(wording.head(i)) is Role.DONE]
    single = len({wording.terms[i].value for i in planned}) == len({wording.terms[i].value for i in done}) == 1
    return (done[-1], planned[-1]) if single else None


def named_part_of_all(wording: Wording, name: str, before: Sequence[int]) -> Divided | None:
    """“共受理 A 件，…；网上办理 B 件，网上办理率 y%”: the figure that the rate is named for by that of all."""
    part = _RATE.sub("", name)
    things = [i for i in before if wording.terms[i].measure.startswith("count:") and not is_aside(wording, i)]
    if len(part) < 2 * _LEAST or len(things) < _LEAST:
        return None
    last = things[-1]
    whole = next((i for i in things if wording.terms[i].measure == wording.terms[last].measure), last)
    in_all = _IN_ALL.search(wording.head(whole)) is not None
    return (last, whole) if whole != last and in_all and wording.head(last).endswith(part) else None


# text, name of the last percentage, (what is divided, by what) as printed: of the first of the readings that fits
DEFINED_RATE_EXAMPLES: tuple[tuple[str, str, tuple[str, str] | None], ...] = (
    ("年初预算50万元，年中追加4万元，调整后54万元，预算调整率8%。", "预算调整率", ("4万元", "50万元")),
    ("年初预算50万元，追加4万元，调减1万元，预算调整率6%。", "预算调整率", None),
    ("年末结转结余3万元，支出预算50万元，结转结余率6%。", "结转结余率", ("3万元", "50万元")),
    ("年末结转结余3万元，结转结余率6%。", "结转结余率", None),
    (
        "“三公”经费预算总额50万元，其中接待费50万元。“三公”经费决算总额40万元。我局“三公”经费控制率80%。",
        "“三公”经费控制率",
        ("40万元", "50万元"),
    ),
    ("全年共受理200件，其中即办件150件，承诺件50件；网上办理170件，网上办理率85%。", "网上办理率", ("170件", "200件")),
    ("办理200件，网上办理率85%。", "网上办理率", None),
)
