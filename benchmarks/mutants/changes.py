"""The slips a figure suffers in real reports, as changes of its printed text. Each gives None where it cannot occur."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from benchmarks.mutants.figures import Figure
from pipeline.model.quantity import Kind

_UNIT_SLIP = 10_000
_BANDS = (Decimal("0.5"), Decimal(1), Decimal(2), Decimal(3))
_PERCENT_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Change:
    """What is printed instead of `figure`'s number and unit. `value` and `places` are in the figure's own unit, so
    that a changed unit word changes them too."""

    slip: str
    text: str
    value: Decimal
    places: int


def change_digit(figure: Figure, random: Random) -> Change | None:
    """One digit is another."""
    digits = figure.plain
    at = random.choice([i for i, character in enumerate(digits) if character != "."])
    other = random.choice([digit for digit in "0123456789" if digit != digits[at]])
    return _renumbered("digit changed", figure, digits[:at] + other + digits[at + 1 :])


def swap_digits(figure: Figure, random: Random) -> Change | None:
    """Two neighbouring digits change places."""
    digits = figure.plain
    pairs = [i for i in range(len(digits) - 1) if "." not in digits[i : i + 2] and digits[i] != digits[i + 1]]
    if not pairs:
        return None
    at = random.choice(pairs)
    return _renumbered("digits swapped", figure, digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])


def drop_digit(figure: Figure, random: Random) -> Change | None:
    """A digit is left out."""
    digits = figure.plain
    at = random.choice([i for i, character in enumerate(digits) if character != "."])
    return _renumbered("digit dropped", figure, digits[:at] + digits[at + 1 :])


def double_digit(figure: Figure, random: Random) -> Change | None:
    """A digit is typed twice."""
    digits = figure.plain
    at = random.choice([i for i, character in enumerate(digits) if character != "."])
    return _renumbered("digit doubled", figure, digits[: at + 1] + digits[at:])


def slip_unit(figure: Figure, random: Random) -> Change | None:
    """元 for 万元 or the reverse: the word beside the figure, or the figure in a table whose head says the unit."""
    if figure.kind is not Kind.MONEY or figure.value == 0:
        return None
    if figure.unit in ("万元", "元"):
        word, factor = ("元", Decimal(1) / _UNIT_SLIP) if figure.unit == "万元" else ("万元", Decimal(_UNIT_SLIP))
        places = figure.places + (4 if figure.unit == "万元" else -4)
        return Change("unit slipped", figure.number + word, figure.value * factor, places)
    if figure.unit:
        return None
    factor = Decimal(_UNIT_SLIP) if random.random() < 0.5 else Decimal(1) / _UNIT_SLIP
    moved = (figure.value * factor).quantize(_place(figure.places))
    return _renumbered("unit slipped", figure, f"{moved:f}") if moved else None


def move_by_band(figure: Figure, random: Random) -> Change | None:
    """A score, as if another band of its rubric had been applied."""
    if figure.kind is not Kind.SCORE:
        return None
    moved = figure.value + random.choice(_BANDS) * random.choice((1, -1))
    if moved < 0:
        return None
    return _renumbered("score off by a band", figure, f"{moved:f}")


def move_percent(figure: Figure, random: Random) -> Change | None:
    """A percentage some whole points off."""
    if figure.kind is not Kind.PERCENT:
        return None
    moved = figure.value + random.choice(_PERCENT_STEPS) * random.choice((1, -1))
    return _renumbered("percent off", figure, f"{moved:f}") if moved > 0 else None


def leave_stale(figure: Figure, addend: Decimal) -> Change | None:
    """A total from before `addend` was added."""
    moved = figure.value - addend
    if moved <= 0 or addend <= 0:
        return None
    return _renumbered("total not updated", figure, f"{moved.quantize(_place(figure.places)):f}")


SLIPS: Mapping[str, Callable[[Figure, Random], Change | None]] = {
    "digit changed": change_digit,
    "digits swapped": swap_digits,
    "digit dropped": drop_digit,
    "digit doubled": double_digit,
    "unit slipped": slip_unit,
    "score off by a band": move_by_band,
    "percent off": move_percent,
}


def _renumbered(slip: str, figure: Figure, plain: str) -> Change | None:
    """The change to the number `plain`; None where nobody would print it so, or where it says the same."""
    whole, point, decimals = plain.partition(".")
    if not whole or (point and not decimals) or (len(whole) > 1 and whole[0] == "0"):
        return None
    value = Decimal(plain)
    if value == figure.value:
        return None
    number = f"{int(whole):,}{point}{decimals}" if "," in figure.number else plain
    return Change(slip, number + figure.unit, value, len(decimals))


def _place(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)
