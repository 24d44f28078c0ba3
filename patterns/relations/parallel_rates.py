"""Parts told with a rate each (基本支出A，执行率a%；项目支出B，执行率b%), and their budgets elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from patterns.relations.changes import is_change
from patterns.relations.roles import Role, role_of, subject_of
from patterns.relations.wording import Wording

_ITS_RATE = regex.compile(r"[，,(]*(?:其|预算)*(?:执行|支出|完成)率(?:为|达到?|是)*")
_LEAST_NAME = 2
_LEAST_PARTS = 2


@dataclass(frozen=True, slots=True)
class RatedPart:
    """What was spent on a part, and the rate that follows it (both by index)."""

    subject: str
    done: int
    percent: int


def find_rated_parts(wording: Wording) -> Iterator[tuple[RatedPart, ...]]:
    """The parts of each sentence that tells at least two different ones, each with its own rate right behind it."""
    by_sentence: dict[int, list[RatedPart]] = {}
    for i in range(len(wording.terms) - 1):
        amount, rate = wording.terms[i], wording.terms[i + 1]
        if amount.measure != "money" or rate.measure != "percent" or amount.approximate or rate.approximate:
            continue
        subject = subject_of(wording.head(i))
        told = role_of(wording.head(i)) in (Role.DONE, Role.UNKNOWN) and not is_change(wording.head(i))
        if told and len(subject) >= _LEAST_NAME and _ITS_RATE.fullmatch(wording.text[amount.end : rate.start]):
            start = wording.sentence_at(amount.start)[0]
            by_sentence.setdefault(start, []).append(RatedPart(subject, i, i + 1))
    for parts in by_sentence.values():
        if len(parts) >= _LEAST_PARTS and len({part.subject for part in parts}) == len(parts):
            yield tuple(parts)


def find_bases(wording: Wording, subjects: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """For each sentence that tells one amount for every subject: those amounts, in the order of the subjects."""
    start = 0
    for end in wording.sentence_ends:
        amounts = [
            (subject_of(wording.head(i)), i)
            for i in wording.terms_between(start, end)
            if wording.terms[i].measure == "money" and not is_change(wording.head(i))
        ]
        found = [[i for name, i in amounts if name == subject] for subject in subjects]
        if all(len(places) == 1 for places in found):
            yield tuple(places[0] for places in found)
        start = end


# text, the subjects that it tells with a rate each
PARTS_EXAMPLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("其中:人员支出80.00万元，执行率98.77%;专项支出45.00万元，执行率90.00%。", ("人员", "专项")),
    ("人员支出80.00万元，执行率98.77%。", ()),
    ("人员支出80.00万元，占98.77%;专项支出45.00万元，占1.23%。", ()),
)
