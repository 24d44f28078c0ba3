"""Pictures of pages through PDFium."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from pipeline.model.geometry import BBox
from pipeline.read.ocr.images import POINTS_PER_INCH, PageImage

MOST_PIXELS = 24_000_000
"""A page so large that its picture would have more pixels is rendered at a lower resolution (A3 at 300 dpi has 17)."""


def render_page(document: Any, index: int, dpi: float, area: BBox | None = None) -> PageImage:
    """The page at `index` (from 0) of a pypdfium2 `document` as displayed, in colour at `dpi`.

    With `area`, in points of the page as displayed, only that part. Raises pypdfium2.PdfiumError when PDFium cannot
    load or draw the page.
    """
    page = document[index]
    try:
        width, height = page.get_size()
        crop = (0.0, 0.0, 0.0, 0.0)
        if area is not None:
            # pypdfium2 wants what to cut off at the left, bottom, right and top.
            crop = (
                max(area.x0, 0.0),
                max(height - area.bottom, 0.0),
                max(width - area.x1, 0.0),
                max(area.top, 0.0),
            )
        shown = max((width - crop[0] - crop[2]) * (height - crop[1] - crop[3]), 1.0)
        scale = min(dpi / POINTS_PER_INCH, math.sqrt(MOST_PIXELS / shown))
        bitmap = page.render(scale=scale, crop=crop, rev_byteorder=False)
        try:
            pixels = np.array(bitmap.to_numpy()[:, :, :3], dtype=np.uint8, order="C")
        finally:
            bitmap.close()
        return PageImage(pixels, scale)
    finally:
        page.close()
