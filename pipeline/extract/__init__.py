"""Extract the facts of a document: its quantities, indicators, metadata and personal data."""

from __future__ import annotations

from collections.abc import Iterator

from patterns.personal import find_personal, is_personal_label
from pipeline.extract.grades import stated_grade
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
    department, fiscal_year, genre = find_identity(document)
    quantities, indicators = refine_scores(found.all, extract_indicators(document, found, fiscal_year))
    total = _stated_total(indicators)
    grade, grade_span = stated_grade(document, None if total is None else total.value)
    return Report(
        document=document,
        metadata=Metadata(
            department=department,
            fiscal_year=fiscal_year,
            genre=genre,
            stated_total=total,
            stated_grade=grade,
            grade_span=grade_span,
        ),
        quantities=quantities,
        indicators=indicators,
        personal=tuple(_personal_spans(document)),
    )


def _stated_total(indicators: tuple[Indicator, ...]) -> Quantity | None:
    """The total of the score table where it has one, else the one stated in the text.

    Of several tables that differ, as when a file has a form for each project, it is the one that the text states;
    where it states none, the document has no total.
    """
    totals = [indicator for indicator in indicators if indicator.level == 0 and indicator.score is not None]
    inner = {indicator.indicator_id for indicator in totals if indicator.origin is Origin.TABLE}
    in_tables = [
        i.score for i in totals if i.origin is Origin.TABLE and i.parent_id not in inner and i.score is not None
    ]
    in_text = [i.score for i in totals if i.origin is Origin.PROSE and i.score is not None]
    if len({score.value for score in in_tables}) > 1:
        told = {score.value for score in in_text}
        return next((score for score in in_tables if score.value in told), None)
    return next(iter((*in_tables, *in_text)), None)


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
