"""Accounts of government spending named in words: 一般公共服务支出(类)财政事务(款)行政运行(项).

Functional classification of the 政府收支分类科目: class (类), section (款), item (项). Texts are folded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from patterns.scanning import scan

_NAME = r"[\p{Han}、“”]{2,40}?"
_ACCOUNT = regex.compile(
    rf"(?P<first>{_NAME})\(\d*类\)(?:(?P<second>{_NAME})\(\d*款\)(?:(?P<third>{_NAME})\(\d*项\))?)?"
)
_QUOTES = regex.compile(r"[“”\s]")


@dataclass(frozen=True, slots=True)
class AccountMention:
    """An account named at `[start, end)`; `names` has its class, and its section and item where they are named."""

    start: int
    end: int
    names: tuple[str, ...]


def find_accounts(text: str) -> Iterator[AccountMention]:
    """Every account that a text names by class, section and item."""
    if "类)" not in text:
        return
    for match in scan(_ACCOUNT, text):
        names = tuple(account_key(name) for name in match.groups() if name is not None)
        yield AccountMention(match.start(), match.end(), names)


def account_key(name: str) -> str:
    """An account's name as it is compared: without quotes, without the 支出 that some tables leave out."""
    plain = _QUOTES.sub("", name).lstrip("、")
    return plain.removesuffix("支出") or plain


# What may stand between an account's name and its amount, and the clauses that state this year's amount for it.
_DIRECTLY = regex.compile(r"[”」]?[:,，]?(?:支出|安排|预算|决算|金额)?(?:数)?(?:为|是|共计|共)?")
_SETTLED = regex.compile(r"^(?:\d{4}年度?)?(?:本年)?(?:实际)?(?:支出)?决算(?:支出)?(?:数|金额)?(?:为|是)?$")
_PLANNED = regex.compile(r"^(?P<year>\d{4})年度?(?:部门)?预算(?:安排|数)?(?:支出)?(?:为|是)?$")
_CLAUSE_MARK = regex.compile(r"[，。;:！？]")


def states_amount_directly(between: str) -> bool:
    """Whether the words between an account and a figure make the figure the account's amount."""
    return _DIRECTLY.fullmatch(between) is not None


def states_settled_amount(text: str, start: int) -> bool:
    """Whether the clause before a figure says that it is the final amount of the year (支出决算为)."""
    return _SETTLED.match(_clause(text, start)) is not None


def planned_year(text: str, start: int) -> int | None:
    """The year for which the clause before a figure says that it is the budget (2031年预算安排); None where it does
    not."""
    match = _PLANNED.match(_clause(text, start))
    return int(match.group("year")) if match else None


def _clause(text: str, end: int) -> str:
    begin = max((match.end() for match in _CLAUSE_MARK.finditer(text, max(0, end - 40), end)), default=max(0, end - 40))
    return text[begin:end]
