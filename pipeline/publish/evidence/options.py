"""What is asked of a report; apart from its building, so that a run can be told of it without loading all that."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How to build a report. `sources` are places to look for the PDFs before those that the run names."""

    jobs: int = 1
    images: bool = True
    password: str | None = None
    sources: tuple[str, ...] = ()
