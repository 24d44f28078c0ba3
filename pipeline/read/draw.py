"""A page as it was read, drawn over its picture: for looking at what the reader made of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from pipeline.model.document import CERTAIN, Page
from pipeline.model.geometry import BBox
from pipeline.read.ocr.render import render_page

RESOLUTION = 120
"""Dots per inch: small print stays legible, a page fits a screen."""

SURE = 0.95
LIKELY = 0.8
"""From these confidences on, a recognised word is drawn as sure, or as likely; below as doubtful."""

CELL = (190, 60, 200)
TEXT_LAYER = (40, 110, 230)
SURE_COLOUR = (20, 150, 60)
LIKELY_COLOUR = (235, 150, 0)
DOUBTFUL_COLOUR = (220, 30, 30)


def draw_page(document: Any, page: Page, dpi: float = RESOLUTION) -> Image.Image:
    """The picture of a page of a pypdfium2 `document`, with its words and cells framed.

    Cells are violet; words blue when they come from a text layer; recognised ones green, orange or red, as they are
    sure, likely or doubtful. Raises pypdfium2.PdfiumError when the page cannot be drawn.
    """
    shown = render_page(document, page.number - 1, dpi)
    # Half the contrast, so that the frames stand out.
    faded = (255 - (255 - shown.pixels[:, :, ::-1].astype(np.uint16)) // 2).astype(np.uint8)
    image = Image.fromarray(faded)
    canvas = ImageDraw.Draw(image)
    for table in page.tables:
        for cell in table.cells:
            canvas.rectangle(_corners(cell.bbox, shown.scale), outline=CELL, width=2)
    for start, end in find_words(page.text):
        bbox = page.bbox(start, end)
        if bbox is not None:
            colour = _colour(page.confidence_of(start, end) if page.confidences else CERTAIN)
            canvas.rectangle(_corners(bbox, shown.scale), outline=colour, width=1)
    return image


def find_words(text: str) -> Iterator[tuple[int, int]]:
    """The slices of `text` between white space."""
    start = 0
    for index, sign in enumerate(f"{text}\n"):
        if sign.isspace():
            if index > start:
                yield start, index
            start = index + 1


def _corners(bbox: BBox, scale: float) -> tuple[float, float, float, float]:
    return bbox.x0 * scale, bbox.top * scale, bbox.x1 * scale, bbox.bottom * scale


def _colour(confidence: float) -> tuple[int, int, int]:
    if confidence >= CERTAIN:
        return TEXT_LAYER
    if confidence >= SURE:
        return SURE_COLOUR
    return LIKELY_COLOUR if confidence >= LIKELY else DOUBTFUL_COLOUR
