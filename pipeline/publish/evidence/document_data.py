"""What the page of one document needs to know, from its rows in the datasets."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from patterns.units import parse_unit
from pipeline.model.check import Verdict
from pipeline.publish.evidence.amounts import gap_text, places_printed, point_text, range_text, stated_text
from pipeline.publish.schema import Row

DATASETS = ("pages", "cells", "indicators", "quantities", "checks", "findings")
"""The datasets a document's page is made of."""

Data = dict[str, Any]
"""A value that JSON can hold, but for decimals, which become strings."""

_TENTHS = 1  # boxes to a tenth of a point, a fifth of a pixel


def document_data(document: Row, rows: Mapping[str, list[Row]], drawn: Collection[int], why_not: str | None) -> Data:
    """A document with its pages, figures, checks, findings and indicators; figures and checks, of which there are many,
    without the members they have nothing to say for.

    `drawn` are the pages that have an image, `why_not` says why others have none.
    """
    figures = {row["quantity_id"]: row for row in rows["quantities"]}
    return {
        **summary(document),
        "problems": [{"message": item["message"], "page": item["page"]} for item in document["problems"]],
        "noImage": why_not,
        "pages": list(_pages(rows["pages"], rows["cells"], drawn)),
        "figures": [_compact(_figure(row)) for row in rows["quantities"]],
        "checks": [_compact(_check(row, figures.get(row["stated_id"]))) for row in rows["checks"]],
        "findings": list(_findings(rows["findings"], rows["checks"], figures)),
        "indicators": [_indicator(row, figures) for row in rows["indicators"]],
    }


def summary(document: Row) -> Data:
    """What both the corpus page and the document's own page say of a document."""
    places = places_printed(document["stated_total_printed"])
    return {
        "id": document["doc_id"],
        "source": document["source"],
        "status": document["status"],
        "department": document["department"],
        "year": document["fiscal_year"],
        "genre": document["genre"],
        "pageCount": document["pages"],
        "scanned": document["ocr_pages"],
        "stated": stated_text(document["stated_total"], places),
        "recomputed": point_text(document["recomputed_total"], "", places),
        "grade": document["stated_grade"],
        "quantities": document["quantities"],
        "verified": document["verified"],
        "contradicted": document["contradicted"],
        "errors": document["errors"],
        "warnings": document["warnings"],
        "notes": document["notes"],
        "error": document["error"],
    }


def box(row: Row) -> list[float] | None:
    """The box of a row as left, top, width and height in points; None where nothing is printed."""
    if row["x0"] is None:
        return None
    x0, top, x1, bottom = (round(row[name], _TENTHS) for name in ("x0", "top", "x1", "bottom"))
    return [x0, top, round(x1 - x0, _TENTHS), round(bottom - top, _TENTHS)]


def _pages(pages: list[Row], cells: list[Row], drawn: Collection[int]) -> Iterator[Data]:
    for page in pages:
        number = page["page"]
        data: Data = {
            "number": number,
            "width": round(page["width"], _TENTHS),
            "height": round(page["height"], _TENTHS),
            "image": number in drawn,
            "scanned": page["reader"] == "ocr",
            "confidence": round(page["confidence"], 2),
            "text": page["text"],
        }
        if number not in drawn:
            # The tables stand in for the picture, so that the figures have something around them.
            data["cells"] = [
                {"box": box(cell), "text": cell["text"]} for cell in cells if cell["page"] == number and box(cell)
            ]
        yield data


def _figure(row: Row) -> Data:
    unit = parse_unit(row["unit"])
    base = unit.name if unit is not None else row["unit"]
    return {
        "id": row["quantity_id"],
        "kind": row["kind"],
        "printed": " ".join(row["printed_whole"].split()),
        "value": row["value"],
        "base": base if base != row["unit"] else None,
        "unit": row["unit"],
        "label": row["label"],
        "period": row["period"],
        "approximate": row["approximate"],
        "firstReading": row.get("first_reading"),
        "inTable": row["table_id"] is not None,
        "scanned": row["reader"] == "ocr",
        "confidence": round(row["confidence"], 2) if row["reader"] == "ocr" else None,
        "status": row["status"],
        "page": row["page"],
        "places": [
            {"page": item["page"], "box": box(item)} for item in row.get("lines") or row["segments"] if box(item)
        ],
    }


def _compact(data: Data) -> Data:
    return {name: value for name, value in data.items() if value is not None and value is not False}


def _check(row: Row, stated: Row | None) -> Data:
    unit, places = _measure(stated)
    return {
        "id": row["check_id"],
        "code": row["code"],
        "verdict": row["verdict"],
        "subject": row["subject"],
        "formula": row["formula"],
        "stated": row["stated_id"],
        "operands": [operand["quantity_id"] for operand in row["operands"]],
        "expected": point_text(row["expected"], unit, places),
        "range": range_text(row["expected_lower"], row["expected_upper"], unit, places),
        "unit": unit,
        "atMost": row["at_most"],
        "reason": row["reason"],
        "quote": row["quote"],
        "page": row["page"],
    }


def _findings(findings: list[Row], checks: list[Row], figures: Mapping[str, Row]) -> Iterator[Data]:
    stated = {check["check_id"]: figures.get(check["stated_id"]) for check in checks}
    for row in findings:
        unit, places = _measure(stated.get(row["check_id"]))
        yield {
            "id": row["finding_id"],
            "check": row["check_id"],
            "code": row["code"],
            "severity": row["severity"],
            "title": row["title"],
            "message": row["message"],
            "stated": row["stated"],
            "expected": row["expected"],
            "gap": gap_text(row["gap"], unit, places),
            "formula": row["formula"],
            "diagnosis": row["diagnosis"],
            "consequences": [_consequence(formula, checks) for formula in row.get("consequences") or ()],
            "review": row.get("review"),
            "reviewReason": row.get("review_reason"),
            "reviewer": row.get("reviewer"),
            "reviewed": row.get("reviewed"),
            "confidence": round(row["confidence"], 2),
            "quote": row["quote"],
            "page": row["page"],
            "places": [{"page": item["page"], "box": box(item), "quote": item["quote"]} for item in row["evidence"]],
        }


def _consequence(formula: str, checks: list[Row]) -> Data:
    """A further relation that a wrong figure breaks, with the check that found it broken."""
    broken = (
        check["check_id"]
        for check in checks
        if check["formula"] == formula and check["verdict"] == Verdict.INCONSISTENT
    )
    return {"formula": formula, "check": next(broken, None)}


def _measure(stated: Row | None) -> tuple[str, int]:
    """The unit and the places of a stated figure."""
    return ("", 0) if stated is None else (stated["unit"], stated["places"])


def _indicator(row: Row, figures: Mapping[str, Row]) -> Data:
    places = _measure(figures.get(row["score_id"]))[1]
    return {
        "id": row["indicator_id"],
        "level": row["level"],
        "name": row["name"],
        "origin": row["origin"],
        "fullMark": stated_text(row["full_mark"], _measure(figures.get(row["full_mark_id"]))[1]),
        "score": stated_text(row["score"], places),
        "recomputed": point_text(row["recomputed_score"], "", places),
        "verdict": row["verdict"],
        "page": row["page"],
        "box": box(row),
        "figures": [row[name] for name in ("full_mark_id", "score_id", "rate_id") if row[name] is not None],
    }
