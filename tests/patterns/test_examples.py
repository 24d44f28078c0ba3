"""Every pattern against its examples, which stand as data in patterns/examples/."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest

from patterns.figures import Figure, find_figures, find_formulas, find_non_figures, read_cell
from patterns.fold import squeeze
from patterns.labels import canonical_name, clause_label, period_of
from patterns.numerals import find_numbers, parse_chinese_numeral, parse_formal_amount
from patterns.personal import find_personal, is_personal_label


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((files("patterns") / "examples" / f"{name}.toml").read_text("utf-8"))


def _figure_cases() -> Iterator[Any]:
    for group, content in _load("figures").items():
        for text, expected in content["cases"]:
            yield pytest.param(text, expected, id=f"{group}: {text}")


def _described(text: str, figure: Figure, like: str) -> str:
    """The figure in the form of the example `like`, with as many details as that gives."""
    details = [
        figure.kind,
        text[figure.start : figure.end],
        f"{figure.value.normalize():f}",
        figure.unit,
        figure.approximate or "",
        figure.remark or "",
    ]
    return "|".join(details[: like.count("|") + 1])


@pytest.mark.parametrize(("text", "expected"), list(_figure_cases()))
def test_figures(text: str, expected: list[str]) -> None:
    folded, _ = squeeze(text)
    found = find_figures(folded)
    likes = expected + ["a|b|c"] * (len(found) - len(expected))
    assert [_described(folded, figure, like) for figure, like in zip(found, likes, strict=False)] == expected


@pytest.mark.parametrize(("text", "expected"), _load("non_figures")["cases"])
def test_non_figures(text: str, expected: list[str]) -> None:
    folded, _ = squeeze(text)
    assert [f"{mention.kind}|{mention.text}" for mention in find_non_figures(folded)] == expected


@pytest.mark.parametrize(("text", "unit", "hint", "expected"), _load("cells")["cases"])
def test_cells(text: str, unit: str, hint: str, expected: str) -> None:
    folded, _ = squeeze(text)
    figure = read_cell(folded, unit or None, hint or None)
    if figure is None:
        assert expected == ""
        return
    details = [figure.kind, f"{figure.value:f}", figure.unit, str(figure.places), f"{figure.quantum.normalize():f}"]
    assert "|".join(details + ([figure.remark] if figure.remark else [])) == expected


@pytest.mark.parametrize(("text", "expected"), _load("numerals")["numbers"])
def test_numbers(text: str, expected: list[str]) -> None:
    folded, _ = squeeze(text)
    found = [f"{number.value:f}" + (f"|{number.remark}" if number.remark else "") for number in find_numbers(folded)]
    assert found == expected


@pytest.mark.parametrize(("text", "expected"), _load("numerals")["chinese"])
def test_chinese_numerals(text: str, expected: str) -> None:
    assert parse_chinese_numeral(text) == (Decimal(expected) if expected else None)


@pytest.mark.parametrize(("text", "expected"), _load("numerals")["formal"])
def test_formal_amounts(text: str, expected: str) -> None:
    assert parse_formal_amount(text) == (Decimal(expected) if expected else None)


@pytest.mark.parametrize(("text", "expected"), _load("formulas")["cases"])
def test_formulas(text: str, expected: list[str]) -> None:
    folded, _ = squeeze(text)
    assert [_spelled(formula) for formula in find_formulas(folded)] == expected


def _spelled(formula: Any) -> str:
    terms = " ".join(token.symbol if token.value is None else f"{token.value:f}" for token in formula.tokens)
    return f"{terms} {formula.relation} {formula.result.value:f}{'%' if formula.percent else ''}"


def _label_cases() -> Iterator[Any]:
    for text, *labels in _load("labels")["cases"]:
        yield pytest.param(text, labels, id=text)


@pytest.mark.parametrize(("text", "expected"), list(_label_cases()))
def test_labels(text: str, expected: list[str]) -> None:
    folded, _ = squeeze(text)
    assert [clause_label(folded, figure.start, figure.end) for figure in find_figures(folded)] == expected


@pytest.mark.parametrize(("text", "expected"), _load("labels")["periods"])
def test_periods(text: str, expected: list[str]) -> None:
    folded, _ = squeeze(text)
    assert [period_of(folded, figure.start) or "" for figure in find_figures(folded)] == expected


@pytest.mark.parametrize(("name", "expected"), _load("names")["cases"])
def test_canonical_names(name: str, expected: str) -> None:
    assert canonical_name(name) == expected


@pytest.mark.parametrize(("one", "other"), _load("names")["apart"])
def test_names_that_stay_apart(one: str, other: str) -> None:
    assert canonical_name(one) != canonical_name(other)


@pytest.mark.parametrize(("text", "expected"), _load("personal")["cases"])
def test_personal(text: str, expected: list[str]) -> None:
    folded, _ = squeeze(text)
    assert [f"{mention.kind}|{mention.text}" for mention in find_personal(folded)] == expected


@pytest.mark.parametrize(("text", "expected"), _load("personal")["labels"])
def test_personal_labels(text: str, expected: bool) -> None:
    folded, _ = squeeze(text)
    assert is_personal_label(folded) is expected
