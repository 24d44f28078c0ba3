"""The labelled paragraphs: no sound one is accused, and the slips that were found once are still found."""

from __future__ import annotations

import pytest

from benchmarks.paragraphs.__main__ import accused_in
from benchmarks.paragraphs.labelled import Slip, slips, sound_paragraphs

# Of the slips, how many are found: raise it when more are.
FOUND = 149


@pytest.mark.parametrize("text", sound_paragraphs())
def test_a_sound_paragraph_is_not_accused(text: str) -> None:
    assert not [check.formula for check in accused_in(text)]


@pytest.mark.parametrize("slip", slips(), ids=lambda slip: slip.right[:40])
def test_a_paragraph_without_its_slip_is_not_accused(slip: Slip) -> None:
    assert slip.right != slip.wrong
    assert not [check.formula for check in accused_in(slip.right)]


def test_slips_are_found() -> None:
    assert sum(bool(accused_in(slip.wrong)) for slip in slips()) >= FOUND
