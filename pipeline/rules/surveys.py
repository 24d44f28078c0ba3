"""RAT: satisfaction in running text as the satisfied among those who answered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import regex

from patterns.relations.surveys import Satisfaction, find_satisfactions, valid_answers
from pipeline.model.arithmetic import agrees
from pipeline.model.check import Calculation, Severity
from pipeline.model.quantity import Quantity
from pipeline.rules.context import Context, Statement
from pipeline.rules.quotients import quotient_percent

_MOST_DEGREES = 6
# The words say how the degree is reckoned: some of the answers by all of them.
_COUNTED = regex.compile(r"(?:合计|之和|总和)占[^，,;。]{0,12}(?:问卷|人数|总数|比例)")
# Valid answers that only come of taking away others, or a base that the words name.
_REMOVED = regex.compile(r"剔除|扣除|无效|作废|基数")


def satisfaction_rates(context: Context) -> Iterator[Calculation]:
    """满意度 = 满意 ÷ 有效问卷. Where several degrees of satisfaction are told a 满意度 may weigh them: it is then only
    confirmed; a 满意率, or one that the words say is a share (合计占有效问卷的比例), must be that of some of them."""
    for statement in context.told:
        if "满意" in statement.text:
            for satisfaction in find_satisfactions(statement.wording):
                calculation = _calculation(context, statement, satisfaction)
                if calculation is not None:
                    yield calculation


def _calculation(context: Context, statement: Statement, satisfaction: Satisfaction) -> Calculation | None:
    percent = statement.quantities[satisfaction.percent]
    satisfied = tuple(statement.quantities[i] for i in satisfaction.satisfied)
    bases = [statement.quantities[i] for i in satisfaction.bases] or _told_before(context, statement, satisfaction)
    readings = [quotient_percent(satisfied, (base,)) for base in bases if base.value]
    held = [reading for reading in readings if agrees(percent, reading)]
    if (
        not readings
        or (not held and _REMOVED.search(statement.text))
        or (satisfaction.graded and not held and _may_weigh(statement, satisfaction, percent))
    ):
        return None
    return Calculation(
        code="RAT301",
        subject=f"“{satisfaction.name}”",
        stated=percent,
        expression=(held or readings)[0],
        severity=Severity.WARNING,
        quote=statement.sentence_with(satisfaction.percent),
    )


def _may_weigh(statement: Statement, satisfaction: Satisfaction, percent: Quantity) -> bool:
    """Whether a rate among several degrees may be anything but the satisfied among all: a 满意度 may weigh the degrees,
    a 满意率 counts some of them."""
    if not (satisfaction.valid or len(satisfaction.bases) == 1) or not (
        satisfaction.name.endswith("率") or _COUNTED.search(statement.text)
    ):
        return True
    base = statement.quantities[satisfaction.bases[0]]
    degrees = [statement.quantities[i] for i in satisfaction.degrees]
    counted = [choice for size in range(1, len(degrees) + 1) for choice in combinations(degrees, size)]
    return len(degrees) > _MOST_DEGREES or any(agrees(percent, quotient_percent(choice, (base,))) for choice in counted)


def _told_before(context: Context, statement: Statement, satisfaction: Satisfaction) -> list[Quantity]:
    """The valid answers that the words refer back to, where the report tells one number of them."""
    if not satisfaction.refers:
        return []
    found = [
        paragraph.quantities[i]
        for paragraph in context.paragraphs
        if paragraph is not statement and "问卷" in paragraph.text
        for i in valid_answers(paragraph.wording)
    ]
    return found[:1] if len({quantity.value for quantity in found}) == 1 else []
