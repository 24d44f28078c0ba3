"""Personal data (names of clerks, telephone numbers) out of everything that is published.

Every character but white space is replaced by ＊, one for one, so that all offsets and line breaks hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from patterns.fold import fold
from pipeline.model.document import Document
from pipeline.model.text import Passage, Span, unpack
from pipeline.publish.line_spans import by_line

MASK = "＊"
_VISIBLE = re.compile(r"\S")
# A quote carries no offsets, so personal data in it is found by its wording; wording shorter than this would also hide
# figures and common words, and a wrong number is worse than a visible one.
_LEAST_CHARACTERS = 2
_LEAST_DIGITS = 7


class Masking:
    """What is personal in one document, and its texts without it."""

    def __init__(self, document: Document, personal: Iterable[Span]) -> None:
        self._document = document
        self._spans: dict[int, list[Span]] = {}
        for span in personal:
            self._spans.setdefault(span.page, []).append(span)
        self._pages: dict[int, str] = {}
        self._wordings: dict[int, re.Pattern[str] | None] = {}

    def page_text(self, number: int) -> str:
        """The stored text of a page, of the same length as in the document."""
        spans = self._spans.get(number)
        text = self._document.page(number).text
        if not spans:
            return text
        if number not in self._pages:
            for span in spans:
                text = text[: span.start] + hide(text[span.start : span.end]) + text[span.end :]
            self._pages[number] = text
        return self._pages[number]

    def hidden(self, number: int) -> Iterator[Span]:
        """What is masked on a page, in the order of its text and line by line, for whoever shows the page itself."""
        text = self._document.page(number).text
        for span in sorted(self._spans.get(number, ())):
            yield from by_line(text, span)

    def printed(self, spans: Iterable[Span]) -> str:
        """The published text of page slices, end to end."""
        return "".join(self.page_text(span.page)[span.start : span.end] for span in spans)

    def passage(self, passage: Passage) -> str:
        """A passage's text, of the same length."""
        if not passage.text or not self._is_any_on_pages(min(passage.places), max(passage.places)):
            return passage.text
        return "".join(
            hide(character) if self._is_personal(place) else character
            for character, place in zip(passage.text, passage.places, strict=True)
        )

    def text(self, text: str, page: int) -> str:
        """Text made from what stands on or about `page`, such as a quote or a message, of the same length."""
        if not self._spans:
            return text
        wording = self._wording(page)
        return text if wording is None else _hide_matches(text, wording)

    def optional_text(self, text: str | None, page: int) -> str | None:
        """`text` masked as by `text()`; None stays None."""
        return None if text is None else self.text(text, page)

    def _is_any_on_pages(self, first: int, last: int) -> bool:
        """Whether anything is personal on the pages from that of one packed place to that of another."""
        return any(page in self._spans for page in range(unpack(first)[0], unpack(last)[0] + 1))

    def _is_personal(self, place: int) -> bool:
        page, offset = unpack(place)
        return any(span.start <= offset < span.end for span in self._spans.get(page, ()))

    def _wording(self, page: int) -> re.Pattern[str] | None:
        """Finds the personal data of a page and its neighbours, into which a quote may run, however it is spaced."""
        if page not in self._wordings:
            texts = {
                "".join(fold(self._document.printed((span,))).split())
                for number in (page - 1, page, page + 1)
                for span in self._spans.get(number, ())
            }
            patterns = [
                _spaced(text) for text in sorted(texts, key=lambda text: (-len(text), text)) if _is_telling(text)
            ]
            self._wordings[page] = re.compile("|".join(patterns)) if patterns else None
        return self._wordings[page]


def hide(text: str) -> str:
    """`text` with every character but white space replaced."""
    return _VISIBLE.sub(MASK, text)


def _hide_matches(text: str, wording: re.Pattern[str]) -> str:
    for match in wording.finditer(fold(text)):
        start, end = match.span()
        text = text[:start] + hide(text[start:end]) + text[end:]
    return text


def _is_telling(text: str) -> bool:
    digits = sum(character.isdigit() for character in text)
    return digits >= _LEAST_DIGITS if digits else len(text) >= _LEAST_CHARACTERS


def _spaced(text: str) -> str:
    """A pattern for `text` with any white space between its characters, not within a longer figure."""
    pattern = r"\s*".join(re.escape(character) for character in text)
    before = r"(?<!\d)" if text[0].isdigit() else ""
    after = r"(?!\d)" if text[-1].isdigit() else ""
    return before + pattern + after
