"""Small reports made by hand, for tests of rules and of reconciling."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

from pipeline.analyse import analyse
from pipeline.extract.precision import refine_scores
from pipeline.ingest import find_inputs
from pipeline.model.document import Document, Page, SourceFile
from pipeline.model.indicator import Indicator, Origin
from pipeline.model.interval import Interval
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.report import Genre, Metadata, Report
from pipeline.model.text import Span

SOURCE = SourceFile(Path("sample.pdf"), "sample.pdf", "ab" * 32, 1000)


def page(number: int, text: str) -> Page:
    """A page whose characters stand in one row, ten points each."""
    boxes = array("d")
    for i in range(len(text)):
        boxes.extend((10.0 * i, 10.0, 10.0 * i + 10, 20.0))
    return Page(number, 595.0, 842.0, text, boxes, (), ())


def document(*texts: str) -> Document:
    """A document of pages with these texts and nothing structured."""
    pages = tuple(page(number, text) for number, text in enumerate(texts, start=1))
    return Document(SOURCE, pages, (), (), ())


def quantity(
    printed: str, kind: Kind = Kind.SCORE, *, unit: str = "分", factor: int = 1, label: str = "", number: int = 0
) -> Quantity:
    """A quantity read from its digits; `factor` is the worth of its unit in the base unit."""
    digits = "".join(c for c in printed if c.isdigit() or c in ".-")
    value = Decimal(digits)
    places = len(digits.partition(".")[2])
    quantum = Decimal(1).scaleb(-places) * factor
    return Quantity(
        quantity_id=f"q{number or abs(hash((printed, label))) % 10**8}",
        kind=kind,
        printed=printed,
        value=value * factor,
        unit=unit,
        places=places,
        quantum=quantum,
        interval=Interval.around(value * factor, quantum / 2),
        label=label or printed,
        spans=(Span(1, 0, 1),),
    )


def money(printed: str, factor: int = 1, label: str = "") -> Quantity:
    return quantity(printed, Kind.MONEY, unit={1: "元", 10_000: "万元"}[factor], factor=factor, label=label)


def percent(printed: str, label: str = "") -> Quantity:
    return quantity(printed, Kind.PERCENT, unit="%", label=label)


Row = tuple[int, str, str | None, str | None] | tuple[int, str, str | None, str | None, str | None]


def scored_report(rows: Sequence[Row], *, origin: Origin = Origin.TABLE, grade: str | None = None) -> Report:
    """A report with the indicator tree `rows`: (level, name, full mark, score[, rate]); level 0 is the total."""
    indicators: list[Indicator] = []
    quantities: list[Quantity] = []
    ancestors: dict[int, str] = {}

    def figure(printed: str | None, label: str, kind: Kind = Kind.SCORE) -> Quantity | None:
        if printed is None:
            return None
        found = quantity(
            printed, kind, unit="分" if kind is Kind.SCORE else "%", label=label, number=len(quantities) + 1
        )
        quantities.append(found)
        return found

    for level, name, full_mark, score, *rate in rows:
        indicator_id = f"i{len(indicators) + 1}"
        indicators.append(
            Indicator(
                indicator_id=indicator_id,
                parent_id=ancestors.get(level - 1),
                level=level,
                name=name,
                canonical_name=name,
                full_mark=figure(full_mark, f"{name}分值"),
                score=figure(score, f"{name}得分"),
                rate=figure(rate[0] if rate else None, f"{name}得分率", Kind.PERCENT),
                rubric=None,
                origin=origin,
                spans=(Span(1, 0, 1),),
            )
        )
        ancestors[level] = indicator_id
    refined, tree = refine_scores(quantities, indicators)
    total = next((i.score for i in tree if i.level == 0), None)
    return Report(
        document=document("表"),
        metadata=Metadata("某市某局", 2023, Genre.DEPARTMENT, total, grade),
        quantities=refined,
        indicators=tree,
    )


@cache
def sample_report(name: str) -> Report:
    """A report of the sample corpus, extracted."""
    (source,) = find_inputs([str(Path(__file__).parent.parent / "corpus" / name)])
    assert isinstance(source, SourceFile)
    report = analyse(source).report
    assert report is not None
    return report
