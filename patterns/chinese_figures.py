"""Figures whose number is written in Chinese: 百分之三十五, 八成, 两千万元, 贰拾万元整, 十二家, 扣两分.

Most Chinese numerals in prose measure nothing (统一, 第三, 一是, 四个意识), so a numeral is a figure only before a unit
from a short list and where nothing around it makes it part of a word, an ordinal or a slogan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import regex

from patterns.approximators import approximator_after, approximator_before
from patterns.figure import Figure, quantum_of
from patterns.numerals import (
    CHINESE_DIGITS,
    CHINESE_NUMERAL,
    FORMAL_AMOUNT,
    parse_chinese_numeral,
    parse_formal_amount,
)
from patterns.scanning import scan
from patterns.units import UNITS, unit_at

# Units that are counted in Chinese numerals.
_COUNTED = frozenset(UNITS) & frozenset(
    regex.split(
        r"\s+",
        """个 项 家 人 名 位 次 件 户 台 辆 套 宗 份 块 栋 幢 座 所 处 类 种 篇 条 批 支 间 场 人次 场次 户次 批次 个月
        亩 公里 公顷 平方米 平方公里 小时 分钟 百分点 个百分点 个工作日 元 美元 吨""",
    )
)

# What stands before a numeral that counts nothing: ordinals (第, 届), indefinites (每, 某, 数, 几), words (统一, 任一).
_PART_OF_WORD = frozenset("第每某这那各同统之唯任另上下届数几初逐专单万归划合惟其整前后近多若再.点")
_SLOGAN = regex.compile(r"[^“”]{0,10}[”\"'’》]")
_MARK_CUE = regex.compile(r"(?:[得扣加减计各给]|给予)$")
_NOT_A_MARK = regex.compile(r"分[钟之别]")
_SMALL = regex.compile(rf"[{CHINESE_DIGITS}]")
_SESSION = regex.compile(r"次(?:全会|会议|全体|党代会|代表)")

_TENTHS_END = r"(?=以上|以下|左右|多|的|企业|资金|由|用于|[^\p{Han}\d]|$)"
_FORMAL = regex.sub(r"\?P<\w+>", "?:", FORMAL_AMOUNT.pattern)

_CHINESE = regex.compile(
    rf"(?P<percent>百分之(?P<share>{CHINESE_NUMERAL}|\d++(?:\.\d++)?+))"
    rf"|(?P<tenths>(?<![第分年每])(?P<tenth>[{CHINESE_DIGITS}]|\d(?:\.\d)?)成(?P<half>[半一二三四五六七八九])?{_TENTHS_END})"
    rf"|(?P<formal>(?:人民币:?)?{_FORMAL})"
    rf"|(?P<number>{CHINESE_NUMERAL})(?P<some>[余多])?+"
)


def find_chinese_figures(text: str) -> Iterator[Figure]:
    """Figures with a number in Chinese characters, from left to right."""
    for match in scan(_CHINESE, text):
        if match.group("percent"):
            figure = _percent(match)
        elif match.group("tenths"):
            figure = _tenths(match)
        elif match.group("formal"):
            figure = _formal(match)
        else:
            figure = _counted(text, match)
        if figure is not None:
            yield _approximated(text, figure)


def _approximated(text: str, figure: Figure) -> Figure:
    if figure.approximate is not None:
        return figure
    found = approximator_before(text, figure.start, figure.unit) or approximator_after(text, figure.end)
    if found is None:
        return figure
    return replace(figure, approximate=found.normal)


def _percent(match: regex.Match[str]) -> Figure | None:
    share = match.group("share")
    if share[0].isascii():
        value: Decimal | None = Decimal(share)
        places = len(share.partition(".")[2])
    else:
        value = Decimal(100) if share == "百" else parse_chinese_numeral(share)
        places = len(share.partition("点")[2])
    if value is None:
        return None
    return Figure("percent", match.start(), match.end(), value, "%", places, quantum_of(places, Decimal(1)))


def _tenths(match: regex.Match[str]) -> Figure | None:
    tenth = match.group("tenth")
    value = Decimal(tenth) if tenth[0].isascii() else parse_chinese_numeral(tenth)
    if value is None or not value:
        return None
    half = match.group("half")
    if half:
        value += Decimal("0.5") if half == "半" else (parse_chinese_numeral(half) or 0) / Decimal(10)
    places = 1 if half or "." in tenth else 0
    return Figure("percent", match.start(), match.end(), value * 10, "成", places, quantum_of(places, Decimal(10)))


def _formal(match: regex.Match[str]) -> Figure | None:
    value = parse_formal_amount(match.group())
    if value is None:
        return None
    return Figure("money", match.start(), match.end(), value, "元", 0, Decimal("0.01"))


def _counted(text: str, match: regex.Match[str]) -> Figure | None:
    numeral, start = match.group("number"), match.start()
    value = parse_chinese_numeral(numeral)
    before = text[start - 1] if start else ""
    if value is None or before in _PART_OF_WORD or (before.isascii() and before.isalnum()):
        return None
    places = len(numeral.partition("点")[2])
    worth = _last_magnitude(numeral) if not places else Decimal(1)
    if text.startswith("分", match.end()):
        if not _MARK_CUE.search(text, max(0, start - 2), start) or _NOT_A_MARK.match(text, match.end()):
            return None
        return Figure("score", start, match.end() + 1, value, "分", places, quantum_of(places, worth))
    found = unit_at(text, match.end())
    if found is None:
        return None
    unit, end = found
    word = text[match.end() : end]
    if word not in _COUNTED or (numeral == "一" and unit.name != "百分点"):
        return None
    if before in "“\"'‘《" and _SLOGAN.match(text, end):
        return None
    if unit.kind == "money" and _SMALL.fullmatch(numeral):
        return None  # 二元结构, 三元桥: no one writes so small an amount in Chinese
    if _SESSION.match(text, match.end()):
        return None
    some = "余" if match.group("some") else None
    return Figure(unit.kind, start, end, value * unit.factor, unit.name, places, quantum_of(places, worth), some)


def _last_magnitude(numeral: str) -> Decimal:
    """Worth of the last stated digit: ten thousand in 三万, one in 十五, ten in 三百五."""
    worth = Decimal(1)
    for character in reversed(numeral):
        if character not in "十百千万亿":
            break
        worth *= Decimal({"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[character])
    return worth
