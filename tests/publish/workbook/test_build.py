"""The workbook as a whole: complete, the same numbers as the datasets, nothing in it runs, nobody's work lost."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from pipeline.errors import OutputNotWritable, UsageError
from pipeline.failure import failed
from pipeline.publish.datasets import read_rows
from pipeline.publish.rows import rows_of
from pipeline.publish.workbook import build, write_workbook
from pipeline.publish.workbook.form import display_width, row_height
from tests.publish.workbook.reading import SHEETS, publish, publish_rows, read_sheet, sheet_xml
from tests.sample_outcome import sample_outcome, source_file

DOC_ID = source_file().doc_id
HOSTILE = '=HYPERLINK("http://example.org","x")'


def test_it_has_every_sheet_and_every_row(tmp_path: Path) -> None:
    written = write_workbook(publish(tmp_path))
    assert written.path == tmp_path / "findings.xlsx"
    assert written.cuts == ()
    assert CalamineWorkbook.from_path(written.path).sheet_names == SHEETS
    counts = [len(read_sheet(written.path, name)) for name in SHEETS[:4]]
    assert counts == [1, 2, 5, 1]


def test_the_numbers_are_those_of_the_datasets(tmp_path: Path) -> None:
    path = write_workbook(publish(tmp_path)).path
    for sheet, dataset, names in (
        ("数字 figures", "quantities", ("value",)),
        ("指标 indicators", "indicators", ("full_mark", "score", "rate", "recomputed_score")),
        ("文档 documents", "documents", ("stated_total", "recomputed_total", "quantities", "verified")),
        ("问题 findings", "findings", ("stated_value", "expected_value", "gap")),
    ):
        for shown, row in zip(read_sheet(path, sheet), read_rows(tmp_path, dataset), strict=True):
            for name in names:
                expected = "" if row[name] is None else float(row[name])
                assert shown[name] == expected, (dataset, name)


def test_the_printed_form_stands_beside(tmp_path: Path) -> None:
    (row,) = read_sheet(write_workbook(publish(tmp_path)).path, "问题 findings")
    assert (row["stated"], row["expected"]) == ("19", "18")
    figures = read_sheet(tmp_path / "findings.xlsx", "数字 figures")
    assert (figures[0]["printed_whole"], figures[0]["value"], figures[0]["base_unit"]) == (
        "12，\n345.67万元",
        123456700.0,
        "元",
    )


def test_headers_stay_in_sight_and_filter(tmp_path: Path) -> None:
    path = write_workbook(publish(tmp_path)).path
    for number in range(1, 5):
        xml = sheet_xml(path, number)
        assert 'state="frozen"' in xml
        assert "<autoFilter ref=" in xml


def test_decisions_are_chosen_from_a_list_and_coloured(tmp_path: Path) -> None:
    xml = sheet_xml(write_workbook(publish(tmp_path)).path, 1)
    assert 'type="list"' in xml
    assert "确认,排除,待定" in xml
    assert "<conditionalFormatting" in xml


def test_a_finding_leads_to_its_evidence(tmp_path: Path) -> None:
    path = write_workbook(publish(tmp_path)).path
    with ZipFile(path) as workbook:
        relations = workbook.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    # Backslashes as Excel itself writes them.
    assert f'Target="report\\doc\\{DOC_ID}.html"' in relations
    assert 'location="f00d"' in sheet_xml(path, 1)


def test_nothing_in_it_can_run(tmp_path: Path) -> None:
    rows = rows_of(sample_outcome(source_file(f"{HOSTILE}.pdf")))
    rows["findings"][0] |= {"message": HOSTILE, "quote": "@x", "diagnosis": "-1+1", "formula": "+1", "stated": "=2"}
    rows["indicators"][0] |= {"name": HOSTILE, "rubric": "=1"}
    rows["quantities"][0] |= {"label": HOSTILE, "printed_whole": "=3"}
    publish_rows(tmp_path, rows)
    path = write_workbook(tmp_path).path
    for number in range(1, 6):
        assert "<f>" not in sheet_xml(path, number)
    (finding,) = read_sheet(path, "问题 findings")
    assert (finding["message"], finding["stated"], finding["quote"]) == (HOSTILE, "=2", "@x")
    assert read_sheet(path, "数字 figures")[0]["label"] == HOSTILE
    with ZipFile(path) as workbook:
        assert 'quotePrefix="1"' in workbook.read("xl/styles.xml").decode()


def test_reviews_are_shown_as_they_are_filled_in(tmp_path: Path) -> None:
    publish(tmp_path, review="dismissed", review_reason="口径不同", reviewer="王", reviewed="2031-12-31")
    (row,) = read_sheet(write_workbook(tmp_path).path, "问题 findings")
    assert (row["review"], row["review_reason"], row["reviewer"]) == ("排除", "口径不同", "王")
    assert str(row["reviewed"]).startswith("2031-12-31")


def test_rows_that_do_not_fit_are_said(tmp_path: Path) -> None:
    written = write_workbook(publish(tmp_path), most_rows=3)
    assert written.cuts == (("数字 figures", 3, 5),)
    assert len(read_sheet(written.path, "数字 figures")) == 3
    guide = CalamineWorkbook.from_path(written.path).get_sheet_by_name("说明 guide").to_python()
    assert any("前 3 行，共 5 行" in str(row[1]) for row in guide)


def test_only_so_many_figures_are_shown_unless_asked_for(tmp_path: Path) -> None:
    assert write_workbook(publish(tmp_path), most_figures=2).cuts == (("数字 figures", 2, 5),)
    assert len(read_sheet(tmp_path / "findings.xlsx", "数字 figures")) == 2


def test_inputs_that_could_not_be_read_have_their_row_and_no_evidence(tmp_path: Path) -> None:
    publish_rows(tmp_path, rows_of(failed(source_file(sha256=""), "not-found", "不存在")), rows_of(sample_outcome()))
    rows = read_sheet(write_workbook(tmp_path).path, "文档 documents")
    assert [(row["status"], row["evidence"], row["error"]) for row in rows] == [
        ("失败", "", "不存在"),
        ("完整", "打开 open", ""),
    ]


def test_the_same_results_give_the_same_bytes(tmp_path: Path) -> None:
    first = write_workbook(publish(tmp_path / "one")).path.read_bytes()
    assert write_workbook(publish(tmp_path / "two")).path.read_bytes() == first


def test_a_workbook_nobody_touched_is_replaced(tmp_path: Path) -> None:
    write_workbook(publish(tmp_path))
    assert write_workbook(tmp_path).kept is None
    assert {path.name for path in tmp_path.glob("*.xlsx")} == {"findings.xlsx"}


def test_a_workbook_that_was_edited_is_kept(tmp_path: Path) -> None:
    publish(tmp_path)
    for number in (1, 2):
        with Workbook(tmp_path / "findings.xlsx") as workbook:
            workbook.add_worksheet().write(0, 0, f"work of a day {number}")
        kept = write_workbook(tmp_path).kept
        assert kept == tmp_path / f"findings.edited-{number}.xlsx"
        assert CalamineWorkbook.from_path(kept).get_sheet_by_index(0).to_python() == [[f"work of a day {number}"]]


def test_what_is_no_workbook_at_all_is_kept_too(tmp_path: Path) -> None:
    publish(tmp_path)
    (tmp_path / "findings.xlsx").write_text("notes")
    assert write_workbook(tmp_path).kept == tmp_path / "findings.edited-1.xlsx"


def test_a_failure_leaves_the_old_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_workbook(publish(tmp_path)).path
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(build, "fill_form", full)
    with pytest.raises(OutputNotWritable, match="No space left"):
        write_workbook(tmp_path)
    assert path.read_bytes() == before
    assert not list(tmp_path.glob(".findings*.tmp"))


def test_a_folder_without_results_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no results of a run there"):
        write_workbook(tmp_path)


def test_rows_are_as_high_as_their_text() -> None:
    assert display_width("得分 19") == 7
    assert row_height([("字" * 32, 64), ("短", 10)]) == 15
    assert row_height([("字" * 33, 64), (None, 10)]) == 30
    assert row_height([]) == 15


def test_decimals_do_not_pass_through_floats(tmp_path: Path) -> None:
    rows = rows_of(sample_outcome())
    rows["quantities"][0]["value"] = Decimal("0.1234567890")
    rows["quantities"][1]["value"] = Decimal("1234567890123456789.01")
    publish_rows(tmp_path, rows)
    xml = sheet_xml(write_workbook(tmp_path).path, 3)
    assert "<v>0.123456789</v>" in xml
    assert ">1234567890123456789.01</t>" in xml
