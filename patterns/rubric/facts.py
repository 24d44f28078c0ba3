"""What a compiled rubric needs to know of a report before it gives a score."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import regex

from patterns.rubric.expressions import Variable, factors, product, variables
from patterns.rubric.limits import Span
from patterns.rubric.model import (
    Accrual,
    AllOrNothing,
    Bands,
    Checklist,
    Choice,
    Either,
    Item,
    Part,
    Proportional,
    RateDefinition,
    Rubric,
    walk,
)
from patterns.rubric.modifiers import Comparison, Deduction, KnockOut, Threshold


def under(heading: str, condition: str) -> str:
    """The name of a case below a point's heading; the same words may stand below several."""
    return f"{heading}：{condition}" if heading and condition else condition


class FactKind(StrEnum):
    """How a fact is given: a rate in percent (97.52), a count, an amount in any one unit, or 1 for yes and 0 for no."""

    RATE = "rate"
    COUNT = "count"
    AMOUNT = "amount"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact by its printed name. `definition` where the rubric defines it; `part_of` names the rate it is A or B of.

    A rate is known when it is given or when its A and B are. `unit` is the unit of the bounds it is held against.
    """

    name: str
    kind: FactKind
    definition: RateDefinition | None
    part_of: str
    unit: str
    span: Span


_RATE = regex.compile(r"(?:率|比例|比重|占比|比值|百分比|进度|程度|满意度|知晓度|认可度|偏差度|偏离度)(?:\([^()]*\))?$")
_COUNT = regex.compile(
    r"(?:人数|个数|件数|项数|次数|户数|宗数|数量|项目数|任务数|天数|编制数|工作数|指标数|总数|家数|人员数?|个数量)(?:\([^()]*\))?$"
)


def kind_of(name: str) -> FactKind:
    """What a quantity is, from its name."""
    bare = regex.sub(r"\([^()]*\)$", "", name)
    if _RATE.search(bare):
        return FactKind.RATE
    return FactKind.COUNT if _COUNT.search(bare) else FactKind.AMOUNT


def facts(rubric: Rubric) -> tuple[Fact, ...]:
    """Every fact the rubric's score depends on, in reading order, each name once."""
    collector = _Collector(rubric)
    collector.add_parts(rubric.parts)
    return tuple(collector.found.values())


class _Collector:
    def __init__(self, rubric: Rubric) -> None:
        self._definitions = {definition.name: definition for definition in rubric.definitions}
        self._paired = paired_definitions(rubric)
        self.found: dict[str, Fact] = {}

    def add_parts(self, parts: tuple[Part, ...], heading: str = "") -> None:
        for part in parts:
            if isinstance(part, Bands):
                self._add_banded(part)
            elif isinstance(part, Proportional):
                self._add_proportional(part)
            elif isinstance(part, Checklist):
                for item in part.items:
                    self._add_item(item)
            elif isinstance(part, Choice):
                for option in part.options:
                    self._add_yes_no(under(heading, option.condition), option.span)
            elif isinstance(part, AllOrNothing):
                self._add_yes_no(under(heading, part.condition), part.span)
            elif isinstance(part, Either):
                self.add_parts(part.parts, heading)
            elif isinstance(part, Deduction | Accrual):
                self._add_counted(part)
            elif isinstance(part, KnockOut):
                self._add_knock_out(part)

    def _add(self, fact: Fact) -> None:
        self.found.setdefault(fact.name, fact)

    def _add_yes_no(self, condition: str, span: Span) -> None:
        if condition:
            self._add(Fact(condition, FactKind.YES_NO, None, "", "", span))

    def _add_item(self, item: Item) -> None:
        if not any(isinstance(part, Bands | Proportional | Checklist | Choice | Either) for part in item.parts):
            self._add_yes_no(item.condition, item.span)
        self.add_parts(item.parts, item.condition)

    def _add_quantity(self, name: str, unit: str, span: Span, part_of: str = "") -> None:
        """The quantity, and A and B of its definition."""
        if name in self.found:
            return
        definition = self._definitions.get(name)
        kind = kind_of(name)
        if unit == "%" or definition is not None:
            kind = FactKind.RATE
        elif unit and unit not in ("元", "万元", "亿元"):
            kind = FactKind.COUNT
        self._add(Fact(name, kind, definition, part_of, unit, span))
        if definition is not None:
            for operand in variables(definition.expression):
                self._add_quantity(operand, "", definition.span, name)

    def _add_banded(self, bands: Bands) -> None:
        definition = self._paired.get(bands.span) or sole_definition(bands.variable, self._definitions)
        name = definition.name if definition is not None else bands.variable
        self._add_quantity(name, bands.unit, bands.span)

    def _add_proportional(self, part: Proportional) -> None:
        ratio = part.ratio
        if part.scored and ratio is not None and not isinstance(ratio, Variable):
            above, below = factors(ratio)
            definition = RateDefinition(
                part.scored,
                product(above, []).readable() if below else "",
                product(below, []).readable() if below else "",
                ratio,
                part.span,
            )
            self._add(Fact(part.scored, FactKind.RATE, definition, "", "%", part.span))
        for name in variables(part.points):
            self._add_quantity(name, "", part.span, part.scored if part.scored in self.found else "")

    def _add_counted(self, part: Deduction | Accrual) -> None:
        if not part.condition:
            return
        kind = FactKind.RATE if part.unit == "%" else FactKind.COUNT if part.unit else FactKind.YES_NO
        self._add(Fact(part.condition, kind, None, "", part.unit, part.span))

    def _add_knock_out(self, part: KnockOut) -> None:
        if isinstance(part.test, Comparison):
            self._add_quantity(part.test.larger, "", part.span)
            self._add_quantity(part.test.smaller, "", part.span)
        elif isinstance(part.test, Threshold):
            self._add_quantity(part.test.variable, part.test.unit, part.span)
        else:
            self._add_yes_no(part.condition, part.span)


_GENERIC = frozenset(("", "比率", "比例", "指标值", "该指标", "该比率", "该比例", "完成率", "实际完成率", "率"))


def sole_definition(variable: str, definitions: dict[str, RateDefinition]) -> RateDefinition | None:
    """The definition of a banded variable: by its name, or the only one where the bands say just 比率."""
    if variable in definitions:
        return definitions[variable]
    if variable in _GENERIC and len(definitions) == 1:
        return next(iter(definitions.values()))
    longer = [definition for name, definition in definitions.items() if variable and name.endswith(variable)]
    return longer[0] if len(longer) == 1 else None


def paired_definitions(rubric: Rubric) -> dict[Span, RateDefinition]:
    """The definition of each group of bands, where several rates are defined and banded in turns.

    "1.接待费控制率=…：控制率≤90%的，得2分；2.会议费控制率=…：控制率≤90%的，得2分": each 控制率 is the one defined right
    before it. Nothing where two groups would share a definition, or two definitions stand together.
    """
    groups = [part for part in walk(rubric.parts) if isinstance(part, Bands) and part.variable]
    found: dict[Span, RateDefinition] = {}
    for bands in groups:
        before = [d for d in rubric.definitions if d.span[0] <= bands.span[0] and d.name.endswith(bands.variable)]
        if before:
            found[bands.span] = max(before, key=lambda definition: definition.span)
    names = [definition.name for definition in found.values()]
    if len(names) < 2 or len(set(names)) < len(names) or len(names) < len(rubric.definitions):
        return {}
    return found
