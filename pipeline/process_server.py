"""Where worker processes come from: a clean server process that has loaded everything once and forks itself.

Forking the command line itself would copy it with its threads (progress display, pool) in whatever state they are.
Light to import, so that the server can load while the command line still loads too.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from multiprocessing.context import BaseContext

_PRELOADED = ["pipeline.analyse", "pipeline.workers"]


def usable_cores() -> int:
    """The cores this process may use, which in a container can be fewer than the machine has."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def start_server() -> BaseContext:
    """The context in which to start workers, its server running already; where a system has no such server (Windows),
    a context that starts each worker anew."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    if threading.current_thread() is threading.main_thread():
        _ensure_running_deaf_to_interrupts()
    return context


def _ensure_running_deaf_to_interrupts() -> None:
    """Ctrl-C goes to all processes of a terminal; the server and its workers leave it to the command line."""
    from multiprocessing.forkserver import ensure_running  # noqa: PLC0415  # not there on Windows

    previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        ensure_running()
    finally:
        signal.signal(signal.SIGINT, previous)
