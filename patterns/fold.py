"""Width folding and squeezing: page text made ready for patterns, every character still knowing where it came from.

Folding is one character to one character, so offsets hold without a map. Squeezing then drops what typesetting put
between the characters (line breaks, letter spacing) and returns the offset of every character it kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from itertools import chain

# Full-width marks that stay as they are: they part clauses, while the ASCII comma parts thousands.
_KEPT_FULL_WIDTH = "，！？"

_MARKS = {
    "﹪": "%",
    "﹢": "+",
    "﹣": "-",
    "﹤": "<",
    "﹥": ">",
    "﹦": "=",
    "﹡": "*",
    "﹒": ".",
    "﹔": ";",
    "﹕": ":",
    "﹙": "(",
    "﹚": ")",
    "﹛": "{",
    "﹜": "}",
    "﹐": "，",
    "﹑": "、",
    "﹖": "？",
    "﹗": "！",
    "｡": "。",
    "､": "、",
    "｢": "「",
    "｣": "」",
    "￥": "¥",
    "−": "-",  # U+2212 minus sign
    "‐": "-",  # U+2010 hyphen
    "‑": "-",  # U+2011 non-breaking hyphen
    "–": "-",  # U+2013 en dash; the em dash — stays, it stands for a range or a dash between clauses
    "∕": "/",  # U+2215 division slash
    "⁄": "/",  # U+2044 fraction slash
    "∶": ":",  # U+2236 ratio
    "︰": ":",  # U+FE30 vertical two dots
    "∼": "~",  # U+223C tilde operator
    "〜": "~",  # U+301C wave dash
    "≧": "≥",
    "≦": "≤",
    "⩾": "≥",
    "⩽": "≤",
}

# Spaces that print as room on the line, one width or another.
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"

# Characters without width: they part nothing, not even words.
_WIDTHLESS = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"

# CJK radicals (supplement) that have no compatibility decomposition, with the ideograph they are printed for
# (Unicode EquivalentUnifiedIdeograph.txt). Skia, which exports from Chromium, writes them for the ideographs.
_RADICALS = dict(
    zip(
        "⺠⺩⻁⻄⻅⻆⻉⻋⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻞⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⺒⺓⺡⺮⺰⺼⻈⻌⻎⻏⻐⻗⻠",
        "民王虎西见角贝车長镸长门青韦页风飞食食马骨鬼鱼鸟卤麦黄黾齐齿龙巳幺氵竹纟肉讠辶辶阝钅雨饣",
        strict=True,
    )
)


def _compatibility_ideographs() -> dict[str, str]:
    """Kangxi radicals and CJK compatibility ideographs with the unified ideograph each decomposes to."""
    blocks = chain(range(0x2E80, 0x2FD6), range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
    pairs = ((chr(code), unicodedata.normalize("NFKC", chr(code))) for code in blocks)
    return {source: folded for source, folded in pairs if source != folded and len(folded) == 1}


def _full_width() -> dict[str, str]:
    pairs = ((chr(code), chr(code - 0xFEE0)) for code in range(0xFF01, 0xFF5F))
    return {source: folded for source, folded in pairs if source not in _KEPT_FULL_WIDTH}


FOLDING: dict[int, str] = {
    ord(source): folded
    for source, folded in (
        _compatibility_ideographs() | _RADICALS | _full_width() | _MARKS | dict.fromkeys(_SPACES, " ")
    ).items()
}
"""The code points that fold, with what they fold into; always one character."""

# Hardly one character in fifty folds: looking for those takes a third of the time that `str.translate` takes. Those
# beyond the basic plane are given as a range, for the search compares with single ones one by one.
_TO_FOLD = re.compile(f"[{re.escape(''.join(chr(code) for code in FOLDING if code < 0x10000))}\U0002f800-\U0002fa1f]")


def fold_character(character: str) -> str:
    """The character as patterns expect it; most characters are their own fold."""
    return FOLDING.get(ord(character), character)


def fold(text: str) -> str:
    """`text` with widths folded, character for character: the result has the same length and the same offsets."""
    return text if text.isascii() else _TO_FOLD.sub(_folded, text)


def _folded(found: re.Match[str]) -> str:
    return fold_character(found[0])


_GAP = re.compile(rf"[\s{_WIDTHLESS}]+")
_ALPHANUMERIC = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_DIGITS = frozenset("0123456789")
# "1. 2021年…" and "3. 50万元以上…": the point belongs to a list number, so the space after it must not make a decimal
# of it. "97. 62分" and "1. 5%" are figures set wide: list numbers are small and not followed by a mere share.
_LIST_NUMBER = re.compile(r"(?:^|[。;:！？\n])\s*(?:[1-9]|1[0-9]|20)\.$")
_DECIMAL_END = re.compile(r"[0-9]\.[0-9]+$")
_MARKED = re.compile(r"[0-9]+[.,][0-9]")
_SHARE = re.compile(r"[0-9]+\s*(?:%|$)")


def squeeze(text: str, hard_breaks: Collection[int] = ()) -> tuple[str, Sequence[int]]:
    """`text` folded and without typesetting gaps, with the index in `text` of every character kept.

    A gap (spaces, line breaks, characters without width) is dropped, except that one space stays where closing the
    gap would make two words or figures one: between ASCII letters or digits ("5 6"), after an ASCII comma between
    digits ("24, 100"), and after a list number's point before a digit ("1. 2021年"). A line break inside a figure
    (between digits, or between a digit and `.` or `,`) is closed, for lines end within figures; not so where that
    would make a figure with two points, or at an index in `hard_breaks`, where layout shows that the line ended
    because its text did.
    """
    folded = fold(text)
    if _GAP.search(folded) is None:
        return folded, range(len(folded))
    parts: list[str] = []
    indices: list[int] = []
    position = 0
    for gap in _GAP.finditer(folded):
        start, end = gap.span()
        parts.append(folded[position:start])
        indices.extend(range(position, start))
        hard = bool(hard_breaks) and any(index in hard_breaks for index in range(start, end))
        if start > 0 and end < len(folded) and _keeps_space(folded, start, end, hard):
            parts.append(" ")
            indices.append(next(index for index in range(start, end) if text[index].isspace()))
        position = end
    parts.append(folded[position:])
    indices.extend(range(position, len(folded)))
    return "".join(parts), indices


def _are_two_figures(folded: str, start: int, end: int) -> bool:
    """Whether a decimal ends before the gap and more than digits begin after it: one figure has one point."""
    return _DECIMAL_END.search(folded, max(0, start - 24), start) is not None and _MARKED.match(folded, end) is not None


def _keeps_space(folded: str, start: int, end: int, hard: bool) -> bool:
    """Whether the gap `folded[start:end]` parts two words or figures."""
    left, right, gap = folded[start - 1], folded[end], folded[start:end]
    if right not in _ALPHANUMERIC or not any(character.isspace() for character in gap):
        return False
    if not hard and ("\n" in gap or "\r" in gap):
        cut = left in _DIGITS and right in _DIGITS and not _are_two_figures(folded, start, end)
        return left in _ALPHANUMERIC and not cut
    if left in _ALPHANUMERIC:
        return True
    if right not in _DIGITS or start < 2 or folded[start - 2] not in _DIGITS:
        return False
    if left != ".":
        return left == ","
    return hard or (
        _LIST_NUMBER.search(folded, max(0, start - 8), start) is not None and _SHARE.match(folded, end) is None
    )
