"""The marks a rubric hands out, added up for comparison with the full mark."""

from __future__ import annotations

from decimal import Decimal

from patterns.rubric.combining import most_of
from patterns.rubric.model import SCORING, Checklist, Rubric
from patterns.rubric.modifiers import Discretion, Waiver


def marks_total(rubric: Rubric) -> Decimal | None:
    """The marks the parts have together, or None when that is not certain. Cases count by their best, deductions not.

    Certain are the points of a numbered checklist without holes in its numbering whose text is not cut off, and any
    total that meets the full mark.
    """
    scoring = [part for part in rubric.parts if isinstance(part, SCORING)]
    if not scoring or not rubric.is_understood:
        return None
    worth = [most_of(part) for part in scoring]
    total = sum((marks for marks in worth if marks is not None), Decimal(0))
    if total == rubric.full_mark:
        return total
    only = scoring[0]
    if len(scoring) > 1 or not isinstance(only, Checklist) or not _is_whole(only) or _is_cut_off(rubric.text):
        return None
    if any(isinstance(part, Discretion | Waiver) for part in rubric.parts):
        return None
    return total


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
