"""The words of table rows: nil marks, rows that total or detail other rows, codes of accounts.

Texts are folded (`patterns.fold`); blanks inside them do not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import regex

from patterns.outline import parse_heading

_BLANK = regex.compile(r"\s+")
_NIL = regex.compile(r"[-—–/\\*]*|无|不适用|…+|N/?A", regex.IGNORECASE)
_NUMBER = regex.compile(r"[-+]?\(?[\d,，.]*\d[\d,，.]*\)?[%％]?")


class RowKind(StrEnum):
    """What a row of figures is to the rows around it."""

    TOTAL = "total"  # 合计, 总计, 本年支出合计
    SUBTOTAL = "subtotal"  # 小计
    PART = "part"  # 其中：…
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class RowWords:
    """A row label as read: its kind, the kind of numbering at its head (None without one), what remains of the name."""

    kind: RowKind
    numbering: str | None
    name: str


_SUBTOTAL = regex.compile(r"(?:[^，。:]{0,20}?)(?:小计)(?:\(.*\))?")
_TOTAL = regex.compile(
    r"(?:[^，。:]{0,20}?)(?:合计|总计|总额|共计)(?:数|金额|额)?(?:\([^()]*\))?|计|总数|合计数|(?:年度|项目)?资金总额|总额|全年度?|全[省市区县州]"
)
_PART = regex.compile(r"(?:\(\d\)|[-—•·])?(?:其中|内含|包括)(?:[:,，、]|\x20)?(?P<name>.*)", regex.DOTALL)


@lru_cache(maxsize=4096)
def read_row_label(label: str) -> RowWords:
    """What a row's label says about its place among the other rows."""
    plain = _BLANK.sub("", label)
    part = _PART.fullmatch(plain)
    if part is not None:
        return RowWords(RowKind.PART, None, part.group("name"))
    heading = parse_heading(plain)
    name = plain if heading is None else plain[heading.title_start :]
    numbering = None if heading is None else heading.kind.value
    bare = name.rstrip(":")
    if _SUBTOTAL.fullmatch(bare):
        return RowWords(RowKind.SUBTOTAL, numbering, name)
    if numbering is None and _TOTAL.fullmatch(bare):
        return RowWords(RowKind.TOTAL, None, name)
    return RowWords(RowKind.ITEM, numbering, name)


_PLAIN_TOTAL = regex.compile(
    r"(?:本年|年度|全年|金额|预算|决算|项目|数量|部门|单位)*(?:收入|支出|资金|经费)?(?:合计|总计|总额|共计|计|总数)(?:数|金额|额)?(?:\(.*\))?"
)


def is_plain_total(label: str) -> bool:
    """Whether a total names no more than income or spending as a whole (合计, 本年支出合计), unlike 人员经费合计."""
    return _PLAIN_TOTAL.fullmatch(_BLANK.sub("", label)) is not None


@lru_cache(maxsize=4096)
def is_nil(text: str) -> bool:
    """Whether a cell says nil: blank, a dash, a slash."""
    return _NIL.fullmatch(_BLANK.sub("", text)) is not None


@lru_cache(maxsize=4096)
def looks_numeric(text: str) -> bool:
    """Whether a cell holds nothing but one number."""
    return _NUMBER.fullmatch(_BLANK.sub("", text)) is not None


_AMOUNT = regex.compile(r"[-+]?\(?(?:\d{1,3}(?:[,，]\d{3})+|\d+(?=\.\d))(?:\.\d+)?\)?[%％]?")


def is_amount(text: str) -> bool:
    """Whether a cell holds a figure with decimals or thousands marks, which no header does."""
    return _AMOUNT.fullmatch(_BLANK.sub("", text)) is not None


# 政府收支分类科目: functional codes of 3, 5, 7 digits (类, 款, 项), economic codes of 3 and 5.
_CODE = regex.compile(r"[1-9]\d{2}(?:\d{2}){0,3}")
_CODE_PART = regex.compile(r"\d{1,3}")
_BRACKETED_CODE = regex.compile(r"[(\[【]?([1-9]\d{2}(?:\d{2}){0,3})[)\]】]?[\s_-]?(?=\p{Han})")


def read_code(texts: tuple[str, ...]) -> str | None:
    """The account code (科目编码) that the code cells of a row make together; None where they hold none.

    201 / 06 / 01 is 2010601, 301 / 2 is 30102.
    """
    parts = [_BLANK.sub("", text) for text in texts]
    while parts and not parts[-1]:
        parts.pop()
    if not parts or not all(_CODE_PART.fullmatch(part) or _CODE.fullmatch(part) for part in parts):
        return None
    longest = parts[-1]
    if len(parts) > 1 and _CODE.fullmatch(longest) and all(longest.startswith(part) for part in parts[:-1]):
        return longest
    code = parts[0] + "".join(part.rjust(2, "0") for part in parts[1:])
    return code if _CODE.fullmatch(code) else None


def leading_code(label: str) -> str | None:
    """The account code a row label begins with ("20106 财政事务", "[20106]财政事务")."""
    match = _BRACKETED_CODE.match(label.strip())
    return None if match is None else str(match.group(1))


def is_column_numbering(label: str) -> bool:
    """Whether a row only numbers the columns (栏次 1 2 3)."""
    return _BLANK.sub("", label) in ("栏次", "列次", "栏目", "行次")


_GRAND_TOTAL = regex.compile(r"(?P<side>收入|支出|本年收入|本年支出|资金来源|资金运用)?总计")


@lru_cache(maxsize=4096)
def is_grand_total(label: str) -> bool:
    """Whether a row label names the grand total of one side of a balanced table (收入总计, 支出总计, 总计)."""
    return _GRAND_TOTAL.fullmatch(_BLANK.sub("", label)) is not None


_YEAR = regex.compile(r"全年度?")
_PERIODS: tuple[tuple[regex.Pattern[str], dict[str, int], int], ...] = (
    (regex.compile(r"第?([一二三四1-4])季度?"), {"一": 1, "二": 2, "三": 3, "四": 4}, 4),
    (regex.compile(r"([上下])半年"), {"上": 1, "下": 2}, 2),
    (regex.compile(r"(1[0-2]|[1-9])月份?"), {}, 12),
)


@lru_cache(maxsize=4096)
def is_year_label(label: str) -> bool:
    """Whether a row label says no more than that its figures are those of the year (全年)."""
    return _YEAR.fullmatch(_BLANK.sub("", label)) is not None


def _part_of_year(label: str) -> tuple[int, int] | None:
    """Which part of a year a row label names, and of how many: (2, 4) for 第二季度."""
    plain = _BLANK.sub("", label)
    for pattern, numbers, parts in _PERIODS:
        match = pattern.fullmatch(plain)
        if match is not None:
            return numbers.get(match.group(1)) or int(match.group(1)), parts
    return None


def are_parts_of_year(labels: Sequence[str]) -> bool:
    """Whether every label names a quarter, a half or a month."""
    return all(_part_of_year(label) is not None for label in labels)


def make_up_year(labels: Sequence[str]) -> bool:
    """Whether the labels are the four quarters, the two halves or the twelve months, each once."""
    parts = [_part_of_year(label) for label in labels]
    return bool(parts) and any(
        sorted(part for part in parts if part is not None) == [(number, parts_) for number in range(1, parts_ + 1)]
        and None not in parts
        for parts_ in (2, 4, 12)
    )


_AVERAGE = regex.compile(r"平均|[年月季日人户亩件次台班村]均|单价|单位成本|/[人亩户天台件次公]")


def is_average_label(text: str) -> bool:
    """Whether a row or column label names the mean of the others (全年平均执行率) or an amount for one of something."""
    return _AVERAGE.search(text) is not None
