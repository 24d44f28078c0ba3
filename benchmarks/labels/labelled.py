"""The labelled reports: what stands in them, as written down beside each by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.model.report import Genre

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "labelled" / "reports"


@dataclass(frozen=True, slots=True)
class LabelledIndicator:
    """A scored indicator; `full_mark` is None where the report prints none."""

    name: str
    full_mark: Decimal | None
    score: Decimal


@dataclass(frozen=True, slots=True)
class Relation:
    """A stated figure and the figures it follows from, all as printed; a money figure has its unit."""

    what: str
    stated: str
    operands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A relation that does not hold. `wrong` says the slip in one line.

    `derived` marks one that only follows from another, `rounded_down` a figure that was cut off instead of rounded:
    neither must be found, and the latter is no error either. `missed`, when set, is why it is not found yet.
    """

    relation: Relation
    recomputed: str
    wrong: str
    derived: bool
    rounded_down: bool
    missed: str | None

    @property
    def must_be_found(self) -> bool:
        return not self.derived and not self.rounded_down


@dataclass(frozen=True, slots=True)
class Trap:
    """Figures that look contradictory and are not."""

    why: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """All that is known of a report. Money is in yuan."""

    name: str
    path: Path
    genre: Genre
    department: str
    fiscal_year: int
    stated_total: Decimal | None
    money: tuple[Decimal, ...]
    percent: tuple[Decimal, ...]
    indicators: tuple[LabelledIndicator, ...]
    holding: tuple[Relation, ...]
    contradictions: tuple[Contradiction, ...]
    traps: tuple[Trap, ...]


def labelled_reports() -> Iterator[Labels]:
    """Every labelled report, by name."""
    for path in sorted(FOLDER.glob("*.toml")):
        yield read_labels(path)


def read_labels(path: Path) -> Labels:
    """The label file at `path`; its report is the PDF of the same name."""
    entries: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return Labels(
        name=path.stem,
        path=path.with_suffix(".pdf"),
        genre=Genre(entries["genre"]),
        department=entries["department"],
        fiscal_year=entries["fiscal_year"],
        stated_total=_optional(entries["stated_total"]),
        money=tuple(Decimal(value) for value in entries["money"]),
        percent=tuple(Decimal(value) for value in entries["percent"]),
        indicators=tuple(
            LabelledIndicator(name, _optional(full_mark), Decimal(score))
            for name, full_mark, score in entries["indicators"]
        ),
        holding=tuple(Relation(what, stated, tuple(operands)) for what, stated, *operands in entries["holds"]),
        contradictions=tuple(_contradiction(entry) for entry in entries.get("contradiction", ())),
        traps=tuple(Trap(why, tuple(figures)) for why, *figures in entries["must_not_flag"]),
    )


def _contradiction(entry: dict[str, Any]) -> Contradiction:
    return Contradiction(
        relation=Relation(entry["what"], entry["stated"], tuple(entry["operands"])),
        recomputed=entry["recomputed"],
        wrong=entry["wrong"],
        derived=entry.get("derived", False),
        rounded_down=entry.get("rounded_down", False),
        missed=entry.get("missed"),
    )


def _optional(number: str) -> Decimal | None:
    return Decimal(number) if number else None
