"""Figures told by the way: amounts that others are compared with, measured by or that only say a change."""

from __future__ import annotations

import regex

from patterns.relations.changes import is_change
from patterns.relations.wording import Wording

_REFERRED = regex.compile(r"(?:占|按|比|较|与|同|以|从|由)[^，,;。:]*$|(?:完成|为)[^，,;。:]{0,14}$")
_REFERRED_TAIL = regex.compile(r"的?(?:[\d.]+%|百分|比例|比重|相比|为基数)|的$|的\d")
_COMPARED = regex.compile(r"(?:比|较|与|同|跟|从|由)(?P<with>[^，,;。]{0,30})$")
_REMOVED = regex.compile(r"剔除|扣除|剔掉|排除|无效")
_MORE = regex.compile(r"(?:上年|去年|同期|年)\p{Han}{0,4}[多少]\p{Han}{1,2}$")
_OTHER_TIME = regex.compile(r"上年|去年|同期|上一年|前一年|20\d\d年")
_FROM = regex.compile(r"(?:由|从)[^，,;。:\d]{0,16}$")
_REACHED = regex.compile(
    r"(?:压缩|压减|下降|降低|减少|缩短|缩减|下滑|提高|上升|增加|增长|提升|扩大|恢复|降|升|增|减)(?:到|至|为)$"
)


def is_by_how_much(wording: Wording, i: int) -> bool:
    """Whether a figure says by how much another is more or less, with a verb between (比去年多破19起)."""
    return _MORE.search(wording.lead(i)) is not None


def is_compared_with(wording: Wording, i: int) -> bool:
    """Whether a figure is named as what another is compared with (比上年的 B, 与2022年度的 B 相比, 由 B 降到)."""
    match = _COMPARED.search(wording.lead(i))
    if match is None or is_change(wording.head(i)):
        return False
    if is_by_how_much(wording, i):
        return False
    if not match.group("with"):
        return i + 1 < len(wording.terms) and _REACHED.search(wording.head(i + 1)) is not None
    if is_left_behind(wording, i):
        return True
    behind = wording.text[wording.terms[i].end : wording.terms[i].end + 2]
    return _OTHER_TIME.search(match.group("with")) is not None or behind == "相比"


def is_left_behind(wording: Wording, i: int) -> bool:
    """Whether a figure is where the next one of its measure set out from (由改造前的 B 提高到 A)."""
    if i + 1 == len(wording.terms) or wording.terms[i].measure != wording.terms[i + 1].measure:
        return False
    reached = _REACHED.fullmatch(wording.text[wording.terms[i].end : wording.terms[i + 1].start])
    return reached is not None and _FROM.search(wording.lead(i)) is not None


def is_referred_to(wording: Wording, i: int) -> bool:
    """Whether a figure only says what a share or a rate is of (占预算100万元的60%, 完成年初预算100万元的95%)."""
    if _REFERRED.search(wording.head(i)) is None:
        return False
    end = wording.terms[i].end
    return _REFERRED_TAIL.match(wording.tail(i) + wording.text[end + len(wording.tail(i)) :][:10]) is not None


def is_aside(wording: Wording, i: int) -> bool:
    """Whether a figure is told only to compare with it, to measure by it, or to say what changed or was left out."""
    head = wording.head(i)
    return (
        is_change(head)
        or _REMOVED.search(head) is not None
        or is_compared_with(wording, i)
        or is_referred_to(wording, i)
    )


# text, the figures told by the way, as printed
ASIDE_EXAMPLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("支出80万元，占预算100万元的80%。", ("100万元",)),
    ("收入80万元，完成年初预算数100万元的80%，比上年减收5万元。", ("100万元", "5万元")),
    ("支出80万元，比上年的90万元减少10万元。", ("90万元", "10万元")),
    ("时限由6天压缩到3天。", ("6天",)),
    ("单产由改造前的410公斤提高到451公斤。", ("410公斤",)),
    ("由甲县出资410万元，提高到451万元。", ()),
    ("预算100万元，支出80万元。", ()),
)
