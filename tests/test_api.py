"""`import pipeline` in a notebook: results as frames, SQL over them, single documents that show themselves."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import pipeline
from pipeline.errors import InputError, UsageError
from pipeline.model.document import Document
from pipeline.model.report import Outcome, Status
from pipeline.notebook.results import Results
from pipeline.publish.schema import DATASETS
from tests.publish.workbook.reading import publish
from tests.tiny_pdf import tiny_pdf

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "corpus" / "anshi-training-2023-planted.pdf"


@pytest.fixture
def results(tmp_path: Path) -> Results:
    return pipeline.load(publish(tmp_path, message="<script>得分不符</script>"))


def in_a_new_process(script: str) -> None:
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT)


def test_importing_loads_nothing_heavy() -> None:
    in_a_new_process("import sys, pipeline; assert not {'pandas', 'pyarrow', 'pdfplumber', 'click'} & set(sys.modules)")


@pytest.mark.parametrize(
    "before",
    ["", "import pipeline.read.lines", "from pipeline.analyse import analyse", "import pipeline.api"],
)
def test_names_are_functions_and_modules_whatever_came_before(before: str) -> None:
    in_a_new_process(f"""
{before}
import pipeline
document, outcome = pipeline.read({str(REPORT)!r}), pipeline.analyse({str(REPORT)!r})
import pipeline.read.choose, pipeline.analyse
from pipeline.analyse import analyse
from pipeline.read import read_pages
assert pipeline.read.read_pages is read_pages and pipeline.analyse.analyse is analyse
assert len(pipeline.read({str(REPORT)!r}).pages) == len(document.pages) == 1
assert pipeline.analyse({str(REPORT)!r}).source == outcome.source
""")


def test_public_names() -> None:
    assert {"analyse", "load", "read"} <= set(dir(pipeline))
    with pytest.raises(AttributeError, match="nothing"):
        _ = pipeline.nothing  # type: ignore[attr-defined]


def test_every_dataset_is_a_frame(results: Results) -> None:
    for dataset in DATASETS:
        frame = getattr(results, dataset.name)
        assert list(frame.columns) == list(dataset.column_names)
        assert dataset.name in dir(results)
    assert results.findings is results.findings
    with pytest.raises(AttributeError, match="its datasets are documents, pages"):
        _ = results.nothing


def test_frames_are_typed(results: Results) -> None:
    assert results.documents.fiscal_year.dtype == pd.Int32Dtype()
    assert results.documents.department.dtype == pd.StringDtype()
    assert results.cells.header.dtype == pd.BooleanDtype()
    assert results.pages.width.dtype == "float64"
    assert list(results.quantities.value) == [Decimal(123456700), Decimal(20), Decimal(19), Decimal(11), Decimal(7)]
    assert str(results.quantities.value.iloc[0]) == "123456700"
    assert results.indicators.rate.isna().all()
    assert results.findings.evidence.iloc[0][0]["quote"] == "数量 11"


def test_sql_over_all_datasets(results: Results) -> None:
    answer = results.sql("SELECT kind, count(*) AS n, sum(value) AS total FROM quantities GROUP BY kind ORDER BY n")
    assert answer.n.tolist() == [1, 4]
    assert answer.total.tolist() == [Decimal(123456700), Decimal(57)]
    assert results.sql("SELECT sum(findings) AS n FROM documents").n.dtype == pd.Int64Dtype()
    assert results.sql("SELECT source FROM documents WHERE department = ?", ["示例部门"]).source.tolist() == [
        "报告.pdf"
    ]
    results.sql("CREATE TEMP VIEW mine AS SELECT * FROM findings")
    assert len(results.sql("FROM mine")) == 1


def test_sql_works_where_the_folder_has_a_quote_in_its_name(tmp_path: Path) -> None:
    assert len(pipeline.load(publish(tmp_path / "it's")).sql("FROM findings")) == 1


def test_results_show_themselves(results: Results) -> None:
    assert "findings 问题: 1 (1 error)" in repr(results)
    assert "<table>" in results._repr_html_()
    assert results.columns("findings").loc["gap", "unit"] == ""
    assert "Least error" in results.columns("findings").loc["gap", "meaning"]


def test_a_folder_without_results_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no results of a run there"):
        pipeline.load(tmp_path)


def test_one_document_read() -> None:
    document = pipeline.read(REPORT)
    assert isinstance(document, Document)
    assert repr(document).startswith(f"<document {REPORT.name}: 1 pages 页")
    assert "<table>" in document._repr_html_()


def test_one_document_analysed() -> None:
    outcome = pipeline.analyse(REPORT)
    assert isinstance(outcome, Outcome)
    assert outcome.status is Status.OK
    assert outcome.reconciliation is not None
    assert len(outcome.findings) == len(outcome.reconciliation.findings) > 0
    assert len(outcome.quantities) == int(outcome.documents.quantities.iloc[0])
    assert f"findings 问题 {len(outcome.findings)}" in repr(outcome)
    html = outcome._repr_html_()
    assert outcome.findings.message.iloc[0].replace("<", "&lt;").replace(">", "&gt;") in html
    with pytest.raises(AttributeError, match="its datasets are documents"):
        _ = outcome.nothing


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    path = tmp_path / "notes.pdf"
    path.write_text("<html><script>alert(1)</script>")
    outcome = pipeline.analyse(path)
    assert outcome.status is Status.FAILED
    assert "not a PDF" in repr(outcome)
    assert "<script>" not in outcome._repr_html_()
    assert outcome.findings.empty
    with pytest.raises(InputError, match="not a PDF"):
        pipeline.read(path)


def test_a_folder_of_documents_is_no_document(tmp_path: Path) -> None:
    for name in ("1.pdf", "2.pdf"):
        (tmp_path / name).write_bytes(tiny_pdf(name))
    with pytest.raises(UsageError, match="holds 2 documents"):
        pipeline.analyse(tmp_path)
