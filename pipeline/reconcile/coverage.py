"""Coverage: what became of every quantity. Silence must never look like a clean bill."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.model.check import Check, Ruled, Verdict, operands_of
from pipeline.model.quantity import Quantity
from pipeline.model.report import QuantityStatus

_HOLDS = (Verdict.EXACT, Verdict.WITHIN_ROUNDING)


def statuses_of(quantities: Iterable[Quantity], checks: Iterable[Check]) -> Mapping[str, QuantityStatus]:
    """Each quantity's status by id.

    Contradicted is the stated figure of an inconsistent check, and each operand of it that no other check confirms:
    which of them is wrong cannot be known. Verified is whatever takes part in a check that holds.
    """
    verified: set[str] = set()
    doubted: set[str] = set()
    contradicted: set[str] = set()
    for check in checks:
        operands = {operand.quantity_id for operand in operands_of(check.calculation.expression)}
        stated = check.calculation.stated.quantity_id
        if check.verdict in _HOLDS:
            verified |= operands | {stated}
            if isinstance(check.calculation.expression, Ruled):
                verified |= {figure.quantity_id for figure in check.calculation.expression.rule_figures}
        elif check.verdict is Verdict.INCONSISTENT:
            contradicted.add(stated)
            doubted |= operands
    contradicted |= doubted - verified
    return {
        quantity.quantity_id: QuantityStatus.CONTRADICTED
        if quantity.quantity_id in contradicted
        else QuantityStatus.VERIFIED
        if quantity.quantity_id in verified
        else QuantityStatus.UNCHECKED
        for quantity in quantities
    }
