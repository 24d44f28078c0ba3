"""Passages from page slices: folded and squeezed text in which every character knows its page and offset."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence

from patterns.fold import squeeze
from pipeline.model.document import Page
from pipeline.model.text import EMPTY, Passage, Span, pack


def build_passage(pages: Sequence[Page], spans: Sequence[Span], hard_breaks: Collection[int] = ()) -> Passage:
    """The passage printed on `spans`, end to end.

    Where one span ends and the next begins a line break is read, so that what a page break cut closes up just as it
    does over a line break. `hard_breaks` are the packed places of line breaks that part figures (see `squeeze`); a
    break between two spans has the place where the first one ends.
    """
    if not spans:
        return EMPTY
    if len(spans) == 1 and not hard_breaks:
        span = spans[0]
        text, indices = squeeze(pages[span.page - 1].text[span.start : span.end])
        base = pack(span.page, span.start)
        if len(text) == span.end - span.start:
            return Passage(text, array("q", range(base, base + len(text))))
        return Passage(text, array("q", [base + index for index in indices]))
    parts: list[str] = []
    places: list[int] = []
    for span in spans:
        page_text = pages[span.page - 1].text
        parts.append(page_text[span.start : span.end])
        places.extend(range(pack(span.page, span.start), pack(span.page, span.end)))
        # The separator that follows every line and cell stands for the break.
        parts.append("\n")
        places.append(pack(span.page, min(span.end, len(page_text) - 1)))
    hard = {index for index, place in enumerate(places) if place in hard_breaks} if hard_breaks else ()
    text, indices = squeeze("".join(parts[:-1]), hard)
    return Passage(text, array("q", [places[index] for index in indices]))
