"""Where output goes: rich tables on a terminal, plain aligned lines through a pipe."""

from __future__ import annotations

import io
import sys
from decimal import Decimal

import click
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.publish.spreadsheet import plain_number

# A line through a pipe is as long as it needs to be: programs read it, and a pager can scroll.
_UNBOUNDED = 10_000

# Columns of a terminal that is no longer narrow.
_WIDE = 100

# Columns a name is given even on a narrow terminal.
_LEAST_NAME = 16

_SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}
_VERDICT_STYLES = {"inconsistent": "bold red", "exact": "green", "within_rounding": "green", "unverifiable": "dim"}
_STATUS_STYLES = {"ok": "green", "partial": "yellow", "failed": "bold red"}
_STYLES = _SEVERITY_STYLES | _VERDICT_STYLES | _STATUS_STYLES


def new_table() -> Table:
    """An empty table in the style of the command line, its columns closer together on a narrow terminal."""
    padding = 1 if _console().width >= _WIDE else 0
    return Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, padding))


def print_table(table: Table) -> None:
    """A table on standard output; without ruled lines, colour and wrapping when that is not a terminal."""
    if sys.stdout.isatty():
        _console().print(table)
        return
    table.box = None
    table.padding = (0, 1)
    for column in table.columns:
        column.no_wrap = True
        if isinstance(column.header, str):
            column.header = column.header.replace("\n", " ")
    memory = io.StringIO()
    Console(file=memory, width=_UNBOUNDED, color_system=None).print(table)
    for line in memory.getvalue().splitlines():
        click.echo(line.rstrip())


def print_text(text: Text | str = "", indent: int = 0) -> None:
    """Text on standard output, filled to the width of a terminal, each line indented."""
    if not sys.stdout.isatty():
        for line in str(text).splitlines() or [""]:
            click.echo(" " * indent + line)
        return
    console = _console()
    whole = Text(text) if isinstance(text, str) else text
    for part in whole.wrap(console, max(console.width - indent, 20)):
        console.print(Text(" " * indent).append_text(part))


def heading(text: str) -> Text:
    """A title above a table or a list."""
    return Text(text, style="bold")


def styled(text: str, word: str | None = None) -> Text:
    """A status, verdict or severity in its colour, or other text in the colour of that `word`."""
    return Text(text, style=_STYLES.get(text if word is None else word, ""))


def number(value: Decimal | int | None) -> str:
    """A number for a table: without the zeros of its column, thousands parted; nothing where there is none."""
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else plain_number(value)


def shortened(name: str, rest: int) -> str:
    """A name that leaves `rest` columns of a terminal to others, its middle left out if need be; whole in a pipe."""
    room = max(_console().width - rest, _LEAST_NAME) if sys.stdout.isatty() else _UNBOUNDED
    if cell_len(name) <= room:
        return name
    kept = len(name) - 1
    while kept and cell_len(_without_middle(name, kept)) > room:
        kept -= 1
    return _without_middle(name, kept)


def _without_middle(name: str, kept: int) -> str:
    """`kept` characters of a name, its end (which tells files apart) longer by at most one than its beginning."""
    return f"{name[: kept // 2]}…{name[len(name) - (kept - kept // 2) :]}"


def plural(count: int, noun: str) -> str:
    """A count with its noun, thousands parted."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _console() -> Console:
    return Console(highlight=False, markup=False, emoji=False)
