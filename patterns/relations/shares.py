"""Shares: “B，占A的 x%”, each of a list of parts with its share of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from patterns.relations.wording import Wording


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage that says what share a figure has (both by index) of a whole.

    `whole` is how the words call the whole, empty where they do not say; `inline` the figure of the whole where the
    words give it in place (占总支出100万元的60%).
    """

    percent: int
    part: int
    whole: str
    inline: int | None


_SHARE = regex.compile(
    r"(?:^|[，,、;(])?\s*(?:约|仅|分别)?占(?:到|了)?(?:比|(?P<whole>[^，,;。()]{0,30}?)(?:的)?(?:比例|比重|份额|比率)?)"
    r"(?:为|达到?|约|是|:)*$"
)
_INLINE = regex.compile(
    r"(?:(?:^|[，,;、(])(?:约|仅|只|已|就)?(?:占(?:到)?|相当于)|(?:^|[，,;])(?:已)?(?:达到?|为|是))(?P<whole>(?!上年|去年|同期|前年|20\d\d年)[^，,;。]{2,30})$"
)
_OF_INLINE = regex.compile(r"^\p{Han}{0,8}?的(?:比例|比重|比率)?(?:为|达到?|约)*$")
# What the name of a whole may carry without changing what it is.
_LOOSE = regex.compile(
    r"20\d\d年(?:度)?|本年|全年|年度|当年|我[局委办院]|部门|总额|总数|合计|总计|总|数|额|的|金额|资金|单位|“|”|\""
)
_LEADING = regex.compile(r"^[\p{P}\s]*(?:其中|包括|含)?[:，,]?")
_LEAST_NAME = 3
_NAMED = regex.compile(r"[，,;]?(?P<name>\p{Han}{2,10}?)类?的?占比(?:为|达到?|约|是|:)*")
_NOUN = regex.compile(r"[\p{Han}]{1,8}?(?=的|$)")
_JOINTS = frozenset({"、", "和", "与", "及", "以及", "，", ","})
_THRESHOLDS = frozenset({"以上", "以下", "不足", "超过"})


def find_shares(wording: Wording) -> Iterator[Share]:
    """Every share of the text whose part stands right before it."""
    for i, term in enumerate(wording.terms):
        if term.measure != "percent" or not i or term.approximate in _THRESHOLDS:
            continue
        lead = wording.lead(i)
        named = _named_part(wording, i)
        if named is not None:
            yield Share(i, named, "", None)
            continue
        inline = _INLINE.search(wording.lead(i - 1)) if _OF_INLINE.match(lead) else None
        if inline is not None and i >= 2:
            part = _part_of_inline(wording, i - 1)
            if part is not None:
                yield Share(i, part, inline.group("whole"), i - 1)
            continue
        match = _SHARE.fullmatch(lead)
        if match is not None and _is_part(wording, i - 1, i):
            yield from _respective(wording, i, match.group("whole") or "")


def _named_part(wording: Wording, percent: int) -> int | None:
    """The figure whose name a share begins with (税收收入 A，税收占比 x%): the last one before it in its sentence."""
    match = _NAMED.fullmatch(wording.lead(percent))
    if match is None:
        return None
    start = wording.sentence_at(wording.terms[percent].start)[0]
    named = [i for i in range(percent) if match.group("name") in wording.head(i) and wording.terms[i].start >= start]
    return named[-1] if named and wording.terms[named[-1]].measure not in ("percent", "score") else None


def _part_of_inline(wording: Wording, whole: int) -> int | None:
    """The part of a whole given in place: of what is counted alike, what the whole counts (8个乡镇24个村，占16个乡镇的
    50%), else the figure right before it."""
    start = wording.sentence_at(wording.terms[whole].start)[0]
    same = [i for i in wording.terms_between(start, wording.terms[whole].start) if _measures_alike(wording, i, whole)]
    noun = _NOUN.match(wording.tail(whole).removeprefix("的"))
    if noun is not None and len(same) > 1:
        alike = [i for i in same if wording.tail(i).startswith(noun.group())]
        return alike[0] if len(alike) == 1 else None
    return whole - 1 if whole - 1 in same else None


def _measures_alike(wording: Wording, part: int, whole: int) -> bool:
    measure = wording.terms[part].measure
    return measure != "percent" and measure == wording.terms[whole].measure


def _respective(wording: Wording, first: int, whole: str) -> Iterator[Share]:
    """The share, or the shares of a list with the parts of the list before: “分别为 a 和 b，占A的 x% 和 y%”."""
    last = first
    while last + 1 < len(wording.terms) and _is_joined(wording, last):
        last += 1
    size = last - first + 1
    parts = range(first - size, first)
    if size == 1:
        yield Share(first, first - 1, whole, None)
    elif parts.start >= 0 and all(_is_joined(wording, i) for i in parts[:-1]) and _is_part(wording, parts[0], first):
        for part, percent in zip(parts, range(first, last + 1), strict=True):
            yield Share(percent, part, whole, None)


def _is_joined(wording: Wording, i: int) -> bool:
    """Whether the figure after this one is the next of a plain list."""
    between = wording.text[wording.terms[i].end : wording.terms[i + 1].start]
    return between in _JOINTS and wording.terms[i].measure == wording.terms[i + 1].measure


def _is_part(wording: Wording, part: int, following: int) -> bool:
    """Whether a figure can be the part: an amount in the sentence of its share."""
    if wording.terms[part].measure in ("percent", "score"):
        return False
    return wording.sentence_at(wording.terms[part].start) == wording.sentence_at(wording.terms[following].start)


def names_whole(whole: str, head: str) -> bool:
    """Whether the words before a figure name the whole that a share is said to be of."""
    wanted, given = _LOOSE.sub("", whole), _LOOSE.sub("", head)
    return bool(wanted) and bool(given) and wanted in given


def is_name_of_whole(whole: str, head: str) -> bool:
    """Whether the words before a figure are just the name of the whole that a share is said to be of."""
    wanted, given = _LOOSE.sub("", whole), _LOOSE.sub("", _LEADING.sub("", head))
    return len(wanted) >= _LEAST_NAME and wanted == given


# words of a whole, words before a figure, whether they name the whole, whether they are nothing but its name
WHOLE_EXAMPLES: tuple[tuple[str, str, bool, bool], ...] = (
    ("政府采购支出总额", "2023年度政府采购支出总额", True, True),
    ("项目支出总额", "，其中项目支出", True, True),
    ("项目支出", "一般公共预算项目支出", True, False),
    ("支出", "项目支出", True, False),
    ("政府采购", "会议费", False, False),
)

# text, (percentage, part, name of the whole, whole in place) as printed
SHARE_EXAMPLES: tuple[tuple[str, tuple[tuple[str, str, str, str | None], ...]], ...] = (
    (
        "人员经费60万元，占支出的60.00%;公用经费40万元，占40.00%。",
        (("60.00%", "60万元", "支出", None), ("40.00%", "40万元", "", None)),
    ),
    ("授予中小企业合同30万元，占政府采购总额40万元的75%。", (("75%", "30万元", "政府采购总额", "40万元"),)),
    ("女性12人，占比30%。", (("30%", "12人", "", None),)),
    (
        "甲、乙支出分别为60万元和40万元，占总支出的60%和40%。",
        (("60%", "60万元", "总支出", None), ("40%", "40万元", "总支出", None)),
    ),
    ("支出40万元，分别占甲、乙的10%和20%。", ()),
    ("预算100万元，执行率60%。", ()),
    ("占比应达到60%以上。", ()),
)
