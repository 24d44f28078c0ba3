"""Lists over several paragraphs: a whole, 其中：, and a paragraph for each part."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from patterns.outline import parse_heading
from patterns.relations.changes import is_change
from patterns.relations.wording import Wording

_OPENS = regex.compile(
    r"(?:其中|包括|具体(?:如下|为|包括)|(?:结构|构成|组成|明细|分布)(?:情况)?(?:如下|为)?|分别为|如下):$"
)
_LETTER = regex.compile(r"\(?(?P<letter>[a-z])[.、)](?=\p{Han})")
_NUMERALS = "一二三四五六七八九"
_SPOKEN = regex.compile(r"(?P<numeral>[一二三四五六七八九])是")
_PARTIAL = regex.compile(r"主要")


def opens_list(text: str) -> bool:
    """Whether a paragraph ends by announcing parts that the next paragraphs give one by one."""
    match = _OPENS.search(text)
    return match is not None and _PARTIAL.search(text, max(0, match.start() - 6)) is None


def item_number(text: str) -> tuple[str, int] | None:
    """How a paragraph that is an item of a list is numbered, and which it is: (（一）, 1), (a., 1), (一是, 1)."""
    heading = parse_heading(text)
    if heading is not None:
        return heading.kind.value, heading.ordinal
    match = _LETTER.match(text)
    if match is not None:
        return "letter", ord(match.group("letter")) - ord("a") + 1
    match = _SPOKEN.match(text)
    return ("spoken", _NUMERALS.index(match.group("numeral")) + 1) if match is not None else None


def wholes_of_list(wording: Wording, measure: str | None = None) -> list[int]:
    """The figures (by index) that the parts may add up to, the first of the last sentence first."""
    levels = [
        i
        for i, term in enumerate(wording.terms)
        if not is_change(wording.head(i)) and term.measure == (measure or "money")
    ]
    last = wording.sentence_at(len(wording.text) - 1)[0]
    here = [i for i in levels if wording.terms[i].start >= last]
    return here + [i for i in levels if i not in here][::-1]


def part_of_item(wording: Wording, measure: str) -> int | None:
    """The figure (by index) that an item's paragraph gives for it: the first of the measure, if it is a level."""
    for i, term in enumerate(wording.terms):
        if term.measure == measure:
            return None if is_change(wording.head(i)) else i
    return None


def are_parts(heads: Sequence[str]) -> bool:
    """Whether the words before the parts name different things."""
    names = [regex.sub(r"^\W*(?:[\d一二三四五六七八九十a-zA-Z]{1,3}[.、)）])?", "", head) for head in heads]
    return len(set(names)) == len(names)


# paragraph, whether it announces a list
OPENING_EXAMPLES: tuple[tuple[str, bool], ...] = (
    ("2024年“三公”经费预算数为47.91万元，比上年增加25万元。其中:", True),
    ("支出结构为:", True),
    ("重点工作任务12项，主要包括:", False),
    ("全年支出80万元。", False),
)
