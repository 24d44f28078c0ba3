"""CNT: counts and the lists they count, in a sentence, in numbered paragraphs and in numbered tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from patterns.outline import OutlineKind, parse_heading
from patterns.relations.enumerations import (
    Enumeration,
    announces_list,
    counted_noun,
    find_enumerations,
    is_partial,
    numbered_items,
    range_size,
    spoken_items,
)
from pipeline.model.check import Calculation, Constant, Severity
from pipeline.model.document import Table
from pipeline.model.report import Report
from pipeline.rules.context import Context, Statement, context_of

_CODE = "CNT502"
_MOST_ITEMS = 60
# A count tied to numbered rows or to a range of numbers may be far off by a slip.
_MOST_TIED = 999
# Paragraphs that may stand between two numbered ones (their own text) before the list is taken to have ended.
_GAP = 4
# How many blocks behind its announcement a table may begin.
_TABLE_WITHIN = 4
_LEAST_ROWS = 2
_MOST_TIMES = 5


def rule_enumerations(report: Report) -> Iterator[Calculation]:
    """Compares a count in the text with the number of items that the list beside it holds.

    Lists are those of a sentence (“A、B和C三个方面”, “两条线路，分别为A、B”, quoted titles), numbered paragraphs behind
    a colon, and tables with numbered rows that the sentence announces (具体如下, 见表2). Gaps in the numbering of a
    table are named.
    Precision: counts are exact.
    Known false alarms: a 和 inside an item; every way to part the list is tried. A list that ends in 等 or that
    主要包括 announces may be shorter than its count and is then no contradiction. Always a warning.
    Example: 《财务制度》《采购制度》等3项制度 passes; 修订《财务制度》《采购制度》3项制度 is a contradiction.
    """
    context = context_of(report)
    for statement in context.told:
        for enumeration in find_enumerations(statement.wording):
            calculation = _listed(statement, enumeration)
            if calculation is not None:
                yield calculation
    for statement in context.paragraphs:
        if statement.quantities:
            yield from _announced(report, context, statement)


def _listed(statement: Statement, enumeration: Enumeration) -> Calculation | None:
    stated = statement.quantities[enumeration.count]
    fitting = [size for size in enumeration.sizes if size == stated.value]
    likely = enumeration.sizes[0]
    if not fitting and enumeration.open and likely < stated.value:
        return None
    start, end = statement.wording.sentence_at(statement.wording.terms[enumeration.count].start)
    term = statement.wording.terms[enumeration.count]
    counted = statement.text[term.start : term.end] + counted_noun(statement.wording, enumeration.count)
    return Calculation(
        code=_CODE,
        subject=f"“{counted}”与所列各项",
        stated=stated,
        expression=_counted(fitting[0] if fitting else likely, "所列"),
        severity=Severity.WARNING,
        quote=statement.quote(max(start, min(enumeration.start, term.start)), min(end, max(enumeration.end, term.end))),
        doubt=None if fitting or _is_certain(enumeration, stated.value) else "所列各项的断句无法确认",
    )


def _is_certain(enumeration: Enumeration, count: Decimal) -> bool:
    """Whether the list is whole and is one in every way of parting it: two names with 和 may be one name, and two names
    before a count of forty are hardly what it counts (区委、区政府交办重点工作40项)."""
    if enumeration.open:
        return False
    several = len(enumeration.sizes) <= 2 and min(enumeration.sizes) > 1
    return enumeration.quoted or enumeration.each or (several and count <= _MOST_TIMES * max(enumeration.sizes))


def _counted(size: int, what: str) -> Constant:
    return Constant(Decimal(size), f"{what}{size}项")


def _announced(report: Report, context: Context, statement: Statement) -> Iterator[Calculation]:
    """The last count of a paragraph that announces what follows, against the numbered items or rows."""
    counts = [
        i
        for i, term in enumerate(statement.wording.terms)
        if term.measure.startswith("count:") and term.approximate is None and 0 <= term.value <= _MOST_TIED
    ]
    usual = [i for i in counts if _LEAST_ROWS <= statement.quantities[i].value <= _MOST_ITEMS]
    for i in counts:
        in_range = range_size(statement.wording, i)
        if in_range is not None:
            yield _numbered(statement, i, in_range[0], None)
        if statement.quantities[i].value < _LEAST_ROWS:
            continue
        spoken = spoken_items(statement.wording, i)
        if spoken >= _LEAST_ROWS:
            yield _numbered(statement, i, spoken, None)
            continue
        if not announces_list(statement.wording, i) or is_partial(statement.wording, i):
            continue
        table = _table_behind(report, statement)
        if table is not None:
            yield from _rows(statement, i, table)
        if i not in usual:
            continue
        inline = numbered_items(statement.text, statement.wording.terms[i].end)
        if inline >= _LEAST_ROWS and i == usual[-1]:
            yield _numbered(statement, i, inline, "编号各项是否属于该数无法确认")
        elif i == usual[-1] and statement.text.endswith(":"):
            size = _numbered_paragraphs(context, statement)
            if size >= _LEAST_ROWS:
                yield _numbered(statement, i, size, _rival_counts(statement, i, size))


def _rival_counts(statement: Statement, count: int, size: int) -> str | None:
    """What leaves it in doubt that a list holds what the last count counts: other counts in its sentence."""
    start = statement.wording.sentence_at(statement.wording.terms[count].start)[0]
    rivals = [
        i
        for i in statement.wording.terms_between(start, statement.wording.terms[count].start)
        if statement.wording.terms[i].measure.startswith("count:")
    ]
    return "句中有几个数，无法确认所列各项属于哪一个" if rivals and statement.quantities[count].value != size else None


def _numbered(statement: Statement, count: int, size: int, doubt: str | None) -> Calculation:
    stated = statement.quantities[count]
    return Calculation(
        code=_CODE,
        subject=f"“{stated.label or stated.printed}”与其后编号各项",
        stated=stated,
        expression=_counted(size, "编号"),
        severity=Severity.WARNING,
        quote=statement.sentence_with(count),
        doubt=doubt,
    )


def _numbered_paragraphs(context: Context, statement: Statement) -> int:
    """How many paragraphs behind an announcement are numbered on from 1, in one style."""
    if statement.place is None:
        return 0
    size, idle = 0, 0
    kind: OutlineKind | None = None
    for paragraph in context.paragraphs[statement.place + 1 : statement.place + 1 + 2 * _MOST_ITEMS]:
        heading = parse_heading(paragraph.text)
        if heading is not None and kind in (None, heading.kind) and heading.ordinal == size + 1:
            kind, size, idle = heading.kind, size + 1, 0
            continue
        idle += 1
        if size == 0 or idle > _GAP or (heading is not None and kind is not None and heading.level < _level(kind)):
            break
    return size


def _level(kind: OutlineKind) -> int:
    return list(OutlineKind).index(kind) + 1


def _table_behind(report: Report, statement: Statement) -> Table | None:
    """The first table that begins shortly behind a paragraph."""
    order = next(
        (p.order for p in report.document.paragraphs if p.passage is statement.passage),
        None,
    )
    if order is None:
        return None
    following = [table for table in report.document.tables if order < table.order <= order + _TABLE_WITHIN]
    return min(following, key=lambda table: table.order, default=None)


def _rows(statement: Statement, count: int, table: Table) -> Iterator[Calculation]:
    """A count against the numbered rows of the table that follows, where its header names what is counted."""
    noun = counted_noun(statement.wording, count)
    header = table.caption + "".join(cell.text for cell in table.cells if cell.row < max(1, table.header_rows))
    if len(noun) < 2 or noun not in header:
        return
    serials = _serials(table)
    if len(serials) < _LEAST_ROWS:
        return
    stated = statement.quantities[count]
    missing = [number for number in range(1, max(serials) + 1) if number not in serials]
    gaps = f"，缺第{'、'.join(map(str, missing))}号" if missing else ""
    yield Calculation(
        code=_CODE,
        subject=f"“{stated.label or stated.printed}”与表中编号各行{gaps}",
        stated=stated,
        expression=_counted(len(serials), "表列"),
        severity=Severity.WARNING,
        quote=statement.sentence_with(count),
    )


def _serials(table: Table) -> Sequence[int]:
    """The row numbers in the first column, where it holds numbers that rise from 1; empty otherwise."""
    found: list[int] = []
    for cell in table.cells:
        text = cell.text.strip(" .、")
        if cell.col == 0 and not cell.header and text.isascii() and text.isdigit():
            found.append(int(text))
    rising = all(a < b for a, b in pairwise(found))
    return found if found and found[0] == 1 and rising and found[-1] <= 2 * _MOST_ITEMS else []
