"""Money: what stands between a number and 元, bare 万 and 亿 where the context makes them money, unit prices."""

from __future__ import annotations

import regex

_MONEY_WORD = regex.compile(
    r"(?:资金|预算|投资|经费|金额|支出|收入|拨款|费用?|补[助贴偿]|奖[励金]|资产|债[务券]?|税|造价|产值|人民币|款|价值|额|成本|万元|亿元)"
    r"[^，。；;！？\d]{0,6}$"
)
_SHARED_AFTER = regex.compile(r"(?:[万亿])?(?:[、和与及至到~—-]\d[\d,.]*[万亿]?){1,6}元")
_PER = regex.compile(
    r"[/每](?:平方米|立方米|公里|小时|学期|[人户亩㎡吨次年月天日台套辆件家个米度生床项场份公顷])"
    r"(?:[·•/](?:[年月天日次]|学期))?(?![\d/])"
)


def is_bare_amount(text: str, start: int, end: int) -> bool:
    """Whether a number with 万 or 亿 at `[start, end)` but without 元 is money: by the words before or a list after."""
    return _MONEY_WORD.search(text, max(0, start - 14), start) is not None or _SHARED_AFTER.match(text, end) is not None


def unit_price_end(text: str, end: int) -> int:
    """Where a unit price that begins with 元 before `end` ends ("元/人"); `end` itself when it is a plain amount."""
    match = _PER.match(text, end)
    return match.end() if match else end
