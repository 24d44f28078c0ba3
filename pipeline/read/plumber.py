"""pdfplumber's own parser: the reference that PDFium's reading is measured against, and the reader of pages that
PDFium cannot load. Some ten times slower, and loaded only where it is used: most runs never need it."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

import numpy as np

from pipeline.errors import Damaged, Encrypted, WrongPassword
from pipeline.read.characters import SLANT as LEANING
from pipeline.read.marks import SLANTED, Characters, Edges, Marks, edges_of
from pipeline.read.paths import RULE_THICKNESS, SLANT


@contextmanager
def open_document(data: bytes, password: str | None, name: str) -> Iterator[Any]:
    """The pdfplumber document in `data`, closed on leaving. Raises Encrypted, WrongPassword or Damaged."""
    import pdfplumber  # noqa: PLC0415
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415

    try:
        document = pdfplumber.open(io.BytesIO(data), password=password)
        document.pages  # noqa: B018 - the page tree is read on first use
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise (WrongPassword(name) if password else Encrypted(name)) from error
        raise Damaged(name) from error
    except Exception as error:  # pdfminer raises whatever its parser runs into on damaged files
        raise Damaged(name) from error
    try:
        yield document
    finally:
        document.close()


def has_no_pages(document: Any) -> bool:
    """Whether the document says of itself that it has no page, as opposed to pages that cannot be found."""
    from pdfminer.pdftypes import resolve1  # noqa: PLC0415

    tree = resolve1(document.doc.catalog.get("Pages"))
    return isinstance(tree, dict) and resolve1(tree.get("Kids")) == []


def read_marks(document: Any, index: int) -> Marks:
    """Characters and rules of the page at `index` (from 0). Raises whatever pdfminer runs into."""
    page = document.pages[index]
    left, top, right, bottom = (float(value) for value in page.cropbox)
    try:
        characters = _read_characters(page, left, top)
        edges = _read_edges(page, left, top)
        shades = [
            (rect["x0"] - left, rect["top"] - top, rect["x1"] - left, rect["bottom"] - top)
            for rect in page.rects
            if _is_shade(rect)
        ]
        images = [
            (image["x0"] - left, image["top"] - top, image["x1"] - left, image["bottom"] - top) for image in page.images
        ]
        strokes = sum(len(page.objects.get(kind, ())) for kind in ("line", "rect", "curve"))
        return Marks(
            right - left,
            bottom - top,
            characters,
            edges,
            np.array(shades, dtype=np.float64).reshape(-1, 4),
            np.array(images, dtype=np.float64).reshape(-1, 4),
            strokes,
        )
    finally:
        page.close()


def _read_characters(page: Any, left: float, top: float) -> Characters:
    codes: list[int] = []
    boxes: list[tuple[float, float, float, float]] = []
    origins: list[tuple[float, float]] = []
    turns: list[int] = []
    for char in page.chars:
        # A ligature is several characters in one box.
        text = [letter for letter in char["text"] if letter.isprintable() or letter.isspace()]
        turn = _turn(char["matrix"])
        x0, width = char["x0"] - left, (char["x1"] - char["x0"]) / max(len(text), 1)
        for place, letter in enumerate(text):
            codes.append(0x20 if letter.isspace() and ord(letter) < 0x20 else ord(letter))
            at = x0 + place * width
            boxes.append((at, char["top"] - top, at + width, char["bottom"] - top))
            origins.append((at, page.height - char["matrix"][5] - top))
            turns.append(turn)
    return Characters(
        np.array(codes, dtype=np.uint32),
        np.array(boxes, dtype=np.float64).reshape(-1, 4),
        np.array(origins, dtype=np.float64).reshape(-1, 2),
        np.array(turns, dtype=np.int64) if any(turns) else None,
    )


def _turn(matrix: tuple[float, ...]) -> int:
    """By how many quarters text in this matrix is turned clockwise from upright, SLANTED for no whole one."""
    turned = -math.atan2(matrix[1], matrix[0]) / (math.pi / 2)
    whole = round(turned)
    return SLANTED if abs(turned - whole) > LEANING else whole % 4


def _is_shade(rect: Any) -> bool:
    thick = min(rect["width"], rect["height"]) > RULE_THICKNESS
    return bool(thick and rect["fill"] and not rect["stroke"])


def _read_edges(page: Any, left: float, top: float) -> Edges:
    from pdfplumber.utils.geometry import obj_to_edges  # noqa: PLC0415

    horizontal = []
    vertical = []
    outlines = [rect for rect in page.rects if not _is_shade(rect)]
    for edge in chain.from_iterable(map(obj_to_edges, (*page.lines, *outlines, *page.curves))):
        if edge["orientation"] == "h":
            horizontal.append((edge["top"] - top, edge["x0"] - left, edge["x1"] - left))
        elif edge["orientation"] == "v" and edge["x1"] - edge["x0"] <= SLANT:
            vertical.append((edge["x0"] - left, edge["top"] - top, edge["bottom"] - top))
    return edges_of(horizontal, vertical)
