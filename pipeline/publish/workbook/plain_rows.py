"""Plain rows, many and fast: straight into the XML of a sheet, in place of the sample rows of a workbook made as a
form.

XlsxWriter takes some ten microseconds a cell. A row per figure would cost a good part of a run; written like this it
takes a sixth of that. The form brings everything else: header, widths, filter, styles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pipeline.publish.schema import Row
from pipeline.publish.spreadsheet import plain_number
from pipeline.publish.workbook.cells import Column, cell

SAMPLE_ROW = 1
"""Row of a form's sheet (from 0) that has one cell in each style, in the order of the styles; plain rows replace it."""

_SAMPLE = re.compile(rf'<row r="{SAMPLE_ROW + 1}".*?</row>', re.DOTALL)
_STYLE_NUMBER = re.compile(r'<c r="[A-Z]+\d+" s="(\d+)"')
_DIMENSION = re.compile(r'<dimension ref="[^"]*"')
_NEEDS_ESCAPE = re.compile(r"[&<>]|_x[0-9A-Fa-f]{4}_").search
# A spreadsheet reads _x0041_ as A; escaping its underscore keeps it as it is.
_CHARACTER_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ROWS_AT_ONCE = 1_000
# Half the time of the default, a fifth more bytes.
_COMPRESSION = 3


class PlainRows:
    """The rows of one sheet: `columns` of the first `count` of `rows`; text and numbers only."""

    def __init__(self, columns: Sequence[Column], rows: Iterable[Row], count: int) -> None:
        self._columns = [(column_letters(position), column) for position, column in enumerate(columns)]
        self._rows = rows
        self.count = count

    @property
    def reference(self) -> str:
        """The cells that the sheet covers, header included."""
        return f"A1:{self._columns[-1][0]}{self.count + 1}"

    def written(self, style_numbers: Mapping[str, str]) -> Iterator[str]:
        """The rows as XML, some at a time."""
        chunk = []
        for number, row in enumerate(islice(self._rows, self.count), start=SAMPLE_ROW + 1):
            cells = "".join(self._cells(number, row, style_numbers))
            chunk.append(f'<row r="{number}">{cells}</row>')
            if len(chunk) == _ROWS_AT_ONCE:
                yield "".join(chunk)
                chunk.clear()
        yield "".join(chunk)

    def _cells(self, number: int, row: Row, style_numbers: Mapping[str, str]) -> Iterator[str]:
        for letters, column in self._columns:
            shown = cell(column, row)
            if shown is None:
                continue
            value, style = shown
            place = f'<c r="{letters}{number}" s="{style_numbers[style]}"'
            if isinstance(value, str):
                yield f'{place} t="inlineStr"><is><t xml:space="preserve">{_escaped(value)}</t></is></c>'
            else:
                number_text = plain_number(value) if isinstance(value, Decimal) else str(value)
                yield f"{place}><v>{number_text}</v></c>"


def fill_form(form: IO[bytes], target: Path, styles: Sequence[str], sheets: Mapping[int, PlainRows]) -> None:
    """Write the workbook `form` to `target` with rows in place of the sample row of each of `sheets`, by their number
    from 1. `styles` are the names of the sample row's cells. Raises OSError."""
    filled = {f"xl/worksheets/sheet{number}.xml": rows for number, rows in sheets.items()}
    with (
        ZipFile(form) as source,
        ZipFile(target, "w", compression=ZIP_DEFLATED, compresslevel=_COMPRESSION) as copy,
    ):
        for item in source.infolist():
            named = ZipInfo(item.filename, item.date_time)
            named.compress_type = ZIP_DEFLATED
            named.external_attr = item.external_attr
            content = source.read(item)
            if item.filename in filled:
                with copy.open(named, "w") as sheet:
                    _fill_sheet(content.decode("utf-8"), filled[item.filename], styles, sheet)
            else:
                copy.writestr(named, content, compresslevel=_COMPRESSION)


def column_letters(position: int) -> str:
    """The letters of a column, counted from 0: A to Z, AA, AB and so on."""
    letters = ""
    while position >= 0:
        letters = chr(ord("A") + position % 26) + letters
        position = position // 26 - 1
    return letters


def _fill_sheet(form: str, rows: PlainRows, styles: Sequence[str], target: IO[bytes]) -> None:
    sample = _SAMPLE.search(form)
    if sample is None:
        raise ValueError("the form has no sample row")
    numbers = dict(zip(styles, _STYLE_NUMBER.findall(sample.group()), strict=True))
    head = _DIMENSION.sub(f'<dimension ref="{rows.reference}"', form[: sample.start()], count=1)
    target.write(head.encode("utf-8"))
    for chunk in rows.written(numbers):
        target.write(chunk.encode("utf-8"))
    target.write(form[sample.end() :].encode("utf-8"))


def _escaped(text: str) -> str:
    if not _NEEDS_ESCAPE(text):
        return text
    text = _CHARACTER_CODE.sub("_x005F_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
