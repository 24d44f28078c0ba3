"""Units of figures: what each measures, its base unit and worth. The words themselves are in `lexicons/units.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed. `factor` is its worth in `name`, the base unit: 万平方米 is 10000 平方米.

    Only a `divisible` unit is printed with hundredths: no one counts a quarter of a household.
    """

    kind: str
    name: str
    factor: Decimal
    divisible: bool = True


_ONE = Decimal(1)

MULTIPLIERS: dict[str, Decimal] = {
    mark: Decimal(worth)
    for mark, worth in {
        "十": 10,
        "百": 100,
        "千": 1000,
        "万": 10**4,
        "十万": 10**5,
        "百万": 10**6,
        "千万": 10**7,
        "亿": 10**8,
        "十亿": 10**9,
        "百亿": 10**10,
        "千亿": 10**11,
        "万亿": 10**12,
    }.items()
}

MONEY = "元"
MOST_YEARS = 200  # 2021年 names a year; a duration is shorter
SCORE = Unit("score", "分", _ONE)

# Words that print another unit: 20日内 is 20日.
_BASE_NAMES = {"个百分点": "百分点", "日内": "日", "日以内": "日", "天内": "天"}
_GROUPS = {"count": "count", "duration": "count", "other": "other", "money": "money"}


def _load() -> tuple[dict[str, Unit], dict[str, str]]:
    """The units by their words, and the characters that must not follow a word."""
    content = tomllib.loads((files("patterns") / "lexicons" / "units.toml").read_text("utf-8"))
    units: dict[str, Unit] = {word: Unit("percent", "%", _ONE) for word in ("%", "百分比")}
    unlike: dict[str, str] = {}
    for group, kind in _GROUPS.items():
        for word in content[group]["words"]:
            name = MONEY if kind == "money" else _BASE_NAMES.get(word, word)
            units[word] = Unit(kind, name, _ONE, divisible=group != "count")
        unlike |= content[group]["unlike"]
    units |= {word: Unit("area", name, _ONE) for word, name in content["area"].items()}
    return units, unlike


UNITS, _UNLIKE = _load()
_LONGEST = max(map(len, UNITS))


def unit_at(text: str, position: int) -> tuple[Unit, int] | None:
    """The longest unit that begins at `position`, with the offset of its end; None when there is none."""
    for end in range(min(position + _LONGEST, len(text)), position, -1):
        word = text[position:end]
        unit = UNITS.get(word)
        if unit is not None and not _is_part_of_word(word, text[end : end + 1]):
            return unit, end
    return None


def _is_part_of_word(word: str, following: str) -> bool:
    """Whether a unit's characters are only the beginning of another word, given the character after them."""
    if not following:
        return False
    if following in _UNLIKE.get(word, ""):
        return True
    return following.isascii() and following.isalpha() and word[-1].isascii() and word[-1].isalpha()


def parse_unit(name: str) -> Unit | None:
    """The unit named `name`, multiplier folded in (万元 is worth 10000 元, 万人次 10000 人次); None when unknown."""
    if name in ("分", "分值"):
        return SCORE
    if name in UNITS:
        return UNITS[name]
    base = name.lstrip("十百千万亿")
    unit = UNITS.get(base)
    factor = MULTIPLIERS.get(name[: len(name) - len(base)])
    if unit is None or factor is None:
        return None
    return Unit(unit.kind, unit.name, unit.factor * factor, unit.divisible)
