"""Whether an amount is another one misprinted, whatever the unit each is printed in."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from patterns.relations.slips import is_misprint
from pipeline.model.quantity import Quantity


def is_misprinted(told: Quantity, meant: Decimal, quantum: Decimal = Decimal(0)) -> bool:
    """Whether an amount is `meant` with two digits swapped, or one dropped or doubled.

    Both are counted in the coarser of the told amount's places and `quantum`, those of the other.
    """
    coarser = max(told.quantum, quantum)
    return told.value > 0 and meant > 0 and is_misprint(_counted(told.value, coarser), _counted(meant, coarser))


def _counted(value: Decimal, quantum: Decimal) -> str:
    return str(int((value / quantum).to_integral_value(ROUND_HALF_UP)))
