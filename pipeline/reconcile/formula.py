"""Formulas as a person writes them, with every operand as printed, so that they can be added up on paper."""

from __future__ import annotations

import re
from typing import assert_never

from pipeline.model.check import (
    Calculation,
    Constant,
    Expression,
    Greatest,
    Least,
    Product,
    Quotient,
    Range,
    Ruled,
    Sum,
)
from pipeline.model.quantity import Kind, Quantity

_BLANK = re.compile(r"\s+")
_ENDS_IN_UNIT = re.compile(r"[^\d.,，)）]$")


def printed_figure(quantity: Quantity) -> str:
    """The figure as printed, line breaks and typesetting spaces left out, with its unit where only a header has it."""
    text = _BLANK.sub("", quantity.printed)
    if quantity.kind in (Kind.MONEY, Kind.PERCENT) and not _ENDS_IN_UNIT.search(text):
        return text + quantity.unit
    return text


def unit_of_print(quantity: Quantity) -> str:
    """The unit as it stands behind the figure (万元, %), the measure word of a figure told in Chinese numerals."""
    text = printed_figure(quantity)
    return text.lstrip("0123456789.,，-+ ") if any(c.isdigit() for c in text) else quantity.unit


def render(calculation: Calculation, holds: bool = True) -> str:
    """The whole relation: the re-computation, then the sign (= ≥ ∈, struck out where it does not hold) and the stated
    figure."""
    if isinstance(calculation.expression, Range):
        sign = "∈" if holds else "∉"
        return f"{printed_figure(calculation.stated)} {sign} {calculation.expression.printed}"
    if isinstance(calculation.expression, Ruled):
        sign = "符合" if holds else "不符"
        stated = printed_figure(calculation.stated)
        return f"{calculation.expression.printed} → {calculation.expression.outcome}；报告所载{stated}，{sign}"
    signs = ("≥", "<") if calculation.at_most else ("=", "≠")
    sign = signs[0] if holds else signs[1]
    return f"{render_expression(calculation.expression)} {sign} {printed_figure(calculation.stated)}"


def render_expression(expression: Expression) -> str:
    """An expression in the usual signs: + − × ÷, brackets only where needed."""
    match expression:
        case Quantity():
            return printed_figure(expression)
        case Constant() | Range() | Ruled():
            return expression.printed
        case Sum():
            parts = []
            for i, (term, minus) in enumerate(expression.signed()):
                sign = "− " if minus else ("+ " if i else "")
                parts.append(sign + (_bracketed(term) if minus and isinstance(term, Sum) else render_expression(term)))
            return " ".join(parts)
        case Product():
            return " × ".join(_bracketed(factor) for factor in expression.factors)
        case Quotient():
            return f"{_bracketed(expression.numerator)} ÷ {_divisor(expression.denominator)}"
        case Least():
            return f"min({', '.join(render_expression(value) for value in expression.values)})"
        case Greatest():
            return f"max({', '.join(render_expression(value) for value in expression.values)})"
        case _:
            assert_never(expression)


def _bracketed(expression: Expression) -> str:
    text = render_expression(expression)
    return f"({text})" if isinstance(expression, Sum) else text


def _divisor(expression: Expression) -> str:
    text = render_expression(expression)
    return f"({text})" if isinstance(expression, Sum | Product | Quotient) else text
