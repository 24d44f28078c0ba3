"""Second looks at places of a document that were recognised from their picture."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from pipeline.model.geometry import BBox
from pipeline.read import pdfium

_LOG = logging.getLogger(__name__)

Look = Callable[[int, BBox], list[tuple[str, float]]]
"""Reads a place of a page (1-based) again: readings with their confidence, the surest first."""


@contextmanager
def second_look(data: bytes, password: str | None, name: str) -> Iterator[Look]:
    """A way to read places of the PDF in `data` again; the document is opened at the first look.

    A place that cannot be read again gives no readings: the first one then stands.
    """
    with ExitStack() as stack:
        opened: list[Any] = []

        def look(number: int, bbox: BBox) -> list[tuple[str, float]]:
            from pipeline.read.ocr.reread import reread  # noqa: PLC0415 - OpenCV is loaded only where it is needed

            try:
                if not opened:
                    opened.append(stack.enter_context(pdfium.open_document(data, password, name)))
                return reread(opened[0], number, bbox)
            except Exception as error:  # a second look must never take down what was read
                _LOG.info("%s: page %d: second look: %r", name, number, error)
                return []

        yield look
