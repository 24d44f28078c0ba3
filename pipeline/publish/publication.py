"""All datasets of one run, written aside and then put in place together.

While a run lasts, everything it writes has a hidden name (`.part-0.parquet.tmp`), which readers of Parquet directories
pass over. When all is complete an empty file `.publishing` says so, the files take their names, and the mark goes. A
run killed before the mark leaves the old datasets, one killed after it the new ones: the next run, finding the mark,
finishes the renaming; finding none, it clears away what was left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from pipeline.errors import OutputNotWritable
from pipeline.publish import data_package
from pipeline.publish.lock import directory_lock
from pipeline.publish.parquet import DatasetWriter
from pipeline.publish.schema import DATASETS, Dataset

_MARK = ".publishing"
_PART = "part-0.parquet"


class Publication:
    """The datasets of a run in the making; opened by `publication()`. Its methods raise OutputNotWritable."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._mark = directory / _MARK
        self._description = directory / data_package.FILE_NAME
        self._finals = [path for dataset in DATASETS for path in _final_paths(directory, dataset)]
        self._finals.append(self._description)
        self._writers: dict[str, DatasetWriter] = {}
        self._afterwards: list[Callable[[], None]] = []
        with _write_errors(directory):
            self._settle_killed_run()
            for dataset in DATASETS:
                parquet, *csv = (_aside(path) for path in _final_paths(directory, dataset))
                parquet.parent.mkdir(exist_ok=True)
                self._writers[dataset.name] = DatasetWriter(dataset, parquet, csv[0] if csv else None)

    def add(self, tables: Mapping[str, pa.Table]) -> None:
        """Add one document's tables, in the order in which documents are to be read."""
        with _write_errors(self.directory):
            for name, table in tables.items():
                self._writers[name].write(table)

    def publish(self) -> None:
        """Finish all files and put them in place of the previous run's."""
        with _write_errors(self.directory):
            for writer in self._writers.values():
                writer.close()
            data_package.write_data_package(_aside(self._description))
            self._mark.touch()
            self._rename()

    def afterwards(self, action: Callable[[], None]) -> None:
        """Have something done once the datasets are in place, before another run may use the directory."""
        self._afterwards.append(action)

    def finish(self) -> None:
        """Do what is to be done afterwards."""
        for action in self._afterwards:
            action()

    def abandon(self) -> None:
        """Leave the previous run's datasets as they are, unless this run's were already complete."""
        for writer in self._writers.values():
            writer.abandon()
        if not self._mark.exists():
            self._clear()

    def _settle_killed_run(self) -> None:
        if self._mark.exists():
            self._rename()
        else:
            self._clear()

    def _rename(self) -> None:
        for final in self._finals:
            aside = _aside(final)
            if aside.exists():
                aside.replace(final)
        self._mark.unlink()

    def _clear(self) -> None:
        for final in self._finals:
            _aside(final).unlink(missing_ok=True)


@contextmanager
def publication(directory: Path) -> Iterator[Publication]:
    """A publication into `directory`, which no other run can use meanwhile; abandoned unless the block ends well.

    Raises OutputNotWritable where the directory cannot be written, OutputInUseError where another run writes into it.
    """
    with _write_errors(directory):
        directory.mkdir(parents=True, exist_ok=True)
    with directory_lock(directory):
        made = Publication(directory)
        try:
            yield made
            made.publish()
        except BaseException:
            made.abandon()
            raise
        made.finish()


def replace_dataset(directory: Path, dataset: Dataset, table: pa.Table) -> None:
    """Write one dataset anew and put it in place of what is published; the caller holds the directory's lock.

    Raises OutputNotWritable; what is published then stays.
    """
    finals = _final_paths(directory, dataset)
    with _write_errors(directory):
        parquet, *csv = (_aside(path) for path in finals)
        writer = DatasetWriter(dataset, parquet, csv[0] if csv else None)
        try:
            writer.write(table)
            writer.close()
        except BaseException:
            writer.abandon()
            for final in finals:
                _aside(final).unlink(missing_ok=True)
            raise
        for final in finals:
            _aside(final).replace(final)


@contextmanager
def _write_errors(directory: Path) -> Iterator[None]:
    """Says of an operating system error that it was the output that could not be written."""
    try:
        yield
    except OSError as error:
        raise OutputNotWritable(str(directory), error.strerror or str(error)) from error


def _final_paths(directory: Path, dataset: Dataset) -> list[Path]:
    parquet = directory / dataset.name / _PART
    return [parquet, directory / f"{dataset.name}.csv"] if dataset.csv else [parquet]


def _aside(final: Path) -> Path:
    return final.with_name(f".{final.name}.tmp")
