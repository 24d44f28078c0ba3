"""Sources of the sample reports: a small readable markup, parsed into blocks that any typesetter can print.

A source is a text file: TOML between two `+++` lines (title, cover, layout), then blocks, one per line:

    # 一、…   ## （一）…   ### 1. …    headings
    plain line                        a paragraph with a first-line indent
    :flush …  :center …  :right …     a paragraph without indent, centred, or set to the right
    :caption …  :unit …               the name of a table and its unit, above the table
    :break  :break landscape          a page break; the pages up to the next one lie across
    :table header=2 widths=[6, 4]     a table, whose rows follow; the settings are TOML, see `Table`
    | a | b | c                       a row; `^` joins the cell above, `<` the cell to the left
    further text                      within a table: a new line in the row's last cell, which may be followed by | …
    %% 3 + 4.5 = 7.5                  arithmetic that the printed figures obey (`corpus.arithmetic`); never printed
    // …                              a remark; never printed
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

MERGED_UP = "^"
MERGED_LEFT = "<"
_FENCE = "+++"
_SETTING = re.compile(r"(\w+)=(\[[^\]]*\]|\"[^\"]*\"|\S+)")
_PARAGRAPH_KINDS = ("flush", "center", "right", "caption", "unit")


class SourceError(ValueError):
    """A source that does not follow the markup; the message names the line."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a report looks. `typesetter` is `weasyprint` or `libreoffice`; `body` the type family of running text
    (`song`, `kai` or `sungti`), `size` and `leading` its height and line distance in points; `margins` the page's top,
    right, bottom and left margin in millimetres; `page_number` the text around `{}`, `page_number_at` its place
    (`center` or `outside`); `running_head` a line at the head of every page but the cover."""

    typesetter: str = "weasyprint"
    body: str = "song"
    size: float = 16
    leading: float = 28
    margins: tuple[float, float, float, float] = (37, 26, 35, 28)
    page_number: str = "— {} —"
    page_number_at: str = "center"
    running_head: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`kind` is `body` or one of the marked kinds (`flush`, `center`, `right`, `caption`, `unit`)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """`landscape` turns the pages that follow, until the next break."""

    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its place in the grid (from 0) and its spans; `text` holds a line feed between its lines."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """`header` counts header rows, `repeat` prints them again on every page, `widths` are relative column widths,
    `align` has one of l, c, r per column, `size` is in points, `open` leaves the left and right side unruled, `split`
    lets a page break cut a row.
    """

    cells: tuple[Cell, ...]
    rows: int
    cols: int
    header: int = 1
    repeat: bool = True
    widths: tuple[float, ...] = ()
    align: str = ""
    size: float = 10.5
    open: bool = False
    split: bool = True


Block = Heading | Paragraph | PageBreak | Table


@dataclass(frozen=True, slots=True)
class ReportSource:
    """A parsed source: title lines, cover fields, whether a table of contents follows the cover, and the blocks.

    `assertions` are the `%%` lines, `date` becomes the PDF's creation date. With `cover` false the title stands above
    the text of the first page.
    """

    title: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    cover: bool
    contents: bool
    date: datetime.date
    layout: Layout
    blocks: tuple[Block, ...]
    assertions: tuple[str, ...]

    def text(self) -> str:
        """All printed text, a line per paragraph and cell, without what the typesetter adds (page numbers)."""
        lines = [*self.title, *(f"{name}{value}" for name, value in self.fields)]
        for block in self.blocks:
            if isinstance(block, Table):
                lines.extend(cell.text for cell in block.cells)
            elif isinstance(block, Heading | Paragraph):
                lines.append(block.text)
        return "\n".join(lines)


def apply_edits(text: str, edits: Iterable[Mapping[str, str]]) -> str:
    """The source with each `find` replaced by its `put`. Raises SourceError unless `find` occurs exactly once outside
    the unprinted lines."""
    lines = text.split("\n")
    for edit in edits:
        printed = "\n".join("" if _is_unprinted(line) else line for line in lines)
        found = printed.count(edit["find"])
        if found != 1:
            raise SourceError(f"edit {edit['find']!r} occurs {found} times, not once")
        lines = printed.replace(edit["find"], edit["put"]).split("\n")
    return "\n".join(lines)


def parse(text: str) -> ReportSource:
    """Parse a source. Raises SourceError where a line does not follow the markup."""
    front, body = _split_front_matter(text)
    layout_settings = dict(front.get("layout", {}))
    if "margins" in layout_settings:
        layout_settings["margins"] = tuple(layout_settings["margins"])
    printed = [(number, line) for number, line in body if not _is_unprinted(line)]
    return ReportSource(
        title=tuple(front["title"]),
        fields=tuple((name, value) for name, value in front.get("fields", [])),
        cover=front.get("cover", True),
        contents=front.get("contents", False),
        date=front["date"],
        layout=Layout(**layout_settings),
        blocks=tuple(_blocks(printed)),
        assertions=tuple(line[2:].strip() for _, line in body if line.startswith("%%")),
    )


def _is_unprinted(line: str) -> bool:
    return line.startswith(("%%", "//"))


def _split_front_matter(text: str) -> tuple[dict[str, Any], list[tuple[int, str]]]:
    lines = text.split("\n")
    fences = [number for number, line in enumerate(lines) if line.strip() == _FENCE]
    if len(fences) != 2:
        raise SourceError(f"expected settings between two {_FENCE} lines, found {len(fences)} such lines")
    settings = tomllib.loads("\n".join(lines[fences[0] + 1 : fences[1]]))
    return settings, list(enumerate(lines[fences[1] + 1 :], start=fences[1] + 2))


def _blocks(lines: list[tuple[int, str]]) -> Iterable[Block]:
    position = 0
    while position < len(lines):
        number, line = lines[position]
        position += 1
        if not line.strip():
            continue
        if line.startswith(":table"):
            end = position
            while end < len(lines) and lines[end][1].strip():
                end += 1
            yield _table(number, line, [row for _, row in lines[position:end]])
            position = end
        else:
            yield _line_block(number, line)


def _line_block(number: int, line: str) -> Block:
    heading = re.fullmatch(r"(#{1,3}) (.+)", line)
    if heading:
        return Heading(len(heading[1]), heading[2])
    if line.strip() in (":break", ":break landscape"):
        return PageBreak(landscape=line.strip() == ":break landscape")
    if line.startswith(":"):
        kind, _, text = line[1:].partition(" ")
        if kind not in _PARAGRAPH_KINDS:
            raise SourceError(f"line {number}: unknown block {line!r}")
        return Paragraph(kind, text)
    if line.startswith("|"):
        raise SourceError(f"line {number}: a row outside a table")
    return Paragraph("body", line)


def _table(number: int, directive: str, lines: list[str]) -> Table:
    settings: dict[str, Any] = tomllib.loads("\n".join(f"{key}={value}" for key, value in _SETTING.findall(directive)))
    if "widths" in settings:
        settings["widths"] = tuple(settings["widths"])
    rows: list[list[str]] = []
    for line in lines:
        parts = [part.strip(" ") for part in line.split("|")]
        if line.startswith("|"):
            rows.append(parts[1:])
        elif rows:
            rows[-1][-1] += "\n" + parts[0]
            rows[-1].extend(parts[1:])
        else:
            raise SourceError(f"line {number}: the table does not begin with a row")
    cols = len(rows[0]) if rows else 0
    for index, row in enumerate(rows):
        if len(row) != cols:
            raise SourceError(f"table at line {number}: row {index + 1} has {len(row)} cells, not {cols}: {row}")
    if settings.get("widths") and len(settings["widths"]) != cols:
        raise SourceError(f"table at line {number}: {len(settings['widths'])} widths for {cols} columns")
    if settings.get("align") and len(settings["align"]) != cols:
        raise SourceError(f"table at line {number}: {len(settings['align'])} alignments for {cols} columns")
    return Table(cells=tuple(_merge(number, rows)), rows=len(rows), cols=cols, **settings)


def _merge(number: int, rows: list[list[str]]) -> Iterable[Cell]:
    """Cells in reading order, each spanning the slots that are marked as joined to it."""
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for row, texts in enumerate(rows):
        for col, text in enumerate(texts):
            if text == MERGED_UP:
                owners[row, col] = owners[row - 1, col]
            elif text == MERGED_LEFT:
                owners[row, col] = owners[row, col - 1]
            else:
                owners[row, col] = (row, col)
    slots: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for slot, owner in owners.items():
        slots.setdefault(owner, []).append(slot)
    for (row, col), covered in slots.items():
        row_span = max(slot[0] for slot in covered) - row + 1
        col_span = max(slot[1] for slot in covered) - col + 1
        if row_span * col_span != len(covered):
            raise SourceError(f"table at line {number}: cell {rows[row][col]!r} is not a rectangle")
        yield Cell(row, col, row_span, col_span, rows[row][col])
