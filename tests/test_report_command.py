"""`jixiao report` and `jixiao run --report`: what they print and leave behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main, report_command, run_command
from tests.publish.evidence.reports import publish, sample_rows
from tests.tiny_pdf import tiny_pdf


@pytest.fixture(autouse=True)
def with_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep pandas in this process, which other tests need."""
    monkeypatch.setattr(report_command, "do_without_pandas", lambda: None)
    monkeypatch.setattr(run_command, "do_without_pandas", lambda: None)


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_it_tells_the_size_of_each_document_and_what_to_open(tmp_path: Path) -> None:
    result = invoke("report", publish(tmp_path, sample_rows()))
    assert result.exit_code == 0
    assert "报告.pdf" in result.stdout
    assert "kB" in result.stdout
    assert f"Open {tmp_path / 'report' / 'index.html'} in a browser." in result.stdout
    assert "PDF not found, shown without page images" in result.stderr


def test_quiet_and_without_images_it_says_nothing(tmp_path: Path) -> None:
    result = invoke("report", publish(tmp_path, sample_rows()), "--no-images", "--quiet")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert (tmp_path / "report" / "index.html").exists()


def test_a_folder_without_results_is_a_usage_error(tmp_path: Path) -> None:
    result = invoke("report", tmp_path)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert "no results of a run there" in result.stderr


def test_a_run_can_end_with_the_report(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(tiny_pdf("Total 100"))
    result = invoke("run", tmp_path / "a.pdf", "--output", tmp_path / "output", "--report", "--quiet", "--jobs", "1")
    assert result.exit_code == 0, result.stderr
    report = tmp_path / "output" / "report"
    assert len(list((report / "doc").iterdir())) == 1
    assert [path.name for path in (report / "pages").rglob("*.webp")] == ["1.webp"]
