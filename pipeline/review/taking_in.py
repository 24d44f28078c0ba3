"""Decisions that a person filled in, taken into the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.model.review import Review
from pipeline.review.filled import FilledReview
from pipeline.review.ledger import Ledger, review_of


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of it. `changed` are reviews with those they replaced, `older` those left out because the ledger has a
    later decision."""

    added: tuple[Review, ...]
    changed: tuple[tuple[Review, Review], ...]
    unchanged: int
    older: tuple[Review, ...]


def take_in(ledger: Ledger, filled: Sequence[FilledReview], *, reviewer: str, today: date) -> TakenIn:
    """Add the decisions to the ledger; `reviewer` and `today` stand where a row says neither.

    A decision replaces an earlier one, but never a later one: a workbook filled long ago still shows what was decided
    when it was written.
    """
    added, changed, older = [], [], []
    unchanged = 0
    for item in filled:
        review = review_of(item, reviewer, today)
        known = ledger.get(item.finding_id)
        if known is None:
            added.append(review)
        elif _says_the_same(item, known.review):
            unchanged += 1
            continue
        elif review.reviewed < known.review.reviewed:
            older.append(review)
            continue
        else:
            changed.append((known.review, review))
        ledger.put(review)
    return TakenIn(tuple(added), tuple(changed), unchanged, tuple(older))


def _says_the_same(item: FilledReview, known: Review) -> bool:
    """Whether a row adds nothing to what is known; who and when need not be said again."""
    return (
        (item.decision, item.reason) == (known.decision, known.reason)
        and item.reviewer in ("", known.reviewer)
        and item.reviewed in (None, known.reviewed)
    )
