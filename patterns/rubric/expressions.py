"""Arithmetic as rubrics print it: (实际在用总额/所有总额)×100%, ∑(每个季度的执行率)÷4, (1-10×调剂金额/预算数)×分值."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from patterns.rubric.limits import plain

Extent = tuple[Fraction, Fraction]
"""The closed range of values a fact stands for."""


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number: `value` in its unit, which is %, 分 or none; `label` is a name printed right before it."""

    value: Decimal
    unit: str = ""
    label: str = ""

    def readable(self) -> str:
        return f"{plain(self.value)}{self.unit}"


@dataclass(frozen=True, slots=True)
class FullMark:
    """The indicator's full mark, named and not printed as a number: 分值, 权重, 该项指标满分."""

    def readable(self) -> str:
        return "分值"


@dataclass(frozen=True, slots=True)
class Variable:
    """A named quantity of the report."""

    name: str

    def readable(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Total:
    """∑ over quantities named together: ∑(每个季度的执行率)."""

    name: str

    def readable(self) -> str:
        return f"∑({self.name})"


@dataclass(frozen=True, slots=True)
class Operation:
    """`left` and `right` joined by one of + - × /."""

    operator: str
    left: Expression
    right: Expression

    def readable(self) -> str:
        left, right = self.left.readable(), self.right.readable()
        if self.operator in "×/" and _is_sum(self.left):
            left = f"({left})"
        if _is_sum(self.right) and self.operator != "+":
            right = f"({right})"
        if self.operator == "/" and isinstance(self.right, Operation) and not _is_sum(self.right):
            right = f"({right})"
        return f"{left}{self.operator}{right}"


Expression = Number | FullMark | Variable | Total | Operation


def _is_sum(expression: Expression) -> bool:
    return isinstance(expression, Operation) and expression.operator in "+-"


# --- reading ------------------------------------------------------------------------------------------------------

FULL_MARK_WORDS = (
    r"(?:该|本|此|各)?(?:三级)?(?:单?项)?(?:指标)?的?"
    r"(?:权重总额|权重分值?|权重|参考分值|标准分值?|分值|总分值?|满分值?)(?:数)?"
)
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)(%|分(?!数|值|位|配|之))?(?![\u4e00-\u9fff\d.%])|(\d+(?:\.\d+)?)(%|分)(?=[或即])")
_FULL_MARK = re.compile(rf"{FULL_MARK_WORDS}(?=$|[)\]×*/÷+\-])")
_OPERATORS = {
    "×": "×",
    "*": "×",
    "·": "×",
    "✕": "×",
    "╳": "×",
    "x": "×",
    "X": "×",
    "/": "/",
    "÷": "/",
    "+": "+",
    "-": "-",
}
_OPENING = {"(": ")", "[": "]", "{": "}"}
_SUM_SIGNS = "∑Σ"
_RATIO_SUFFIX = re.compile(r"(?:的?(?:比值|比率|比例|比重|百分比)|之比)$")
_BETWEEN_TWO = re.compile(r"^(.+?)(?:与|和|占|除以|同)(.+?)(?:的?(?:比值|比率|比例|比重|百分比)|之比)$")


class _NotArithmeticError(ValueError):
    pass


def parse_expression(text: str) -> Expression | None:
    """The arithmetic that `text` is as a whole, or None when it is none."""
    trimmed = text.strip(" ，。;:、")
    if not trimmed:
        return None
    try:
        parser = _Parser(trimmed)
        expression = parser.sum()
        parser.expect_end()
    except _NotArithmeticError:
        return None
    return expression


class _Parser:
    """Recursive descent over one formula; raises _NotArithmeticError where the text stops being one."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def expect_end(self) -> None:
        if self._at != len(self._text):
            raise _NotArithmeticError(self._text[self._at :])

    def sum(self) -> Expression:
        expression = self._product()
        while self._peek_operator() in ("+", "-"):
            expression = Operation(self._take_operator(), expression, self._product())
        return expression

    def _product(self) -> Expression:
        expression = self._factor()
        while self._peek_operator() in ("×", "/"):
            expression = Operation(self._take_operator(), expression, self._factor())
        return expression

    def _factor(self) -> Expression:
        if self._at >= len(self._text):
            raise _NotArithmeticError("formula ends early")
        character = self._text[self._at]
        if character in _SUM_SIGNS:
            return self._total()
        if character in _OPENING:
            return self._group()
        number = _NUMBER.match(self._text, self._at)
        if number is not None:
            self._at = number.end()
            return Number(Decimal(number[1] or number[3]), number[2] or number[4] or "")
        full_mark = _FULL_MARK.match(self._text, self._at)
        if full_mark is not None:
            self._at = full_mark.end()
            return FullMark()
        return self._name()

    def _total(self) -> Expression:
        self._at += 1
        if self._at < len(self._text) and self._text[self._at] in _OPENING:
            start = self._at + 1
            end = self._closing(self._at)
            self._at = end + 1
            return Total(self._text[start:end])
        name = self._name()
        if not isinstance(name, Variable):
            raise _NotArithmeticError("∑ of a number")
        return Total(name.name)

    def _group(self) -> Expression:
        closing = self._closing(self._at)
        self._at += 1
        expression = self.sum()
        if self._at != closing:
            raise _NotArithmeticError(self._text[self._at :])
        self._at = closing + 1
        suffix = re.match(r"的?(?:比值|绝对值)?", self._text[self._at :])
        self._at += suffix.end() if suffix else 0
        return expression

    def _closing(self, opening: int) -> int:
        depth = 0
        for index in range(opening, len(self._text)):
            if self._text[index] in _OPENING:
                depth += 1
            elif self._text[index] in _OPENING.values():
                depth -= 1
                if depth == 0:
                    return index
        raise _NotArithmeticError("bracket not closed")

    def _name(self) -> Expression:
        start = self._at
        while self._at < len(self._text):
            character = self._text[self._at]
            if character in _OPENING and self._at > start:
                self._at = self._closing(self._at) + 1
            elif character in _OPENING or character in _OPENING.values() or self._is_operator(self._at):
                break
            elif character in "=<>≤≥，,。;^√|":
                raise _NotArithmeticError(self._text[start:])
            else:
                if self._at > start and _NUMBER.match(self._text, self._at) and not self._text[self._at - 1].isdigit():
                    break
                self._at += 1
        name = self._text[start : self._at].strip()
        if not name:
            raise _NotArithmeticError(self._text[start:])
        number = _NUMBER.match(self._text, self._at)
        if number is not None:
            self._at = number.end()
            return Number(Decimal(number[1] or number[3]), number[2] or number[4] or "", name)
        return _quotient_of_two(name)

    def _is_operator(self, index: int) -> bool:
        character = self._text[index]
        if character in "xX":
            after = self._text[index + 1 : index + 2]
            return after.isdigit() or after in _OPENING or bool(_FULL_MARK.match(self._text, index + 1))
        return character in _OPERATORS

    def _peek_operator(self) -> str | None:
        if self._at < len(self._text) and self._is_operator(self._at):
            return _OPERATORS[self._text[self._at]]
        return None

    def _take_operator(self) -> str:
        operator = _OPERATORS[self._text[self._at]]
        self._at += 1
        return operator


def _quotient_of_two(name: str) -> Expression:
    """ "A与B的比值" and "A占B的比例" are A/B; any other name is one quantity."""
    pair = _BETWEEN_TWO.match(name)
    if pair is not None:
        return Operation("/", Variable(pair[1]), Variable(pair[2]))
    return Variable(_RATIO_SUFFIX.sub("", name) or name)


# --- taking apart -------------------------------------------------------------------------------------------------


def factors(expression: Expression) -> tuple[list[Expression], list[Expression]]:
    """The factors above and below the line of a product; a sum is one factor."""
    if isinstance(expression, Operation) and expression.operator in "×/":
        above, below = factors(expression.left)
        right_above, right_below = factors(expression.right)
        if expression.operator == "×":
            return above + right_above, below + right_below
        return above + right_below, below + right_above
    return [expression], []


def product(above: list[Expression], below: list[Expression]) -> Expression:
    """The product of `above` over the product of `below`."""
    expression: Expression = above[0] if above else Number(Decimal(1))
    for factor in above[1:]:
        expression = Operation("×", expression, factor)
    for factor in below:
        expression = Operation("/", expression, factor)
    return expression


def is_hundred_percent(expression: Expression) -> bool:
    return (
        isinstance(expression, Number) and expression.unit == "%" and expression.value == 100 and not expression.label
    )


def variables(expression: Expression) -> list[str]:
    """Names of the quantities in reading order, each once."""
    if isinstance(expression, (Variable, Total)):
        return [expression.name]
    if isinstance(expression, Operation):
        names = variables(expression.left)
        return names + [name for name in variables(expression.right) if name not in names]
    return []


# --- evaluating ---------------------------------------------------------------------------------------------------


def evaluate(
    expression: Expression, look_up: Callable[[Variable | Total], Extent | None], full_mark: Fraction | None
) -> Extent | None:
    """The range of values, or None when a quantity is not known or a denominator may be zero."""
    if isinstance(expression, Number):
        value = Fraction(expression.value) / (100 if expression.unit == "%" else 1)
        return value, value
    if isinstance(expression, FullMark):
        return None if full_mark is None else (full_mark, full_mark)
    if isinstance(expression, (Variable, Total)):
        return look_up(expression)
    if _is_change_rate(expression):
        return evaluate(_rewrite_change_rate(expression), look_up, full_mark)
    left = evaluate(expression.left, look_up, full_mark)
    right = evaluate(expression.right, look_up, full_mark)
    if left is None or right is None:
        return None
    return combine(expression.operator, left, right)


def _is_change_rate(expression: Operation) -> bool:
    """(A-B)/B, whose B would be taken twice, at both of its ends at once."""
    change = expression.left
    return (
        expression.operator == "/"
        and isinstance(change, Operation)
        and change.operator == "-"
        and change.right == expression.right
    )


def _rewrite_change_rate(expression: Operation) -> Expression:
    """A/B-1 for (A-B)/B."""
    assert isinstance(expression.left, Operation)
    return Operation("-", Operation("/", expression.left.left, expression.right), Number(Decimal(1)))


def combine(operator: str, left: Extent, right: Extent) -> Extent | None:
    """`left` and `right` joined, end to end; None for a quotient whose denominator may be zero."""
    if operator == "+":
        return left[0] + right[0], left[1] + right[1]
    if operator == "-":
        return left[0] - right[1], left[1] - right[0]
    if operator == "/":
        if right[0] <= 0 <= right[1]:
            return None
        right = (1 / right[1], 1 / right[0])
    ends = [a * b for a in left for b in right]
    return min(ends), max(ends)
