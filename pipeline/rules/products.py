"""PRO: totals in running text as a rate for one times a number (补助标准 × 人数, 单价 × 数量)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import prod

from patterns.relations.products import UnitProduct, find_products
from pipeline.model.check import Calculation, Product, Severity
from pipeline.model.interval import Interval
from pipeline.model.quantity import Quantity
from pipeline.model.report import Report
from pipeline.rules.context import Statement, context_of

_LEAST_FIGURES = 3


def rule_unit_products(report: Report) -> Iterator[Calculation]:
    """Compares a total in the text with the amount for one and the number of them that its sentence tells.

    补助资金 = 补助标准 × 人数 (× 月数); 总价 = 单价 × 数量.
    Precision: all figures as printed; a rate that was laid down (标准, 每人…) is exact.
    Known false alarms: some of those counted may get nothing or another rate. It accuses, as a warning, only where the
    sentence tells one rate, one number in the very unit of the rate and one total of what was granted or bought;
    limits (不超过), ranges and what was only spent (实际支出) are left alone, but what was spent in all the months told
    (全年12个月共支出) must not exceed the product.
    Example: 每人补助500元，200人，共补助12万元 is a contradiction; 10万元 holds.
    """
    for statement in context_of(report).told:
        if len(statement.quantities) >= _LEAST_FIGURES:
            for product in find_products(statement.wording):
                factors = _factors(statement, product)
                stated = statement.quantities[product.total]
                # What was spent below the product neither holds nor fails.
                if not product.at_most or stated.value >= prod(factor.value for factor in factors):
                    yield _made(statement, product, factors)


def _made(statement: Statement, product: UnitProduct, factors: tuple[Quantity, ...]) -> Calculation:
    stated = statement.quantities[product.total]
    return Calculation(
        code="PRO701",
        subject=f"“{stated.label}”" if stated.label else "总额",
        stated=stated,
        expression=Product(factors),
        severity=Severity.WARNING,
        quote=statement.sentence_with(product.total),
        at_most=product.at_most,
    )


def _factors(statement: Statement, product: UnitProduct) -> tuple[Quantity, ...]:
    rate, *numbers = (statement.quantities[i] for i in product.factors)
    if product.laid_down:
        rate = replace(rate, interval=Interval.exact(rate.value))
    return (rate, *numbers)
