"""Explicit formulas in text: "22/26*6=5.08分", "(34.5+2.5)÷50×100%=74%"."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import regex

from patterns.figure import times
from patterns.numerals import find_numbers
from patterns.scanning import scan
from patterns.units import MULTIPLIERS

NUMBER = "number"
OPERATOR = "operator"
OPEN = "("
CLOSE = ")"

# Different marks for one operation.
_OPERATORS = {"*": "*", "×": "*", "x": "*", "X": "*", "✕": "*", "·": "*", "/": "/", "÷": "/", "+": "+", "-": "-"}
_CLOSING = {")": "(", "]": "[", "}": "{"}

_UNIT = r"(?:[十百千万亿]*元|分|个百分点|平方米|万平方米|公顷|亩|人次|[人个项次件家户名台辆套宗份块栋场篇条])"
_TERM = rf"[(\[{{\x20]*+(?:-(?=\d))?\d[\d,.]*+\x20?(?:%|{_UNIT})?+[)\]}}\x20]*+%?+"
_CHAIN = regex.compile(rf"(?<![\d.A-Za-z%)])-?(?:{_TERM})(?:(?:[*×xX✕·/÷+=≈-])(?:{_TERM}))+")
_TOKEN = regex.compile(rf"\x20*+(?:(?P<number>\d[\d,.]*+)(?P<unit>\x20?{_UNIT})?+|(?P<mark>[*×xX✕·/÷+=≈%()\[\]{{}}-]))")


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a formula at characters `[start, end)`.

    `symbol` is one of + - * / ( ) % for marks whatever their print, and the printed unit ("" without one) for
    numbers, whose `value` has the multiplier folded in (3万元 is 30000). A % is a token of its own: it divides by 100
    what stands before it.
    """

    kind: str
    start: int
    end: int
    symbol: str
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Formula:
    """An arithmetic expression of numbers and the number it is said to equal.

    `tokens` is the expression as printed; `result` the stated number, `percent` whether a % follows it; `relation` is
    "=" or "≈".
    """

    start: int
    end: int
    tokens: tuple[Token, ...]
    result: Token
    percent: bool
    relation: str

    @property
    def operands(self) -> tuple[Token, ...]:
        return tuple(token for token in self.tokens if token.kind == NUMBER)

    @property
    def operators(self) -> tuple[Token, ...]:
        return tuple(token for token in self.tokens if token.kind == OPERATOR)


def find_formulas(text: str) -> list[Formula]:
    """Every expression of numbers followed by = and a number.

    In a chain only an expression directly followed by a single number counts: in "90/100=0.9*10=9" that is 0.9*10=9,
    for people run such steps together without meaning that 90/100 is 9.
    """
    if "=" not in text and "≈" not in text:
        return []
    found: list[Formula] = []
    for chain in scan(_CHAIN, text):
        if "=" in chain.group() or "≈" in chain.group():
            found.extend(_formulas_in(text, chain.start(), chain.end()))
    return found


def _formulas_in(text: str, start: int, end: int) -> list[Formula]:
    tokens = _tokenise(text, start, end)
    sides: list[list[Token]] = [[]]
    relations: list[str] = []
    for token in tokens:
        if token.symbol in ("=", "≈"):
            relations.append(token.symbol)
            sides.append([])
        else:
            sides[-1].append(token)
    found: list[Formula] = []
    for (side, following), relation in zip(pairwise(sides), relations, strict=True):
        stated = _stated(following)
        if stated is not None and _is_expression(side):
            number, percent = stated
            found.append(Formula(side[0].start, following[-1].end, tuple(side), number, percent, relation))
    return found


def _tokenise(text: str, start: int, end: int) -> list[Token]:
    tokens: list[Token] = []
    position = start
    while position < end:
        match = _TOKEN.match(text, position, end)
        if match is None:
            break
        position = match.end()
        mark = match.group("mark")
        if mark:
            symbol = _OPERATORS.get(mark) or _CLOSING.get(mark, mark)
            kind = OPERATOR if mark in _OPERATORS else mark
            if mark in "([{":
                kind = symbol = OPEN
            elif mark in _CLOSING:
                kind = symbol = CLOSE
            tokens.append(Token(kind, match.start("mark"), match.end("mark"), symbol))
            continue
        token = _number_token(match)
        if token is None:
            return []
        tokens.append(token)
    return tokens


def _number_token(match: regex.Match[str]) -> Token | None:
    printed = match.group("number").rstrip(",.")
    numbers = tuple(find_numbers(printed))
    if len(numbers) != 1:
        return None
    unit = (match.group("unit") or "").strip()
    multiplier = unit.rstrip("元") if unit.endswith("元") else ""
    value = numbers[0].value
    if multiplier:
        if multiplier not in MULTIPLIERS:
            return None
        value = times(value, MULTIPLIERS[multiplier])
    start = match.start("number")
    return Token(NUMBER, start, start + len(printed), unit, value)


def _stated(side: list[Token]) -> tuple[Token, bool] | None:
    """The single number a side consists of, with whether a % follows it."""
    if len(side) == 1 and side[0].kind == NUMBER:
        return side[0], False
    if len(side) == 2 and side[0].kind == NUMBER and side[1].symbol == "%":
        return side[0], True
    return None


def _is_expression(side: list[Token]) -> bool:
    """Whether the tokens are at least two numbers with operators between them and balanced brackets."""
    depth = 0
    expects_number = True
    numbers = 0
    for token in side:
        if token.kind == NUMBER:
            if not expects_number:
                return False
            expects_number = False
            numbers += 1
        elif token.symbol == "%" or token.kind == CLOSE:
            if expects_number:
                return False
            depth -= token.kind == CLOSE
        elif token.kind == OPEN:
            if not expects_number:
                return False
            depth += 1
        else:
            if expects_number and not (token.symbol == "-" and numbers == 0):
                return False
            expects_number = True
        if depth < 0:
            return False
    return numbers > 1 and depth == 0 and not expects_number
