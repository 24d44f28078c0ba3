"""Reviews: what an auditor decided about a finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Decision(StrEnum):
    """An auditor's decision; `chinese` is the word offered in the workbook."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    OPEN = "open"

    @property
    def chinese(self) -> str:
        return _CHINESE[self]


_CHINESE = {Decision.CONFIRMED: "确认", Decision.DISMISSED: "排除", Decision.OPEN: "待定"}


@dataclass(frozen=True, slots=True)
class Review:
    """A decision about the finding with this fingerprint. `reason` and `reviewer` are empty when not said."""

    finding_id: str
    decision: Decision
    reason: str
    reviewer: str
    reviewed: date
