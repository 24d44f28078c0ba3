"""The command that looks at how pages are read, and the options of all commands that read pages."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.application import DEBUG_KEY
from pipeline.cli.examples import examples
from pipeline.errors import ExitCode

ocr_option = click.option(
    "--ocr",
    type=click.Choice(["auto", "never", "force"]),
    default="auto",
    show_default=True,
    help="Recognise from their picture (文字识别) the pages that need it, none, or all.",
)
dpi_option = click.option(
    "--dpi",
    type=click.IntRange(50, 600),
    metavar="N",
    help="Resolution at which pages are recognised, in dots per inch.  [default: 200]",
)


@click.command(
    epilog=examples(
        "jixiao inspect report.pdf",
        "jixiao inspect report.pdf --page 7 --draw page7.png",
        "jixiao inspect scan.pdf --ocr never",
    )
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--page", type=click.IntRange(min=1), metavar="N", help="Only this page, from 1.")
@click.option(
    "--draw",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="PNG",
    help="Write a picture of the page there, with the words and cells that were read framed.",
)
@ocr_option
@dpi_option
@click.option(
    "--password",
    metavar="TEXT",
    envvar="JIXIAO_PASSWORD",
    show_envvar=True,
    help="Password that opens an encrypted PDF.",
)
@click.option("--debug", is_flag=True, help="Print the traceback of internal errors.")
@click.pass_context
def inspect(
    context: click.Context,
    /,
    *,
    file: Path,
    page: int | None,
    draw: Path | None,
    ocr: str,
    dpi: int | None,
    password: str | None,
    debug: bool,
) -> ExitCode:
    """Show how each page of one report is read (逐页检查).

    Per page what it is (text, scan, mixed, empty, garbled), the reader and the reason for it, how sure that reader is
    (置信度), and how many characters, lines, words and tables came of it. In a drawing, cells are violet; words blue
    where they come from a text layer, else green, orange or red as they were surely, likely or doubtfully recognised.
    """
    context.meta[DEBUG_KEY] = debug
    from pipeline.cli.inspect_command import Inspection, execute  # noqa: PLC0415

    return execute(file, Inspection(page=page, draw=draw, ocr=ocr, dpi=dpi, password=password))
