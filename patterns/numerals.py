"""Numerals, each to an exact Decimal: digits with thousands marks, Chinese numerals (四十一), capitals (贰拾叁万元整).

All functions work on folded text (`patterns.fold`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import regex

from patterns.scanning import scan

MISPLACED_THOUSANDS = "misplaced-thousands"

# Words that make the number before them an amount or a share, so that any marks inside it are thousands marks.
_AMOUNT_FOLLOWS = regex.compile(r"[余多]?+[十百千万亿]*+[余多]?+(?:元|美元|港元|%)")

# Words after which a bare number stands complete, so that a comma behind it parts clauses ("得分20，100%按期完成").
_STANDS_ALONE = regex.compile(r"(?:分值|得分|满分|权重|评分|分数|序号|代码|编码)[为是:=]?$")

# Longer ones are codes or table rows run together.
_LONGEST_NUMBER = 40
_LONGEST_NUMERAL = 30

# Digits with everything that may part them inside one figure; what it is is decided afterwards.
_CHUNK = regex.compile(r"\d++(?:(?:[,，]\x20?+|\.)\d++)*+")
_PLAIN = regex.compile(r"\d++(?:\.\d++)?+")
_ANYHOW_GROUPED = regex.compile(r"\d++(?:,\d++)++(?:\.\d++)?+")
_GROUPED = regex.compile(r"\d{1,3}+(?:[,，]\d{3})++(?:\.\d++)?+")
_LOOSELY_GROUPED = regex.compile(r"\d{1,3}+(?:,\x20?+\d{3})++(?:\.\d++)?+")
_YEAR = regex.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in digits: its characters `[start, end)`, value, printed decimals, and what is odd about its print."""

    start: int
    end: int
    value: Decimal
    places: int
    remark: str | None = None


def find_numbers(text: str) -> Iterator[Number]:
    """Every number in digits, without sign or unit, from left to right.

    Thousands marks are read where the groups are well formed (also the full-width ，), and where they are misplaced
    but the number is plainly one figure ("25,5171.89" before a money unit); the latter carry `MISPLACED_THOUSANDS`.
    Dotted sequences with more than one point (2021.12.31, 3.1.2) are no numbers and are left out.
    """
    return (number for number in _all_numbers(text) if number.end - number.start <= _LONGEST_NUMBER)


def parse_number(printed: str) -> Number | None:
    """The one number that `printed` is, or None when it is none or several."""
    if len(printed) > _LONGEST_NUMBER:
        return None
    if _PLAIN.fullmatch(printed) or _GROUPED.fullmatch(printed) or _LOOSELY_GROUPED.fullmatch(printed):
        return _number(printed, 0)
    if _ANYHOW_GROUPED.fullmatch(printed) and _is_misplaced(printed):
        return _number(printed, 0, MISPLACED_THOUSANDS)
    return None


def _all_numbers(text: str) -> Iterator[Number]:
    for chunk in scan(_CHUNK, text):
        printed = chunk.group()
        if "," not in printed and "，" not in printed:
            if printed.count(".") <= 1:
                yield _number(printed, chunk.start())
        elif _GROUPED.fullmatch(printed) and not _is_comma_of_clause(text, printed, chunk.start()):
            yield _number(printed, chunk.start())
        else:
            yield from _numbers_between_commas(text, printed, chunk.start())


def _number(printed: str, start: int, remark: str | None = None) -> Number:
    plain = printed.replace(",", "").replace("，", "").replace(" ", "")
    _, _, decimals = plain.partition(".")
    return Number(start, start + len(printed), Decimal(plain), len(decimals), remark)


def _numbers_between_commas(text: str, printed: str, start: int) -> Iterator[Number]:
    """The numbers in a run of digits with commas that is not well grouped throughout."""
    for segment_start, segment_end in _split_after_decimals(printed):
        segment = printed[segment_start:segment_end]
        if segment.count(".") > 1:
            continue
        place = start + segment_start
        followed_by_amount = _AMOUNT_FOLLOWS.match(text, start + segment_end) is not None
        if _is_comma_of_clause(text, segment, place):
            for part in _PLAIN.finditer(segment):
                yield _number(part.group(), place + part.start())
        elif _GROUPED.fullmatch(segment) or (
            _LOOSELY_GROUPED.fullmatch(segment) and (followed_by_amount or "." in segment or segment.count(",") > 1)
        ):
            yield _number(segment, place)
        elif _is_misplaced(segment) and (followed_by_amount or "." in segment):
            yield _number(segment, place, MISPLACED_THOUSANDS)
        else:
            for part in _PLAIN.finditer(segment):
                yield _number(part.group(), place + part.start())


def _is_comma_of_clause(text: str, printed: str, start: int) -> bool:
    """Whether the only comma in well grouped `printed` parts two clauses, each with a number of its own."""
    if printed.count(",") + printed.count("，") != 1:
        return False
    if "，" in printed and text.startswith("%", start + len(printed)):
        return True
    if "," in printed and "." in printed and _AMOUNT_FOLLOWS.match(text, start + len(printed)):
        return False
    return _STANDS_ALONE.search(text, max(0, start - 4), start) is not None


def _split_after_decimals(printed: str) -> Iterator[tuple[int, int]]:
    """Slices of `printed` parted at the commas that follow a decimal part: "3.5,4.6" is two numbers."""
    start = 0
    for boundary in regex.finditer(r"\.\d++([,，]\x20?+)", printed):
        yield start, boundary.start(1)
        start = boundary.end()
    yield start, len(printed)


def _is_misplaced(segment: str) -> bool:
    """Whether commas inside `segment` are thousands marks in the wrong place, and not commas of a list.

    A list is written with full-width commas or spaces, and a year before a comma is a year.
    """
    if "，" in segment or " " in segment or "," not in segment:
        return False
    leading, *groups = segment.partition(".")[0].split(",")
    if len(groups) == 1 and (_YEAR.fullmatch(leading) or (len(groups[0]) < 3 and "." not in segment)):
        return False
    return leading != "0"


# --- Chinese numerals ---------------------------------------------------------------------------------------------

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CAPITALS = dict(zip("零壹贰叁肆伍陆柒捌玖拾佰仟", "零一二三四五六七八九十百千", strict=True)) | {
    "贰": "二",
    "弍": "二",
    "参": "三",
    "億": "亿",
    "萬": "万",
    "圆": "元",
    "圓": "元",
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
CHINESE_DIGITS = "〇零一二两三四五六七八九"
CHINESE_NUMERAL = rf"[{CHINESE_DIGITS}十百千万亿]++(?:点[{CHINESE_DIGITS}]++)?+"

FORMAL_AMOUNT = regex.compile(
    r"(?P<whole>[零壹贰弍叁参肆伍陆柒捌玖拾佰仟万萬亿億]{2,})[元圆圓]"
    r"(?:(?P<jiao>[零壹贰弍叁参肆伍陆柒捌玖])(?:角|(?=[零壹贰弍叁参肆伍陆柒捌玖]分)))?+"
    r"(?:零?(?P<fen>[壹贰弍叁参肆伍陆柒捌玖])分)?+[整正]?+"
)


def parse_chinese_numeral(text: str) -> Decimal | None:
    """The exact value of a Chinese numeral (四十一, 两千零五, 三点五, 二〇二一), or None when it is malformed.

    Approximate pairs (三五, 七八) are no numerals; nor is a unit without a digit (百, 千万), 十 excepted.
    """
    whole, point, decimals = text.partition("点")
    value = _parse_whole(whole)
    if value is None or (point and not decimals):
        return None
    if not decimals:
        return Decimal(value)
    if any(character not in _DIGITS for character in decimals):
        return None
    return Decimal(f"{value}." + "".join(str(_DIGITS[character]) for character in decimals))


def parse_formal_amount(text: str) -> Decimal | None:
    """Yuan of an amount in formal capitals (人民币贰拾叁万肆仟伍佰元整, with 角 and 分), or None."""
    match = FORMAL_AMOUNT.fullmatch(text.removeprefix("人民币").lstrip(":"))
    if match is None:
        return None
    whole = _parse_whole("".join(_CAPITALS.get(character, character) for character in match.group("whole")))
    if whole is None:
        return None
    jiao, fen = (_DIGITS[_CAPITALS[match.group(name) or "零"]] for name in ("jiao", "fen"))
    return Decimal(whole) + Decimal(jiao).scaleb(-1) + Decimal(fen).scaleb(-2)


def _parse_whole(text: str) -> int | None:
    if not text or len(text) > _LONGEST_NUMERAL:
        return None
    if len(text) > 1 and all(character in _DIGITS for character in text):
        # Digit by digit, as years are written; shorter runs are approximate ("三五个").
        spelled = len(text) == 4 or "〇" in text or "零" in text
        return int("".join(str(_DIGITS[character]) for character in text)) if spelled else None
    for unit, worth in (("亿", 10**8), ("万", 10**4)):
        upper, mark, lower = text.rpartition(unit)
        if mark:
            return _parse_scaled(upper, lower, worth)
    return _parse_section(text)


def _parse_scaled(upper: str, lower: str, worth: int) -> int | None:
    """Value of `upper` times `worth` plus `lower`; "一万五" says 15000, for the next unit down is understood."""
    above = _parse_whole(upper)
    if above is None:
        return None
    if not lower:
        return above * worth
    below = _parse_whole(lower)
    if below is None or below >= worth:
        return None
    if len(lower) == 1 and lower != "十":
        below *= worth // 10
    return above * worth + below


def _parse_section(text: str) -> int | None:
    """Value below ten thousand: 二百零五, 十二, 三百五 (350)."""
    total = 0
    digit: int | None = None
    smallest = 10_000
    after_zero = False
    for character in text:
        if character in _UNITS:
            unit = _UNITS[character]
            if unit >= smallest:
                return None
            if digit is None:
                if character != "十" or (total and not after_zero):
                    return None
                digit = 1
            total += digit * unit
            smallest, digit, after_zero = unit, None, False
            continue
        value = _DIGITS.get(character)
        if value is None or digit is not None:
            return None
        if value == 0 and len(text) > 1:
            after_zero = True
            continue
        digit = value
    if digit is None:
        return total if smallest < 10_000 else None
    understood = smallest // 10 if smallest in (100, 1000) and not after_zero else 1
    return total + digit * understood
