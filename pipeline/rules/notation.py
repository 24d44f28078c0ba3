"""FMT: figures whose value is clear and whose notation is not as it should be."""

from __future__ import annotations

from collections.abc import Iterator

from patterns.numerals import MISPLACED_THOUSANDS
from pipeline.model.check import Calculation, Severity
from pipeline.model.report import Report


def rule_thousands_marks(report: Report) -> Iterator[Calculation]:
    """Points out thousands marks that do not part groups of three digits.

    Precision: the digits are read as printed, marks left out; the value holds and takes part in all other checks.
    Known false alarms: two numbers printed side by side with a comma and no space; hence never more than a note.
    Example: 52,77.20万元, meant as 5,277.20万元.
    """
    for quantity in report.quantities:
        if quantity.remark == MISPLACED_THOUSANDS:
            value = quantity.value / quantity.quantum.scaleb(quantity.places)
            yield Calculation(
                code="FMT601",
                subject=f"“{quantity.label}”",
                stated=quantity,
                expression=quantity,
                severity=Severity.NOTE,
                quote="".join(quantity.printed.split()),
                remark=f"千分位分隔符位置有误，按数字应写作{value:,.{quantity.places}f}",
            )
