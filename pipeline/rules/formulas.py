"""RAT: formulas that the report writes out itself (22/26*6=5.08)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from patterns.figure import quantum_of
from patterns.formulas import CLOSE, NUMBER, OPEN, Formula, Token, find_formulas
from pipeline.model.arithmetic import agrees
from pipeline.model.check import Calculation, Constant, Expression, Product, Quotient, Severity, Sum
from pipeline.model.interval import Interval
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.report import Report
from pipeline.rules.context import Statement, context_of
from pipeline.rules.quotients import HUNDRED_PERCENT

_HUNDRED = Decimal(100)
_HALF = Decimal("0.5")


def rule_explicit_formulas(report: Report) -> Iterator[Calculation]:
    """Compares the result of a formula that the report writes out with the formula worked out.

    Precision: whole numbers in a formula are exact, others stand for their printed digits; the result is taken to be
    rounded to its printed places. × and * / and ÷, brackets, %, ×100% and units in the formula are understood.
    Known false alarms: none known; the report states the arithmetic itself.
    Example: 得分=22/26*6=5.08分 holds (5.0769…); 得分=22/26*6=5.80分 does not.
    """
    context = context_of(report)
    for statement in (*context.paragraphs, *context.cells):
        if statement.quantities and ("=" in statement.text or "≈" in statement.text):
            for formula in find_formulas(statement.text):
                calculation = _calculation(statement, formula)
                if calculation is not None:
                    yield calculation


def _calculation(statement: Statement, formula: Formula) -> Calculation | None:
    stated = _quantity_at(statement, formula.result)
    if stated is None:
        return None
    stated = replace(stated, interval=Interval.around(stated.value, stated.quantum * _HALF))
    expression = _Reader(statement, formula).read()
    if expression is None:
        return None
    expression = _in_unit_of(stated, expression, formula)
    return Calculation(
        code="RAT302",
        subject=f"算式“{statement.text[formula.start : formula.result.end]}”",
        stated=stated,
        expression=expression,
        severity=Severity.ERROR,
        quote=statement.quote(*statement.wording.sentence_at(formula.start)),
    )


def _in_unit_of(stated: Quantity, expression: Expression, formula: Formula) -> Expression:
    """The expression in the unit of its result, where only the result names it (100×5=500万元)."""
    factor = stated.quantum.scaleb(stated.places)
    if formula.percent:
        return Product((expression, HUNDRED_PERCENT))
    if factor == 1 or any(token.symbol for token in formula.operands) or agrees(stated, expression):
        return expression
    return Product((expression, Constant(factor, stated.unit)))


def _quantity_at(statement: Statement, token: Token) -> Quantity | None:
    """The quantity printed at a number of the formula."""
    for term, quantity in zip(statement.wording.terms, statement.quantities, strict=True):
        if term.start <= token.start < term.end:
            return quantity
    return None


class _Reader:
    """Reads the tokens of a formula into an expression, × and ÷ before + and −."""

    def __init__(self, statement: Statement, formula: Formula) -> None:
        self._statement = statement
        self._percent = formula.percent
        self._tokens = formula.tokens
        self._next = 0

    def read(self) -> Expression | None:
        """The expression; None where a token is left over or a number missing."""
        expression = self._sum()
        return expression if self._next == len(self._tokens) else None

    def _peek(self) -> str:
        return self._tokens[self._next].symbol if self._next < len(self._tokens) else "end"

    def _sum(self) -> Expression | None:
        terms: list[Expression] = []
        minus: list[bool] = []
        negative = self._peek() == "-" and self._is_operator()
        if negative:
            self._next += 1
        while True:
            term = self._product()
            if term is None:
                return None
            terms.append(term)
            minus.append(negative)
            if not (self._is_operator() and self._peek() in "+-"):
                break
            negative = self._peek() == "-"
            self._next += 1
        return terms[0] if len(terms) == 1 and not minus[0] else Sum(tuple(terms), tuple(minus))

    def _product(self) -> Expression | None:
        result = self._factor()
        while result is not None and self._is_operator() and self._peek() in "*/":
            divides = self._peek() == "/"
            self._next += 1
            if not divides and self._is_hundred_percent():
                self._next += 2
                continue
            factor = self._factor()
            if factor is None:
                return None
            result = Quotient(result, factor) if divides else Product((*_factors(result), factor))
        return result

    def _factor(self) -> Expression | None:
        if self._next >= len(self._tokens):
            return None
        token = self._tokens[self._next]
        if token.kind == OPEN:
            self._next += 1
            inner = self._sum()
            if inner is None or self._next >= len(self._tokens) or self._tokens[self._next].kind != CLOSE:
                return None
            self._next += 1
            return self._per_cent(inner)
        if token.kind != NUMBER or token.value is None:
            return None
        self._next += 1
        return self._per_cent(self._number(token))

    def _per_cent(self, value: Expression) -> Expression:
        if self._peek() == "%" and not self._is_operator():
            self._next += 1
            return Quotient(value, Constant(_HUNDRED, "100"))
        return value

    def _is_operator(self) -> bool:
        return self._next < len(self._tokens) and self._tokens[self._next].kind == "operator"

    def _is_hundred_percent(self) -> bool:
        """×100% makes a percentage of a quotient and changes no value."""
        ahead = self._tokens[self._next : self._next + 2]
        return len(ahead) == 2 and ahead[0].value == _HUNDRED and ahead[1].symbol == "%"

    def _number(self, token: Token) -> Expression:
        value = token.value if token.value is not None else Decimal(0)
        quantity = _quantity_at(self._statement, token)
        if quantity is not None and quantity.value == value:
            return quantity
        printed = self._statement.text[token.start : token.end]
        places = len(printed.partition(".")[2])
        if not places:
            return Constant(value, printed + token.symbol)
        quantum = quantum_of(places, Decimal(1)) * (value / Decimal(printed.replace(",", "")) if value else 1)
        return Quantity(
            quantity_id="",
            kind=Kind.OTHER,
            printed=printed,
            value=value,
            unit=token.symbol,
            places=places,
            quantum=quantum,
            interval=Interval.around(value, quantum * _HALF),
            label="算式中的数",
            spans=self._statement.passage.spans(token.start, token.end),
        )


def _factors(expression: Expression) -> Sequence[Expression]:
    return expression.factors if isinstance(expression, Product) else (expression,)
