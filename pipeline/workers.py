"""Documents to worker processes and back: one document's crash, hang or defect is that document's alone."""

from __future__ import annotations

import logging
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass

import pyarrow as pa
from pebble import ProcessExpired, ProcessPool

from pipeline.failure import failed
from pipeline.interruption import Interruption
from pipeline.model.document import SourceFile
from pipeline.model.report import Outcome
from pipeline.process_server import start_server
from pipeline.publish.rows import rows_of
from pipeline.publish.tables import do_without_pandas, tables_of

Analysis = Callable[[SourceFile, str | None], Outcome]

INTERRUPTED = "interrupted"
TIMED_OUT = "timed-out"
CRASHED = "crashed"
DEFECT = "internal-error"

# Results that wait for an earlier document are held in memory; beyond this many no further document is begun.
_MOST_WAITING_PER_WORKER = 64
_POLL_SECONDS = 0.1


def analyse_document(source: SourceFile, password: str | None) -> Outcome:
    """The analysis, loaded only where it runs: in workers, whose server has it ready."""
    from pipeline.analyse import analyse  # noqa: PLC0415

    return analyse(source, password)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a worker must know beside the document."""

    password: str | None = None
    keep_personal: bool = False
    timings: bool = False
    analyse: Analysis = analyse_document


@dataclass(frozen=True, slots=True)
class Processed:
    """A document as its tables, ready to be written. `trace` is the traceback of a defect, for whoever debugs it."""

    source: SourceFile
    tables: dict[str, pa.Table]
    seconds: float
    trace: str | None = None


def process(source: SourceFile, settings: Settings) -> Processed:
    """Analyse one document; any exception becomes a failed document."""
    try:
        outcome = settings.analyse(source, settings.password)
        return _tabulated(outcome, settings)
    except Exception as error:  # the batch goes on, whatever one document brings up
        outcome = failed(source, DEFECT, f"{source.source}: {_told(error)}. Please report it; --debug shows more.")
        return _tabulated(outcome, settings, traceback.format_exc())


def process_failed(source: SourceFile, code: str, message: str, settings: Settings) -> Processed:
    """A document that no worker could finish."""
    return _tabulated(failed(source, code, message), settings)


def process_all(
    sources: Sequence[SourceFile],
    settings: Settings,
    *,
    jobs: int,
    timeout: float,
    stop: Interruption,
    finished: Callable[[Processed], None],
) -> Iterator[Processed]:
    """Process documents in `jobs` processes, `timeout` seconds each, and yield them in the order given.

    `finished` is called as soon as each is done. When `stop` is asked, running documents are given up; they and those
    not begun come back failed as interrupted.
    """
    if not sources:
        return
    results = _Results(settings, timeout, finished)
    pool = ProcessPool(max_workers=min(jobs, len(sources)), initializer=_start_worker, context=start_server())
    waiting = deque(sources)
    running: deque[tuple[SourceFile, Future[Processed]]] = deque()
    try:
        while (waiting or running) and not stop:
            while waiting and len(running) < jobs * _MOST_WAITING_PER_WORKER:
                source = waiting.popleft()
                running.append((source, pool.schedule(process, args=(source, settings), timeout=timeout)))
            results.collect(running)
            while running and running[0][1].done():
                yield results.take(*running.popleft())
        given_up = {source.sha256 for source, future in running if not future.done()}
        if given_up:
            pool.stop()
        else:
            pool.close()
        for source, future in running:
            yield results.interrupted(source) if source.sha256 in given_up else results.take(source, future)
        for source in waiting:
            yield results.interrupted(source)
    except BaseException:
        pool.stop()
        raise
    finally:
        pool.join()


class _Results:
    """Futures into results, each announced once."""

    def __init__(self, settings: Settings, timeout: float, finished: Callable[[Processed], None]) -> None:
        self._settings = settings
        self._timeout = timeout
        self._finished = finished
        self._announced: dict[Future[Processed], Processed] = {}

    def collect(self, running: Sequence[tuple[SourceFile, Future[Processed]]]) -> None:
        """Wait a little for any document to be done, and announce those that are."""
        pending = [future for _, future in running if future not in self._announced]
        done, _ = wait(pending, timeout=_POLL_SECONDS, return_when=FIRST_COMPLETED)
        for source, future in running:
            if future in done:
                self._announce(source, future)

    def take(self, source: SourceFile, future: Future[Processed]) -> Processed:
        """The result of a document that is done."""
        if future not in self._announced:
            self._announce(source, future)
        return self._announced.pop(future)

    def interrupted(self, source: SourceFile) -> Processed:
        return self._lost(source, INTERRUPTED, "the run was interrupted before it was read. Run again.")

    def _announce(self, source: SourceFile, future: Future[Processed]) -> None:
        result = self._result(source, future)
        self._announced[future] = result
        self._finished(result)

    def _result(self, source: SourceFile, future: Future[Processed]) -> Processed:
        try:
            return future.result()
        except TimeoutError:
            seconds = f"{self._timeout:g} seconds"
            return self._lost(source, TIMED_OUT, f"not read within {seconds}. Give it more with --timeout.")
        except ProcessExpired as error:
            return self._lost(source, CRASHED, f"the process reading it died (exit code {error.exitcode}).")
        except Exception as error:
            return self._lost(source, DEFECT, f"{_told(error)}. Please report it.")

    def _lost(self, source: SourceFile, code: str, what: str) -> Processed:
        return process_failed(source, code, f"{source.source}: {what}", self._settings)


def _tabulated(outcome: Outcome, settings: Settings, trace: str | None = None) -> Processed:
    rows = rows_of(outcome, keep_personal=settings.keep_personal, timings=settings.timings)
    return Processed(outcome.source, tables_of(rows), outcome.seconds, trace)


def _told(error: BaseException) -> str:
    """An unforeseen exception in one line."""
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def _start_worker() -> None:
    do_without_pandas()
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
