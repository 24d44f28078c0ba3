"""Workbooks read back, independently of how they were written."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from pipeline.publish.publication import publication
from pipeline.publish.rows import rows_of
from pipeline.publish.schema import Row
from pipeline.publish.tables import tables_of
from tests.sample_outcome import sample_outcome

SHEETS = ["问题 findings", "指标 indicators", "数字 figures", "文档 documents", "说明 guide"]


def publish(directory: Path, **columns_of_findings: object) -> Path:
    """Publish the sample report, its findings with these values; returns the directory."""
    rows = rows_of(sample_outcome())
    for row in rows["findings"]:
        row.update(columns_of_findings)
    publish_rows(directory, rows)
    return directory


def publish_rows(directory: Path, *all_rows: dict[str, list[Row]]) -> None:
    with publication(directory) as made:
        for rows in all_rows:
            made.add(tables_of(rows))


def read_sheet(path: Path, name: str) -> list[dict[str, object]]:
    """The rows of a sheet by the column names in its header."""
    header, *rows = CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python(skip_empty_area=False)
    names = [str(cell).split("\n")[1] for cell in header]
    return [dict(zip(names, row, strict=True)) for row in rows]


def sheet_xml(path: Path, number: int) -> str:
    with ZipFile(path) as workbook:
        return workbook.read(f"xl/worksheets/sheet{number}.xml").decode("utf-8")
