"""How one relation of a table comes out where it is put to the test."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """How a relation comes out in one row or column.

    Weak agreement repeats one figure (合计 500 beside 基本支出 500); trivial agreement has only zeros.
    """

    HOLDS = "holds"
    HOLDS_WEAKLY = "holds_weakly"
    TRIVIAL = "trivial"
    FAILS = "fails"
    UNREAD = "unread"
    NOTHING = "nothing"


def agreement(filled: int) -> Outcome:
    """What agreement is worth when `filled` of the figures put together are not zero."""
    if filled >= 2:
        return Outcome.HOLDS
    return Outcome.HOLDS_WEAKLY if filled else Outcome.TRIVIAL
