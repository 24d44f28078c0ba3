"""What workers do with a document. Light to import: the stages are loaded where they run."""

from __future__ import annotations

import gc
import logging
import os
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline.errors import JixiaoError
from pipeline.failure import failed
from pipeline.guard.board import Steps
from pipeline.model.document import Page, Problem, SourceFile
from pipeline.model.portion import Portion
from pipeline.model.report import Outcome
from pipeline.publish.rows import rows_of
from pipeline.publish.tables import do_without_pandas, tables_of

if TYPE_CHECKING:
    from pipeline.read.options import ReadOptions

DEFECT = "internal-error"

_GARBAGE_THRESHOLDS = (20_000, 20, 50)


@dataclass(frozen=True, slots=True)
class PagesRead:
    """Some pages of a document, what went wrong on them, and the seconds it took to read them."""

    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document that cannot be read as a whole, with the code and message of its problem."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What a worker must know beside the document. `ocr` and `dpi` are those of ReadOptions (None: its default)."""

    password: str | None = None
    ocr: str | None = None
    dpi: int | None = None
    keep_personal: bool = False
    timings: bool = False
    stages: Stages = field(default_factory=lambda: STAGES)


Analysis = Callable[[SourceFile, Settings, Steps], Outcome]
Counting = Callable[[SourceFile, Settings, Portion], int]
Reading = Callable[[SourceFile, Settings, Portion, Steps], tuple[list[Page], list[Problem]]]
Conclusion = Callable[[SourceFile, tuple[Page, ...], tuple[Problem, ...]], Outcome]


@dataclass(frozen=True, slots=True)
class Stages:
    """What is done with a document: all in one go, or stage by stage where that went wrong. Tests put in their own."""

    analyse: Analysis
    count: Counting
    read: Reading
    conclude: Conclusion


@dataclass(frozen=True, slots=True)
class Processed:
    """A document as its tables, ready to be written. `trace` is the traceback of a defect, for whoever debugs it."""

    source: SourceFile
    tables: dict[str, pa.Table]
    seconds: float
    trace: str | None = None


def process(steps: Steps, source: SourceFile, settings: Settings) -> Processed:
    """Analyse one document. Any exception becomes a failed document, but for want of memory, which is raised."""
    return _tabulated(lambda: settings.stages.analyse(source, settings, steps), source, settings)


def count(steps: Steps, source: SourceFile, settings: Settings, portion: Portion) -> int | Unreadable:  # noqa: ARG001
    """How many pages a document has, by the parser that `portion` is for."""
    try:
        return settings.stages.count(source, settings, portion)
    except JixiaoError as error:
        return Unreadable(error.code, str(error))


def read(steps: Steps, source: SourceFile, settings: Settings, portion: Portion) -> PagesRead | Unreadable:
    """Read some pages of a document."""
    started = time.perf_counter()
    try:
        pages, problems = settings.stages.read(source, settings, portion, steps)
    except JixiaoError as error:
        return Unreadable(error.code, str(error))
    return PagesRead(tuple(pages), tuple(problems), time.perf_counter() - started)


def conclude(steps: Steps, source: SourceFile, settings: Settings, pages: PagesRead) -> Processed:
    """Finish a document whose pages have been read; exceptions as for `process`."""
    steps.end()
    return _tabulated(
        lambda: settings.stages.conclude(source, pages.pages, pages.problems), source, settings, pages.seconds
    )


def process_failed(source: SourceFile, code: str, message: str, settings: Settings, seconds: float = 0.0) -> Processed:
    """A document that no worker could finish, after so many `seconds`."""
    return _publishable(failed(source, code, message, seconds), settings)


def prepare_worker(workers: int) -> None:
    """Make ready a process in which documents will be processed, one of so many `workers`."""
    from pipeline.read.ocr.models import THREADS_VARIABLE, thread_count  # noqa: PLC0415

    do_without_pandas()
    # A document is made of many small things: collecting garbage as often as Python does costs a tenth of the time.
    gc.set_threshold(*_GARBAGE_THRESHOLDS)
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    os.environ.setdefault(THREADS_VARIABLE, str(max(1, thread_count() // workers)))


def _tabulated(
    analyse: Callable[[], Outcome], source: SourceFile, settings: Settings, seconds: float = 0.0
) -> Processed:
    try:
        outcome = analyse()
        return _publishable(replace(outcome, seconds=seconds + outcome.seconds), settings)
    except MemoryError:
        raise
    except Exception as error:  # the batch goes on, whatever one document brings up
        told = f"{source.source}: {_in_one_line(error)}. Please report it; --debug shows more."
        return _publishable(failed(source, DEFECT, told, seconds), settings, traceback.format_exc())


def _publishable(outcome: Outcome, settings: Settings, trace: str | None = None) -> Processed:
    rows = rows_of(outcome, keep_personal=settings.keep_personal, timings=settings.timings)
    return Processed(outcome.source, tables_of(rows), outcome.seconds, trace)


def _in_one_line(error: BaseException) -> str:
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def _analyse(source: SourceFile, settings: Settings, steps: Steps) -> Outcome:
    from pipeline.analyse import analyse  # noqa: PLC0415

    return analyse(source, settings.password, _read_options(settings), steps)


def _count(source: SourceFile, settings: Settings, portion: Portion) -> int:
    """Raises an InputError."""
    from pipeline.ingest import load_bytes  # noqa: PLC0415
    from pipeline.read import count_pages  # noqa: PLC0415

    return count_pages(load_bytes(source), settings.password, source.source, portion)


def _read(source: SourceFile, settings: Settings, portion: Portion, steps: Steps) -> tuple[list[Page], list[Problem]]:
    """Raises an InputError."""
    from pipeline.ingest import load_bytes  # noqa: PLC0415
    from pipeline.read import read_pages  # noqa: PLC0415

    options = _read_options(settings)
    return read_pages(load_bytes(source), settings.password, source.source, options, portion=portion, steps=steps)


def _conclude(source: SourceFile, pages: tuple[Page, ...], problems: tuple[Problem, ...]) -> Outcome:
    from pipeline.analyse import conclude  # noqa: PLC0415

    return conclude(source, pages, problems)


def _read_options(settings: Settings) -> ReadOptions:
    from pipeline.read.options import OCRMode, ReadOptions  # noqa: PLC0415

    options = ReadOptions()
    if settings.ocr is not None:
        options = replace(options, ocr=OCRMode(settings.ocr))
    return options if settings.dpi is None else replace(options, dpi=settings.dpi)


STAGES: Stages = Stages(_analyse, _count, _read, _conclude)
