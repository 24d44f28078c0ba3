"""One outcome as the rows of every dataset. Pure: the same outcome always gives the same rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.model.check import Check, Severity, Verdict, operands_of
from pipeline.model.document import Correction, Document, Problem, Reader
from pipeline.model.finding import Finding
from pipeline.model.geometry import BBox
from pipeline.model.indicator import Indicator
from pipeline.model.quantity import Quantity
from pipeline.model.report import Outcome, QuantityStatus, Reconciliation, Report
from pipeline.model.text import Span
from pipeline.publish.decimals import fits, lower_bound, recomputed_number, upper_bound
from pipeline.publish.line_spans import by_line
from pipeline.publish.masking import Masking
from pipeline.publish.schema import Row

NUMBER_TOO_LONG = "number-too-long"

_MILLI_POINTS = 3
_WORST_FIRST = (Verdict.INCONSISTENT, Verdict.WITHIN_ROUNDING, Verdict.EXACT, Verdict.UNVERIFIABLE)


def rows_of(outcome: Outcome, *, keep_personal: bool = False, timings: bool = False) -> dict[str, list[Row]]:
    """The rows of all datasets but `runs`, by dataset; a failed input has a row in `documents` only."""
    outcome = _with_number_problems(outcome)
    rows: dict[str, list[Row]] = {"documents": [_document_row(outcome, timings)]}
    report, reconciliation = outcome.report, outcome.reconciliation
    if report is None or reconciliation is None:
        return rows
    document = report.document
    masking = Masking(document, () if keep_personal else report.personal)
    rows["pages"] = list(_page_rows(document, masking))
    rows["sections"] = list(_section_rows(document, masking))
    rows["cells"] = list(_cell_rows(document, masking))
    rows["indicators"] = list(_indicator_rows(report, reconciliation, masking))
    rows["quantities"] = list(_quantity_rows(report, reconciliation, masking))
    rows["checks"] = [_check_row(check, masking) for check in reconciliation.checks]
    rows["findings"] = [_finding_row(finding, masking) for finding in reconciliation.findings]
    for rows_of_dataset in rows.values():
        for row in rows_of_dataset:
            row["doc_id"] = outcome.source.doc_id
    return rows


def _with_number_problems(outcome: Outcome) -> Outcome:
    """The outcome, partial where a figure is too long for its column: said rather than rounded or left out."""
    if outcome.report is None:
        return outcome
    problems = tuple(
        Problem(
            NUMBER_TOO_LONG, f"a figure has too many digits to publish its value: {quantity.printed}", quantity.page
        )
        for quantity in outcome.report.quantities
        if not fits(quantity.value)
    )
    return replace(outcome, problems=outcome.problems + problems) if problems else outcome


def _document_row(outcome: Outcome, timings: bool) -> Row:
    source, problems = outcome.source, outcome.problems
    row: Row = {
        "doc_id": source.doc_id or None,
        "source": source.source,
        "sha256": source.sha256 or None,
        "bytes": source.bytes if source.sha256 else None,
        "status": outcome.status.value,
        "error_code": problems[0].code if problems else None,
        "error": _told(problems),
        "seconds": round(outcome.seconds, 3) if timings else None,
        "problems": [{"code": item.code, "message": item.message, "page": item.page} for item in problems],
    }
    report, reconciliation = outcome.report, outcome.reconciliation
    if report is None or reconciliation is None:
        return row
    metadata = report.metadata
    statuses = Counter(_status(quantity, reconciliation) for quantity in report.quantities)
    severities = Counter(finding.severity for finding in reconciliation.findings)
    return row | {
        "pages": len(report.document.pages),
        "ocr_pages": sum(page.reader is Reader.OCR for page in report.document.pages),
        "department": metadata.department,
        "fiscal_year": metadata.fiscal_year,
        "genre": metadata.genre.value,
        "stated_total": _value(metadata.stated_total),
        "stated_total_printed": _printed(metadata.stated_total),
        "recomputed_total": recomputed_number(reconciliation.recomputed_total),
        "stated_grade": metadata.stated_grade,
        "quantities": len(report.quantities),
        "verified": statuses[QuantityStatus.VERIFIED],
        "contradicted": statuses[QuantityStatus.CONTRADICTED],
        "findings": len(reconciliation.findings),
        "errors": severities[Severity.ERROR],
        "warnings": severities[Severity.WARNING],
        "notes": severities[Severity.NOTE],
        "second_looks": report.document.second_looks,
        "corrections": len(report.document.corrections),
    }


def _told(problems: tuple[Problem, ...]) -> str | None:
    if not problems:
        return None
    more = "" if len(problems) == 1 else f" (and {len(problems) - 1} more, see problems)"
    return f"{problems[0].message}{more}"


def _page_rows(document: Document, masking: Masking) -> Iterator[Row]:
    for page in document.pages:
        yield {
            "page": page.number,
            "width": round(page.width, _MILLI_POINTS),
            "height": round(page.height, _MILLI_POINTS),
            "reader": page.reader.value,
            "confidence": page.confidence,
            "text": masking.page_text(page.number),
            "reason": page.reason,
            "masked": [_slice(span) | _edges(document.bbox(span)) for span in masking.hidden(page.number)],
        }


def _section_rows(document: Document, masking: Masking) -> Iterator[Row]:
    for section in document.sections:
        yield {
            "section_id": section.section_id,
            "parent_id": section.parent_id,
            "level": section.level,
            "number": section.number,
            "title": masking.text(section.title, section.page),
            "page": section.page,
            "char_start": section.span.start,
            "char_end": section.span.end,
        }


def _cell_rows(document: Document, masking: Masking) -> Iterator[Row]:
    for table in document.tables:
        for cell in table.cells:
            yield {
                "table_id": table.table_id,
                "page": cell.page,
                "row": cell.row,
                "col": cell.col,
                "row_span": cell.row_span,
                "col_span": cell.col_span,
                "text": masking.passage(cell.passage),
                "header": cell.header,
                **_edges(cell.bbox),
                "segments": [_slice(span) for span in cell.spans],
            }


def _indicator_rows(report: Report, reconciliation: Reconciliation, masking: Masking) -> Iterator[Row]:
    document = report.document
    checks: dict[str, list[Check]] = {}
    for check in reconciliation.checks:
        checks.setdefault(check.calculation.stated.quantity_id, []).append(check)
    for indicator in report.indicators:
        page = indicator.page
        judged = [] if indicator.score is None else checks.get(indicator.score.quantity_id, [])
        yield {
            "indicator_id": indicator.indicator_id,
            "parent_id": indicator.parent_id,
            "level": indicator.level,
            "name": masking.text(indicator.name, page),
            "canonical_name": masking.text(indicator.canonical_name, page),
            **_marks(indicator),
            **_judgement(judged),
            "rubric": masking.optional_text(indicator.rubric, page),
            "origin": indicator.origin.value,
            "page": page,
            "quote": masking.printed(indicator.spans),
            **_edges(document.bbox(indicator.spans[0])),
            "table_id": indicator.table_id,
        }


def _marks(indicator: Indicator) -> Row:
    marks = (("full_mark", indicator.full_mark), ("score", indicator.score), ("rate", indicator.rate))
    row: Row = {}
    for name, quantity in marks:
        row[name] = _value(quantity)
        row[f"{name}_printed"] = _printed(quantity)
        row[f"{name}_id"] = None if quantity is None else quantity.quantity_id
    return row


def _judgement(checks: list[Check]) -> Row:
    """The worst verdict on a score, and the score re-computed by the check that judges it worst.

    A bound (score ≤ full mark) re-computes no score, so it says nothing of one unless it is broken.
    """
    telling = [check for check in checks if not check.calculation.at_most or check.verdict is Verdict.INCONSISTENT]
    if not telling:
        return {"recomputed_score": None, "verdict": None}
    ranked = sorted(telling, key=lambda check: _WORST_FIRST.index(check.verdict))
    recomputed = [check.expected for check in ranked if not check.calculation.at_most and check.expected is not None]
    return {
        "recomputed_score": recomputed_number(recomputed[0]) if recomputed else None,
        "verdict": ranked[0].verdict.value,
    }


def _quantity_rows(report: Report, reconciliation: Reconciliation, masking: Masking) -> Iterator[Row]:
    document = report.document
    for quantity in report.quantities:
        first = quantity.spans[0]
        edges = [_edges(document.bbox(span)) for span in quantity.spans]
        yield {
            "quantity_id": quantity.quantity_id,
            "kind": quantity.kind.value,
            "printed": masking.printed(quantity.spans[:1]),
            "value": _value(quantity),
            "unit": quantity.unit,
            "places": quantity.places,
            "lower": lower_bound(quantity.interval.lower),
            "upper": upper_bound(quantity.interval.upper),
            "label": masking.text(quantity.label, first.page),
            "period": quantity.period,
            "section_id": quantity.section_id,
            "table_id": quantity.table_id,
            "row": quantity.row,
            "col": quantity.col,
            "page": first.page,
            "char_start": first.start,
            "char_end": first.end,
            **edges[0],
            "reader": quantity.reader.value,
            "confidence": quantity.confidence,
            "status": _status(quantity, reconciliation).value,
            "printed_whole": masking.printed(quantity.spans),
            "segments": _segments(quantity.spans, edges),
            "approximate": quantity.approximate,
            "first_reading": _first_reading(quantity, document.corrections),
            "lines": _lines(quantity.spans, document),
        }


def _first_reading(quantity: Quantity, corrections: Sequence[Correction]) -> str | None:
    """What was read at first where a second reading of the figure replaced it."""
    for correction in corrections:
        for span in quantity.spans:
            if span.page == correction.page and span.start <= correction.start and correction.end <= span.end:
                return correction.first
    return None


def _check_row(check: Check, masking: Masking) -> Row:
    calculation = check.calculation
    stated, page, interval = calculation.stated, calculation.stated.page, check.expected_interval
    return {
        "check_id": check.check_id,
        "code": calculation.code,
        "verdict": check.verdict.value,
        "stated": _value(stated),
        "expected": recomputed_number(check.expected),
        "expected_lower": None if interval is None else lower_bound(interval.lower),
        "expected_upper": None if interval is None else upper_bound(interval.upper),
        "gap": recomputed_number(check.gap),
        "formula": masking.text(check.formula, page),
        "operands": [
            {
                "quantity_id": operand.quantity_id,
                "label": masking.text(operand.label, operand.page),
                "printed": masking.printed(operand.spans),
                "value": _value(operand),
                "page": operand.page,
            }
            for operand in operands_of(calculation.expression)
        ],
        "page": page,
        "quote": masking.text(calculation.quote, page),
        "reason": check.reason,
        "subject": masking.text(calculation.subject, page),
        "severity": calculation.severity.value,
        "stated_id": stated.quantity_id,
        "stated_printed": masking.printed(stated.spans),
        "at_most": calculation.at_most,
    }


def _finding_row(finding: Finding, masking: Masking) -> Row:
    page = finding.page
    return {
        "finding_id": finding.finding_id,
        "code": finding.code,
        "severity": finding.severity.value,
        "title": finding.title,
        "message": masking.text(finding.message, page),
        "stated": masking.text(finding.stated, page),
        "expected": masking.text(finding.expected, page),
        "gap": recomputed_number(finding.gap),
        "formula": masking.text(finding.formula, page),
        "diagnosis": masking.optional_text(finding.diagnosis, page),
        "confidence": finding.confidence,
        "page": page,
        "quote": masking.text(finding.quote, page),
        **_edges(finding.bbox),
        "evidence": [
            {"page": item.page, "quote": masking.text(item.quote, item.page), **_edges(item.bbox)}
            for item in finding.evidence
        ],
        "consequences": [masking.text(formula, page) for formula in finding.consequences],
        "check_id": finding.check.check_id,
        **_finding_values(finding.check, masking),
    }


def _finding_values(check: Check, masking: Masking) -> Row:
    """What a finding is about, and its results as numbers. Reviews are not known here; the run adds them."""
    stated = check.calculation.stated
    return {
        "subject": masking.text(check.calculation.subject, stated.page),
        "kind": stated.kind.value,
        "unit": stated.unit,
        "stated_value": _value(stated),
        "expected_value": recomputed_number(check.expected),
    }


def _status(quantity: Quantity, reconciliation: Reconciliation) -> QuantityStatus:
    return reconciliation.statuses.get(quantity.quantity_id, QuantityStatus.UNCHECKED)


def _value(quantity: Quantity | None) -> Decimal | None:
    """The stated value; None also where `_with_number_problems` has said that it is too long to publish."""
    return quantity.value if quantity is not None and fits(quantity.value) else None


def _printed(quantity: Quantity | None) -> str | None:
    return None if quantity is None else quantity.printed


def _edges(bbox: BBox | None) -> Row:
    if bbox is None:
        return {"x0": None, "top": None, "x1": None, "bottom": None}
    return {
        "x0": round(bbox.x0, _MILLI_POINTS),
        "top": round(bbox.top, _MILLI_POINTS),
        "x1": round(bbox.x1, _MILLI_POINTS),
        "bottom": round(bbox.bottom, _MILLI_POINTS),
    }


def _segments(spans: tuple[Span, ...], edges: list[Row]) -> list[Row]:
    return [_slice(span) | box for span, box in zip(spans, edges, strict=True)]


def _lines(spans: tuple[Span, ...], document: Document) -> list[Row]:
    """Each line of a figure that line ends cut; nothing for the many that stand on one."""
    lines = [line for span in spans for line in by_line(document.page(span.page).text, span)]
    if len(lines) == len(spans):
        return []
    return [_slice(line) | _edges(document.bbox(line)) for line in lines]


def _slice(span: Span) -> Row:
    return {"page": span.page, "char_start": span.start, "char_end": span.end}
