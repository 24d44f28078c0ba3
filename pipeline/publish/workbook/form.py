"""The workbook as a form: sheets with headers, widths, filters and styles; bounded sheets with their rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import islice
from math import ceil
from typing import IO
from unicodedata import east_asian_width

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.model.review import Decision
from pipeline.publish.schema import Row
from pipeline.publish.workbook.cells import CellValue, cell
from pipeline.publish.workbook.guide import Line
from pipeline.publish.workbook.plain_rows import SAMPLE_ROW
from pipeline.publish.workbook.sheets import Sheet
from pipeline.publish.workbook.styles import (
    ENTRY_HEADER,
    FONT,
    HEADER,
    PARAGRAPH,
    REVIEW_COLOURS,
    SECTION,
    STYLES,
    TITLE,
)

# The same every time, as the bytes of the same results are to be.
_CREATED = datetime(1980, 1, 1)
_HEADER_HEIGHT = 32
_LINE_HEIGHT = 15.0
_MOST_LINES = 12
_MOST_LINKS = 65_530
"""Links a sheet may have; findings beyond this many have none."""
_ENTRIES = frozenset({"review", "review_reason", "reviewer", "reviewed"})
_A4 = 9
_GUIDE_WIDTHS = (18, 70, 80)


class Form:
    """Makes the sheets one after the other, in the order in which they stand in the workbook."""

    def __init__(self, target: IO[bytes]) -> None:
        options = {"constant_memory": True, "default_format_properties": dict(FONT), "strings_to_urls": False}
        self._workbook = Workbook(target, options)
        self._workbook.set_properties({"title": "绩效核数", "author": "jixiao", "created": _CREATED})
        self._formats = {name: self._format(properties) for name, properties in STYLES.items()}
        self._header = self._format(HEADER)
        self._entry_header = self._format(ENTRY_HEADER)
        self._sheets = 0

    def close(self) -> None:
        self._workbook.close()

    def add_rows(self, sheet: Sheet, rows: Iterable[Row], count: int) -> int:
        """A sheet with the first `count` of its rows; returns its number from 1."""
        worksheet = self._sheet(sheet, count)
        wrapped = [(column.name, column.width) for column in sheet.columns if column.style == "wrapped"]
        for number, row in enumerate(islice(rows, count), start=1):
            worksheet.set_row(number, row_height([(row[name], width) for name, width in wrapped]))
            for position, column in enumerate(sheet.columns):
                shown = cell(column, row)
                if shown is not None and column.style == "link" and number <= _MOST_LINKS:
                    worksheet.write_url(number, position, evidence_link(row), self._formats["link"], shown[0])
                elif shown is not None:
                    self._write(worksheet, (number, position), *shown)
                elif column.name in _ENTRIES:
                    worksheet.write_blank(number, position, None, self._formats[column.style])
        if any(column.name in _ENTRIES for column in sheet.columns) and count:
            self._ask_for_reviews(worksheet, sheet, count)
        return self._sheets

    def add_sample(self, sheet: Sheet, count: int) -> int:
        """A sheet made ready for `count` plain rows; returns its number from 1."""
        worksheet = self._sheet(sheet, count)
        for position, style in enumerate(self._formats.values()):
            worksheet.write_blank(SAMPLE_ROW, position, None, style)
        return self._sheets

    def add_guide(self, lines: Iterable[Line]) -> None:
        """The reading guide."""
        worksheet = self._workbook.add_worksheet("说明 guide")
        worksheet.set_landscape()
        worksheet.set_paper(_A4)
        worksheet.fit_to_pages(1, 0)
        for position, width in enumerate(_GUIDE_WIDTHS):
            worksheet.set_column(position, position, width)
        worksheet.write_string(0, 0, "绩效核数结果：阅读说明  Reading guide", self._format(TITLE))
        section, paragraph = self._format(SECTION), self._format(PARAGRAPH)
        for number, line in enumerate(lines, start=2):
            style = paragraph if line[1] else section
            worksheet.set_row(number, row_height(list(zip(line, _GUIDE_WIDTHS, strict=True))))
            for position, text in enumerate(line):
                worksheet.write_string(number, position, text, style)

    def _format(self, properties: object) -> Format:
        return self._workbook.add_format(properties)

    def _sheet(self, sheet: Sheet, count: int) -> Worksheet:
        worksheet = self._workbook.add_worksheet(sheet.name)
        self._sheets += 1
        worksheet.set_row(0, _HEADER_HEIGHT)
        for position, column in enumerate(sheet.columns):
            worksheet.set_column(position, position, column.width)
            header = self._entry_header if column.name in _ENTRIES else self._header
            worksheet.write_string(0, position, column.header, header)
        worksheet.freeze_panes(1, sheet.frozen)
        worksheet.autofilter(0, 0, count, len(sheet.columns) - 1)
        worksheet.ignore_errors({"number_stored_as_text": f"A1:XFD{count + 1}"})
        worksheet.set_landscape()
        worksheet.set_paper(_A4)
        worksheet.fit_to_pages(1, 0)
        worksheet.print_area(0, 0, count, sheet.printed - 1)
        worksheet.repeat_rows(0)
        return worksheet

    def _write(self, worksheet: Worksheet, place: tuple[int, int], value: CellValue, style: str) -> None:
        look = self._formats[style]
        if isinstance(value, str):
            worksheet.write_string(*place, value, look)
        elif isinstance(value, date):
            worksheet.write_datetime(*place, value, look)
        else:
            worksheet.write_number(*place, value, look)

    def _ask_for_reviews(self, worksheet: Worksheet, sheet: Sheet, count: int) -> None:
        position = sheet.position("review")
        worksheet.data_validation(
            1,
            position,
            count,
            position,
            {
                "validate": "list",
                "source": [decision.chinese for decision in Decision],
                "input_title": "审核结论 review",
                "input_message": "确认 confirmed：问题属实\n排除 dismissed：写明理由\n待定 open",
                "error_title": "审核结论",
                "error_message": "请选：确认、排除、待定。",
            },
        )
        for word, colours in REVIEW_COLOURS.items():
            worksheet.conditional_format(
                1,
                position,
                count,
                position,
                {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": self._workbook.add_format(colours)},
            )


def evidence_link(row: Row) -> str:
    """Where the evidence page of a finding or a document will be, seen from the workbook."""
    finding_id = row.get("finding_id")
    place = f"#{finding_id}" if finding_id is not None else ""
    return f"external:report/doc/{row['doc_id']}.html{place}"


def row_height(wrapped: Sequence[tuple[str | None, int]]) -> float:
    """The height in points that texts need in cells of a width; not every program finds it by itself."""
    lines = [
        sum(max(ceil(display_width(line) / width), 1) for line in text.split("\n")) for text, width in wrapped if text
    ]
    return _LINE_HEIGHT * min(max(lines, default=1), _MOST_LINES)


def display_width(text: str) -> int:
    """The width of a text in digits; Chinese characters take two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def style_names() -> Sequence[str]:
    """The styles in the order of a sample row."""
    return tuple(STYLES)
