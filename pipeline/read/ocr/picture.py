"""A picture of a page read: characters and rules as marks, so that lines and tables are made as on text pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from pipeline.read.cells import OPEN_PAGE
from pipeline.read.marks import Characters, Edges, Floats, Marks, no_boxes
from pipeline.read.ocr import clean
from pipeline.read.ocr.cells import find_limits, map_containers
from pipeline.read.ocr.correct import correct
from pipeline.read.ocr.detect import TextBox, find_boxes, find_text
from pipeline.read.ocr.images import PageImage, Pixels
from pipeline.read.ocr.leaders import Leader, find_leaders
from pipeline.read.ocr.pieces import BORDER, Piece, border_of, cut_out, find_pieces
from pipeline.read.ocr.placement import place_characters, place_leader
from pipeline.read.ocr.recognise import Reading, read_lines, read_sign
from pipeline.read.ocr.rules import find_rules
from pipeline.read.tables import find_tables

LEAST_CONFIDENCE = 0.4
"""What the recogniser is less sure of is dirt, the rest of a seal, or a drawing."""

SAMPLE = 4
"""So many of the longest lines tell whether a page stands on its head."""

UPRIGHT = 0.85
"""Lines read with this confidence stand upright."""

SHORT = 6.0
"""A piece up to so many times as wide as high has little context to be read from."""

DOUBTFUL = 0.75
"""A short piece with a character less sure than this is read again."""

OTHER_BORDERS = (0.3, 0.6)
"""Shares of a piece's height left white around it for the other readings."""

LONG = 3.0
"""A text box this many times as long as wide shows which way lines run."""

SIDEWAYS = 2.0
"""Lines run up and down where boxes that are long that way make up this many times the others."""


@dataclass(frozen=True, slots=True, eq=False)
class PictureReading:
    """What a picture says. `marks` are those of the picture turned upright and laid straight: the print on it is
    turned clockwise by `quarters`, and then `skew` degrees more."""

    marks: Marks
    skew: float
    quarters: int


@dataclass(frozen=True, slots=True, eq=False)
class _Sheet:
    """A picture made ready: `gray` and `ink` straight and without rules, the `paper`'s shade, where text stands.

    `leading` are the containers that are cells of a table's first column.
    """

    gray: Pixels
    ink: Pixels
    paper: int
    scale: float
    edges: Edges
    boxes: tuple[TextBox, ...]
    pieces: tuple[Piece, ...]
    leaders: tuple[Leader, ...]
    leading: frozenset[int]
    skew: float
    quarters: int


def read_picture(image: PageImage) -> PictureReading:
    """Reads a page picture. Raises OCRUnavailableError when the models are not installed."""
    gray = clean.remove_seals(image.pixels, image.scale)
    sheet = _make_ready(gray, image.scale, 0)
    if _lies_sideways(sheet.boxes):
        sheet = _make_ready(gray, image.scale, 1)
    sample = _longest(sheet.pieces)
    known = dict(zip(sample, _read(sheet, sample), strict=True))
    if sample and _mean_confidence(list(known.values())) < UPRIGHT:
        turned = read_lines([np.ascontiguousarray(np.rot90(_cut(sheet, piece), 2)) for piece in sample])
        if _mean_confidence(turned) > _mean_confidence(list(known.values())):
            sheet = _make_ready(gray, image.scale, sheet.quarters + 2)
            known = {}
    rest = [piece for piece in sheet.pieces if piece not in known]
    known |= zip(rest, _read(sheet, rest), strict=True)
    return _compose(sheet, [(piece, known[piece]) for piece in sheet.pieces])


def read_rules(image: PageImage) -> PictureReading:
    """Only the rules of a page picture that stands upright, and its skew; no model is needed."""
    gray = clean.remove_seals(image.pixels, image.scale)
    skew = clean.measure_skew(gray, image.scale)
    rules = find_rules(clean.find_ink(clean.turn_straight(gray, skew), image.scale), image.scale)
    return PictureReading(Marks(image.width, image.height, join_characters(()), rules.edges), skew, 0)


def _make_ready(gray: Pixels, scale: float, quarters: int) -> _Sheet:
    """The sheet of a picture whose print is turned clockwise by `quarters`."""
    gray = np.ascontiguousarray(np.rot90(gray, quarters))
    skew = clean.measure_skew(gray, scale)
    gray = clean.turn_straight(gray, skew)
    ink = clean.find_ink(gray, scale)
    rules = find_rules(ink, scale)
    paper = int(np.median(gray[::8, ::8]))
    gray = np.where(rules.mask, np.uint8(paper), gray)
    ink = np.where(rules.mask, np.uint8(0), ink)
    grids = find_tables(rules.edges, no_boxes())
    text = find_text(gray, ink, scale)
    containers = map_containers(text.likelihood.shape, grids, scale * text.scale)
    boxes = find_boxes(text, containers)
    pieces = find_pieces(boxes, ink, find_limits(gray.shape, grids, scale))
    leaders, numbers = find_leaders(pieces, ink)
    pieces += numbers
    cells = chain.from_iterable(grid.cells for grid in grids)
    leading = frozenset(number for number, cell in enumerate(cells, OPEN_PAGE + 1) if cell.col == 0)
    return _Sheet(
        gray, ink, paper, scale, rules.edges, tuple(boxes), tuple(pieces), tuple(leaders), leading, skew, quarters % 4
    )


def _lies_sideways(boxes: Sequence[TextBox]) -> bool:
    """Whether lines of text run up or down the picture."""
    sizes = [(box.x1 - box.x0, box.bottom - box.top) for box in boxes]
    across = sum(width for width, height in sizes if width >= LONG * height)
    along = sum(height for width, height in sizes if height >= LONG * width)
    return along > SIDEWAYS * across


def _longest(pieces: Sequence[Piece]) -> list[Piece]:
    return sorted(pieces, key=lambda piece: -piece.width / piece.height)[:SAMPLE]


def _cut(sheet: _Sheet, piece: Piece) -> Pixels:
    return cut_out(piece, sheet.gray, sheet.paper)


def _read(sheet: _Sheet, pieces: Sequence[Piece]) -> list[Reading]:
    """What the pieces say; short ones that are doubtful are read again with other borders, and the surest counts."""
    readings = [
        _within(reading, piece, BORDER)
        for piece, reading in zip(pieces, read_lines([_cut(sheet, piece) for piece in pieces]), strict=True)
    ]
    doubtful = [
        index
        for index, (piece, reading) in enumerate(zip(pieces, readings, strict=True))
        if piece.width <= SHORT * piece.height and reading.least < DOUBTFUL
    ]
    for share in OTHER_BORDERS:
        again = read_lines([cut_out(pieces[index], sheet.gray, sheet.paper, share) for index in doubtful])
        for index, reading in zip(doubtful, again, strict=True):
            if reading.least > readings[index].least:
                readings[index] = _within(reading, pieces[index], share)
    for index in doubtful:
        if len(readings[index].text) == 1 and pieces[index].container != OPEN_PAGE:
            shares = (BORDER, *OTHER_BORDERS)
            readings[index] = read_sign([cut_out(pieces[index], sheet.gray, sheet.paper, share) for share in shares])
    return readings


def _within(reading: Reading, piece: Piece, share: float) -> Reading:
    """A reading of a piece cut out with a border of `share`, with its centres told within the piece itself."""
    border = border_of(piece, share)
    shown = piece.width + 2 * border
    return replace(reading, centres=tuple((centre * shown - border) / piece.width for centre in reading.centres))


def _mean_confidence(readings: Sequence[Reading]) -> float:
    values = [reading.confidence for reading in readings]
    return sum(values) / len(values)


def _compose(sheet: _Sheet, read: Sequence[tuple[Piece, Reading]]) -> PictureReading:
    placed = [
        place_characters(piece, correct(reading, piece, sheet.ink, piece.container in sheet.leading), sheet.scale)
        for piece, reading in read
        if reading.text and reading.confidence >= LEAST_CONFIDENCE
    ]
    placed += [place_leader(leader, sheet.scale) for leader in sheet.leaders]
    height, width = sheet.gray.shape
    marks = Marks(width / sheet.scale, height / sheet.scale, join_characters(placed), sheet.edges)
    return PictureReading(marks, sheet.skew, sheet.quarters)


def join_characters(parts: Sequence[Characters]) -> Characters:
    """Recognised characters of several pieces, one after the other."""
    nothing = Characters(np.empty(0, np.uint32), no_boxes(), np.empty((0, 2)), None, np.empty(0))
    items = [nothing, *parts]
    return Characters(
        np.concatenate([item.codes for item in items]),
        np.concatenate([item.boxes for item in items]),
        np.concatenate([item.origins for item in items]),
        None,
        np.concatenate([confidences_of(item) for item in items]),
    )


def confidences_of(characters: Characters) -> Floats:
    """The confidence of each character, 1 where it is certain."""
    return np.ones(len(characters)) if characters.confidences is None else characters.confidences
