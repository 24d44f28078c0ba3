"""The running text of a report as rules read it: paragraphs and wordy cells with their figures in place, built once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from weakref import WeakKeyDictionary

import regex

from patterns.relations.wording import Term, Wording, measure_of
from pipeline.model.document import Cell, Paragraph, Table
from pipeline.model.interval import Interval
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.report import Genre, Report
from pipeline.model.text import Passage, pack

# Cells that say how something is to be scored or what is planned, not what is.
_NOT_TOLD = regex.compile(r"标准|细则|要点|说明|解释|内涵|目标|指标值|计划|口径|公式|方法|依据")
_CLAUSES = regex.compile(r"[，。;]")
_YEAR = regex.compile(r"(?<!\d)((?:19|20)\d\d)年")


@dataclass(frozen=True, eq=False)
class Statement:
    """A paragraph, or a cell with running text. `quantities[i]` is the quantity of `wording.terms[i]`.

    `place` counts paragraphs in reading order; a cell has none. `told` is False for a cell whose column holds rules or
    targets instead of facts.
    """

    passage: Passage
    quantities: tuple[Quantity, ...]
    wording: Wording
    section_id: str | None
    place: int | None = None
    heading: bool = False
    told: bool = True

    @property
    def text(self) -> str:
        return self.passage.text

    def quote(self, start: int, end: int) -> str:
        """The folded text of a stretch, without marks at its ends."""
        return self.text[start:end].strip("，,;:。 ")

    def sentence_with(self, i: int) -> str:
        """The sentence of the i-th figure, as quoted."""
        return self.quote(*self.wording.sentence_at(self.wording.terms[i].start))


@dataclass(frozen=True, eq=False)
class Context:
    """A report's paragraphs in reading order, and its wordy cells. `on_one_project` says that the report is about one
    project, so that its money is all the money there is; `year` is the year it is about."""

    paragraphs: tuple[Statement, ...]
    cells: tuple[Statement, ...]
    on_one_project: bool = False
    year: int | None = None

    @cached_property
    def told(self) -> tuple[Statement, ...]:
        """Everything that states facts in words: paragraphs and cells with at least one figure."""
        return tuple(s for s in (*self.paragraphs, *self.cells) if s.quantities and s.told)

    @cached_property
    def _by_quantity(self) -> dict[str, tuple[Statement, int]]:
        return {
            quantity.quantity_id: (statement, i)
            for statement in (*self.paragraphs, *self.cells)
            for i, quantity in enumerate(statement.quantities)
        }

    def find(self, quantity: Quantity) -> tuple[Statement, int] | None:
        """The statement that holds a quantity, and its index there; None for a figure that stands alone in a cell."""
        return self._by_quantity.get(quantity.quantity_id)


def year_of(statement: Statement, i: int, context: Context) -> int | None:
    """The year that the words before a figure name last in its sentence, else the year of the report."""
    start = statement.wording.sentence_at(statement.wording.terms[i].start)[0]
    named = _YEAR.findall(statement.text, start, statement.wording.terms[i].start)
    return int(named[-1]) if named else context.year


_CONTEXTS: WeakKeyDictionary[Report, Context] = WeakKeyDictionary()


def context_of(report: Report) -> Context:
    """The report's running text with its figures; built at the first call for a report and kept while it lives."""
    context = _CONTEXTS.get(report)
    if context is None:
        on_one_project = report.metadata.genre in (Genre.PROJECT, Genre.FORM)
        context = Context(
            tuple(_paragraphs(report)), tuple(_cells(report)), on_one_project, report.metadata.fiscal_year
        )
        _CONTEXTS[report] = context
    return context


def _paragraphs(report: Report) -> Iterable[Statement]:
    by_print = sorted(
        (paragraph for paragraph in report.document.paragraphs if paragraph.passage.text),
        key=lambda paragraph: paragraph.passage.places[0],
    )
    firsts = [paragraph.passage.places[0] for paragraph in by_print]
    holders: dict[int, list[Quantity]] = defaultdict(list)
    for quantity in report.quantities:
        if quantity.table_id is None:
            span = quantity.spans[0]
            holder = bisect_right(firsts, pack(span.page, span.start)) - 1
            if holder >= 0:
                holders[holder].append(quantity)
    found = [
        (paragraph, _placed(paragraph.passage, holders.get(holder, ()))) for holder, paragraph in enumerate(by_print)
    ]
    found.sort(key=lambda item: item[0].order)
    for place, (paragraph, placed) in enumerate(found):
        yield _statement(paragraph, placed, place)


def _cells(report: Report) -> Iterable[Statement]:
    holders: dict[tuple[str, int, int], list[Quantity]] = defaultdict(list)
    for quantity in report.quantities:
        if quantity.table_id is not None and quantity.row is not None and quantity.col is not None:
            holders[quantity.table_id, quantity.row, quantity.col].append(quantity)
    for table in report.document.tables:
        for cell in table.cells:
            quantities = holders.get((table.table_id, cell.row, cell.col), ())
            if quantities and (_CLAUSES.search(cell.text) or "=" in cell.text):
                placed = _placed(cell.passage, quantities)
                yield Statement(
                    passage=cell.passage,
                    quantities=tuple(quantity for _, _, quantity in placed),
                    wording=_wording(cell.text, placed),
                    section_id=table.section_id,
                    told=not cell.header and not _NOT_TOLD.search(_headers(table, cell)),
                )


def _headers(table: Table, cell: Cell) -> str:
    """The texts of the header cells above a cell."""
    above = (table.at(row, cell.col) for row in range(table.header_rows))
    return " ".join(header.text for header in above if header is not None)


def _placed(passage: Passage, quantities: Iterable[Quantity]) -> list[tuple[int, int, Quantity]]:
    """Quantities with their offsets in the folded text, in order; those that stand elsewhere left out."""
    places = passage.places
    found = []
    for quantity in quantities:
        first, last = quantity.spans[0], quantity.spans[-1]
        start = bisect_left(places, pack(first.page, first.start))
        end = bisect_left(places, pack(last.page, last.end - 1)) + 1
        if start < len(places) and places[start] == pack(first.page, first.start) and start < end <= len(places):
            found.append((start, end, quantity))
    return sorted(_with_plain_nils(found), key=lambda item: item[:2])


def _with_plain_nils(found: Sequence[tuple[int, int, Quantity]]) -> Iterable[tuple[int, int, Quantity]]:
    """Amounts of nothing as exact as the amounts told beside them: “0万元” in a list of 3.44万元 is 0.00万元."""
    finest = min((q.quantum for _, _, q in found if q.kind is Kind.MONEY and q.value), default=None)
    for start, end, quantity in found:
        nil = quantity.kind is Kind.MONEY and quantity.value == 0 and quantity.approximate is None
        if nil and finest is not None and finest < quantity.quantum:
            yield start, end, replace(quantity, interval=Interval.around(0, finest / 2))
        else:
            yield start, end, quantity


def _wording(text: str, placed: Sequence[tuple[int, int, Quantity]]) -> Wording:
    return Wording(
        text,
        tuple(
            Term(start, end, measure_of(quantity.kind, quantity.unit), quantity.value, quantity.approximate)
            for start, end, quantity in placed
        ),
    )


def _statement(paragraph: Paragraph, placed: Sequence[tuple[int, int, Quantity]], place: int) -> Statement:
    return Statement(
        passage=paragraph.passage,
        quantities=tuple(quantity for _, _, quantity in placed),
        wording=_wording(paragraph.passage.text, placed),
        section_id=paragraph.section_id,
        place=place,
        heading=paragraph.heading,
    )
