"""Quantities: every figure of a document, from running text and from table cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import NamedTuple

from patterns.figures import Figure, find_figures
from patterns.labels import clause_label, period_of
from pipeline.extract.bands import Band, find_bands
from pipeline.extract.cells import cell_figures
from pipeline.model.document import Cell, Document, Paragraph, Table
from pipeline.model.interval import Interval
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.text import Passage

_HALF = Decimal("0.5")
# How far around the printed number an approximator moves the ends, as a share of it; None leaves the end open.
_TENTH = Decimal("0.1")


class Placed(NamedTuple):
    """A quantity with its offsets in the folded text of its paragraph or cell."""

    start: int
    end: int
    quantity: Quantity


class _Setting(NamedTuple):
    """What is said of a figure, and the section, and the table and cell if any, that it stands in."""

    label: str
    period: str | None
    section_id: str | None
    table_id: str | None = None
    row: int | None = None
    col: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Quantities:
    """All quantities in reading order, and where to find those of a paragraph (by order) or a cell."""

    all: tuple[Quantity, ...]
    in_paragraph: Mapping[int, tuple[Placed, ...]]
    in_cell: Mapping[tuple[str, int, int], tuple[Placed, ...]]
    bands: Mapping[str, tuple[Band, ...]]


def extract_quantities(document: Document) -> Quantities:
    """Every figure of the document with label, period, section and place; ids follow reading order."""
    numbered: list[Quantity] = []
    in_paragraph: dict[int, tuple[Placed, ...]] = {}
    in_cell: dict[tuple[str, int, int], tuple[Placed, ...]] = {}
    bands = {table.table_id: find_bands(table) for table in document.tables}

    ids = (f"q{number}" for number in count(1))

    def keep(found: Iterator[Placed]) -> tuple[Placed, ...]:
        placed = tuple(found)
        numbered.extend(item.quantity for item in placed)
        return placed

    blocks: list[Paragraph | Table] = sorted([*document.paragraphs, *document.tables], key=lambda block: block.order)
    for block in blocks:
        if isinstance(block, Paragraph):
            in_paragraph[block.order] = keep(_paragraph_quantities(document, block, ids))
        else:
            for cell in block.cells:
                key = (block.table_id, cell.row, cell.col)
                in_cell[key] = keep(_cell_quantities(document, block, bands[block.table_id], cell, ids))
    return Quantities(tuple(numbered), in_paragraph, in_cell, bands)


def _paragraph_quantities(document: Document, paragraph: Paragraph, ids: Iterator[str]) -> Iterator[Placed]:
    text = paragraph.passage.text
    for figure in find_figures(text):
        label, period = clause_label(text, figure.start, figure.end), period_of(text, figure.start)
        setting = _Setting(label, period, paragraph.section_id)
        quantity = _make_quantity(document, paragraph.passage, figure, setting, next(ids))
        yield Placed(figure.start, figure.end, quantity)


def _cell_quantities(
    document: Document, table: Table, bands: tuple[Band, ...], cell: Cell, ids: Iterator[str]
) -> Iterator[Placed]:
    for figure, label, period in cell_figures(table, bands, cell):
        setting = _Setting(label, period, table.section_id, table.table_id, cell.row, cell.col)
        quantity = _make_quantity(document, cell.passage, figure, setting, next(ids))
        yield Placed(figure.start, figure.end, quantity)


def _make_quantity(
    document: Document, passage: Passage, figure: Figure, setting: _Setting, quantity_id: str
) -> Quantity:
    """A quantity of a figure found in a passage."""
    spans = passage.spans(figure.start, figure.end)
    pages = [document.page(span.page) for span in spans]
    kind = Kind(figure.kind)
    return Quantity(
        quantity_id=quantity_id,
        kind=kind,
        printed=document.printed(spans),
        value=figure.value,
        unit=figure.unit,
        places=figure.places,
        quantum=figure.quantum,
        interval=_interval(figure, kind),
        label=setting.label,
        spans=spans,
        period=setting.period,
        section_id=setting.section_id,
        table_id=setting.table_id,
        row=setting.row,
        col=setting.col,
        reader=pages[0].reader,
        confidence=min(page.confidence_of(span.start, span.end) for page, span in zip(pages, spans, strict=True)),
        approximate=figure.approximate,
        remark=figure.remark,
    )


def _interval(figure: Figure, kind: Kind) -> Interval:
    """What the figure stands for: counts are exact; approximators open one end or widen both; else ± half a place."""
    if figure.approximate is not None:
        return _approximate(figure.value, figure.quantum, figure.approximate)
    if kind is Kind.COUNT and figure.quantum == 1:
        return Interval.exact(figure.value)
    return Interval.around(figure.value, figure.quantum * _HALF)


def _approximate(value: Decimal, quantum: Decimal, word: str) -> Interval:
    slack = max(abs(value) * _TENTH, quantum)
    below, above = Interval.around(value - slack / 2, slack / 2), Interval.around(value + slack / 2, slack / 2)
    match word:
        case "近" | "不足":
            return below
        case "余":
            return above
        case "以上" | "超过":
            return Interval(above.lower, None)
        case "以下":
            return Interval(None, below.upper)
        case _:
            return Interval.around(value, slack)
