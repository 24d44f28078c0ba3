"""SUM: a whole in one paragraph and its parts in the paragraphs behind it (其中：（一）…（二）…)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from patterns.relations.lists import are_parts, item_number, opens_list, part_of_item, wholes_of_list
from patterns.relations.partitions import find_members
from patterns.relations.roles import Role, role_of
from pipeline.model.arithmetic import agrees
from pipeline.model.check import Calculation, Severity, Sum
from pipeline.model.quantity import Quantity
from pipeline.model.report import Report
from pipeline.rules.breakdowns import slip_explains
from pipeline.rules.context import Context, Statement, context_of

_MONEY = "money"
_MOST_ITEMS = 30
_LEAST_ITEMS = 2
# How many paragraphs before its announcement a whole may stand, where the announcement names none.
_BEFORE = 2


def rule_listed_parts(report: Report) -> Iterator[Calculation]:
    """Compares an amount with the sum of the parts that the numbered paragraphs behind it give one by one.

    Precision: all as printed.
    Known false alarms: 其中 may not list everything; it accuses only where the parts are a known partition (the kinds
    of “三公” spending, 人员, 公用 and 项目, …) or exceed their whole, and as a warning.
    Example: “三公”经费预算12.00万元。其中： behind it （一）因公出国（境）费0.00万元 （二）公务用车购置及运行费9.00万元
    （三）公务接待费2.00万元 is a contradiction.
    """
    context = context_of(report)
    for statement in context.paragraphs:
        if opens_list(statement.text):
            items = _items(context, statement)
            if len(items) >= _LEAST_ITEMS:
                calculation = _calculation(context, statement, items)
                if calculation is not None:
                    yield calculation


def _items(context: Context, statement: Statement) -> list[tuple[Statement, int]]:
    """The amounts of the paragraphs behind an announcement that are numbered on in one style."""
    if statement.place is None:
        return []
    found: list[tuple[Statement, int]] = []
    style: str | None = None
    for paragraph in context.paragraphs[statement.place + 1 : statement.place + 1 + _MOST_ITEMS]:
        number = item_number(paragraph.text)
        if number is None or number[1] != len(found) + 1 or style not in (None, number[0]):
            break
        amount = part_of_item(paragraph.wording, _MONEY)
        if amount is None:
            return []
        style = number[0]
        found.append((paragraph, amount))
    return found


def _calculation(context: Context, statement: Statement, items: Sequence[tuple[Statement, int]]) -> Calculation | None:
    parts = tuple(paragraph.quantities[i] for paragraph, i in items)
    wholes = list(_wholes(context, statement))
    held = [whole for whole in wholes if agrees(whole, Sum(parts))]
    if held:
        return _made(statement, held[0], parts, None)
    heads = [paragraph.wording.head(i) for paragraph, i in items]
    names = [paragraph.text[: paragraph.wording.terms[i].start] for paragraph, i in items]
    own = _of_role(statement, wholes_of_list(statement.wording), heads)
    if len(own) != 1 or not are_parts(names):
        return None
    whole = statement.quantities[own[0]]
    closed = any(members.complete and len(members.places) == len(items) for members in find_members(heads))
    exceeds = sum(part.value for part in parts) > whole.value
    certain = closed or exceeds or slip_explains(whole, parts)
    return _made(statement, whole, parts, None if certain else "“其中”可能未列全各项")


def _of_role(statement: Statement, wholes: Sequence[int], heads: Sequence[str]) -> Sequence[int]:
    """Of several wholes those that are planned or done as all the parts are (年初预算 of 年初预算)."""
    roles = {role_of(head) for head in heads}
    if len(wholes) < _LEAST_ITEMS or len(roles) != 1 or Role.UNKNOWN in roles:
        return wholes
    return [i for i in wholes if role_of(statement.wording.head(i)) in roles]


def _wholes(context: Context, statement: Statement) -> Iterator[Quantity]:
    """Amounts that the list may break down: of the announcement itself, then of the paragraphs before it."""
    own = wholes_of_list(statement.wording)
    yield from (statement.quantities[i] for i in own)
    if not own and statement.place is not None:
        for paragraph in context.paragraphs[max(0, statement.place - _BEFORE) : statement.place][::-1]:
            yield from (paragraph.quantities[i] for i in wholes_of_list(paragraph.wording))


def _made(statement: Statement, whole: Quantity, parts: tuple[Quantity, ...], doubt: str | None) -> Calculation:
    return Calculation(
        code="SUM213",
        subject=f"“{whole.label}”与其后逐条所列各项之和",
        stated=whole,
        expression=Sum(parts),
        severity=Severity.WARNING,
        quote=statement.quote(*statement.wording.sentence_at(max(0, len(statement.text) - 1)))
        or statement.quote(0, len(statement.text)),
        doubt=doubt,
    )
