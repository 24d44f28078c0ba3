"""A compiled rubric (评分标准): the parts a scoring text was understood to have, each with its place in the text.

Percent values are kept as printed (90 for 90%), marks in 分. A part is *scoring* when it gives marks (Bands,
Proportional, Checklist, Choice, AllOrNothing, Grades, Accrual, Either) and *modifying* when it changes what the scoring
parts of its scope give (Deduction, KnockOut, Discretion, Waiver). Remark and NotUnderstood complete the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from patterns.rubric.expressions import Expression
from patterns.rubric.limits import End, Limits, Span, opposite, plain
from patterns.rubric.modifiers import Deduction, Discretion, KnockOut, Waiver


@dataclass(frozen=True, slots=True)
class Points:
    """Marks given: one number, or any from `lower` to `upper` ("得3-5分")."""

    lower: Decimal
    upper: Decimal

    @classmethod
    def exact(cls, value: Decimal) -> Points:
        return cls(value, value)

    def readable(self) -> str:
        return f"{plain(self.lower)}分" if self.lower == self.upper else f"{plain(self.lower)}-{plain(self.upper)}分"


@dataclass(frozen=True, slots=True)
class Slide:
    """Marks that fall from `full` at `start` by `loss` for every `step` of distance from it, to 0 at the least.

    Whether a begun step counts in whole, in part or not at all is not said by rubrics; all three are allowed.
    """

    full: Decimal
    start: Decimal
    loss: Decimal
    step: Decimal

    def readable(self, unit: str) -> str:
        each = f"{plain(self.step)}个百分点" if unit == "%" else f"{plain(self.step)}{unit}"
        return f"自{plain(self.full)}分起，距{plain(self.start)}{unit}每差{each}扣{plain(self.loss)}分"


@dataclass(frozen=True, slots=True)
class Share:
    """Marks in proportion to the variable (按比例得分), at most `full`; `expression` in 分 where one is printed."""

    full: Decimal
    expression: Expression | None = None

    def readable(self) -> str:
        formula = "按比例" if self.expression is None else f"按{self.expression.readable()}"
        return f"{formula}得分，最高{plain(self.full)}分"


Award = Points | Slide | Share


@dataclass(frozen=True, slots=True)
class Band:
    """What a variable within `limits` gives."""

    limits: Limits
    award: Award
    span: Span


@dataclass(frozen=True, slots=True)
class Bands:
    """Bands of one variable, from the highest values down. `variable` is its printed name, "" where none is printed."""

    variable: str
    unit: str
    bands: tuple[Band, ...]
    span: Span

    def gaps(self) -> tuple[Limits, ...]:
        """Values between the lowest and the highest band that no band covers, from below."""
        ascending = sorted((band.limits for band in self.bands), key=lambda limits: limits.place)
        found = []
        for below, above in pairwise(ascending):
            if below.upper is None or above.lower is None or below.upper > above.lower:
                continue
            if self._is_counted and above.lower - below.upper <= 1:
                continue
            if below.upper < above.lower or (below.upper_end is End.OPEN and above.lower_end is End.OPEN):
                found.append(Limits(below.upper, above.lower, opposite(below.upper_end), opposite(above.lower_end)))
        return tuple(found)

    def overlaps(self) -> tuple[Limits, ...]:
        """Values that two bands claim, from below. A bound whose owner is not said is no overlap."""
        ascending = sorted((band.limits for band in self.bands), key=lambda limits: limits.place)
        found = []
        for below, above in pairwise(ascending):
            common = below.intersect(above)
            if common is None or (common.is_point and End.CLOSED not in (below.upper_end, above.lower_end)):
                continue
            if common.is_point and (below.upper_end is not End.CLOSED or above.lower_end is not End.CLOSED):
                continue
            found.append(common)
        return tuple(found)

    @property
    def _is_counted(self) -> bool:
        """Whether the variable takes whole numbers only: 5-9次 and ≥10次 leave nothing out."""
        return self.unit not in ("", "%", "‰", "元", "万元", "亿元") and all(
            end is None or end == end.to_integral_value()
            for band in self.bands
            for end in (band.limits.lower, band.limits.upper)
        )

    def readable(self) -> str:
        name = self.variable or "指标值"
        rows = []
        for band in self.bands:
            award = band.award
            gives = award.readable(self.unit) if isinstance(award, Slide) else award.readable()
            rows.append(
                f"{band.limits.readable(name, self.unit)}：{'' if isinstance(award, Slide | Share) else '得'}{gives}"
            )
        return "；".join(rows)


@dataclass(frozen=True, slots=True)
class Proportional:
    """Marks by formula: `points` in 分, never above `cap` nor below `floor`.

    Where the formula is a ratio times a weight, `ratio` and `weight` are those; `scored` names the ratio where the text
    does ("一季度预算执行率得分=…" scores 一季度预算执行率), so that a report may give the ratio itself.
    """

    points: Expression
    ratio: Expression | None
    weight: Decimal | None
    scored: str
    cap: Decimal
    floor: Decimal
    span: Span
    condition: str = ""

    def readable(self) -> str:
        when = f"{self.condition}：" if self.condition else ""
        return f"{when}{self.scored}得分={self.points.readable()}，最高{plain(self.cap)}分"


@dataclass(frozen=True, slots=True)
class Accrual:
    """Marks earned piece by piece: `points` for every `step` `unit` of `condition`, up to `cap`."""

    condition: str
    points: Decimal
    step: Decimal
    unit: str
    cap: Decimal
    span: Span

    def readable(self) -> str:
        return f"{self.condition}：每{plain(self.step)}{self.unit}得{plain(self.points)}分，最高{plain(self.cap)}分"


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a checklist. `parts` say how its marks come about; without any it is fulfilled or not, or partly.

    `is_whole` where the text rules out a part of its marks (否则不得分).
    """

    number: str
    condition: str
    marks: Decimal
    parts: tuple[Part, ...]
    span: Span
    is_whole: bool = False

    def readable(self) -> str:
        told = "；".join(part.readable() for part in self.parts if not isinstance(part, Remark))
        if told and not self.number and not self.condition:
            return told
        head = f"{self.number}{self.condition}（{plain(self.marks)}分{'，否则不得分' if self.is_whole else ''}）"
        return f"{head}：{told}" if told else head


@dataclass(frozen=True, slots=True)
class Checklist:
    """Points whose marks add up."""

    items: tuple[Item, ...]
    span: Span

    @property
    def marks(self) -> Decimal:
        return sum((item.marks for item in self.items), Decimal(0))

    def readable(self) -> str:
        return f"各项相加，共{plain(self.marks)}分：" + "；".join(item.readable() for item in self.items)


@dataclass(frozen=True, slots=True)
class Option:
    """One of several cases of which exactly one applies."""

    condition: str
    points: Points
    span: Span


@dataclass(frozen=True, slots=True)
class Choice:
    """Cases told apart in words, each with its marks (分档计分). `is_complete` when one case takes all the rest."""

    options: tuple[Option, ...]
    is_complete: bool
    span: Span

    def readable(self) -> str:
        return "按情形之一：" + "；".join(f"{option.condition}得{option.points.readable()}" for option in self.options)


@dataclass(frozen=True, slots=True)
class AllOrNothing:
    """符合得X分，否则不得分."""

    condition: str
    marks: Decimal
    span: Span

    def readable(self) -> str:
        return f"{self.condition}得{plain(self.marks)}分，否则不得分"


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade in words and the marks it may give."""

    name: str
    points: Points


@dataclass(frozen=True, slots=True)
class Grades:
    """Grades of quality (定性指标), each a range of marks within which the scorer chooses."""

    grades: tuple[Grade, ...]
    span: Span

    def readable(self) -> str:
        return "按等次：" + "；".join(f"{grade.name}得{grade.points.readable()}" for grade in self.grades)


@dataclass(frozen=True, slots=True)
class Either:
    """Scoring parts of which one applies, by the case: all done gives the full mark, else marks by formula."""

    parts: tuple[Part, ...]
    span: Span

    def readable(self) -> str:
        return "依情形取其一：" + "；或".join(part.readable() for part in self.parts)


@dataclass(frozen=True, slots=True)
class Remark:
    """Words that give no marks: explanations, sources, headings."""

    text: str
    span: Span

    def readable(self) -> str:
        return f"（说明：{self.text}）"


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Words that speak of marks and were not understood. Whatever holds them may give any score."""

    text: str
    span: Span

    def readable(self) -> str:
        return f"【未能理解：{self.text}】"


Part = (
    Bands
    | Proportional
    | Accrual
    | Checklist
    | Choice
    | AllOrNothing
    | Grades
    | Either
    | Deduction
    | KnockOut
    | Discretion
    | Waiver
    | Remark
    | NotUnderstood
)
SCORING = (Bands, Proportional, Accrual, Checklist, Choice, AllOrNothing, Grades, Either)


@dataclass(frozen=True, slots=True)
class RateDefinition:
    """X率=（A/B）×100%. `numerator` and `denominator` are A and B as printed, "" where the formula is no quotient."""

    name: str
    numerator: str
    denominator: str
    expression: Expression
    span: Span

    def readable(self) -> str:
        return f"{self.name}={self.expression.readable()}"


@dataclass(frozen=True, slots=True)
class Rubric:
    """What the text of one rubric cell was understood to say, over `full_mark` (None where it is not known)."""

    text: str
    full_mark: Decimal | None
    parts: tuple[Part, ...]
    definitions: tuple[RateDefinition, ...]

    @property
    def not_understood(self) -> tuple[NotUnderstood, ...]:
        """Every part that was not understood, at any depth, in reading order."""
        return tuple(part for part in walk(self.parts) if isinstance(part, NotUnderstood))

    @property
    def is_understood(self) -> bool:
        """Whether there is something to understand, and no word on marks was left out."""
        return bool(self.parts or self.definitions) and not self.not_understood

    def readable(self) -> str:
        """The rubric as understood, in Chinese, one line for each definition and part; remarks are left out."""
        lines = [definition.readable() for definition in self.definitions]
        lines += [part.readable() for part in self.parts if not isinstance(part, Remark)]
        return "\n".join(lines)


def walk(parts: tuple[Part, ...]) -> list[Part]:
    """All parts at any depth, in reading order, each before its own parts."""
    found: list[Part] = []
    for part in parts:
        found.append(part)
        if isinstance(part, Checklist):
            for item in part.items:
                found.extend(walk(item.parts))
        elif isinstance(part, Either):
            found.extend(walk(part.parts))
    return found
