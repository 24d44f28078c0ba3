"""The marks a rubric hands out, added up for comparison with the full mark."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import regex

from patterns.rubric.combining import most_of
from patterns.rubric.model import SCORING, Accrual, Bands, Checklist, Choice, Grades, Proportional, Rubric, walk
from patterns.rubric.modifiers import Discretion, Waiver

_BRACKETED = regex.compile(r"[(（]\s*\d+(?:\.\d+)?\s*分\s*[)）][\s。；;，,、]*$")
_GRADED = regex.compile(r"优|良|较|基本|一般|部分|欠|差|否则|其他|以[上下]|\d")
_DENIED = regex.compile(r"未|不|没有|无")
_NUMBER = regex.compile(r"^(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十])[)）.、．]+|[①-⑩])")
# Marks for each of several times (每季度得1分; 6月末…得1分，9月末…得1分) add up though they read like cases.
_BY_PERIOD = regex.compile(
    r"每(?:个)?(?:季度|月|半年|期|次)|分季度|按季|[两三四各]个?时点|每个时点|月末.*月末|季度末.*季度末", regex.DOTALL
)
# Said inside a point's own bracket (2分，部分不符合的酌情扣1分) it hides which number is the point's mark.
_DISCRETION = regex.compile(r"酌情")
_SHARED_STEM = 4
# Scales on which whole reports are marked, whatever the full mark of an indicator.
_SCALES = (Decimal(100), Decimal(10))


def marks_total(rubric: Rubric) -> Decimal | None:
    """The marks the parts have together, or None when that is not certain. Cases count by their best, deductions not.

    Certain are the points of a numbered checklist without holes in its numbering whose text is not cut off, and any
    total that meets the full mark.
    """
    scoring = [part for part in rubric.parts if isinstance(part, SCORING)]
    if not scoring or not rubric.is_understood or _points_as_cases(rubric) is not None:
        return None
    worth = [most_of(part) for part in scoring]
    total = sum((marks for marks in worth if marks is not None), Decimal(0))
    if total == rubric.full_mark:
        return total
    only = scoring[0]
    if len(scoring) > 1 or not isinstance(only, Checklist) or not _is_whole(only) or _is_cut_off(rubric.text):
        return None
    if any(isinstance(part, Discretion | Waiver) for part in rubric.parts) or _DISCRETION.search(rubric.text):
        return None
    return total


def counts_by_period(text: str) -> bool:
    """Whether a rubric gives marks for each of several times, which add up though they read like cases."""
    return _BY_PERIOD.search(text) is not None


def likely_total(rubric: Rubric) -> Decimal | None:
    """The most marks the parts give, where that is not the full mark and only the form of the text says so.

    For lists without numbers, cases, bands and formulas: whole texts of which every word on marks was understood and
    nothing is left to the scorer. Whether the report means its marks on the scale of the full mark, it cannot tell.
    """
    scoring = [part for part in rubric.parts if isinstance(part, SCORING)]
    if not scoring or not rubric.is_understood or _is_cut_off(rubric.text) or counts_by_period(rubric.text):
        return None
    if any(isinstance(part, Discretion | Waiver | Grades | Accrual) for part in walk(rubric.parts)):
        return None
    if any(isinstance(part, Proportional) and part.weight is None for part in scoring):
        return None
    listed = _points_as_cases(rubric)
    if listed is not None:
        return listed
    total = sum((most_of(part) or Decimal(0) for part in scoring), Decimal(0))
    likeliest = None if total == rubric.full_mark or total in _SCALES else total
    if len(scoring) > 1 and not all(isinstance(part, Bands | Proportional | Checklist) for part in scoring):
        return None
    return likeliest


def _points_as_cases(rubric: Rubric) -> Decimal | None:
    """The sum of bracketed points (（1分）；…（4分）) that pass for cases only because one has the full mark, or none.

    Cases come from the best down or up, each with marks of its own, and in words that resemble one another.
    """
    scoring = [part for part in rubric.parts if isinstance(part, SCORING)]
    if len(scoring) != 1 or not isinstance(scoring[0], Choice):
        return None
    options = scoring[0].options
    conditions = [_NUMBER.sub("", option.condition) for option in options]
    bracketed = all(_BRACKETED.search(rubric.text[slice(*option.span)].strip()) for option in options)
    if not bracketed:
        return None
    marks = [option.points.upper for option in options]
    steps = [first - second for first, second in pairwise(marks)]
    in_order = all(step > 0 for step in steps) or all(step < 0 for step in steps)
    return None if in_order and _resemble(conditions) else sum(marks, Decimal(0))


def _resemble(conditions: list[str]) -> bool:
    """Whether cases may be variants of one statement: graded, with a run of characters in common, or denied."""
    if any(_GRADED.search(condition) for condition in conditions):
        return True
    for first, second in pairwise(conditions):
        runs = (first[i : i + _SHARED_STEM] for i in range(len(first) - _SHARED_STEM + 1))
        if any(run in second for run in runs) or _DENIED.search(second):
            return True
    return False


def _is_whole(checklist: Checklist) -> bool:
    """Whether the points are numbered 1, 2, 3, … without holes and doubles."""
    numbers = [_ordinal(item.number) for item in checklist.items]
    return numbers == list(range(1, len(numbers) + 1))


def _ordinal(number: str) -> int:
    digits = "".join(character for character in number if character.isdigit() and character.isascii())
    if digits:
        return int(digits)
    circled = "①②③④⑤⑥⑦⑧⑨⑩"
    chinese = "一二三四五六七八九"
    for series in (circled, chinese):
        for character in number:
            if character in series:
                return series.index(character) + 1
    return 0


def _is_cut_off(text: str) -> bool:
    return not text.rstrip().endswith(("。", "；", ";", "）", ")", "分"))
