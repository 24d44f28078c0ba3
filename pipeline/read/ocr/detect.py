"""Where text stands in a picture: a map of how likely each spot is text, and boxes around lines in it.

The map is that of a DB text detector (differentiable binarisation): it marks the core of every line, somewhat smaller
than the print, so that lines stay apart; boxes are grown back from the cores.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.read.marks import Flags, Integers
from pipeline.read.ocr.images import POINTS_PER_INCH, Pixels
from pipeline.read.ocr.models import Tensor, detection_model, run

DETECTION_DPI = 110.0
"""Print of 7 points is 11 pixels high at this resolution; the detector was made for such sizes."""

MOST_MAPPED = 3_000_000
"""A page with more pixels than this at that resolution, larger than A3, is looked at in less detail: the detector takes
some 250 bytes for each."""

STRIDE = 32
"""The detector takes pictures whose sides are multiples of this."""

SPECK = 6
"""Ink is looked for in blocks of so many map pixels."""

LEAST_DENSITY = 20
"""A block with less ink than this, of 255, has nothing but specks on it."""

MARGIN = 16
"""Map pixels of white left around the print."""

LIKELY = 0.3
"""From this likelihood on a spot is text."""

SURE = 0.5
"""Cores less likely than this on the whole are dirt."""

GROWTH = 1.6
"""A core is grown on all sides by its area, divided by its perimeter, times this."""

LEAST_CORE = 3
"""A core is at least so many map pixels wide and high."""


@dataclass(frozen=True, slots=True, eq=False)
class TextMap:
    """Likelihood of text, 0 to 1, over a picture; `scale` is in map pixels per pixel of the picture."""

    likelihood: Tensor
    scale: float


@dataclass(frozen=True, slots=True)
class TextBox:
    """A piece of a line, in pixels of the picture: its core, the box grown from it, and the cell it stands in
    (numbered from 1; 0 outside tables)."""

    x0: float
    top: float
    x1: float
    bottom: float
    core_top: float
    core_bottom: float
    container: int


def find_text(gray: Pixels, ink: Pixels, scale: float) -> TextMap:
    """The text map of a gray picture of `scale` pixels per point, whose `ink` is 1.

    Only the part with ink on it is looked at: margins make up a third of most pages.
    """
    shrink = min(DETECTION_DPI / POINTS_PER_INCH / scale, math.sqrt(MOST_MAPPED / max(gray.size, 1)), 1.0)
    small = np.asarray(cv2.resize(gray, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA))
    rows, columns = _find_content(ink, shrink, small.shape)
    part = small[rows, columns]
    height, width = part.shape
    likelihood = np.zeros(small.shape, dtype=np.float32)
    if height and width:
        padded = cv2.copyMakeBorder(
            part, 0, -height % STRIDE, 0, -width % STRIDE, cv2.BORDER_CONSTANT, value=(255.0, 255.0, 255.0)
        )
        plane = np.asarray(padded, dtype=np.float32) / 127.5 - 1.0
        found = run(detection_model(), np.broadcast_to(plane, (1, 3, *plane.shape)).copy())
        likelihood[rows, columns] = found[0, 0, :height, :width]
    return TextMap(likelihood, shrink)


def _find_content(ink: Pixels, shrink: float, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """The rows and columns of a map of that shape between the first and the last ink, specks left out."""
    block = round(SPECK / shrink)
    density = cv2.resize(
        ink * np.uint8(255),
        (max(ink.shape[1] // block, 1), max(ink.shape[0] // block, 1)),
        interpolation=cv2.INTER_AREA,
    )
    inked = np.asarray(density) >= LEAST_DENSITY
    return _between(np.asarray(inked.any(axis=1)), shape[0]), _between(np.asarray(inked.any(axis=0)), shape[1])


def _between(inked: Flags, side: int) -> slice:
    """From the first to the last of blocks with ink, with a margin, in pixels of a side of that length."""
    found = np.flatnonzero(inked)
    if not len(found):
        return slice(0, 0)
    step = side / len(inked)
    return slice(max(int(found[0] * step) - MARGIN, 0), min(int((found[-1] + 1) * step) + MARGIN, side))


def find_boxes(text: TextMap, containers: Integers) -> list[TextBox]:
    """Boxes around the pieces of lines in a text map, none reaching from one container into another.

    `containers` has the number of the cell that each spot of the map lies in, 0 outside tables and -1 on rules.
    """
    core = (text.likelihood > LIKELY) & (containers >= 0)
    core[:, 1:] &= containers[:, 1:] == containers[:, :-1]
    core[1:] &= containers[1:] == containers[:-1]
    count, labels, stats, _ = cv2.connectedComponentsWithStats(core.astype(np.uint8), connectivity=4)
    weights = np.bincount(labels.ravel(), weights=text.likelihood.ravel(), minlength=count)
    found = []
    for label in range(1, count):
        left, top, width, height, area = (int(value) for value in stats[label])
        if min(width, height) < LEAST_CORE or weights[label] < SURE * area:
            continue
        growth = width * height * GROWTH / (2 * (width + height))
        middle = labels[top : top + height, left : left + width]
        at = int(np.argmax(middle == label))
        container = int(containers[top + at // width, left + at % width])
        found.append(
            TextBox(
                (left - growth) / text.scale,
                (top - growth) / text.scale,
                (left + width + growth) / text.scale,
                (top + height + growth) / text.scale,
                top / text.scale,
                (top + height) / text.scale,
                container,
            )
        )
    return found
