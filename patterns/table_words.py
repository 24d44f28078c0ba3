"""The words of tables: nil marks, rows that total or detail other rows, codes of accounts, formulas in headers.

Texts are folded (`patterns.fold`); blanks inside them do not matter.
"""

from __future__ import annotations

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
    r"(?:[^，。:]{0,20}?)(?:合计|总计|总额|共计)(?:数|金额|额)?(?:\([^()]*\))?|计|总数|合计数|(?:年度|项目)?资金总额|总额"
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


def is_nil(text: str) -> bool:
    """Whether a cell says nil: blank, a dash, a slash."""
    return _NIL.fullmatch(_BLANK.sub("", text)) is not None


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


_CODE_HEADER = regex.compile(r".*(?:编码|代码|编号)|序号|行次|[类款项目]")


def is_code_header(text: str) -> bool:
    """Whether a header says that its column numbers rows or names accounts by code (科目编码, 类, 款, 项, 序号)."""
    return _CODE_HEADER.fullmatch(_BLANK.sub("", text)) is not None


class RateKind(StrEnum):
    """What the figures of a percent column are shares of."""

    SHARE = "share"  # 占比: a row's amount of the total
    PROGRESS = "progress"  # 执行率, 完成率: what was done of what was planned
    GROWTH = "growth"  # 增长率: the change of what was before
    OTHER = "other"


_RATE_KINDS: tuple[tuple[RateKind, regex.Pattern[str]], ...] = (
    (RateKind.GROWTH, regex.compile(r"增长|增幅|降幅|增减|增速|变动|同比|环比|下降|减少率|增加率|变化率")),
    (
        RateKind.PROGRESS,
        regex.compile(
            r"(?:执行|支出|支付|完成|使用|到位|进度|利用|实现|达成|结算|拨付|分配)(?:比)?[率度]|完成|执行情况|进度|占预算"
        ),
    ),
    (RateKind.SHARE, regex.compile(r"占|比重|比例|构成|百分比|份额")),
)


def rate_kind(path: tuple[str, ...]) -> RateKind:
    """What the header of a percent column says it relates, the innermost word first."""
    for text in reversed(path):
        plain = _BLANK.sub("", text)
        for kind, pattern in _RATE_KINDS:
            if pattern.search(plain):
                return kind
    return RateKind.OTHER


_BUDGET_RATE = regex.compile(r"执行率|支出率|支付率|支出进度|支付进度|预算.{0,4}(?:进度|完成率)|执行进度")
_SCHEDULE = regex.compile(r"序时")


def is_budget_rate(path: tuple[str, ...]) -> bool:
    """Whether a rate column says how much of a budget was spent; 完成率 or 进度 alone may measure the works instead."""
    return any(_BUDGET_RATE.search(_BLANK.sub("", text)) for text in path)


def is_schedule(path: tuple[str, ...]) -> bool:
    """Whether a percent column is given by the calendar (序时进度) and computed from nothing."""
    return any(_SCHEDULE.search(text) for text in path)


class AmountKind(StrEnum):
    """What the header of an amount column says of its figures in the course of a budget."""

    PLANNED = "planned"  # 预算数, 指标, 计划
    DONE = "done"  # 执行数, 决算数, 支出, 完成
    BEFORE = "before"  # 上年数, 年初数
    NOW = "now"  # 本年数, 年末数
    CHANGE = "change"  # 增减额
    REMAINDER = "remainder"  # 结余, 未支付
    OTHER = "other"


# First match wins, on the innermost header word that says anything.
_AMOUNT_KINDS: tuple[tuple[AmountKind, regex.Pattern[str]], ...] = (
    (
        AmountKind.CHANGE,
        regex.compile(r"增减|变动|差额|差异|净增|增长额|增加额|减少额|比上年|比去年|较上年|较去年|增\(减\)|[+±]"),
    ),
    (
        AmountKind.DONE,
        regex.compile(r"执行|决算|支付|实际|完成|已支|支出数|累计支|使用|到账|到位(?!率)|实现|结算|拨付数|发生"),
    ),
    (AmountKind.PLANNED, regex.compile(r"预算|指标|计划|批复|下达|安排|目标|应|概算|控制数|总额度|额度|任务|序时")),
    (AmountKind.BEFORE, regex.compile(r"上年|去年|上期|期初|年初数|基期|前年|以前年度")),
    (AmountKind.NOW, regex.compile(r"本年|今年|本期|期末|年末|当年|报告期")),
)
_YEAR = regex.compile(r"(20\d\d)年?")


def amount_kind(path: tuple[str, ...]) -> AmountKind:
    """What the header of an amount column says of it, the innermost word first."""
    for text in reversed(path):
        plain = _BLANK.sub("", text)
        for kind, pattern in _AMOUNT_KINDS:
            if pattern.search(plain):
                return kind
    return AmountKind.OTHER


def header_year(path: tuple[str, ...]) -> int | None:
    """The year a column header names (2023年决算数), None without one."""
    for text in reversed(path):
        match = _YEAR.search(_BLANK.sub("", text))
        if match:
            return int(match.group(1))
    return None


@dataclass(frozen=True, slots=True)
class HeaderFormula:
    """How a header says its column is computed from columns that bear letters or numbers: (C=B/A), 5=4/3, 3=1-2.

    `terms` are marks with a sign for sums; for a quotient `numerator` and `denominator` are set.
    """

    terms: tuple[tuple[str, bool], ...] = ()
    numerator: str | None = None
    denominator: str | None = None


_MARK = r"[A-Z]|[①-⑳]|\d{1,2}"
_HEADER_MARK = regex.compile(
    rf"[(\[](?P<mark>{_MARK})[)\]]|^(?P<bare>{_MARK})$|^(?P<given>{_MARK})=|[(\[](?P<inner>{_MARK})=|(?P<circled>[①-⑳])"
)
_QUOTIENT = regex.compile(
    rf"(?:^|[=(\[])\(?(?P<numerator>{_MARK})\)?[/÷]\(?(?P<denominator>{_MARK})\)?(?:[*×]100%?)?(?=[)\]%]|$)"
)
_SUM = regex.compile(rf"(?:^|[=(\[])(?P<terms>(?:{_MARK})(?:[-+](?:{_MARK}))+)(?=[)\]]|$)")
_TERM = regex.compile(rf"(?P<sign>[-+]?)(?P<mark>{_MARK})")


def header_mark(text: str) -> str | None:
    """The letter or number by which a header lets other headers name its column: 全年预算数(A), ①, 3=1+2."""
    match = _HEADER_MARK.search(_BLANK.sub("", text))
    return None if match is None else next(group for group in match.groups() if group is not None)


def header_formula(text: str) -> HeaderFormula | None:
    """The formula a header prints for its column, None without one."""
    plain = _BLANK.sub("", text)
    quotient = _QUOTIENT.search(plain)
    if quotient is not None:
        return HeaderFormula(numerator=quotient.group("numerator"), denominator=quotient.group("denominator"))
    total = _SUM.search(plain)
    if total is None:
        return None
    terms = tuple((term.group("mark"), term.group("sign") == "-") for term in _TERM.finditer(total.group("terms")))
    return HeaderFormula(terms=terms)


_AVERAGE = regex.compile(r"平均")


def is_average_label(text: str) -> bool:
    """Whether a row or column label names the mean of the others (全年平均执行率)."""
    return _AVERAGE.search(text) is not None


_CUMULATIVE = regex.compile(r"累计|累积")
_OF_ONE_PERIOD = regex.compile(r"[本当](?:季|月|期|旬|周)(?!.*累)|单季|单月|季度(?:支出|执行)数")


def is_cumulative_header(path: tuple[str, ...]) -> bool:
    """Whether a column runs on from period to period (累计支出)."""
    return any(_CUMULATIVE.search(text) for text in path)


def is_period_header(path: tuple[str, ...]) -> bool:
    """Whether a column holds what falls into each period alone (本季支出, 当月支出)."""
    return any(_OF_ONE_PERIOD.search(_BLANK.sub("", text)) for text in path) and not is_cumulative_header(path)


_OPENING = regex.compile(r"(?:年初|期初|上年).*(?:结转|结余|余额)")
_CLOSING = regex.compile(r"(?:年末|期末|结转下年).*(?:结转|结余|余额)|结转下年")


def is_opening_balance(path: tuple[str, ...]) -> bool:
    """Whether a column or row holds what was carried into the period (年初结转和结余)."""
    return any(_OPENING.search(_BLANK.sub("", text)) for text in path)


def is_closing_balance(path: tuple[str, ...]) -> bool:
    """Whether a column or row holds what is carried out of the period (年末结转和结余)."""
    return any(_CLOSING.search(_BLANK.sub("", text)) for text in path)


_GRAND_TOTAL = regex.compile(r"(?P<side>收入|支出|本年收入|本年支出|资金来源|资金运用)?总计")


def is_grand_total(label: str) -> bool:
    """Whether a row label names the grand total of one side of a balanced table (收入总计, 支出总计, 总计)."""
    return _GRAND_TOTAL.fullmatch(_BLANK.sub("", label)) is not None


_OF_WHICH_HEADER = regex.compile(r"(?:其中|内含)[:,，]?")


def is_part_header(text: str) -> bool:
    """Whether a column header names a part of the column before it (其中:财政拨款)."""
    return _OF_WHICH_HEADER.match(_BLANK.sub("", text)) is not None
