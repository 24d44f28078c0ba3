"""The numbered points inside a rubric cell: "1.…；2.…", "（1）…", "①…", also where the number is glued to a figure.

"2.90%＞利用率≥75%" is point 2 with the bound 90%: a decimal is taken for a list number only where it stands at the
head of a clause and continues the series of numbers before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE = "一二三四五六七八九十"

# What may stand right before a list number: the end of a clause, or of a formula or mark without punctuation.
_HEAD = r"(?:^|(?<=[。;:；：，,、)\]”\"’》\s分%‰?？!！]))"
_CLAUSE_HEAD = re.compile(r"(?:^|[。;:；：)\s分%])$")

_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("decimal", re.compile(r"(?<![\d.])(?P<number>[1-9]\d?)(?:\.\s*(?!\d)|、(?!\d)|\)(?![\d\-]))")),
    ("decimal", re.compile(r"(?<![\d.])(?P<number>[1-9]\d?)\.\s?(?P<figure>\d)")),
    ("bracketed", re.compile(r"\((?P<number>[1-9]\d?)\)[.、]?\s*")),
    ("circled", re.compile(rf"(?P<number>[{_CIRCLED}])[.、]?\s*")),
    ("chinese", re.compile(rf"{_HEAD}(?P<number>[{_CHINESE}]{{1,3}})(?:、|\.(?!\d))\s*")),
    ("chinese_bracketed", re.compile(rf"\((?P<number>[{_CHINESE}]{{1,3}})\)[.、]?\s*")),
    ("spoken", re.compile(rf"{_HEAD}(?P<number>[{_CHINESE}])是")),
)


@dataclass(frozen=True, slots=True)
class ListItem:
    """A numbered point: its mark as printed, where the mark starts, where its words start and end."""

    number: str
    start: int
    content_start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Marker:
    style: str
    ordinal: int
    printed: str
    start: int
    end: int
    is_glued: bool


def find_items(text: str, start: int, end: int, *, glued: bool = True) -> tuple[ListItem, ...]:
    """The outermost numbered points of `text[start:end]`, empty where there is no list.

    With `glued` false, numbers glued to a figure ("2.90%") are never taken for list numbers.
    """
    markers = [marker for marker in _markers(text, start, end) if glued or not marker.is_glued]
    for first in markers:
        if first.ordinal != 1:
            continue
        chain = _continue_series(first, markers)
        if first.is_glued and len(chain) == 1:
            continue
        bounds = [marker.start for marker in chain[1:]] + [end]
        if any(not text[marker.end : stop].strip() for marker, stop in zip(chain, bounds, strict=True)):
            # "符合①②③得满分": points referred to, not made.
            continue
        return tuple(
            ListItem(marker.printed, marker.start, marker.end, stop) for marker, stop in zip(chain, bounds, strict=True)
        )
    return ()


def has_glued_numbers(text: str) -> bool:
    """Whether some list number can also be read as part of a decimal."""
    return any(marker.is_glued for marker in _markers(text, 0, len(text)))


def _markers(text: str, start: int, end: int) -> list[_Marker]:
    found = [marker for style, pattern in _STYLES for marker in _markers_of(style, pattern, text, start, end)]
    return sorted(found, key=lambda marker: (marker.start, marker.end))


def _markers_of(style: str, pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[_Marker]:
    for match in pattern.finditer(text, start, end):
        is_glued = "figure" in pattern.groupindex
        before = text[start : match.start()]
        if is_glued and not _CLAUSE_HEAD.search(before):
            continue
        if style == "decimal" and not is_glued and _continues_word(match, before):
            continue
        stop = match.start("figure") if is_glued else match.end()
        printed = text[match.start() : stop].strip()
        yield _Marker(style, _ordinal(match["number"]), printed, match.start(), stop, is_glued)


def _continues_word(match: re.Match[str], before: str) -> bool:
    """Whether "3、" or "5)" is part of an enumeration of figures or closes a bracket, and no list number."""
    mark = match.group().strip()
    if mark.endswith(")"):
        return not _CLAUSE_HEAD.search(before) or before.count("(") > before.count(")")
    if mark.endswith("、"):
        return bool(before) and before[-1] not in '。;:；：)分%\n "”'
    # "3.": what a figure ends with ("扣0.5." or "2021."), or a list number.
    return bool(before) and before[-1] in "=<>≤≥×*/+-第"


def _ordinal(printed: str) -> int:
    if printed.isascii():
        return int(printed)
    if printed in _CIRCLED:
        return _CIRCLED.index(printed) + 1
    tens, ten, ones = printed.rpartition("十")
    if not ten:
        return _CHINESE.index(printed) + 1
    return (_CHINESE.index(tens) + 1 if tens else 1) * 10 + (_CHINESE.index(ones) + 1 if ones else 0)


def _continue_series(first: _Marker, markers: list[_Marker]) -> list[_Marker]:
    """The markers of `first`'s style that count on from it. A number printed twice or left out does not end it."""
    chain = [first]
    for marker in markers:
        if marker.style != first.style or marker.start < chain[-1].end:
            continue
        last = chain[-1].ordinal
        is_next = marker.ordinal == last + 1
        is_left_out = not marker.is_glued and marker.ordinal == last + 2
        is_doubled = not marker.is_glued and marker.ordinal == last > 1
        if is_next or ((is_left_out or is_doubled) and not _comes_later(last + 1, marker, markers)):
            chain.append(marker)
    return chain


def _comes_later(ordinal: int, after: _Marker, markers: list[_Marker]) -> bool:
    return any(
        marker.ordinal == ordinal and marker.style == after.style and marker.start > after.start for marker in markers
    )
