"""Ctrl-C as a wish to stop, not as an exception in the middle of a write."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Interruption:
    """Whether the user has asked to stop."""

    def __init__(self) -> None:
        self._asked = False

    def __bool__(self) -> bool:
        return self._asked

    def ask(self) -> None:
        """Ask to stop as soon as what is done is safe."""
        self._asked = True


@contextmanager
def interruption() -> Iterator[Interruption]:
    """For the length of the block, the first Ctrl-C asks to stop and the second one stops at once (KeyboardInterrupt).

    Outside the main thread, where signals cannot be handled, Ctrl-C stays what it is.
    """
    asked = Interruption()
    if threading.current_thread() is not threading.main_thread():
        yield asked
        return

    def handle(_number: int, _frame: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.ask()

    previous = signal.signal(signal.SIGINT, handle)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, previous)
