"""A report: a document and everything extracted from and concluded about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from pipeline.model.check import Check
from pipeline.model.document import Document, Problem, SourceFile
from pipeline.model.finding import Finding
from pipeline.model.indicator import Indicator
from pipeline.model.quantity import Quantity
from pipeline.model.text import Span


class Genre(StrEnum):
    """The kinds of published documents the project knows."""

    DEPARTMENT = "department_report"
    PROJECT = "project_report"
    FORM = "self_evaluation_form"
    BUDGET = "budget_disclosure"
    ACCOUNTS = "accounts_disclosure"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Metadata:
    """Who reports on which year, and the overall result as stated."""

    department: str | None
    fiscal_year: int | None
    genre: Genre
    stated_total: Quantity | None
    stated_grade: str | None
    grade_span: Span | None = None


@dataclass(frozen=True, eq=False)
class Report:
    """The facts of one document, before any of them is judged. `personal` are the page slices to be masked."""

    document: Document
    metadata: Metadata
    quantities: tuple[Quantity, ...]
    indicators: tuple[Indicator, ...]
    personal: tuple[Span, ...] = ()

    @cached_property
    def children(self) -> Mapping[str | None, tuple[Indicator, ...]]:
        """Indicators by the id of their parent, in report order; None holds the roots."""
        found: dict[str | None, list[Indicator]] = {}
        for indicator in self.indicators:
            found.setdefault(indicator.parent_id, []).append(indicator)
        return {parent: tuple(items) for parent, items in found.items()}


class QuantityStatus(StrEnum):
    """What became of a quantity: part of a check that holds, of one that does not, or of none."""

    VERIFIED = "verified"
    CONTRADICTED = "contradicted"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True, eq=False)
class Reconciliation:
    """Every check made on a report, the findings, and each quantity's status by its id."""

    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    statuses: Mapping[str, QuantityStatus]
    recomputed_total: Decimal | None


class Status(StrEnum):
    """How far an input could be read."""

    OK = "ok"
    PARTIAL = "partial"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """One input's end: with a report and its reconciliation, or with the problem that stopped it."""

    source: SourceFile
    report: Report | None
    reconciliation: Reconciliation | None
    problems: tuple[Problem, ...]
    seconds: float

    @property
    def status(self) -> Status:
        if self.report is None:
            return Status.FAILED
        return Status.PARTIAL if self.problems else Status.OK
