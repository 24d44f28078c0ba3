"""The rows of the sheets, joined from the published datasets and read from disk as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from pipeline.publish.datasets import count_rows, iterate_rows, read_rows
from pipeline.publish.schema import Row
from pipeline.publish.workbook.cells import base_unit
from pipeline.publish.workbook.sheets import DOCUMENTS_SHEET, FIGURES_SHEET, FINDINGS_SHEET, INDICATORS_SHEET, Sheet

_OF_DOCUMENT = ("source", "department", "fiscal_year")
OPEN = "打开 open"


class Results:
    """The results published in a directory, as the workbook shows them.

    Raises UsageError where there are none, or where they lack a column because an older version made them.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        documents = iterate_rows(directory, "documents", ["doc_id", *_OF_DOCUMENT])
        # Of documents with the same bytes the first one counts.
        self._documents: dict[str | None, Row] = {}
        for row in documents:
            self._documents.setdefault(row.pop("doc_id"), row)
        self.run: Row | None = next(iter(read_rows(directory, "runs")), None)
        self.changes: list[Row] = [] if self.run is None else self.run["changes"]
        self.compared = self.run is not None and self.run["compared_with"] is not None
        self._changes_by_id = {row["finding_id"]: row["change"] for row in self.changes}

    def count(self, sheet: Sheet) -> int:
        """How many rows there are for a sheet."""
        return count_rows(self._directory, sheet.dataset)

    def findings(self) -> Iterator[Row]:
        for row in self._rows(FINDINGS_SHEET, {"kind", "unit"}):
            yield row | {
                "evidence": OPEN,
                "base_unit": base_unit(row),
                "change": self._changes_by_id.get(row["finding_id"]),
                "reviewed": None if row["reviewed"] is None else date.fromisoformat(row["reviewed"]),
            }

    def indicators(self) -> Iterator[Row]:
        return self._rows(INDICATORS_SHEET, set())

    def figures(self) -> Iterator[Row]:
        for row in self._rows(FIGURES_SHEET, {"unit"}):
            row["base_unit"] = base_unit(row)
            yield row

    def documents(self) -> Iterator[Row]:
        for row in iterate_rows(self._directory, "documents", _columns(DOCUMENTS_SHEET, set())):
            figures = row["quantities"]
            has_page = row["doc_id"] is not None and row["duplicate_of"] is None
            yield row | {
                "evidence": OPEN if has_page else None,
                "verified_share": row["verified"] / figures if figures else None,
            }

    def _rows(self, sheet: Sheet, more: set[str]) -> Iterator[Row]:
        """The rows of a sheet's dataset, each with what is known of its document."""
        for row in iterate_rows(self._directory, sheet.dataset, _columns(sheet, more)):
            known: Mapping[str, object] = self._documents[row["doc_id"]]
            row.update(known)
            yield row


_MADE_HERE = {"evidence", "base_unit", "change", "verified_share"}


def _columns(sheet: Sheet, more: set[str]) -> list[str]:
    """The columns of its dataset that a sheet takes."""
    names = {column.name for column in sheet.columns} - _MADE_HERE | more
    return sorted(names if sheet is DOCUMENTS_SHEET else names.difference(_OF_DOCUMENT))
