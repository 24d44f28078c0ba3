"""The workbook in a spreadsheet program: LibreOffice Calc opens it and shows the numbers of the datasets."""

from __future__ import annotations

import csv
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from pipeline.model.review import Decision
from pipeline.publish.datasets import read_rows
from pipeline.publish.rows import rows_of
from pipeline.publish.schema import Row
from pipeline.publish.workbook import write_workbook
from pipeline.review.filled import read_filled
from pipeline.run import RunOptions, run
from tests.publish.workbook.reading import publish, publish_rows
from tests.sample_outcome import sample_outcome, source_file
from tests.test_run import Notes

pytestmark = pytest.mark.slow

CORPUS = Path(__file__).parents[3] / "corpus"
PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
# Comma, quote, UTF-8; cells as they are and not as shown; every sheet in a file of its own.
FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false,-1"
HOSTILE = '=HYPERLINK("http://example.org","x")'


def convert(workbook: Path, folder: Path, form: str = FILTER) -> bool:
    """Convert to CSV files named workbook-sheet.csv, or to another form; False where the program cannot load it."""
    assert PROGRAM is not None
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [PROGRAM, profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(workbook)]
    subprocess.run(command, check=False, capture_output=True, timeout=180)
    return any(folder.glob(f"*.{form.partition(':')[0]}"))


@pytest.fixture(scope="module")
def spreadsheet_program(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skips where there is no LibreOffice with Calc."""
    if PROGRAM is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("trial")
    with Workbook(folder / "trial.xlsx") as workbook:
        workbook.add_worksheet().write(0, 0, "试")
    if not convert(folder / "trial.xlsx", folder):
        pytest.skip("LibreOffice has no Calc")


def rows_of_sheet(folder: Path, name: str) -> list[dict[str, str]]:
    (path,) = folder.glob(f"*{name}.csv")
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return [dict(zip([cell.split("\n")[1] for cell in header], row, strict=True)) for row in rows]


def number_of(text: str) -> Decimal | None:
    return Decimal(text) if text else None


@pytest.mark.usefixtures("spreadsheet_program")
def test_the_sample_corpus_has_the_same_numbers(tmp_path: Path) -> None:
    run(RunOptions((str(CORPUS),), tmp_path / "output"), Notes())
    assert convert(tmp_path / "output" / "findings.xlsx", tmp_path)
    for sheet, dataset, columns in (
        ("figures", "quantities", ("value",)),
        ("indicators", "indicators", ("full_mark", "score", "rate", "recomputed_score")),
        ("documents", "documents", ("stated_total", "recomputed_total")),
        ("findings", "findings", ("stated_value", "expected_value", "gap")),
    ):
        stored: list[Row] = read_rows(tmp_path / "output", dataset)
        shown = rows_of_sheet(tmp_path, sheet)
        assert len(shown) == len(stored) > 0
        for left, right in zip(shown, stored, strict=True):
            assert [number_of(left[name]) for name in columns] == [right[name] for name in columns]


@pytest.mark.usefixtures("spreadsheet_program")
def test_what_looks_like_a_formula_is_shown_as_text(tmp_path: Path) -> None:
    rows = rows_of(sample_outcome(source_file(f"{HOSTILE}.pdf")))
    rows["findings"][0] |= {"message": HOSTILE, "quote": "@SUM(1)", "diagnosis": "-1+1", "formula": "+1+1"}
    rows["quantities"][0] |= {"label": HOSTILE}
    publish_rows(tmp_path / "output", rows)
    assert convert(write_workbook(tmp_path / "output").path, tmp_path)
    (finding,) = rows_of_sheet(tmp_path, "findings")
    assert finding["message"] == HOSTILE
    assert (finding["quote"], finding["diagnosis"], finding["formula"]) == ("@SUM(1)", "-1+1", "+1+1")
    assert rows_of_sheet(tmp_path, "figures")[0]["label"] == HOSTILE


@pytest.mark.usefixtures("spreadsheet_program")
@pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
def test_reviews_come_back_from_whatever_it_was_saved_as(tmp_path: Path, form: str) -> None:
    publish(tmp_path / "output", review="dismissed", review_reason="口径不同", reviewer="王", reviewed="2031-12-31")
    path = write_workbook(tmp_path / "output").path
    assert convert(path, tmp_path, form)
    saved = tmp_path / f"findings.{form}"
    (review,) = read_filled(saved).reviews
    assert (review.finding_id, review.decision, review.reason) == ("f00d", Decision.DISMISSED, "口径不同")
    assert review.reviewed == date(2031, 12, 31)
    if form == "xlsx":
        saved.replace(path)
        assert write_workbook(tmp_path / "output").kept is not None
