"""Recognised characters put where they stand: boxes as a text page would have them."""

from __future__ import annotations

import numpy as np

from pipeline.read.lines import is_chinese, is_space
from pipeline.read.marks import Characters, Codes, Flags, Floats
from pipeline.read.ocr.leaders import Leader
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

OVERHANG = 0.1
"""How far a character may reach beyond the ink of its piece, in ems."""

LEAST_WIDTH = 0.1
"""No box is narrower, in points."""

APART = 0.7
"""Two words or figures with a space between them have their neighbouring letters at least so many ems apart."""

NEAR = 0.8
"""Signs with less room than this between them, in ems, belong together when the recogniser saw no space there."""

FIRST_IDEOGRAPH = 0x3400

HALF_WIDTH = 0.5
"""Letters and figures are about this wide, in ems."""


def place_characters(piece: Piece, reading: Reading, scale: float) -> Characters:
    """The characters of a piece in points, on one baseline; `scale` is in pixels per point.

    Spaces are left out but for those that part two words or figures: the recogniser sees some wherever a sign leaves
    room around it.
    """
    codes = np.array([ord(character) for character in reading.text], dtype=np.uint32)
    height = piece.height / scale
    ideographs = bool(((codes >= FIRST_IDEOGRAPH) & is_chinese(codes)).any())
    em = height / (INK_OF_IDEOGRAPHS if ideographs else INK_OF_FIGURES)
    baseline = piece.bottom / scale - (BELOW_BASELINE * em if ideographs else 0.0)
    centres = (piece.x0 + np.array(reading.centres) * piece.width) / scale
    kept = _find_printed(codes, centres, em)
    codes, centres = codes[kept], centres[kept]
    left, right = _spread(codes, centres, em)
    left = np.maximum(left, piece.x0 / scale - OVERHANG * em)
    right = np.maximum(np.minimum(right, piece.x1 / scale + OVERHANG * em), left + LEAST_WIDTH)
    level = np.full(len(codes), baseline)
    boxes = np.stack((left, level - ASCENT * em, right, level + DESCENT * em), axis=1)
    confidences = np.minimum(np.array(reading.confidences)[kept], MOST_CONFIDENT)
    return Characters(codes, boxes, np.stack((left, level), axis=1), None, confidences)


def place_leader(leader: Leader, scale: float) -> Characters:
    """The dots of a leader in points, on the baseline of the line that it goes on from."""
    em = leader.piece.height / scale / INK_OF_IDEOGRAPHS
    level = np.full(len(leader.dots), leader.piece.bottom / scale - BELOW_BASELINE * em)
    centres = np.array(leader.dots) / scale
    codes = np.full(len(centres), ord("."), dtype=np.uint32)
    left, right = _spread(codes, centres, em)
    boxes = np.stack((left, level - ASCENT * em, right, level + DESCENT * em), axis=1)
    confidences = np.full(len(centres), MOST_CONFIDENT)
    return Characters(codes, boxes, np.stack((left, level), axis=1), None, confidences)


def _find_printed(codes: Codes, centres: Floats, em: float) -> Flags:
    """Which characters are printed ones, or spaces between two ASCII words or figures that stand apart."""
    printed = ~is_space(codes)
    word = ((codes >= 0x30) & (codes < 0x3A)) | ((codes | 0x20 >= 0x61) & (codes | 0x20 < 0x7B))
    signs = np.flatnonzero(printed)
    before, after = signs[:-1], signs[1:]
    parted = (after - before > 1) & word[before] & word[after] & (centres[after] - centres[before] >= APART * em)
    printed[before[parted] + 1] = True
    return printed


def _spread(codes: Codes, centres: Floats, em: float) -> tuple[Floats, Floats]:
    """Left and right edges: ideographs an em wide, letters and figures half, neighbours sharing what both would take.

    Figures and marks meet their neighbours, so that no gap between them passes for a space.
    """
    wide = is_chinese(codes)
    half = np.where(wide, em, HALF_WIDTH * em) / 2
    left, right = centres - half, centres + half
    between = (centres[1:] - half[1:] + centres[:-1] + half[:-1]) / 2
    near = (left[1:] - right[:-1] < NEAR * em) & ~is_space(codes[1:]) & ~is_space(codes[:-1])
    share = (left[1:] < right[:-1]) | near
    letters_before, letters_after = codes[:-1] >= FIRST_IDEOGRAPH, codes[1:] >= FIRST_IDEOGRAPH
    overlap = left[1:] < right[:-1]
    right[:-1] = np.where(share & (overlap | ~letters_before), between, right[:-1])
    left[1:] = np.where(share & (overlap | ~letters_after), between, left[1:])
    return left, right
