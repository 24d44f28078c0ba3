"""Figures in running text and in table cells: money, percentages, scores, counts, areas, other measures.

The units are data (`patterns.units`); what needs more than a number and a unit is decided per kind in
`patterns.money`, `patterns.scores`, `patterns.list_numbers` and `patterns.chinese_figures`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from patterns.approximators import approximator_after, approximator_before
from patterns.cells import read_cell
from patterns.chinese_figures import find_chinese_figures
from patterns.figure import Figure, quantum_of, times
from patterns.formulas import Formula, find_formulas
from patterns.list_numbers import glued_list_number
from patterns.money import is_bare_amount, unit_price_end
from patterns.non_figures import find_non_figures
from patterns.numerals import Number, find_numbers
from patterns.scanning import Mention, Spans
from patterns.scores import is_bare_mark, is_mark
from patterns.units import MOST_YEARS, MULTIPLIERS, SCORE, Unit, unit_at

__all__ = ["Figure", "Formula", "Mention", "find_figures", "find_formulas", "find_non_figures", "read_cell"]

# What may stand between a number and its unit: 余 or 多, a multiplier, 余 or 多 again ("3万余元", "300多万元").
_MULTIPLIED = regex.compile(
    r"\x20?(?P<few>[余多来几])?+(?P<multiplier>万亿|[十百千]?[万亿]|[十百千])?+(?P<more>[余多])?+"
)
_NEGATIVE = regex.compile(r"(?:^|[为是达了长比率幅额少加减降值(=:<>≤≥,，、；;。])-$")
_RANGE = regex.compile(r"\x20?(?:-{1,2}|~|—{1,2}|至|到)\x20?")
_BARE_MULTIPLIERS = frozenset(("万", "亿", "百万", "千万"))
_LIST = regex.compile(r"(?:、|和|与|及|或|以及)")
_EACH = regex.compile(r"(?:分别|各)[\p{Han}:]{0,4}$")


def find_figures(text: str) -> list[Figure]:
    """Every figure of folded `text`, in order and without overlap.

    Numbers that measure nothing (`find_non_figures`) are left out, and so are numbers without a unit, unless a label
    of scores stands before them.
    """
    taken = Spans((mention.start, mention.end) for mention in find_non_figures(text))
    found: list[Figure] = []
    bare: list[Number] = []
    for number in find_numbers(text):
        if taken.overlaps(number.start, number.end):
            continue
        figure = _read(text, number)
        if figure is None:
            bare.append(number)
            continue
        found.extend(_sharing_unit(text, figure, bare))
        bare.clear()
        found.append(figure)
    found.extend(figure for figure in find_chinese_figures(text) if not taken.overlaps(figure.start, figure.end))
    return _without_overlaps(found)


@dataclass(frozen=True, slots=True)
class _Measure:
    """What follows a number: its unit and the multiplier before it, where they end, whether 余 or 多 is among them."""

    unit: Unit
    end: int
    multiplier: str = ""
    some: bool = False

    @property
    def worth(self) -> Decimal:
        return times(MULTIPLIERS[self.multiplier], self.unit.factor) if self.multiplier else self.unit.factor


_BARE_YUAN = Unit("money", "元", Decimal(1))


def _read(text: str, number: Number) -> Figure | None:
    """The figure that `number` and the unit after it make; None for a number that measures nothing."""
    measure = _measure_after(text, number)
    if measure is None:
        return None
    number = _without_list_number(text, number, measure)
    if not _is_plausible(number, measure):
        return None
    start, value, end = number.start, number.value, measure.end
    if start and text[start - 1] == "-" and _NEGATIVE.search(text, max(0, start - 2), start):
        start, value = start - 1, -value
    printed_unit = measure.unit.name
    if measure.unit.kind == "money":
        end = unit_price_end(text, measure.end)
        printed_unit = measure.multiplier + measure.unit.name + text[measure.end : end]
    approximator = approximator_before(text, start, text[number.end : end]) or approximator_after(text, end)
    return Figure(
        kind=measure.unit.kind,
        start=start,
        end=end,
        value=times(value, measure.worth),
        unit=printed_unit,
        places=number.places,
        quantum=quantum_of(number.places, measure.worth),
        approximate="余" if measure.some else (approximator.normal if approximator else None),
        remark=number.remark,
    )


def _measure_after(text: str, number: Number) -> _Measure | None:
    """Unit and multiplier of `number`, from what stands after it, or from a label or currency sign before it."""
    spaced = text.startswith(" ", number.end)
    direct = unit_at(text, number.end + spaced)
    if direct is not None:
        return _Measure(*direct)
    if text.startswith("分", number.end):
        return _Measure(SCORE, number.end + 1) if is_mark(text, number.start, number.end) else None
    match = _MULTIPLIED.match(text, number.end)
    if match is not None and (match.group("multiplier") or match.group("few")):
        return _multiplied_measure(text, number, match)
    if number.start and text[number.start - 1] == "¥":
        return _Measure(_BARE_YUAN, number.end)
    if is_bare_mark(text, number.start, number.end):
        return _Measure(SCORE, number.end)
    return None


def _multiplied_measure(text: str, number: Number, match: regex.Match[str]) -> _Measure | None:
    """A measure with a multiplier or 余 in it; bare 万 and 亿 are money only where the context says so."""
    multiplier = match.group("multiplier") or ""
    some = bool(match.group("few") or match.group("more"))
    following = unit_at(text, match.end())
    if following is not None:
        return _Measure(*following, multiplier, some)
    if multiplier not in _BARE_MULTIPLIERS:
        return None
    kind = "money" if is_bare_amount(text, number.start, match.end()) else "other"
    return _Measure(Unit(kind, "", Decimal(1)), match.end(), multiplier, some)


def _is_plausible(number: Number, measure: _Measure) -> bool:
    """Whether number and unit can belong together; where a table row has run together they often cannot."""
    if measure.unit.name == "年":
        return number.places <= 1 and number.value < MOST_YEARS
    return measure.unit.divisible or bool(measure.multiplier) or number.places <= 1


def _without_list_number(text: str, number: Number, measure: _Measure) -> Number:
    """`number` without the list number that dropped lines or spaces glued before it, if there is one."""
    if number.places == 0:
        return number
    divisible = measure.unit.divisible or bool(measure.multiplier)
    share = measure.unit.kind == "percent"
    glued = glued_list_number(text, number.start, number.end, share=share, divisible=divisible)
    if not glued:
        return number
    rest = text[number.start + glued : number.end]
    return Number(number.start + glued, number.end, Decimal(rest), len(rest.partition(".")[2]))


def _sharing_unit(text: str, figure: Figure, bare: list[Number]) -> Iterator[Figure]:
    """Figures for the numbers before `figure` that share its unit: the start of a range, the items of a plain list."""
    if figure.kind == "money" and not figure.unit:
        return
    chain: list[tuple[Number, str]] = []
    start = figure.start
    for number in reversed(bare):
        joint = text[number.end : start]
        if not (_RANGE.fullmatch(joint) or _LIST.fullmatch(joint)):
            break
        chain.append((number, joint))
        start = number.start
    if not chain:
        return
    if _RANGE.fullmatch(chain[0][1]):
        chain = chain[:1]
    elif not _is_plain_list(text, figure, chain):
        return
    for number, _ in reversed(chain):
        yield _like(text, figure, number)


def _is_plain_list(text: str, figure: Figure, chain: list[tuple[Number, str]]) -> bool:
    """Whether numbers joined by 、 or 和 before a figure are unmistakably in its unit."""
    first = chain[-1][0]
    if _EACH.search(text, max(0, first.start - 8), first.start):
        return True
    if figure.kind == "count":
        return False
    if all(number.places for number, _ in chain):
        return True
    return chain[0][1] not in ("、",) and first.start > 0 and text[first.start - 1] not in "。；;:("


def _like(text: str, figure: Figure, number: Number) -> Figure:
    """`number` in the unit of `figure`."""
    worth = figure.quantum.scaleb(figure.places)
    approximator = approximator_before(text, number.start)
    return replace(
        figure,
        start=number.start,
        end=number.end,
        value=times(number.value, worth),
        places=number.places,
        quantum=quantum_of(number.places, worth),
        approximate=approximator.normal if approximator else None,
        remark=number.remark,
    )


def _without_overlaps(figures: list[Figure]) -> list[Figure]:
    """In order of place; where two overlap, the one that begins first, or the longer."""
    kept: list[Figure] = []
    for figure in sorted(figures, key=lambda each: (each.start, -each.end)):
        if not kept or figure.start >= kept[-1].end:
            kept.append(figure)
    return kept
