"""The reader against pdfplumber: characters with boxes, lines, and ruled tables with their spans."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from benchmarks.speed.contest import compare, ratio, read_with_pdfplumber, table, total


def measure_reading(paths: Sequence[Path], repeat: int) -> None:
    """Print the comparison, file by file."""
    click.echo("Reading (text, boxes and ruled tables) against pdfplumber (extract_text + extract_tables):")
    ours, reference = compare((read_with_jixiao, read_with_pdfplumber), paths, repeat)
    click.echo(table(ours, reference))
    click.echo(f"=> reading takes {ratio(total(ours), total(reference))} of pdfplumber's time")


def read_with_jixiao(path: Path) -> int:
    """Everything that later stages ask of a page."""
    from pipeline.read import read_pages  # noqa: PLC0415 - each contender loads only what is its own

    pages, _ = read_pages(path.read_bytes())
    return len(pages)
