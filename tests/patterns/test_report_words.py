"""Examples kept beside the patterns for headers, score statements, totals, grades and titles."""

from __future__ import annotations

import pytest

from patterns.fact_names import EVENT_EXAMPLES, FACT_NAME_EXAMPLES, event_of, names_fact, tells_event
from patterns.grades import BAND_EXAMPLES, GRADE_EXAMPLES, find_grade, find_own_bands
from patterns.headers import (
    HEADER_EXAMPLES,
    NAME_HEADER_EXAMPLES,
    Role,
    classify_header,
    heads_what_is_judged,
    is_sum_label,
    is_total_label,
    names_two_levels,
)
from patterns.names import indicator_key
from patterns.statements import STATEMENT_EXAMPLES, TOTAL_EXAMPLES, find_score_statements, find_totals
from patterns.titles import (
    LABEL_EXAMPLES,
    TITLE_EXAMPLES,
    department_in_title,
    genre_of,
    labelled_department,
    year_in,
)


@pytest.mark.parametrize(("text", "two_levels", "judged"), NAME_HEADER_EXAMPLES)
def test_headers_of_names(text: str, two_levels: bool, judged: bool) -> None:
    assert names_two_levels(text) is two_levels
    assert heads_what_is_judged(text) is judged


@pytest.mark.parametrize(("path", "role", "level", "unit"), HEADER_EXAMPLES)
def test_headers(path: tuple[str, ...], role: Role, level: int | None, unit: str | None) -> None:
    header = classify_header(path)
    assert (header.role, header.level, header.unit) == (role, level, unit)


@pytest.mark.parametrize(("text", "expected"), STATEMENT_EXAMPLES)
def test_score_statements(text: str, expected: tuple[tuple[str | None, ...], ...]) -> None:
    def part(span: tuple[int, int] | None) -> str | None:
        return None if span is None else text[slice(*span)]

    found = tuple((part(s.name), part(s.full_mark), part(s.score), part(s.rate)) for s in find_score_statements(text))
    assert found == expected


@pytest.mark.parametrize(("text", "expected"), TOTAL_EXAMPLES)
def test_totals(text: str, expected: tuple[str, ...]) -> None:
    found = tuple(
        f"{total.year}|{text[slice(*total.number)]}" if total.year else text[slice(*total.number)]
        for total in find_totals(text)
    )
    assert found == expected


@pytest.mark.parametrize(("text", "expected"), GRADE_EXAMPLES)
def test_grades(text: str, expected: str | None) -> None:
    found = find_grade(text)
    assert (found[2] if found else None) == expected


@pytest.mark.parametrize(("text", "expected"), BAND_EXAMPLES)
def test_own_bands(text: str, expected: dict[str, tuple[int, int]]) -> None:
    assert {grade: (int(a), int(b)) for grade, (a, b) in find_own_bands(text).items()} == expected


@pytest.mark.parametrize(("text", "office", "superior"), LABEL_EXAMPLES)
def test_labelled_offices(text: str, office: str | None, superior: str | None) -> None:
    assert (labelled_department(text), labelled_department(text, superior=True)) == (office, superior)


@pytest.mark.parametrize(("title", "genre", "year", "department"), TITLE_EXAMPLES)
def test_titles(title: str, genre: str, year: int | None, department: str | None) -> None:
    assert (genre_of(title, ""), year_in(title), department_in_title(title)) == (genre, year, department)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("部门名称(公章):青川市水务局", "青川市水务局"),
        ("部门名称(公章):", None),
        ("部门名称:青川市水务局填报人:张三", "青川市水务局"),
        ("填报单位:临江区档案馆2023年5月", "临江区档案馆"),
    ],
)
def test_labelled_department(text: str, expected: str | None) -> None:
    assert labelled_department(text) == expected


@pytest.mark.parametrize(
    ("text", "total", "part"),
    [
        ("总分", True, False),
        ("合计", True, True),
        ("综合评分", True, False),
        ("本年支出合计", False, True),
        ("小计", False, True),
        ("社会效益", False, False),
        ("预算合理性", False, False),
    ],
)
def test_total_and_sum_labels(text: str, total: bool, part: bool) -> None:
    assert (is_total_label(text), is_sum_label(text)) == (total, part)


@pytest.mark.parametrize(("condition", "unit", "words", "expected"), EVENT_EXAMPLES)
def test_events(condition: str, unit: str, words: str, expected: bool) -> None:
    event = event_of(condition, unit)
    assert (bool(event) and tells_event(event, words)) is expected


@pytest.mark.parametrize(("fact", "label", "expected"), FACT_NAME_EXAMPLES)
def test_fact_names(fact: str, label: str, expected: bool) -> None:
    assert names_fact(fact, label) is expected


@pytest.mark.parametrize(
    ("told", "listed", "same"),
    [
        ("投入类指标", "投入", True),
        ("产出类", "产出指标", True),
        ("效益指标", "效益", True),
        ("部门决策情况", "决策指标", True),
        ("数量指标", "质量指标", False),
        ("采购品类", "采购品", False),
    ],
)
def test_names_of_one_indicator(told: str, listed: str, same: bool) -> None:
    assert (indicator_key(told) == indicator_key(listed)) is same
