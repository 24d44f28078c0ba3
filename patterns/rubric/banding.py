"""Loose bands, slides and "否则" of one variable put together as Bands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from patterns.rubric.formulas import weigh
from patterns.rubric.limits import End, Limits, opposite
from patterns.rubric.model import Award, Band, Bands, Points, Share, Slide
from patterns.rubric.pieces import (
    Direction,
    InProportion,
    LooseBand,
    LooseMarks,
    LooseOption,
    LooseSlide,
    Standard,
)

BandPiece = LooseBand | LooseSlide | LooseOption | InProportion | Standard

# Words for "the figure in question" that fit any variable.
_ANY_VARIABLE = (
    "",
    "比率",
    "比例",
    "指标值",
    "该指标",
    "该比率",
    "该比例",
    "该率",
    "完成率",
    "实际完成率",
    "结果",
    "实际",
    "率",
)


def is_same_variable(first: str, second: str) -> bool:
    """Whether two printed names can mean one variable: equal, or one of them says only 比率 or nothing."""
    if names_nothing(first) or names_nothing(second):
        return True
    bare_first, bare_second = (name.strip("“”\"'") for name in (first, second))
    return bare_first == bare_second or bare_first.endswith(bare_second) or bare_second.endswith(bare_first)


def names_nothing(variable: str) -> bool:
    """Whether a printed variable is a mere stand-in: 比率, 该指标, A."""
    return variable in _ANY_VARIABLE or (len(variable) == 1 and variable.isascii())


@dataclass(slots=True)
class _Group:
    """Bands of one variable while they are gathered."""

    variable: str
    unit: str
    bands: list[Band]
    start: int
    end: int


def build_bands(pieces: list[BandPiece], full: Decimal | None, name: str) -> Bands | None:
    """The bands that `pieces` set for one variable; `name` is the variable where none of them prints one.

    None when it cannot be told what some piece gives.
    """
    loose = [piece for piece in pieces if isinstance(piece, LooseBand)]
    variable = next((piece.condition.variable for piece in loose if piece.condition.variable), "")
    variable = variable or next((p.variable for p in pieces if isinstance(p, LooseSlide) and p.variable), "") or name
    if len(variable) == 1 and variable.isascii() and name:
        variable = name
    units = [piece.condition.unit for piece in loose if piece.condition.unit]
    spans = [piece.span for piece in pieces]
    group = _Group(variable, units[0] if units else "", [], min(s[0] for s in spans), max(s[1] for s in spans))
    for piece in loose:
        award = _award(piece.award, full)
        if award is None:
            return None
        group.bands.append(Band(piece.condition.limits, award, piece.span))
    group.bands = _settle_ends(_nest(group.bands))
    for other in pieces:
        if not isinstance(other, LooseBand | Standard) and not _add_rest(group, other, pieces, full):
            return None
    ordered = sorted(group.bands, key=lambda band: band.limits.place, reverse=True)
    return Bands(group.variable, group.unit, tuple(ordered), (group.start, group.end))


def _award(award: LooseMarks | InProportion, full: Decimal | None) -> Award | None:
    if isinstance(award, LooseMarks):
        return award.resolve(full)
    return None if full is None else _share(award, full)


def _share(award: InProportion, full: Decimal) -> Share | None:
    if award.expression is None:
        return Share(full)
    weighed = weigh(award.expression, full)
    return None if weighed is None else Share(full, weighed[0])


def _nest(bands: list[Band]) -> list[Band]:
    """ "≥90%得5分；≥80%得4分": the wider band is meant for what the narrower leaves."""
    nested = []
    for band in bands:
        lower, upper = band.limits.lower, band.limits.upper
        limits = band.limits
        if lower is not None and upper is None:
            inner = [
                b.limits
                for b in bands
                if b.limits.lower is not None and b.limits.lower > lower and b.limits.upper is None
            ]
            if inner:
                next_up = min(inner, key=lambda other: other.lower or Decimal(0))
                limits = replace(limits, upper=next_up.lower, upper_end=opposite(next_up.lower_end))
        elif upper is not None and lower is None:
            inner = [
                b.limits
                for b in bands
                if b.limits.upper is not None and b.limits.upper < upper and b.limits.lower is None
            ]
            if inner:
                next_down = max(inner, key=lambda other: other.upper or Decimal(0))
                limits = replace(limits, lower=next_down.upper, lower_end=opposite(next_down.upper_end))
        nested.append(replace(band, limits=limits))
    return nested


def _settle_ends(bands: list[Band]) -> list[Band]:
    """Ends whose owner is not said, settled by the neighbour that does say, where one bound is printed twice."""
    settled = list(bands)
    order = sorted(range(len(settled)), key=lambda index: settled[index].limits.place)
    for below_index, above_index in pairwise(order):
        below, above = settled[below_index].limits, settled[above_index].limits
        if below.upper is None or below.upper != above.lower:
            continue
        upper_end, lower_end = below.upper_end, above.lower_end
        if upper_end is End.UNSTATED and lower_end is not End.UNSTATED:
            upper_end = End.OPEN if lower_end is End.CLOSED else End.CLOSED
        elif lower_end is End.UNSTATED and upper_end is not End.UNSTATED:
            lower_end = End.OPEN if upper_end is End.CLOSED else End.CLOSED
        settled[below_index] = replace(settled[below_index], limits=replace(below, upper_end=upper_end))
        settled[above_index] = replace(settled[above_index], limits=replace(above, lower_end=lower_end))
    return settled


def _add_rest(group: _Group, piece: BandPiece, pieces: list[BandPiece], full: Decimal | None) -> bool:
    """Adds what `piece` gives outside the bands so far; False when that cannot be told."""
    if isinstance(piece, LooseSlide):
        return _add_slide(group, piece, pieces, full)
    award: Award | None = None
    if isinstance(piece, LooseOption):
        award = piece.marks.resolve(full)
    elif isinstance(piece, InProportion) and full is not None:
        award = _share(piece, full)
    if award is None:
        return False
    for limits in _outside(group.bands):
        group.bands.append(Band(limits, award, piece.span))
    return True


def _outside(bands: list[Band]) -> list[Limits]:
    """What no band covers, on both sides and in between."""
    ascending = sorted((band.limits for band in bands), key=lambda limits: limits.place)
    outside = []
    if ascending[0].lower is not None and not ascending[0].is_point:
        outside.append(Limits(None, ascending[0].lower, upper_end=opposite(ascending[0].lower_end)))
    elif ascending[0].is_point:
        outside.append(Limits(None, ascending[0].lower, upper_end=End.OPEN))
    for below, above in pairwise(ascending):
        if below.upper is not None and above.lower is not None and below.upper < above.lower:
            outside.append(Limits(below.upper, above.lower, opposite(below.upper_end), opposite(above.lower_end)))
    highest = ascending[-1]
    # A full mark at exactly 100% means 100% or better; what lies above is not "the rest".
    if highest.upper is not None and not highest.is_point:
        outside.append(Limits(highest.upper, None, opposite(highest.upper_end)))
    return outside


def _add_slide(group: _Group, piece: LooseSlide, pieces: list[BandPiece], full: Decimal | None) -> bool:
    """Marks that fall from a bound: the one the piece names, or the nearest band's, or the printed standard."""
    loss = piece.loss.resolve(full)
    if loss is None or piece.step == 0 or (group.unit and group.unit != piece.unit):
        return False
    direction = piece.direction
    if piece.limits is not None and None in (piece.limits.lower, piece.limits.upper):
        # "节约率＜0的，每超支1%": the limits say on which side marks fall.
        direction = Direction.ABOVE if piece.limits.upper is None else Direction.BELOW
    start = _start(group, piece, pieces, direction)
    if start is None:
        return False
    base = _marks_at(group.bands, start, full)
    if base is None:
        return False
    if piece.limits is not None and _replaces_band(group, piece.limits):
        return False
    group.unit = group.unit or piece.unit
    slide = Slide(base, start, loss.upper, piece.step)
    if direction is not Direction.ABOVE:
        if direction is Direction.BELOW:
            group.bands = [_reach_up(band, start) for band in group.bands]
        _add_fall(group, piece, slide, below=True)
    if direction is not Direction.BELOW:
        if direction is Direction.ABOVE:
            group.bands = [_reach_down(band, start) for band in group.bands]
        _add_fall(group, piece, slide, below=False)
    return True


def _replaces_band(group: _Group, limits: Limits) -> bool:
    """Whether a slide speaks of values for which a band already says something else."""
    for band in group.bands:
        common = band.limits.intersect(limits)
        if common is not None and not common.is_point:
            return True
    return False


def _start(group: _Group, piece: LooseSlide, pieces: list[BandPiece], direction: Direction) -> Decimal | None:
    if piece.limits is not None:
        return piece.limits.upper if direction is Direction.BELOW else piece.limits.lower
    standard = next((other.value for other in pieces if isinstance(other, Standard)), None)
    best = _best_bands(group.bands)
    ends = {
        Direction.BELOW: [band.limits.lower for band in best],
        Direction.ABOVE: [band.limits.upper for band in best],
        Direction.EITHER: [band.limits.lower for band in best if band.limits.is_point],
    }[direction]
    bounds = {end for end in ends if end is not None}
    if len(bounds) == 1:
        return bounds.pop()
    return standard if not bounds else None


def _best_bands(bands: list[Band]) -> list[Band]:
    """The bands of fixed marks that give most: marks fall from there."""
    fixed = [band for band in bands if isinstance(band.award, Points)]
    most = max((band.award.upper for band in fixed if isinstance(band.award, Points)), default=None)
    return [band for band in fixed if isinstance(band.award, Points) and band.award.upper == most]


def _marks_at(bands: list[Band], start: Decimal, full: Decimal | None) -> Decimal | None:
    """The marks from which a slide falls: those of the band that ends at its start, else the full mark."""
    touching = [
        band.award.upper
        for band in bands
        if isinstance(band.award, Points) and start in (band.limits.lower, band.limits.upper)
    ]
    return max(touching) if touching else full


def _reach_up(band: Band, start: Decimal) -> Band:
    """ "100%得满分" beside a fall below it means 100% and more."""
    if band.limits.is_point and band.limits.lower == start:
        return replace(band, limits=Limits(start, None))
    return band


def _reach_down(band: Band, start: Decimal) -> Band:
    if band.limits.is_point and band.limits.upper == start:
        return replace(band, limits=Limits(None, start))
    return band


def _add_fall(group: _Group, piece: LooseSlide, slide: Slide, *, below: bool) -> None:
    """The sliding band from its start to the next band's bound, or without end."""
    start = slide.start
    if below:
        own = next((b.limits.lower_end for b in group.bands if b.limits.lower == start), End.CLOSED)
        ends = [
            (b.limits.upper, b.limits.upper_end)
            for b in group.bands
            if b.limits.upper is not None and b.limits.upper < start
        ]
        stop, stop_end = max(ends, key=lambda end: end[0], default=(None, End.CLOSED))
        limits = Limits(stop, start, opposite(stop_end) if stop is not None else End.CLOSED, opposite(own))
    else:
        own = next((b.limits.upper_end for b in group.bands if b.limits.upper == start), End.CLOSED)
        ends = [
            (b.limits.lower, b.limits.lower_end)
            for b in group.bands
            if b.limits.lower is not None and b.limits.lower > start
        ]
        stop, stop_end = min(ends, key=lambda end: end[0], default=(None, End.CLOSED))
        limits = Limits(start, stop, opposite(own), opposite(stop_end) if stop is not None else End.CLOSED)
    group.bands.append(Band(limits, slide, piece.span))
