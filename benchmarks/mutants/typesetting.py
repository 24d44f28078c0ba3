"""Mutants made in the source of a sample report, typeset again and read from the new PDF: the whole chain."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.mutants.clean import CleanReport, can_typeset, judge
from benchmarks.mutants.draw import Mutant
from benchmarks.mutants.relations import Relation
from benchmarks.mutants.stated import Place, StatedRelation, flat, match_passages, occurrences
from benchmarks.mutants.trial import Result, result_of
from corpus.source import Heading, Paragraph, ReportSource, Table, parse
from corpus.typeset import typeset


def can_be_typeset(clean: CleanReport, relation: Relation) -> bool:
    """Whether mutants of a relation can be made in a source that WeasyPrint typesets in a second or two."""
    if not isinstance(relation, StatedRelation) or clean.source_text is None:
        return False
    source = parse(clean.source_text)
    return source.layout.typesetter == "weasyprint" and can_typeset(source)


def try_in_source(clean: CleanReport, mutant: Mutant) -> Result | None:
    """The mutant's figure changed in the source; None where its paragraph or cell was not read back as one whole."""
    relation = clean.relations[mutant.relation_index]
    if not isinstance(relation, StatedRelation) or clean.source_text is None:
        raise TypeError(f"{relation.description} is not stated by a source")
    token = next(token for token, figure in relation.at.items() if figure.span == mutant.span)
    place = relation.places[token]
    source = parse(clean.source_text)
    before = _text(source, place)
    (start,) = occurrences(token, before)
    if not before.startswith(mutant.old, start):
        raise ValueError(f"{clean.name}: {mutant.old} is not at {start} of {before!r}")
    changed = _with_text(source, place, before[:start] + mutant.new + before[start + len(mutant.old) :])
    again = judge(clean.name, typeset(changed), None)
    passage = match_passages(changed, again.report.document).get(place)
    if passage is None:
        return None
    printed = [i for i, character in enumerate(passage.text) if not character.isspace()]
    first = len(flat(before[:start]))
    last = first + len(mutant.new) - 1
    (span,) = passage.spans(printed[first], printed[last] + 1)
    return result_of(mutant, clean, again.report, again.reconciliation, span)


def _text(source: ReportSource, place: Place) -> str:
    block = source.blocks[place.block]
    if isinstance(block, Table):
        if place.cell is None:
            raise TypeError(f"{place} names no cell")
        return block.cells[place.cell].text
    if isinstance(block, Heading | Paragraph):
        return block.text
    raise TypeError(f"{place} holds no text")


def _with_text(source: ReportSource, place: Place, text: str) -> ReportSource:
    """The source with another text at a place."""
    block = source.blocks[place.block]
    if isinstance(block, Table) and place.cell is not None:
        cells = list(block.cells)
        cells[place.cell] = replace(cells[place.cell], text=text)
        block = replace(block, cells=tuple(cells))
    elif isinstance(block, Heading | Paragraph):
        block = replace(block, text=text)
    return replace(source, blocks=(*source.blocks[: place.block], block, *source.blocks[place.block + 1 :]))
