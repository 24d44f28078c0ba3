"""What would explain a contradiction: the first thing an auditor looks for.

An explanation never decides a verdict. Only rounding downwards changes anything: it lowers the severity to a note.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from pipeline.model.check import Check, Severity, Sum, operands_of
from pipeline.model.quantity import Kind, Quantity
from pipeline.reconcile.evaluate import decimal_of, round_to
from pipeline.reconcile.formula import printed_figure, unit_of_print

_UNIT_SLIPS = {Decimal(10_000): "元与万元", Decimal(100_000_000): "元与亿元", Decimal(1_000): "元与千元"}
_PLACES_FOR_WHOLE = 2


def diagnose(check: Check, quantities: Iterable[Quantity]) -> str | None:
    """A Chinese clause that explains the contradiction, or None where nothing does."""
    if check.expected is None or check.calculation.at_most:
        return None
    stated = check.calculation.stated
    if is_truncated(check):
        return "按舍去尾数（不进位）可得报告所载数，属取整方式不同"
    expected = round_to(Fraction(check.expected), stated.quantum)
    return (
        _swapped_digits(stated, expected)
        or _dropped_digit(stated, expected)
        or _unit_slip(stated.value, check.expected)
        or _missing_or_extra_addend(check, quantities)
    )


def severity_of(check: Check) -> Severity:
    """The severity the rule gave, lowered to a note where rounding downwards explains the figure."""
    return Severity.NOTE if is_truncated(check) else check.calculation.severity


def is_truncated(check: Check) -> bool:
    """Whether the stated figure is the exact result with its further digits cut off instead of rounded."""
    stated = check.calculation.stated
    if check.expected is None or check.calculation.at_most or stated.places == 0:
        return False
    units = Fraction(check.expected) / Fraction(stated.quantum)
    return Decimal(int(units)) * stated.quantum == stated.value


def _digits(value: Decimal, quantum: Decimal) -> str:
    return str(int(abs(value / quantum)))


def _swapped_digits(stated: Quantity, expected: Decimal) -> str | None:
    ours, theirs = _digits(expected, stated.quantum), _digits(stated.value, stated.quantum)
    if len(ours) != len(theirs):
        return None
    differing = [i for i, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a != b]
    if len(differing) == 2 and differing[1] == differing[0] + 1:
        first, second = differing
        if ours[first] == theirs[second] and ours[second] == theirs[first]:
            return f"相邻两位数字{theirs[first]}、{theirs[second]}疑似颠倒"
    return None


def _dropped_digit(stated: Quantity, expected: Decimal) -> str | None:
    ours, theirs = _digits(expected, stated.quantum), _digits(stated.value, stated.quantum)
    if len(ours) < 3 or abs(len(ours) - len(theirs)) != 1:
        return None
    longer, shorter = (ours, theirs) if len(ours) > len(theirs) else (theirs, ours)
    for i in range(len(longer)):
        if longer[:i] + longer[i + 1 :] == shorter:
            return f"疑似{'漏写' if longer is ours else '多写'}一位数字{longer[i]}"
    return None


def _unit_slip(stated: Decimal, expected: Decimal) -> str | None:
    if not stated or not expected:
        return None
    for factor, units in _UNIT_SLIPS.items():
        for a, b in ((stated, expected), (expected, stated)):
            if abs(a - b * factor) <= abs(a) / 1000:
                return f"相差{factor:,}倍，疑似{units}混用"
    return None


def _missing_or_extra_addend(check: Check, quantities: Iterable[Quantity]) -> str | None:
    """The difference equals one of the addends (counted twice or left out) or another figure of the report."""
    expression = check.calculation.expression
    if not isinstance(expression, Sum) or check.expected is None:
        return None
    stated = check.calculation.stated
    difference = stated.value - check.expected
    addends = tuple(operands_of(expression))
    for addend in addends:
        if addend.value and addend.value == -difference:
            return f"差额恰为其中一项{printed_figure(addend)}（{addend.label}），疑似未计入"
        if addend.value and addend.value == difference:
            return f"差额恰为其中一项{printed_figure(addend)}（{addend.label}），疑似重复计入"
    used = {addend.quantity_id for addend in addends} | {stated.quantity_id}
    if stated.kind is Kind.MONEY and difference:
        for other in quantities:
            if other.kind is Kind.MONEY and other.quantity_id not in used and other.value == abs(difference):
                side = "少计" if difference < 0 else "多计"
                return f"差额等于另一处的{printed_figure(other)}（{other.label}，第{other.page}页），疑似{side}该项"
    return None


def expected_text(check: Check) -> str:
    """The re-computed value in the stated figure's own unit and style.

    To the stated places where the exact value ends there or the stated figure has places of its own; a figure stated
    in whole units (9分, 100%) is answered with up to two more, so that 9.5 never reads as 10.
    """
    stated = check.calculation.stated
    if check.expected is None:
        return ""
    factor = stated.quantum.scaleb(stated.places)
    in_unit = Fraction(check.expected) / Fraction(factor)
    places = stated.places if stated.places > 0 or in_unit.denominator == 1 else _PLACES_FOR_WHOLE
    value = decimal_of(in_unit, places)
    while places < stated.places + 4 and value * factor == stated.value:
        places += 1
        value = decimal_of(in_unit, places)
    value = value.quantize(Decimal(1).scaleb(-max(stated.places, _places(value))))
    text = f"{value:,f}" if "," in stated.printed or "，" in stated.printed else f"{value:f}"
    return text + unit_of_print(stated)


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
