"""What lies beside the datasets of a run: the reviews of its findings and the workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.publish.workbook import WrittenWorkbook, write_workbook
from pipeline.review.carrying import Carrying
from pipeline.review.changes import Comparison
from pipeline.review.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Companions:
    """What a run leaves beside its datasets. `comparison` is None where there was no run before, `workbook` where none
    was asked for or it could not be written. `problems` say in a line each what could not be done; the datasets are
    there all the same."""

    comparison: Comparison | None
    ledger: Ledger
    workbook: WrittenWorkbook | None
    problems: tuple[str, ...]


def write_companions(directory: Path, carrying: Carrying, *, workbook: bool) -> Companions:
    """Bring `reviews.csv` up to date and, where asked for, write the workbook, from the datasets just published."""
    problems = []
    try:
        carrying.settle()
    except OutputError as error:
        problems.append(str(error))
    written = None
    if workbook:
        try:
            written = write_workbook(directory)
        except OutputError as error:
            problems.append(f"{error} Then run 'jixiao workbook {directory}'.")
    return Companions(carrying.compare(), carrying.ledger, written, tuple(problems))
