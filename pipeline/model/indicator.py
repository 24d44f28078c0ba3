"""Indicators (指标): the scored tree of a performance report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.quantity import Quantity
from pipeline.model.text import Span


class Origin(StrEnum):
    """Where an indicator was read."""

    TABLE = "table"
    PROSE = "prose"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One node of the indicator tree (一级 / 二级 / 三级指标; level 0 is the total).

    `full_mark` is its 分值 (also 权重, 满分, 参考分值), `score` its 得分, `rate` its 得分率 in percent, each as the
    quantity printed, None where the report prints none. `rubric` is the text of its 评分标准 as printed.
    """

    indicator_id: str
    parent_id: str | None
    level: int
    name: str
    canonical_name: str
    full_mark: Quantity | None
    score: Quantity | None
    rate: Quantity | None
    rubric: str | None
    origin: Origin
    spans: tuple[Span, ...]
    table_id: str | None = None

    @property
    def page(self) -> int:
        return self.spans[0].page
