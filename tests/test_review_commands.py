"""`jixiao workbook` and `jixiao review`: what they say, and how they end."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main, run_command
from pipeline.publish.datasets import read_rows
from pipeline.publish.publication import publication
from pipeline.publish.rows import rows_of
from pipeline.publish.tables import tables_of
from pipeline.publish.workbook import build
from pipeline.review.ledger import load_ledger
from tests.review.round_trip import RATES, run_over, write_report
from tests.sample_outcome import sample_outcome
from tests.tiny_pdf import tiny_pdf


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """The results of a run over one report with three findings."""
    write_report(tmp_path / "in", RATES)
    run_over(tmp_path / "in", tmp_path / "output")
    return tmp_path / "output"


def write_decisions(folder: Path, *lines: str) -> Path:
    path = folder / "decisions.csv"
    path.write_text("\n".join(["finding_id,review,review_reason", *lines]), encoding="utf-8")
    return path


def ids_of(output: Path) -> list[str]:
    return [row["finding_id"] for row in read_rows(output, "findings")]


def test_the_workbook_is_written_anew(output: Path) -> None:
    (output / "findings.xlsx").unlink()
    result = invoke("workbook", output)
    assert result.exit_code == 0
    assert result.stdout == f"{output / 'findings.xlsx'} written.\n"
    assert (output / "findings.xlsx").exists()


def test_a_workbook_without_a_run_shows_what_there_is(tmp_path: Path) -> None:
    with publication(tmp_path / "output") as made:
        made.add(tables_of(rows_of(sample_outcome())))
    assert invoke("workbook", tmp_path / "output").exit_code == 0


def test_an_edited_workbook_is_kept_and_that_is_said(output: Path) -> None:
    (output / "findings.xlsx").write_text("notes")
    result = invoke("workbook", output)
    assert "is kept as" in result.stderr
    assert (output / "findings.edited-1.xlsx").read_text() == "notes"


def test_decisions_are_taken_in_and_shown(output: Path) -> None:
    first, second, _ = ids_of(output)
    file = write_decisions(output.parent, f"{first},确认,", f"{second},排除,口径不同")
    result = invoke("review", "import", file, "--output", output, "--reviewer", "王芳")
    assert result.exit_code == 0, result.output
    assert "2 new decisions, 0 changed, 0 as they were" in result.stdout
    assert "1 confirmed 确认, 1 dismissed 排除, 0 open 待定" in result.stdout
    assert {entry.review.reviewer for entry in load_ledger(output)} == {"王芳"}
    status = invoke("review", "status", output)
    assert "3 findings, 2 reviewed, 1 not yet." in status.stdout


def test_a_changed_mind_is_said(output: Path) -> None:
    first = ids_of(output)[0]
    invoke("review", "import", write_decisions(output.parent, f"{first},确认,"), "-o", output)
    result = invoke("review", "import", write_decisions(output.parent, f"{first},待定,"), "-o", output)
    assert f"{first}: confirmed before, open now." in result.stdout


def test_rows_not_understood_are_told_and_the_others_taken(output: Path) -> None:
    first, second, _ = ids_of(output)
    file = write_decisions(output.parent, f"{first},确认,", f"{second},排除,", "9.1E+15,确认,")
    result = invoke("review", "import", file, "--output", output)
    assert result.exit_code == 1
    assert [line[:17] for line in result.stderr.splitlines()] == ["not taken: row 3:", "not taken: row 4:"]
    assert len(load_ledger(output)) == 1


def test_status_tells_what_changed_and_what_is_orphaned(output: Path) -> None:
    file = write_decisions(output.parent, *(f"{finding_id},确认," for finding_id in ids_of(output)))
    invoke("review", "import", file, "--output", output)
    write_report(output.parent / "in", RATES | {"产出": "71%"})
    run_over(output.parent / "in", output)
    status = invoke("review", "status", output)
    assert "1 new (新增), 1 gone (消失)" in status.stdout
    assert "1 review of findings that no longer exist, kept as orphaned" in status.stdout
    assert status.stdout.count("confirmed") >= 3


def test_a_first_run_says_so(output: Path) -> None:
    assert "no run before this one" in invoke("review", "status", output).stdout


@pytest.mark.parametrize("arguments", [("workbook",), ("review", "status")])
def test_a_folder_without_results_is_one_line(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = invoke(*arguments, tmp_path)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


def test_a_run_tells_what_changed_and_names_the_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_command, "do_without_pandas", lambda: None)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.pdf").write_bytes(tiny_pdf("one"))
    first = invoke("run", tmp_path / "in", "--output", tmp_path / "output")
    assert "findings.xlsx, documents.csv" in first.stdout
    assert "Since the run" not in first.stdout
    second = invoke("run", tmp_path / "in", "--output", tmp_path / "output")
    assert "0 new (新增), 0 gone (消失), 0 as before." in second.stdout


def test_a_run_without_a_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_command, "do_without_pandas", lambda: None)
    (tmp_path / "1.pdf").write_bytes(tiny_pdf("one"))
    result = invoke("run", tmp_path / "1.pdf", "--output", tmp_path / "output", "--no-workbook")
    assert result.exit_code == 0
    assert not (tmp_path / "output" / "findings.xlsx").exists()


def test_a_workbook_that_cannot_be_written_costs_no_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held_open(*_: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(run_command, "do_without_pandas", lambda: None)
    monkeypatch.setattr(build, "put_in_place", held_open)
    (tmp_path / "1.pdf").write_bytes(tiny_pdf("one"))
    result = invoke("run", tmp_path / "1.pdf", "--output", tmp_path / "output")
    assert result.exit_code == 0
    assert "findings.xlsx: cannot be written" in result.stderr
    assert (tmp_path / "output" / "documents.csv").exists()
