"""The planted-error benchmark plants what it says and sees what is found; its figures are not judged here."""

from __future__ import annotations

import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))  # benchmarks and corpus stand beside the code, as tests do

from benchmarks.mutants.changes import SLIPS, leave_stale
from benchmarks.mutants.clean import CleanReport, judge
from benchmarks.mutants.draw import draw
from benchmarks.mutants.figures import Figure
from benchmarks.mutants.relations import Family
from benchmarks.mutants.stated import StatedRelation, evaluate
from benchmarks.mutants.trial import try_on_pages
from corpus.typeset import FOLDER, read_source
from pipeline.model.interval import Interval
from pipeline.model.quantity import Kind


@pytest.fixture(scope="module")
def form() -> CleanReport:
    name = "xingzhu-library-2023"
    return judge(name, (FOLDER / f"{name}.pdf").read_bytes(), read_source(name))


def figure(number: str, unit: str = "", kind: Kind = Kind.MONEY) -> Figure:
    return Figure(1, 0, len(number + unit), number, unit, kind, Fraction(1, 200), None)


def test_relations_of_both_origins_are_found(form: CleanReport) -> None:
    assert {relation.origin for relation in form.relations} == {"held", "stated"}
    assert {relation.family for relation in form.relations} >= {Family.SCORE, Family.TABLE_SUM, Family.TABLE_RATE}


def test_same_seed_gives_same_mutants(form: CleanReport) -> None:
    mutants = draw([form], 20, 7)
    assert len(mutants) == 20
    assert mutants == draw([form], 20, 7)
    assert mutants != draw([form], 20, 8)


def test_mutants_change_what_is_printed_and_most_are_found(form: CleanReport) -> None:
    mutants = draw([form], 12, 1, lambda _, relation: relation.family is Family.TABLE_SUM)
    for mutant in mutants:
        page = form.report.document.page(mutant.span.page)
        assert page.text[mutant.span.start : mutant.span.end] == mutant.old != mutant.new
    assert sum(try_on_pages(form, mutant).is_detected for mutant in mutants) >= 9


def test_stated_relation_holds_until_its_figure_changes(form: CleanReport) -> None:
    relation = next(r for r in form.relations if isinstance(r, StatedRelation) and "188.26 / 195.50" in r.assertion)
    executed = relation.at["188.26"]
    within = [SLIPS["digit changed"](executed, Random(seed)) for seed in range(40)]
    broken = [relation.is_broken_by(executed, change) for change in within if change is not None]
    assert any(broken)
    assert not all(broken)  # 188.26 and 188.27 both give 96.30%


@pytest.mark.parametrize(
    ("slip", "before", "unit", "after"),
    [
        ("digits swapped", "36", "", {"63"}),
        ("digit dropped", "1,234.5", "", {"234.5", "134.5", "124.5", "123.5"}),
        ("digit doubled", "9.5", "", {"99.5", "9.55"}),
        ("unit slipped", "12.50", "万元", {"12.50元"}),
        ("unit slipped", "12.50", "", {"125000.00"}),
        ("digits swapped", "10", "", set()),
        ("digit dropped", "5", "", set()),
    ],
)
def test_slips(slip: str, before: str, unit: str, after: set[str]) -> None:
    changes = [SLIPS[slip](figure(before, unit), Random(seed)) for seed in range(60)]
    assert {change.text for change in changes if change is not None} == after


def test_total_left_stale() -> None:
    change = leave_stale(figure("30.00"), Decimal("12.5"))
    assert change is not None
    assert change.text == "17.50"
    assert leave_stale(figure("30.00"), Decimal(30)) is None


def test_stated_expressions_are_intervals() -> None:
    intervals = {"7.5": Interval.around(Decimal("7.5"), Decimal("0.05"))}
    assert evaluate("(7.5 - #0.5) / #7 * min(#1, #2)", intervals) == Interval(
        Fraction("6.95") / 7, Fraction("7.05") / 7
    )
    assert evaluate("50% * #8", {}) == Interval.exact(4)
