"""Cases and points of one scope combined: they add up, or exclude each other.

Which of the two is seldom said. It is decided by the marks: cases whose marks sum to the scope's full mark add up;
cases of which the best one has the full mark exclude each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from patterns.rubric.limits import Span
from patterns.rubric.model import (
    SCORING,
    Accrual,
    AllOrNothing,
    Bands,
    Checklist,
    Choice,
    Either,
    Grades,
    Item,
    NotUnderstood,
    Option,
    Part,
    Points,
    Proportional,
    Remark,
    Share,
    Slide,
)
from patterns.rubric.modifiers import KnockOut, Scope, Threshold
from patterns.rubric.pieces import LooseOption

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
    is_whole: bool = False


def in_order(parts: Sequence[Part]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda part: part.span))


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
    added, late = _settle_rest(added, rest)
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


def _combine_single(only: Candidate, rest: list[Candidate], marks: Decimal | None, *, is_numbered: bool) -> list[Part]:
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


def _settle_rest(added: list[Candidate], rest: list[Candidate]) -> tuple[list[Candidate], list[Part]]:
    """Of points that add up, 否则不得分 is about the one before it; what else is left over becomes parts."""
    settled = list(added)
    late: list[Part] = []
    for candidate in rest:
        before = [index for index, other in enumerate(settled) if other.span < candidate.span]
        if candidate.maximum == 0 and before and settled[before[-1]].option is not None:
            settled[before[-1]] = replace(settled[before[-1]], is_whole=True)
        else:
            late.append(_as_late_rest(candidate))
    return settled, late


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
    branches = [_as_branch(case, marks) for case in cases if case.option is None]
    if options:
        option_span = (min(option.span[0] for option in options), max(option.span[1] for option in options))
        branches.append(Choice(tuple(options), is_complete, option_span))
    return Either(in_order(branches), span)


def _as_branch(case: Candidate, marks: Decimal | None) -> Part:
    """A case that is one scoring part is that part; one with more to it keeps its parts together as a point."""
    told = [part for part in case.parts if not isinstance(part, Remark)]
    return told[0] if len(told) == 1 and isinstance(told[0], SCORING) else _checklist([case], marks)


def _checklist(candidates: list[Candidate], marks: Decimal | None) -> Checklist:
    items = []
    for candidate in candidates:
        points = candidate.option.marks.resolve(marks) if candidate.option is not None else None
        worth = points.upper if points is not None else candidate.maximum or ZERO
        items.append(
            Item(candidate.number, candidate.condition, worth, candidate.parts, candidate.span, candidate.is_whole)
        )
    span = (min(item.span[0] for item in items), max(item.span[1] for item in items))
    return Checklist(tuple(items), span)


def has_scoring(parts: Sequence[Part]) -> bool:
    return any(isinstance(part, SCORING) for part in parts)
