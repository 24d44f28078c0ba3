"""Verdicts of DESIGN section 3, on intervals and never on flat tolerances."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.check import (
    Calculation,
    Constant,
    Expression,
    Least,
    Product,
    Quotient,
    Range,
    Severity,
    Sum,
    Verdict,
)
from pipeline.model.quantity import Kind, Quantity
from pipeline.reconcile.diagnose import diagnose, expected_text, severity_of
from pipeline.reconcile.evaluate import evaluate
from tests.builders import money, percent, quantity

HUNDRED = Constant(Decimal(100), "100%")


def check(stated: Quantity, expression: Expression, **kwargs: object):  # type: ignore[no-untyped-def]
    calculation = Calculation("TST001", "测试", stated, expression, Severity.ERROR, "引文", **kwargs)  # type: ignore[arg-type]
    return evaluate(calculation, "c1")


def rate(part: Quantity, whole: Quantity) -> Product:
    return Product((Quotient(part, whole), HUNDRED))


@pytest.mark.parametrize(
    ("stated", "expression", "verdict"),
    [
        # 20 + 19 + 57.98 = 96.98
        (quantity("96.98"), Sum((quantity("20"), quantity("19"), quantity("57.98"))), Verdict.EXACT),
        # 1.94 / 7.00 is 27.71 by the printed digits, yet 27.73 lies within what they may stand for
        (percent("27.73%"), rate(money("1.94", 10_000), money("7.00", 10_000)), Verdict.WITHIN_ROUNDING),
        (percent("27.93%"), rate(money("1.94", 10_000), money("7.00", 10_000)), Verdict.INCONSISTENT),
        # a tie rounds half up
        (percent("101.85%"), Product((percent("101.845"),)), Verdict.EXACT),
        # the same fact in another unit
        (money("7,759.89万元", 10_000), money("77,598,923.25元"), Verdict.EXACT),
        (money("7,759.98万元", 10_000), money("77,598,923.25元"), Verdict.INCONSISTENT),
        # a denominator that may be zero decides nothing
        (percent("100%"), rate(money("0.00"), money("0.00")), Verdict.UNVERIFIABLE),
        # a cap
        (
            quantity("1"),
            Least((Product((percent("117.53%"), Constant(Decimal("0.01"), "1分"))), Constant(Decimal(1), "1"))),
            Verdict.EXACT,
        ),
        (quantity("88.5"), Range(Decimal(90), Decimal(100), "优：90分至100分"), Verdict.INCONSISTENT),
        (quantity("90.9"), Range(Decimal(90), Decimal(100), "优：90分至100分"), Verdict.EXACT),
    ],
)
def test_verdicts(stated: Quantity, expression: Expression, verdict: Verdict) -> None:
    assert check(stated, expression).verdict is verdict


def test_doubt_confirms_but_never_accuses() -> None:
    parts = Sum((money("1.00"), money("2.00")))
    assert check(money("3.00"), parts, doubt="或有遗漏").verdict is Verdict.EXACT
    doubted = check(money("4.00"), parts, doubt="或有遗漏")
    assert doubted.verdict is Verdict.UNVERIFIABLE
    assert doubted.reason == "或有遗漏"


def test_at_most() -> None:
    assert check(quantity("6.0"), quantity("5.0"), at_most=True).verdict is Verdict.INCONSISTENT
    assert check(quantity("5"), quantity("5"), at_most=True).verdict is Verdict.EXACT


def test_formula_can_be_added_up_on_paper() -> None:
    result = check(money("99.00元"), Sum((money("60.00元"), money("41.00元")), (False, False)))
    assert result.formula == "60.00元 + 41.00元 ≠ 99.00元"
    assert result.expected == Decimal("101")
    assert result.gap == Decimal("1.985")


@pytest.mark.parametrize(
    ("stated", "expression", "words"),
    [
        (money("255,338.97"), money("255,383.97"), "颠倒"),
        (money("12,345.60"), money("98,765.40"), None),
        (money("1,234.56"), money("12,345.56"), "漏写"),
        (money("120.00", 10_000), money("120.00"), "10,000倍"),
        (percent("66.66%"), rate(money("2.000000"), money("3.000000")), "舍去尾数"),
        (money("60.00"), Sum((money("60.00", label="甲"), money("40.00", label="乙"))), "乙"),
    ],
)
def test_diagnosis(stated: Quantity, expression: Expression, words: str | None) -> None:
    result = check(stated, expression)
    assert result.verdict is Verdict.INCONSISTENT
    text = diagnose(result, ())
    assert (text is None) if words is None else (text is not None and words in text)


def test_truncation_lowers_severity_to_note() -> None:
    result = check(percent("66.66%"), rate(money("2.000000"), money("3.000000")))
    assert severity_of(result) is Severity.NOTE
    assert expected_text(result) == "66.67%"


amounts = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False)


@given(st.lists(amounts, min_size=2, max_size=12))
def test_true_sums_are_exact_and_wrong_ones_found(values: list[Decimal]) -> None:
    parts = tuple(money(f"{value:.2f}") for value in values)
    total = sum(values, Decimal(0))
    assert check(money(f"{total:.2f}"), Sum(parts)).verdict is Verdict.EXACT
    wrong = total + Decimal("0.01") * (len(values) + 2)
    assert check(money(f"{wrong:.2f}"), Sum(parts)).verdict is Verdict.INCONSISTENT


@given(amounts.filter(lambda v: v > 1), amounts.filter(lambda v: v > 1), st.integers(0, 4))
def test_rates_rounded_half_up_agree(part: Decimal, whole: Decimal, places: int) -> None:
    share = (part / whole * 100).quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")
    result = check(percent(f"{share}%"), rate(money(f"{part:.2f}"), money(f"{whole:.2f}")))
    assert result.verdict in (Verdict.EXACT, Verdict.WITHIN_ROUNDING)


def test_scores_are_exact_decimals_never_floats() -> None:
    result = check(quantity("0.3"), Sum((quantity("0.1"), quantity("0.2"))))
    assert result.expected == Decimal("0.3")
    assert isinstance(result.expected, Decimal)
    assert quantity("0.3").kind is Kind.SCORE
