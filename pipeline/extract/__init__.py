"""Extract the facts of a document: its quantities, indicators, metadata and personal data."""

from __future__ import annotations

from collections.abc import Iterator

from patterns.grades import find_grade, grade_of
from patterns.personal import find_personal, is_personal_label
from pipeline.extract.indicators import extract_indicators
from pipeline.extract.metadata import find_identity
from pipeline.extract.precision import refine_scores
from pipeline.extract.quantities import extract_quantities
from pipeline.model.document import Document
from pipeline.model.indicator import Indicator, Origin
from pipeline.model.quantity import Quantity
from pipeline.model.report import Metadata, Report
from pipeline.model.text import Span

__all__ = ["extract"]

_LONGEST_PERSON = 12


def extract(document: Document) -> Report:
    """Everything the document states, judged by nothing yet."""
    found = extract_quantities(document)
    quantities, indicators = refine_scores(found.all, extract_indicators(document, found))
    department, fiscal_year, genre = find_identity(document)
    grade, grade_span = _stated_grade(document)
    return Report(
        document=document,
        metadata=Metadata(
            department=department,
            fiscal_year=fiscal_year,
            genre=genre,
            stated_total=_stated_total(indicators),
            stated_grade=grade,
            grade_span=grade_span,
        ),
        quantities=quantities,
        indicators=indicators,
        personal=tuple(_personal_spans(document)),
    )


def _stated_total(indicators: tuple[Indicator, ...]) -> Quantity | None:
    """The total of the score table where it has one, else the one stated in the text."""
    totals = [indicator for indicator in indicators if indicator.level == 0 and indicator.score is not None]
    by_origin = sorted(totals, key=lambda indicator: indicator.origin is not Origin.TABLE)
    return by_origin[0].score if by_origin else None


def _stated_grade(document: Document) -> tuple[str | None, Span | None]:
    """The grade beside a grade label in a table, else the first one stated in the text."""
    for table in document.tables:
        for cell in table.cells:
            if "等级" in cell.text and len(cell.text) <= 8:
                beside = table.at(cell.row, cell.col + cell.col_span)
                if beside is not None and grade_of(beside.text):
                    return grade_of(beside.text), beside.spans[0]
    for paragraph in document.paragraphs:
        stated = find_grade(paragraph.passage.text)
        if stated is not None:
            start, end, grade = stated
            return grade, paragraph.passage.spans(start, end)[0]
    return None, None


def _personal_spans(document: Document) -> Iterator[Span]:
    for paragraph in document.paragraphs:
        for mention in find_personal(paragraph.passage.text):
            yield from paragraph.passage.spans(mention.start, mention.end)
    for table in document.tables:
        for cell in table.cells:
            for mention in find_personal(cell.text):
                yield from cell.passage.spans(mention.start, mention.end)
            if is_personal_label(cell.text):
                beside = table.at(cell.row, cell.col + cell.col_span)
                if beside is not None and 0 < len(beside.text) <= _LONGEST_PERSON:
                    yield from beside.spans
