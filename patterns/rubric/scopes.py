"""One scope of a rubric, an item or the whole: its heading's mark told apart, its pieces put together to parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from patterns.rubric.combining import combine, in_order
from patterns.rubric.gathering import Gathering
from patterns.rubric.model import Accrual, Grades, Part, RateDefinition
from patterns.rubric.pieces import Heading, InProportion, LooseBand, LooseFormula, LooseMarks, LooseOption, Piece


@dataclass(frozen=True, slots=True)
class Built:
    """A scope put together: its parts, its full mark where known, the definitions met, and its heading's words."""

    parts: tuple[Part, ...]
    marks: Decimal | None
    definitions: tuple[RateDefinition, ...]
    heading: str = ""


def take_heading(pieces: Sequence[Piece], marks: Decimal | None = None) -> tuple[Decimal | None, str, list[Piece]]:
    """The scope's own mark and its words, where the pieces begin with one, and the pieces without it.

    A first bracketed mark that makes up `marks` together with the later ones is no heading.
    """
    for index, piece in enumerate(pieces):
        if isinstance(piece, Heading):
            return piece.marks, piece.words, [*pieces[:index], *pieces[index + 1 :]]
    first = next((piece for piece in pieces if isinstance(piece, LooseOption | LooseBand)), None)
    if not isinstance(first, LooseOption) or not first.is_bracketed or first.marks.is_share:
        return None, "", list(pieces)
    rest = [piece for piece in pieces if piece is not first]
    if not _explains(rest, first.marks.upper, marks):
        return None, "", list(pieces)
    return first.marks.upper, first.condition, rest


def _explains(pieces: Sequence[Piece], heading: Decimal, marks: Decimal | None) -> bool:
    """Whether `pieces` tell how a heading's marks come about, so that the heading gives none of its own."""
    own: list[Decimal] = []
    bracketed = 0
    for piece in pieces:
        if isinstance(piece, LooseFormula | InProportion | Grades | Accrual):
            return True
        if isinstance(piece, LooseBand) and isinstance(piece.award, InProportion):
            return True
        award = piece.marks if isinstance(piece, LooseOption) else piece.award if isinstance(piece, LooseBand) else None
        if isinstance(award, LooseMarks) and isinstance(piece, LooseOption | LooseBand):
            own.append(heading * award.upper / 100 if award.is_share else award.upper)
            bracketed += piece.is_bracketed
    if not own or max(own) == 0 or (marks != heading and heading + sum(own) == marks):
        return False
    if bracketed:
        return sum(own) == heading and len(own) > 1
    return heading in (max(own), sum(own))


def build_flat(pieces: Sequence[Piece], marks: Decimal | None, text: str, name: str) -> Built:
    """The parts that the pieces of a scope without numbered points make; `marks` is its full mark where known."""
    gathering = Gathering(text, marks, name)
    gathering.add(pieces)
    return build(gathering, is_numbered=False)


def build(gathering: Gathering, *, is_numbered: bool) -> Built:
    """The scope that has been gathered."""
    scoring = combine(gathering.candidates, gathering.marks, is_numbered=is_numbered)
    return Built(in_order([*scoring, *gathering.others]), gathering.marks, tuple(gathering.definitions))
