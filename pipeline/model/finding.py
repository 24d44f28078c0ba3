"""Findings: what does not hold, told so that it can be defended."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pipeline.model.check import Check, Severity
from pipeline.model.geometry import BBox


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in the report that bears on a finding."""

    page: int
    quote: str
    bbox: BBox | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction, with its arithmetic and where each operand stands.

    `finding_id` is a fingerprint that stays the same as long as the contradiction reads the same, so that a review
    of it carries over to later runs. `message` is a whole Chinese sentence with the numbers. `consequences` are the
    formulas of further relations that the same wrong figure breaks; `evidence` holds their figures too.
    """

    finding_id: str
    code: str
    severity: Severity
    title: str
    message: str
    stated: str
    expected: str
    gap: Decimal
    formula: str
    diagnosis: str | None
    confidence: float
    page: int
    quote: str
    bbox: BBox | None
    evidence: tuple[Evidence, ...]
    check: Check
    consequences: tuple[str, ...] = ()
