"""Surveys: 满意度 as the satisfied among those who answered (“回收有效问卷236份，表示满意的214份，满意度90.68%”)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from patterns.relations.rate_words import states_no_result
from patterns.relations.wording import Wording


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """A degree of satisfaction (percentage by index), the figures of the satisfied, and those who answered.

    `bases` are the answers told in its sentence, the likeliest first: valid ones, those that came back, those sent
    out. `refers` says that the words point to valid answers told before (回收的有效问卷中). `graded` says that more
    than one degree of satisfaction is told, so that the rate may weigh them; `degrees` are all the answers by degree.
    `valid` says that the likeliest base is called the valid answers.
    """

    percent: int
    name: str
    satisfied: tuple[int, ...]
    bases: tuple[int, ...]
    refers: bool
    graded: bool
    degrees: tuple[int, ...]
    valid: bool


_NAME = regex.compile(r"(?P<name>[\p{Han}]{0,10}满意(?:度|率))(?:指标)?(?:调查)?(?:结果)?(?:为|是|达到?|约|:)*$")
_SATISFIED = regex.compile(r"(?<!不|不太|不够)满意(?!度|率|问卷|调查)")
_GRADED = regex.compile(r"(?:非常|很|十分|比较|较为|较|基本|一般|不太|不)(?:满意)")
_VALID = regex.compile(r"有效")
_RETURNED = regex.compile(r"收回|回收|返回|受访|接受调查|参与")
_SENT = regex.compile(r"发放|发出|调查|抽样|随机|访问")
_REFERS = regex.compile(r"(?:有效|收回|回收)[^，,;。\d]{0,8}(?:问卷|调查表)中")
_ANSWERS = frozenset({"count:份", "count:人", "count:户", "count:家", "count:张", "other:份"})


def find_satisfactions(wording: Wording) -> Iterator[Satisfaction]:
    """Every degree of satisfaction whose sentence tells how many are satisfied."""
    for i, term in enumerate(wording.terms):
        if term.measure != "percent" or term.approximate is not None:
            continue
        name = _NAME.search(wording.lead(i))
        if name is None or states_no_result(wording.head(i)):
            continue
        start = wording.sentence_at(term.start)[0]
        if start and wording.text.startswith("其中", start):
            start = wording.sentence_at(start - 1)[0]
        answers = [j for j in wording.terms_between(start, term.start) if wording.terms[j].measure in _ANSWERS]
        satisfied = [j for j in answers if _is_satisfied(wording, j)]
        told = wording.text[start : wording.sentence_at(term.start)[1]]
        if satisfied:
            bases = [j for j in answers if j < satisfied[0]]
            yield Satisfaction(
                percent=i,
                name=name.group("name"),
                satisfied=tuple(satisfied),
                bases=tuple(_ranked(wording, bases)),
                refers=_REFERS.search(told) is not None,
                graded=len(satisfied) > 1 or _GRADED.search(told) is not None,
                degrees=tuple(j for j in answers if j >= satisfied[0]),
                valid=any(_VALID.search(wording.head(j)) for j in bases),
            )


def valid_answers(wording: Wording) -> list[int]:
    """The figures of a text that count valid answers of a survey."""
    return [
        i
        for i, term in enumerate(wording.terms)
        if term.measure in _ANSWERS and _VALID.search(wording.head(i)) and "问卷" in wording.head(i)
    ]


def _is_satisfied(wording: Wording, i: int) -> bool:
    return _SATISFIED.search(wording.head(i)) is not None or _SATISFIED.match(wording.tail(i)) is not None


def _ranked(wording: Wording, bases: list[int]) -> list[int]:
    """Valid answers before those that came back before those sent out; others are no answers to the survey."""
    ranked: list[int] = []
    for words in (_VALID, _RETURNED, _SENT):
        ranked.extend(i for i in bases if i not in ranked and words.search(wording.head(i)))
    return ranked


# text, (percentage, the satisfied, the likeliest base) as printed
SATISFACTION_EXAMPLES: tuple[tuple[str, tuple[tuple[str, tuple[str, ...], str | None], ...]], ...] = (
    (
        "发放问卷60份，收回52份，有效问卷50份，表示满意的48份，群众满意度96%。",
        (("96%", ("48份",), "50份"),),
    ),
    ("随机调查200户，满意190户，满意率95%。", (("95%", ("190户",), "200户"),)),
    ("回收的有效问卷中，表示满意的48份，满意度96%。", (("96%", ("48份",), None),)),
    ("发放问卷60份，群众满意度96%。", ()),
    ("不满意2份，满意度应达到95%。", ()),
)
