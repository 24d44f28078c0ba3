"""Small pieces of HTML for notebooks; every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


def titled(title: str, *parts: str) -> str:
    """Parts under a title."""
    return f"<div><p><strong>{escape(title)}</strong></p>{''.join(parts)}</div>"


def definition_list(items: Iterable[tuple[str, str]]) -> str:
    """Names and what there is to say of each."""
    rows = "".join(
        f'<tr><th style="text-align:left">{escape(name)}</th><td style="text-align:left">{escape(text)}</td></tr>'
        for name, text in items
    )
    return f"<table>{rows}</table>"


def table(headers: Sequence[str], rows: Iterable[Sequence[object]], most: int = 50) -> str:
    """A table of at most so many rows, with a line that says how many are left out."""
    all_rows = list(rows)
    head = "".join(f'<th style="text-align:left">{escape(header)}</th>' for header in headers)
    body = "".join(
        "<tr>" + "".join(f'<td style="text-align:left">{_text(value)}</td>' for value in row) + "</tr>"
        for row in all_rows[:most]
    )
    more = len(all_rows) - most
    rest = f"<p>{more:,} more rows</p>" if more > 0 else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"


def _text(value: object) -> str:
    return "" if value is None else escape(str(value))
