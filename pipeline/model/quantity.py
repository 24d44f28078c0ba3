"""A quantity: a number as a report prints it, with what it measures, how exactly, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pipeline.model.document import Reader
from pipeline.model.interval import Interval
from pipeline.model.text import Span


class Kind(StrEnum):
    """What a quantity measures. Percentage points (百分点) are `other`: a difference of shares is no share."""

    MONEY = "money"
    PERCENT = "percent"
    SCORE = "score"
    COUNT = "count"
    AREA = "area"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One printed figure.

    `value` is in the base unit of its kind: money in yuan, percent as printed (97.62 for 97.62%), else in `unit`.
    `unit` is the printed or declared unit (万元, %, 分, 人, …), `places` the decimals printed, `quantum` the worth of
    one unit of the last printed place in the base unit (0.01万元 is 100 yuan). `interval` is what the figure stands
    for.
    `label` says what it is, from its clause or its row and column headers. `remark` names what is odd about how it is
    written (misplaced-thousands), None for nothing.
    """

    quantity_id: str
    kind: Kind
    printed: str
    value: Decimal
    unit: str
    places: int
    quantum: Decimal
    interval: Interval
    label: str
    spans: tuple[Span, ...]
    period: str | None = None
    section_id: str | None = None
    table_id: str | None = None
    row: int | None = None
    col: int | None = None
    reader: Reader = Reader.TEXT
    confidence: float = 1.0
    approximate: str | None = None
    remark: str | None = None

    def __hash__(self) -> int:
        # Equal figures have equal ids; hashing bounds and places as well would take longer than any look-up saves.
        return hash(self.quantity_id)

    @property
    def page(self) -> int:
        return self.spans[0].page
