"""Arithmetic that the figures of a source obey, written below them as `%%` lines and checked by the tests.

    %% 7.5 / 8 = 93.75%                   the left side, rounded half up to the places of the right, is the right side
    %% 92,512,807.72 / #10000 = 9,251     figures as printed; `#` marks a number that the report need not print
    %% min(1, 0.9342 / #0.9) * 2 = 2.00   caps; a blank parts the arguments
    %% 12 = 12 = 12                       further sides must agree as well
    %% again 8,216.40                     the figure is printed at least twice
    %% 3 < 5                              an order (<, <=)

Every figure without `#` must be printed somewhere in the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

_TOKEN = re.compile(r"\s*(?:(#?\d+(?:,\d+)*(?:\.\d+)?%?)|(min|max)|(<=|[-+*/(),<=]))")
_FIGURE = re.compile(r"(?<![\d#,.])\d+(?:,\d+)*(?:\.\d+)?%?")


@dataclass(frozen=True, slots=True)
class Violation:
    """An assertion that does not hold, or that names a figure which is not printed."""

    assertion: str
    reason: str


def violations(assertions: tuple[str, ...], printed: str) -> Iterator[Violation]:
    """Every assertion that does not hold for the `printed` text."""
    for assertion in assertions:
        reason = _reason(assertion, printed)
        if reason:
            yield Violation(assertion, reason)


def evaluate(expression: str) -> Fraction:
    """The exact value of an expression of printed figures. Raises ValueError when it cannot be read."""
    parser = _Parser(expression)
    value = parser.sum()
    if parser.peek() is not None:
        raise ValueError(f"cannot read {expression!r} from {parser.peek()!r}")
    return value


def round_like(value: Fraction, figure: str) -> Decimal:
    """`value` rounded half up to the places of a printed figure; in percent where the figure is."""
    scaled = value * 100 if figure.endswith("%") else value
    digits = figure.rstrip("%")
    places = len(digits.partition(".")[2])
    with localcontext() as context:
        context.prec = 60
        quotient = Decimal(scaled.numerator) / Decimal(scaled.denominator)
        return quotient.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def figures(assertion: str) -> list[str]:
    """The figures an assertion names that the report must print."""
    return _FIGURE.findall(assertion)


def count_printed(figure: str, text: str) -> int:
    """How often a figure stands by itself in text, neither within longer digits nor a part of another number."""
    return len(re.findall(rf"(?<!\d)(?<!\d[.,]){re.escape(figure)}(?!\d|[.,]\d)", text))


def _reason(assertion: str, printed: str) -> str | None:
    statement = assertion
    wanted = 1
    if statement.startswith("again "):
        statement, wanted = statement.removeprefix("again "), 2
    for figure in figures(statement):
        if count_printed(figure, printed) < wanted:
            return f"{figure} is not printed" + (" twice" if wanted == 2 else "")
    if wanted == 2:
        return None
    order = re.fullmatch(r"([^<=]+)(<=|<)([^<=]+)", statement)
    if order:
        left, right = evaluate(order[1]), evaluate(order[3])
        return None if left < right or (left == right and order[2] == "<=") else "the order does not hold"
    first, *rest = (side.strip() for side in statement.split("="))
    if not rest:
        return "nothing is asserted"
    for side in rest:
        rounded = round_like(evaluate(first), side)
        if rounded != Decimal(side.lstrip("#").rstrip("%").replace(",", "")):
            return f"{first} gives {rounded}, not {side}"
    return None


class _Parser:
    """Recursive descent over +, -, *, /, parentheses, min and max."""

    def __init__(self, expression: str) -> None:
        self.tokens: list[str] = []
        position = 0
        text = expression.strip()
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None:
                raise ValueError(f"cannot read {expression!r} at {text[position:]!r}")
            self.tokens.append(match[0].strip())
            position = match.end()
        self.position = 0

    def peek(self) -> str | None:
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def take(self) -> str:
        token = self.peek()
        if token is None:
            raise ValueError("expression ends too early")
        self.position += 1
        return token

    def sum(self) -> Fraction:
        value = self.product()
        while self.peek() in ("+", "-"):
            value = value + self.product() if self.take() == "+" else value - self.product()
        return value

    def product(self) -> Fraction:
        value = self.atom()
        while self.peek() in ("*", "/"):
            value = value * self.atom() if self.take() == "*" else value / self.atom()
        return value

    def atom(self) -> Fraction:
        token = self.take()
        if token in ("min", "max"):
            values = self.arguments()
            return min(values) if token == "min" else max(values)
        if token == "(":
            value = self.sum()
            self.expect(")")
            return value
        if token[0].isdigit() or token[0] == "#":
            value = Fraction(token.lstrip("#").rstrip("%").replace(",", ""))
            return value / 100 if token.endswith("%") else value
        raise ValueError(f"unexpected {token!r}")

    def arguments(self) -> list[Fraction]:
        self.expect("(")
        values = [self.sum()]
        while self.peek() == ",":
            self.take()
            values.append(self.sum())
        self.expect(")")
        return values

    def expect(self, token: str) -> None:
        found = self.take()
        if found != token:
            raise ValueError(f"expected {token!r}, found {found!r}")
