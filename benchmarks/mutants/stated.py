"""Relations that the sources of the sample reports state themselves (`%%` lines), known apart from any rule.

A line speaks of the paragraph or table right above it. A figure of the line can be changed where it is printed there
exactly once.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from itertools import groupby

from benchmarks.mutants.changes import Change
from benchmarks.mutants.figures import Figure, quantity_at, unit_worth
from benchmarks.mutants.relations import Family, half_after
from corpus import source as corpus_source
from corpus.source import ReportSource
from pipeline.model.document import Document
from pipeline.model.interval import DenominatorSpansZeroError, Interval
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.report import Report
from pipeline.model.text import Passage, Span, unpack

_TOKEN = re.compile(r"#?\d+(?:,\d+)*(?:\.\d+)?%?")
_AGAIN = "again "


@dataclass(frozen=True, slots=True)
class Place:
    """A text of a source: a block, or a cell of a table block (by its index)."""

    block: int
    cell: int | None = None


@dataclass(frozen=True, eq=False)
class StatedRelation:
    """`expression = result` as a source states it, over figures as printed.

    `tokens` are the figures of the expression and the result, `at` the printed figure of each of those that stands in
    the block once, `halves` how far each reaches. `again` says that the result only stands twice.
    """

    assertion: str
    family: Family
    expression: str
    result: str
    at: Mapping[str, Figure]
    places: Mapping[str, Place]
    halves: Mapping[str, Fraction]
    origin: str = field(default="stated")

    @property
    def description(self) -> str:
        return f"%% {self.assertion}"

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(self.at.values())

    def token_of(self, figure: Figure) -> str:
        return next(token for token, other in self.at.items() if other is figure)

    def is_broken_by(self, figure: Figure, change: Change) -> bool:
        token = self.token_of(figure)
        intervals = {other: _interval(_number(other), self.halves[other]) for other in self.halves}
        before = intervals[token]
        intervals[token] = Interval.around(change.value, half_after(figure, change))
        if not self.expression:
            return not before.meets(intervals[token])
        try:
            expected = evaluate(self.expression, intervals)
        except DenominatorSpansZeroError:
            return False
        stated = intervals[self.result]
        return not stated.meets(expected * Interval.exact(100) if self.result.endswith("%") else expected)

    def addends_of(self, figure: Figure) -> tuple[Decimal, ...]:
        if self.token_of(figure) != self.result or re.search(r"[-*/(]", self.expression):
            return ()
        return tuple(Decimal(_number(token)) for token in _TOKEN.findall(self.expression))


def stated_relations(text: str, report: Report) -> Iterator[StatedRelation]:
    """The relations of a source text as typeset in `report`."""
    source = corpus_source.parse(text)
    passages = match_passages(source, report.document)
    for block, assertions in _assertions(text):
        places = [place for place in passages if place.block == block]
        for assertion in assertions:
            yield from _relations(assertion, places, passages, report)


def match_passages(source: ReportSource, document: Document) -> dict[Place, Passage]:
    """Where each paragraph and cell of a source was read; what was not read as one whole is left out."""
    found: dict[Place, Passage] = {}
    paragraphs = list(document.paragraphs)
    tables = iter(document.tables)
    alike = sum(isinstance(block, corpus_source.Table) for block in source.blocks) == len(document.tables)
    for index, block in enumerate(source.blocks):
        if isinstance(block, corpus_source.Table):
            table = next(tables) if alike else None
            for number, cell in enumerate(block.cells):
                read = table.at(cell.row, cell.col) if table is not None else None
                if read is not None and flat(read.text) == flat(cell.text):
                    found[Place(index, number)] = read.passage
        elif not isinstance(block, corpus_source.PageBreak):
            wanted = flat(block.text)
            position = next((i for i, p in enumerate(paragraphs) if flat(p.passage.text) == wanted), None)
            if position is not None:
                found[Place(index)] = paragraphs[position].passage
                del paragraphs[: position + 1]
    return found


def flat(text: str) -> str:
    """The text without blanks and differences of width."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def occurrences(token: str, text: str) -> list[int]:
    """Where a figure stands by itself in a text."""
    return [match.start() for match in re.finditer(rf"(?<![\d#])(?<!\d[.,]){re.escape(token)}(?!\d|[.,]\d|%)", text)]


def evaluate(expression: str, intervals: Mapping[str, Interval]) -> Interval:
    """The interval of an expression in the notation of `corpus.arithmetic`.

    Raises DenominatorSpansZeroError where a denominator may be zero.
    """
    names: list[str] = []

    def name(match: re.Match[str]) -> str:
        names.append(match.group())
        return f"figure{len(names) - 1}"

    tree = ast.parse(_TOKEN.sub(name, expression), mode="eval").body

    def value(node: ast.expr) -> Interval:
        match node:
            case ast.Name(id=identifier):
                token = names[int(identifier.removeprefix("figure"))]
                printed = intervals.get(token) or Interval.exact(Decimal(_number(token)))
                return printed * Interval.exact(Fraction(1, 100)) if token.endswith("%") else printed
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return value(left) + value(right)
            case ast.BinOp(left=left, op=ast.Sub(), right=right):
                return value(left) - value(right)
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                return value(left) * value(right)
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return value(left) / value(right)
            case ast.Call(func=ast.Name(id="min"), args=arguments):
                return reduce(Interval.least, map(value, arguments))
            case ast.Call(func=ast.Name(id="max"), args=arguments):
                return reduce(Interval.greatest, map(value, arguments))
            case _:
                raise ValueError(f"cannot read {expression!r}")

    return value(tree)


def _assertions(text: str) -> Iterator[tuple[int, list[str]]]:
    """The `%%` lines with the index of the block above them."""
    lines = text.split("\n")
    numbered = [(i, line) for i, line in enumerate(lines) if line.startswith("%%")]
    for _, group in groupby(enumerate(numbered), key=lambda item: item[1][0] - item[0]):
        run = [entry for _, entry in group]
        above = corpus_source.parse("\n".join(lines[: run[0][0]]))
        yield len(above.blocks) - 1, [line[2:].strip() for _, line in run]


def _relations(
    assertion: str, places: Sequence[Place], passages: Mapping[Place, Passage], report: Report
) -> Iterator[StatedRelation]:
    if re.search(r"[<>]", assertion):
        return
    if assertion.startswith(_AGAIN):
        equations = [("", assertion.removeprefix(_AGAIN).strip())]
    else:
        first, *rest = (side.strip() for side in assertion.split("="))
        equations = [(first, side) for side in rest if not side.startswith("#")]
    for expression, result in equations:
        tokens = list(dict.fromkeys([*_TOKEN.findall(expression), result]))
        if len(_TOKEN.findall(expression)) + 1 > len(tokens):
            continue  # the same number twice: which one a change strikes cannot be told
        at: dict[str, Figure] = {}
        found: dict[str, Place] = {}
        halves: dict[str, Fraction] = {}
        for token in tokens:
            if token.startswith("#"):
                continue
            located = [(place, i) for place in places for i in occurrences(token, passages[place].text)]
            figure = _figure(report, passages[located[0][0]], located[0][1], token) if len(located) == 1 else None
            if figure is not None:
                at[token], found[token] = figure, located[0][0]
            halves[token] = figure.half if figure is not None else _half_elsewhere(report, token)
        if at:
            halves[result] = _half_of_result(expression, result, halves)
            in_table = bool(places) and places[0].cell is not None
            yield StatedRelation(assertion, _family(expression, at, in_table), expression, result, at, found, halves)


def _half_of_result(expression: str, result: str, halves: Mapping[str, Fraction]) -> Fraction:
    """How far the result of a relation reaches: to its printed places at least, where its own operands give it only
    rounded.

    A score counts as exact where points are awarded, but 4.68 for 93.50% × 5 (4.675) is rounded. Taken for exact, the
    unchanged relation would be broken already and every change of its figures would pass for an error, also those
    after which the rubric still gives the stated score (92.211% for 92.21%).
    """
    if not expression:
        return halves[result]
    intervals = {token: _interval(_number(token), half) for token, half in halves.items()}
    expected = evaluate(expression, intervals)
    if intervals[result].meets(expected * Interval.exact(100) if result.endswith("%") else expected):
        return halves[result]
    return max(halves[result], _half_printed(_number(result)))


def _figure(report: Report, passage: Passage, start: int, token: str) -> Figure | None:
    """The figure printed at an offset of a passage; None where a line break parts it."""
    number = token.rstrip("%")
    places = [unpack(place) for place in passage.places[start : start + len(number)]]
    page, first = places[0]
    if places != [(page, first + i) for i in range(len(number))]:
        return None
    text = report.document.page(page).text
    if text[first : first + len(number)] != number:
        return None
    end = first + len(number)
    unit = next((word for word in ("万元", "元", "%", "％") if text.startswith(word, end)), "")
    quantity = quantity_at(report, Span(page, first, end))
    kind = quantity.kind if quantity is not None else None
    half = _half_of(number, quantity) if quantity is not None else _half_printed(number)
    return Figure(page, first, end + len(unit), number, unit, kind, half, quantity)


def _half_elsewhere(report: Report, token: str) -> Fraction:
    """How far a figure reaches that is printed in another paragraph: exact where any such figure is exact."""
    number = token.rstrip("%")
    halves = [
        _half_of(number, quantity)
        for quantity in report.quantities
        if quantity.printed.startswith(number) and quantity.approximate is None
    ]
    return max(halves, default=_half_printed(number))


def _half_of(number: str, quantity: Quantity) -> Fraction:
    interval = quantity.interval
    if interval.lower is None or interval.upper is None:
        return _half_printed(number)
    return (interval.upper - interval.lower) / 2 / Fraction(unit_worth(quantity))


def _half_printed(number: str) -> Fraction:
    places = len(number.partition(".")[2])
    return Fraction(1, 2) / Fraction(10) ** places if places else Fraction(0)


def _interval(number: str, half: Fraction) -> Interval:
    return Interval.around(Decimal(number), half)


def _number(token: str) -> str:
    return token.lstrip("#").rstrip("%").replace(",", "")


def _family(expression: str, at: Mapping[str, Figure], in_table: bool) -> Family:
    kinds = {figure.kind for figure in at.values()}
    if not expression:
        return Family.RESTATEMENT
    if re.search(r"[*]|min|max", expression) and Kind.SCORE in kinds:
        return Family.RUBRIC
    if Kind.SCORE in kinds:
        return Family.SCORE
    if "/" in expression:
        return Family.TABLE_RATE if in_table else Family.PROSE_RATE
    if kinds == {Kind.COUNT}:
        return Family.COUNT
    return Family.TABLE_SUM if in_table else Family.PROSE_SUM
