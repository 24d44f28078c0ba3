"""How long a user waits for the smallest job."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import click

MOST_SECONDS = 1.5
TIMES = 5


def measure_start_up(paths: Sequence[Path]) -> None:
    """Print the time of `jixiao run` on the smallest of `paths`, from the shell and back, the best of several."""
    smallest = min(paths, key=lambda path: path.stat().st_size)
    with tempfile.TemporaryDirectory() as folder:
        _run_command(smallest, Path(folder))  # compiles the modules, which happens once on every machine
        best = min(_run_command(smallest, Path(folder)) for _ in range(TIMES))
    click.echo(f"Start-up: `jixiao run {smallest.name}`, best of {TIMES}:")
    click.echo(f"=> {best:.2f} s (at most {MOST_SECONDS:g})")


def _run_command(path: Path, folder: Path) -> float:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    command = [sys.executable, "-c", "from pipeline.cli import main; main()"]
    command += ["run", str(path), "--output", str(folder / "output")]
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - started
