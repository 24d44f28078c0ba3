"""A report takes its place whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import OutputNotWritable
from pipeline.publish.evidence.staging import staged_folder


def put(folder: Path, text: str) -> None:
    (folder / "index.html").write_text(text)


def fail_halfway(folder: Path) -> None:
    put(folder, "half")
    raise KeyboardInterrupt


def test_a_finished_folder_replaces_the_earlier_one(tmp_path: Path) -> None:
    final = tmp_path / "report"
    for text in ("first", "second"):
        with staged_folder(final) as folder:
            put(folder, text)
        assert (final / "index.html").read_text() == text
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_failed_build_leaves_the_earlier_folder(tmp_path: Path) -> None:
    final = tmp_path / "report"
    with staged_folder(final) as folder:
        put(folder, "first")
    with pytest.raises(KeyboardInterrupt), staged_folder(final) as folder:
        fail_halfway(folder)
    assert (final / "index.html").read_text() == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_what_a_killed_build_left_is_settled(tmp_path: Path) -> None:
    final = tmp_path / "report"
    (tmp_path / ".report.old").mkdir()
    put(tmp_path / ".report.old", "earlier")
    (tmp_path / ".report.new").mkdir()
    put(tmp_path / ".report.new", "half")
    with pytest.raises(RuntimeError), staged_folder(final):
        raise RuntimeError
    assert (final / "index.html").read_text() == "earlier"
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_folder_that_cannot_be_made_is_the_outputs_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputNotWritable), staged_folder(tmp_path / "file" / "report"):
        pass
