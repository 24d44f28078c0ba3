"""A second look at a small part of a page: at higher resolution, with and without its neighbourhood."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from pipeline.model.geometry import BBox
from pipeline.read.ocr import clean
from pipeline.read.ocr.correct import correct
from pipeline.read.ocr.images import POINTS_PER_INCH, Pixels
from pipeline.read.ocr.pieces import Piece
from pipeline.read.ocr.recognise import read_lines
from pipeline.read.ocr.render import render_page

SECOND_DPI = 400
"""Twice the usual resolution; scans are rarely finer."""

MARGIN = 0.8
"""How much of the neighbourhood is looked at, to either side, in heights of the part."""

LEDGE = 0.2
"""The same above and below."""

TRIMS = (0.0, 0.1, 0.25)
"""Shares of a part's height left around it when it is read by itself."""


def reread(document: Any, number: int, bbox: BBox, dpi: int = SECOND_DPI) -> list[tuple[str, float]]:
    """What stands at `bbox` on page `number` (from 1) of a pypdfium2 `document`: readings with the confidence of their
    most doubtful character, the surest first, each text once.

    `bbox` is in points of the page as displayed, around characters of one line. A reading may hold a character or two
    of the neighbourhood. Raises OCRUnavailableError or pypdfium2.PdfiumError.
    """
    height = bbox.height
    across, along = MARGIN * height, LEDGE * height
    area = BBox(bbox.x0 - across, bbox.top - along, bbox.x1 + across, bbox.bottom + along)
    image = render_page(document, number - 1, dpi, area)
    gray = clean.remove_seals(image.pixels, image.scale)
    pictures = [gray, *_trimmed(gray, bbox, area, image.scale)]
    pictures += [_crisp(pictures[1]), _blurred(pictures[1])]
    found: dict[str, float] = {}
    for picture, reading in zip(pictures, read_lines(pictures), strict=True):
        ink = clean.find_ink(picture, image.scale)
        whole = Piece(0, 0, picture.shape[1], picture.shape[0], 1)
        text = correct(reading, whole, ink).text.strip()
        if text:
            found[text] = max(found.get(text, 0.0), reading.least)
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def _trimmed(gray: Pixels, bbox: BBox, area: BBox, scale: float) -> list[Pixels]:
    """The part by itself, with different margins. The page's own edge may have cut `area`."""
    left, top = max(area.x0, 0.0), max(area.top, 0.0)
    found = []
    for trim in TRIMS:
        margin = trim * bbox.height
        rows = slice(max(round((bbox.top - margin - top) * scale), 0), round((bbox.bottom + margin - top) * scale))
        columns = slice(max(round((bbox.x0 - margin - left) * scale), 0), round((bbox.x1 + margin - left) * scale))
        part = gray[rows, columns]
        found.append(part if part.size else gray)
    return found


def _crisp(gray: Pixels) -> Pixels:
    """Black and white, split where that parts print and paper best."""
    _, split = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return np.asarray(split, dtype=np.uint8)


def _blurred(gray: Pixels) -> Pixels:
    """Softened: grain and ragged edges gone."""
    return np.asarray(cv2.GaussianBlur(gray, (0, 0), max(gray.shape[0] / POINTS_PER_INCH, 0.5)), dtype=np.uint8)
