"""Questions a compiled rubric answers: which scores it can give at all, and which score given facts make.

Both are conservative: whatever the text does not settle, or was not understood, leaves every score open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from patterns.rubric.award_sets import award_at, bands_at, bands_unknown, deducted, earned
from patterns.rubric.combining import most_of
from patterns.rubric.expressions import Extent, Total, Variable, evaluate
from patterns.rubric.facts import FactKind, kind_of, paired_definitions, sole_definition, under
from patterns.rubric.model import (
    SCORING,
    Accrual,
    AllOrNothing,
    Bands,
    Checklist,
    Choice,
    Either,
    Grades,
    Item,
    NotUnderstood,
    Part,
    Proportional,
    RateDefinition,
    Rubric,
    walk,
)
from patterns.rubric.modifiers import Comparison, Deduction, Discretion, KnockOut, Scope, Threshold, Waiver
from patterns.rubric.score_set import ZERO, ScoreSet

Attainable = ScoreSet

# Stands for the full mark where none is known: more than any rubric gives, so that nothing is ruled out.
_ANY_MARK = Fraction(10**6)


def attainable(rubric: Rubric, *, partial: bool = True) -> Attainable:
    """Every score the rubric can give. With `partial` false, a plain point of a checklist is given whole or not at all.

    Everything from 0 to the full mark is attainable where something was not understood, or where the best the parts
    can give is not the full mark, which shows that something was read wrongly or is not printed.
    """
    return _Evaluation(rubric, {}, partial=partial).total()


def score(rubric: Rubric, facts: Mapping[str, Extent]) -> ScoreSet | None:
    """The scores that `facts` leave possible; None when none of them bears on the rubric, or it is not understood.

    A fact is the closed range of values it stands for, as (lower, upper): a rate in percent, a count, an amount, or 1
    for yes and 0 for no. Names are those of `facts.facts`.
    """
    evaluation = _Evaluation(rubric, facts, partial=True)
    result = evaluation.total()
    if not evaluation.has_used_facts or evaluation.is_doubtful:
        return None
    return result


class _Evaluation:
    """One rubric against one set of facts."""

    def __init__(self, rubric: Rubric, facts: Mapping[str, Extent], *, partial: bool) -> None:
        self._rubric = rubric
        self._facts = facts
        self._partial = partial
        self._definitions = {definition.name: definition for definition in rubric.definitions}
        self._paired = paired_definitions(rubric)
        self._full = Fraction(rubric.full_mark) if rubric.full_mark is not None else None
        self._open: set[str] = set()
        self._rubric_knocked_out = False
        self._rubric_perhaps_knocked_out = False
        self.has_used_facts = False
        self.is_doubtful = False

    def total(self) -> ScoreSet:
        parts = self._rubric.parts
        everything = ScoreSet.range(0, self._full if self._full is not None else _ANY_MARK)
        if not parts or any(isinstance(part, NotUnderstood) for part in walk(parts)):
            self.is_doubtful = True
            return everything
        if self._full is not None and self._best(parts) != self._full:
            self.is_doubtful = True
            return everything
        result = self._scope(parts, self._full, is_outermost=True)
        if self._rubric_knocked_out:
            return ZERO
        return result.union(ZERO) if self._rubric_perhaps_knocked_out else result

    def _best(self, parts: Sequence[Part]) -> Fraction | None:
        """The most the parts can give together; the full mark where they only take away."""
        worth = [most_of(part) for part in parts if isinstance(part, SCORING)]
        if not worth:
            return self._full
        return Fraction(sum((marks for marks in worth if marks is not None), Decimal(0)))

    # --- scopes ---------------------------------------------------------------------------------------------------

    def _scope(
        self, parts: Sequence[Part], marks: Fraction | None, heading: str = "", *, is_outermost: bool = False
    ) -> ScoreSet:
        """The scores of parts that belong together, over `marks`."""
        deductions = [part for part in parts if isinstance(part, Deduction)]
        result = self._sum(parts, marks, heading, is_deducted=bool(deductions))
        for deduction in deductions:
            lost = deducted(deduction, self._counted(deduction), result.upper)
            result = result.minus(lost).clamped(Fraction(0), marks)
        if any(isinstance(part, Discretion) for part in parts):
            result = ScoreSet.range(0, result.upper)
        for part in parts:
            if isinstance(part, KnockOut):
                result = self._knock_out(part, result, is_outermost=is_outermost)
            elif isinstance(part, Waiver):
                result = self._waive(part, result, marks)
        return result.clamped(Fraction(0), marks)

    def _sum(self, parts: Sequence[Part], marks: Fraction | None, heading: str, *, is_deducted: bool) -> ScoreSet:
        scoring = [part for part in parts if isinstance(part, SCORING)]
        if not scoring:
            full = marks if marks is not None else _ANY_MARK
            return ScoreSet.points(full) if is_deducted else ScoreSet.range(0, full)
        result = ZERO
        for part in scoring:
            result = result.plus(self._part(part, marks, heading, is_deducted=is_deducted))
        return result

    def _knock_out(self, part: KnockOut, result: ScoreSet, *, is_outermost: bool) -> ScoreSet:
        applies = self._applies(part)
        if applies is False:
            return result
        if applies is None:
            self._rubric_perhaps_knocked_out |= part.scope is not Scope.ITEM
            return result.union(ZERO)
        if part.scope is Scope.RUBRIC:
            self._rubric_knocked_out = True
        self._rubric_perhaps_knocked_out |= part.scope is Scope.EITHER and not is_outermost
        return ZERO

    def _waive(self, part: Waiver, result: ScoreSet, marks: Fraction | None) -> ScoreSet:
        """Where the report gives figures for the rubric, it is not waived."""
        applies = self._yes_no(part.condition)
        if applies is False or marks is None or (applies is None and self.has_used_facts):
            return result
        return ScoreSet.points(marks) if applies else result.union(ScoreSet.points(marks))

    # --- parts ----------------------------------------------------------------------------------------------------

    def _part(self, part: Part, marks: Fraction | None, heading: str, *, is_deducted: bool) -> ScoreSet:
        if isinstance(part, Bands):
            return self._bands(part, marks)
        if isinstance(part, Proportional):
            return self._proportional(part)
        if isinstance(part, Accrual):
            return earned(part, self._counted(part))
        if isinstance(part, Checklist):
            return self._checklist(part, is_deducted=is_deducted)
        if isinstance(part, Choice):
            return self._choice(part, heading)
        if isinstance(part, AllOrNothing):
            return self._all_or_nothing(part, heading)
        if isinstance(part, Grades):
            return ScoreSet.of((Fraction(g.points.lower), Fraction(g.points.upper)) for g in part.grades)
        if isinstance(part, Either):
            return self._either(part, marks, heading)
        raise TypeError(f"not a scoring part: {part}")

    def _checklist(self, checklist: Checklist, *, is_deducted: bool) -> ScoreSet:
        if is_deducted and len(checklist.items) == 1 and not checklist.items[0].parts:
            # "全部完成得8分；一项没有完成扣4分": what is not fulfilled is taken off by the deduction.
            return ScoreSet.points(Fraction(checklist.marks))
        result = ZERO
        for item in checklist.items:
            result = result.plus(self._item(item, is_deducted=is_deducted))
        return result

    def _item(self, item: Item, *, is_deducted: bool) -> ScoreSet:
        marks = Fraction(item.marks)
        fulfilled = self._yes_no(item.condition)
        if fulfilled:
            return ScoreSet.points(marks)
        if any(isinstance(part, SCORING) for part in item.parts):
            return self._checked_scope(item, marks)
        if any(isinstance(part, Deduction) for part in item.parts):
            return self._scope(item.parts, marks, item.condition)
        if item.parts:
            return self._scope((_plain(item), *item.parts), marks, item.condition)
        whole_or_nothing = is_deducted or item.is_whole or not self._partial
        return ScoreSet.points(0, marks) if whole_or_nothing else ScoreSet.range(0, marks)

    def _checked_scope(self, item: Item, marks: Fraction) -> ScoreSet:
        """A point whose parts cannot give its marks was read wrongly: any part of its marks is possible."""
        if self._best(item.parts) != marks:
            return ScoreSet.range(0, marks)
        return self._scope(item.parts, marks, item.condition)

    def _bands(self, bands: Bands, marks: Fraction | None) -> ScoreSet:
        value = self._banded_value(bands)
        if value is None:
            return bands_unknown(bands, marks)
        return bands_at(bands, value, marks, lambda band: award_at(band, value, bands, self._look_up, self._full))

    def _banded_value(self, bands: Bands) -> Extent | None:
        return self._valued(bands.variable, bands.unit, self._paired.get(bands.span))

    def _valued(self, variable: str, unit: str, paired: RateDefinition | None = None) -> Extent | None:
        """The value of a variable in the unit of its bounds, from the facts or by its definition."""
        given = self._given(variable)
        if given is not None:
            return given
        definition = paired or sole_definition(variable, self._definitions)
        if definition is None:
            return None
        given = self._given(definition.name)
        if given is not None:
            return given
        ratio = self._look_up(Variable(definition.name))
        factor = 100 if unit == "%" else 1
        return None if ratio is None else (ratio[0] * factor, ratio[1] * factor)

    def _proportional(self, part: Proportional) -> ScoreSet:
        floor, cap = Fraction(part.floor), Fraction(part.cap)
        points = self._points(part)
        if points is None:
            return ScoreSet.range(floor, cap)
        return ScoreSet.range(*points).clamped(floor, cap)

    def _points(self, part: Proportional) -> Extent | None:
        ratio = self._given(part.scored) if part.ratio is not None and part.weight is not None else None
        if ratio is not None and part.weight is not None:
            weight = Fraction(part.weight)
            return ratio[0] / 100 * weight, ratio[1] / 100 * weight
        return evaluate(part.points, self._look_up, self._full)

    def _choice(self, choice: Choice, heading: str) -> ScoreSet:
        answers = {option: self._yes_no(under(heading, option.condition)) for option in choice.options}
        chosen = [option for option, answer in answers.items() if answer]
        left = chosen or [option for option, answer in answers.items() if answer is None]
        ranges = [(Fraction(option.points.lower), Fraction(option.points.upper)) for option in left]
        if not chosen and (not choice.is_complete or not ranges):
            ranges.append((Fraction(0), Fraction(0)))
        return ScoreSet.of(ranges)

    def _all_or_nothing(self, part: AllOrNothing, heading: str) -> ScoreSet:
        fulfilled = self._yes_no(under(heading, part.condition))
        if fulfilled is None:
            return ScoreSet.points(0, Fraction(part.marks))
        return ScoreSet.points(Fraction(part.marks) if fulfilled else 0)

    def _either(self, either: Either, marks: Fraction | None, heading: str) -> ScoreSet:
        """A case that figures settle comes before the cases told in words: they must agree with it."""
        used_before = self.has_used_facts
        united: ScoreSet | None = None
        for branch in either.parts:
            self.has_used_facts = False
            scores = self._part(branch, marks, heading, is_deducted=False)
            if self.has_used_facts and self._decides(branch):
                return scores
            united = scores if united is None else united.union(scores)
        self.has_used_facts = used_before
        return united if united is not None else ZERO

    def _decides(self, branch: Part) -> bool:
        """Whether a branch that facts bear on is the one that applies: bands only for values they cover."""
        if not isinstance(branch, Bands):
            return True
        value = self._banded_value(branch)
        return value is not None and any(band.limits.holds_all(*value) for band in branch.bands)

    # --- facts ----------------------------------------------------------------------------------------------------

    def _given(self, name: str) -> Extent | None:
        if not name or name not in self._facts:
            return None
        self.has_used_facts = True
        return self._facts[name]

    def _yes_no(self, condition: str) -> bool | None:
        given = self._given(condition)
        if given is None or given[0] != given[1]:
            return None
        return given[0] != 0

    def _counted(self, part: Deduction | Accrual) -> Extent | None:
        return self._given(part.condition)

    def _look_up(self, quantity: Variable | Total) -> Extent | None:
        """The value of a quantity in a formula: rates as ratios, from the facts or by their definitions."""
        if isinstance(quantity, Total):
            return self._given(quantity.name) or self._quarters(quantity.name)
        given = self._given(quantity.name)
        definition = self._definitions.get(quantity.name)
        if given is not None:
            is_rate = definition is not None or kind_of(quantity.name) is FactKind.RATE
            return (given[0] / 100, given[1] / 100) if is_rate else given
        if definition is None or quantity.name in self._open:
            return None
        return self._evaluate_definition(definition)

    def _evaluate_definition(self, definition: RateDefinition) -> Extent | None:
        self._open.add(definition.name)
        value = evaluate(definition.expression, self._look_up, self._full)
        self._open.discard(definition.name)
        return value

    def _quarters(self, name: str) -> Extent | None:
        """∑ over the quarters, where the rubric scores each of the four."""
        if "季度" not in name:
            return None
        scored = [part for part in walk(self._rubric.parts) if isinstance(part, Proportional) and "季度" in part.scored]
        if len(scored) != 4:
            return None
        lower = upper = Fraction(0)
        for part in scored:
            points = self._points(part)
            if points is None or not part.weight:
                return None
            lower += points[0] / Fraction(part.weight)
            upper += points[1] / Fraction(part.weight)
        return lower, upper

    def _applies(self, part: KnockOut) -> bool | None:
        answer = self._yes_no(part.condition)
        if answer is not None:
            return answer
        if isinstance(part.test, Threshold):
            value = self._valued(part.test.variable, part.test.unit)
            if value is None:
                return None
            if part.test.limits.holds_all(*value):
                return True
            return None if part.test.limits.meets(*value) else False
        if isinstance(part.test, Comparison):
            return self._compare(part.test)
        return None

    def _compare(self, test: Comparison) -> bool | None:
        """Whether the larger exceeds the smaller, from both amounts or from a rate that is their quotient."""
        larger, smaller = self._given(test.larger), self._given(test.smaller)
        if larger is not None and smaller is not None:
            return _exceeds(larger, smaller)
        one = (Fraction(1), Fraction(1))
        for definition in self._rubric.definitions:
            ratio = self._look_up(Variable(definition.name))
            if ratio is None:
                continue
            if _names_same(definition.numerator, test.larger) and _names_same(definition.denominator, test.smaller):
                return _exceeds(ratio, one)
            if _names_same(definition.numerator, test.smaller) and _names_same(definition.denominator, test.larger):
                return _exceeds(one, ratio)
        return None


def _plain(item: Item) -> Checklist:
    """A point's own marks, apart from what modifies them."""
    return Checklist((Item("", item.condition, item.marks, (), item.span),), item.span)


def _exceeds(first: Extent, second: Extent) -> bool | None:
    if first[0] > second[1]:
        return True
    return False if first[1] <= second[0] else None


_SUFFIXES = ("合计数", "总金额", "总额", "总数", "合计", "数额", "数", "额")


def _names_same(first: str, second: str) -> bool:
    """Whether two printed names mean one amount: 实际采购金额合计数 and 实际采购金额."""
    return bool(first and second) and _core(first) == _core(second)


def _core(name: str) -> str:
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) > len(suffix) + 1:
            return _core(name.removesuffix(suffix))
    return name
