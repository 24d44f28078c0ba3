"""A page picture read: characters and rules as marks, so that lines and tables are made as on text pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.read.marks import Characters, Edges, Floats, Marks, no_boxes
from pipeline.read.ocr import clean
from pipeline.read.ocr.cells import find_limits, map_containers
from pipeline.read.ocr.detect import find_boxes, find_text
from pipeline.read.ocr.images import PageImage, Pixels
from pipeline.read.ocr.pieces import Piece, cut_out, find_pieces
from pipeline.read.ocr.placement import place_characters
from pipeline.read.ocr.recognise import Reading, read_lines
from pipeline.read.ocr.rules import find_rules
from pipeline.read.tables import find_tables


@dataclass(frozen=True, slots=True, eq=False)
class PictureReading:
    """What a picture says: its `marks` as if it had been laid straight, the confidence of each character, and by how
    many degrees clockwise the print is skewed on the picture."""

    marks: Marks
    confidences: Floats
    skew: float


def read_picture(image: PageImage) -> PictureReading:
    """Reads a page picture. Raises OCRUnavailableError when the models are not installed."""
    gray = clean.remove_seals(image.pixels, image.scale)
    skew = clean.measure_skew(gray, image.scale)
    gray = clean.turn_straight(gray, skew)
    ink = clean.find_ink(gray, image.scale)
    rules = find_rules(ink, image.scale)
    paper = int(np.median(gray[::8, ::8]))
    gray = np.where(rules.mask, np.uint8(paper), gray)
    ink = np.where(rules.mask, np.uint8(0), ink)
    grids = find_tables(rules.edges, no_boxes())
    text = find_text(gray, image.scale)
    containers = map_containers(text.likelihood.shape, grids, image.scale * text.scale)
    limits = find_limits(gray.shape, grids, image.scale)
    pieces = find_pieces(find_boxes(text, containers), ink, limits)
    readings = read_lines([cut_out(piece, gray, paper) for piece in pieces])
    return _compose(image, pieces, readings, rules.edges, skew)


def _compose(
    image: PageImage, pieces: Sequence[Piece], readings: Sequence[Reading], edges: Edges, skew: float
) -> PictureReading:
    placed = [
        place_characters(piece, reading, image.scale)
        for piece, reading in zip(pieces, readings, strict=True)
        if reading.text
    ]
    characters = Characters(
        np.concatenate([item.codes for item in placed] or [np.empty(0, np.uint32)]),
        np.concatenate([item.boxes for item in placed] or [no_boxes()]),
        np.concatenate([item.origins for item in placed] or [np.empty((0, 2))]),
        np.zeros(sum(len(item) for item in placed), dtype=bool),
    )
    confidences = np.array([value for reading in readings for value in reading.confidences])
    marks = Marks(image.width, image.height, characters, edges, image_share=1.0)
    return PictureReading(marks, confidences, skew)
