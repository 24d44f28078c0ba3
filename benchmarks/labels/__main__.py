"""How much of the labelled reports is read and found: `python -m benchmarks.labels [REPORTS] [--list]`.

Recall and precision of money and percentages, F1 of the scored indicators, metadata right (department, fiscal year,
stated total), contradictions found of those planted (ones that only follow from another are not counted), errors that
no label bears out, traps taken for a contradiction, and relations that hold and are verified. What counts as the same
is in `benchmarks.labels.matching`; how the labels are meant, in `tests/labelled/README.md`.
"""

from __future__ import annotations

import click

from benchmarks.labels.labelled import labelled_reports
from benchmarks.labels.measure import measure
from benchmarks.labels.tally import missed_lines, table


@click.command()
@click.argument("reports", nargs=-1)
@click.option("--list", "listed", is_flag=True, help="List what was missed.")
def main(reports: tuple[str, ...], listed: bool) -> None:
    """Measure the labelled reports, or those of REPORTS (names without .pdf)."""
    chosen = [labels for labels in labelled_reports() if not reports or labels.name in reports]
    unknown = set(reports) - {labels.name for labels in chosen}
    if unknown:
        raise click.BadParameter(f"no labelled report: {', '.join(sorted(unknown))}")
    measures = [measure(labels) for labels in chosen]
    for line in table(measures):
        click.echo(line)
    if listed:
        click.echo("")
        for one in measures:
            for line in missed_lines(one):
                click.echo(line)


if __name__ == "__main__":
    main()
