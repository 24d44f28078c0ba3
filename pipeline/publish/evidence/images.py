"""Page images: rendered by PDFium, personal data painted over, compressed.

Pages with a text layer are line art: few colours, sharp edges. As lossless WebP with 16 colours a page of print takes
about 40 KB at 110 dpi, less than the same page as lossy WebP or PNG, and encodes in a third of the time. Scans and
photographs would grow tenfold that way; they are encoded with loss.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from pipeline.ingest.find import load_bytes
from pipeline.model.document import SourceFile
from pipeline.model.geometry import BBox
from pipeline.read.pdfium import open_document

RESOLUTION = 110
"""Dots per inch: 10-point print stays easy to read on the screen, also a little enlarged."""

_POINTS_PER_INCH = 72
_LONGEST_SIDE = 2_600  # pixels; a poster is not worth more
_COLOURS = 16
_MOST_LOSSLESS = 120_000  # bytes; line art stays far below, what exceeds it is a picture
_PICTURE_QUALITY = 45
_COVER = (203, 208, 214)
_COVER_MARGIN = 1.0  # points: characters reach a little beyond their boxes
_MOST_DEVIATION = 1.5  # points between the page as read and as rendered


@dataclass(frozen=True, slots=True)
class PageToDraw:
    """A page as read: its number, its size in points, the boxes to paint over, and whether it is a scan."""

    number: int
    width: float
    height: float
    hidden: tuple[BBox, ...] = ()
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class DocumentToDraw:
    """A document whose pages are to be drawn into `folder`, one file each."""

    source: SourceFile
    pages: tuple[PageToDraw, ...]
    folder: Path
    password: str | None = None


@dataclass(frozen=True, slots=True)
class DrawnPages:
    """The size in bytes of each page image, by page number; pages that could not be drawn are left out."""

    sizes: dict[int, int]


def image_name(number: int) -> str:
    """The file name of a page's image."""
    return f"{number}.webp"


def draw_pages(document: DocumentToDraw) -> DrawnPages:
    """Draw every page that can be drawn. Raises InputError where the document cannot be opened, OSError where an image
    cannot be written."""
    sizes = {}
    data = load_bytes(document.source)
    document.folder.mkdir(parents=True, exist_ok=True)
    with open_document(data, document.password, document.source.source) as pdf:
        for page in document.pages:
            image = _render(pdf, page)
            if image is not None:
                encoded = encode(image, scanned=page.scanned)
                (document.folder / image_name(page.number)).write_bytes(encoded)
                sizes[page.number] = len(encoded)
    return DrawnPages(sizes)


def encode(image: Image.Image, *, scanned: bool) -> bytes:
    """A page image as WebP: line art without loss, scans and pictures with."""
    if not scanned:
        few = image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).convert("RGB")
        data = _webp(few, lossless=True, quality=20, method=1)
        if len(data) <= _MOST_LOSSLESS:
            return data
    return _webp(image, quality=_PICTURE_QUALITY, method=2)


def scale_of(width: float, height: float) -> float:
    """Pixels per point for a page of this size in points."""
    return min(RESOLUTION / _POINTS_PER_INCH, _LONGEST_SIDE / max(width, height, 1.0))


def _render(pdf: Any, page: PageToDraw) -> Image.Image | None:
    """The page as a picture; None where PDFium cannot load it or sees another size than was read, so that boxes would
    stand beside their figures."""
    if page.number > len(pdf):
        return None
    try:
        loaded = pdf[page.number - 1]
    except RuntimeError:  # pypdfium2's PdfiumError is one
        return None
    try:
        width, height = loaded.get_size()
        if max(abs(width - page.width), abs(height - page.height)) > _MOST_DEVIATION:
            return None
        scale = scale_of(width, height)
        image: Image.Image = loaded.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    except (RuntimeError, ValueError):
        return None
    finally:
        loaded.close()
    _cover(image, page.hidden, scale)
    return image


def _cover(image: Image.Image, boxes: tuple[BBox, ...], scale: float) -> None:
    """Paint over what the datasets mask: a report that hides a name in its text must not show it in its picture."""
    draw = ImageDraw.Draw(image)
    for box in boxes:
        corners = (
            (box.x0 - _COVER_MARGIN) * scale,
            (box.top - _COVER_MARGIN) * scale,
            (box.x1 + _COVER_MARGIN) * scale,
            (box.bottom + _COVER_MARGIN) * scale,
        )
        draw.rectangle(corners, fill=_COVER)


def _webp(image: Image.Image, **options: Any) -> bytes:
    memory = io.BytesIO()
    image.save(memory, "WEBP", **options)
    return memory.getvalue()
