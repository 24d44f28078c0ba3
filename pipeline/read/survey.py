"""What the pages of a document are, without reading them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.errors import Damaged
from pipeline.read import pdfium
from pipeline.read.triage import PageKind, triage


def survey(data: bytes, password: str | None, name: str, numbers: Sequence[int]) -> list[PageKind | None]:
    """The kinds of the pages of these `numbers`, from 1; None for a page that PDFium cannot load.

    Raises an InputError where a password is wanting.
    """
    kinds: list[PageKind | None] = []
    try:
        with pdfium.open_document(data, password, name) as document:
            for number in numbers:
                try:
                    kinds.append(triage(pdfium.read_marks(document, number - 1)).kind)
                except Exception:  # whatever PDFium runs into on one page
                    kinds.append(None)
    except Damaged:
        return [None for _ in numbers]
    return kinds
