"""Contradictions of one wrong figure are one finding; independent ones stay apart."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pipeline.model.check import Calculation, Check, Constant, Expression, Product, Quotient, Severity, Sum
from pipeline.model.quantity import Quantity
from pipeline.reconcile.evaluate import evaluate
from pipeline.reconcile.grouping import group_checks
from tests.builders import money, percent

HUNDRED = Constant(Decimal(100), "100%")


def check(number: int, stated: Quantity, expression: Expression) -> Check:
    return evaluate(Calculation("TST001", "测试", stated, expression, Severity.ERROR, "引文"), f"c{number}")


def named(quantity: Quantity, name: str) -> Quantity:
    return replace(quantity, quantity_id=name, label=name)


def test_a_wrong_addend_explains_the_sum_and_the_rate() -> None:
    """26.60 should be 36.60: the total of the column and the row's own rate both say so."""
    part = named(money("26.60"), "part")
    other = named(money("558.60"), "other")
    total = named(money("595.20"), "total")
    budget = named(money("40.00"), "budget")
    rate = named(percent("91.50%"), "rate")
    groups = group_checks(
        [
            check(1, total, Sum((other, part))),
            check(2, rate, Product((Quotient(part, budget), HUNDRED))),
        ]
    )
    (group,) = groups
    assert group.cause is not None
    assert group.cause.quantity_id == "part"
    assert group.corrected == Decimal("36.60")
    assert [c.check_id for c in (group.root, *group.consequences)] == ["c1", "c2"]


def test_a_wrong_total_used_in_a_rate() -> None:
    a, b = named(money("60.00"), "a"), named(money("41.00"), "b")
    total, base, rate = (
        named(money("110.00"), "total"),
        named(money("202.00"), "base"),
        named(percent("50.00%"), "rate"),
    )
    groups = group_checks([check(1, total, Sum((a, b))), check(2, rate, Product((Quotient(total, base), HUNDRED)))])
    (group,) = groups
    assert group.root.check_id == "c1"
    assert group.corrected == Decimal("101.00")


def test_independent_slips_stay_apart() -> None:
    a, b = named(money("60.00"), "a"), named(money("41.00"), "b")
    one, two = named(money("110.00"), "one"), named(money("99.00"), "two")
    groups = group_checks([check(1, one, Sum((a, b))), check(2, two, Sum((a, b)))])
    assert [group.consequences for group in groups] == [(), ()]


def test_a_figure_that_holding_relations_confirm_is_not_the_cause() -> None:
    part, other = named(money("26.60"), "part"), named(money("558.60"), "other")
    total, sum_of_three = named(money("595.20"), "total"), named(money("600.00"), "three")
    rest, base, share = named(money("14.80"), "rest"), named(money("53.20"), "base"), named(percent("50.00%"), "share")
    holds = [
        check(3, share, Product((Quotient(part, base), HUNDRED))),
        check(4, named(money("41.40"), "x"), Sum((part, rest))),
    ]
    groups = group_checks(
        [check(1, total, Sum((other, part))), check(2, sum_of_three, Sum((other, part, rest))), *holds]
    )
    assert all(group.cause is None or group.cause.quantity_id != "part" for group in groups)
