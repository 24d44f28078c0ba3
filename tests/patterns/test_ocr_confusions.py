"""Confused signs against their examples, which stand as data in patterns/examples/ocr_confusions.toml."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.ocr_confusions import plausibility, plausibility_alone, settle, settle_figure, settle_page_number

EXAMPLES = tomllib.loads((files("patterns") / "examples" / "ocr_confusions.toml").read_text("utf-8"))


@pytest.mark.parametrize(("read", "meant"), EXAMPLES["settled"])
def test_settled(read: str, meant: str) -> None:
    assert settle(read) == meant


@pytest.mark.parametrize(("read", "tight", "meant"), EXAMPLES["tight"])
def test_commas_set_tight(read: str, tight: list[int], meant: str) -> None:
    assert settle(read, tight) == meant


@pytest.mark.parametrize(("read", "meant"), EXAMPLES["page_numbers"])
def test_page_numbers(read: str, meant: str) -> None:
    assert settle_page_number(read) == meant


def test_plausible_characters() -> None:
    assert {plausibility(character) for character in EXAMPLES["usual"]} == {1.0}
    assert all(plausibility(character) < 1.0 for character in EXAMPLES["unusual"])
    assert all(plausibility_alone(character) < 1.0 for character in EXAMPLES["unusual_alone"])
    assert all(plausibility(character) == 1.0 for character in EXAMPLES["unusual_alone"])


@given(st.text(alphabet="0123456789OlISB,.，·%万元得扣分年A一〔[]」 ", max_size=20))
def test_the_length_stays_and_settling_again_changes_nothing(text: str) -> None:
    settled = settle(text)
    assert len(settled) == len(text)
    assert settle(settled) == settled


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.booleans())
def test_well_formed_figures_stay(value: object, grouped: bool) -> None:
    printed = f"{value:,}" if grouped else f"{value}"
    assert settle_figure(printed) == printed
    assert settle(f"共{printed}元") == f"共{printed}元"
