"""The loose pieces of one scope turned into parts, and into candidates for scoring that have yet to be combined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from patterns.rubric.banding import BandPiece, build_bands, is_same_variable
from patterns.rubric.combining import Candidate, most_of
from patterns.rubric.formulas import weigh
from patterns.rubric.limits import Span
from patterns.rubric.model import (
    Accrual,
    Bands,
    Grades,
    NotUnderstood,
    Part,
    Points,
    Proportional,
    RateDefinition,
    Remark,
)
from patterns.rubric.modifiers import Deduction, Discretion
from patterns.rubric.pieces import (
    Heading,
    InProportion,
    LooseBand,
    LooseDeduction,
    LooseFormula,
    LooseOption,
    LooseSlide,
    Piece,
    Standard,
)


@dataclass(slots=True)
class Gathering:
    """The pieces of a scope of `text` whose full mark is `marks`; `name` is the variable of bands that name none."""

    text: str
    marks: Decimal | None
    name: str
    candidates: list[Candidate] = field(default_factory=list)
    others: list[Part] = field(default_factory=list)
    definitions: list[RateDefinition] = field(default_factory=list)

    def add(self, pieces: Sequence[Piece]) -> None:
        """Adds every piece to where it belongs; bands of one variable together."""
        pending = _proportion_after_bands(pieces)
        while pending:
            piece = pending.pop(0)
            if isinstance(piece, LooseBand | LooseSlide | Standard):
                group, pending = _band_group(piece, pending)
                self._add_bands(group)
            else:
                self._add_piece(piece)

    def _add_piece(self, piece: Piece) -> None:
        if isinstance(piece, RateDefinition):
            self.definitions.append(piece)
        elif isinstance(piece, LooseOption):
            self._add_option(piece)
        elif isinstance(piece, LooseFormula | InProportion | Accrual | Grades):
            self._add_resolved(self._resolve(piece))
        elif isinstance(piece, LooseDeduction):
            self.others.append(self._deduction(piece))
        elif isinstance(piece, Heading):
            # "每符合一项得1分，满分2分": the scope's own full mark once more.
            again = piece.marks == self.marks
            words = Remark(self.text[slice(*piece.span)], piece.span)
            self.others.append(words if again else self._not_understood(piece.span))
        elif not isinstance(piece, LooseBand | LooseSlide | Standard):
            self.others.append(piece)

    def _add_option(self, option: LooseOption) -> None:
        points = option.marks.resolve(self.marks)
        most = None if points is None else points.upper
        self.candidates.append(
            Candidate("", option.condition, (), option, most, option.span, is_bracketed=option.is_bracketed)
        )

    def _add_resolved(self, part: Part) -> None:
        if isinstance(part, NotUnderstood | Discretion):
            self.others.append(part)
        else:
            self.candidates.append(Candidate("", "", (part,), None, most_of(part), part.span))

    def _not_understood(self, span: Span) -> NotUnderstood:
        return NotUnderstood(self.text[slice(*span)], span)

    # --- bands ----------------------------------------------------------------------------------------------------

    def _add_bands(self, group: list[BandPiece]) -> None:
        loose = [piece for piece in group if isinstance(piece, LooseBand)]
        slides = [piece for piece in group if isinstance(piece, LooseSlide)]
        if not loose:
            self.others.extend(self._slide_as_deduction(slide) for slide in slides)
            for piece in group:
                if isinstance(piece, LooseOption):
                    self._add_option(piece)
            return
        only = loose[0]
        if len(group) == 1 and only.is_bracketed and not isinstance(only.award, InProportion):
            # "回复率达100%（1分）": a point to be fulfilled, and nothing said of 99%.
            self._add_option(LooseOption(only.words, only.award, is_bracketed=True, is_rest=False, span=only.span))
            return
        self._add_resolved(self._build_bands(group, slides))

    def _build_bands(self, group: list[BandPiece], slides: list[LooseSlide]) -> Bands | NotUnderstood:
        bands = build_bands(group, self.marks, self.name)
        if bands is None and slides:
            self.others.extend(self._slide_as_deduction(slide) for slide in slides)
            bands = build_bands([piece for piece in group if not isinstance(piece, LooseSlide)], self.marks, self.name)
        if bands is None:
            starts, ends = zip(*(piece.span for piece in group), strict=True)
            return self._not_understood((min(starts), max(ends)))
        return bands

    def _slide_as_deduction(self, slide: LooseSlide) -> Deduction | NotUnderstood:
        """A fall whose bound is not printed (年度目标): so many points off for every step."""
        loss = slide.loss.resolve(self.marks)
        if loss is None or not slide.unit:
            return self._not_understood(slide.span)
        return Deduction(slide.condition, loss.upper, slide.step, slide.unit, None, slide.span)

    # --- single pieces --------------------------------------------------------------------------------------------

    def _deduction(self, piece: LooseDeduction) -> Deduction | NotUnderstood:
        points = piece.points.resolve(self.marks)
        if points is None:
            return self._not_understood(piece.span)
        return Deduction(piece.condition, points.upper, piece.step, piece.unit, piece.limit, piece.span)

    def _resolve(self, piece: LooseFormula | InProportion | Accrual | Grades) -> Part:
        if isinstance(piece, LooseFormula):
            return self._formula(piece)
        marks = self.marks
        if marks is None:
            return self._not_understood(piece.span)
        if isinstance(piece, Accrual):
            return replace(piece, cap=marks)
        if isinstance(piece, Grades):
            grades = tuple(
                replace(grade, points=Points(grade.points.lower * marks / 100, grade.points.upper * marks / 100))
                for grade in piece.grades
            )
            return Grades(grades, piece.span)
        # 按比例得分 of a rate that the indicator itself names: how it is meant, the text does not print.
        return Discretion(f"{piece.condition or self.name}按比例", piece.span)

    def _formula(self, piece: LooseFormula) -> Proportional | NotUnderstood:
        weighed = weigh(piece.expression, self.marks)
        if weighed is None:
            return self._not_understood(piece.span)
        points, ratio, weight = weighed
        cap = weight if weight is not None else self.marks
        if cap is None:
            return self._not_understood(piece.span)
        if piece.cap is not None:
            cap = min(cap, piece.cap)
        return Proportional(points, ratio, weight, piece.scored, cap, Decimal(0), piece.span, piece.condition)


def _proportion_after_bands(pieces: Sequence[Piece]) -> list[Piece]:
    """按比例得分，低于60%不得分: what is in proportion is what the bands leave, whichever is printed first."""
    first = next((index for index, piece in enumerate(pieces) if isinstance(piece, LooseBand)), None)
    if first is None:
        return list(pieces)
    early = [piece for piece in pieces[:first] if isinstance(piece, InProportion)]
    kept = [piece for piece in pieces[: first + 1] if piece not in early]
    return [*kept, *early, *pieces[first + 1 :]]


def _band_group(first: BandPiece, pending: list[Piece]) -> tuple[list[BandPiece], list[Piece]]:
    """`first` and the pieces behind it that speak of the same variable, and what is left."""
    group: list[BandPiece] = [first]
    left: list[Piece] = []
    variable = _variable(first)
    for piece in pending:
        joins = False
        if isinstance(piece, LooseBand | LooseSlide):
            joins = is_same_variable(variable, _variable(piece)) and not _is_far(left)
        elif isinstance(piece, Standard):
            joins = True
        elif isinstance(piece, LooseOption):
            joins = piece.is_rest and not left
        elif isinstance(piece, InProportion):
            joins = not left
        if joins:
            group.append(piece)  # type: ignore[arg-type]
            variable = variable or _variable(piece)
        else:
            left.append(piece)
    return group, left


def _is_far(skipped: list[Piece]) -> bool:
    """Whether something was skipped that begins a new thought, so that later bands belong to it."""
    return any(isinstance(piece, LooseBand | LooseFormula | RateDefinition) for piece in skipped)


def _variable(piece: Piece) -> str:
    if isinstance(piece, LooseBand):
        return piece.condition.variable
    return piece.variable if isinstance(piece, LooseSlide) else ""
