"""Signs that recognition takes for others, put right where only one reading is a well-formed figure.

Every correction is one character for one character, so that each keeps its place. What could be read in two ways, or
is a name (A4, 2B, O2O), stays as it was read; examples of both stand in patterns/examples/ocr_confusions.toml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from itertools import combinations

_DIGIT_OF = {"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "|": "1", "Z": "2", "z": "2", "S": "5",
             "s": "5", "G": "6", "B": "8"}  # fmt: skip
_OTHER_MARK = {",": ".", ".": ",", "·": "."}

# What may follow a figure: it shows that the sign before it is part of one.
_UNITS = "%％‰元万亿分年月日人个项次"

_WELL_FORMED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_SIGNS = "".join(map(re.escape, _DIGIT_OF))
_FIGURE = re.compile(rf"(?<![A-Za-z0-9])[0-9{_SIGNS}](?:[0-9{_SIGNS},.，·]*[0-9{_SIGNS}])?(?![A-Za-z])")
# A nought or a one that stands alone before its unit, after what no name ends with.
_LONE_NOUGHT = re.compile(rf"(?<![A-Za-z0-9.])[Oo](?=[{_UNITS}])")
_LONE_ONE = re.compile(r"(?<=[得扣计加减按为(（≥≤><])[lI|](?=分)")
_PAGE_NUMBER = re.compile(r"\s*[-–—一_]+\s*[0-9]{1,4}\s*[-–—一_]+\s*")
_PAGE_DASH = re.compile(r"[一_]")
# 2029一2031: between figures nothing but a dash can stand there.
_DASH_BETWEEN_FIGURES = re.compile(r"(?<=[0-9%％年月])一(?=[0-9])")
# The year of a document number, in brackets of one kind.
_YEAR_IN_BRACKETS = re.compile(r"[〔\[][0-9]{4}[\]」〕]")

_FOREIGN = ("HIRAGANA", "KATAKANA", "CYRILLIC", "HANGUL", "ARABIC", "THAI", "CJK COMPATIBILITY")
_UNUSUAL = 0.1
_UNUSUAL_ALONE = 0.15


def settle(text: str, tight: Collection[int] = ()) -> str:
    """A recognised piece of a line with confused signs in its figures put right; the length stays the same.

    `tight` are the indices of full-width commas with no more room around them than ASCII ones have: between digits
    they part thousands.
    """
    settled = list(text)
    for index in tight:
        if text[index] == "，" and text[:index][-1:].isdigit() and text[index + 1 : index + 2].isdigit():
            settled[index] = ","
    for found in _FIGURE.finditer("".join(settled)):
        following = text[found.end() : found.end() + 1]
        settled[found.start() : found.end()] = settle_figure(found.group(), following)
    joined = _LONE_NOUGHT.sub("0", "".join(settled))
    joined = _DASH_BETWEEN_FIGURES.sub("—", _LONE_ONE.sub("1", joined))
    return _YEAR_IN_BRACKETS.sub(_close_bracket, joined)


def plausibility(character: str) -> float:
    """How much likelier a character is in a report than its shape alone tells, relative to others: below 1 for
    traditional and rare ideographs, beyond the 6,763 of GB 2312, and for scripts that reports do not use."""
    if "\u3400" <= character <= "\u9fff":
        try:
            character.encode("gb2312")
        except UnicodeEncodeError:
            return _UNUSUAL
        return 1.0
    name = unicodedata.name(character, "")
    accented = name.startswith("LATIN") and " WITH " in name
    return _UNUSUAL if accented or name.startswith(_FOREIGN) else 1.0


def plausibility_alone(character: str) -> float:
    """The same for a character that stands alone in a cell, where ≥ and √ are more likely than V and J."""
    if character.isascii() and character.isalpha():
        return _UNUSUAL_ALONE
    return plausibility(character)


def _close_bracket(found: re.Match[str]) -> str:
    opened = found.group()
    return opened[:-1] + ("〕" if opened[0] == "〔" else "]")


def settle_figure(figure: str, following: str = "") -> str:
    """The only well-formed figure that `figure` can be meant for, else `figure` as it is.

    `following` is the character after it.
    """
    if _WELL_FORMED.fullmatch(figure) or not any(sign in "0123456789" for sign in figure):
        return figure
    digits = _settle_letters(figure, following)
    if digits is None:
        return figure
    readings = {reading for reading in _settle_marks(digits) if _WELL_FORMED.fullmatch(reading)}
    return readings.pop() if len(readings) == 1 else figure


def settle_page_number(line: str) -> str:
    """A line that is nothing but a number between dashes, as page numbers are set (— 3 —): there 一 is a dash."""
    return _PAGE_DASH.sub("—", line) if _PAGE_NUMBER.fullmatch(line) else line


def _settle_letters(figure: str, following: str) -> str | None:
    """`figure` with letters read as digits; None where a letter may be meant as one."""
    letters = [index for index, sign in enumerate(figure) if sign in _DIGIT_OF]
    if not letters:
        return figure
    if len(letters) * 2 > len(figure.replace(",", "").replace(".", "")):
        return None
    last = len(figure) - 1
    for index in letters:
        if index == last and following not in tuple(_UNITS):
            return None
        if index == 0 and not _may_begin(figure, following):
            return None
    return "".join(_DIGIT_OF.get(sign, sign) for sign in figure)


def _may_begin(figure: str, following: str) -> bool:
    """Whether a letter that begins a figure is a nought before a point, or a one in a figure with a unit."""
    if figure[0] in "Oo":
        return figure[1:2] == "."
    return figure[0] in "lI|" and following in tuple(_UNITS)


def _settle_marks(figure: str) -> set[str]:
    """Ways to read the marks of a figure: as they are, or, where there are several, with one of them taken for another.

    Full-width commas part thousands only where what follows them shows it: a group that begins with a nought, or a
    second group.
    """
    if "，" in figure:
        groups = figure.split("，")
        shown = len(groups) > 2 or groups[1].startswith("0")
        return {figure.replace("，", ",")} if shown else set()
    marks = [index for index, sign in enumerate(figure) if sign in _OTHER_MARK]
    found = {figure}
    if len(marks) > 1 or "·" in figure:
        for (index,) in combinations(marks, 1):
            found.add(figure[:index] + _OTHER_MARK[figure[index]] + figure[index + 1 :])
    return found
