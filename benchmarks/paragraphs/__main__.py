"""How many slips in single paragraphs are found, and how many sound ones accused: `python -m benchmarks.paragraphs`.

Every paragraph is read as a report of its own, so that nothing but its own words ties its figures. Many of them cannot
be decided that way; what counts is that no sound one is accused.
"""

from __future__ import annotations

import click

from benchmarks.paragraphs.labelled import slips, sound_paragraphs
from pipeline.model.check import Check, Verdict
from pipeline.reconcile import reconcile
from tests.rules.prose.report import prose_report


@click.command()
@click.option("--list", "listed", is_flag=True, help="List the slips that are not found and what is accused wrongly.")
def main(listed: bool) -> None:
    """Read the labelled paragraphs one by one."""
    told = slips()
    missed = [slip for slip in told if not accused_in(slip.wrong)]
    wronged = [text for text in (*(slip.right for slip in told), *sound_paragraphs()) if accused_in(text)]
    click.echo(f"{len(told) - len(missed)} of {len(told)} slips found")
    click.echo(f"{len(wronged)} of {len(told) + len(sound_paragraphs())} sound paragraphs accused")
    if listed:
        for slip in missed:
            click.echo(f"not found: {slip.wrong}")
        for text in wronged:
            click.echo(f"accused: {text}")


def accused_in(text: str) -> list[Check]:
    """The checks of a paragraph that do not hold, be they errors or warnings."""
    checks = reconcile(prose_report((text,), year=2023)).checks
    return [check for check in checks if check.verdict is Verdict.INCONSISTENT]


if __name__ == "__main__":
    main()
