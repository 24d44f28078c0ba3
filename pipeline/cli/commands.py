"""The commands and their options. What they do is in a module each, loaded when the command runs."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.application import DEBUG_KEY, Application
from pipeline.cli.examples import examples as _examples
from pipeline.cli.reading_commands import dpi_option, inspect, ocr_option
from pipeline.cli.review_commands import review, workbook
from pipeline.errors import ExitCode
from pipeline.version import RULES_VERSION, VERSION

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_DIRECTORY = click.Path(path_type=Path)
_DEFAULT_OUTPUT = Path("output")

EXIT_CODES = """\
0    every input was read (findings change nothing, unless --fail-on asks for it)
1    some inputs could not be read, --fail-on found what it looks for, or an internal error
2    the command cannot be carried out as given
130  interrupted by Ctrl-C; what was done until then is published"""


_COMMAND_EXAMPLES = (
    "jixiao run reports/ --output output",
    "jixiao findings output --severity error",
    "jixiao show report.pdf",
)


@click.group(
    cls=Application,
    name="jixiao",
    context_settings=_CONTEXT,
    epilog=_examples(*_COMMAND_EXAMPLES)
    + "\n\n\b\nExit codes:\n"
    + "\n".join(f"  {x}" for x in EXIT_CODES.split("\n")),
)
@click.version_option(VERSION, message=f"jixiao {VERSION} (rules {RULES_VERSION})")
def jixiao() -> None:
    """绩效核数: read Chinese performance self-evaluation reports (绩效自评报告, PDF), compute every stated sum,
    rate and score (合计, 比率, 得分) anew, and say what does not hold."""


@jixiao.command(
    epilog=_examples(
        "jixiao run reports/ --output output",
        "jixiao run '2024/*.pdf' more.zip --jobs 4 --fail-on error",
        "jixiao run report.pdf --output output --keep-personal --timings",
        "jixiao run reports/ --report",
    )
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "-o",
    "--output",
    type=_DIRECTORY,
    default=_DEFAULT_OUTPUT,
    show_default=True,
    metavar="DIR",
    help="Folder for the results; those of an earlier run are replaced when this one is complete.",
)
@click.option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes.  [default: the cores]")
@click.option(
    "--password", metavar="TEXT", envvar="JIXIAO_PASSWORD", show_envvar=True, help="Password that opens encrypted PDFs."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Give up a document after this long, and again when it is tried once more.  [default: 600]",
)
@click.option(
    "--page-timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Give up a page after this long.  [default: 60]",
)
@click.option(
    "--memory",
    type=click.IntRange(min=256),
    metavar="MIB",
    help="Memory that one worker may take; a document that needs more is given up.  [default: 2048]",
)
@ocr_option
@dpi_option
@click.option("--keep-personal", is_flag=True, help="Leave names of clerks and telephone numbers (个人信息) unmasked.")
@click.option("--timings", is_flag=True, help="Put seconds into documents too, which then differ from run to run.")
@click.option(
    "--no-workbook", is_flag=True, help="Leave out findings.xlsx (工作簿), which takes a twentieth of the time."
)
@click.option("--report", is_flag=True, help="Build the evidence report (证据报告) too, see 'jixiao report'.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    help="Exit with 1 when there is a finding (问题) at least this severe.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but what could not be read.")
@click.option("-v", "--verbose", is_flag=True, help="Print a line per document, with its time and all its problems.")
@click.option("--debug", is_flag=True, help="Print the traceback of internal errors.")
@click.pass_context
def run(
    context: click.Context,
    /,
    *,
    inputs: tuple[str, ...],
    output: Path,
    jobs: int | None,
    password: str | None,
    timeout: float | None,
    page_timeout: float | None,
    memory: int | None,
    ocr: str,
    dpi: int | None,
    keep_personal: bool,
    timings: bool,
    no_workbook: bool,
    report: bool,
    fail_on: str | None,
    quiet: bool,
    verbose: bool,
    debug: bool,
) -> ExitCode | int:
    """Read reports, check their numbers, and write the datasets.

    INPUT is a PDF, a folder (searched through), a pattern in quotes, or a .zip archive. Ends with a table: per document
    its pages, figures (数字), figures verified (已核), findings (问题), and the total score as stated and re-computed
    (总分, 复算).
    """
    context.meta[DEBUG_KEY] = debug
    from pipeline.process_server import start_server  # noqa: PLC0415

    start_server()  # it loads what workers need while this process loads what it needs
    from pipeline.cli.run_command import Manner, execute, options_of  # noqa: PLC0415  # loads all stages

    options = options_of(
        inputs,
        output,
        jobs=jobs,
        password=password,
        timeout=timeout,
        page_timeout=page_timeout,
        memory=memory,
        ocr=ocr,
        dpi=dpi,
        keep_personal=keep_personal,
        timings=timings,
        workbook=not no_workbook,
    )
    return execute(options, Manner(fail_on=fail_on, report=report, quiet=quiet, verbose=verbose, debug=debug))


@jixiao.command(
    epilog=_examples(
        "jixiao show report.pdf", "jixiao show 3f2a9c0d1b7e4a55 --output output", "jixiao show 3f2a --output output"
    )
)
@click.argument("document", metavar="FILE_OR_DOC_ID")
@click.option(
    "-o",
    "--output",
    type=_DIRECTORY,
    default=_DEFAULT_OUTPUT,
    show_default=True,
    metavar="DIR",
    help="Results of an earlier run, in which a doc_id (or its beginning) is looked up.",
)
@click.option(
    "--password",
    metavar="TEXT",
    envvar="JIXIAO_PASSWORD",
    show_envvar=True,
    help="Password that opens an encrypted PDF.",
)
@click.option("--keep-personal", is_flag=True, help="Leave names of clerks and telephone numbers (个人信息) unmasked.")
@click.option("--debug", is_flag=True, help="Print the traceback of internal errors.")
@click.pass_context
def show(
    context: click.Context, /, *, document: str, output: Path, password: str | None, keep_personal: bool, debug: bool
) -> ExitCode:
    """Show one report: its indicators (指标) and findings (问题).

    Per indicator its full mark (分值), its score (得分) as stated and re-computed (复算), and the verdict (结论); per
    finding its arithmetic.
    """
    context.meta[DEBUG_KEY] = debug
    from pipeline.cli.show_command import execute  # noqa: PLC0415

    return execute(document, output, password=password, keep_personal=keep_personal)


@jixiao.command(
    epilog=_examples(
        "jixiao findings output",
        "jixiao findings output --code SCO --severity error",
        "jixiao findings output --document 3f2a9c0d --format json",
    )
)
@click.argument("directory", type=_DIRECTORY, metavar="DIR")
@click.option(
    "--code", "codes", multiple=True, metavar="CODE", help="Only this rule or family (SCO101, SCO); repeatable."
)
@click.option(
    "--severity",
    "severities",
    multiple=True,
    type=click.Choice(["error", "warning", "note"]),
    help="Only findings of this severity; repeatable.",
)
@click.option(
    "--document",
    "documents",
    multiple=True,
    metavar="TEXT",
    help="Only documents with this doc_id or in whose path this is; repeatable.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How to print them.",
)
@click.option("--debug", is_flag=True, help="Print the traceback of internal errors.")
@click.pass_context
def findings(
    context: click.Context,
    /,
    *,
    directory: Path,
    codes: tuple[str, ...],
    severities: tuple[str, ...],
    documents: tuple[str, ...],
    form: str,
    debug: bool,
) -> ExitCode:
    """List the findings (问题) of a run, whose results are in DIR."""
    context.meta[DEBUG_KEY] = debug
    from pipeline.cli.findings_command import Selection, execute  # noqa: PLC0415

    return execute(directory, Selection(codes, severities, documents), form)


@jixiao.command(
    epilog=_examples(
        "jixiao report output", "jixiao report output --sources /archive/2024", "jixiao report output --no-images"
    )
)
@click.argument("directory", type=_DIRECTORY, metavar="DIR")
@click.option(
    "--sources",
    multiple=True,
    metavar="PATH",
    help="Where the PDFs are, if not where the run found them: a file, folder, pattern or archive; repeatable.",
)
@click.option("--no-images", is_flag=True, help="Leave out page images: a smaller report, made at once.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes.  [default: the cores]")
@click.option(
    "--password", metavar="TEXT", envvar="JIXIAO_PASSWORD", show_envvar=True, help="Password that opens encrypted PDFs."
)
@click.option("-q", "--quiet", is_flag=True, help="Print nothing.")
@click.option("--debug", is_flag=True, help="Print the traceback of internal errors.")
@click.pass_context
def report(
    context: click.Context,
    /,
    *,
    directory: Path,
    sources: tuple[str, ...],
    no_images: bool,
    jobs: int | None,
    password: str | None,
    quiet: bool,
    debug: bool,
) -> ExitCode:
    """Build the evidence report (证据报告) of a run, whose results are in DIR.

    DIR/report/index.html opens in any browser, without network or server: the corpus with its findings (问题), and per
    document its pages with every figure outlined and the arithmetic of every finding beside them. Ends with the size
    of each document.
    """
    context.meta[DEBUG_KEY] = debug
    from pipeline.cli.report_command import execute  # noqa: PLC0415

    return execute(directory, sources, images=not no_images, jobs=jobs, password=password, quiet=quiet)


@jixiao.command(epilog=_examples("jixiao rubric report.pdf"))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--password", metavar="TEXT", envvar="JIXIAO_PASSWORD", help="Password that opens an encrypted PDF.")
@click.option("--debug", is_flag=True, help="Print the traceback of internal errors.")
@click.pass_context
def rubric(context: click.Context, /, *, file: Path, password: str | None, debug: bool) -> ExitCode:
    """Show the scoring rubrics (评分标准) of one report as they were understood.

    Per indicator its rule in readable form, the scores it can give at all, and any part that was not understood.
    """
    context.meta[DEBUG_KEY] = debug
    from pipeline.cli.rubric_command import execute  # noqa: PLC0415

    return execute(file, password)


@jixiao.command(epilog=_examples("jixiao rules", "jixiao rules SCO101"))
@click.argument("code", required=False)
def rules(code: str | None) -> ExitCode:
    """List the rules (规则), or explain the one called CODE."""
    from pipeline.cli.rules_command import execute  # noqa: PLC0415

    return execute(code)


jixiao.add_command(inspect)
jixiao.add_command(workbook)
jixiao.add_command(review)
