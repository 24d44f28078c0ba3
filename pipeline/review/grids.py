"""Files that a person filled, as grids of text: workbooks of any kind, and CSV in whatever encoding a program chose."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path

from pipeline.errors import UsageError

Grid = list[list[str]]
"""The cells of a sheet, row by row; empty cells are empty text."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# Excel in China saves CSV in GB 18030; every UTF-8 text that is not plain ASCII fails to be valid in the other order.
_ENCODINGS = ("utf-8-sig", "gb18030")
_DELIMITERS = (",", "\t", ";")


def read_grids(path: Path) -> list[Grid]:
    """Every sheet of a workbook (.xlsx, .xls, .ods), or the one grid of a CSV file; the content decides which.

    Raises UsageError where the file cannot be read as either.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror or error}).", "Check the path.") from error
    return _workbook_grids(path, data) if data.startswith((_ZIP, _OLE)) else [_csv_grid(path, data)]


def _workbook_grids(path: Path, data: bytes) -> list[Grid]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  # only importing needs it

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in workbook.sheet_names]
    except CalamineError as error:
        raise UsageError(f"{path}: not a workbook that can be read ({error}).", "Save it as .xlsx again.") from error
    return [[[_text(value) for value in row] for row in sheet] for sheet in sheets]


def _text(value: object) -> str:
    """A cell's value as a person would type it."""
    match value:
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).strip()


def _csv_grid(path: Path, data: bytes) -> Grid:
    text = _decoded(path, data)
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]


def _decoded(path: Path, data: bytes) -> str:
    if data.startswith(_UTF16):
        return data.decode("utf-16", errors="replace")
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(f"{path}: neither a workbook nor a text in UTF-8 or GB 18030.", "Save it as .xlsx or CSV UTF-8.")
