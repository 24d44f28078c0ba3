"""`jixiao show`: one report, from its file or from the datasets of a run."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.cli.report_view import ReportView, print_report
from pipeline.errors import ExitCode, UsageError
from pipeline.publish.datasets import read_rows
from pipeline.publish.schema import Row

_BEGINNING_OF_ID = re.compile(r"[0-9a-fA-F]{4,64}")


def execute(document: str, output: Path, *, password: str | None, keep_personal: bool) -> ExitCode:
    """Print the report in the file `document`, or the one with that doc_id (or source) among the results in `output`.

    Raises UsageError where there is neither, or more than one.
    """
    if Path(document).is_dir():
        raise UsageError(f"{document}: a folder.", "Name one of its files; 'jixiao run' reads whole folders.")
    is_file = Path(document).is_file()
    view = _analysed(document, password, keep_personal) if is_file else _looked_up(document, output)
    print_report(view)
    return ExitCode.SOME_FAILED if view.document["status"] == "failed" else ExitCode.OK


def _analysed(path: str, password: str | None, keep_personal: bool) -> ReportView:
    # Loads all stages, which a look-up in datasets can do without.
    from pipeline.analyse import analyse  # noqa: PLC0415
    from pipeline.failure import failed  # noqa: PLC0415
    from pipeline.ingest import FailedInput, find_inputs  # noqa: PLC0415
    from pipeline.publish.rows import rows_of  # noqa: PLC0415

    inputs = list(find_inputs((path,)))
    if len(inputs) > 1:
        raise UsageError(
            f"{path}: holds {len(inputs)} documents.", "'jixiao run' reads them all, then show one by its doc_id."
        )
    found = inputs[0]
    if isinstance(found, FailedInput):
        outcome = failed(found.source, found.code, found.message)
    else:
        outcome = analyse(found, password)
    rows = rows_of(outcome, keep_personal=keep_personal)
    return ReportView(rows["documents"][0], rows.get("indicators", []), rows.get("findings", []))


def _looked_up(wanted: str, output: Path) -> ReportView:
    documents = read_rows(output, "documents")
    matching = [row for row in documents if _is_called(row, wanted)]
    matching = matching or [row for row in documents if wanted in row["source"]]
    by_id = {row["doc_id"]: row for row in reversed(matching)}
    if not matching:
        raise UsageError(
            f"{wanted}: no such file, and no document of that id in {output}/.", "'jixiao run' lists them."
        )
    if len(by_id) > 1:
        raise UsageError(f"{wanted}: {len(by_id)} documents in {output}/ are called so.", "Give more of the name.")
    document = matching[0]
    doc_id = document["doc_id"]
    if doc_id is None:
        return ReportView(document, [], [])
    return ReportView(document, read_rows(output, "indicators", doc_id), read_rows(output, "findings", doc_id))


def _is_called(row: Row, wanted: str) -> bool:
    """Whether a document has this doc_id, or one that begins so, or this source or file name."""
    if _BEGINNING_OF_ID.fullmatch(wanted) and (row["sha256"] or "").startswith(wanted.lower()):
        return True
    return wanted in (row["source"], row["source"].rpartition("/")[2])
