"""The sample reports are what their manifest says: consistent sources, planted figures where they are said to be."""

from __future__ import annotations

import re
import shutil
import sys
from decimal import Decimal
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # corpus is no installed package: it stands beside the code, as tests do

from corpus.arithmetic import count_printed, evaluate, figures, round_like, violations  # noqa: E402
from corpus.source import ReportSource, SourceError, apply_edits, parse  # noqa: E402
from corpus.typeset import FOLDER, load_manifest, planted_source, read_source, typeset  # noqa: E402

REPORTS = load_manifest()
PLANTED = [(report, planted) for report in REPORTS for planted in report.get("planted", [])]
SOURCES = sorted({report["source"] for report in REPORTS})
GENRES = {"department_report", "project_report", "self_evaluation_form", "budget_disclosure", "accounts_disclosure"}


@cache
def pages(file: str) -> list[str]:
    """The text of each page of a committed PDF, without blanks."""
    document = pypdfium2.PdfDocument(FOLDER / file)
    return [_without_blanks(page.get_textpage().get_text_range()) for page in document]


def _without_blanks(text: str) -> str:
    return re.sub(r"[\s\ufffe]", "", text)


def _report_name(report: dict[str, Any]) -> str:
    return Path(report["file"]).stem


def test_manifest_names_every_pdf_and_every_source() -> None:
    assert sorted(report["file"] for report in REPORTS) == sorted(path.name for path in FOLDER.glob("*.pdf"))
    assert sorted(path.stem for path in (FOLDER / "sources").glob("*.txt")) == SOURCES


def test_corpus_has_clean_and_planted_reports_of_every_genre() -> None:
    assert {report["genre"] for report in REPORTS} >= {"department_report", "project_report", "self_evaluation_form"}
    assert sum(report["clean"] for report in REPORTS) >= 5
    assert sum(not report["clean"] for report in REPORTS) >= 6
    assert {planted["family"] for _, planted in PLANTED} == {"SCO", "SUM", "RAT", "RUB", "DUP", "CNT", "FMT"}


@pytest.mark.parametrize("name", SOURCES)
def test_source_is_consistent(name: str) -> None:
    source = parse(read_source(name))
    assert source.assertions
    assert list(violations(source.assertions, source.text())) == []


@pytest.mark.parametrize("report", REPORTS, ids=_report_name)
def test_manifest_entry_is_whole(report: dict[str, Any]) -> None:
    assert report["genre"] in GENRES
    assert report["clean"] == (not report.get("planted"))
    text = "".join(pages(report["file"]))
    assert report["department"] in text
    assert f"{report['fiscal_year']}年" in text
    assert report["stated_total"] in text
    assert report["stated_grade"] in text
    for trap in report.get("trap", []):
        for figure in trap["figures"]:
            assert count_printed(figure, text) or figure in text, figure


@pytest.mark.parametrize("report", REPORTS, ids=_report_name)
def test_pdf_is_small_and_holds_the_text_of_its_source(report: dict[str, Any]) -> None:
    assert (FOLDER / report["file"]).stat().st_size < 400_000
    source = parse(planted_source(report))
    # Cells and columns may be read in any order, and a page break may part a cell: compare what is printed, not where.
    printed = sorted("".join(pages(report["file"])))
    missing = set(_without_blanks(source.text())) - set(printed)
    assert not missing
    for figure in set(re.findall(r"\d[\d,]*\.\d+", source.text())):
        assert figure in "".join(pages(report["file"])), figure


@pytest.mark.parametrize(("report", "planted"), PLANTED, ids=[planted["id"] for _, planted in PLANTED])
def test_planted_contradiction_is_printed_and_false(report: dict[str, Any], planted: dict[str, Any]) -> None:
    assert _without_blanks(planted["quote"]) in pages(report["file"])[planted["page"] - 1]
    text = "\n".join(pages(report["file"]))
    for figure in (planted["stated"], *planted["operands"]):
        assert figure in text, figure
    assert planted["stated"] != planted["expected"]
    if "formula" in planted:
        left, _, stated = planted["formula"].partition(" = ")
        assert stated == planted["stated"]
        recomputed = round_like(evaluate(left), stated)
        assert recomputed == Decimal(planted["expected"].rstrip("%").replace(",", ""))
        assert recomputed != Decimal(stated.rstrip("%").replace(",", ""))
        assert set(figures(left)) <= set(planted["operands"])


def test_planted_ids_are_unique() -> None:
    ids = [planted["id"] for _, planted in PLANTED]
    assert len(ids) == len(set(ids))


@pytest.mark.slow
@pytest.mark.skipif(find_spec("weasyprint") is None, reason="the typeset extra is not installed")
@pytest.mark.parametrize("report", REPORTS, ids=_report_name)
def test_typesetting_again_gives_the_same_text(report: dict[str, Any], tmp_path: Path) -> None:
    source = parse(planted_source(report))
    if source.layout.typesetter == "libreoffice" and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    again = tmp_path / "again.pdf"
    again.write_bytes(typeset(source))
    texts = [_without_blanks(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(again)]
    assert texts == pages(report["file"])


SMALL = """+++
title = ["甲局", "报告"]
date = 2023-01-01
+++
# 一、概况
支出3.50万元。
// a remark
%% 1.50 + 2.00 = 3.50

:table header=1 widths=[2, 1, 1] align="lcr"
| 名称 | 分值 | <
| 决策 | 10 | 9
| ^ | 8 | 7
续行 |
"""


def small(text: str) -> ReportSource:
    return parse(text)


def test_markup_merges_cells_and_continues_lines() -> None:
    source = small(SMALL.replace("续行 |", "续行"))
    cells = {(cell.row, cell.col): cell for cell in source.blocks[-1].cells}  # type: ignore[union-attr]
    assert cells[0, 1].col_span == 2
    assert cells[1, 0].row_span == 2
    assert cells[2, 2].text == "7\n续行"
    assert source.assertions == ("1.50 + 2.00 = 3.50",)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (SMALL, "row 3 has 4 cells"),
        (SMALL.replace("+++", "---"), "found 0 such lines"),
        (SMALL.replace(":table", ":tabel"), "unknown block"),
        (SMALL.replace("续行 |", "续行").replace("lcr", "lc"), "2 alignments for 3 columns"),
    ],
)
def test_markup_errors_name_the_fault(broken: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        small(broken)


def test_edit_must_be_unambiguous_and_ignores_unprinted_lines() -> None:
    assert "支出4.50万元" in apply_edits(SMALL, [{"find": "3.50", "put": "4.50"}])
    with pytest.raises(SourceError, match="occurs 0 times"):
        apply_edits(SMALL, [{"find": "1.50", "put": "2.50"}])


@pytest.mark.parametrize(
    ("assertion", "printed", "holds"),
    [
        ("1.50 + 2.00 = 3.50", "1.50 2.00 3.50", True),
        ("1.50 + 2.00 = 3.60", "1.50 2.00 3.60", False),
        ("7.97 / 8 = 99.63%", "7.97 8 99.63%", True),  # an exact half is rounded up
        ("92,512,807.72 / #10000 = 9,251", "92,512,807.72 9,251", True),
        ("min(4, 6 / 5 * 4) = 4", "4 5 6", True),
        ("1.50 + 2.00 = 3.50", "1.50 2.00 13.50", False),  # not printed by itself
        ("again 3.50", "3.50", False),
        ("again 3.50", "3.50 3.50", True),
        ("3 < 5", "3 5", True),
        ("5 <= 3", "3 5", False),
    ],
)
def test_assertions(assertion: str, printed: str, holds: bool) -> None:
    assert (list(violations((assertion,), printed)) == []) == holds
