"""`reviews.csv`: what was decided stays decided, and whoever edits the file by hand loses nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.model.review import Decision, Review
from pipeline.review.filled import FilledReview
from pipeline.review.ledger import Entry, Ledger, load_ledger, save_ledger
from pipeline.review.taking_in import TakenIn, take_in

TODAY = date(2031, 6, 1)
REVIEW = Review("a1", Decision.CONFIRMED, "", "王芳", date(2031, 5, 1))
FINDING = {"source": "报告.pdf", "code": "SCO101", "message": "得分\n不符"}

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20).map(str.strip)
REVIEWS = st.builds(
    Review,
    st.from_regex(r"[0-9a-f]{16}(-[1-9])?", fullmatch=True),
    st.sampled_from([Decision.CONFIRMED, Decision.OPEN]),
    TEXTS.filter(lambda text: not text.startswith("'")),
    TEXTS.filter(lambda text: not text.startswith("'")),
    st.dates(),
)


def filled(finding_id: str = "a1", **values: object) -> FilledReview:
    return replace(FilledReview(finding_id, Decision.CONFIRMED, "", "", None, {}), **values)  # type: ignore[arg-type]


def taken(ledger: Ledger, *items: FilledReview) -> TakenIn:
    return take_in(ledger, items, reviewer="李", today=TODAY)


@given(st.lists(REVIEWS, unique_by=lambda review: review.finding_id, max_size=5))
def test_what_is_saved_is_loaded(reviews: list[Review]) -> None:
    with TemporaryDirectory() as name:
        save_ledger(Ledger(map(Entry, reviews)), Path(name))
        assert [entry.review for entry in load_ledger(Path(name))] == reviews


def test_no_reviews_make_no_file(tmp_path: Path) -> None:
    save_ledger(load_ledger(tmp_path), tmp_path)
    assert not list(tmp_path.iterdir())


def test_settling_tells_what_a_review_is_about_and_keeps_orphans(tmp_path: Path) -> None:
    ledger = Ledger([Entry(REVIEW), Entry(replace(REVIEW, finding_id="b2"), "旧.pdf", "SUM201", "合计不符")])
    ledger.settle({"a1": FINDING})
    save_ledger(ledger, tmp_path)
    known, orphan = load_ledger(tmp_path)
    assert (known.document, known.code, known.message, known.orphaned) == ("报告.pdf", "SCO101", "得分 不符", False)
    assert (orphan.document, orphan.message, orphan.orphaned) == ("旧.pdf", "合计不符", True)
    assert ledger.orphans == (orphan,)
    assert ledger.count(Decision.CONFIRMED) == 1
    ledger.settle({"a1": FINDING, "b2": FINDING})
    assert ledger.orphans == ()


def test_columns_that_someone_added_stay(tmp_path: Path) -> None:
    (tmp_path / "reviews.csv").write_text("finding_id,review,备注\na1,确认,重点\n", encoding="utf-8")
    ledger = load_ledger(tmp_path)
    ledger.settle({"a1": FINDING})
    save_ledger(ledger, tmp_path)
    (entry,) = load_ledger(tmp_path)
    assert entry.others == {"备注": "重点"}
    assert entry.document == "报告.pdf"


def test_a_file_that_is_not_understood_is_left_alone(tmp_path: Path) -> None:
    text = "finding_id,review\na1,maybe\nb2,perhaps\n"
    (tmp_path / "reviews.csv").write_text(text)
    with pytest.raises(UsageError, match=r"row 2: “maybe” is no decision.*\(and 1 more\)"):
        load_ledger(tmp_path)
    assert (tmp_path / "reviews.csv").read_text() == text


def test_a_new_decision_gets_who_and_when(tmp_path: Path) -> None:
    ledger = load_ledger(tmp_path)
    assert taken(ledger, filled()).added == (Review("a1", Decision.CONFIRMED, "", "李", TODAY),)
    assert len(ledger) == 1


def test_the_same_decision_again_changes_nothing() -> None:
    ledger = Ledger([Entry(REVIEW)])
    result = taken(ledger, filled(), filled(reviewer="王芳", reviewed=date(2031, 5, 1)))
    assert (result.added, result.changed, result.unchanged) == ((), (), 2)
    assert ledger.get("a1") == Entry(REVIEW)


def test_a_later_decision_replaces_an_earlier_one() -> None:
    ledger = Ledger([Entry(REVIEW, "报告.pdf")])
    ((old, new),) = taken(ledger, filled(decision=Decision.DISMISSED, reason="口径不同")).changed
    assert (old, new.decision, new.reviewed) == (REVIEW, Decision.DISMISSED, TODAY)
    entry = ledger.get("a1")
    assert entry is not None
    assert (entry.review, entry.document) == (new, "报告.pdf")


def test_an_old_workbook_does_not_undo_a_later_decision() -> None:
    ledger = Ledger([Entry(REVIEW)])
    result = taken(ledger, filled(decision=Decision.OPEN, reviewed=date(2031, 4, 30)))
    assert [review.decision for review in result.older] == [Decision.OPEN]
    assert ledger.get("a1") == Entry(REVIEW)
