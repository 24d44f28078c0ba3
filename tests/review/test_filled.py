"""What people fill in, in whatever program, is understood or said not to be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from pipeline.errors import UsageError
from pipeline.model.review import Decision
from pipeline.publish.workbook import write_workbook
from pipeline.review.filled import Filled, read_filled
from tests.publish.workbook.reading import publish

HEADER = "finding_id,review,review_reason,reviewer,reviewed"


def filled_csv(tmp_path: Path, *lines: str, encoding: str = "utf-8", header: str = HEADER) -> Filled:
    path = tmp_path / "filled.csv"
    path.write_text("\r\n".join([header, *lines]), encoding=encoding, newline="")
    return read_filled(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_that_programs_choose(tmp_path: Path, encoding: str) -> None:
    (review,) = filled_csv(tmp_path, "a1,排除,口径不同,王芳,2031-12-31", encoding=encoding).reviews
    assert (review.finding_id, review.decision, review.reason) == ("a1", Decision.DISMISSED, "口径不同")
    assert (review.reviewer, review.reviewed) == ("王芳", date(2031, 12, 31))


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_delimiters_that_programs_choose(tmp_path: Path, delimiter: str) -> None:
    header, line = (text.replace(",", delimiter) for text in (HEADER, "a1,open,,,"))
    (review,) = filled_csv(tmp_path, line, header=header).reviews
    assert review.decision is Decision.OPEN


@pytest.mark.parametrize("header", ["问题编号,审核结论,理由", "其他,Finding_ID,review", "finding_id,REVIEW"])
def test_headers_in_either_language(tmp_path: Path, header: str) -> None:
    line = {"问题编号,审核结论,理由": "a1,确认,", "其他,Finding_ID,review": "x,a1,确认"}.get(header, "a1,确认")
    assert filled_csv(tmp_path, line, header=header).reviews[0].finding_id == "a1"


@pytest.mark.parametrize(
    ("word", "decision"),
    [
        ("确认", Decision.CONFIRMED),
        ("confirmed", Decision.CONFIRMED),
        ("Confirmed", Decision.CONFIRMED),
        ("确认 confirmed", Decision.CONFIRMED),
        ("待定", Decision.OPEN),
    ],
)
def test_words_for_decisions(tmp_path: Path, word: str, decision: Decision) -> None:
    assert filled_csv(tmp_path, f"a1,{word},,,").reviews[0].decision is decision


@pytest.mark.parametrize(
    "text", ["2031-02-03", "2031/2/3", "2031.2.3", "2031年2月3日", "20310203", "47882", "2031-02-03 12:00:00"]
)
def test_dates_as_people_and_programs_write_them(tmp_path: Path, text: str) -> None:
    assert filled_csv(tmp_path, f"a1,open,,,{text}").reviews[0].reviewed == date(2031, 2, 3)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("a1,maybe,,,", "row 2: “maybe” is no decision"),
        ("a1,排除,,,", "row 2: dismissed (排除) without a reason"),
        ("a1,,口径不同,,", "row 2: a reason (口径不同) without a decision"),
        ("1.23457E+15,确认,,,", "row 2: “1.23457E+15” is no finding_id"),
        (",确认,,,", "row 2: “” is no finding_id"),
        ("a1,确认,,,soon", "row 2: “soon” is no date"),
        ("a1,确认,,,2031-02-30", "row 2: “2031-02-30” is no date"),
    ],
)
def test_what_is_not_understood_is_said_and_left_out(tmp_path: Path, line: str, told: str) -> None:
    filled = filled_csv(tmp_path, line, "b2,确认,,,")
    assert [review.finding_id for review in filled.reviews] == ["b2"]
    assert len(filled.problems) == 1
    assert filled.problems[0].startswith(told)


def test_rows_without_a_decision_say_nothing(tmp_path: Path) -> None:
    assert filled_csv(tmp_path, "a1,,,王芳,2031-12-31", ",,,,") == Filled((), ())


def test_one_finding_decided_in_two_ways_is_not_decided(tmp_path: Path) -> None:
    filled = filled_csv(tmp_path, "a1,确认,,,", "b2,确认,,,", "a1,待定,,,", "b2,确认,,,")
    assert [review.finding_id for review in filled.reviews] == ["b2"]
    assert filled.problems == ("a1: decided twice, and differently.",)


def test_a_reason_that_looks_like_a_formula_comes_back_as_typed(tmp_path: Path) -> None:
    assert filled_csv(tmp_path, "a1,确认,'=1+1,,").reviews[0].reason == "=1+1"


def test_the_workbook_as_it_is_filled_in(tmp_path: Path) -> None:
    publish(tmp_path, review="dismissed", review_reason="口径\n不同", reviewer="王", reviewed="2031-12-31")
    (review,) = read_filled(write_workbook(tmp_path).path).reviews
    assert (review.finding_id, review.decision, review.reason) == ("f00d", Decision.DISMISSED, "口径\n不同")
    assert review.reviewed == date(2031, 12, 31)


def test_a_workbook_of_ones_own(tmp_path: Path) -> None:
    with Workbook(tmp_path / "own.xlsx") as workbook:
        workbook.add_worksheet("notes").write(0, 0, "nothing")
        sheet = workbook.add_worksheet("decisions")
        sheet.write_row(0, 0, ["审核结果一览"])
        sheet.write_row(1, 0, ["问题编号", "审核结论", "审核日期"])
        sheet.write_row(2, 0, ["a1", "确认", 47882])
    (review,) = read_filled(tmp_path / "own.xlsx").reviews
    assert (review.finding_id, review.reviewed) == ("a1", date(2031, 2, 3))


def test_a_file_of_something_else_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no columns finding_id"):
        filled_csv(tmp_path, "1,2", header="a,b")
    (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(UsageError, match="not a workbook"):
        read_filled(tmp_path / "bad.xlsx")
    (tmp_path / "bytes.csv").write_bytes(b"\x81\xff\x00\xff\xff")
    with pytest.raises(UsageError, match="neither a workbook nor a text"):
        read_filled(tmp_path / "bytes.csv")
    with pytest.raises(UsageError, match="cannot be read"):
        read_filled(tmp_path / "missing.csv")
