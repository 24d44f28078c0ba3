"""Figures in table cells: what a bare number is, its header and its row say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from patterns.approximators import approximator_before
from patterns.digits import has_digit
from patterns.figures import Figure, find_figures, read_cell
from patterns.headers import Header, Role, classify_header, is_money_unit, is_sum_label, unit_of
from patterns.labels import clause_label, period_of
from patterns.table_columns import is_deduction_header, is_degree_header
from pipeline.extract.bands import Band, Column
from pipeline.model.document import Cell, Table

_BARE = regex.compile(r"[-+]?\(?[\d,，.\s]*\d[\d,，.\s]*\)?[%％]?")
_COMPARED = regex.compile(r"(?:[≥≤<>]=?|=)\s*+(?P<number>\d[\d,，.]*+)")
_CHANGED = regex.compile(
    r"(?:调[减增整]|核[减增]|追[加减]|增加|减少|净[增减]|压减|收回|结转)[:：]?\s*+(?P<number>\d[\d,，.]*+)"
)
_TOLD_RATE = regex.compile(r"\d%$")
# A label longer than this describes its row (a problem found, say) and does not name it.
_LONGEST_NAME = 12
_UNIT_MARK = regex.compile(r"[、,/]")
_AMOUNT = regex.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{2,}")
_CODE = regex.compile(r"0\d*|\d{3}(?:\d{2}){0,2}|(?:19|20)\d{2}")
_KIND_HINTS = {
    Role.FULL_MARK: "score",
    Role.SCORE: "score",
    Role.RATE: "percent",
    Role.PERCENT: "percent",
    Role.MONEY: "money",
    Role.COUNT: "count",
}
# What a column's header leaves open, its rows may say: rates and counts among amounts, anything under no header.
_POINTS = "百分点"  # neither shares of a whole nor amounts: they do not add up
_RATES_AND_COUNTS = frozenset({Role.PERCENT, Role.COUNT, Role.RATE})
_OVERRULED_BY = {
    Role.MONEY: _RATES_AND_COUNTS | {Role.SCORE, Role.FULL_MARK},
    Role.NAME: _RATES_AND_COUNTS,
    Role.TEXT: _RATES_AND_COUNTS | {Role.MONEY, Role.SCORE},
}


def cell_figures(table: Table, bands: tuple[Band, ...], cell: Cell) -> Iterator[tuple[Figure, str, str | None]]:
    """The figures of a cell, each with its label and period."""
    text = cell.text
    if not has_digit(text):
        return
    band = band_of(bands, cell.row)
    column = band.columns[cell.col] if band is not None else None
    if not _BARE.fullmatch(text):
        for figure in find_figures(text) or _compared_figure(table, band, cell):
            within = clause_label(text, figure.start, figure.end)
            yield figure, within or _cell_label(row_label(table, cell), column), period_of(text, figure.start)
        return
    if band is not None and cell.row < band.first:
        return
    own_row = row_label(table, cell)
    header = _cell_header(table, band, cell, own_row)
    if header.role is Role.CODE or (header.role is Role.TEXT and _is_code(text)):
        return
    number = read_cell(text, header.unit, _KIND_HINTS.get(header.role))
    if number is not None:
        label = _cell_label(own_row, column)
        yield number, label, period_of(label, len(label))


def _compared_figure(table: Table, band: Band | None, cell: Cell) -> list[Figure]:
    """The bare number behind a sign of comparison in a column of targets or actual values (≥90), or behind a word of
    change (调减 40.000), if that is all."""
    if band is None or cell.row < band.first:
        return []
    match = _COMPARED.fullmatch(cell.text.rstrip())
    if match is not None and band.columns[cell.col].header.role not in (Role.TARGET, Role.ACTUAL):
        return []
    match = match or _CHANGED.fullmatch(cell.text.rstrip())
    if match is None:
        return []
    header = _cell_header(table, band, cell, row_label(table, cell))
    figure = read_cell(match.group("number"), header.unit, _KIND_HINTS.get(header.role))
    if figure is None:
        return []
    start = match.start("number")
    compared = approximator_before(cell.text, start)
    return [
        replace(
            figure,
            start=start + figure.start,
            end=start + figure.end,
            approximate=None if compared is None else compared.normal,
        )
    ]


def _is_code(text: str) -> bool:
    """A subject code (2010601), a running number (01) or a year."""
    return bool(_CODE.fullmatch(text)) and not _AMOUNT.fullmatch(text)


def band_of(bands: tuple[Band, ...], row: int) -> Band | None:
    """The band a row belongs to, header rows included; None above the first band."""
    for band in bands:
        if band.header_first <= row < band.last:
            return band
    return None


def row_label(table: Table, cell: Cell) -> str:
    """The text that names a cell's row: the nearest cell to its left that is no figure (nor one told in words)."""
    for left in cells_to_the_left(table, cell):
        text = left.text.strip()
        if text and not _BARE.fullmatch(text) and any(c.isalpha() for c in text) and not _TOLD_RATE.search(text):
            return text
    return ""


def cells_to_the_left(table: Table, cell: Cell) -> Iterator[Cell]:
    """The cells left of a cell in its first row, nearest first, merged ones once."""
    previous = cell
    for col in range(cell.col - 1, -1, -1):
        left = table.at(cell.row, col)
        if left is not None and left is not previous:
            previous = left
            yield left


def _cell_label(row: str, column: Column | None) -> str:
    """Row name and column name together: 第一季度 当季累计支付总额."""
    parts = [row, *(column.path if column is not None else ())]
    return " ".join(dict.fromkeys(part for part in parts if part))


def _cell_header(table: Table, band: Band | None, cell: Cell, label: str) -> Header:
    """Role and unit of a bare number: the column's, overruled by a row whose `label` says it holds rates or counts."""
    column = band.columns[cell.col] if band is not None else None
    if band is not None and column is not None and _takes_unit_of_row(band, column):
        return _measured_header(table, band, cell, column.header)
    silent = is_sum_label(label) or has_digit(label) or len(label) > _LONGEST_NAME
    row = classify_header(() if silent else (label,))
    own = column.header if column is not None else Header(Role.TEXT, None, None)
    role = own.role
    if own.unit == _POINTS:
        return Header(Role.TEXT, own.level, own.unit)
    name = column.path[-1] if column is not None and column.path else ""
    if is_degree_header(name) and cell.text.strip().isdigit():
        return Header(Role.COUNT, own.level, own.unit)
    if is_deduction_header(name):
        return Header(Role.SCORE, own.level, own.unit)
    if is_money_unit(own.unit):
        role = Role.MONEY
    elif role is Role.MONEY and own.unit is not None:
        role = Role.COUNT
    elif row.role in _OVERRULED_BY.get(role, ()):
        role = row.role
    if table.unit == "%" and own.unit is None and role in (Role.TEXT, Role.MONEY):
        role = Role.PERCENT
    unit = own.unit or row.unit or _side_unit(table, cell) or _stub_unit(table, band, cell)
    if role is Role.MONEY and not unit and _counts_things(table):
        role, unit = Role.COUNT, table.unit
    if role in (Role.MONEY, Role.TEXT) and not unit:
        unit = _table_unit(table, role)
    if role is Role.TEXT and is_money_unit(unit) and (_AMOUNT.fullmatch(cell.text) or own.role is Role.MONEY):
        role = Role.MONEY
    if role is Role.PERCENT:
        unit = "%"
    elif role is Role.MONEY and not is_money_unit(unit):
        unit = None
    return Header(role, own.level, unit)


def _counts_things(table: Table) -> bool:
    """Whether the table's caption declares one unit for all of it, which is none of money (单位：户)."""
    unit = table.unit or ""
    return bool(unit) and unit not in ("%", "分") and not any(is_money_unit(one) for one in _UNIT_MARK.split(unit))


def _takes_unit_of_row(band: Band, column: Column) -> bool:
    """Whether a column's figures are in the unit their row names: targets, actual values, and, beside a column of
    units, whatever has no unit of its own (2021年, 2022年, 累计)."""
    header = column.header
    if header.role in (Role.TARGET, Role.ACTUAL):
        return True
    return bool(band.columns_of(Role.UNIT)) and header.unit is None and header.role in (Role.TEXT, Role.COUNT)


def _table_unit(table: Table, role: Role) -> str | None:
    """The money unit that a table's caption declares; where it declares others too (处、万元), for amounts alone."""
    units = _UNIT_MARK.split(table.unit or "")
    money = next((unit for unit in units if is_money_unit(unit)), None)
    return money if len(units) == 1 or role is Role.MONEY else None


def _stub_unit(table: Table, band: Band | None, cell: Cell) -> str | None:
    """A unit declared by the header above the names of the rows: 项目资金(万元) beside 年初预算数 and 全年执行数."""
    if band is None:
        return None
    for index in range(cell.col):
        headers = (table.at(row, index) for row in range(band.header_first, band.first))
        unit = next((found for header in headers if header is not None and (found := unit_of(header.text))), None)
        if is_money_unit(unit) and not _holds_figures(table, band, index):
            return unit
    return None


def _holds_figures(table: Table, band: Band, index: int) -> bool:
    cells = (table.at(row, index) for row in range(band.first, band.last))
    return any(cell is not None and _BARE.fullmatch(cell.text.strip()) for cell in cells)


def _measured_header(table: Table, band: Band, cell: Cell, own: Header) -> Header:
    """A target or actual value takes the unit its row names in a column of units (度量单位); 元/册 is a price."""
    for column in band.columns_of(Role.UNIT):
        beside = table.at(cell.row, column.index)
        unit = beside.text.strip() if beside is not None else ""
        if unit == "%":
            return Header(Role.PERCENT, None, unit)
        if is_money_unit(unit.partition("/")[0]):
            return Header(Role.MONEY, None, unit.partition("/")[0])
        if unit:
            return Header(Role.COUNT, None, unit)
    return Header(own.role, None, own.unit)


def _side_unit(table: Table, cell: Cell) -> str | None:
    """A unit declared by a label at the left of the row, such as 项目资金(万元) merged over the rows of a form."""
    for left in cells_to_the_left(table, cell):
        unit = unit_of(left.text)
        if is_money_unit(unit) and not _BARE.fullmatch(left.text.strip()):
            return unit
    return None
