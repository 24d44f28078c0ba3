"""Pages read by their picture, each kind in its way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from pipeline.model.document import Page, Reader
from pipeline.model.geometry import BBox
from pipeline.read.layout import lay_out
from pipeline.read.marks import Edges, Marks
from pipeline.read.ocr import cache
from pipeline.read.ocr.picture import PictureReading, confidences_of, join_characters, read_picture, read_rules
from pipeline.read.ocr.render import render_page
from pipeline.read.ocr.slant import slant_page, straighten_characters
from pipeline.read.options import ReadOptions
from pipeline.read.triage import PageKind, Triage
from pipeline.read.turn import turn_page

EARLIER = 0.9
"""How far the characters of someone else's recognition are trusted: it does not say how sure it was."""

LEAST_PRINT = 6
SURE = 0.8
"""Print on a picture is at least so many characters, read with this confidence; less is a logo or a photograph."""

LEVEL = 0.2
"""A picture askew by less, in degrees, is level enough for the rules drawn on its page."""


def read_page(document: Any, number: int, marks: Marks, found: Triage, options: ReadOptions) -> Page:
    """Page `number` (from 1) of a pypdfium2 `document`, read from its picture as far as triage `found` it necessary.

    Raises OCRUnavailableError where the models are not installed, pypdfium2.PdfiumError where the page cannot be
    drawn.
    """
    if found.kind is PageKind.MIXED:
        return _read_mixed(document, number, marks, found, options)
    if found.recognised:
        reading = _with_text_layer(read_rules(render_page(document, number - 1, options.dpi)), marks)
    else:
        reading = _read(document, number, None, options)
    if found.kind is PageKind.GARBLED:
        reading = _with_drawn_rules(reading, marks)
    page = _rate(lay_out(number, reading.marks, Reader.OCR, found.reason))
    return turn_page(slant_page(page, reading.skew), reading.quarters)


def _read(document: Any, number: int, area: BBox | None, options: ReadOptions) -> PictureReading:
    return cache.recall(render_page(document, number - 1, options.dpi, area), read_picture)


def _read_mixed(document: Any, number: int, marks: Marks, found: Triage, options: ReadOptions) -> Page:
    """A text page with pictures on it: what the pictures show is put among the text where they stand."""
    parts = [replace(marks.characters, turns=None, confidences=confidences_of(marks.characters))]
    horizontal, vertical = [marks.edges.horizontal], [marks.edges.vertical]
    for area in found.areas:
        shown = _read(document, number, area, options).marks
        if not _says_something(shown):
            continue
        boxes = shown.characters.boxes + np.array([area.x0, area.top, area.x0, area.top])
        origins = shown.characters.origins + np.array([area.x0, area.top])
        parts.append(replace(shown.characters, boxes=boxes, origins=origins))
        horizontal.append(shown.edges.horizontal + np.array([area.top, area.x0, area.x0]))
        vertical.append(shown.edges.vertical + np.array([area.x0, area.top, area.top]))
    if len(parts) == 1:
        return lay_out(number, marks, reason=f"{found.reason}, no print on it")
    edges = Edges(np.concatenate(horizontal), np.concatenate(vertical))
    combined = replace(marks, characters=join_characters(parts), edges=edges)
    return _rate(lay_out(number, combined, Reader.OCR, found.reason))


def _says_something(shown: Marks) -> bool:
    """Whether a picture on a text page shows print, not just shapes that resemble a letter or two."""
    sureness = confidences_of(shown.characters)
    return len(sureness) >= LEAST_PRINT and float(np.mean(sureness)) >= SURE


def _with_text_layer(reading: PictureReading, marks: Marks) -> PictureReading:
    """The rules seen on the picture, with the characters of the page's own text layer."""
    earlier = replace(marks.characters, turns=None, confidences=np.full(len(marks.characters), EARLIER))
    straight = straighten_characters(earlier, reading.skew, reading.marks.width, reading.marks.height)
    return replace(reading, marks=replace(reading.marks, characters=straight))


def _with_drawn_rules(reading: PictureReading, marks: Marks) -> PictureReading:
    """The characters read from the picture, with the rules as drawn on the page, which are more exact."""
    drawn = len(marks.edges.horizontal) and len(marks.edges.vertical)
    if not drawn or reading.quarters or abs(reading.skew) > LEVEL:
        return reading
    return replace(reading, marks=replace(reading.marks, edges=marks.edges, shades=marks.shades), skew=0.0)


def _rate(page: Page) -> Page:
    """The page with its confidence: the mean of that of its characters."""
    printed = [value for value, sign in zip(page.confidences, page.text, strict=True) if not sign.isspace()]
    return replace(page, confidence=sum(printed) / len(printed) if printed else 0.0)
