"""PDFs are found again by what they hold."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from pipeline.publish.evidence.sources import locate_sources
from pipeline.publish.schema import Row
from tests.tiny_pdf import tiny_pdf

PDF = tiny_pdf("Total 100")
SUM = hashlib.sha256(PDF).hexdigest()


def run_row(output: str, *inputs: str) -> Row:
    return {"options": json.dumps({"inputs": list(inputs), "output": output})}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where a run was started, with a report in a folder."""
    (tmp_path / "home" / "reports").mkdir(parents=True)
    (tmp_path / "home" / "output").mkdir()
    (tmp_path / "home" / "reports" / "a.pdf").write_bytes(PDF)
    return tmp_path / "home"


@pytest.mark.parametrize("given", ["reports", "reports/*.pdf", "reports/a.pdf"])
def test_relative_inputs_are_found_from_another_folder(
    home: Path, given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = locate_sources(home / "output", run_row("output", given), [SUM])
    assert found[SUM].path.resolve() == home / "reports" / "a.pdf"


def test_relative_inputs_are_found_from_the_current_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    assert SUM in locate_sources(Path("elsewhere"), run_row("output", "reports"), [SUM])


def test_a_moved_archive_is_found_where_the_user_says(home: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "archive.zip", "w") as archive:
        archive.writestr("2031/renamed.pdf", PDF)
    (home / "reports" / "a.pdf").unlink()
    run = run_row("output", "reports")
    assert locate_sources(home / "output", run, [SUM]) == {}
    found = locate_sources(home / "output", run, [SUM], [str(tmp_path / "archive.zip")])
    assert found[SUM].source == "archive.zip/2031/renamed.pdf"


def test_another_file_of_the_same_name_is_not_taken(home: Path) -> None:
    (home / "reports" / "a.pdf").write_bytes(tiny_pdf("Total 200"))
    assert locate_sources(home / "output", run_row("output", "reports"), [SUM]) == {}


def test_datasets_without_a_run_have_no_sources(home: Path) -> None:
    assert locate_sources(home / "output", None, [SUM]) == {}
