"""List numbers glued to the figure after them: "2.90%≤满意度" is item 2 and 90%, where lines or spaces were dropped.

The reading is decided by the series: the list numbers around it, of which one at least stands apart ("1.满意度…"), run
on through this one; or the decimal reading would turn a band upside down ("2.90%>x≥75%").
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import regex

_LARGEST = 30
_ITEM_START = regex.compile(r"(?:^|[。；;:！？\n)”】]|分[,，]?|%|止)$")
_FIRM_ITEM_START = regex.compile(r"[。；;！？\n]$")
_GLUED = regex.compile(r"(?P<item>[1-9]\d?)\.(?P<rest>[1-9]\d*(?:\.\d+)?|0\.\d+)")
_BAND = regex.compile(
    r"(?P<first>\d++(?:\.\d++)?+)%?(?P<left>[<>≤≥])[^\d<>≤≥。；;]{1,24}(?P<right>[<>≤≥])(?P<last>\d++(?:\.\d++)?+)%"
)
_COMPARISON = regex.compile(r"[%分元万亿]*+(?:\([不含]+\))?(?:[<>≤≥=]|及?以[上下内]|[-~—至到]\d)")
_LIST_NUMBER = regex.compile(
    r"(?<![\d.,])(?P<apart>\d{1,2})(?:[.、](?!\d)|\.(?=\x20))|(?:^|(?<=[。；;:！？\n)”】分%止]))(?P<glued>\d{1,2})\.\d"
)


def glued_list_number(text: str, start: int, end: int, *, share: bool, divisible: bool) -> int:
    """How many characters at `text[start:end]` are a list number glued to the figure; 0 when it is all figure.

    `share` says that a percent sign follows, `divisible` that the unit may be counted in fractions.
    """
    match = _GLUED.fullmatch(text, start, end)
    if match is None or int(match.group("item")) > _LARGEST:
        return 0
    before = text[max(0, start - 2) : start]
    if not _ITEM_START.search(before):
        return 0
    item, length = int(match.group("item")), match.start("rest") - start
    if share and _upside_down(text, start, match.start("rest")):
        return length
    if not divisible and _FIRM_ITEM_START.search(before):
        return length
    if divisible and not _COMPARISON.match(text, end):
        return 0
    return length if _continues_series(text, start, item) else 0


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


def _continues_series(text: str, start: int, item: int) -> bool:
    """Whether the list number before or after `start` makes `item` the next or previous of a series."""
    numbers = list(_LIST_NUMBER.finditer(text))
    before = (number for number in reversed(numbers) if number.start() < start)
    after = (number for number in numbers if number.start() > start)
    return _reaches_apart(before, item, -1) or _reaches_apart(after, item, 1)


def _reaches_apart(numbers: Iterable[regex.Match[str]], item: int, step: int) -> bool:
    """Whether, counting on from `item` by `step`, a list number that stands apart is reached.

    Numbers that may be glued are passed through when they fit and passed over when they do not, for those may be
    decimals.
    """
    expected = item + step
    for number in numbers:
        if number.group("apart"):
            return int(number.group("apart")) == expected
        if int(number.group("glued")) == expected:
            expected += step
    return False
