"""The results of a run: a frame per dataset, and SQL over all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import UsageError
from pipeline.notebook.frames import frame_of
from pipeline.notebook.markup import definition_list, titled
from pipeline.publish.schema import DATASETS, dataset_by_name

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_NAMES = tuple(dataset.name for dataset in DATASETS)
# Nothing is fetched while it runs: what DuckDB needs is in its package.
_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


class Results:
    """The results in a directory, made by `pipeline.load`.

    Each dataset is an attribute (`r.findings`, `r.indicators`, …), a pandas frame read when it is first asked for;
    `pipeline.notebook.frames` says which types its columns have. `r.sql("…")` asks DuckDB. Raises UsageError where the
    directory holds no results.
    """

    documents: pd.DataFrame
    pages: pd.DataFrame
    sections: pd.DataFrame
    cells: pd.DataFrame
    indicators: pd.DataFrame
    quantities: pd.DataFrame
    checks: pd.DataFrame
    findings: pd.DataFrame
    runs: pd.DataFrame

    def __init__(self, directory: str | Path) -> None:
        self.directory = Path(directory)
        for name in _NAMES:
            if not self._parts(name):
                raise UsageError(
                    f"{directory}: no results of a run there (dataset {name} is missing).",
                    f"Make them with 'jixiao run INPUT... --output {directory}'.",
                )
        self._connection: DuckDBPyConnection | None = None

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name not in _NAMES:
            raise AttributeError(f"{type(self).__name__} has no {name!r}; its datasets are {', '.join(_NAMES)}")
        frame = frame_of(_read(self._parts(name)))
        setattr(self, name, frame)
        return frame

    def __dir__(self) -> Iterable[str]:
        return [*super().__dir__(), *_NAMES]

    def sql(self, query: str, parameters: Sequence[Any] | dict[str, Any] | None = None) -> pd.DataFrame:
        """The answer of DuckDB to `query`, in which every dataset is a table by its name.

        Sums of decimals stay exact; averages and quotients are floats. `parameters` fill `?` or `$name`. Raises
        duckdb.Error where the query is wrong.
        """
        if self._connection is None:
            self._connection = self._connect()
        answer = self._connection.sql(query, params=parameters)
        # A statement that asks nothing has no answer.
        return pd.DataFrame() if answer is None else frame_of(answer.to_arrow_table())

    def columns(self, name: str) -> pd.DataFrame:
        """What the columns of a dataset mean. Raises KeyError for an unknown name."""
        rows = [
            (column.name, str(column.type), column.unit, column.description) for column in dataset_by_name(name).columns
        ]
        return pd.DataFrame(rows, columns=["column", "type", "unit", "meaning"]).set_index("column")

    def __repr__(self) -> str:
        told = ", ".join(f"{name}: {text}" for name, text in self._summary())
        return f"<results in {self.directory}: {told}>"

    def _repr_html_(self) -> str:
        return titled(f"绩效核数 {self.directory}", definition_list(self._summary()))

    def _summary(self) -> list[tuple[str, str]]:
        documents = Counter(_read(self._parts("documents"), ["status"])["status"].to_pylist())
        findings = Counter(_read(self._parts("findings"), ["severity"])["severity"].to_pylist())
        figures = Counter(_read(self._parts("quantities"), ["status"])["status"].to_pylist())
        run = _read(self._parts("runs"), ["started", "version", "rules_version"]).to_pylist()
        summary = [
            ("documents 文档", _counted(documents, ("ok", "partial", "failed"))),
            ("figures 数字", _counted(figures, ("verified", "contradicted", "unchecked"))),
            ("findings 问题", _counted(findings, ("error", "warning", "note"))),
        ]
        made = [("run", f"{row['started']:%Y-%m-%d %H:%M} UTC, jixiao {row['version']}") for row in run]
        return summary + made

    def _parts(self, name: str) -> list[Path]:
        return sorted((self.directory / name).glob("*.parquet"))

    def _connect(self) -> DuckDBPyConnection:
        import duckdb  # noqa: PLC0415  # only SQL needs it

        connection = duckdb.connect(":memory:", config=_OFFLINE)
        for name in _NAMES:
            files = ", ".join(_quoted(str(part)) for part in self._parts(name))
            connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM read_parquet([{files}])')
        return connection


def _read(parts: Sequence[Path], columns: list[str] | None = None) -> pa.Table:
    tables = []
    for part in parts:
        with pq.ParquetFile(part) as file:
            tables.append(file.read(columns=columns))
    return pa.concat_tables(tables)


def _counted(counts: Counter[str], names: Iterable[str]) -> str:
    parts = ", ".join(f"{counts[name]:,} {name}" for name in names if counts[name])
    total = sum(counts.values())
    return f"{total:,} ({parts})" if parts else f"{total:,}"


def _quoted(text: str) -> str:
    """A string of SQL."""
    return "'" + text.replace("'", "''") + "'"
