"""SCO: the arithmetic of the indicator tree (得分, 分值, 得分率, 总分, 等级)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from patterns.grades import GRADE_BANDS, find_own_bands, grade_of
from patterns.names import indicator_key
from pipeline.extract.grades import grade_in_table
from pipeline.model.arithmetic import agrees
from pipeline.model.check import Calculation, Product, Quotient, Range, Severity, Sum
from pipeline.model.indicator import Indicator, Origin
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.report import Report
from pipeline.rules.context import context_of
from pipeline.rules.indicator_trees import full_mark_of, topmost_marked, topmost_scored, unique_by_name
from pipeline.rules.named_scores import named_rates, named_scores_against_table
from pipeline.rules.quotients import HUNDRED_PERCENT
from pipeline.rules.section_scores import section_scores_against_table
from pipeline.rules.told_scores import told_scores_against_table

_FULL_TOTAL = Decimal(100)
_BOTH_LEVELS = "所列各项分值之和远大于合计，可能兼有上下级指标"


def rule_children_scores(report: Report) -> Iterator[Calculation]:
    """Compares the score (得分) of an indicator with the sum of the scores of the indicators directly below it.

    Where those print none, the scores below them are added instead, down to the leaves.
    Precision: scores printed with the finest places of the report stand for ± half a unit of that place; coarser leaf
    scores are points awarded and exact.
    Known false alarms: none where the tree comes from a table. Where it comes from prose, an indicator may have been
    left out of the text; the check therefore accuses only when the full marks (分值) of the children add up to the
    parent's, which shows that none is missing.
    Example: 资金管理 8分 over children 2 + 3 + 2 is a contradiction; 2 + 3 + 3 holds.
    """
    for parent, children in _families(report):
        if parent.score is None or parent.level == 0:
            continue
        scored = [indicator for child in children for indicator in topmost_scored(report, child)]
        known = tuple(indicator.score for indicator in scored if indicator.score is not None)
        if not known:
            continue
        missing = [indicator.name for indicator in scored if indicator.score is None]
        yield Calculation(
            code="SCO101",
            subject=f"“{parent.name}”得分",
            stated=parent.score,
            expression=Sum(known),
            severity=Severity.ERROR,
            quote=_quote(report, parent),
            reason=f"下级指标{'、'.join(missing)}未载得分" if missing else None,
            doubt=_incomplete(report, parent, scored),
        )


def rule_children_full_marks(report: Report) -> Iterator[Calculation]:
    """Compares the full mark (分值) of an indicator with the sum of the full marks below it.

    Where the indicators directly below print none, those below them are added instead, down to the leaves.
    Precision: full marks are exact.
    Known false alarms: in prose a child may have been left out, so a sum below the parent's full mark is not decided
    there; children that exceed their parent are a contradiction anywhere. Further down in a table, and below its total
    (which may count other tables too), a sum below it is decided only where the scores of the same indicators add up,
    which shows that none is missing.
    Example: 部门决策 20分 over 预算编制 10分 + 目标设置 8分 is a contradiction in a score table.
    """
    for parent, children in _families(report):
        if parent.full_mark is None:
            continue
        marked = [indicator for child in children for indicator in topmost_marked(report, child)]
        known = tuple(indicator.full_mark for indicator in marked if indicator.full_mark is not None)
        if not known:
            continue
        missing = [indicator.name for indicator in marked if indicator.full_mark is None]
        yield Calculation(
            code="SCO102",
            subject=f"“{parent.name}”分值",
            stated=parent.full_mark,
            expression=Sum(known),
            severity=Severity.ERROR,
            quote=_quote(report, parent),
            reason=f"下级指标{'、'.join(missing)}未载分值" if missing else None,
            doubt=_marks_doubt(parent, children, marked),
        )


def rule_score_rate(report: Report) -> Iterator[Calculation]:
    """Compares a stated score rate (得分率) with score ÷ full mark × 100%.

    A rate told beside a score in the text without its full mark is compared with the full mark in the score table.
    Precision: the rate to its printed places; score and full mark as printed.
    Known false alarms: none known; the figures stand in one statement or one table row, or the indicator's name is
    the only one of its kind in the table.
    Example: 分值 60分, 得分 57.98分, 得分率 96.63% holds (96.6333…); 得分率 96.36% does not.
    """
    for indicator in report.indicators:
        if indicator.rate is None or indicator.score is None or indicator.full_mark is None:
            continue
        yield Calculation(
            code="SCO103",
            subject=f"“{indicator.name}”得分率",
            stated=indicator.rate,
            expression=Product((Quotient(indicator.score, indicator.full_mark), HUNDRED_PERCENT)),
            severity=Severity.ERROR,
            quote=_quote(report, indicator),
        )
    yield from named_rates(report)


def rule_score_above_full_mark(report: Report) -> Iterator[Calculation]:
    """Checks that no score exceeds its full mark (得分 ≤ 分值).

    Precision: the score's printed places; the full mark is exact.
    Known false alarms: bonus items (加分项), which carry no full mark or say so in their name, are left out.
    Example: 得分 6分 under 分值 5分 is a contradiction.
    """
    for indicator in report.indicators:
        if indicator.score is None or indicator.full_mark is None or "加分" in indicator.name:
            continue
        yield Calculation(
            code="SCO104",
            subject=f"“{indicator.name}”得分",
            stated=indicator.score,
            expression=indicator.full_mark,
            severity=Severity.ERROR,
            quote=_quote(report, indicator),
            at_most=True,
        )


def rule_total_score(report: Report) -> Iterator[Calculation]:
    """Compares the stated total (总分, 综合得分) with the sum of the scores at the top of the tree.

    Where the top level prints no scores of its own, the scores below it are added instead, down to the leaves.
    Precision: the total to its printed places; scores as in SCO101.
    Known false alarms: a tree that is not complete; the check accuses only when the full marks of what is added make
    up the total's own full mark, or 100.
    Example: 20 + 19 + 57.98 = 96.98 holds; a block's score rate of 96.63% near it is no rival total.
    """
    for total in report.indicators:
        if total.level != 0 or total.score is None:
            continue
        trees = _trees_of(report, total)
        for tops in trees:
            added = [scored for top in tops for scored in topmost_scored(report, top)]
            scores = tuple(indicator.score for indicator in added if indicator.score is not None)
            missing = [indicator.name for indicator in added if indicator.score is None]
            if not scores:
                continue
            yield Calculation(
                code="SCO105",
                subject=f"“{total.name}”",
                stated=total.score,
                expression=Sum(scores),
                severity=Severity.ERROR,
                quote=_quote(report, total),
                reason=f"指标{'、'.join(missing)}未载得分" if missing else None,
                doubt=_total_doubt(report, total, added) or ("报告有多张评分表" if len(trees) > 1 else None),
            )


def rule_prose_against_table(report: Report) -> Iterator[Calculation]:
    """Compares the score an indicator has in the text with the score it has in the table, and so the totals.

    Where the table prints no score for the indicator itself, the scores below it are added.
    Precision: both figures to their printed places.
    Known false alarms: indicators of the same name; the check pairs only names that occur once on either side, with
    the same full mark where both have one. A score that the text gives beside a name alone (投入14.00分) counts only in
    a list of which all others agree with the table. A section that tells, in order, the scores of all the rows of its
    own indicator but one that differs is a warning.
    Example: 正文“评价得分 19 分” against 18分 in the table is a contradiction.
    """
    in_table = unique_by_name(report, Origin.TABLE)
    in_prose = unique_by_name(report, Origin.PROSE)
    for name, told in in_prose.items():
        listed = in_table.get(name)
        if listed is None or told.score is None:
            continue
        marks = (told.full_mark.value if told.full_mark else None, full_mark_of(report, listed))
        if None not in marks and marks[0] != marks[1]:
            continue
        below = topmost_scored(report, listed)
        scores = tuple(indicator.score for indicator in below if indicator.score is not None)
        if len(scores) < len(below):
            continue
        yield Calculation(
            code="SCO106",
            subject=f"正文中“{told.name}”得分与评分表",
            stated=told.score,
            expression=scores[0] if len(scores) == 1 else Sum(scores),
            severity=Severity.ERROR,
            quote=_quote(report, told),
        )
    yield from named_scores_against_table(report)
    yield from section_scores_against_table(report)
    yield from told_scores_against_table(report)


def rule_grade(report: Report) -> Iterator[Calculation]:
    """Checks that the stated grade (优/良/中/差) fits the stated total.

    The bands are the report's own where it prints them, else those of 财预〔2020〕10号: 优 90–100, 良 80–90, 中 60–80,
    差 below 60.
    Precision: the total to its printed places, band ends included on both sides.
    Known false alarms: a local scheme that the report does not print may set other bands; severity is then warning.
    Example: 总分 88.5分 with 等级“优” is a contradiction.
    """
    own = next((bands for p in report.document.paragraphs if (bands := find_own_bands(p.passage.text))), None)
    bands = own or GRADE_BANDS
    for grade, total, quote in _graded_totals(report):
        if grade not in bands:
            continue
        lower, upper = bands[grade]
        yield Calculation(
            code="SCO107",
            subject=f"评价等级“{grade}”与总分",
            stated=total,
            expression=Range(lower, upper, f"{grade}：{lower}分至{upper}分"),
            severity=Severity.ERROR if own else Severity.WARNING,
            quote=quote,
        )


def rule_parts_of_total(report: Report) -> Iterator[Calculation]:
    """Compares a total stated in the text with the parts the same passage gives for it.

    The parts are tied by name: every first-level indicator of the report must be among them, once.
    Precision: all as printed, parts as in SCO101.
    Known false alarms: none known; where a first-level indicator is missing from the passage nothing is compared.
    Example: 总得分93分，其中决策19分，过程18分，产出30分，效益25分 is a contradiction (92).
    """
    for total in report.indicators:
        if total.level != 0 or total.score is None or total.origin is not Origin.PROSE:
            continue
        held = context_of(report).find(total.score)
        if held is None:
            continue
        statement, place = held
        named = {indicator_key(i.name) for i in report.indicators if i.level == 1}
        parts = [q for q in statement.quantities[place + 1 :] if q.kind is Kind.SCORE]
        keys = [indicator_key(part.label) for part in parts]
        if len(parts) < 2 or sorted(keys) != sorted(named):
            continue
        yield Calculation(
            code="SCO108",
            subject=f"“{total.name}”与其各部分得分",
            stated=total.score,
            expression=Sum(tuple(parts)),
            severity=Severity.ERROR,
            quote=_quote(report, total),
        )


def _graded_totals(report: Report) -> Iterator[tuple[str, Quantity, str]]:
    """(grade, total, quote): what the report as a whole states, and each score table that prints a grade of its own."""
    stated = report.metadata.stated_total
    grade = grade_of(report.metadata.stated_grade or "")
    if grade is not None and stated is not None:
        yield grade, stated, f"评价等级：{grade}"
    for table in report.document.tables:
        total = next(
            (
                i.score
                for i in report.indicators
                if i.level == 0 and i.table_id == table.table_id and i.score is not None
            ),
            None,
        )
        found = grade_in_table(table)
        if total is not None and total is not stated and found is not None:
            yield found[0], total, report.document.printed((found[1],))


def _families(report: Report) -> Iterator[tuple[Indicator, tuple[Indicator, ...]]]:
    """Each indicator that has indicators of the same origin directly below it."""
    for parent in report.indicators:
        children = tuple(c for c in report.children.get(parent.indicator_id, ()) if c.origin is parent.origin)
        if children:
            yield parent, children


def _marks_doubt(parent: Indicator, children: tuple[Indicator, ...], marked: list[Indicator]) -> str | None:
    """Why full marks that add up to less than their parent's may not be all there are."""
    marks = [indicator.full_mark.value for indicator in marked if indicator.full_mark is not None]
    if parent.full_mark is not None and not parent.level and _holds_both_levels(marks, parent.full_mark.value):
        return _BOTH_LEVELS
    if parent.full_mark is None or sum(marks) >= parent.full_mark.value:
        return None
    if parent.origin is Origin.PROSE:
        return "正文可能未逐一列出下级指标"
    scores = tuple(indicator.score for indicator in marked if indicator.score is not None)
    whole = parent.score is not None and len(scores) == len(marked) and agrees(parent.score, Sum(scores))
    if parent.level and len(marked) == len(children) and all(child in marked for child in children):
        return None
    return None if whole else "下级指标得分之和与上级得分不符，无法确认下级指标是否齐全"


def _holds_both_levels(marks: Sequence[Decimal], whole: Decimal) -> bool:
    """Whether full marks that far exceed their whole hold one that is the sum of those right behind it."""
    if 2 * sum(marks) < 3 * whole:
        return False
    return any(mark in list(accumulate(marks[place + 1 :]))[1:] for place, mark in enumerate(marks))


def _incomplete(report: Report, parent: Indicator, below: list[Indicator]) -> str | None:
    """Why those below a parent may not be all there are; None when their full marks leave no room for another."""
    marks = [mark for indicator in below if (mark := full_mark_of(report, indicator)) is not None]
    if parent.full_mark is None or len(marks) < len(below):
        return "分值未逐项载明，无法确认下级指标是否齐全"
    if sum(marks) < parent.full_mark.value:
        return "下级指标分值之和小于上级分值，无法确认下级指标是否齐全"
    return None


def _trees_of(report: Report, total: Indicator) -> list[tuple[Indicator, ...]]:
    """The first-level indicators a total sums up, one group for each tree it may speak of.

    A table's total speaks of its own table; one above a form, of the total row and of what that row leaves out. A total
    in prose speaks of the score tables that print no total of their own (one that does is compared by SCO106), or,
    where there is none, of the tree the prose tells.
    """
    if total.origin is Origin.TABLE:
        own = tuple(i for i in report.indicators if i.level <= 1 and i.parent_id == total.indicator_id)
        return [own] if own else []
    tables: dict[str | None, list[Indicator]] = {}
    for indicator in report.indicators:
        if indicator.level == 1 and indicator.origin is Origin.TABLE:
            tables.setdefault(indicator.table_id, []).append(indicator)
    if tables:
        return [tuple(tops) for tops in tables.values() if tops[0].parent_id == total.indicator_id]
    prose = tuple(i for i in report.indicators if i.level == 1 and i.origin is Origin.PROSE)
    return [prose] if prose else []


def _total_doubt(report: Report, total: Indicator, added: list[Indicator]) -> str | None:
    """Why what is added may not be the whole tree: full marks are missing, or leave room for another indicator."""
    marks = [full_mark_of(report, indicator) for indicator in added]
    known = [mark for mark in marks if mark is not None]
    if len(known) < len(marks):
        return "分值未逐项载明，无法确认指标是否齐全"
    whole = total.full_mark.value if total.full_mark is not None else _FULL_TOTAL
    if _holds_both_levels(known, whole):
        return _BOTH_LEVELS
    if sum(known) < whole or (total.origin is Origin.PROSE and sum(known) != whole):
        return f"各项分值合计{sum(known)}分，不等于{whole}分，无法确认指标是否齐全"
    return None


def _quote(report: Report, indicator: Indicator) -> str:
    return " ".join(report.document.printed(indicator.spans).split())
