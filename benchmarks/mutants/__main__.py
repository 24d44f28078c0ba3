"""How many planted errors are found: `python -m benchmarks.mutants [--count N] [--seed S]`.

Each mutant is a report with one figure changed so that a relation it takes part in cannot hold any more, rounding
allowed for. Relations are of two origins: `stated` ones stand in the sources of the sample reports, apart from any
rule; `held` ones are the checks that held on the unchanged report. A mutant is detected when a new finding names the
changed figure as the stated one or as an operand. Most mutants are made on the pages as read, with everything behind
reading done again; some are made in the source, typeset and read from the new PDF.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from benchmarks.mutants import tally
from benchmarks.mutants.clean import CleanReport, sample_reports, shared_reports
from benchmarks.mutants.draw import Mutant, draw
from benchmarks.mutants.relations import Family
from benchmarks.mutants.trial import Result, try_on_pages
from benchmarks.mutants.typesetting import can_be_typeset, try_in_source

T = TypeVar("T")

_EXAMPLES = 3
_reports: dict[str, CleanReport] = {}


@click.command()
@click.option("--count", default=2400, show_default=True, help="Mutants made on pages.")
@click.option("--typeset", "typeset_count", default=60, show_default=True, help="Mutants made in sources and typeset.")
@click.option("--seed", default=1, show_default=True, help="The same seed and code give the same mutants.")
@click.option("--jobs", default=os.cpu_count() or 1, show_default=True, help="Processes.")
@click.option("--list", "listing", type=click.Path(path_type=Path), help="Write every mutant missed to this file.")
def main(count: int, typeset_count: int, seed: int, jobs: int, listing: Path | None) -> None:
    """Plant single wrong figures in clean reports and count how many are found, by family."""
    started = time.perf_counter()
    _reports.update({report.name: report for report in (*sample_reports(), *shared_reports())})
    reports = tuple(_reports.values())
    on_pages = draw(reports, count, seed)
    in_source = draw(reports, typeset_count, seed + 1, can_be_typeset)
    click.echo(f"{len(reports)} reports, {len(on_pages)} mutants on pages, {len(in_source)} typeset, seed {seed}")
    results = _run(_try_on_pages, on_pages, jobs)
    typeset_results = [result for result in _run(_try_in_source, in_source, jobs) if result is not None]
    _print("Mutants made on pages", results)
    if typeset_results:
        _print("Mutants made in sources and typeset", typeset_results)
    click.echo("\nUnchanged reports (findings on the sample reports are false; those on shared reports may be true)")
    for line in tally.false_alarm_lines(reports):
        click.echo(f"  {line}")
    everything = [*results, *typeset_results]
    _print_missed(everything, listing)
    click.echo(f"\n{time.perf_counter() - started:.0f} s; again with: {_command(count, typeset_count, seed)}")


def _print(title: str, results: Sequence[Result]) -> None:
    click.echo(f"\n{title}")
    for line in tally.family_table(results):
        click.echo(f"  {line}")
    for table in (tally.slip_table, tally.report_table):
        click.echo("")
        for line in table(results):
            click.echo(f"  {line}")


def _print_missed(results: Sequence[Result], listing: Path | None) -> None:
    click.echo("\nMissed (the first of each family)")
    for family in Family:
        missed = list(tally.missed_lines(result for result in results if result.mutant.family is family))
        for line in missed[:_EXAMPLES]:
            click.echo(f"  {line}")
    if listing is not None:
        lines = [*tally.missed_lines(results), "", "errors elsewhere:", *tally.elsewhere_lines(results)]
        listing.write_text("\n".join(lines) + "\n", encoding="utf-8")
        click.echo(f"  all of them: {listing}")


def _run(trial: Callable[[Mutant], T], mutants: Iterable[Mutant], jobs: int) -> list[T]:
    """The results in the order of the mutants. Processes are forked, so that the reports read stand ready in each."""
    listed = list(mutants)
    if jobs == 1:
        return [trial(mutant) for mutant in listed]
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        return pool.map(trial, listed, chunksize=4)


def _try_on_pages(mutant: Mutant) -> Result:
    return try_on_pages(_reports[mutant.report], mutant)


def _try_in_source(mutant: Mutant) -> Result | None:
    return try_in_source(_reports[mutant.report], mutant)


def _command(count: int, typeset_count: int, seed: int) -> str:
    return f"python -m benchmarks.mutants --count {count} --typeset {typeset_count} --seed {seed}"


if __name__ == "__main__":
    sys.exit(main())
