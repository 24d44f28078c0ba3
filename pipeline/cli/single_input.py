"""The one document that a command is about."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import UsageError
from pipeline.ingest import FailedInput, find_inputs
from pipeline.model.document import SourceFile


def find_single_input(path: Path) -> SourceFile:
    """The document in the file `path`. Raises UsageError where there is none, or more than one."""
    if path.is_dir():
        raise UsageError(f"{path}: a folder.", "Name one of its files.")
    first, *others = find_inputs((str(path),))
    if others:
        raise UsageError(f"{path}: holds {1 + len(others)} documents.", "Unpack it and name one of them.")
    if isinstance(first, FailedInput):
        raise UsageError(first.message)
    return first
