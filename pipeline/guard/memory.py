"""What a process takes of memory, and a cap on what it can ask for."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_PROCESSES = Path("/proc")
_RESIDENT_PAGES = 1
"""Which figure of /proc/<process>/statm counts the pages in memory."""


def resident_bytes(process: int) -> int | None:
    """The bytes of memory that a process occupies; 0 when it is gone, None where the system does not tell (it does on
    Linux)."""
    try:
        figures = (_PROCESSES / str(process) / "statm").read_bytes().split()
    except OSError:
        return 0 if (_PROCESSES / "self").exists() else None
    return int(figures[_RESIDENT_PAGES]) * os.sysconf("SC_PAGE_SIZE")


def cap_data(size: int) -> None:
    """From now on this process is refused more than `size` bytes of data, where the system knows such a limit.

    Reserved memory counts as well, of which libraries take a lot: the cap must lie far above what is really used.
    """
    try:
        import resource  # noqa: PLC0415  # not there on Windows
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    allowed = size if hard == resource.RLIM_INFINITY else min(size, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (allowed, hard))
