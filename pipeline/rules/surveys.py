"""RAT: satisfaction in running text as the satisfied among those who answered."""

from __future__ import annotations

from collections.abc import Iterator

from patterns.relations.surveys import Satisfaction, find_satisfactions, valid_answers
from pipeline.model.arithmetic import agrees
from pipeline.model.check import Calculation, Severity
from pipeline.model.quantity import Quantity
from pipeline.rules.context import Context, Statement
from pipeline.rules.quotients import quotient_percent


def satisfaction_rates(context: Context) -> Iterator[Calculation]:
    """满意度 = 满意 ÷ 有效问卷. Where several degrees of satisfaction are told the rate may weigh them: it is then only
    confirmed."""
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
    if not readings or (satisfaction.graded and not held):
        return None
    return Calculation(
        code="RAT301",
        subject=f"“{satisfaction.name}”",
        stated=percent,
        expression=(held or readings)[0],
        severity=Severity.WARNING,
        quote=statement.quote(*statement.wording.sentence_at(statement.wording.terms[satisfaction.percent].start)),
    )


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
