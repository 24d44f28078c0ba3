"""Rows say exactly what the outcome holds, and where."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.failure import failed
from pipeline.model.check import Verdict
from pipeline.publish.rows import NUMBER_TOO_LONG, rows_of
from pipeline.publish.schema import Row
from tests.sample_outcome import SECOND_TEXT, partial_outcome, sample_outcome, score_quantity, source_file


def only(rows: list[Row], **wanted: object) -> Row:
    found = [row for row in rows if all(row[name] == value for name, value in wanted.items())]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("keep_personal", [False, True])
def test_printed_is_the_slice_of_the_published_page_text(keep_personal: bool) -> None:
    rows = rows_of(sample_outcome(), keep_personal=keep_personal)
    texts = {row["page"]: row["text"] for row in rows["pages"]}
    for row in rows["quantities"]:
        assert texts[row["page"]][row["char_start"] : row["char_end"]] == row["printed"]
        slices = [texts[item["page"]][item["char_start"] : item["char_end"]] for item in row["segments"]]
        assert "".join(slices) == row["printed_whole"]


def test_a_figure_over_a_page_break_has_two_segments() -> None:
    row = only(rows_of(sample_outcome())["quantities"], quantity_id="q1")
    assert row["printed"] == "12，\n"
    assert row["printed_whole"] == "12，\n345.67万元"
    assert [item["page"] for item in row["segments"]] == [1, 2]
    assert (row["page"], row["value"]) == (1, Decimal("123456700.00"))
    assert (row["lower"], row["upper"]) == (Decimal(123456650), Decimal(123456750))


def test_the_score_is_judged_by_its_worst_check_and_recomputed_by_no_bound() -> None:
    indicators = rows_of(sample_outcome())["indicators"]
    parent = only(indicators, indicator_id="i1")
    assert (parent["verdict"], parent["recomputed_score"]) == ("inconsistent", Decimal(18))
    assert (parent["full_mark"], parent["full_mark_printed"], parent["score_id"]) == (Decimal(20), "20", "q3")
    child = only(indicators, indicator_id="i2")
    assert (child["verdict"], child["recomputed_score"], child["full_mark"]) == ("unverifiable", None, None)


def test_a_bound_that_holds_says_nothing_of_the_score() -> None:
    outcome = sample_outcome()
    assert outcome.reconciliation is not None
    bound_only = replace(outcome.reconciliation, checks=outcome.reconciliation.checks[1:2])
    row = only(rows_of(replace(outcome, reconciliation=bound_only))["indicators"], indicator_id="i1")
    assert (row["verdict"], row["recomputed_score"]) == (None, None)


def test_a_broken_bound_contradicts_the_score_without_recomputing_it() -> None:
    outcome = sample_outcome()
    assert outcome.reconciliation is not None
    broken = replace(outcome.reconciliation.checks[1], verdict=Verdict.INCONSISTENT)
    row = rows_of(replace(outcome, reconciliation=replace(outcome.reconciliation, checks=(broken,))))["indicators"][0]
    assert (row["verdict"], row["recomputed_score"]) == ("inconsistent", None)


def test_checks_list_their_operands_and_open_ends() -> None:
    checks = rows_of(sample_outcome())["checks"]
    broken = only(checks, check_id="c1")
    assert [(item["quantity_id"], item["value"]) for item in broken["operands"]] == [
        ("q4", Decimal(11)),
        ("q5", Decimal(7)),
    ]
    assert (broken["stated"], broken["expected"], broken["gap"]) == (Decimal(19), Decimal(18), Decimal(1))
    third = only(checks, check_id="c3")
    assert (third["expected_lower"], third["expected_upper"]) == (Decimal("0.3333333333"), None)


def test_the_document_row_counts() -> None:
    row = rows_of(sample_outcome())["documents"][0]
    counts = ("quantities", "verified", "contradicted", "findings", "errors", "warnings", "notes", "pages", "ocr_pages")
    assert [row[name] for name in counts] == [5, 1, 2, 1, 1, 0, 0, 2, 0]
    assert (row["status"], row["stated_total"], row["recomputed_total"]) == ("ok", Decimal(19), Decimal(18))
    assert row["seconds"] is None
    assert rows_of(sample_outcome(), timings=True)["documents"][0]["seconds"] == 1.25


def test_a_lost_page_makes_the_document_partial() -> None:
    row = rows_of(partial_outcome())["documents"][0]
    assert (row["status"], row["error_code"], row["error"]) == ("partial", "page-lost", "cannot be read")
    assert row["problems"] == [{"code": "page-lost", "message": "cannot be read", "page": 2}]


def test_a_failed_input_has_a_document_row_only() -> None:
    rows = rows_of(failed(source_file(), "damaged", "报告.pdf: damaged PDF."))
    assert list(rows) == ["documents"]
    row = rows["documents"][0]
    assert (row["status"], row["error_code"], row["error"]) == ("failed", "damaged", "报告.pdf: damaged PDF.")


def test_a_figure_too_long_for_its_column_is_said_and_never_rounded() -> None:
    outcome = sample_outcome()
    assert outcome.report is not None
    long = replace(score_quantity("q9", "11", 1), value=Decimal("1.00000000001"))
    report = replace(outcome.report, quantities=(*outcome.report.quantities, long))
    rows = rows_of(replace(outcome, report=report))
    assert only(rows["quantities"], quantity_id="q9")["value"] is None
    assert only(rows["quantities"], quantity_id="q9")["printed"] == "11"
    document = rows["documents"][0]
    assert (document["status"], document["error_code"]) == ("partial", NUMBER_TOO_LONG)


def test_personal_data_is_masked_character_for_character() -> None:
    outcome = sample_outcome()
    kept, hidden = rows_of(outcome, keep_personal=True), rows_of(outcome)
    assert (
        hidden["pages"][0]["text"] == "一、基本情况\n填报人：＊  ＊＊ 电话 ＊＊＊＊＊＊＊＊＊＊＊＊＊\n全年支出12，\n"
    )
    assert hidden["pages"][1]["text"] == SECOND_TEXT
    assert "赵  钱孙" in kept["pages"][0]["text"]
    assert hidden["checks"][0]["quote"] == "产出指标 填报人：＊＊＊"
    assert hidden["findings"][0]["message"] == "产出指标得分19分，下级之和为18分（填报人＊＊＊）。"
    assert hidden["findings"][0]["evidence"][1]["quote"] == "电话 ＊＊＊＊＊＊＊＊＊＊＊＊＊"
    for name, rows in hidden.items():
        for row, open_row in zip(rows, kept[name], strict=True):
            for column, value in row.items():
                if isinstance(value, str):
                    assert len(value) == len(open_row[column])
    assert "钱孙" not in str(hidden)
    assert "12345678" not in str(hidden)
