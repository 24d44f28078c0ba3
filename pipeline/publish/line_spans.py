"""Page slices line by line: lines, and the cells of a row, stand apart on the page, and a box around more than one of
them would cover what does not belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.text import Span

_ON_ONE_LINE = re.compile(r"[^\s](?:[^\n\t]*[^\s])?")


def by_line(text: str, span: Span) -> Iterator[Span]:
    """The printed parts of `span`, a slice of the page text `text`, each on one line of one cell."""
    for match in _ON_ONE_LINE.finditer(text, span.start, span.end):
        yield Span(span.page, match.start(), match.end())
