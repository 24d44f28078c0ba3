"""The structure stage: from pages to sections, paragraphs and tables."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipeline.model.document import Document, Furniture, Page, Paragraph, Problem, SourceFile, Table
from pipeline.model.text import Passage, pack
from pipeline.structure.body import BodyItem, gather_body, measure_margins
from pipeline.structure.furniture import find_furniture
from pipeline.structure.outline import OutlineBuilder
from pipeline.structure.paragraphs import Draft, find_hard_breaks, gather_paragraphs, is_title
from pipeline.structure.passages import build_passage
from pipeline.structure.table_groups import TableGroup, group_tables
from pipeline.structure.tables import build_table


def structure(source: SourceFile, pages: Sequence[Page], problems: Sequence[Problem] = ()) -> Document:
    """The document that `pages` make: furniture set aside, lines joined to paragraphs, page tables to tables."""
    furnishing = find_furniture(pages)
    body = gather_body(pages, furnishing)
    margins = measure_margins(body)
    groups = group_tables(pages, body, margins)
    furniture = furnishing.slices + [(span, Furniture.HEADER) for group in groups for span in group.repeated]
    outline = OutlineBuilder()
    paragraphs: list[Paragraph] = []
    tables: list[Table] = []
    waiting = iter(groups)
    gathered = gather_paragraphs(list(_without_continuations(body, groups)), margins)
    for order, item in enumerate(gathered):
        if isinstance(item, Draft):
            passage = build_passage(pages, item.spans(), find_hard_breaks(item, margins))
            if is_title(item, gathered[order + 1 : order + 3], margins):
                outline.close()
            heading = outline.take(passage, _first_line_length(item, passage))
            paragraphs.append(Paragraph(order, outline.section_id, passage, heading))
        else:
            group = next(waiting)
            tables.append(build_table(pages, group, f"t{len(tables) + 1}", order, outline.section_id))
    return Document(
        source,
        tuple(pages),
        tuple(outline.sections),
        tuple(paragraphs),
        tuple(tables),
        tuple(sorted(furniture, key=lambda slice_: slice_[0])),
        tuple(problems),
    )


def _without_continuations(body: Sequence[BodyItem], groups: Sequence[TableGroup]) -> Iterator[BodyItem]:
    """The body with every table at its first page only."""
    left_out = {id(part.source) for group in groups for part in group.parts[1:]}
    left_out.update(id(line) for group in groups for line in group.repeated_lines)
    return (item for item in body if id(item) not in left_out)


def _first_line_length(draft: Draft, passage: Passage) -> int:
    """How many characters of the paragraph's passage its first line holds."""
    first = draft.lines[0]
    return bisect_left(passage.places, pack(first.page.number, first.line.end))
