"""Readings put right where their form or the print's shape leaves one meaning only."""

from __future__ import annotations

from dataclasses import replace

from patterns.ocr_confusions import settle, settle_page_number
from pipeline.read.cells import OPEN_PAGE
from pipeline.read.ocr.pieces import Piece
from pipeline.read.ocr.recognise import Reading

TIGHT = 1.3
"""From digit to digit over an ASCII comma it is less than so many heights of the line, over a full-width one more."""

SLENDER = 0.85
"""A nought is narrower than this share of its height; the letter O and a circle are as wide as high."""


def correct(reading: Reading, piece: Piece) -> Reading:
    """What a piece says, after grammar and shape have settled confused signs. The length stays the same."""
    text = settle(reading.text, _tight_commas(reading, piece))
    if piece.container == OPEN_PAGE:
        text = settle_page_number(text)
    elif text in ("O", "o", "〇", "○") and piece.width < SLENDER * piece.height:
        text = "0"
    return reading if text == reading.text else replace(reading, text=text)


def _tight_commas(reading: Reading, piece: Piece) -> list[int]:
    """Indices of full-width commas between digits that stand as near as at an ASCII comma."""
    return [
        index
        for index in range(1, len(reading.text) - 1)
        if reading.text[index] == "，"
        and (reading.centres[index + 1] - reading.centres[index - 1]) * piece.width < TIGHT * piece.height
    ]
