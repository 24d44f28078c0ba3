"""Slips of the pen: one digit wrong, two swapped, one dropped or doubled."""

from __future__ import annotations

from decimal import Decimal

# Digits that must agree before a difference in one place is taken for a slip: round numbers differ by one digit too.
_TELLING_DIGITS = 4
# Digits that figures of the same name must have to be taken for one figure misprinted.
_TWIN_DIGITS = 4
_UNIT_FACTORS = (Decimal(10_000), Decimal(100_000_000))


def is_slip(printed: Decimal, meant: Decimal, quantum: Decimal, meant_quantum: Decimal | None = None) -> bool:
    """Whether `printed` can be `meant` with one slip, counted in `quantum` and `meant_quantum` (the same if None).

    Only numbers with enough telling digits are judged: between 100.00 and 90.00 nothing can be said.
    """
    if meant <= 0 or printed <= 0:
        return False
    ours, theirs = str(int(meant / (meant_quantum or quantum))), str(int(printed / quantum))
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


def is_unit_slip(printed: Decimal, meant: Decimal, slack: Decimal) -> bool:
    """Whether `printed` is `meant` with 元, 万元 and 亿元 taken for one another; `slack` is what rounding may hide."""
    if meant <= 0 or printed <= 0:
        return False
    return any(
        abs(printed * factor - meant) <= slack or abs(printed - meant * factor) <= slack * factor
        for factor in _UNIT_FACTORS
    )


def are_swapped(ours: str, theirs: str) -> bool:
    """Whether two strings of digits differ only in that two neighbouring digits have changed places."""
    if len(ours) != len(theirs):
        return False
    differing = [i for i, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a != b]
    if len(differing) != 2 or differing[1] != differing[0] + 1:
        return False
    first, second = differing
    return ours[first] == theirs[second] and ours[second] == theirs[first]


def is_misprint(ours: str, theirs: str) -> bool:
    """Whether two strings of digits differ in the order of two neighbours, or by one digit dropped or doubled.

    For figures that go by the same name; a digit at the very end is what rounding leaves out, and figures of few digits
    are alike by chance.
    """
    longer, shorter = (ours, theirs) if len(ours) >= len(theirs) else (theirs, ours)
    if len(longer) < _TWIN_DIGITS or len(longer.rstrip("0")) < _TWIN_DIGITS - 1:
        return False
    if len(longer) == len(shorter):
        return are_swapped(ours, theirs)
    return len(longer) == len(shorter) + 1 > _TWIN_DIGITS and any(
        longer[:i] + longer[i + 1 :] == shorter for i in range(1, len(longer) - 1)
    )


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

# digits, digits, whether one is the other misprinted
MISPRINT_EXAMPLES: tuple[tuple[str, str, bool], ...] = (
    ("5850", "5580", True),
    ("624000", "642000", True),
    ("12367", "123367", True),
    ("12367", "12376", True),
    ("12367", "12397", False),
    ("1236", "12367", False),
    ("460", "640", False),
    ("8135", "835", False),
)
