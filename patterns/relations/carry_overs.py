"""The totals of a year's income and spending, and what is left of them: 总收入 A, 总支出 B, 年末结转和结余 A − B."""

from __future__ import annotations

from enum import StrEnum

import regex


class YearTotal(StrEnum):
    """What an amount is in the year's account of all income and all spending."""

    INCOME = "income"
    SPENDING = "spending"
    LEFT = "left"


_WHOSE = r"(?:(?:19|20)\d\d年度?|[我本该][局委办院部中单]?[位心]?|全年|年度|本年度?|当年|部门|单位)*"
_TOLD = r"(?:数|资金)?(?:共计|合计|为|是|达|共)*"
_NAMES: tuple[tuple[YearTotal, regex.Pattern[str]], ...] = (
    (YearTotal.INCOME, regex.compile(rf"{_WHOSE}(?:总收入|收入总计|收入总额|收入合计){_TOLD}")),
    (YearTotal.SPENDING, regex.compile(rf"{_WHOSE}(?:实际)?(?:总支出|支出总计|支出总额|支出合计){_TOLD}")),
    (YearTotal.LEFT, regex.compile(rf"{_WHOSE}(?:年末|年底|期末)(?:累计)?(?:结转和结余|结转结余|结转|结余){_TOLD}")),
)


_RATE_OF_REST = regex.compile(r"[，,;。]?(?:结转和结余|结转结余|结转|结余)(?:资金)?率(?:为|是|达)*")


def is_rate_of_rest(lead: str) -> bool:
    """Whether the words between what is left and a percentage make it the rate of what is left (结转结余率)."""
    return _RATE_OF_REST.fullmatch(lead.strip()) is not None


def year_total_named(head: str) -> YearTotal | None:
    """Which total of the year the words before an amount name; None where they say more or less than that."""
    plain = head.strip("，,;:、 ")
    return next((total for total, pattern in _NAMES if pattern.fullmatch(plain)), None)


# words before an amount, the total they name
TOTAL_EXAMPLES: tuple[tuple[str, YearTotal | None], ...] = (
    ("2023年我局总收入", YearTotal.INCOME),
    ("全年总支出为", YearTotal.SPENDING),
    ("年末结转和结余", YearTotal.LEFT),
    ("财政拨款总收入", None),
    ("上年结转", None),
    ("项目支出年末结余", None),
)

# words before a percentage, whether it is the rate of what is left
REST_RATE_EXAMPLES: tuple[tuple[str, bool], ...] = (
    ("，结转结余率", True),
    ("，结转结余率为", True),
    ("，比上年结余率", False),
    ("，占总收入的", False),
)
