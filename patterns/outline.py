"""The numbering of Chinese official outlines: 第一部分, 一、, （一）, 1., （1）, ①, A、 at the start of a paragraph."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from patterns.fold import fold, fold_character


class OutlineKind(StrEnum):
    """How a heading is numbered. The order is the usual one from the outside in (GB/T 9704-2012, 7.3.3)."""

    PART = "part"  # 第一部分, 第一章
    PART_SECTION = "part_section"  # 第一节
    ANNEX = "annex"  # 附件1, 附表
    CHINESE = "chinese"  # 一、
    CHINESE_BRACKETED = "chinese_bracketed"  # （一）
    ARABIC = "arabic"  # 1. or 1、
    DECIMAL = "decimal"  # 1.1, 2.3.1
    ARABIC_BRACKETED = "arabic_bracketed"  # （1）
    ARABIC_HALF_BRACKETED = "arabic_half_bracketed"  # 1)
    CIRCLED = "circled"  # ①
    LETTER = "letter"  # A、


@dataclass(frozen=True, slots=True)
class Heading:
    """The number at the head of a paragraph.

    `level` is the kind's usual depth, 1 outermost; what it is in a given document only the document tells. `number`
    is the mark as printed, `ordinal` its value (the last part of a decimal number, 0 for an annex without number),
    `parts` all parts of a decimal number, `title_start` the index of the title in the text that was parsed.
    """

    kind: OutlineKind
    level: int
    number: str
    ordinal: int
    title_start: int
    parts: tuple[int, ...] = ()


_LEVELS = {kind: level for level, kind in enumerate(OutlineKind, start=1)}

_CHINESE_DIGITS = "一二三四五六七八九"
_CHINESE = rf"(?:[{_CHINESE_DIGITS}]?十[{_CHINESE_DIGITS}]?|[{_CHINESE_DIGITS}])"
_ARABIC = r"[1-9][0-9]?"

# What may follow a number and shows that it numbers nothing: a relation, a range, numbers read together.
_NOTHING = r"[、,，.。;:=+×÷/%≥≤<>~—)]|-\s*[0-9(]|[至和及与或]\s*[(第0-9一二三四五六七八九十]"
_TITLE = rf"\s*(?!\s|$|{_NOTHING})"
_TITLE_OR_END = rf"\s*(?!\s|是|为|的|中|{_NOTHING})"
# "三、四季度", "一、二级指标", "1、2号楼", "1、2、3": numbers read together.
_TOGETHER = rf"(?!\s*(?:{_CHINESE}|[0-9]+)\s*(?:、|季度|月|级|类|批|期|档|标段|号|楼|层|栋))"
_YEAR = r"(?:19|20)[0-9]{2}\s*(?:年|-|—|~)"
# What makes a measure of "3.5": units of money, of share, of whatever is counted, unless the character begins another
# word ("1.2项目概况").
_MEASURE = (
    r"\s*(?:[%‰万亿千百元件次套辆亩吨倍版度份栋]|项(?!目)|人(?![员口才民大])|个(?!人)|分(?![析配工类解为])|家(?!庭)"
    r"|户(?!籍)|名(?!称)|台(?!账)|米|年(?!度)|月(?!度)|日(?!常)|天(?!然)|成(?![果本效立])|处(?![理置])|条(?!件)"
    r"|场(?![所地])|期(?![末初])|篇|册|批(?!复)|座(?!谈)|间(?!接)|宗(?!旨)|所(?![属有])|起(?![草止])"
    r"|公里|平方|小时|课时|学时|以上|以下|左右)"
)

_PATTERNS: tuple[tuple[OutlineKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\s*(?P<number>{number}){title}"))
    for kind, number, title in (
        (OutlineKind.PART, rf"第\s*(?P<ordinal>{_CHINESE}|{_ARABIC})\s*(?:部\s*分|章|篇)[、:]?", _TITLE_OR_END),
        (OutlineKind.PART_SECTION, rf"第\s*(?P<ordinal>{_CHINESE}|{_ARABIC})\s*节[、:]?", _TITLE_OR_END),
        (OutlineKind.ANNEX, rf"附\s*[件表]\s*(?P<ordinal>{_CHINESE}|{_ARABIC}|)[:.、-]", _TITLE_OR_END),
        (OutlineKind.ANNEX, rf"附\s*[件表]\s*(?P<ordinal>{_CHINESE}|{_ARABIC})(?![0-9])", _TITLE_OR_END),
        (OutlineKind.ANNEX, r"附\s*[件表](?P<ordinal>)(?=\s*$)", ""),
        (OutlineKind.CHINESE, rf"(?P<ordinal>{_CHINESE})\s*(?:、|\.(?!\s*[0-9])){_TOGETHER}", _TITLE),
        (OutlineKind.CHINESE_BRACKETED, rf"\(\s*(?P<ordinal>{_CHINESE})\s*\)[、.]?", _TITLE),
        (OutlineKind.CHINESE_BRACKETED, r"(?P<ordinal>[㈠-㈩])[、.]?", _TITLE),
        (OutlineKind.DECIMAL, rf"(?P<ordinal>{_ARABIC}(?:\.{_ARABIC}){{1,3}})(?![0-9]|{_MEASURE})[.、]?", _TITLE),
        (OutlineKind.ARABIC, rf"(?P<ordinal>{_ARABIC})\s*\.(?=\s|[^0-9]|{_YEAR})", _TITLE),
        (OutlineKind.ARABIC, rf"(?P<ordinal>{_ARABIC})\s*、{_TOGETHER}", _TITLE),
        (OutlineKind.ARABIC, r"(?P<ordinal>[⒈-⒛])", _TITLE),
        (OutlineKind.ARABIC_BRACKETED, rf"\(\s*(?P<ordinal>{_ARABIC})\s*\)[、.]?", _TITLE),
        (OutlineKind.ARABIC_BRACKETED, r"(?P<ordinal>[⑴-⒇])[、.]?", _TITLE),
        (OutlineKind.ARABIC_HALF_BRACKETED, rf"(?P<ordinal>{_ARABIC})\s*\)[、.]?", _TITLE),
        (OutlineKind.CIRCLED, r"(?P<ordinal>[①-⑳])[、.]?", _TITLE),
        (OutlineKind.LETTER, r"(?P<ordinal>[A-Z])\s*[、.]", r"\s*(?=[\u4e00-\u9fff])"),
    )
)
# No number is longer; parsing looks no further.
_REACH = 24
_FIRST = re.compile(r"[第附(0-9A-Z一二三四五六七八九十㈠-㈩⒈-⒛⑴-⒇①-⑳]")


def parse_heading(text: str) -> Heading | None:
    """The outline number `text` begins with, or None when it begins with none.

    Widths need not be folded. Decimals with a measure ("3.5万元"), dates ("2021.5"), numbers read together (三、四季度)
    and bare numbers are no headings; neither is a list number glued to a figure ("2.5%≤比率"), which only its
    neighbours could tell from a decimal. Whether the numbers run on (1, 2, 3, …) is for the caller to judge.
    """
    first = text[:_REACH].lstrip()[:1]
    if not first or _FIRST.match(fold_character(first)) is None:
        return None
    head = fold(text[:_REACH])
    for kind, pattern in _PATTERNS:
        match = pattern.match(head)
        if match is None:
            continue
        parts = tuple(_value(part) for part in match["ordinal"].split("."))
        start, end = match.span("number")
        return Heading(kind, _LEVELS[kind], text[start:end].strip(), parts[-1], match.end(), parts)
    return None


def _value(numeral: str) -> int:
    """The value of an ordinal as it stands in a heading: Arabic, Chinese up to 九十九, enclosed, or a letter."""
    if numeral == "":
        return 0
    if numeral.isascii() and numeral.isdigit():
        return int(numeral)
    if numeral.isascii():
        return ord(numeral) - ord("A") + 1
    if len(numeral) == 1 and numeral not in _CHINESE_DIGITS + "十":
        return int(unicodedata.numeric(numeral))
    tens, ten, ones = numeral.rpartition("十")
    value = 10 * (_CHINESE_DIGITS.index(tens) + 1 if tens in _CHINESE_DIGITS and tens else 1) if ten else 0
    return value + (_CHINESE_DIGITS.index(ones) + 1 if ones else 0)
