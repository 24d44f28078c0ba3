"""Figures that can be changed: a number on a page, as printed, with what it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pipeline.model.document import Document
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.report import Report
from pipeline.model.text import Span

_NUMBER = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_UNIT = re.compile(r"[^0-9\s]{0,3}")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at `[start, end)` of a page's stored text, its unit word included where the text has one behind it.

    `half` is how far what it stands for reaches to either side, in its own unit; 0 for exact figures. `quantity` is
    what the extraction made of it, if anything.
    """

    page: int
    start: int
    end: int
    number: str
    unit: str
    kind: Kind | None
    half: Fraction
    quantity: Quantity | None

    @property
    def plain(self) -> str:
        return self.number.replace(",", "")

    @property
    def value(self) -> Decimal:
        return Decimal(self.plain)

    @property
    def places(self) -> int:
        return len(self.plain.partition(".")[2])

    @property
    def span(self) -> Span:
        return Span(self.page, self.start, self.end)


def figure_of(document: Document, quantity: Quantity) -> Figure | None:
    """The figure of a quantity; None where it is not one unbroken number in plain digits, or not meant precisely."""
    interval = quantity.interval
    if len(quantity.spans) != 1 or quantity.approximate or interval.lower is None or interval.upper is None:
        return None
    (span,) = quantity.spans
    printed = document.page(span.page).text[span.start : span.end]
    numbers = list(_NUMBER.finditer(printed))
    if len(numbers) != 1 or numbers[0].start() != 0:
        return None
    number = numbers[0].group()
    unit = printed[len(number) :]
    if not _UNIT.fullmatch(unit) or Decimal(number.replace(",", "")) * unit_worth(quantity) != quantity.value:
        return None
    half = (interval.upper - interval.lower) / 2 / Fraction(unit_worth(quantity))
    return Figure(span.page, span.start, span.end, number, unit, quantity.kind, half, quantity)


def unit_worth(quantity: Quantity) -> Decimal:
    """What 1 in the quantity's printed unit is in its base unit (10,000 for 万元)."""
    return quantity.quantum.scaleb(quantity.places)


def quantity_at(report: Report, span: Span) -> Quantity | None:
    """The quantity that stands on a place."""
    for quantity in report.quantities:
        if any(s.page == span.page and s.start < span.end and span.start < s.end for s in quantity.spans):
            return quantity
    return None
