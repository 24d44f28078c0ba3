"""The tries a document is given: one as usual, and a careful second one when no process survived the first.

The second try reads a few pages at a time, so that what has been read is safe. A page under which a process died is
read by the fallback reader (pdfplumber); if that dies too, the page is lost, and no other with it.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from pipeline.careful_reading import CarefulReading
from pipeline.guard.pool import Call, Cause, Death, Limits
from pipeline.model.document import SourceFile
from pipeline.model.portion import Portion
from pipeline.processing import (
    DEFECT,
    PagesRead,
    Processed,
    Settings,
    Unreadable,
    conclude,
    count,
    process,
    process_failed,
    read,
)

CRASHED = "crashed"
TIMED_OUT = "timed-out"
OUT_OF_MEMORY = "out-of-memory"

READING_SHARE = 0.75
"""Of the time for the second try, what reading may take; the rest is for the analysis of what was read by then."""

_CODES = {
    Cause.CRASHED: CRASHED,
    Cause.TIMED_OUT: TIMED_OUT,
    Cause.STEP_TIMED_OUT: TIMED_OUT,
    Cause.OUT_OF_MEMORY: OUT_OF_MEMORY,
    Cause.DEFECT: DEFECT,
}

_HINTS = {
    Cause.CRASHED: "",
    Cause.TIMED_OUT: "Give it more with --timeout.",
    Cause.STEP_TIMED_OUT: "Give it more with --page-timeout.",
    Cause.OUT_OF_MEMORY: "Give it more with --memory.",
    Cause.DEFECT: "Please report it.",
}

Tries = Generator[Call, Any, Processed]
"""Calls to be made in workers, one after the other; what comes of each (its result or a Death) is sent back."""


def tries(source: SourceFile, settings: Settings, limits: Limits, seconds: float) -> Tries:
    """Process a document, in at most so many `seconds` for each try."""
    outcome = yield Call(process, (source, settings), seconds)
    if isinstance(outcome, Death):
        second = _SecondTry(source, settings, limits, seconds, outcome)
        return (yield from second.calls())
    processed: Processed = outcome
    return processed


class _SecondTry:
    """A document whose first try ended with the death of its process."""

    def __init__(self, source: SourceFile, settings: Settings, limits: Limits, seconds: float, first: Death) -> None:
        self._source = source
        self._settings = settings
        self._limits = limits
        self._seconds = seconds
        self._first = first
        self._spent = 0.0

    def calls(self) -> Tries:
        why = self._told(self._first)
        # A document that took too long as a whole has no page to blame. What happened outside of any page may be
        # PDFium's doing on every page.
        out_of_time = self._first.cause is Cause.TIMED_OUT
        avoided = "" if self._first.step > 0 or out_of_time else why
        counted = yield self._call(count, Portion(avoided=avoided))
        if isinstance(counted, Death) and not avoided:
            avoided = self._told(counted)
            counted = yield self._call(count, Portion(avoided=avoided))
        if not isinstance(counted, int):
            return self._failed(counted)
        reading = CarefulReading(counted, avoided)
        if self._first.step > 0 and not out_of_time:
            reading.suspect(self._first.step, why)
        yield from self._read(reading)
        if reading.came_to_nothing:
            return self._failed()
        pages = PagesRead(reading.pages, reading.problems, self._spent)
        concluded = yield self._call(conclude, pages)
        return self._failed(concluded) if isinstance(concluded, Death) else concluded

    def _read(self, reading: CarefulReading) -> Generator[Call, Any, None]:
        """Read what can be read in the time there is."""
        while reading and self._spent < READING_SHARE * self._seconds:
            portion = reading.take()
            outcome = yield self._call(read, portion)
            if isinstance(outcome, PagesRead):
                self._spent += outcome.seconds
                reading.keep(outcome.pages, outcome.problems)
            elif isinstance(outcome, Unreadable):
                reading.put_back(portion, 0, outcome.message)
            else:
                self._spent += outcome.seconds
                reading.put_back(portion, outcome.step, self._told(outcome))
        reading.give_up(f"the document took more than {self._seconds:g} seconds")

    def _call(self, function: Any, argument: Any) -> Call:
        return Call(function, (self._source, self._settings, argument), max(self._seconds - self._spent, 1.0))

    def _failed(self, second: Death | Unreadable | None = None) -> Processed:
        """The document failed for what the first try died of."""
        told = f"{self._source.source}: {_where(self._first)}{self._told(self._first)}"
        if isinstance(second, Unreadable):
            told += f"; when tried once more: {second.message}"
        else:
            told += f"; tried once more{'' if second is None else f': {_where(second)}{self._told(second)}'}"
        hint = _HINTS[self._first.cause]
        message = f"{told.rstrip('.')}. {hint}".strip()
        seconds = self._first.seconds + self._spent
        return process_failed(self._source, _CODES[self._first.cause], message, self._settings, seconds)

    def _told(self, death: Death) -> str:
        """What a process died of."""
        if death.cause is Cause.TIMED_OUT:
            return f"not done within {self._seconds:g} seconds"
        if death.cause is Cause.STEP_TIMED_OUT:
            return f"not done within {self._limits.step_seconds:g} seconds"
        if death.cause is Cause.OUT_OF_MEMORY:
            return f"more than {self._limits.memory / 2**20:,.0f} MiB of memory taken"
        if death.cause is Cause.DEFECT:
            return death.detail
        return f"the process died ({death.detail})" if death.detail else "the process died"


def _where(death: Death) -> str:
    """Which part of the work a process was at when it died."""
    if death.step > 0:
        return f"page {death.step}: "
    return "opening it: " if death.step == 0 else "checking its numbers: "
