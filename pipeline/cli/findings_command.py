"""`jixiao findings`: the findings of a run, chosen and printed."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from pipeline.cli.console import new_table, print_table, shortened, styled
from pipeline.errors import ExitCode
from pipeline.publish.datasets import read_rows
from pipeline.publish.schema import FINDINGS, Row
from pipeline.publish.spreadsheet import SpreadsheetWriter, plain_number

# What the other columns of the table take, half of a wide terminal for the finding itself.
_OTHER_COLUMNS = 80


@dataclass(frozen=True, slots=True)
class Selection:
    """Which findings to list: in each field any of the given, or all when none is given."""

    codes: tuple[str, ...]
    severities: tuple[str, ...]
    documents: tuple[str, ...]

    def holds(self, finding: Row) -> bool:
        """Whether a finding (with the `source` of its document) is chosen."""
        code, severity = finding["code"], finding["severity"]
        return (
            (not self.codes or any(code.startswith(wanted.upper()) for wanted in self.codes))
            and (not self.severities or severity in self.severities)
            and (not self.documents or any(_is_of_document(finding, wanted) for wanted in self.documents))
        )


def execute(directory: Path, selection: Selection, form: str) -> ExitCode:
    """Print the chosen findings in document order as `table`, `csv` or `json`.

    Raises UsageError where `directory` holds no results.
    """
    sources = {row["doc_id"]: row["source"] for row in reversed(read_rows(directory, "documents"))}
    found = [{"source": sources.get(row["doc_id"], ""), **row} for row in read_rows(directory, "findings")]
    chosen = [finding for finding in found if selection.holds(finding)]
    if form == "json":
        click.echo(json.dumps(chosen, ensure_ascii=False, indent=2, default=_json_value))
    elif form == "csv":
        SpreadsheetWriter(sys.stdout, ("source", *FINDINGS.column_names)).write(chosen)
    else:
        print_table(_table(chosen))
        number = str(len(chosen)) if len(chosen) == len(found) else f"{len(chosen)} of {len(found)}"
        click.echo(f"\n{number} findings in {directory}/.")
    return ExitCode.OK


def _is_of_document(finding: Row, wanted: str) -> bool:
    return finding["doc_id"].startswith(wanted.lower()) or wanted in finding["source"]


def _table(findings: list[Row]) -> Table:
    table = new_table()
    table.add_column("Severity\n程度")
    table.add_column("Code\n规则")
    table.add_column("Document\n文件", overflow="fold")
    table.add_column("Page\n页", justify="right")
    table.add_column("Finding\n问题", overflow="fold", ratio=1)
    for finding in findings:
        table.add_row(
            styled(finding["severity"]),
            finding["code"],
            Text(shortened(finding["source"], _OTHER_COLUMNS)),
            str(finding["page"]),
            Text(" ".join(finding["message"].split())),
        )
    return table


def _json_value(value: object) -> str:
    """Decimals as text: most readers of JSON would make floats of them."""
    if isinstance(value, Decimal):
        return plain_number(value)
    raise TypeError(f"no JSON for {type(value).__name__}")
