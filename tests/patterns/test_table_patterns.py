"""The words of tables against their examples, which stand as data in patterns/examples/."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from patterns import table_columns, table_words


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((files("patterns") / "examples" / f"{name}.toml").read_text("utf-8"))


ROWS = _load("table_words")
COLUMNS = _load("table_columns")


@pytest.mark.parametrize(("label", "expected"), ROWS["row_labels"])
def test_row_labels(label: str, expected: str) -> None:
    words = table_words.read_row_label(label)
    assert f"{words.kind.value}|{words.numbering or ''}|{words.name}" == expected


@pytest.mark.parametrize(
    ("function", "yes", "no"),
    [
        (table_words.is_nil, "nil", "not_nil"),
        (table_words.looks_numeric, "numeric", "not_numeric"),
        (table_words.is_amount, "amounts", "not_amounts"),
        (table_words.is_grand_total, "grand_totals", "not_grand_totals"),
        (table_words.is_plain_total, "plain_totals", "not_plain_totals"),
    ],
)
def test_row_words(function: Any, yes: str, no: str) -> None:
    assert [text for text in ROWS[yes] if not function(text)] == []
    assert [text for text in ROWS[no] if function(text)] == []


@pytest.mark.parametrize(("cells", "code"), ROWS["codes"])
def test_codes(cells: list[str], code: str) -> None:
    assert (table_words.read_code(tuple(cells)) or "") == code


@pytest.mark.parametrize(("label", "code"), ROWS["leading_codes"])
def test_leading_codes(label: str, code: str) -> None:
    assert (table_words.leading_code(label) or "") == code


@pytest.mark.parametrize(
    ("function", "yes", "no"),
    [
        (table_columns.is_budget_rate, "budget_rates", "not_budget_rates"),
        (table_columns.is_cumulative_header, "cumulative", "not_cumulative"),
        (table_columns.is_period_header, "periods", "not_periods"),
        (table_columns.is_opening_balance, "opening", "neither_opening_nor_closing"),
        (table_columns.is_closing_balance, "closing", "neither_opening_nor_closing"),
    ],
)
def test_column_words(function: Any, yes: str, no: str) -> None:
    assert [path for path in COLUMNS[yes] if not function(tuple(path))] == []
    assert [path for path in COLUMNS[no] if function(tuple(path))] == []


def test_code_headers() -> None:
    assert [text for text in COLUMNS["code_headers"] if not table_columns.is_code_header(text)] == []
    assert [text for text in COLUMNS["not_code_headers"] if table_columns.is_code_header(text)] == []


@pytest.mark.parametrize(("path", "kind"), COLUMNS["rate_kinds"])
def test_rate_kinds(path: list[str], kind: str) -> None:
    assert table_columns.rate_kind(tuple(path)).value == kind


@pytest.mark.parametrize(("path", "kind"), COLUMNS["amount_kinds"])
def test_amount_kinds(path: list[str], kind: str) -> None:
    assert table_columns.amount_kind(tuple(path)).value == kind


@pytest.mark.parametrize(("path", "year"), COLUMNS["years"])
def test_years(path: list[str], year: int) -> None:
    assert (table_columns.header_year(tuple(path)) or 0) == year


@pytest.mark.parametrize(("text", "mark"), COLUMNS["marks"])
def test_marks(text: str, mark: str) -> None:
    assert (table_columns.header_mark(text) or "") == mark


@pytest.mark.parametrize(("text", "expected"), COLUMNS["formulas"])
def test_formulas(text: str, expected: str) -> None:
    formula = table_columns.header_formula(text)
    if formula is None:
        assert expected == ""
    elif formula.numerator is not None:
        assert f"{formula.numerator}/{formula.denominator}" == expected
    else:
        assert "".join(f"{'-' if minus else '+'}{mark}" for mark, minus in formula.terms) == expected


@pytest.mark.parametrize(("text", "sign"), COLUMNS["flows"])
def test_flows(text: str, sign: int) -> None:
    assert table_columns.flow_sign(text) == sign


@pytest.mark.parametrize(("text", "subject"), table_columns.GROWTH_SUBJECT_EXAMPLES)
def test_subjects_of_growth(text: str, subject: str) -> None:
    assert table_columns.growth_subject((text,)) == subject


@pytest.mark.parametrize(("text", "degree", "deduction"), table_columns.SURVEY_HEADER_EXAMPLES)
def test_headers_of_degrees_and_deductions(text: str, degree: bool, deduction: bool) -> None:
    assert table_columns.is_degree_header(text) is degree
    assert table_columns.is_deduction_header(text) is deduction


@pytest.mark.parametrize(("rate", "amount", "counts"), table_columns.RATE_COUNTS_EXAMPLES)
def test_rates_named_for_what_they_count(rate: str, amount: str, counts: bool) -> None:
    assert table_columns.rate_counts((rate,), (amount,)) is counts
