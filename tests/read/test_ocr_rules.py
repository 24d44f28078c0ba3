"""Rules found in pictures: gaps, slopes, noise and letters."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.read.marks import no_boxes
from pipeline.read.ocr.images import Pixels
from pipeline.read.ocr.rules import Rules, find_rules
from pipeline.read.tables import find_tables

SCALE = 200 / 72
XS = (40, 120, 160, 300)
YS = (50, 64, 110, 180)


def table(xs: tuple[int, ...] = XS, ys: tuple[int, ...] = YS) -> Pixels:
    """The ink of a grid through `xs` and `ys`, in points, on a page of 400 by 300."""
    ink = np.zeros((round(300 * SCALE), round(400 * SCALE)), np.uint8)
    for x in xs:
        ink[px(ys[0]) : px(ys[-1]) + 2, px(x) : px(x) + 2] = 1
    for y in ys:
        ink[px(y) : px(y) + 2, px(xs[0]) : px(xs[-1]) + 2] = 1
    return ink


def px(points: float) -> int:
    return round(points * SCALE)


def cells(rules: Rules) -> list[tuple[int, int, int, int]]:
    return [
        (cell.row, cell.col, cell.row_span, cell.col_span)
        for grid in find_tables(rules.edges, no_boxes())
        for cell in grid.cells
    ]


FULL = [(row, col, 1, 1) for row in range(3) for col in range(3)]


def test_a_grid() -> None:
    rules = find_rules(table(), SCALE)
    assert cells(rules) == FULL
    assert sorted(x for x, _, _ in rules.edges.vertical.tolist()) == pytest.approx(XS, abs=0.7)
    assert sorted(y for y, _, _ in rules.edges.horizontal.tolist()) == pytest.approx(YS, abs=0.7)
    assert (rules.mask | (table() == 0)).all(), "every pixel of the rules is masked"


def test_gaps_that_noise_or_a_seal_tore_are_closed() -> None:
    ink = table()
    ink[px(85) : px(93), :] = 0
    ink[:, px(200) : px(207)] = 0
    assert cells(find_rules(ink, SCALE)) == FULL


def test_a_rule_that_is_not_drawn_in_one_row_leaves_a_merged_cell() -> None:
    ink = table()
    ink[px(50) + 2 : px(64), px(120) : px(120) + 2] = 0
    assert cells(find_rules(ink, SCALE)) == [(0, 0, 1, 2), (0, 2, 1, 1), *FULL[3:]]


@pytest.mark.parametrize("slope", [-0.002, 0.002])
def test_rules_that_are_not_quite_level(slope: float) -> None:
    ink = table()
    rows, columns = np.nonzero(ink)
    bent = np.zeros_like(ink)
    bent[np.clip(np.round(rows + slope * columns).astype(int), 0, len(ink) - 1), columns] = 1
    assert cells(find_rules(bent, SCALE)) == FULL


def test_specks_change_nothing() -> None:
    specks = (np.random.default_rng(4).random(table().shape) < 0.004).astype(np.uint8)
    assert cells(find_rules(table() | specks, SCALE)) == FULL


def test_letters_in_a_low_row_are_no_rules() -> None:
    ink = table()
    for left in range(px(50), px(110), 24):
        # Strokes from rule to rule, with others attached to them, as in 目.
        ink[px(50) : px(64) + 2, left : left + 2] = 1
        for top in range(px(53), px(64), 7):
            ink[top : top + 2, left : left + 16] = 1
    assert cells(find_rules(ink, SCALE)) == FULL


def test_a_letter_that_touches_a_rule_is_not_masked() -> None:
    ink = table()
    stroke = (slice(px(180) + 2, px(188)), slice(px(160), px(160) + 2))
    ink[stroke] = 1
    rules = find_rules(ink, SCALE)
    assert cells(rules) == FULL
    assert not rules.mask[stroke][5:].any()


def test_dashes_and_underlines_stay_in_the_picture() -> None:
    ink = np.zeros((px(300), px(400)), np.uint8)
    ink[px(100) : px(100) + 3, px(50) : px(84)] = 1
    rules = find_rules(ink, SCALE)
    assert not rules.mask.any()
    assert cells(rules) == []


def test_bars_are_no_rules() -> None:
    ink = np.zeros((px(300), px(400)), np.uint8)
    ink[px(100) : px(110), px(50) : px(350)] = 1
    rules = find_rules(ink, SCALE)
    assert len(rules.edges.horizontal) == 0
    assert not rules.mask.any()


def test_nothing_on_the_page() -> None:
    rules = find_rules(np.zeros((100, 100), np.uint8), SCALE)
    assert len(rules.edges.horizontal) == len(rules.edges.vertical) == 0
