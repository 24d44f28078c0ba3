"""Who reports on which year, in which genre."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import regex

from patterns.titles import (
    choose_title,
    department_in_title,
    genre_of,
    is_department_label,
    is_organisation,
    labelled_department,
    most_named_year,
    year_in,
)
from pipeline.model.document import Document, Table
from pipeline.model.report import Genre

_OPENING_PARAGRAPHS = 12
_YEAR_LABEL = regex.compile(r"^(?:预算|评价|自评|填报|绩效)?年度:?$|^(?:预算|评价)年份:?$")
_YEAR = regex.compile(r"(20\d{2})年?度?")


def find_identity(document: Document) -> tuple[str | None, int | None, Genre]:
    """(department, fiscal year, genre); None for what the document does not say."""
    opening = [paragraph.passage.text for paragraph in document.paragraphs[:_OPENING_PARAGRAPHS]]
    captions = [table.caption for table in document.tables[:2] if table.caption]
    title = choose_title([*opening, *captions])
    genre = Genre(genre_of(title, "".join([*opening[:4], *captions])))
    return _department(document, title, opening), _fiscal_year(document, title, opening), genre


def _department(document: Document, title: str, opening: list[str]) -> str | None:
    for text in opening:
        name = labelled_department(text)
        if name is not None:
            return name
    for table in document.tables:
        name = _beside_label(table)
        if name is not None:
            return name
    above = (labelled_department(text, superior=True) for text in opening)
    titled = (department_in_title(text) for text in (title, *opening))
    return next((name for name in chain(above, titled) if name is not None), None)


def _beside_label(table: Table) -> str | None:
    for cell in table.cells:
        if is_department_label(cell.text):
            beside = table.at(cell.row, cell.col + cell.col_span)
            if beside is not None and is_organisation(beside.text.strip()):
                return beside.text.strip()
    return None


def _fiscal_year(document: Document, title: str, opening: list[str]) -> int | None:
    return (
        year_in(title)
        or next((year for text in opening[:4] if (year := year_in(text)) is not None and len(text) < 60), None)
        or next(_years_beside_labels(document), None)
        or most_named_year(paragraph.passage.text for paragraph in document.paragraphs)
    )


def _years_beside_labels(document: Document) -> Iterator[int]:
    for table in document.tables:
        for cell in table.cells:
            if _YEAR_LABEL.match(cell.text.strip()):
                beside = table.at(cell.row, cell.col + cell.col_span)
                match = _YEAR.fullmatch(beside.text.strip()) if beside is not None else None
                if match:
                    yield int(match.group(1))
