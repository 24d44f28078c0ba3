"""RUB: scores of self-evaluation forms (自评表) against the formulas that the form prints for all its indicators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from patterns.form_formulas import Direction, FormNote, is_plain_measure
from pipeline.model.arithmetic import agrees
from pipeline.model.check import Calculation, Expression, Least, Product, Quotient, Ruled, Severity
from pipeline.model.indicator import Indicator
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.report import Report
from pipeline.rules.form_sheets import ExecutionRow, FormSheet, Measure, ScoredRow, as_target, find_forms
from pipeline.rules.quotients import HUNDRED_PERCENT, ONE

_NO_FORMULA = "自评表未载明计分公式"
# A value printed without its unit has that of the other only where both are of one size (95.8 beside 95%, not 0.958).
_ONE_SIZE = Fraction(2)


def rule_form_score(report: Report) -> Iterator[Calculation]:
    """Compares the score of an indicator in a self-evaluation form (自评表) with the formula the form prints.

    Forward indicators (正向, ≥) give full mark × actual ÷ target, reverse ones (反向, ≤) full mark × target ÷ actual,
    a reached target the full mark; qualitative ones a share of the full mark by their grade, where the actual value is
    the grade's very name.
    Precision: targets and full marks are exact, actual values and the score stand for their printed places; a whole
    number beside scores with decimals, or under a note that asks for them (得分保留两位小数), has dropped its zeros.
    Known false alarms: none known where all is told. Where no formula is printed, the direction is not told, units
    differ or the cell says more than its figure, agreement confirms and disagreement is left open; a value without
    its unit makes the finding a warning, and so does a direction told by nothing but the name (及时率). Where the note
    gives the full mark to those who reach the target and prints no formula for the others, a full mark for a target
    not reached is a warning. A coefficient beside the score (得分系数) is only ever confirmed.
    Of 年初指标值 and 调整指标值 the latter counts; a score that follows from the former is left open.
    Example: target ≥60%, actual 56.7%, full mark 22.5: 22.5 × 56.7% ÷ 60% = 21.26; a stated 21.60 contradicts it.
    """
    for form in find_forms(report):
        for row in form.rows:
            if not row.target.figures:
                yield from _graded(report, form, row)
            elif _is_full_without_reaching(form, row):
                yield _not_reached(report, row)
            elif row.actual.figures:
                scored = _proportional(report, form, row)
                yield scored
                yield from _coefficient(row, scored)


def rule_execution_score(report: Report) -> Iterator[Calculation]:
    """Compares the score for the execution of the budget in a self-evaluation form with full mark × execution rate.

    The formula stands in the header of the score (得分（10分×执行率）) or in a note; the full mark ends the score.
    Precision: the rate to its printed places, the full mark exact, the score as in RUB404.
    Known false alarms: none known. Where the form prints no such formula, agreement confirms and disagreement is left
    open, for many templates score the execution in bands; so it is where the rate is above 100% and no cap is printed.
    Example: full mark 10, 执行率 96.56%, 得分 9.66 holds; 9.86 does not.
    """
    for form in find_forms(report):
        for row in form.executions:
            yield _execution(report, form, row)


def _proportional(report: Report, form: FormSheet, row: ScoredRow) -> Calculation:
    note = form.note or FormNote()
    target, actual = row.target.figures[0], row.actual.figures[0]
    several = len(row.target.figures) > 1 or len(row.actual.figures) > 1
    aim = as_target(target)
    direction = row.direction or _fitting_direction(row, aim, actual)
    doubts = [] if several else [*_doubts_about_tie(form, row), *_doubts_about_formula(note, direction, aim, actual)]
    if _is_by_initial_target(row, direction):
        doubts.append("得分与年初指标值相符")
    return Calculation(
        code="RUB404",
        subject=f"“{row.indicator.name}”得分",
        stated=row.score,
        expression=_score_expression(row.full_mark, aim, actual, direction),
        severity=Severity.WARNING if row.named_only or _lacks_unit(aim) != _lacks_unit(actual) else Severity.ERROR,
        quote=_quote(report, row.indicator, row.target, row.actual, row.full_mark, row.score),
        reason="指标值或完成值含多个数字" if several else None,
        doubt="；".join(doubts) or None,
    )


def _is_by_initial_target(row: ScoredRow, direction: Direction) -> bool:
    """Whether the score follows from the target as first set, where another column holds the adjusted one."""
    if row.initial is None or len(row.initial.figures) != 1 or len(row.actual.figures) != 1:
        return False
    aim = as_target(row.initial.figures[0])
    return agrees(row.score, _score_expression(row.full_mark, aim, row.actual.figures[0], direction))


def _coefficient(row: ScoredRow, scored: Calculation) -> Iterator[Calculation]:
    """The coefficient (得分系数) printed beside a score, where it is the share achieved: 100 at most."""
    printed = row.indicator.rate
    if printed is None or scored.reason is not None or row.direction is None:
        return
    aim, actual = as_target(row.target.figures[0]), row.actual.figures[0]
    above, below = (actual, aim) if row.direction is Direction.FORWARD else (aim, actual)
    if below.interval.contains(Fraction(0)) or not _same_unit(aim, actual):
        return
    share = Product((Least((ONE, Quotient(above, below))), HUNDRED_PERCENT))
    if agrees(printed, share):
        yield replace(scored, subject=f"“{row.indicator.name}”得分系数", stated=printed, expression=share, doubt=None)


def _is_full_without_reaching(form: FormSheet, row: ScoredRow) -> bool:
    """Whether a row has the full mark although it plainly misses a target that only those who reach it have it for."""
    note, direction = form.note, row.direction
    if note is None or direction is None or not note.full_when_reached:
        return False
    formula = note.forward if direction is Direction.FORWARD else note.reverse
    if formula is not None or len(row.target.figures) != 1 or len(row.actual.figures) != 1:
        return False
    if row.score.value != row.full_mark.value or any(_doubts_about_tie(form, row)):
        return False
    target, actual = row.target.figures[0], row.actual.figures[0]
    if target.value <= 0 or actual.value <= 0 or _may_be_reached(target, actual, direction):
        return False
    # What any proportion would take off must show in the places that scores are printed with.
    lost = Fraction(row.full_mark.value) * (1 - _completion(target, actual, direction) / 100)
    return lost > _place_of(row.score)


def _not_reached(report: Report, row: ScoredRow) -> Calculation:
    target, actual = row.target.figures[0], row.actual.figures[0]
    return Calculation(
        code="RUB404",
        subject=f"“{row.indicator.name}”得分",
        stated=row.score,
        expression=Ruled(
            lower=Fraction(0),
            upper=Fraction(row.full_mark.value) - 2 * _place_of(row.score),
            point=None,
            printed=f"完成值{_flat(actual)}未达到指标值{_flat(target)}，不能得满分，",
            outcome=f"低于{_flat(row.full_mark)}分",
            operands=(actual, target, row.full_mark),
        ),
        severity=Severity.WARNING,
        quote=_quote(report, row.indicator, row.target, row.actual, row.full_mark, row.score),
    )


def _place_of(score: Quantity) -> Fraction:
    """How far a score reaches to either side."""
    lower, upper = score.interval.lower, score.interval.upper
    return Fraction(0) if lower is None or upper is None else (upper - lower) / 2


def _score_expression(full_mark: Quantity, target: Quantity, actual: Quantity, direction: Direction) -> Expression:
    """Full mark × the share achieved, capped where the target is or may be reached."""
    forward = direction is Direction.FORWARD
    above, below = (actual, target) if forward else (target, actual)
    if below.interval.contains(Fraction(0)) and _is_reached(target, actual, direction):
        value = Fraction(full_mark.value)
        return Ruled(
            lower=value,
            upper=value,
            point=value,
            printed=f"完成值{_flat(actual)}达到指标值{_flat(target)}得满分，",
            outcome=f"{_flat(full_mark)}",
            operands=(full_mark, actual, target),
        )
    share = Quotient(above, below)
    if not _may_be_reached(target, actual, direction):
        return Product((full_mark, share))
    return Product((full_mark, Least((ONE, share))))


def _fitting_direction(row: ScoredRow, target: Quantity, actual: Quantity) -> Direction:
    """The direction the score agrees with where none is told; forward where neither or both do."""
    fits = {
        direction: agrees(row.score, _score_expression(row.full_mark, target, actual, direction))
        for direction in Direction
    }
    reverse_only = fits[Direction.REVERSE] and not fits[Direction.FORWARD]
    return Direction.REVERSE if reverse_only else Direction.FORWARD


def _doubts_about_tie(form: FormSheet, row: ScoredRow) -> Iterator[str]:
    """What is not certain about which formula applies to which figures."""
    target, actual = row.target.figures[0], row.actual.figures[0]
    if form.note is None or not (form.note.forward or form.note.reverse):
        yield _NO_FORMULA
    elif form.note_elsewhere:
        yield "计分公式不在本表及其上下文中"
    elif form.note.lettered and form.letters_swapped:
        yield "表头字母与公式字母的含义不一致"
    if row.direction is None:
        yield "未载明指标为正向或反向"
    if row.clashing:
        yield "指标性质与指标值的符号不一致"
    if not _same_unit(target, actual):
        yield "指标值与完成值单位不一致"
    if not is_plain_measure(row.target.text, target.unit) or not is_plain_measure(row.actual.text, actual.unit):
        yield "指标值或完成值另有文字说明"


def _doubts_about_formula(note: FormNote, direction: Direction, target: Quantity, actual: Quantity) -> Iterator[str]:
    """What the printed formula leaves open for these values."""
    reached = _is_reached(target, actual, direction)
    if not note.capped and _may_be_reached(target, actual, direction) and target.value != actual.value:
        yield "未载明超过指标值时的得分"
    if note.reduces_overshoot and reached and target.value != actual.value:
        yield "超过指标值较多时可酌情扣分"
    formula = note.forward if direction is Direction.FORWARD else note.reverse
    if not reached and formula is None:
        yield "未载明该类指标未达标时的计分公式"
    if not reached and (target.value <= 0 or actual.value < 0):
        yield "指标值为零或为负，不适用比例公式"
    elif (
        not reached and note.nothing_below is not None and _completion(target, actual, direction) <= note.nothing_below
    ):
        yield f"完成率低于{note.nothing_below}%时另有规定"


def _completion(target: Quantity, actual: Quantity, direction: Direction) -> Fraction:
    """The share achieved in percent, of values above zero."""
    above, below = (actual, target) if direction is Direction.FORWARD else (target, actual)
    return Fraction(above.value) / Fraction(below.value) * 100


def _is_reached(target: Quantity, actual: Quantity, direction: Direction) -> bool:
    return actual.value >= target.value if direction is Direction.FORWARD else actual.value <= target.value


def _may_be_reached(target: Quantity, actual: Quantity, direction: Direction) -> bool:
    """Whether what the actual value stands for reaches the target."""
    ends = actual.interval
    if direction is Direction.FORWARD:
        return ends.upper is None or ends.upper >= Fraction(target.value)
    return ends.lower is None or ends.lower <= Fraction(target.value)


def _same_unit(target: Quantity, actual: Quantity) -> bool:
    if target.kind is actual.kind and (target.kind in (Kind.MONEY, Kind.PERCENT) or target.unit == actual.unit):
        return True
    if _lacks_unit(target) == _lacks_unit(actual):
        return False
    if not target.value or not actual.value or Kind.MONEY in (target.kind, actual.kind):
        return False
    size = abs(Fraction(actual.value) / Fraction(target.value))
    return 1 / _ONE_SIZE <= size <= _ONE_SIZE


def _lacks_unit(quantity: Quantity) -> bool:
    return not quantity.unit


def _graded(report: Report, form: FormSheet, row: ScoredRow) -> Iterator[Calculation]:
    """A qualitative indicator whose actual value is the name of a grade in the note."""
    if form.note is None or row.actual.figures:
        return
    band = next((band for band in form.note.bands if band.name == row.actual.text.strip("。.")), None)
    if band is None:
        return
    mark = Fraction(row.full_mark.value)
    lower, upper = (mark * Fraction(share) / 100 for share in (band.lower, band.upper))
    shares = f"{band.lower}%至{band.upper}%"
    yield Calculation(
        code="RUB404",
        subject=f"“{row.indicator.name}”得分",
        stated=row.score,
        expression=Ruled(
            lower=lower,
            upper=upper,
            point=None,
            printed=f"定性指标“{band.name}”记分值{_flat(row.full_mark)}的{shares}，",
            outcome=f"{_points(lower)}至{_points(upper)}分",
            operands=(row.full_mark,),
        ),
        severity=Severity.ERROR,
        quote=_quote(report, row.indicator, row.target, row.actual, row.full_mark, row.score),
        doubt="计分规定不在本表及其上下文中" if form.note_elsewhere else None,
    )


def _execution(report: Report, form: FormSheet, row: ExecutionRow) -> Calculation:
    note = form.execution_note
    share: Expression = Quotient(row.rate, row.whole or HUNDRED_PERCENT)
    upper = row.rate.interval.upper
    if upper is None or upper >= 100:
        share = Least((ONE, share))
    doubt = None
    if note is None:
        doubt = _NO_FORMULA
    elif note.full_mark is not None and note.full_mark != row.full_mark.value:
        doubt = "公式中的分值与分值栏不一致"
    elif row.rate.value > 100 and not note.capped:
        doubt = "未载明执行率超过100%时的得分"
    return Calculation(
        code="RUB405",
        subject=f"“{row.indicator.name}”得分",
        stated=row.score,
        expression=Product((row.full_mark, share)),
        severity=Severity.ERROR,
        quote=_quote(report, row.indicator, row.full_mark, row.rate, row.score),
        doubt=doubt,
    )


def _quote(report: Report, indicator: Indicator, *parts: Measure | Quantity) -> str:
    texts = [report.document.printed(indicator.spans)]
    texts += [part.text if isinstance(part, Measure) else part.printed for part in parts]
    return " ".join("".join(text.split()) for text in texts)


def _flat(quantity: Quantity) -> str:
    return "".join(quantity.printed.split())


def _points(value: Fraction) -> str:
    text = f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
