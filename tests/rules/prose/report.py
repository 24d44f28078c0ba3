"""Reports made of paragraphs, and the cases of the prose rules as data."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from patterns.fold import squeeze
from pipeline.extract.quantities import extract_quantities
from pipeline.model.document import Document, Page, Paragraph
from pipeline.model.report import Genre, Metadata, Report
from pipeline.model.text import Passage, pack
from tests.builders import SOURCE


@dataclass(frozen=True, slots=True)
class Case:
    """Paragraphs and what a rule makes of them: the stated figures, as printed, of its checks that hold and of those
    that do not. `bad` is complete: any other contradiction is a false alarm. `good` names some that must hold."""

    text: str | tuple[str, ...]
    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return (self.text,) if isinstance(self.text, str) else self.text


def prose_report(paragraphs: Sequence[str], *, year: int = 2024) -> Report:
    """A report of one page with these paragraphs and nothing else."""
    text = "\n".join(paragraphs)
    page = Page(1, 595.0, 842.0, text, array("f", [0.0, 0.0, 1.0, 1.0] * len(text)), (), ())
    found: list[Paragraph] = []
    start = 0
    for order, paragraph in enumerate(paragraphs):
        folded, indices = squeeze(paragraph)
        places = array("q", [pack(1, start + index) for index in indices])
        found.append(Paragraph(order, None, Passage(folded, places)))
        start += len(paragraph) + 1
    document = Document(SOURCE, (page,), (), tuple(found), ())
    quantities = extract_quantities(document).all
    return Report(document, Metadata("某市某局", year, Genre.DEPARTMENT, None, None), quantities, ())
