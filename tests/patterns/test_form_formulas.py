"""The language of form notes against the examples beside the patterns."""

from __future__ import annotations

import pytest

from patterns.form_formulas import (
    DIRECTION_EXAMPLES,
    DIRECTION_OF_NAME_EXAMPLES,
    EXECUTION_NOTE_EXAMPLES,
    FORM_NOTE_EXAMPLES,
    PLAIN_MEASURE_EXAMPLES,
    Direction,
    ExecutionNote,
    FormNote,
    direction_of_name,
    is_direction_header,
    is_plain_measure,
    read_direction,
    read_execution_note,
    read_form_note,
)


@pytest.mark.parametrize(("name", "direction"), DIRECTION_OF_NAME_EXAMPLES)
def test_direction_of_names(name: str, direction: Direction | None) -> None:
    assert direction_of_name(name) == direction


@pytest.mark.parametrize(("text", "note"), FORM_NOTE_EXAMPLES)
def test_form_notes(text: str, note: FormNote | None) -> None:
    assert read_form_note(text) == note


@pytest.mark.parametrize(("text", "note"), EXECUTION_NOTE_EXAMPLES)
def test_execution_notes(text: str, note: ExecutionNote | None) -> None:
    assert read_execution_note(text) == note


@pytest.mark.parametrize(("text", "direction"), DIRECTION_EXAMPLES)
def test_directions(text: str, direction: Direction | None) -> None:
    assert read_direction(text) == direction


@pytest.mark.parametrize(("text", "unit", "plain"), PLAIN_MEASURE_EXAMPLES)
def test_plain_measures(text: str, unit: str, plain: bool) -> None:
    assert is_plain_measure(text, unit) == plain


@pytest.mark.parametrize(("text", "yes"), [("指标性质", True), ("指标方向", True), ("符号", True), ("项目性质", False)])
def test_direction_headers(text: str, yes: bool) -> None:
    assert is_direction_header(text) == yes
