"""The datasets read document by document, so that memory holds a few documents and never the corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from pipeline.publish.datasets import iterate_rows
from pipeline.publish.schema import Row


class _DatasetStream:
    """The rows of one dataset, handed out document by document in the order in which documents were published."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._groups = ((doc_id, list(group)) for doc_id, group in groupby(rows, key=itemgetter("doc_id")))
        self._next: tuple[str, list[Row]] | None = next(self._groups, None)

    def take(self, doc_id: str) -> list[Row]:
        """The rows of a document, none when it has none here."""
        if self._next is None or self._next[0] != doc_id:
            return []
        rows = self._next[1]
        self._next = next(self._groups, None)
        return rows


def read_by_document(
    directory: Path, names: Sequence[str], documents: Sequence[Row]
) -> Iterator[tuple[Row, dict[str, list[Row]]]]:
    """Each of `documents` (rows of that dataset, in their order) with its rows in the datasets called `names`.

    Raises UsageError where a dataset is missing or cannot be read.
    """
    streams = {name: _DatasetStream(iterate_rows(directory, name)) for name in names}
    for document in documents:
        yield document, {name: stream.take(document["doc_id"]) for name, stream in streams.items()}
