"""Recognised characters put where they stand: boxes as a text page would have them."""

from __future__ import annotations

import numpy as np

from pipeline.read.lines import is_chinese
from pipeline.read.marks import Characters
from pipeline.read.ocr.pieces import Piece
from pipeline.read.ocr.recognise import Reading

INK_OF_IDEOGRAPHS = 0.92
"""How high the ink of a line with ideographs is, in ems."""

INK_OF_FIGURES = 0.70
"""The same of a line of figures and capitals alone, from the baseline up."""

ASCENT, DESCENT = 0.86, 0.12
"""What a box reaches above and below the baseline, in ems, as fonts for Chinese have it."""

BELOW_BASELINE = 0.08
"""How far the ink of ideographs reaches below the baseline, in ems."""

MOST_CONFIDENT = 0.9999
"""No recognised character counts as certain."""

HALF_WIDTH = 0.5
"""Letters and figures are about this wide, in ems."""


def place_characters(piece: Piece, reading: Reading, scale: float) -> Characters:
    """The characters of a piece in points, on one baseline; `scale` is in pixels per point."""
    codes = np.array([ord(character) for character in reading.text], dtype=np.uint32)
    wide = is_chinese(codes)
    height = piece.height / scale
    letters = wide & (codes >= 0x3400)
    em = height / (INK_OF_IDEOGRAPHS if letters.any() else INK_OF_FIGURES)
    baseline = piece.bottom / scale - (BELOW_BASELINE * em if letters.any() else 0.0)
    centres = (piece.x0 + np.array(reading.centres) * piece.width) / scale
    widths = np.where(wide, em, HALF_WIDTH * em)
    left, right = centres - widths / 2, centres + widths / 2
    # Neighbours share what both would take.
    between = (right[:-1] + left[1:]) / 2
    overlap = right[:-1] > left[1:]
    right[:-1] = np.where(overlap, between, right[:-1])
    left[1:] = np.where(overlap, between, left[1:])
    left = np.maximum(left, piece.x0 / scale - 0.1 * em)
    right = np.minimum(right, piece.x1 / scale + 0.1 * em)
    level = np.full(len(codes), baseline)
    boxes = np.stack((left, level - ASCENT * em, np.maximum(right, left + 0.1), level + DESCENT * em), axis=1)
    confidences = np.minimum(np.array(reading.confidences), MOST_CONFIDENT)
    return Characters(codes, boxes, np.stack((left, level), axis=1), None, confidences)
