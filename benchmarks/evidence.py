"""What the evidence report costs: `python -m benchmarks.evidence [FILES]`.

Reads the files (the sample reports when none are named), builds the report of them on one core, page images included,
and prints the time per page and the size per document. Reading is not part of the time; starting to draw is.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from pipeline.publish.evidence.build import DocumentSize, ReportSummary, build_report
from pipeline.publish.evidence.options import ReportOptions
from pipeline.run import RunOptions, run
from pipeline.summary import DocumentSummary

MOST_MILLISECONDS = 150
"""A page may cost this much on one core."""

_SAMPLES = Path(__file__).resolve().parents[1] / "corpus"
_KILOBYTE = 1_000


class _Silence:
    """Watches runs and reports and says nothing."""

    def begin(self, count: int, /) -> None:
        pass

    def finished(self, document: DocumentSummary | DocumentSize, /) -> None:
        pass


def measure(paths: tuple[str, ...]) -> ReportSummary:
    """The report of a run over `paths`, built on one core in a folder that is thrown away."""
    keep_to_one_core()
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        run(RunOptions(inputs=paths, output=output, jobs=1), _Silence())
        return build_report(output, ReportOptions(jobs=1), _Silence())


def keep_to_one_core() -> None:
    """Share one core with all processes started from now on; where a system has no such limit, one drawing process and
    this one may use two."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


@click.command()
@click.argument("paths", nargs=-1, metavar="[FILES]")
def main(paths: tuple[str, ...]) -> None:
    """Build an evidence report and print what it cost."""
    summary = measure(paths or (str(_SAMPLES),))
    for document in summary.documents:
        click.echo(f"{document.source}: {document.pages} pages, {document.bytes / _KILOBYTE:,.0f} kB")
    pages = sum(document.images for document in summary.documents)
    documents = len(summary.documents)
    milliseconds = 1_000 * summary.seconds / max(1, pages)
    click.echo(
        f"{documents} documents, {pages} page images: {milliseconds:.0f} ms a page "
        f"(at most {MOST_MILLISECONDS}), {summary.bytes / max(1, documents) / _KILOBYTE:,.0f} kB a document"
    )


if __name__ == "__main__":
    main()
