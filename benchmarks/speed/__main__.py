"""`python -m benchmarks.speed [FILES] [--only PART]`: every line that begins with => can be quoted."""

from __future__ import annotations

from pathlib import Path

import click

from benchmarks.shared import sample_files, text_layer_files
from benchmarks.speed.reading import measure_reading
from benchmarks.speed.stages import measure_stages
from benchmarks.speed.start_up import measure_start_up
from benchmarks.speed.whole_run import measure_scaling, measure_whole_run

PARTS = ("reading", "run", "stages", "scaling", "start-up")


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--repeat", default=3, show_default=True, help="How often each thing is done; the best time counts.")
@click.option("--only", type=click.Choice(PARTS), multiple=True, help="Measure only this; repeatable.")
def main(files: tuple[Path, ...], repeat: int, only: tuple[str, ...]) -> None:
    """Time the reading, the whole run, its stages, its scaling and its start-up on FILES (default: the shared
    text-layer files; start-up on the smallest sample report)."""
    paths = files or text_layer_files()
    if not paths:
        raise click.UsageError("no files given, and no shared files next to the checkout")
    parts = {
        "reading": lambda: measure_reading(paths, repeat),
        "run": lambda: measure_whole_run(paths, repeat),
        "stages": lambda: measure_stages(paths, repeat),
        "scaling": lambda: measure_scaling(paths, repeat),
        "start-up": lambda: measure_start_up(files or sample_files()),
    }
    for part in only or PARTS:
        parts[part]()
        click.echo()


if __name__ == "__main__":
    main()
