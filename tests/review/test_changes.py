"""Two runs compared, finding by finding."""

from __future__ import annotations

from pathlib import Path

from pipeline.publish.rows import rows_of
from pipeline.publish.schema import Row
from pipeline.publish.tables import tables_of
from pipeline.review.changes import Change, Comparison, Findings, RunBefore, compare, run_before
from tests.sample_outcome import sample_outcome, source_file


def findings(*all_rows: Row, source: str = "报告.pdf", **document: object) -> Findings:
    """The findings of a run over one document, each the sample's with these values."""
    rows = rows_of(sample_outcome(source_file(source)))
    rows["documents"][0].update(document)
    sample = rows["findings"][0]
    rows["findings"] = [sample | row for row in all_rows]
    found = Findings()
    found.add(tables_of(rows))
    return found


def compared(old: Findings, new: Findings) -> Comparison:
    return compare(RunBefore("run-1", "2031-01-01 00:00 UTC", "1", old), new)


def changes(comparison: Comparison) -> list[tuple[Change, str, str | None]]:
    return [(item.change, item.finding["finding_id"], item.related_id) for item in comparison.changes]


def test_the_same_findings_are_as_before() -> None:
    comparison = compared(findings({"finding_id": "a"}), findings({"finding_id": "a"}))
    assert (comparison.same, comparison.changes) == (1, ())


def test_a_finding_told_otherwise_has_changed() -> None:
    comparison = compared(findings({"finding_id": "a"}), findings({"finding_id": "a", "severity": "note"}))
    assert changes(comparison) == [(Change.CHANGED, "a", None)]
    assert comparison.same == 0


def test_another_figure_on_the_same_subject_is_new_and_the_old_one_gone() -> None:
    comparison = compared(findings({"finding_id": "a"}), findings({"finding_id": "b"}))
    assert changes(comparison) == [(Change.NEW, "b", "a"), (Change.GONE, "a", "b")]


def test_findings_on_several_subjects_are_not_mixed_up() -> None:
    old = findings({"finding_id": "a", "subject": "甲"}, {"finding_id": "b", "subject": "乙"})
    comparison = compared(old, findings({"finding_id": "c", "subject": "乙"}))
    assert changes(comparison) == [(Change.NEW, "c", "b"), (Change.GONE, "a", None), (Change.GONE, "b", "c")]


def test_where_there_is_a_choice_none_is_made() -> None:
    old = findings({"finding_id": "a"}, {"finding_id": "b"})
    comparison = compared(old, findings({"finding_id": "c"}))
    assert {related for _, _, related in changes(comparison)} == {None}


def test_a_document_that_was_not_read_keeps_its_findings_from_being_gone() -> None:
    old = findings({"finding_id": "a"})
    assert changes(compared(old, findings(status="failed"))) == [(Change.UNREAD, "a", None)]
    assert changes(compared(old, findings(source="另.pdf", department="另一部门"))) == [(Change.ABSENT, "a", None)]
    assert changes(compared(old, findings(source="改名.pdf"))) == [(Change.GONE, "a", None)]
    assert changes(compared(old, Findings())) == [(Change.ABSENT, "a", None)]


def test_what_was_never_a_run_is_not_compared_with(tmp_path: Path) -> None:
    assert run_before(tmp_path) is None
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "part-0.parquet").write_bytes(b"damaged")
    assert run_before(tmp_path) is None
