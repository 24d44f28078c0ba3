"""What a list of parts is: a whole, its parts, and the readings that the words of a sentence leave open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from patterns.relations.roles import Role, role_of
from patterns.relations.wording import Wording

# An average is no whole and no part, whatever stands beside it.
_PER_UNIT = regex.compile(r"[人户次件台亩年月季日]均|平均|每[人户次件台亩个年月季周天日]|单价|单位成本")


@dataclass(frozen=True, slots=True)
class Reading:
    """Figures (by index) that together make up the whole. `complete` says that words or a known partition make them
    all there is, `usual` that they are so in all likelihood (the last one bundles the rest, or such parts always make
    up such wholes); `certain` that nothing in the wording speaks for another reading of the list."""

    parts: tuple[int, ...]
    complete: bool
    certain: bool
    usual: bool = False


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One list of parts: the figures that may be its whole, the likeliest first, and the readings of the list.

    `cue` is the word that announces the list, empty where only the names of the parts do. The first `near` wholes
    stand in the clauses before the cue, the others before an earlier list or in the sentence before. `adjacent` says
    that the first whole stands directly before the cue. The quote is `[start, end)` of the text.
    """

    wholes: tuple[int, ...]
    near: int
    readings: tuple[Reading, ...]
    cue: str
    adjacent: bool
    start: int
    end: int


def is_per_unit(head: str) -> bool:
    """Whether the words before a figure make it an amount for one person or thing (人均, 每户, 单价)."""
    return _PER_UNIT.search(head) is not None


def fit_together(wording: Wording, indices: Sequence[int]) -> bool:
    """Whether the roles of the figures do not clash."""
    return len({role_of(wording.head(i)) for i in indices} - {Role.UNKNOWN}) <= 1
