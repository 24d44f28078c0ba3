"""Parts of a rubric that change what its scoring parts give: deductions, knock-outs, discretion, waivers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from patterns.rubric.limits import Limits, Span, plain


@dataclass(frozen=True, slots=True)
class Deduction:
    """`points` off for every `step` `unit` of what `condition` says, up to `limit` in all (None: until all is lost).

    `unit` is "" for a single deduction that is made or not made, "%" for percentage points, else what is counted.
    """

    condition: str
    points: Decimal
    step: Decimal
    unit: str
    limit: Decimal | None
    span: Span

    def readable(self) -> str:
        off = f"扣{plain(self.points)}分"
        each = "" if not self.unit else f"每{plain(self.step)}{'个百分点' if self.unit == '%' else self.unit}"
        end = "，扣完为止" if self.limit is None else f"，最多扣{plain(self.limit)}分"
        return f"{self.condition}：{each}{off}{end}"


class Scope(StrEnum):
    """What a knock-out takes away: its item, the whole indicator, or one of the two (本项 inside an item)."""

    ITEM = "item"
    RUBRIC = "rubric"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Comparison:
    """ "`smaller`小于`larger`" in words: 实际采购金额大于采购计划金额."""

    larger: str
    smaller: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """A named value within limits."""

    variable: str
    limits: Limits
    unit: str


@dataclass(frozen=True, slots=True)
class KnockOut:
    """如…，本项得0分. `test` where the condition compares two named amounts, or bounds a named value."""

    condition: str
    scope: Scope
    test: Comparison | Threshold | None
    span: Span

    def readable(self) -> str:
        what = {Scope.ITEM: "本项", Scope.RUBRIC: "本指标", Scope.EITHER: "本项（或本指标）"}[self.scope]
        return f"若{self.condition}，{what}得0分"


@dataclass(frozen=True, slots=True)
class Discretion:
    """Marks left to the scorer (酌情扣分, 根据实际情况评分): anything from 0 to the marks of the scope."""

    condition: str
    span: Span

    def readable(self) -> str:
        return f"{self.condition}酌情评分"


@dataclass(frozen=True, slots=True)
class Waiver:
    """Cases that need not be scored and get the full mark (不涉及的直接得分)."""

    condition: str
    span: Span

    def readable(self) -> str:
        return f"{self.condition}：得满分"
