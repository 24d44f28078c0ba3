"""A lock on an output directory, so that two runs cannot write into it at once. It dies with its process."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pipeline.errors import OutputError, OutputNotWritable

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_NAME = ".lock"


class OutputInUseError(OutputError):
    """Another run is writing into the same directory."""

    code = "output-in-use"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: another run is writing there.", "Wait for it, or name another folder with --output.")


@contextmanager
def directory_lock(directory: Path) -> Iterator[None]:
    """Hold the directory for the length of the block. Raises OutputInUseError or OutputNotWritable.

    The lock file stays behind: removing it would let a third run lock a file that no longer has a name.
    """
    try:
        file = (directory / _NAME).open("w")
    except OSError as error:
        raise OutputNotWritable(str(directory), error.strerror or str(error)) from error
    with file:
        try:
            _lock(file)
        except OSError as error:
            raise OutputInUseError(str(directory)) from error
        yield


def _lock(file: IO[str]) -> None:
    """Raises OSError when another process holds the file."""
    if sys.platform == "win32":
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
