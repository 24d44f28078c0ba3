"""The workbook of a run, made from its published datasets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from pipeline.errors import OutputNotWritable
from pipeline.publish.workbook.form import Form, style_names
from pipeline.publish.workbook.guide import guide
from pipeline.publish.workbook.keeping import put_in_place
from pipeline.publish.workbook.plain_rows import PlainRows, fill_form
from pipeline.publish.workbook.rows import Results
from pipeline.publish.workbook.sheets import (
    CHANGES_SHEET,
    DOCUMENTS_SHEET,
    FIGURES_SHEET,
    FINDINGS_SHEET,
    INDICATORS_SHEET,
    Sheet,
)

FILE_NAME = "findings.xlsx"

MOST_ROWS = 1_048_575
"""Rows a sheet can hold below its header."""

MOST_FIGURES = 200_000
"""Figures shown unless more are asked for, those of a thousand reports: a workbook with many more takes spreadsheets
minutes to open, and with it the list of findings."""


@dataclass(frozen=True, slots=True)
class WrittenWorkbook:
    """A workbook on disk. `kept` is where an edited one went that it replaces; `cuts` are sheets that hold fewer rows
    than there are, as (name, rows held, rows there are)."""

    path: Path
    kept: Path | None
    cuts: tuple[tuple[str, int, int], ...]


def write_workbook(directory: Path, *, most_figures: int = MOST_FIGURES, most_rows: int = MOST_ROWS) -> WrittenWorkbook:
    """Write `findings.xlsx` beside the datasets in `directory`, whole or not at all, with no more than `most_figures`
    figures and in no sheet more than `most_rows` rows.

    The file it replaces is kept under another name when someone has edited it. Raises UsageError where there are no
    results, OutputNotWritable where the workbook cannot be written, as when a program holds it open.
    """
    path = directory / FILE_NAME
    aside = path.with_name(f".{path.name}.tmp")
    results = Results(directory)
    try:
        cuts = _write(results, aside, most_figures, most_rows)
        kept = put_in_place(aside, path)
    except OSError as error:
        raise OutputNotWritable(str(path), error.strerror or str(error)) from error
    finally:
        aside.unlink(missing_ok=True)
    return WrittenWorkbook(path, kept, cuts)


def _write(results: Results, target: Path, most_figures: int, most_rows: int) -> tuple[tuple[str, int, int], ...]:
    cuts: list[tuple[str, int, int]] = []

    def rows_held(sheet: Sheet, there: int) -> int:
        held = min(there, most_rows, most_figures if sheet is FIGURES_SHEET else there)
        if held < there:
            cuts.append((sheet.name, held, there))
        return held

    # The form is small beside the plain rows, but holds every finding and document.
    with TemporaryFile() as stream:
        form = Form(stream)
        form.add_rows(FINDINGS_SHEET, results.findings(), rows_held(FINDINGS_SHEET, results.count(FINDINGS_SHEET)))
        plain = {}
        for sheet, rows in ((INDICATORS_SHEET, results.indicators()), (FIGURES_SHEET, results.figures())):
            held = rows_held(sheet, results.count(sheet))
            plain[form.add_sample(sheet, held)] = PlainRows(sheet.columns, rows, held)
        form.add_rows(DOCUMENTS_SHEET, results.documents(), rows_held(DOCUMENTS_SHEET, results.count(DOCUMENTS_SHEET)))
        if results.compared:
            form.add_rows(CHANGES_SHEET, results.changes, rows_held(CHANGES_SHEET, len(results.changes)))
        form.add_guide(guide(results.run, cuts))
        form.close()
        stream.seek(0)
        fill_form(stream, target, style_names(), plain)
    return tuple(cuts)
