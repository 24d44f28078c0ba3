"""Scans made in the test: pages of PDFs as pictures, askew, grainy, stamped, turned, and put back into PDFs."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from pipeline.model.geometry import BBox
from pipeline.read.ocr.images import Pixels
from pipeline.read.ocr.render import render_page

RED = (40, 40, 215)


def picture_of(data: bytes, index: int, dpi: float = 150, area: BBox | None = None) -> Pixels:
    """The page at `index` of a PDF, or a part of it, as a picture."""
    with pdfium.PdfDocument(data) as document:
        return render_page(document, index, dpi, area).pixels


def lay_askew(picture: Pixels, degrees: float) -> Pixels:
    """Turned clockwise by `degrees` about its middle."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    white = (255.0, 255.0, 255.0)
    return np.asarray(
        cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=white), np.uint8
    )


def stamp(picture: Pixels, x: float, y: float, radius: float) -> Pixels:
    """With a round red seal; black print stays black under it."""
    red = np.full_like(picture, 255)
    centre = (round(x), round(y))
    cv2.circle(red, centre, round(radius), RED, round(radius / 12))
    cv2.circle(red, centre, round(radius / 4), RED, -1)
    return np.minimum(picture, red)


def make_grainy(picture: Pixels, deviation: float = 6.0) -> Pixels:
    """Off-white, with the noise of a scanner."""
    noise = np.random.default_rng(2031).normal(-10, deviation, picture.shape[:2])[:, :, None]
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def turn(picture: Pixels, quarters: int) -> Pixels:
    """Turned clockwise by `quarters`."""
    return np.ascontiguousarray(np.rot90(picture, -quarters))


def as_pdf(*pictures: Pixels, dpi: float = 150) -> bytes:
    """A PDF whose pages are nothing but pictures."""
    images = [Image.fromarray(np.ascontiguousarray(picture[:, :, ::-1])) for picture in pictures]
    buffer = io.BytesIO()
    images[0].save(buffer, "PDF", resolution=dpi, save_all=True, append_images=images[1:], quality=85)
    return buffer.getvalue()


def with_picture(data: bytes, index: int, picture: Pixels, box: BBox, *, hide_text: bool = False) -> bytes:
    """The page at `index` alone, with a picture over it at `box`; its own text invisible with `hide_text`."""
    with pdfium.PdfDocument(data) as source, pdfium.PdfDocument.new() as document:
        document.import_pages(source, [index])
        page = document[0]
        if hide_text:
            for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
                raw.FPDFTextObj_SetTextRenderMode(item, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
        image = pdfium.PdfImage.new(document)
        encoded = io.BytesIO()
        Image.fromarray(np.ascontiguousarray(picture[:, :, ::-1])).save(encoded, "JPEG", quality=85)
        image.load_jpeg(encoded, inline=True)
        image.set_matrix(
            pdfium.PdfMatrix().scale(box.width, box.height).translate(box.x0, page.get_height() - box.bottom)
        )
        page.insert_obj(image)
        page.gen_content()
        return saved(document)


def saved(document: pdfium.PdfDocument) -> bytes:
    """The bytes of a document."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
