"""List numbers glued to the figure after them: "2.90%≤满意度" is item 2 and 90%, where lines or spaces were dropped.

The reading is decided by the series: a neighbour in the list that stands apart ("1.满意度…"), or a decimal reading
that would turn a band upside down ("2.90%＞x≥75%").
"""

from __future__ import annotations

from decimal import Decimal

import regex

_LARGEST = 30
_ITEM_START = regex.compile(r"(?:^|[。；;:！？\n)”】]|分[,，]?|%|止)$")
_FIRM_ITEM_START = regex.compile(r"(?:^|[。；;！？\n])$")
_GLUED = regex.compile(r"(?P<item>[1-9]\d?)\.(?P<rest>[1-9]\d*(?:\.\d+)?|0\.\d+)")
_BAND = regex.compile(
    r"(?P<first>\d++(?:\.\d++)?+)%?(?P<left>[<>≤≥])[^\d<>≤≥。；;]{1,24}(?P<right>[<>≤≥])(?P<last>\d++(?:\.\d++)?+)%"
)
_COMPARISON = regex.compile(r"[%分元万亿个项人次天]*(?:以上|以下|以内)?[<>≤≥=]")


def glued_list_number(text: str, start: int, end: int, *, share: bool, divisible: bool) -> int:
    """How many characters at `text[start:end]` are a list number glued to the figure; 0 when it is all figure.

    `share` says that a percent sign follows, `divisible` that the unit may be counted in fractions.
    """
    match = _GLUED.fullmatch(text, start, end)
    if match is None or int(match.group("item")) > _LARGEST or not _ITEM_START.search(text, max(0, start - 2), start):
        return 0
    item, length = int(match.group("item")), match.start("rest") - start
    if share:
        if not _COMPARISON.match(text, end):
            return 0
        return length if _upside_down(text, start, match.start("rest")) or _has_neighbour(text, start, item) else 0
    if not divisible:
        firm = _FIRM_ITEM_START.search(text, max(0, start - 2), start) is not None and start > 0
        return length if firm or _has_neighbour(text, start, item) else 0
    return length if _COMPARISON.match(text, end) and _has_neighbour(text, start, item) else 0


def _upside_down(text: str, start: int, rest: int) -> bool:
    """Whether the band is in order read from `rest` but not read from `start`."""
    as_printed, split = _BAND.match(text, start), _BAND.match(text, rest)
    return as_printed is not None and split is not None and not _in_order(as_printed) and _in_order(split)


def _in_order(band: regex.Match[str]) -> bool:
    """Whether both signs point the same way and the smaller bound stands on the smaller side."""
    first, last = Decimal(band.group("first")), Decimal(band.group("last"))
    rising, falling = "<≤", ">≥"
    if band.group("left") in rising and band.group("right") in rising:
        return first < last
    return band.group("left") in falling and band.group("right") in falling and first > last


def _has_neighbour(text: str, start: int, item: int) -> bool:
    """Whether an item beside `item` stands in the text with its number apart, possibly past glued ones."""
    return _walk(text[:start], item, -1) or _walk(text[start:], item, 1)


def _walk(text: str, item: int, step: int) -> bool:
    number = item + step
    while 0 < number <= _LARGEST:
        if regex.search(rf"(?<![\d.,]){number}[.、](?!\d)", text):
            return True
        if not regex.search(rf"(?<![\d.,]){number}\.\d", text):
            return False
        number += step
    return False
