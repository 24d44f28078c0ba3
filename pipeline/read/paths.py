"""The rules drawn on a page, from PDFium's page objects, including those inside form XObjects.

Most rules are one straight stroke or one thin filled rectangle: their bounding box says all, in one call. Only paths
that enclose something are read segment by segment.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import numpy as np
from pypdfium2 import raw

from pipeline.read.frame import Frame
from pipeline.read.marks import NO_EDGES, Edges, Floats, edges_of
from pipeline.read.prototypes import prototype

_POINTER = ctypes.c_void_p
_GET_OBJECT = prototype(raw.FPDFPage_GetObject, _POINTER, ctypes.c_int, result=_POINTER)
_GET_FORM_OBJECT = prototype(raw.FPDFFormObj_GetObject, _POINTER, ctypes.c_ulong, result=_POINTER)
_COUNT_FORM_OBJECTS = prototype(raw.FPDFFormObj_CountObjects, _POINTER)
_GET_TYPE = prototype(raw.FPDFPageObj_GetType, _POINTER)
_GET_BOUNDS = prototype(raw.FPDFPageObj_GetBounds, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)
_GET_MATRIX = prototype(raw.FPDFPageObj_GetMatrix, _POINTER, _POINTER)
_COUNT_SEGMENTS = prototype(raw.FPDFPath_CountSegments, _POINTER)
_GET_SEGMENT = prototype(raw.FPDFPath_GetPathSegment, _POINTER, ctypes.c_int, result=_POINTER)
_GET_DRAW_MODE = prototype(raw.FPDFPath_GetDrawMode, _POINTER, _POINTER, _POINTER)
_GET_POINT = prototype(raw.FPDFPathSegment_GetPoint, _POINTER, _POINTER, _POINTER)
_GET_SEGMENT_TYPE = prototype(raw.FPDFPathSegment_GetType, _POINTER)
_GET_CLOSE = prototype(raw.FPDFPathSegment_GetClose, _POINTER)
_GET_RENDER_MODE = prototype(raw.FPDFTextObj_GetTextRenderMode, _POINTER)

RULE_THICKNESS = 3.5
"""Up to this many points across, a filled rectangle or a thick stroke is a rule; beyond it encloses something."""

SLANT = 0.5
"""How far, in points, the ends of a rule may differ in height (or a vertical one's sideways) and still be straight."""

MOST_IN_A_RULE = 6
"""A path of up to this many segments is a stroke or a rectangle."""

COVERING = 0.5
"""An image of at least this share of the page hides the text painted before it."""

MOST_SEGMENTS = 5000
"""A path of more segments is a drawing, not a table."""

DEEPEST_FORM = 8
"""Form XObjects nested deeper than this are not searched for rules."""

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Segment = tuple[Point, Point]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawing:
    """What is drawn on a page, in PDF coordinates: straight `segments`, the opposite corners of `shades` (filled
    rectangles without outline) and of `images`, and how many pieces the lines and curves have. `texts` are PDFium's
    handles of the pieces of text, in the order of painting, `painted` how many of them each image may cover."""

    segments: list[Segment] = field(default_factory=list)
    shades: list[Segment] = field(default_factory=list)
    images: list[Segment] = field(default_factory=list)
    strokes: int = 0
    texts: list[int] = field(default_factory=list)
    painted: list[int] = field(default_factory=list)

    def place_edges(self, frame: Frame) -> Edges:
        """The horizontal and vertical ones among the segments, as displayed in `frame`."""
        if not self.segments:
            return NO_EDGES
        ends = np.array(self.segments, dtype=np.float64)
        xs, ys = frame.place(ends[:, :, 0], ends[:, :, 1])
        return _straight(xs.tolist(), ys.tolist())

    def place_shades(self, frame: Frame) -> Floats:
        """The shades as displayed in `frame`."""
        return _place_corners(self.shades, frame)

    def place_images(self, frame: Frame) -> Floats:
        """The images as displayed in `frame`."""
        return _place_corners(self.images, frame)

    def unseen_share(self, frame: Frame) -> float:
        """The share, from 0 to 1, of pieces of text that are invisible or painted over by an image of half a page.

        Both are how scanners put a text layer of their own recognition behind the picture of a page.
        """
        if not self.images or not self.texts:
            return 0.0
        boxes = self.place_images(frame)
        areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
        large = np.flatnonzero(areas >= COVERING * frame.width * frame.height)
        covered = max((self.painted[index] for index in large.tolist()), default=0)
        modes = list(map(_GET_RENDER_MODE, self.texts[covered:]))
        unseen: int = covered + modes.count(raw.FPDF_TEXTRENDERMODE_INVISIBLE)
        return unseen / len(self.texts)


def read_drawing(page: Any) -> Drawing:
    """What is drawn on a loaded PDFium `page`."""
    handle = ctypes.cast(page, _POINTER).value or 0
    drawing = Drawing()
    _collect(list(map(_GET_OBJECT, repeat(handle), range(raw.FPDFPage_CountObjects(page)))), _IDENTITY, drawing, 0)
    return drawing


def _place_corners(corners: list[Segment], frame: Frame) -> Floats:
    """Boxes around opposite corners, as displayed in `frame`."""
    return frame.place_boxes(np.array(corners, dtype=np.float64).reshape(-1, 4))


def _straight(xs: list[list[float]], ys: list[list[float]]) -> Edges:
    horizontal: list[tuple[float, float, float]] = []
    vertical: list[tuple[float, float, float]] = []
    for (xa, xb), (ya, yb) in zip(xs, ys, strict=True):
        if abs(ya - yb) <= SLANT and abs(xa - xb) > abs(ya - yb):
            horizontal.append(((ya + yb) / 2, min(xa, xb), max(xa, xb)))
        elif abs(xa - xb) <= SLANT:
            vertical.append(((xa + xb) / 2, min(ya, yb), max(ya, yb)))
    return edges_of(horizontal, vertical)


def _collect(objects: list[int], matrix: Matrix, drawing: Drawing, depth: int) -> None:
    """Adds `objects`, which stand in a space that `matrix` maps to the page, to the drawing."""
    for item, kind in zip(objects, map(_GET_TYPE, objects), strict=True):
        if kind == raw.FPDF_PAGEOBJ_PATH:
            count = _COUNT_SEGMENTS(item)
            drawing.strokes += max(count, 0)
            _collect_path(item, count, matrix, drawing)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = _bounds(item)
            apply = _applier(matrix)
            drawing.images.append((apply(left, bottom), apply(right, top)))
            drawing.painted.append(len(drawing.texts))
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            drawing.texts.append(item)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
            members = list(map(_GET_FORM_OBJECT, repeat(item), range(max(_COUNT_FORM_OBJECTS(item), 0))))
            _collect(members, _multiply(_object_matrix(item), matrix), drawing, depth + 1)


def _collect_path(path: int, count: int, matrix: Matrix, drawing: Drawing) -> None:
    """Adds a path: a thin one is the rule along its middle, a filled one a shade, of others the outline counts."""
    if count < 2 or count > MOST_SEGMENTS:
        return
    if count <= MOST_IN_A_RULE:
        left, bottom, right, top = _bounds(path)
        apply = _applier(matrix)
        low, narrow = top - bottom <= RULE_THICKNESS, right - left <= RULE_THICKNESS
        if low:
            middle = (bottom + top) / 2
            drawing.segments.append((apply(left, middle), apply(right, middle)))
        if narrow:
            centre = (left + right) / 2
            drawing.segments.append((apply(centre, bottom), apply(centre, top)))
        if low or narrow or count == 2:
            return
        if not _is_stroked(path):
            drawing.shades.append((apply(left, bottom), apply(right, top)))
            return
    drawing.segments.extend(_outline(path, count, _multiply(_object_matrix(path), matrix)))


def _is_stroked(path: int) -> bool:
    mode = (ctypes.c_int * 2)()
    at = ctypes.addressof(mode)
    return not _GET_DRAW_MODE(path, at, at + 4) or bool(mode[1])


def _outline(path: int, count: int, matrix: Matrix) -> Iterator[Segment]:
    """The straight segments of a path one by one, closing lines included."""
    apply = _applier(matrix)
    point = (ctypes.c_float * 2)()
    at = ctypes.addressof(point)
    start = current = (0.0, 0.0)
    for index in range(count):
        segment = _GET_SEGMENT(path, index)
        if not segment or not _GET_POINT(segment, at, at + 4):
            continue
        previous, current = current, apply(point[0], point[1])
        kind = _GET_SEGMENT_TYPE(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = current
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield previous, current
        if _GET_CLOSE(segment):
            yield current, start


def _bounds(item: int) -> tuple[float, float, float, float]:
    values = (ctypes.c_float * 4)()
    at = ctypes.addressof(values)
    if not _GET_BOUNDS(item, at, at + 4, at + 8, at + 12):
        return 0.0, 0.0, 0.0, 0.0
    return values[0], values[1], values[2], values[3]


def _object_matrix(item: int) -> Matrix:
    values = (ctypes.c_float * 6)()
    if not _GET_MATRIX(item, ctypes.addressof(values)):
        return _IDENTITY
    return values[0], values[1], values[2], values[3], values[4], values[5]


def _multiply(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies `inner` first, then `outer`."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _applier(matrix: Matrix) -> Callable[[float, float], Point]:
    a, b, c, d, e, f = matrix

    def apply(x: float, y: float) -> Point:
        return a * x + c * y + e, b * x + d * y + f

    return apply
