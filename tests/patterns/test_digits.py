"""Digits are what `str.isdigit` takes for them."""

from __future__ import annotations

import sys

from patterns.digits import has_digit


def test_same_characters_as_isdigit() -> None:
    everything = map(chr, range(sys.maxunicode + 1))
    assert [c for c in everything if has_digit(c) != c.isdigit()] == []


def test_anywhere_in_the_text() -> None:
    assert has_digit("共计3项")
    assert has_digit("第②点")
    assert not has_digit("三项")
    assert not has_digit("")
