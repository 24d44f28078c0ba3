"""The running text of a report as rules read it: each paragraph with its figures at their places, built once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

from patterns.relations.wording import Term, Wording, measure_of
from pipeline.model.document import Paragraph
from pipeline.model.quantity import Quantity
from pipeline.model.report import Report
from pipeline.model.text import pack


@dataclass(frozen=True, eq=False)
class Statement:
    """A paragraph with at least one figure. `quantities[i]` is the quantity of `wording.terms[i]`."""

    place: int
    paragraph: Paragraph
    quantities: tuple[Quantity, ...]
    wording: Wording

    @property
    def text(self) -> str:
        return self.paragraph.passage.text

    def quote(self, start: int, end: int) -> str:
        """The folded text of a stretch, without marks at its ends."""
        return self.text[start:end].strip("，,;:。 ")


@dataclass(frozen=True, eq=False)
class Context:
    """Every paragraph in reading order; `statements` by the paragraph's place among them, those with figures only."""

    paragraphs: Sequence[Paragraph]
    by_place: Mapping[int, Statement]

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(self.by_place[place] for place in sorted(self.by_place))

    @cached_property
    def _by_quantity(self) -> dict[str, tuple[Statement, int]]:
        return {
            quantity.quantity_id: (statement, i)
            for statement in self.statements
            for i, quantity in enumerate(statement.quantities)
        }

    def find(self, quantity: Quantity) -> tuple[Statement, int] | None:
        """The statement that holds a quantity, and its index there; None for one in a table."""
        return self._by_quantity.get(quantity.quantity_id)


_CONTEXTS: WeakKeyDictionary[Report, Context] = WeakKeyDictionary()


def context_of(report: Report) -> Context:
    """The report's running text with its figures; built at the first call for a report and kept while it lives."""
    context = _CONTEXTS.get(report)
    if context is None:
        context = _build(report)
        _CONTEXTS[report] = context
    return context


def _build(report: Report) -> Context:
    paragraphs = sorted(
        (paragraph for paragraph in report.document.paragraphs if paragraph.passage.places),
        key=lambda paragraph: paragraph.passage.places[0],
    )
    firsts = [paragraph.passage.places[0] for paragraph in paragraphs]
    placed: dict[int, list[tuple[int, int, Quantity]]] = defaultdict(list)
    for quantity in report.quantities:
        if quantity.table_id is not None:
            continue
        span = quantity.spans[0]
        place = bisect_right(firsts, pack(span.page, span.start)) - 1
        if place < 0:
            continue
        places = paragraphs[place].passage.places
        start = bisect_left(places, pack(span.page, span.start))
        last = quantity.spans[-1]
        end = bisect_left(places, pack(last.page, last.end - 1)) + 1
        if end <= len(places) and places[start] == pack(span.page, span.start):
            placed[place].append((start, end, quantity))
    in_order = sorted(range(len(paragraphs)), key=lambda place: paragraphs[place].order)
    ranks = {place: rank for rank, place in enumerate(in_order)}
    statements = {
        ranks[place]: _statement(ranks[place], paragraphs[place], sorted(found, key=lambda item: item[:2]))
        for place, found in placed.items()
    }
    return Context([paragraphs[place] for place in in_order], statements)


def _statement(place: int, paragraph: Paragraph, found: Sequence[tuple[int, int, Quantity]]) -> Statement:
    terms = tuple(
        Term(start, end, measure_of(quantity.kind, quantity.unit), quantity.value, quantity.approximate)
        for start, end, quantity in found
    )
    quantities = tuple(quantity for _, _, quantity in found)
    return Statement(place, paragraph, quantities, Wording(paragraph.passage.text, terms))
