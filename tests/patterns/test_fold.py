"""Folding and squeezing: cases as data, and the properties that offsets rest on."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.fold import FOLDING, fold, fold_character, squeeze

FOLDED = [
    ("１２．５％", "12.5%"),
    ("（单位：元）", "(单位:元)"),
    ("ＡＢｃ＋－／＝＜＞＊～｛｝；", "ABc+-/=<>*~{};"),
    ("\u2f2f作成\u2ed3", "工作成长"),
    ("\uf9d0", "類"),
    ("≧90≦", "≥90≤"),
    ("5﹪", "5%"),
    ("\u22125", "-5"),
    ("1\u3000\u00a02", "1  2"),
]

UNCHANGED = ["，。、！？", "一—二", "“引”《名》〔2021〕", "①×÷±‰㎡", "line\nend"]

SQUEEZED = [
    ("", ""),
    (" \n ", ""),
    ("预 算 执 行 率", "预算执行率"),
    ("2021 年 12 月", "2021年12月"),
    ("5 6", "5 6"),
    ("５　６", "5 6"),
    ("24, 100", "24, 100"),
    ("24 ,100", "24,100"),
    ("24，100", "24，100"),
    ("97. 62%", "97.62%"),
    ("97. 62分", "97.62分"),
    ("1. 5%", "1.5%"),
    ("3. 50万元以上", "3. 50万元以上"),
    ("255,3\n83.97", "255,383.97"),
    ("255,\n383", "255,383"),
    ("255\n,383", "255,383"),
    ("19.\n5分", "19.5分"),
    ("9.5\n8.5", "9.5 8.5"),
    ("126.82 万\n元", "126.82万元"),
    ("A\n1", "A 1"),
    ("PM\nindex", "PM index"),
    ("1. 2021年完成", "1. 2021年完成"),
    ("共计。2． 2021年", "共计。2. 2021年"),
    ("5\u200b6", "56"),
    ("甲\u200b \u200b乙", "甲乙"),
    ("12  \n 34", "1234"),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_fold_makes_widths_equal(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize("text", UNCHANGED)
def test_fold_leaves_clause_marks_and_signs(text: str) -> None:
    assert fold(text) == text


@pytest.mark.parametrize(("text", "expected"), SQUEEZED)
def test_squeeze(text: str, expected: str) -> None:
    assert squeeze(text)[0] == expected


def test_a_hard_break_parts_figures() -> None:
    assert squeeze("12\n15", hard_breaks={2})[0] == "12 15"
    assert squeeze("12\n15") == ("1215", [0, 1, 3, 4])


def test_folding_is_one_to_one_and_stable() -> None:
    for code, folded in dict(FOLDING).items():
        assert len(folded) == 1
        assert fold_character(folded) == folded, hex(code)


mixed_text = st.text(
    st.one_of(
        st.sampled_from("0123456789.,，．，１２ \n\u3000\u200b元万%％ab"),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=60,
)


@given(mixed_text)
def test_fold_keeps_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(mixed_text)
def test_squeeze_maps_every_character_to_its_source(text: str) -> None:
    squeezed, indices = squeeze(text)
    assert len(squeezed) == len(indices)
    assert all(left < right for left, right in pairwise(indices))
    for character, index in zip(squeezed, indices, strict=True):
        assert character == fold_character(text[index]) or (character == " " and text[index].isspace())


@given(mixed_text)
def test_squeeze_drops_nothing_that_is_printed(text: str) -> None:
    _, indices = squeeze(text)
    widthless = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
    dropped = [text[index] for index in range(len(text)) if index not in set(indices)]
    assert all(character.isspace() or character in widthless for character in dropped)
