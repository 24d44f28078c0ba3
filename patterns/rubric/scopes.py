"""One scope of a rubric, an item or the whole: its loose pieces put together to parts.

Whether several cases add up or exclude each other is seldom said. It is decided by the marks: cases whose marks sum to
the scope's full mark add up; cases of which the best one has the full mark exclude each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from patterns.rubric.banding import BandPiece, build_bands, is_same_variable
from patterns.rubric.formulas import weigh
from patterns.rubric.model import (
    SCORING,
    Accrual,
    AllOrNothing,
    Bands,
    Checklist,
    Choice,
    Deduction,
    Discretion,
    Either,
    Grades,
    Item,
    KnockOut,
    NotUnderstood,
    Option,
    Part,
    Points,
    Proportional,
    RateDefinition,
    Scope,
    Share,
    Slide,
    Span,
    Threshold,
)
from patterns.rubric.pieces import (
    Heading,
    InProportion,
    LooseBand,
    LooseDeduction,
    LooseFormula,
    LooseMarks,
    LooseOption,
    LooseSlide,
    Piece,
    Standard,
)

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One case or point of a scope. `option` when it is a plain case; else `parts` say how it is scored."""

    number: str
    condition: str
    parts: tuple[Part, ...]
    option: LooseOption | None
    maximum: Decimal | None
    span: Span
    is_bracketed: bool = False


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
    candidates, others, definitions = gather(pieces, marks, text, name)
    scoring = combine(candidates, marks, is_numbered=False)
    return Built(in_order([*scoring, *others]), marks, tuple(definitions))


def in_order(parts: Sequence[Part]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda part: part.span))


def gather(
    pieces: Sequence[Piece], marks: Decimal | None, text: str, name: str
) -> tuple[list[Candidate], list[Part], list[RateDefinition]]:
    """Candidates for scoring, other parts and definitions among `pieces`."""
    candidates: list[Candidate] = []
    others: list[Part] = []
    definitions: list[RateDefinition] = []
    pending = _proportion_after_bands(pieces)
    while pending:
        piece = pending.pop(0)
        if isinstance(piece, RateDefinition):
            definitions.append(piece)
        elif isinstance(piece, LooseBand | LooseSlide | Standard):
            group, pending = _band_group(piece, pending)
            _add_bands(group, marks, text, name, candidates, others)
        elif isinstance(piece, LooseOption):
            candidates.append(_option_candidate(piece, marks))
        elif isinstance(piece, LooseFormula | InProportion | Accrual | Grades):
            part = _resolve(piece, marks, text, name)
            (others if isinstance(part, NotUnderstood | Discretion) else candidates).append(  # type: ignore[arg-type]
                part if isinstance(part, NotUnderstood | Discretion) else _part_candidate(part)
            )
        elif isinstance(piece, LooseDeduction):
            others.append(_resolve_deduction(piece, marks, text))
        elif isinstance(piece, Heading):
            others.append(NotUnderstood(text[slice(*piece.span)], piece.span))
        else:
            others.append(piece)
    return candidates, others, definitions


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


def _add_bands(
    group: list[BandPiece],
    marks: Decimal | None,
    text: str,
    name: str,
    candidates: list[Candidate],
    others: list[Part],
) -> None:
    loose = [piece for piece in group if isinstance(piece, LooseBand)]
    if len(group) == 1 and loose and loose[0].is_bracketed and not isinstance(loose[0].award, InProportion):
        # "回复率达100%（1分）": a point to be fulfilled, and nothing said of 99%.
        option = LooseOption(loose[0].words, loose[0].award, True, False, loose[0].span)
        candidates.append(_option_candidate(option, marks))
        return
    slides = [piece for piece in group if isinstance(piece, LooseSlide)]
    if loose:
        bands = build_bands(group, marks, name)
        if isinstance(bands, NotUnderstood) and slides:
            others.extend(_slide_as_deduction(slide, marks, text) for slide in slides)
            bands = build_bands([piece for piece in group if not isinstance(piece, LooseSlide)], marks, name)
        if isinstance(bands, NotUnderstood):
            others.append(NotUnderstood(text[slice(*bands.span)], bands.span))
        else:
            candidates.append(_part_candidate(bands))
        return
    others.extend(_slide_as_deduction(slide, marks, text) for slide in slides)
    candidates.extend(_option_candidate(piece, marks) for piece in group if isinstance(piece, LooseOption))


def _slide_as_deduction(slide: LooseSlide, marks: Decimal | None, text: str) -> Deduction | NotUnderstood:
    """A fall whose bound is not printed (年度目标): so many points off for every step."""
    loss = slide.loss.resolve(marks)
    if loss is None:
        return NotUnderstood(text[slice(*slide.span)], slide.span)
    return Deduction(slide.condition, loss.upper, slide.step, slide.unit, None, slide.span)


def _resolve_deduction(piece: LooseDeduction, marks: Decimal | None, text: str) -> Deduction | NotUnderstood:
    points = piece.points.resolve(marks)
    if points is None:
        return NotUnderstood(text[slice(*piece.span)], piece.span)
    return Deduction(piece.condition, points.upper, piece.step, piece.unit, piece.limit, piece.span)


def _resolve(
    piece: LooseFormula | InProportion | Accrual | Grades, marks: Decimal | None, text: str, name: str
) -> Part:
    if isinstance(piece, LooseFormula):
        return _resolve_formula(piece, marks, text)
    if marks is None:
        return NotUnderstood(text[slice(*piece.span)], piece.span)
    if isinstance(piece, Accrual):
        return replace(piece, cap=marks)
    if isinstance(piece, Grades):
        grades = tuple(
            replace(grade, points=Points(grade.points.lower * marks / 100, grade.points.upper * marks / 100))
            for grade in piece.grades
        )
        return Grades(grades, piece.span)
    # 按比例得分 of a rate that the indicator itself names: how it is meant, the text does not print.
    return Discretion(f"{piece.condition or name}按比例", piece.span)


def _resolve_formula(piece: LooseFormula, marks: Decimal | None, text: str) -> Part:
    weighed = weigh(piece.expression, marks)
    if weighed is None:
        return NotUnderstood(text[slice(*piece.span)], piece.span)
    points, ratio, weight = weighed
    cap = weight if weight is not None else marks
    if cap is None:
        return NotUnderstood(text[slice(*piece.span)], piece.span)
    if piece.cap is not None:
        cap = min(cap, piece.cap)
    return Proportional(points, ratio, weight, piece.scored, cap, ZERO, piece.span, piece.condition)


def _option_candidate(piece: LooseOption, marks: Decimal | None) -> Candidate:
    points = piece.marks.resolve(marks)
    return Candidate(
        "", piece.condition, (), piece, None if points is None else points.upper, piece.span, piece.is_bracketed
    )


def _part_candidate(part: Part) -> Candidate:
    return Candidate("", "", (part,), None, most_of(part), part.span)


def most_of(part: Part) -> Decimal | None:
    """The most marks a scoring part can give."""
    if isinstance(part, Bands):
        return max(_most_of_award(band.award) for band in part.bands)
    if isinstance(part, Proportional | Accrual):
        return part.cap
    if isinstance(part, Checklist | AllOrNothing):
        return part.marks
    if isinstance(part, Choice):
        return max(option.points.upper for option in part.options)
    if isinstance(part, Grades):
        return max(grade.points.upper for grade in part.grades)
    if isinstance(part, Either):
        return max((most_of(branch) or ZERO for branch in part.parts), default=ZERO)
    return None


def _most_of_award(award: Points | Slide | Share) -> Decimal:
    return award.upper if isinstance(award, Points) else award.full


def combine(candidates: list[Candidate], marks: Decimal | None, *, is_numbered: bool) -> list[Part]:
    """The scoring parts that the candidates make together: a sum or a choice."""
    unresolved = [candidate for candidate in candidates if candidate.maximum is None]
    if unresolved:
        return [NotUnderstood(candidate.condition, candidate.span) for candidate in candidates]
    rest = [candidate for candidate in candidates if candidate.option is not None and candidate.option.is_rest]
    told = [candidate for candidate in candidates if candidate not in rest]
    if len(told) > 1:
        has_bands = any(isinstance(part, Bands) for candidate in told for part in candidate.parts)
        barred = [candidate for candidate in told if _only_bars(candidate, beside_bands=has_bands)]
        told = [candidate for candidate in told if candidate not in barred]
        if barred and told:
            thresholds = [part for candidate in barred for part in _as_thresholds(candidate)]
            return [*combine([*told, *rest], marks, is_numbered=is_numbered), *thresholds]
        told = told or barred
    if not told:
        return [NotUnderstood(candidate.condition, candidate.span) for candidate in rest]
    if len(told) == 1:
        return _combine_single(told[0], rest, marks, is_numbered=is_numbered)
    if _excludes(told, rest, marks, is_numbered=is_numbered):
        return [_choose([*told, *rest], marks)]
    knock_outs = [_as_knock_out(candidate) for candidate in told if candidate.maximum == 0 and candidate.option]
    added = [candidate for candidate in told if candidate.maximum or not candidate.option]
    late = [_as_late_rest(candidate) for candidate in rest]
    if not is_numbered and all(candidate.option is None for candidate in added):
        return [*(part for candidate in added for part in candidate.parts), *knock_outs, *late]
    return [_checklist(added, marks), *knock_outs, *late]


def _excludes(told: list[Candidate], rest: list[Candidate], marks: Decimal | None, *, is_numbered: bool) -> bool:
    """Whether of several cases exactly one applies."""
    maxima = [candidate.maximum or ZERO for candidate in told]
    total, best = sum(maxima), max(maxima)
    if rest or 0 in maxima:
        return best == marks or marks is None or total != marks
    if marks is not None and total == marks:
        return False
    if marks is not None and best == marks:
        return True
    adds_up = is_numbered or all(candidate.is_bracketed or candidate.option is None for candidate in told)
    return not adds_up


def _combine_single(
    only: Candidate, rest: list[Candidate], marks: Decimal | None, *, is_numbered: bool
) -> list[Part]:
    if only.option is None and not rest:
        return list(only.parts) if not is_numbered else [_checklist([only], marks)]
    if only.option is None:
        return [*only.parts, *(_as_late_rest(candidate) for candidate in rest)]
    if rest and all(candidate.maximum == 0 for candidate in rest) and only.maximum:
        span = (only.span[0], max(candidate.span[1] for candidate in rest))
        points = only.option.marks.resolve(marks)
        if points is not None and points.lower == points.upper:
            return [AllOrNothing(only.condition, points.upper, span)]
    if rest:
        return [_choose([only, *rest], marks)]
    if only.maximum == 0:
        return [_as_knock_out(only)]
    return [_checklist([only], marks)]


def _only_bars(candidate: Candidate, *, beside_bands: bool) -> bool:
    """Whether a candidate only says when there are no marks, beside something that says how marks come about."""
    if candidate.option is not None:
        return beside_bands and candidate.maximum == 0
    return candidate.maximum == 0 and bool(candidate.parts) and all(isinstance(part, Bands) for part in candidate.parts)


def _as_thresholds(candidate: Candidate) -> list[KnockOut]:
    """执行率低于60%不得分, beside 得分=执行率×10分; 未开展不得分, beside bands."""
    if candidate.option is not None:
        return [KnockOut(candidate.condition, Scope.ITEM, None, candidate.span)]
    return [
        KnockOut(
            band.limits.readable(part.variable or "指标值", part.unit),
            Scope.ITEM,
            Threshold(part.variable, band.limits, part.unit),
            band.span,
        )
        for part in candidate.parts
        if isinstance(part, Bands)
        for band in part.bands
    ]


def _as_late_rest(candidate: Candidate) -> Part:
    """否则不得分 behind what has marks by the piece or by formula: none of it may be given."""
    if candidate.maximum == 0:
        return KnockOut(candidate.condition, Scope.ITEM, None, candidate.span)
    return NotUnderstood(candidate.condition, candidate.span)


def _as_knock_out(candidate: Candidate) -> KnockOut:
    return KnockOut(candidate.condition, Scope.EITHER, None, candidate.span)


def _choose(cases: list[Candidate], marks: Decimal | None) -> Part:
    span = (min(case.span[0] for case in cases), max(case.span[1] for case in cases))
    options = []
    for case in cases:
        points = case.option.marks.resolve(marks) if case.option is not None else None
        if points is not None:
            options.append(Option(f"{case.number}{case.condition}", points, case.span))
    is_complete = any(case.option is not None and (case.option.is_rest or case.maximum == 0) for case in cases)
    if len(options) == len(cases):
        return Choice(tuple(options), is_complete, span)
    branches: list[Part] = [part for case in cases if case.option is None for part in case.parts]
    if options:
        option_span = (min(option.span[0] for option in options), max(option.span[1] for option in options))
        branches.append(Choice(tuple(options), is_complete, option_span))
    return Either(in_order(branches), span)


def _checklist(candidates: list[Candidate], marks: Decimal | None) -> Checklist:
    items = []
    for candidate in candidates:
        points = candidate.option.marks.resolve(marks) if candidate.option is not None else None
        worth = points.upper if points is not None else candidate.maximum or ZERO
        items.append(Item(candidate.number, candidate.condition, worth, candidate.parts, candidate.span))
    span = (min(item.span[0] for item in items), max(item.span[1] for item in items))
    return Checklist(tuple(items), span)


def has_scoring(parts: Sequence[Part]) -> bool:
    return any(isinstance(part, SCORING) for part in parts)
