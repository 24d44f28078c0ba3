"""Data in scripts can do nothing but be data."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.publish.evidence.script import script_of
from tests.publish.evidence.reports import MARKUP


def value_of(script: str) -> object:
    return json.loads(script.removeprefix("var DATA=").removesuffix(";\n"))


@given(st.text())
def test_any_text_comes_back_and_ends_nothing(text: str) -> None:
    script = script_of("DATA", {"text": text})
    assert value_of(script) == {"text": text}
    assert not set("<>&\u2028\u2029") & set(script)


def test_markup_is_escaped() -> None:
    assert "</script" not in script_of("DATA", [MARKUP])
    assert value_of(script_of("DATA", [MARKUP])) == [MARKUP]


def test_decimals_keep_every_digit_as_text() -> None:
    number = Decimal("1234567890123456.0123456789")
    assert value_of(script_of("DATA", [number, Decimal("20.0000000000")])) == ["1234567890123456.0123456789", "20"]


@pytest.mark.parametrize("name", ["x=1;y", "data", ""])
def test_only_plain_globals_are_assigned(name: str) -> None:
    with pytest.raises(ValueError, match="no name for a global"):
        script_of(name, 1)


@pytest.mark.parametrize("value", [float("nan"), object()])
def test_what_json_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        script_of("DATA", value)
