"""From inconsistent checks to findings that can be defended before the audited office."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from pipeline.model.check import Check, Range, Ruled, Severity, operands_of
from pipeline.model.finding import Evidence, Finding
from pipeline.model.quantity import Quantity
from pipeline.model.report import Report
from pipeline.model.text import Span
from pipeline.reconcile.diagnose import diagnose, expected_text, severity_of
from pipeline.reconcile.evaluate import decimal_of
from pipeline.reconcile.formula import printed_figure, render_expression, unit_of_print
from pipeline.reconcile.grouping import Group, group_checks

_CONTEXT = 24


def findings_of(report: Report, checks: Sequence[Check], titles: dict[str, str]) -> tuple[Finding, ...]:
    """One finding for each slip, in report order. `titles` are the rules' titles by code."""
    seen: Counter[str] = Counter()
    found = []
    for group in group_checks(checks):
        key = _fingerprint(report, group.root)
        seen[key] += 1
        finding_id = key if seen[key] == 1 else f"{key}-{seen[key]}"
        found.append(_finding(report, group, finding_id, titles[group.root.calculation.code]))
    return tuple(found)


def _finding(report: Report, group: Group, finding_id: str, title: str) -> Finding:
    check = group.root
    calculation = check.calculation
    stated = calculation.stated
    involved = [stated, *operands_of(calculation.expression)]
    for other in group.consequences:
        involved += [other.calculation.stated, *operands_of(other.calculation.expression)]
    quantities = tuple(dict.fromkeys(involved))
    diagnosis = None if calculation.remark is not None else diagnose(check, report.quantities)
    return Finding(
        finding_id=finding_id,
        code=calculation.code,
        severity=min((severity_of(c) for c in (check, *group.consequences)), key=list(Severity).index),
        title=title,
        message=_message(check, diagnosis) + _told_consequences(group),
        stated=printed_figure(stated),
        expected=_expected(check),
        gap=check.gap,
        formula=check.formula,
        diagnosis=diagnosis,
        confidence=min(quantity.confidence for quantity in quantities),
        page=stated.page,
        quote=calculation.quote,
        bbox=report.document.bbox(stated.spans[0]),
        evidence=tuple(_evidence(report, quantities)),
        check=check,
        consequences=tuple(other.formula for other in group.consequences),
    )


def _told_consequences(group: Group) -> str:
    """What else the same figure breaks, and the value that would mend it all."""
    if group.cause is None or not group.consequences:
        return ""
    told = "；".join(f"{other.calculation.subject}（{other.formula}）" for other in group.consequences)
    return f"同一数字{printed_figure(group.cause)}（{group.cause.label}）还使以下关系不成立：{told}。"


def _expected(check: Check) -> str:
    expression = check.calculation.expression
    if isinstance(expression, Range):
        return expression.printed
    if isinstance(expression, Ruled):
        return expression.outcome
    return f"不超过{expected_text(check)}" if check.calculation.at_most else expected_text(check)


def _message(check: Check, diagnosis: str | None) -> str:
    calculation = check.calculation
    stated = calculation.stated
    expression = calculation.expression
    if calculation.remark is not None:
        text = f"{calculation.subject}：报告所载为{printed_figure(stated)}，{calculation.remark}"
    elif isinstance(expression, Range):
        text = f"{calculation.subject}：报告所载{printed_figure(stated)}不在“{expression.printed}”之内"
    elif isinstance(expression, Ruled):
        text = (
            f"{calculation.subject}：报告所载为{printed_figure(stated)}，按{expression.printed}应为{expression.outcome}"
        )
    elif calculation.at_most:
        text = f"{calculation.subject}：报告所载{printed_figure(stated)}超过{render_expression(expression)}"
    else:
        text = (
            f"{calculation.subject}：报告所载为{printed_figure(stated)}，"
            f"按{render_expression(expression)}复算应为{expected_text(check)}{_difference(check)}"
        )
    return f"{text}；{diagnosis}。" if diagnosis else f"{text}。"


def _difference(check: Check) -> str:
    stated = check.calculation.stated
    if check.expected is None:
        return ""
    factor = Fraction(stated.quantum.scaleb(stated.places))
    points = decimal_of(abs(Fraction(stated.value) - Fraction(check.expected)) / factor, stated.places + 2)
    least = decimal_of(Fraction(check.gap) / factor, stated.places + 2)
    suffix = unit_of_print(stated).replace("%", "个百分点")
    text = f"，相差{points:f}{suffix}"
    return text if least == points else f"{text}（计入各数四舍五入后至少{least:f}{suffix}）"


def _evidence(report: Report, quantities: Iterable[Quantity]) -> Iterator[Evidence]:
    for quantity in quantities:
        for span in quantity.spans:
            yield Evidence(span.page, quote_around(report, span), report.document.bbox(span))


def quote_around(report: Report, span: Span) -> str:
    """The span with a little of the text before and behind it, on one line."""
    text = report.document.page(span.page).text
    return " ".join(text[max(0, span.start - _CONTEXT) : span.end + _CONTEXT].split())


def _fingerprint(report: Report, check: Check) -> str:
    """Stays the same while the contradiction reads the same, whatever the file is called or else holds."""
    metadata = report.metadata
    owner = (
        f"{metadata.department}|{metadata.fiscal_year}|{metadata.genre}"
        if metadata.department
        else report.document.source.source
    )
    figures = [
        f"{q.label}={printed_figure(q)}" for q in (check.calculation.stated, *operands_of(check.calculation.expression))
    ]
    text = "\n".join([owner, check.calculation.code, check.calculation.subject, *figures])
    return hashlib.sha256(text.encode()).hexdigest()[:16]
