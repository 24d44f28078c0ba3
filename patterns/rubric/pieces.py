"""What single clauses of a rubric say, before it is known how they combine and what the full mark of their scope is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from patterns.rubric.conditions import Condition
from patterns.rubric.expressions import Expression
from patterns.rubric.limits import Limits, Span
from patterns.rubric.model import Part, Points, RateDefinition


@dataclass(frozen=True, slots=True)
class LooseMarks:
    """Marks as printed, in 分 or (`is_share`) in percent of the scope's full mark."""

    lower: Decimal
    upper: Decimal
    is_share: bool = False

    def resolve(self, full: Decimal | None) -> Points | None:
        """The marks in 分, or None for a share of an unknown full mark."""
        if not self.is_share:
            return Points(self.lower, self.upper)
        if full is None:
            return None
        return Points(full * self.lower / 100, full * self.upper / 100)


@dataclass(frozen=True, slots=True)
class Heading:
    """The full mark of the scope, printed with its heading: 预算公开（2分）."""

    marks: Decimal
    words: str
    span: Span


@dataclass(frozen=True, slots=True)
class LooseOption:
    """A case told in words. `is_rest` for 否则 and 其他情况."""

    condition: str
    marks: LooseMarks
    is_bracketed: bool
    is_rest: bool
    span: Span


@dataclass(frozen=True, slots=True)
class InProportion:
    """Marks in proportion (按比例得分, or `expression`), for cases within the limits it is tied to, or for all."""

    expression: Expression | None
    is_rest: bool
    condition: str
    span: Span


@dataclass(frozen=True, slots=True)
class LooseBand:
    """A case told in limits of one figure."""

    condition: Condition
    award: LooseMarks | InProportion
    words: str
    is_bracketed: bool
    span: Span


class Direction(Enum):
    """To which side of a bound marks fall."""

    BELOW = auto()
    ABOVE = auto()
    EITHER = auto()


@dataclass(frozen=True, slots=True)
class LooseSlide:
    """Marks that fall with every `step` of percent (or `unit`) from a bound that may be printed elsewhere."""

    variable: str
    limits: Limits | None
    direction: Direction
    loss: LooseMarks
    step: Decimal
    unit: str
    condition: str
    span: Span


@dataclass(frozen=True, slots=True)
class LooseDeduction:
    """A deduction in words, by piece or once."""

    condition: str
    points: LooseMarks
    step: Decimal
    unit: str
    limit: Decimal | None
    span: Span


@dataclass(frozen=True, slots=True)
class LooseFormula:
    """得分=…, with the name of what is scored and the case it holds for."""

    expression: Expression
    scored: str
    condition: str
    cap: Decimal | None
    span: Span


@dataclass(frozen=True, slots=True)
class Standard:
    """以100%为标准: the bound from which later deductions count."""

    value: Decimal
    unit: str
    span: Span


Piece = (
    Heading
    | LooseOption
    | LooseBand
    | InProportion
    | LooseSlide
    | LooseDeduction
    | LooseFormula
    | Standard
    | RateDefinition
    | Part
)
