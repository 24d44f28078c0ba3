"""The commands about the workbook and the reviews (审核) of findings, and their options."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.application import DEBUG_KEY
from pipeline.cli.examples import examples
from pipeline.errors import ExitCode

_DIRECTORY = click.Path(path_type=Path)
_DEBUG = click.option("--debug", is_flag=True, help="Print the traceback of internal errors.")


@click.command(epilog=examples("jixiao workbook output", "jixiao workbook output --all-figures"))
@click.argument("directory", type=_DIRECTORY, metavar="DIR")
@click.option("--all-figures", is_flag=True, help="More than the first 200,000 figures, as many as a sheet can hold.")
@_DEBUG
@click.pass_context
def workbook(context: click.Context, /, *, directory: Path, all_figures: bool, debug: bool) -> ExitCode:
    """Write the workbook (工作簿) of a run, whose results are in DIR.

    DIR/findings.xlsx has sheets for findings (问题), indicators (指标), figures (数字), documents (文档), changes
    since the run before (变化) and a reading guide (说明). 'jixiao run' writes it too. One that someone has edited is
    kept under another name.
    """
    context.meta[DEBUG_KEY] = debug
    from pipeline.cli.review_actions import write  # noqa: PLC0415

    return write(directory, all_figures=all_figures)


@click.group(epilog=examples("jixiao review import output/findings.xlsx", "jixiao review status output"))
def review() -> None:
    """Take in auditors' decisions about findings (审核), and see how matters stand.

    Decisions are kept in reviews.csv beside the results, and every later run carries them on.
    """


@review.command(
    "import",
    epilog=examples(
        "jixiao review import output/findings.xlsx",
        "jixiao review import decisions.csv --output output --reviewer 王芳",
    ),
)
@click.argument("file", type=_DIRECTORY, metavar="FILE")
@click.option(
    "-o",
    "--output",
    type=_DIRECTORY,
    default=Path("output"),
    show_default=True,
    metavar="DIR",
    help="Results that the decisions are about.",
)
@click.option("--reviewer", metavar="NAME", default="", help="Who decided, for rows that do not say (审核人).")
@_DEBUG
@click.pass_context
def import_(context: click.Context, /, *, file: Path, output: Path, reviewer: str, debug: bool) -> ExitCode:
    """Take in the decisions in FILE: a filled findings.xlsx, or a CSV file with columns finding_id and review.

    A decision is confirmed (确认), dismissed (排除, with the reason 理由) or open (待定). A later decision replaces an
    earlier one. Rows that are not understood are told and left out; the exit code is then 1.
    """
    context.meta[DEBUG_KEY] = debug
    from pipeline.cli.review_actions import take_in  # noqa: PLC0415

    return take_in(file, output, reviewer)


@review.command(epilog=examples("jixiao review status output"))
@click.argument("directory", type=_DIRECTORY, metavar="DIR")
@_DEBUG
@click.pass_context
def status(context: click.Context, /, *, directory: Path, debug: bool) -> ExitCode:
    """Show what is new, changed or gone since the run before, and which findings are reviewed.

    Also reviews whose finding no longer exists: they are kept, in case it comes back.
    """
    context.meta[DEBUG_KEY] = debug
    from pipeline.cli.review_actions import show  # noqa: PLC0415

    return show(directory)
