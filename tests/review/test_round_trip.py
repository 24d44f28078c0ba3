"""Run, review, change a figure, run again: new, gone and carried on as stated."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline.errors import UsageError
from pipeline.publish.datasets import read_rows
from pipeline.publish.schema import Row
from pipeline.review.changes import Change
from pipeline.review.importing import Imported, import_reviews
from pipeline.review.ledger import load_ledger
from tests.review.round_trip import RATES, run_over, write_report

TODAY = date(2031, 6, 1)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """The results of a run over one report with three findings."""
    write_report(tmp_path / "in", RATES)
    run_over(tmp_path / "in", tmp_path / "output")
    return tmp_path / "output"


def again(output: Path, **rates: str) -> dict[Change, int]:
    """Run once more, with these score rates changed; how many findings of each change."""
    write_report(output.parent / "in", RATES | rates)
    companions = run_over(output.parent / "in", output).companions
    assert companions is not None
    assert companions.problems == ()
    assert companions.comparison is not None
    return {change: companions.comparison.count(change) for change in Change}


def findings(output: Path) -> dict[str, Row]:
    return {row["subject"]: row for row in read_rows(output, "findings")}


def fill_in(workbook: Path, decisions: dict[str, tuple[str, str]]) -> None:
    """Write decisions into the workbook as a person does, and save it."""
    book = openpyxl.load_workbook(workbook)
    sheet = book["问题 findings"]
    columns = {str(cell.value).split("\n")[1]: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        finding_id = sheet.cell(row, columns["finding_id"]).value
        if finding_id in decisions:
            decision, reason = decisions[finding_id]
            sheet.cell(row, columns["review"]).value = decision
            sheet.cell(row, columns["review_reason"]).value = reason
    book.save(workbook)


def review_all(output: Path) -> Imported:
    ids = [row["finding_id"] for row in read_rows(output, "findings")]
    words = [("确认", ""), ("排除", "口径不同"), ("待定", "")]
    fill_in(output / "findings.xlsx", dict(zip(ids, words, strict=True)))
    return import_reviews(output / "findings.xlsx", output, reviewer="王芳", today=TODAY)


def test_three_findings_reviewed_one_figure_changed(output: Path) -> None:
    before = findings(output)
    imported = review_all(output)
    assert (len(imported.taken.added), imported.problems, imported.marked) == (3, (), True)
    counts = again(output, 产出="71%")
    assert (counts[Change.NEW], counts[Change.GONE], counts[Change.CHANGED]) == (1, 1, 0)
    after = findings(output)
    changed = [subject for subject in before if after[subject]["finding_id"] != before[subject]["finding_id"]]
    assert len(changed) == 1
    (subject,) = changed
    assert after[subject]["review"] is None
    carried = {row["review"]: row for name, row in after.items() if name != subject}
    assert carried.keys() == {"confirmed", "dismissed"}
    assert carried["dismissed"]["review_reason"] == "口径不同"
    assert {(row["reviewer"], row["reviewed"]) for row in carried.values()} == {("王芳", "2031-06-01")}


def test_the_run_tells_what_became_of_the_reviewed_finding(output: Path) -> None:
    before = findings(output)
    review_all(output)
    again(output, 产出="71%")
    (run,) = read_rows(output, "runs")
    new, gone = run["changes"]
    assert (new["change"], gone["change"]) == ("new", "gone")
    assert (new["related_id"], gone["related_id"]) == (gone["finding_id"], new["finding_id"])
    assert gone["finding_id"] in {row["finding_id"] for row in before.values()}
    assert (new["review"], gone["review"]) == (None, "open")
    (orphan,) = load_ledger(output).orphans
    assert orphan.review.finding_id == gone["finding_id"]
    assert orphan.message


def test_a_finding_that_comes_back_has_its_review_again(output: Path) -> None:
    review_all(output)
    again(output, 产出="71%")
    again(output)
    assert {row["review"] for row in findings(output).values()} == {"confirmed", "dismissed", "open"}
    assert load_ledger(output).orphans == ()


def test_importing_shows_at_once_and_as_the_next_run_would(output: Path) -> None:
    review_all(output)
    files = ("findings/part-0.parquet", "findings.csv", "reviews.csv")
    imported = [(output / name).read_bytes() for name in files]
    assert {row["review"] for row in findings(output).values()} == {"confirmed", "dismissed", "open"}
    counts = again(output)
    assert sum(counts.values()) == 0
    assert [(output / name).read_bytes() for name in files] == imported


def test_findings_of_a_document_that_is_not_there_are_not_gone(output: Path) -> None:
    review_all(output)
    (output.parent / "in" / "报告.pdf").write_text("no report any more")
    companions = run_over(output.parent / "in", output).companions
    assert companions is not None
    assert companions.comparison is not None
    assert companions.comparison.count(Change.UNREAD) == 3
    (output.parent / "in" / "报告.pdf").unlink()
    write_report(output.parent / "in", {}, "另一份.pdf")
    write_report(output.parent / "in", RATES, "报告.pdf")
    run_over(output.parent / "in", output)
    (output.parent / "in" / "报告.pdf").unlink()
    companions = run_over(output.parent / "in", output).companions
    assert companions is not None
    assert companions.comparison is not None
    assert companions.comparison.count(Change.ABSENT) == 3
    assert len(load_ledger(output).orphans) == 3


def test_the_same_report_under_another_name_is_the_same(output: Path) -> None:
    review_all(output)
    (output.parent / "in" / "报告.pdf").rename(output.parent / "in" / "改名.pdf")
    companions = run_over(output.parent / "in", output).companions
    assert companions is not None
    assert companions.comparison is not None
    assert (companions.comparison.same, companions.comparison.changes) == (3, ())


def test_a_first_run_has_nothing_to_compare_with(tmp_path: Path) -> None:
    write_report(tmp_path / "in", RATES)
    companions = run_over(tmp_path / "in", tmp_path / "output").companions
    assert companions is not None
    assert companions.comparison is None
    assert read_rows(tmp_path / "output", "runs")[0]["compared_with"] is None


def test_an_edited_workbook_outlives_a_run(output: Path) -> None:
    ids = [row["finding_id"] for row in read_rows(output, "findings")]
    fill_in(output / "findings.xlsx", {ids[0]: ("确认", "")})
    again(output)
    kept = output / "findings.edited-1.xlsx"
    assert len(import_reviews(kept, output, reviewer="", today=TODAY).taken.added) == 1


def test_reviews_nobody_understands_stop_a_run_before_it_begins(output: Path) -> None:
    before = (output / "findings.csv").read_bytes()
    (output / "reviews.csv").write_text("finding_id,review\na1,maybe\n")
    with pytest.raises(UsageError, match="is no decision"):
        run_over(output.parent / "in", output)
    assert (output / "findings.csv").read_bytes() == before


def test_reviews_need_results_to_be_about(tmp_path: Path) -> None:
    (tmp_path / "reviews.csv").write_text("finding_id,review\na1,open\n")
    with pytest.raises(UsageError, match="no results of a run there"):
        import_reviews(tmp_path / "reviews.csv", tmp_path, reviewer="", today=TODAY)
