"""Self-evaluation forms (自评表) as the form rules see them: rows with target, actual value and score, and the note
that says how they are scored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from patterns.form_formulas import (
    Direction,
    ExecutionNote,
    FormNote,
    direction_of_name,
    is_direction_header,
    read_direction,
    read_execution_note,
    read_form_note,
)
from patterns.headers import Role
from patterns.table_columns import header_mark
from pipeline.extract.bands import Band, Column, find_bands
from pipeline.model.document import Cell, Table
from pipeline.model.indicator import Indicator
from pipeline.model.interval import Interval
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.report import Report

_HALF = Decimal("0.5")
_ALL = Decimal(100)
_EXECUTION = regex.compile(r"^预算执行率$|^(?:预算|资金|预算资金)(?:执行|支出)率$")
# Notes stand close to their form; formulas further off may speak of something else.
_NOTE_REACH = 12
_TOLD_APPROXIMATELY = {
    "以上": Direction.FORWARD,
    "超过": Direction.FORWARD,
    "以下": Direction.REVERSE,
    "不足": Direction.REVERSE,
}


@dataclass(frozen=True, slots=True)
class Measure:
    """What a target or actual cell holds: its text, its figures, and the direction its signs or words tell."""

    text: str
    figures: tuple[Quantity, ...]
    direction: Direction | None


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """An indicator of a form with its target and actual value. `score` stands for what its printed places allow.

    `direction` is told by a column of its own (指标性质), else by the target, else by the indicator's name, as
    `named_only` says; `clashing` where the first two differ. `initial` is the target as first set where `target` is the
    adjusted one.
    """

    indicator: Indicator
    full_mark: Quantity
    score: Quantity
    target: Measure
    actual: Measure
    direction: Direction | None
    clashing: bool
    named_only: bool = False
    initial: Measure | None = None


@dataclass(frozen=True, slots=True)
class ExecutionRow:
    """The row that scores the execution of the budget: its full mark, its rate (执行率) and its score.

    `whole` is the target of 100% where the execution is an indicator among others.
    """

    indicator: Indicator
    full_mark: Quantity
    score: Quantity
    rate: Quantity
    whole: Quantity | None = None


@dataclass(frozen=True, slots=True, eq=False)
class FormSheet:
    """A form: its scored rows and the notes that govern them.

    `note_elsewhere`: neither the form nor the text beside it prints a formula, another part of the report does.
    `letters_swapped`: the headers call the actual value A or the target B.
    """

    rows: tuple[ScoredRow, ...]
    executions: tuple[ExecutionRow, ...]
    note: FormNote | None
    execution_note: ExecutionNote | None
    note_elsewhere: bool
    letters_swapped: bool


# A form may point to the note of another one.
_AS_ELSEWHERE = regex.compile(
    r"(?:计分|评分|记分|打分)(?:办法|方法|规则|标准|原则)?(?:均)?(?:同|参照|按照?)(?:附件|附表|上表|表)"
)


def find_forms(report: Report) -> Iterator[FormSheet]:
    """The forms of a report in reading order: tables with targets, actual values, full marks and scores in one band."""
    forms = [table for table in report.document.tables if any(_is_form_band(band) for band in find_bands(table))]
    for place, table in enumerate(forms):
        before = forms[place - 1].order if place else None
        after = forms[place + 1].order if place + 1 < len(forms) else None
        yield _read_form(report, table, before, after)


def _is_form_band(band: Band) -> bool:
    """Rubrics (评分标准) have rules of their own, so a table with a column of them is no form."""
    needed = (Role.TARGET, Role.ACTUAL, Role.FULL_MARK, Role.SCORE)
    return all(band.columns_of(role) for role in needed) and not band.columns_of(Role.RUBRIC)


def _read_form(report: Report, table: Table, before: int | None, after: int | None) -> FormSheet:
    figures: dict[tuple[int, int], list[Quantity]] = {}
    for quantity in report.quantities:
        if quantity.table_id == table.table_id and quantity.row is not None and quantity.col is not None:
            figures.setdefault((quantity.row, quantity.col), []).append(quantity)
    bands = find_bands(table)
    own, elsewhere = _note_texts(report, table, before, after)
    note = next((found for text in own if (found := read_form_note(text))), None)
    far = next((found for text in elsewhere if (found := read_form_note(text))), None) if note is None else None
    notes = (read_execution_note(text) for text in (*_header_texts(bands), *own))
    execution_note = next((found for found in notes if found), None)
    indicators = [
        indicator
        for indicator in report.indicators
        if indicator.table_id == table.table_id
        and indicator.indicator_id not in report.children
        and indicator.full_mark is not None
        and indicator.score is not None
        and indicator.score.row is not None
    ]
    rows = tuple(_scored_rows(table, bands, figures, indicators, None if note is None else note.places))
    executions = [*_execution_rows(table, bands, figures, indicators)]
    if execution_note is not None:
        executions += [execution for row in rows if (execution := _as_execution(row)) is not None]
    scored = {execution.indicator.indicator_id for execution in executions}
    return FormSheet(
        rows=tuple(row for row in rows if row.indicator.indicator_id not in scored),
        executions=tuple(executions),
        note=note or far,
        execution_note=execution_note,
        note_elsewhere=far is not None and not any(_AS_ELSEWHERE.search(text) for text in own),
        letters_swapped=any(_letters_swapped(band) for band in bands if _is_form_band(band)),
    )


def _note_texts(report: Report, table: Table, before: int | None, after: int | None) -> tuple[list[str], list[str]]:
    """Where this form's note may stand, likeliest first (its own cells, the text below, the text above); and the rest
    of the report's text."""
    wide = [cell.text for cell in table.cells if cell.col_span * 2 >= table.cols]
    headers = [text for band in find_bands(table) if _is_form_band(band) for text in _score_header(band)]
    below: list[str] = []
    above: list[str] = []
    rest: list[str] = []
    for paragraph in sorted(report.document.paragraphs, key=lambda paragraph: paragraph.order):
        text = paragraph.passage.text
        if table.order < paragraph.order and (after is None or paragraph.order < after):
            below.append(text)
        elif paragraph.order < table.order and (before is None or before < paragraph.order):
            above.append(text)
        else:
            rest.append(text)
    near = ([*wide, *headers], below[:_NOTE_REACH], above[-_NOTE_REACH:])
    far = [*above[:-_NOTE_REACH], *below[_NOTE_REACH:], *rest]
    return ["\n".join(part) for part in near], ["\n".join(far)]


def _score_header(band: Band) -> Iterator[str]:
    for column in band.columns_of(Role.SCORE):
        yield from column.path


def _header_texts(bands: Sequence[Band]) -> Iterator[str]:
    """The headers over scores: 得分(10分×执行率)."""
    for band in bands:
        yield from _score_header(band)


def _letters_swapped(band: Band) -> bool:
    marks = {
        role: {header_mark(text) for column in band.columns_of(role) for text in column.path}
        for role in (Role.TARGET, Role.ACTUAL)
    }
    return "B" in marks[Role.TARGET] or "A" in marks[Role.ACTUAL]


def _scored_rows(
    table: Table,
    bands: Sequence[Band],
    figures: dict[tuple[int, int], list[Quantity]],
    indicators: Sequence[Indicator],
    places: int | None,
) -> Iterator[ScoredRow]:
    placed = [
        (indicator, band)
        for indicator in indicators
        for band in bands
        if _is_form_band(band) and indicator.score is not None and band.first <= (indicator.score.row or 0) < band.last
    ]
    finest = max((i.score.places for i, _ in placed if i.score is not None), default=0) if places is None else places
    for indicator, band in placed:
        score, full_mark = indicator.score, indicator.full_mark
        if score is None or full_mark is None or score.row is None:
            continue
        columns = band.columns_of(Role.TARGET)
        target = initial = _measure(table, score, columns, figures)
        adjusted = _adjusted(columns)
        if adjusted is not None and (now := _measure(table, score, (adjusted,), figures)) is not None and now.figures:
            target = now
            initial = _measure(table, score, [column for column in columns if column is not adjusted], figures)
        actual = _measure(table, score, band.columns_of(Role.ACTUAL), figures)
        if target is None or actual is None:
            continue
        told = _told_direction(table, score.row, band)
        yield ScoredRow(
            indicator=indicator,
            full_mark=full_mark,
            score=_with_places(score, finest),
            target=target,
            actual=actual,
            direction=told or target.direction or direction_of_name(indicator.name),
            clashing=told is not None and target.direction not in (None, told),
            named_only=told is None and target.direction is None,
            initial=None if initial is target else initial,
        )


def _adjusted(columns: Sequence[Column]) -> Column | None:
    """The one of several columns of targets that holds them as adjusted during the year (调整指标值)."""
    adjusted = [column for column in columns if column.path and "调整" in column.path[-1]]
    return adjusted[0] if len(adjusted) == 1 < len(columns) else None


def _execution_rows(
    table: Table,
    bands: Sequence[Band],
    figures: dict[tuple[int, int], list[Quantity]],
    indicators: Sequence[Indicator],
) -> Iterator[ExecutionRow]:
    """Rows of a band of amounts with a column of execution rates (执行率, 支出率)."""
    finest = max((i.score.places for i in indicators if i.score is not None), default=0)
    for indicator in indicators:
        score, full_mark = indicator.score, indicator.full_mark
        if score is None or full_mark is None or score.row is None:
            continue
        band = next((band for band in bands if band.first <= score.row < band.last), None)
        if band is None or _is_form_band(band):
            continue
        rates = {
            quantity.quantity_id: quantity
            for column in band.columns_of(Role.PERCENT)
            if "执行率" in column.path[-1] or "支出率" in column.path[-1]
            for quantity in _figures_at(table, score.row, column, figures)
            if quantity.kind is Kind.PERCENT
        }
        if len(rates) == 1:
            (rate,) = rates.values()
            yield ExecutionRow(indicator, full_mark, _with_places(score, finest), rate)


def _as_execution(row: ScoredRow) -> ExecutionRow | None:
    """An indicator of the ordinary rows that measures the execution of the budget against all of it (100%)."""
    if (
        not _EXECUTION.search(row.indicator.canonical_name)
        or len(row.target.figures) != 1
        or len(row.actual.figures) != 1
    ):
        return None
    (target,), (actual,) = row.target.figures, row.actual.figures
    if (target.kind, actual.kind) != (Kind.PERCENT, Kind.PERCENT) or target.value != _ALL:
        return None
    return ExecutionRow(row.indicator, row.full_mark, row.score, actual, as_target(target))


def as_target(quantity: Quantity) -> Quantity:
    """A target is set, not measured: exact, whatever sign or word of comparison stands before it."""
    return replace(quantity, interval=Interval.exact(quantity.value), approximate=None)


def _with_places(score: Quantity, finest: int) -> Quantity:
    """A score that a formula gives, standing for what its printed places allow.

    Where scores have `finest` decimals a whole number has dropped its zeros (10 beside 9.66 is 10.00); one printed with
    some decimals, though fewer than the rest, may be rounded to them.
    """
    places = score.places or finest
    return replace(score, interval=Interval.around(score.value, Decimal(1).scaleb(-places) * _HALF))


def _figures_at(
    table: Table, row: int, column: Column, figures: dict[tuple[int, int], list[Quantity]]
) -> tuple[Quantity, ...]:
    cell = table.at(row, column.index)
    return () if cell is None else tuple(figures.get((cell.row, cell.col), ()))


def _measure(
    table: Table, score: Quantity, columns: Sequence[Column], figures: dict[tuple[int, int], list[Quantity]]
) -> Measure | None:
    """The target or actual value beside a score; None where it is merged over other rows than the score."""
    beside = table.at(score.row or 0, score.col or 0)
    cells: list[Cell] = []
    for column in columns:
        cell = table.at(score.row or 0, column.index)
        if cell is not None and cell.text.strip() and cell not in cells:
            cells.append(cell)
    if beside is None or any((cell.row, cell.row_span) != (beside.row, beside.row_span) for cell in cells):
        return None
    signs = [read_direction(cell.text) for cell in cells]
    values = [cell for cell, sign in zip(cells, signs, strict=True) if sign is None]
    found = tuple(quantity for cell in values for quantity in figures.get((cell.row, cell.col), ()))
    told = next((sign for sign in signs if sign is not None), None)
    if told is None and len(found) == 1:
        told = _TOLD_APPROXIMATELY.get(found[0].approximate or "")
    return Measure(" ".join(cell.text.strip() for cell in values), found, told)


def _told_direction(table: Table, row: int, band: Band) -> Direction | None:
    """What a column of directions (指标性质) says of a row."""
    for column in band.columns:
        cell = table.at(row, column.index)
        if cell is not None and any(is_direction_header(text) for text in column.path):
            direction = read_direction(cell.text)
            if direction is not None:
                return direction
    return None
