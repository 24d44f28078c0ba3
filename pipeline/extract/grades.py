"""The grade (评价等级) that a document states, and the one that a score table prints for itself."""

from __future__ import annotations

from decimal import Decimal

from patterns.grades import find_grade, find_grades, grade_of, score_before
from pipeline.model.document import Document, Table
from pipeline.model.text import Span

_LONGEST_LABEL = 8
_LONGEST_CELL = 14


def stated_grade(document: Document, total: Decimal | None) -> tuple[str | None, Span | None]:
    """The grade that a table prints beside or behind its label, else the first one stated in the text.

    Where the text states several (自评等级为“优”, 复核等级为“良”), it is the one told with the stated `total`.
    """
    for table in document.tables:
        found = grade_in_table(table)
        if found is not None:
            return found
    told = [
        (grade, score_before(paragraph.passage.text, start), paragraph.passage.spans(start, end)[0])
        for paragraph in document.paragraphs
        for start, end, grade in find_grades(paragraph.passage.text)
    ]
    if len({grade for grade, _, _ in told}) > 1:
        told = [one for one in told if one[1] is not None and one[1] == total] or told
    return (told[0][0], told[0][2]) if told else (None, None)


def grade_in_table(table: Table) -> tuple[str, Span] | None:
    """The grade in the cell beside a label (自评等级 | 优) or behind it (自评等级:优); None where a table has none."""
    for cell in table.cells:
        if "等级" not in cell.text or len(cell.text) > _LONGEST_CELL:
            continue
        if len(cell.text) <= _LONGEST_LABEL:
            beside = table.at(cell.row, cell.col + cell.col_span)
            grade = grade_of(beside.text) if beside is not None else None
            if beside is not None and grade is not None:
                return grade, beside.spans[0]
        within = find_grade(cell.text)
        if within is not None:
            start, end, grade = within
            return grade, cell.passage.spans(start, end)[0]
    return None
