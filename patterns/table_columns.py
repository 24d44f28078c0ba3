"""The words of table columns: what rates relate, what amounts are in the course of a budget, formulas in headers.

Texts are folded (`patterns.fold`); blanks inside them do not matter. A path is the header texts above a column, the
outermost first.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import regex

_BLANK = regex.compile(r"\s+")


_CODE_HEADER = regex.compile(r".*(?:编码|代码|编号)|序号|行次|[类款项目]")


@lru_cache(maxsize=4096)
def is_code_header(text: str) -> bool:
    """Whether a header says that its column numbers rows or names accounts by code (科目编码, 类, 款, 项, 序号)."""
    return _CODE_HEADER.fullmatch(_BLANK.sub("", text)) is not None


_LINE_NUMBER_HEADER = regex.compile(r"序号|行次|编号|序")


def is_line_number_header(text: str) -> bool:
    """Whether a header says that its column only numbers the rows."""
    return _LINE_NUMBER_HEADER.fullmatch(_BLANK.sub("", text)) is not None


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


@lru_cache(maxsize=4096)
def rate_kind(path: tuple[str, ...]) -> RateKind:
    """What the header of a percent column says it relates, the innermost word first."""
    for text in reversed(path):
        plain = _BLANK.sub("", text)
        for kind, pattern in _RATE_KINDS:
            if pattern.search(plain):
                return kind
    return RateKind.OTHER


_NAMED_RATE = regex.compile(r"(?P<act>\p{Han}{2})率(?:\(.*?\))?")
_DEGREE = regex.compile(r"(?:非常|很|十分|比较|较|基本)?满意|一般|不太?满意|不了解|不清楚|说不清")


def rate_counts(rate: tuple[str, ...], amount: tuple[str, ...]) -> bool:
    """Whether a rate column is named for what an amount column counts (回收率, 回收份数)."""
    match = _NAMED_RATE.search(_BLANK.sub("", rate[-1])) if rate else None
    return match is not None and match.group("act") in _BLANK.sub("", "".join(amount))


@lru_cache(maxsize=4096)
def is_degree_header(text: str) -> bool:
    """Whether a header names a degree of satisfaction (非常满意, 一般, 不满意)."""
    return _DEGREE.fullmatch(regex.sub(r"\(.*?\)|\s|人数|份数", "", text)) is not None


_DEDUCTION = regex.compile(r"(?:扣|失|减)分(?:值|数|合计)?(?:\(分\))?")


def is_deduction_header(text: str) -> bool:
    """Whether a header stands over the marks that were taken off (扣分)."""
    return _DEDUCTION.fullmatch(_BLANK.sub("", text)) is not None


_GROWTH_WORDS = regex.compile(
    r"\(.*?\)|上年|去年|上期|同期|同比|环比|增[长减幅速加]|变动|变化|升降|减少|下降|上升|幅度|比例|情况|[较比与率幅额度增减%年\d]"
)
_LEAST_SUBJECT = 2


def growth_subject(path: tuple[str, ...]) -> str:
    """What a growth column says it is the growth of (保费增减 -> 保费); empty where its header names nothing."""
    subject = _GROWTH_WORDS.sub("", _BLANK.sub("", path[-1])) if path else ""
    return subject if len(subject) >= _LEAST_SUBJECT else ""


# header of a growth column, what it is the growth of
GROWTH_SUBJECT_EXAMPLES: tuple[tuple[str, str], ...] = (
    ("保费增减", "保费"),
    ("数量增长率(%)", "数量"),
    ("较2021年增长", ""),
    ("比上年增减%", ""),
    ("减少幅度", ""),
)

# header, whether it names a degree of satisfaction, whether it stands over marks taken off
SURVEY_HEADER_EXAMPLES: tuple[tuple[str, bool, bool], ...] = (
    ("非常满意", True, False),
    ("不满意(份)", True, False),
    ("满意度", False, False),
    ("扣分", False, True),
    ("失分值", False, True),
    ("扣分原因", False, False),
)

# header of a rate, header of an amount, whether the rate counts it
RATE_COUNTS_EXAMPLES: tuple[tuple[str, str, bool], ...] = (
    ("回收率", "回收份数", True),
    ("有效率(%)", "有效问卷", True),
    ("回收率", "发放份数", False),
    ("占比", "发放份数", False),
)


_BUDGET_RATE = regex.compile(r"执行率|支出率|支付率|支出进度|支付进度|预算.{0,4}(?:进度|完成率)|执行进度")
_SCHEDULE = regex.compile(r"序时")


@lru_cache(maxsize=4096)
def is_budget_rate(path: tuple[str, ...]) -> bool:
    """Whether a rate column says how much of a budget was spent; 完成率 or 进度 alone may measure the works instead."""
    return any(_BUDGET_RATE.search(_BLANK.sub("", text)) for text in path)


def is_initial_budget(path: tuple[str, ...]) -> bool:
    """Whether a column holds the budget as first approved (年初预算数)."""
    return any("年初" in text or "初始" in text for text in path)


@lru_cache(maxsize=4096)
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
        AmountKind.REMAINDER,
        regex.compile(
            r"剩余|未支|未执行|未使用|未完成|尚未|^[空缺余]编(?:数|人数)?$|^(?:预算|资金|指标|收支|[本当][年期](?:收支)?)?结余(?:数|额|资金|金额)?(?:\(.*\))?$"
        ),
    ),
    (
        AmountKind.DONE,
        regex.compile(r"执行|决算|支付|实际|完成|已支|支出数|累计支|使用|到账|到位(?!率)|实现|结算|拨付数|发生"),
    ),
    (AmountKind.PLANNED, regex.compile(r"预算|指标|计划|批复|下达|安排|目标|应|概算|控制数|总额度|额度|任务|序时")),
    (AmountKind.BEFORE, regex.compile(r"上年|去年|上期|期初|年初数|基期|前年|以前年度")),
    (AmountKind.NOW, regex.compile(r"本年|今年|本期|期末|年末|当年|报告期")),
)
_REMARKS = regex.compile(r"原因|说明|备注|措施")
_YEAR = regex.compile(r"(20\d\d)年?")


@lru_cache(maxsize=4096)
def amount_kind(path: tuple[str, ...]) -> AmountKind:
    """What the header of an amount column says of it, the innermost word first."""
    for text in reversed(path):
        plain = _BLANK.sub("", text)
        if _REMARKS.search(plain):
            return AmountKind.OTHER
        for kind, pattern in _AMOUNT_KINDS:
            if pattern.search(plain):
                return kind
    return AmountKind.OTHER


@lru_cache(maxsize=4096)
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


@lru_cache(maxsize=4096)
def header_mark(text: str) -> str | None:
    """The letter or number by which a header lets other headers name its column: 全年预算数(A), ①, 3=1+2."""
    match = _HEADER_MARK.search(_BLANK.sub("", text))
    return None if match is None else next(group for group in match.groups() if group is not None)


@lru_cache(maxsize=4096)
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


_CUMULATIVE = regex.compile(r"累计|累积")
_OF_ONE_PERIOD = regex.compile(r"[本当](?:季|月|期|旬|周)(?!.*累)|单季|单月|季度(?:支出|执行)数")


@lru_cache(maxsize=4096)
def is_cumulative_header(path: tuple[str, ...]) -> bool:
    """Whether a column runs on from period to period (累计支出)."""
    return any(_CUMULATIVE.search(text) for text in path)


_YEARS_TOTAL = regex.compile(r"(?:[两二三四五]年)?累计(?:数|金额|额|合计|支出|安排|投入|完成)?(?:\(.*\))?")


def is_total_of_years(text: str) -> bool:
    """Whether a header may call the total of the years beside it (累计, 三年累计)."""
    return _YEARS_TOTAL.fullmatch(_BLANK.sub("", text)) is not None


@lru_cache(maxsize=4096)
def is_period_header(path: tuple[str, ...]) -> bool:
    """Whether a column holds what falls into each period alone (本季支出, 当月支出)."""
    adds = any(_OF_ONE_PERIOD.search(_BLANK.sub("", text)) for text in path)
    return adds and not is_cumulative_header(path) and not is_period_balance(path)


_PERIOD_BALANCE = regex.compile(r"^(?:[本当][年期])?(?:收支)?(?:结余|净增(?:加|减)?|盈余)(?:数|额|金额)?(?:\(.*\))?$")


@lru_cache(maxsize=4096)
def is_period_balance(path: tuple[str, ...]) -> bool:
    """Whether a column holds what a period leaves of its income (当期结余), which adds to what was carried into it."""
    return bool(path) and _PERIOD_BALANCE.search(_BLANK.sub("", path[-1])) is not None


_OPENING = regex.compile(
    r"(?:年初|期初|上年).*(?:结转|结余|余额)|^(?:年初|期初|上年末)(?:数|数量|金额|原值|净值|存量)?$"
)
_CLOSING = regex.compile(
    r"(?:(?<!上)年末|期末|结转下年).*(?:结转|结余|余额)|结转下年|^(?:年末|期末)(?:数|数量|金额|原值|净值|存量)?$"
)
_INCREASE = regex.compile(r"^(?:本年|本期|当年|当期)?(?:增加|新增|转入|收入)(?:数|额|数量|金额)?$")
_DECREASE = regex.compile(r"^(?:本年|本期|当年|当期)?(?:减少|转出|支出|处置)(?:数|额|数量|金额)?$")


@lru_cache(maxsize=4096)
def is_opening_balance(path: tuple[str, ...]) -> bool:
    """Whether a column or row holds what was carried into the period (年初结转和结余)."""
    return any(_OPENING.search(_BLANK.sub("", text)) for text in path)


@lru_cache(maxsize=4096)
def is_closing_balance(path: tuple[str, ...]) -> bool:
    """Whether a column or row holds what is carried out of the period (年末结转和结余)."""
    return any(_CLOSING.search(_BLANK.sub("", text)) for text in path)


def flow_sign(text: str) -> int:
    """1 for a column of what came in during the period (本年增加), -1 for what went out (本年减少), else 0."""
    plain = _BLANK.sub("", text)
    if _INCREASE.match(plain):
        return 1
    return -1 if _DECREASE.match(plain) else 0


_OF_WHICH_HEADER = regex.compile(r"(?:其中|内含)[:,，]?")


@lru_cache(maxsize=4096)
def is_part_header(text: str) -> bool:
    """Whether a column header names a part of the column before it (其中:财政拨款)."""
    return _OF_WHICH_HEADER.match(_BLANK.sub("", text)) is not None
