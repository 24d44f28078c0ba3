"""A part of a document, for readers that are told to be careful."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Portion:
    """Pages `first` to `last`, from 1, both included; None for the last one there is.

    `avoided`, when not empty, says why PDFium must keep its hands off these pages: pdfplumber alone reads them, and
    nothing is recognised from pictures, which PDFium would draw.
    """

    first: int = 1
    last: int | None = None
    avoided: str = ""

    def numbers(self, count: int) -> range:
        """The numbers of its pages in a document of `count` pages."""
        return range(self.first, (count if self.last is None else min(self.last, count)) + 1)


WHOLE = Portion()
