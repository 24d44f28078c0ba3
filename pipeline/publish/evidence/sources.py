"""Where the PDFs of a finished run are now, recognised by their content and never by their name."""

from __future__ import annotations

import glob
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.ingest import find_inputs
from pipeline.model.document import SourceFile
from pipeline.publish.schema import Row


def locate_sources(
    directory: Path, run: Row | None, wanted: Iterable[str], given: Sequence[str] = ()
) -> dict[str, SourceFile]:
    """The files with the sha256 sums `wanted`, by sum; those that are nowhere are left out.

    Looked for in `given` (files, folders, patterns, archives) first, then where the run whose results are in
    `directory` found its inputs: relative to the current folder, and to the folder that the run was started in.
    """
    missing = set(wanted)
    found: dict[str, SourceFile] = {}
    for inputs in (tuple(given), *_inputs_of(directory, run)):
        if not missing:
            break
        for item in find_inputs(inputs):
            if isinstance(item, SourceFile) and item.sha256 in missing:
                found[item.sha256] = item
                missing.remove(item.sha256)
    return found


def _inputs_of(directory: Path, run: Row | None) -> list[tuple[str, ...]]:
    """The inputs of a run as places to look into, most likely first."""
    options = json.loads(run["options"]) if run is not None else {}
    inputs = tuple(str(name) for name in options.get("inputs", ()))
    places = [tuple(_existing(inputs, Path.cwd()))]
    started_in = _folder_started_in(directory, options.get("output"))
    if started_in is not None and started_in != Path.cwd():
        places.append(tuple(_existing(inputs, started_in)))
    return places


def _folder_started_in(directory: Path, output: str | None) -> Path | None:
    """The folder a run was started in, when its output was given relative to it and still has that name."""
    if output is None or Path(output).is_absolute():
        return None
    parts = Path(output).parts
    place = directory.resolve()
    if not parts or ".." in parts or place.parts[-len(parts) :] != parts:
        return None
    return place.parents[len(parts) - 1]


def _existing(inputs: Iterable[str], base: Path) -> Iterable[str]:
    """The inputs below `base` that are there; what has gone is no failure here, only a page without its picture."""
    for name in inputs:
        path = base / name
        if path.exists():
            yield str(path)
        elif glob.has_magic(name):
            yield name if Path(name).is_absolute() else str(Path(glob.escape(str(base)), name))
