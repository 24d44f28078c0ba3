"""OCR is suspect until proven: figures of a failed check are read again before anybody is accused.

Where a check fails on recognised figures, their places are read again at higher resolution. A reading that makes the
check hold, and breaks none that held, replaces the first; both are kept. What stays contradictory is reported with the
lower confidence of its figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

import regex

from pipeline.model.arithmetic import agrees, substitute
from pipeline.model.check import Calculation, Check, Ruled, Verdict, operands_of
from pipeline.model.document import Correction, Document, Page, Reader
from pipeline.model.geometry import BBox
from pipeline.model.interval import Interval
from pipeline.model.page_edits import replace_text
from pipeline.model.quantity import Quantity
from pipeline.model.report import Reconciliation

Reading = tuple[str, float]
"""What a second look saw, and how sure it is."""

SecondLook = Callable[[int, BBox], Sequence[Reading]]
"""Reads a place of a page (1-based) again and gives the readings, the surest first."""

_NUMBER = regex.compile(r"\d[\d,，]*(?:\.\d+)?")
_HOLDS = (Verdict.EXACT, Verdict.WITHIN_ROUNDING)
# A document whose every check fails was misread as a whole; looking at a few figures again would not mend it.
_MOST_CHECKS = 40
_MOST_FIGURES = 12


@dataclass(frozen=True, slots=True)
class SecondReadings:
    """The corrections found, each where its first reading stands, and how many figures were looked at for them."""

    corrections: tuple[Correction, ...]
    looked_at: int


def find_corrections(document: Document, reconciliation: Reconciliation, look: SecondLook) -> SecondReadings:
    """Second readings that settle contradictions among recognised figures."""
    failing = [check for check in reconciliation.checks if check.verdict is Verdict.INCONSISTENT][:_MOST_CHECKS]
    holding = [check.calculation for check in reconciliation.checks if check.verdict in _HOLDS]
    corrected: dict[str, Correction] = {}
    seen: dict[str, tuple[tuple[str, float], ...]] = {}
    for check in failing:
        if any(figure.quantity_id in corrected for figure in _figures(check.calculation)):
            continue
        for figure in _recognised(check):
            if figure.quantity_id not in seen:
                box = document.bbox(figure.spans[0])
                seen[figure.quantity_id] = tuple(look(figure.page, box)) if box is not None else ()
            correction = _correction(check.calculation, figure, seen[figure.quantity_id], holding)
            if correction is not None:
                corrected[figure.quantity_id] = correction
                break
    return SecondReadings(tuple(corrected.values()), len(seen))


def put_in_place(
    pages: Sequence[Page], corrections: Sequence[Correction]
) -> tuple[tuple[Page, ...], tuple[Correction, ...]]:
    """The pages with the second readings in place of the first, and the corrections where they stand there."""
    changed = list(pages)
    placed: list[Correction] = []
    shift = 0
    for correction in sorted(corrections, key=lambda c: (c.page, c.start)):
        if not placed or placed[-1].page != correction.page:
            shift = 0
        start = correction.start + shift
        page = changed[correction.page - 1]
        changed[correction.page - 1] = replace_text(page, start, start + len(correction.first), correction.second)
        placed.append(replace(correction, start=start, end=start + len(correction.second)))
        shift += len(correction.second) - len(correction.first)
    return tuple(changed), tuple(placed)


def _recognised(check: Check) -> Iterator[Quantity]:
    """The figures of a check that OCR read, on one line each, the least sure first."""
    figures = [f for f in _figures(check.calculation) if f.reader is Reader.OCR and len(f.spans) == 1]
    yield from sorted(figures, key=lambda figure: figure.confidence)[:_MOST_FIGURES]


def _figures(calculation: Calculation) -> tuple[Quantity, ...]:
    return tuple(dict.fromkeys((calculation.stated, *operands_of(calculation.expression))))


def _correction(
    calculation: Calculation, figure: Quantity, readings: Sequence[Reading], holding: Sequence[Calculation]
) -> Correction | None:
    first = _NUMBER.search(figure.printed)
    if first is None or isinstance(calculation.expression, Ruled):
        return None
    for text, confidence in readings:
        for other in _NUMBER.findall(text):
            second = _read_as(figure, other)
            if second is None or second.value == figure.value:
                continue
            if not _holds_with(calculation, figure, second):
                continue
            if all(_holds_with(held, figure, second) for held in holding if figure in _figures(held)):
                span = figure.spans[0]
                return Correction(
                    page=span.page,
                    start=span.start + first.start(),
                    end=span.start + first.end(),
                    first=first.group(),
                    second=other,
                    confidence=confidence,
                )
    return None


def _read_as(figure: Quantity, digits: str) -> Quantity | None:
    """The figure with other digits in the same unit."""
    plain = digits.replace(",", "").replace("，", "")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    places = len(plain.partition(".")[2])
    factor = figure.quantum.scaleb(figure.places)
    quantum = factor.scaleb(-places)
    lower, upper = figure.interval.lower, figure.interval.upper
    is_exact = lower is not None and lower == upper
    value = number * factor
    interval = Interval.exact(value) if is_exact else Interval.around(value, quantum / 2)
    return replace(figure, value=value, places=places, quantum=quantum, interval=interval)


def _holds_with(calculation: Calculation, figure: Quantity, second: Quantity) -> bool:
    expression = substitute(calculation.expression, figure.quantity_id, second)
    stated = second if calculation.stated.quantity_id == figure.quantity_id else calculation.stated
    return agrees(stated, expression)
