"""Approximators: the words that say a figure is not exact (约, 近, 余, 以上, 不足, …), and which way it may stray.

Each is reduced to one of `APPROXIMATIONS`. A comparison sign directly before a figure (≥95%) counts as the word it
stands for.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

APPROXIMATIONS: dict[str, str] = {
    "约": "about: the true value may lie to either side",
    "近": "below, and not far",
    "余": "above, by less than one more of the last stated digit",
    "以上": "at least",
    "以下": "at most",
    "不足": "below",
    "超过": "above",
}

_BEFORE: dict[str, tuple[str, ...]] = {
    "约": ("大约为", "大约", "约为", "约占", "约计", "约合", "约达", "约有", "约需", "约", "大概", "大致", "估计"),
    "近": ("将近", "接近", "近"),
    "以上": ("不低于", "不少于", "不小于", "不得低于", "不得少于", "至少", "≥", ">=", "=>"),
    "以下": (
        *("不高于", "不多于", "不大于", "不超过", "不超出", "不得超过", "不得高于", "不突破", "不超", "至多", "最多"),
        *("≤", "<=", "=<"),
    ),
    "不足": (
        *("低于", "少于", "小于", "不足", "不到", "未到", "未达到", "未达", "不满", "未满", "不及"),
        "<",
    ),
    "超过": ("高于", "多于", "大于", "超过", "突破", "超", "逾", ">"),
}
_AFTER: dict[str, tuple[str, ...]] = {
    "约": ("左右", "上下", "前后"),
    "余": ("有余", "余", "多"),
    "以上": ("(含)以上", "以上(含)", "及以上", "或以上", "以上"),
    "以下": ("(含)以下", "以下(含)", "及以下", "或以下", "以下", "以内(含)", "(含)以内", "以内", "之内"),
    "超过": ("开外",),
}

# Words that end or begin like an approximator and are none: 节约100万元 saves it, 附近3个村 lie near, 近3年 counts
# back from now, 余额 and 以下简称 are words of their own.
_NOT_BEFORE = regex.compile(r"(?:[节制合违条公预契签规履特邀相缔简]约|[附最邻临靠新]近)$")
_NOT_AFTER = regex.compile(r"[余多]\p{Han}|以上[级游]|以下[简统称]")
_PERIOD_UNIT = regex.compile(r"(?:个)?(?:年|月|届|期|日|天|周|季)")

_WORDS_BEFORE = {word: normal for normal, words in _BEFORE.items() for word in words}
_WORDS_AFTER = {word: normal for normal, words in _AFTER.items() for word in words}
_LAST = frozenset(word[-1] for word in _WORDS_BEFORE)
_FIRST = frozenset(word[0] for word in _WORDS_AFTER)
_LONGEST_BEFORE = max(map(len, _WORDS_BEFORE))
_LONGEST_AFTER = max(map(len, _WORDS_AFTER))


@dataclass(frozen=True, slots=True)
class Approximator:
    """An approximator found beside a figure: its normal form (a key of `APPROXIMATIONS`) and its own characters."""

    normal: str
    start: int
    end: int


def approximator_before(text: str, start: int, unit: str = "") -> Approximator | None:
    """The approximator that ends where the figure begins. `unit` tells 近3年 (the last three years) from 近3万元."""
    if not start or text[start - 1] not in _LAST:
        return None
    for length in range(min(_LONGEST_BEFORE, start), 0, -1):
        word = text[start - length : start]
        normal = _WORDS_BEFORE.get(word)
        if normal is None:
            continue
        if _NOT_BEFORE.search(text, max(0, start - length - 2), start - length + 1):
            return None
        if text[: start - length].endswith("每"):
            return None  # "每超过1个百分点" counts the points by which something exceeds
        if word == "近" and _PERIOD_UNIT.match(unit):
            return None
        return Approximator(normal, start - length, start)
    return None


def approximator_after(text: str, end: int) -> Approximator | None:
    """The approximator that begins where the figure ends."""
    if end >= len(text) or text[end] not in _FIRST:
        return None
    if _NOT_AFTER.match(text, end):
        return None
    for length in range(_LONGEST_AFTER, 0, -1):
        word = text[end : end + length]
        normal = _WORDS_AFTER.get(word)
        if normal is not None:
            return Approximator(normal, end, end + length)
    return None
