"""Slips of the pen: one digit wrong, two swapped, one dropped or doubled."""

from __future__ import annotations

from decimal import Decimal

# Digits that must agree before a difference in one place is taken for a slip: round numbers differ by one digit too.
_TELLING_DIGITS = 4


def is_slip(printed: Decimal, meant: Decimal, quantum: Decimal) -> bool:
    """Whether `printed` can be `meant` with one slip, both counted in `quantum`.

    Only numbers with enough telling digits are judged: between 100.00 and 90.00 nothing can be said.
    """
    if meant <= 0 or printed <= 0:
        return False
    ours, theirs = str(int(meant / quantum)), str(int(printed / quantum))
    if ours == theirs:
        return False
    if len(ours) == len(theirs):
        differing = [i for i, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a != b]
        if len(differing) == 1:
            return _telling(ours, differing)
        return are_swapped(ours, theirs) and _telling(ours, differing)
    longer, shorter = (ours, theirs) if len(ours) > len(theirs) else (theirs, ours)
    if len(longer) - len(shorter) != 1:
        return False
    places = [i for i in range(len(longer)) if longer[:i] + longer[i + 1 :] == shorter]
    return bool(places) and _telling(longer, places[:1])


def are_swapped(ours: str, theirs: str) -> bool:
    """Whether two strings of digits differ only in that two neighbouring digits have changed places."""
    if len(ours) != len(theirs):
        return False
    differing = [i for i, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a != b]
    if len(differing) != 2 or differing[1] != differing[0] + 1:
        return False
    first, second = differing
    return ours[first] == theirs[second] and ours[second] == theirs[first]


def _telling(digits: str, differing: list[int]) -> bool:
    """Whether enough digits that are not trailing zeros agree, and the difference is not just what rounding leaves."""
    rest = "".join(digit for i, digit in enumerate(digits) if i not in differing).rstrip("0")
    return len(rest) >= _TELLING_DIGITS


# printed, meant, quantum, whether a slip
SLIP_EXAMPLES: tuple[tuple[str, str, str, bool], ...] = (
    ("1253.67", "1235.67", "0.01", True),
    ("1283.67", "1233.67", "0.01", True),
    ("123.67", "1233.67", "0.01", True),
    ("12333.67", "1233.67", "0.01", True),
    ("100.00", "90.00", "0.01", False),
    ("1253.67", "1198.02", "0.01", False),
    ("500", "600", "1", False),
    ("1233.67", "1233.67", "0.01", False),
)
