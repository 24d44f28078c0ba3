"""A figure as a pattern reads it: a number with its unit, exactly as printed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal, Inexact

# Wide enough for any printed number; should one ever not fit, it raises instead of rounding.
EXACT = Context(prec=400, traps=[Inexact])


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit at characters `[start, end)` of folded text, the approximator not included.

    `kind` is money, percent, score, count, area or other. `value` is in yuan for money, as printed for percent (97.62
    for 97.62%; 八成 is 80), else in `unit`, multipliers folded in (3.6万件 is 36000 件). `unit` is the printed unit
    for money (元, 万元, 元/人), else the base unit. `places` are the decimals printed, `quantum` the worth of one unit
    of the last printed place in terms of `value` (0.01万元 is worth 100). `approximate` is a key of
    `patterns.approximators.APPROXIMATIONS` or None; `remark` names an oddity of the print, or is None.
    """

    kind: str
    start: int
    end: int
    value: Decimal
    unit: str
    places: int
    quantum: Decimal
    approximate: str | None = None
    remark: str | None = None


def times(value: Decimal, worth: Decimal) -> Decimal:
    """The exact product. Raises decimal.Inexact rather than round."""
    return EXACT.multiply(value, worth)


def quantum_of(places: int, worth: Decimal) -> Decimal:
    """Worth of one unit of the last of `places` decimals, when one whole is worth `worth`."""
    return times(Decimal((0, (1,), -places)), worth)
