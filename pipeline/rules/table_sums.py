"""SUM: rows of a table that add up other rows: totals, account codes, numbered and 其中 rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from patterns.table_words import is_plain_total, is_year_label, make_up_year
from pipeline.model.check import Calculation, Severity, Sum
from pipeline.model.quantity import Kind
from pipeline.model.report import Report
from pipeline.rules.outcomes import Outcome
from pipeline.rules.row_ties import Basis, Tie, addend_figures, row_ties
from pipeline.rules.table_context import Grid, grids_of, quote_row

_NOTHING_HOLDS = "表内没有其他数据印证该行为所列各行之和"
_OTHER_READING = "所列各行的层级关系不能确定"
_ALL_FAIL = "该行各列均与所列各行之和不符，可能有未列出或未能读出的行"
_NOT_LISTED = "“其中”各行未必逐项列全"
_UNREAD = "所列各行中有未能读出或计量单位不同的数字"
_NO_UNIT = "该列数字的计量单位不明"
_HEADLESS = "表格缺少表头，可能是跨页表格的一部分"
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """How firmly a tie's failing columns accuse; `doubt` says why they do not, where they do not."""

    severity: Severity
    doubt: str | None = None


def rule_table_total(report: Report) -> Iterator[Calculation]:
    """Compares a total row of a table (合计, 小计, 本年支出合计) with the sum of the rows it totals, in each column.

    A total may stand below its rows or above them. Sub-totals stand for the rows they total; rows that detail another
    (account codes, numbering, 其中) are not added again. Blank, "-" and "/" are nil. Percent columns are added only
    where they hold shares (占比), running totals (累计支出) not over quarters or months; 全年 is accused only below the
    four quarters, the two halves or the twelve months.
    Precision: every figure stands for ± half a unit of its last printed place, added end to end, so that a total off by
    the rounding of its rows holds.
    Known false alarms: a table that lists only some of the rows behind its total. Where several readings of the rows
    are possible the one that most columns confirm is taken, and a column is accused only when another confirms the
    reading or layout leaves no other.
    Example: 合计 1,250.30 under 800.10 + 450.10 is a contradiction; 1,250.21 holds (within rounding).
    """
    yield from _calculations(report, Basis.TOTAL, "SUM201")


def rule_code_hierarchy(report: Report) -> Iterator[Calculation]:
    """Compares the amount of an account code (科目编码) with the sum of the codes directly below it in the same table.

    Functional codes have 3, 5 and 7 digits (类, 款, 项: 201, 20106, 2010601), economic ones 3 and 5 (政府收支分类科目);
    they may stand in one column or in one column for each part.
    Precision: as in SUM201.
    Known false alarms: a table that lists only some of the codes below another; a row in which every column fails is
    therefore not decided.
    Example: 208 = 75.60 over 20805 = 75.60 holds; 20805 = 75.60 over 2080501 = 25.00 and 2080505 = 50.00 is a
    contradiction.
    """
    yield from _calculations(report, Basis.CODE, "SUM206")


def rule_nested_rows(report: Report) -> Iterator[Calculation]:
    """Compares a row with the rows that detail it: numbered one level below it, or introduced by 其中.

    Precision: as in SUM201.
    Known false alarms: 其中 need not list everything; the check accuses only where another column shows that the rows
    make up the whole.
    Example: 一、财政拨款收入 500 over 1.一般公共预算 300 and 2.政府性基金 200 holds.
    """
    yield from _calculations(report, Basis.NUMBERING, "SUM207")
    yield from _calculations(report, Basis.PART, "SUM207")


@lru_cache(maxsize=1)
def _ties(report: Report) -> tuple[tuple[Tie, Standing], ...]:
    """The ties of every grid, each with how its failures are to be reported."""
    found = []
    for grid in grids_of(report):
        ties = row_ties(grid)
        headless = grid.first == grid.header_first
        for tie in ties:
            kin = (tie.basis, Basis.TOTAL) if tie.basis is Basis.NUMBERING else (tie.basis,)
            others = sum(_weight(other) for other in ties if other is not tie and other.basis in kin)
            found.append((tie, Standing(Severity.ERROR, _HEADLESS) if headless else _standing(grid, tie, others)))
    return tuple(found)


def _weight(tie: Tie) -> int:
    """What a tie's agreement is worth: columns that repeat one figure count for half."""
    return tie.count(Outcome.HOLDS) + (tie.count(Outcome.HOLDS_WEAKLY) + 1) // 2


def _standing(grid: Grid, tie: Tie, others: int) -> Standing:
    """How a column that fails is to be reported. `others` is what the grid's other ties of the kind are worth.

    The total of one side of several (人员经费合计) may reach over into the next; it needs another to bear it out.
    """
    held, failed = tie.count(Outcome.HOLDS), tie.count(Outcome.FAILS)
    if held and held >= failed:
        return Standing(Severity.ERROR)
    if failed >= _SEVERAL:
        return Standing(Severity.ERROR, _ALL_FAIL)
    if tie.count(Outcome.HOLDS_WEAKLY) >= _SEVERAL:
        return Standing(Severity.ERROR)
    match tie.basis:
        case Basis.CODE:
            return Standing(Severity.ERROR, None if others else _NOTHING_HOLDS)
        case Basis.TOTAL:
            alone = tie.alone and (len(grid.sides) == 1 or is_plain_total(tie.total.row.label))
            certain = len(tie.addends) >= _SEVERAL and (alone or (tie.alone and others))
            if is_year_label(tie.total.row.label):
                # 一季度, 上半年, 前三季度 run on; only the four quarters or the like add up.
                certain = make_up_year([addend.row.label for addend in tie.addends])
            return Standing(Severity.ERROR, None if certain else _OTHER_READING)
        case Basis.NUMBERING:
            certain = len(tie.addends) >= _SEVERAL and others
            return Standing(Severity.ERROR, None if certain else _NOTHING_HOLDS)
        case Basis.PART:
            return Standing(Severity.ERROR, _NOT_LISTED)


def _calculations(report: Report, basis: Basis, code: str) -> Iterator[Calculation]:
    for tie, standing in _ties(report):
        if tie.basis is basis:
            yield from _columns(tie, code, standing)


def _columns(tie: Tie, code: str, standing: Standing) -> Iterator[Calculation]:
    """A calculation for every column of a tie in which there is something to add up."""
    side = tie.total.side
    for k, outcome in enumerate(tie.outcomes):
        stated = tie.total.slot(k)
        addends = addend_figures(tie, k)
        if outcome is Outcome.NOTHING or stated is None or stated.quantity is None or not addends:
            continue
        column = side.columns[k]
        yield Calculation(
            code=code,
            subject=f"表中“{' '.join(part for part in (tie.total.row.label, column.name) if part)}”",
            stated=stated.quantity,
            expression=Sum(addends),
            severity=standing.severity,
            quote=quote_row(side.table, tie.total.row.index),
            reason=_UNREAD if outcome is Outcome.UNREAD else None,
            doubt=_NO_UNIT if column.kind is Kind.OTHER and not stated.quantity.unit else standing.doubt,
        )
