"""Second looks at recognised figures: they mend what was misread and never make up what is not there."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model.check import Calculation, Severity, Sum
from pipeline.model.document import Document, Reader
from pipeline.model.geometry import BBox
from pipeline.model.quantity import Quantity
from pipeline.model.report import Reconciliation
from pipeline.model.text import Span
from pipeline.reconcile.evaluate import evaluate
from pipeline.reread import find_corrections, put_in_place
from tests.builders import document, money

TEXT = "预算100.00元，其中甲60.00元，乙46.00元。"


def at(printed: str, page_text: str = TEXT) -> Quantity:
    """A recognised figure where it stands on the page."""
    start = page_text.index(printed)
    return replace(
        money(printed),
        quantity_id=f"q{start}",
        spans=(Span(1, start, start + len(printed)),),
        reader=Reader.OCR,
        confidence=0.9,
    )


def reconciled(*calculations: Calculation) -> Reconciliation:
    checks = tuple(evaluate(calculation, f"c{i}") for i, calculation in enumerate(calculations))
    return Reconciliation(checks, (), {}, None)


def total(stated: Quantity, *parts: Quantity) -> Calculation:
    return Calculation("TST001", "测试", stated, Sum(parts), Severity.ERROR, TEXT)


def corrections(made: Document, reconciliation: Reconciliation, readings: dict[str, str]) -> list[tuple[str, str]]:
    """What a second look that sees `readings` corrects."""

    def look(page: int, box: BBox) -> list[tuple[str, float]]:
        offset = int(box.x0 / 10)
        return [(new, 0.99) for old, new in readings.items() if made.page(page).text.index(old) == offset]

    found = find_corrections(made, reconciliation, look)
    return [(correction.first, correction.second) for correction in found.corrections]


def test_a_misread_figure_is_mended_and_put_in_place() -> None:
    made = document(TEXT)
    failing = reconciled(total(at("100.00元"), at("60.00元"), at("46.00元")))
    assert corrections(made, failing, {"46.00元": "40.00元"}) == [("46.00", "40.00")]
    found = find_corrections(made, failing, lambda _page, _box: [("40.00", 0.99)])
    (page,), (placed,) = put_in_place(made.pages, found.corrections)
    assert page.text == TEXT.replace("46.00", "40.00")
    assert page.text[placed.start : placed.end] == "40.00"
    assert len(page.boxes) == 4 * len(page.text)


def test_a_reading_that_does_not_help_changes_nothing() -> None:
    made = document(TEXT)
    failing = reconciled(total(at("100.00元"), at("60.00元"), at("46.00元")))
    assert corrections(made, failing, {"46.00元": "48.00元", "60.00元": "60.00元"}) == []


def test_a_reading_that_breaks_another_check_is_refused() -> None:
    text = TEXT + "乙46.00元与丙4.00元共50.00元。"
    made = document(text)
    b = at("46.00元", text)
    failing = reconciled(
        total(at("100.00元", text), at("60.00元", text), b),
        total(at("50.00元", text), b, money("4.00元")),
    )
    assert corrections(made, failing, {"46.00元": "40.00元"}) == []


def test_text_layers_are_never_read_again() -> None:
    made = document(TEXT)
    figures = [replace(at(printed), reader=Reader.TEXT) for printed in ("100.00元", "60.00元", "46.00元")]
    failing = reconciled(total(*figures))
    assert find_corrections(made, failing, lambda _page, _box: [("40.00", 1.0)]).looked_at == 0
