"""`jixiao inspect`: how each page of one report is read, as a table and as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.table import Table
from rich.text import Text

from pipeline.cli.console import new_table, number, plural, print_table, print_text
from pipeline.cli.single_input import find_single_input
from pipeline.errors import ExitCode, OutputNotWritable, UsageError
from pipeline.ingest import load_bytes
from pipeline.model.document import Page, Problem, Reader
from pipeline.model.portion import WHOLE, Portion
from pipeline.read import OCRMode, ReadOptions, count_pages, pdfium, read_pages
from pipeline.read.draw import draw_page, find_words
from pipeline.read.survey import survey
from pipeline.read.triage import PageKind

_NUMBERS = ("Confidence\n置信度", "Characters\n字符", "Lines\n行", "Words\n词", "Tables\n表格", "Cells\n单元格")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What is to be inspected: one page or all, drawn where to, read how."""

    page: int | None
    draw: Path | None
    ocr: str
    dpi: int | None
    password: str | None

    @property
    def options(self) -> ReadOptions:
        options = ReadOptions(OCRMode(self.ocr))
        return options if self.dpi is None else replace(options, dpi=self.dpi)


def execute(path: Path, inspection: Inspection) -> ExitCode:
    """Print how the pages of the file `path` are read.

    Raises UsageError where it is not one file or has no such page, InputError where it cannot be read, and
    OutputNotWritable where the picture cannot be written.
    """
    source = find_single_input(path)
    data, password = load_bytes(source), inspection.password
    count = count_pages(data, password, source.source, WHOLE)
    chosen = inspection.page or (1 if count == 1 else None)
    if inspection.draw is not None and chosen is None:
        raise UsageError("--draw draws one page.", "Say which with --page.")
    if chosen is not None and chosen > count:
        raise UsageError(f"{path}: has {plural(count, 'page')}.", "Name one of them with --page.")
    portion = WHOLE if chosen is None else Portion(chosen, chosen)
    pages, problems = read_pages(data, password, source.source, inspection.options, portion=portion)
    print_table(_table(pages, survey(data, password, source.source, [page.number for page in pages])))
    _print_problems(problems)
    if inspection.draw is not None:
        _draw(data, password, source.source, pages[0], inspection.draw)
    return ExitCode.OK


def _table(pages: Sequence[Page], kinds: Sequence[PageKind | None]) -> Table:
    table = new_table()
    table.add_column("Page\n页", justify="right")
    table.add_column("Kind\n类型")
    table.add_column("Reader\n读法")
    for header in _NUMBERS:
        table.add_column(header, justify="right")
    table.add_column("Reason\n原因", overflow="fold")
    for page, kind in zip(pages, kinds, strict=True):
        table.add_row(
            str(page.number),
            "unknown" if kind is None else kind.value,
            page.reader.value,
            "" if page.reader is Reader.TEXT else f"{page.confidence:.1%}",
            number(sum(not character.isspace() for character in page.text)),
            number(len(page.lines)),
            number(sum(1 for _ in find_words(page.text))),
            number(len(page.tables)),
            number(sum(len(found.cells) for found in page.tables)),
            page.reason,
        )
    return table


def _print_problems(problems: Sequence[Problem]) -> None:
    if problems:
        print_text()
    for problem in problems:
        print_text(Text("! ", style="yellow").append(problem.message))


def _draw(data: bytes, password: str | None, name: str, page: Page, target: Path) -> None:
    with pdfium.open_document(data, password, name) as document:
        image = draw_page(document, page)
    try:
        image.save(target, format="PNG")
    except OSError as error:
        raise OutputNotWritable(str(target), error.strerror or str(error)) from error
    print_text(f"Page {page.number} drawn in {target}.")
