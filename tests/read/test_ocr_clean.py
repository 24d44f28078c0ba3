"""Page pictures made easy to read: seals, skew, ink."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.read.ocr.clean import find_ink, find_seals, measure_skew, remove_seals, turn_straight
from pipeline.read.ocr.images import Pixels
from tests.read.scanned_pdf import RED, lay_askew, make_grainy, stamp

SCALE = 150 / 72


def blank(width: float = 500, height: float = 600) -> Pixels:
    """A white page of that size in points."""
    return np.full((round(height * SCALE), round(width * SCALE), 3), 255, np.uint8)


def printed() -> Pixels:
    """A page with lines of letter-like blocks."""
    page = blank()
    random = np.random.default_rng(1)
    for top in range(80, 1150, 46):
        for left in range(120, 900, 27):
            if random.random() < 0.85:
                height = int(random.integers(12, 24))
                page[top + 24 - height : top + 24, left : left + 4] = 0
                page[top + 10 : top + 13, left : left + 18] = 0
    return page


def gray(picture: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))


@pytest.mark.parametrize("degrees", [-4.3, -1.2, -0.35, 0.0, 0.5, 2.1, 5.0])
def test_the_skew_is_measured_and_undone(degrees: float) -> None:
    askew = gray(make_grainy(lay_askew(printed(), degrees)))
    measured = measure_skew(askew, SCALE)
    assert measured == pytest.approx(degrees, abs=0.1)
    assert measure_skew(turn_straight(askew, measured), SCALE) == pytest.approx(0.0, abs=0.1)


def test_the_skew_of_a_page_on_its_side_is_measured() -> None:
    askew = lay_askew(np.ascontiguousarray(np.rot90(printed())), 1.4)
    assert measure_skew(gray(askew), SCALE) == pytest.approx(1.4, abs=0.1)


def test_a_blank_page_has_no_skew() -> None:
    assert measure_skew(gray(make_grainy(blank())), SCALE) == 0.0


def test_a_seal_goes_and_the_print_under_it_stays() -> None:
    page = printed()
    stamped = stamp(page, 500, 600, 58 * SCALE)
    x0, top, x1, bottom = find_seals(_redness(stamped), SCALE)[0]
    assert max(x0, top - 100) < 390
    assert min(x1, bottom - 100) > 610
    cleaned = remove_seals(stamped, SCALE)
    assert (cleaned[gray(page) == 255] > 240).mean() > 0.995
    assert (cleaned[gray(page) == 0] < 60).mean() > 0.98


def test_gray_rules_show_under_a_seal() -> None:
    page = blank()
    page[600:603, 100:900] = 150
    cleaned = remove_seals(stamp(page, 500, 600, 58 * SCALE), SCALE)
    assert int(cleaned[601, 440:560].max()) < 200


def test_red_print_is_no_seal() -> None:
    page = blank()
    cv2.putText(page, "HEADING OF AN OFFICE", (100, 200), cv2.FONT_HERSHEY_DUPLEX, 2.0, RED, 5)
    assert find_seals(_redness(page), SCALE) == []
    assert int(remove_seals(page, SCALE)[150:210].min()) < 150


def test_a_gray_page_stays_as_it_is() -> None:
    page = printed()
    assert (remove_seals(page, SCALE) == gray(page)).all()


def test_shades_are_no_ink_and_print_on_them_is() -> None:
    page = gray(printed())
    shaded = np.minimum(page, 205)
    assert (find_ink(shaded, SCALE) == find_ink(page, SCALE)).mean() > 0.999


def _redness(picture: Pixels) -> Pixels:
    return (picture[:, :, 2].astype(int) - picture[:, :, :2].max(axis=2) > 36).astype(np.uint8)
