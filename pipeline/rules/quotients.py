"""Percentages as quotients of figures, and how much a printed percentage tells."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipeline.model.check import Constant, Expression, Product, Quotient, Sum
from pipeline.model.quantity import Quantity

ONE = Constant(Decimal(1), "1")
HUNDRED_PERCENT = Constant(Decimal(100), "100%")
# A percentage with so many digits does not meet a quotient of unrelated figures by chance.
TELLING_DIGITS = 4


def quotient_percent(numerator: Sequence[Quantity], denominator: Sequence[Quantity]) -> Expression:
    """numerator ÷ denominator × 100%, each the sum of its figures."""
    above = numerator[0] if len(numerator) == 1 else Sum(tuple(numerator))
    below = denominator[0] if len(denominator) == 1 else Sum(tuple(denominator))
    return Product((Quotient(above, below), HUNDRED_PERCENT))


def telling_digits(percent: Quantity) -> int:
    """How many digits of a percentage would have to agree by chance; none of 100%, which any two equals give."""
    return 0 if percent.value == 100 else len(str(percent.value.copy_abs()).replace(".", "").lstrip("0"))


def is_telling(percent: Quantity) -> bool:
    """Whether a percentage has digits enough that a quotient meets it only if it is meant."""
    return telling_digits(percent) >= TELLING_DIGITS


def gives(percent: Quantity, above: Sequence[Quantity], below: Sequence[Quantity]) -> bool:
    """Whether the printed values, divided and rounded, give the printed percentage."""
    numerator = sum((quantity.value for quantity in above), Decimal(0))
    denominator = sum((quantity.value for quantity in below), Decimal(0))
    if denominator <= 0 or any(quantity.approximate for quantity in (percent, *above, *below)):
        return False
    return 2 * abs(100 * numerator - percent.value * denominator) <= percent.quantum * denominator
