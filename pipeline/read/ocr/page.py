"""Pages read by their picture, each kind in its way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from pipeline.model.document import CERTAIN, Page, Reader
from pipeline.model.geometry import BBox
from pipeline.read.layout import lay_out
from pipeline.read.marks import Characters, Edges, Floats, Marks
from pipeline.read.ocr.cache import Cache
from pipeline.read.ocr.picture import PictureReading, read_picture
from pipeline.read.ocr.render import render_page
from pipeline.read.ocr.slant import slant_page, straighten_characters
from pipeline.read.options import ReadOptions
from pipeline.read.triage import PageKind, Triage
from pipeline.read.turn import turn_page


def read_page(document: Any, number: int, marks: Marks, found: Triage, options: ReadOptions) -> Page:
    """Page `number` (from 1) of a pypdfium2 `document`, read from its picture as far as triage `found` it necessary.

    Raises OCRUnavailableError where the models are not installed, pypdfium2.PdfiumError where the page cannot be
    drawn.
    """
    if found.kind is PageKind.MIXED:
        return _read_mixed(document, number, marks, found, options)
    if found.recognised:
        return _read_recognised(document, number, marks, found, options)
    reading = _read(document, number, None, options)
    if found.kind is PageKind.GARBLED and len(marks.edges.horizontal) and len(marks.edges.vertical):
        # Drawn rules are more exact than those seen on the picture.
        reading = replace(reading, marks=replace(reading.marks, edges=marks.edges, shades=marks.shades))
    return _lay_out_picture(number, reading, found.reason)


def _read(document: Any, number: int, area: BBox | None, options: ReadOptions) -> PictureReading:
    image = render_page(document, number - 1, options.dpi, area)
    return Cache().recall(image, lambda: read_picture(image))


def _lay_out_picture(number: int, reading: PictureReading, reason: str) -> Page:
    page = lay_out(number, reading.marks, Reader.OCR, reason)
    confidences = reading.marks.characters.confidences
    sure = float(np.mean(confidences)) if confidences is not None and len(confidences) else 0.0
    return turn_page(slant_page(replace(page, confidence=sure), reading.skew), reading.quarters)
