"""Published frameworks (共性指标体系框架) by which reports score themselves without reprinting the rules.

The frameworks stand as data in patterns/rubrics/, each saying where it was read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

import regex

from patterns.fold import fold
from patterns.rubric.compile import compile_rubric
from patterns.rubric.model import Rubric

# Of a report's indicators, how many must be the framework's, by name and mark, before its rules apply.
_FIT_WHEN_NAMED = 0.6
_FIT_BY_ITSELF = 0.8
_FEWEST_INDICATORS = 5
# Of the framework's indicators, how many must be in the report; a handful of common names proves nothing.
_COVER_WHEN_NAMED = 0.4
_COVER_BY_ITSELF = 0.6


@dataclass(frozen=True, slots=True)
class FrameworkIndicator:
    """One indicator of a framework with its rule. `full_mark` is None where the framework sets no marks."""

    name: str
    aliases: tuple[str, ...]
    group: str
    full_mark: Decimal | None
    rubric: Rubric


@dataclass(frozen=True, slots=True)
class Framework:
    """A published framework: the titles it is cited by, where it was read, and its indicators."""

    key: str
    name: str
    titles: tuple[str, ...]
    source: str
    indicators: tuple[FrameworkIndicator, ...]

    def indicator(self, name: str, full_mark: Decimal | None) -> FrameworkIndicator | None:
        """The framework's indicator of that name and mark, None where either differs.

        A mark that the report or the framework does not print is taken to agree.
        """
        wanted = _plain_name(name)
        for indicator in self.indicators:
            if wanted not in {_plain_name(known) for known in (indicator.name, *indicator.aliases)}:
                continue
            if full_mark is None or indicator.full_mark is None or full_mark == indicator.full_mark:
                return indicator
        return None


@lru_cache(maxsize=1)
def frameworks() -> tuple[Framework, ...]:
    """All frameworks, in the order of their file names."""
    folder = files("patterns") / "rubrics"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(_read(tomllib.loads((folder / name).read_text("utf-8"))) for name in names)


def match_framework(named: str | None, indicators: Sequence[tuple[str, Decimal | None]]) -> Framework | None:
    """The framework a report scores itself by, or None.

    `named` is the report's own words for it, if any (the title it cites, or a text that holds it); `indicators` are the
    report's scored indicators with their full marks. The best fit counts: a framework that the report names needs to
    fit by the larger part, any other nearly wholly.
    """
    best: tuple[float, Framework] | None = None
    for framework in frameworks():
        is_named = named is not None and any(_bare(title) in _bare(named) for title in framework.titles)
        fit, cover, found = _fit(framework, indicators)
        least_fit, least_cover = (
            (_FIT_WHEN_NAMED, _COVER_WHEN_NAMED) if is_named else (_FIT_BY_ITSELF, _COVER_BY_ITSELF)
        )
        if found < _FEWEST_INDICATORS or fit < least_fit or cover < least_cover:
            continue
        if best is None or fit * cover > best[0]:
            best = (fit * cover, framework)
    return best[1] if best is not None else None


def _fit(framework: Framework, indicators: Sequence[tuple[str, Decimal | None]]) -> tuple[float, float, int]:
    """Shares of the report's and of the framework's indicators that agree in name and mark, and how many do."""
    agreed = {
        matched.name for name, full_mark in indicators if (matched := framework.indicator(name, full_mark)) is not None
    }
    if not indicators:
        return 0.0, 0.0, 0
    return len(agreed) / len(indicators), len(agreed) / len(framework.indicators), len(agreed)


_CLUTTER = regex.compile(r"\([^()]*\)|[\s“”\"'‘’《》、,，.。的]|情况$|指标$")


def _plain_name(name: str) -> str:
    """A name without marks, brackets and the particle 的: 绩效目标的完整性（3分） is 绩效目标完整性."""
    plain: str = _CLUTTER.sub("", fold(name))
    return plain


def _bare(title: str) -> str:
    bare: str = regex.sub(r"[\s《》“”]", "", fold(title))
    return bare


def _read(data: dict[str, Any]) -> Framework:
    return Framework(
        data["key"],
        data["name"],
        tuple(data["titles"]),
        data["source"],
        tuple(_read_indicators(data["indicators"])),
    )


def _read_indicators(rows: Iterable[dict[str, Any]]) -> Iterable[FrameworkIndicator]:
    for row in rows:
        full_mark = Decimal(row["full_mark"]) if "full_mark" in row else None
        rubric = compile_rubric(row["rule"], full_mark, row["name"])
        yield FrameworkIndicator(row["name"], tuple(row.get("aliases", ())), row["group"], full_mark, rubric)
