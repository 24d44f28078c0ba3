"""One slip, one finding: contradictions that a single corrected figure would all resolve are told together.

A figure is taken for the cause when some other value of it makes at least two contradictions hold and breaks fewer
relations than it mends. Nothing is hidden: what follows from the slip is told in the same finding, with its formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from pipeline.model.arithmetic import agrees, point_of, substitute
from pipeline.model.check import Calculation, Check, Ruled, Verdict, operands_of
from pipeline.model.interval import Interval
from pipeline.model.quantity import Quantity
from pipeline.reconcile.evaluate import round_to

_HOLDS = (Verdict.EXACT, Verdict.WITHIN_ROUNDING)


@dataclass(frozen=True, slots=True)
class Group:
    """A contradiction and those that follow from the same figure; `cause` is that figure, None for one on its own."""

    root: Check
    consequences: tuple[Check, ...] = ()
    cause: Quantity | None = None
    corrected: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Suspect:
    quantity: Quantity
    corrected: Quantity
    mended: tuple[Check, ...]
    broken: int


def group_checks(checks: Sequence[Check]) -> tuple[Group, ...]:
    """The inconsistent checks in groups, in the order of their roots."""
    left = [check for check in checks if check.verdict is Verdict.INCONSISTENT]
    holding = [check for check in checks if check.verdict in _HOLDS]
    held = _by_figure(holding)
    groups: list[Group] = []
    while len(left) > 1:
        suspect = _likeliest(left, held)
        if suspect is None:
            break
        root = _root_of(suspect)
        others = tuple(check for check in suspect.mended if check is not root)
        groups.append(Group(root, others, suspect.quantity, suspect.corrected.value))
        left = [check for check in left if check not in suspect.mended]
    groups.extend(Group(check) for check in left)
    groups.extend(Group(check) for check in holding if check.calculation.remark is not None)
    return tuple(sorted(groups, key=lambda group: group.root.calculation.stated.spans[0]))


def _by_figure(checks: Sequence[Check]) -> Mapping[str, Sequence[Check]]:
    """The checks that each figure takes part in, by its id; order is kept."""
    found: dict[str, list[Check]] = {}
    for check in checks:
        for figure in _figures(check.calculation):
            found.setdefault(figure.quantity_id, []).append(check)
    return found


def _likeliest(left: Sequence[Check], held: Mapping[str, Sequence[Check]]) -> _Suspect | None:
    contradicted = _by_figure(left)
    suspects = [s for check in left for s in _suspects(check, contradicted, held)]
    worthy = [s for s in suspects if len(s.mended) > 1 and s.broken < len(s.mended)]
    if not worthy:
        return None
    return max(
        worthy, key=lambda s: (len(s.mended) - s.broken, len(s.mended), -s.quantity.page, s.quantity.quantity_id)
    )


def _suspects(
    check: Check, contradicted: Mapping[str, Sequence[Check]], held: Mapping[str, Sequence[Check]]
) -> Iterator[_Suspect]:
    for quantity in _figures(check.calculation):
        shared = contradicted[quantity.quantity_id]
        if len(shared) < 2:
            continue
        corrected = _corrected(check.calculation, quantity)
        if corrected is None:
            continue
        mended = tuple(other for other in shared if _holds_with(other.calculation, quantity, corrected))
        broken = sum(
            not _holds_with(other.calculation, quantity, corrected) for other in held.get(quantity.quantity_id, ())
        )
        yield _Suspect(quantity, corrected, mended, broken)


def _root_of(suspect: _Suspect) -> Check:
    """The check that states the wrong figure, else the first that uses it."""
    for check in suspect.mended:
        if check.calculation.stated.quantity_id == suspect.quantity.quantity_id:
            return check
    return suspect.mended[0]


def _figures(calculation: Calculation) -> tuple[Quantity, ...]:
    if isinstance(calculation.expression, Ruled):
        return (calculation.stated,)
    return tuple(dict.fromkeys((calculation.stated, *operands_of(calculation.expression))))


def _corrected(calculation: Calculation, quantity: Quantity) -> Quantity | None:
    """The figure as it would have to be printed for the calculation to hold; None where no value does."""
    if calculation.at_most:
        return None
    if quantity.quantity_id == calculation.stated.quantity_id:
        value = point_of(calculation.expression)
    else:
        value = _solved(calculation, quantity)
    if value is None:
        return None
    corrected = _as_printed(quantity, value)
    return corrected if _holds_with(calculation, quantity, corrected) else None


def _solved(calculation: Calculation, quantity: Quantity) -> Fraction | None:
    """The operand's value for which the expression gives the stated figure.

    Expressions are linear in an operand or, where it is a denominator, their reciprocal is: two points settle either.
    """
    target = Fraction(calculation.stated.value)
    at = Fraction(quantity.value)
    step = max(abs(at), Fraction(1))
    here = _value_with(calculation, quantity, at)
    there = _value_with(calculation, quantity, at + step)
    if here is None or there is None or here == there:
        return None
    linear = at + (target - here) * step / (there - here)
    if _value_with(calculation, quantity, linear) == target:
        return linear
    if not here or not there or not target:
        return None
    return at + (1 / target - 1 / here) * step / (1 / there - 1 / here)


def _value_with(calculation: Calculation, quantity: Quantity, value: Fraction) -> Fraction | None:
    exact = replace(quantity, value=Decimal(value.numerator) / Decimal(value.denominator))
    return point_of(substitute(calculation.expression, quantity.quantity_id, exact))


def _as_printed(quantity: Quantity, value: Fraction) -> Quantity:
    rounded = round_to(value, quantity.quantum)
    lower, upper = quantity.interval.lower, quantity.interval.upper
    half = Fraction(0) if lower is None or upper is None else (upper - lower) / 2
    return replace(quantity, value=rounded, interval=Interval.around(rounded, half))


def _holds_with(calculation: Calculation, quantity: Quantity, corrected: Quantity) -> bool:
    expression = substitute(calculation.expression, quantity.quantity_id, corrected)
    is_stated = calculation.stated.quantity_id == quantity.quantity_id
    stated = corrected if is_stated else calculation.stated
    if calculation.at_most:
        point = point_of(expression)
        return point is not None and Fraction(stated.value) <= point
    return agrees(stated, expression)
