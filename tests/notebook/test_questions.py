"""The example notebook answers its questions from the results over the sample corpus, and its labels can be read."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from pipeline.notebook.fonts import use_chinese_font
from pipeline.run import RunOptions, run
from tests.test_run import Notes

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "docs" / "notebooks" / "questions.ipynb"


@pytest.mark.slow
def test_the_notebook_runs_from_beginning_to_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("duckdb")
    pytest.importorskip("matplotlib")
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    run(RunOptions((str(ROOT / "corpus"),), tmp_path / "output", workbook=False), Notes())
    monkeypatch.setenv("JIXIAO_OUTPUT", str(tmp_path / "output"))
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    plots = [output for output in outputs if "image/png" in output.get("data", {})]
    assert len(plots) == 4
    told = "\n".join(output.get("text", "") for output in outputs if output.output_type == "stream")
    assert "missing from font" not in told
    assert "Warning" not in told


def test_chinese_labels_are_drawn() -> None:
    pyplot = pytest.importorskip("matplotlib.pyplot")
    name = use_chinese_font()
    pyplot.switch_backend("agg")
    figure, axes = pyplot.subplots()
    axes.set_title("绩效自评得分（预算执行率）")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.canvas.draw()
    assert name
    pyplot.close(figure)


def test_the_notebook_names_no_folder_of_a_machine() -> None:
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert "/tmp/" not in text
    assert "/home/" not in text
    assert str(ROOT) not in text
