"""From a page picture as scanned to one that is easy to read: gray, without seals, laid straight."""

from __future__ import annotations

import math

import cv2
import numpy as np

from pipeline.read.marks import Floats
from pipeline.read.ocr.images import POINTS_PER_INCH, Pixels

COLOURED = 40
"""Channels that differ by less than this nowhere on a page make a gray page."""

REDNESS = 36
"""Red by this much more than green and blue is red ink; dark print under it is less red."""

BARE_INK = 60
"""Most of a seal's ink, but not all, lies on bare paper: its brightness at this percentile is that of the ink."""

FAINT = 6
"""Red by this much more is the faint edge of a stroke; less is the grain of the scan."""

SMALLEST_SEAL = 30.0
LARGEST_SEAL = 190.0
"""Sides of a seal (公章) in points: 10 to 67 mm. Official round seals measure 38 to 58 mm, name seals some 20."""

LEAST_ROUND = 0.55
"""A seal is about as wide as high; red print is a line, far wider than high."""

SEAL_GAP = 6.0
"""Strokes of one seal lie no further apart, in points."""

CONTRAST = 20
"""Ink is darker than the paper around it by at least this much, of 255; the grain of a scan is fainter."""

STEEPEST = 6.0
"""The largest angle looked for, in degrees: feeders pull sheets in askew by one or two."""

COARSE_STEP = 0.25
FINE_STEP = 0.02
COARSE_POINTS = 12_000
FINE_POINTS = 100_000
"""How many ink pixels tell the angle, first roughly, then finely."""

DISTINCT = 1.12
"""At the angle of print the ink is this much less even than at most others; specks are as even at all."""

LEAST_INK = 200
"""With fewer ink pixels than this a page is blank or nearly so, and has no angle."""

SKEW_DPI = 150.0


def remove_seals(pixels: Pixels, scale: float) -> Pixels:
    """The picture in gray, with the red ink of seals made white. Red print stays, as dark as it looks.

    `scale` is in pixels per point.
    """
    if pixels.ndim == 2:
        return pixels
    gray = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    blue, green, red = (pixels[:, :, channel] for channel in range(3))
    redness = np.asarray(cv2.subtract(red, cv2.max(green, blue)), dtype=np.uint8)
    if int(redness.max()) < COLOURED:
        return gray
    ink = np.asarray(redness >= REDNESS, dtype=np.uint8)
    for x0, top, x1, bottom in find_seals(ink, scale):
        part = (slice(top, bottom), slice(x0, x1))
        gray[part] = _in_red_light(red[part], redness[part])
    return gray


def _in_red_light(red: Pixels, redness: Pixels) -> Pixels:
    """A seal as seen in its own light: red strokes as bright as paper, black and gray ones under them dark.

    Where the red fades out at the edges of strokes, they are brightened less.
    """
    inked = redness >= REDNESS
    bare = float(np.percentile(red[inked], BARE_INK)) if inked.any() else 255.0
    share = np.clip((redness.astype(np.float32) - FAINT) / (REDNESS - FAINT), 0.0, 1.0)
    brightened = red * (1.0 + share * (255.0 / max(bare, 1.0) - 1.0))
    return np.minimum(brightened, 255.0).astype(np.uint8)


def find_seals(ink: Pixels, scale: float) -> list[tuple[int, int, int, int]]:
    """Boxes of seals, in pixels (x0, top, x1, bottom), among red `ink` (1 where there is some)."""
    gap = max(round(SEAL_GAP * scale), 1)
    small = cv2.resize(ink, None, fx=1 / gap, fy=1 / gap, interpolation=cv2.INTER_AREA)
    small = np.asarray(cv2.resize(ink * 255, (small.shape[1], small.shape[0]), interpolation=cv2.INTER_AREA) > 8)
    joined = cv2.dilate(small.astype(np.uint8), np.ones((3, 3), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    found = []
    for left, top, width, height, _ in stats[1:].tolist():
        short, long = sorted((width * gap / scale, height * gap / scale))
        if short >= SMALLEST_SEAL and long <= LARGEST_SEAL and short >= LEAST_ROUND * long:
            found.append((left * gap, top * gap, (left + width) * gap, (top + height) * gap))
    return found


def find_ink(gray: Pixels, scale: float) -> Pixels:
    """1 where there is ink: darker than the neighbourhood of some 15 points; shades and shadows do not count."""
    block = max(round(15 * scale), 3) | 1
    return np.asarray(
        cv2.adaptiveThreshold(gray, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, CONTRAST),
        dtype=np.uint8,
    )


def measure_skew(gray: Pixels, scale: float) -> float:
    """By how many degrees the print runs clockwise off the horizontal, from -STEEPEST to STEEPEST.

    Lines of text and rules, seen along their direction, fall into few sharp rows: the angle is the one at which the
    ink, summed along it, is least evenly spread. Lines running across and up the page are tried alike, so that a page
    lying on its side is measured as well.
    """
    shrink = min(SKEW_DPI / POINTS_PER_INCH / scale, 1.0)
    small = np.asarray(cv2.resize(gray, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    ys, xs = np.nonzero(find_ink(small, scale * shrink))
    if len(xs) < LEAST_INK:
        return 0.0
    points = np.stack((xs, ys)).astype(np.float64) - np.array([[small.shape[1] / 2], [small.shape[0] / 2]])
    coarse = np.arange(-STEEPEST, STEEPEST + COARSE_STEP / 2, COARSE_STEP)
    rough = _sharpness(_sample(points, COARSE_POINTS), coarse)
    if rough.max() < DISTINCT * np.median(rough):
        return 0.0
    near = float(coarse[rough.argmax()])
    fine = np.arange(near - COARSE_STEP, near + COARSE_STEP + FINE_STEP / 2, FINE_STEP)
    return float(fine[_sharpness(_sample(points, FINE_POINTS), fine).argmax()])


def turn_straight(gray: Pixels, degrees: float) -> Pixels:
    """The picture turned counterclockwise by `degrees` about its centre, at the same size, white where it was not."""
    if abs(degrees) < FINE_STEP:
        return gray
    height, width = gray.shape
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), degrees, 1.0)
    turned = cv2.warpAffine(gray, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=255.0)
    return np.asarray(turned, dtype=np.uint8)


def _sample(points: Floats, most: int) -> Floats:
    """Evenly spaced points, at most about `most` of them."""
    return points[:, :: max(1, points.shape[1] // most)]


def _sharpness(points: Floats, angles: Floats) -> Floats:
    """How unevenly the ink is spread when seen along each of `angles`, in degrees: across or up the page."""
    found = []
    for angle in angles.tolist():
        slope = math.tan(math.radians(angle))
        found.append(max(_unevenness(points[1] - slope * points[0]), _unevenness(points[0] + slope * points[1])))
    return np.array(found)


def _unevenness(positions: Floats) -> float:
    """Sum of squares of how many positions fall on each pixel row."""
    rows = np.bincount((positions - positions.min()).astype(np.int64)).astype(np.float64)
    return float((rows * rows).sum())
