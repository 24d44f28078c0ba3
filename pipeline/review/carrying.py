"""Reviews carried on from run to run, and the run compared with the one before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from pipeline.publish.schema import Row
from pipeline.review.changes import Comparison, Findings, compare, run_before
from pipeline.review.ledger import Ledger, load_ledger, save_ledger
from pipeline.review.marking import mark


class Carrying:
    """Follows a run, document by document. Made before the run's datasets replace those of the run before.

    Raises UsageError where `reviews.csv` is not understood.
    """

    def __init__(self, directory: Path) -> None:
        self.ledger = load_ledger(directory)
        self._directory = directory
        self._before = run_before(directory)
        self._now = Findings()
        self._comparison: Comparison | None = None

    def carry(self, tables: Mapping[str, pa.Table]) -> Mapping[str, pa.Table]:
        """A document's tables with the reviews of its findings."""
        self._now.add(tables)
        if "findings" not in tables or not len(self.ledger):
            return tables
        return {**tables, "findings": mark(tables["findings"], self.ledger)}

    def compare(self) -> Comparison | None:
        """What differs from the run before, once all documents are there; None where there is none to compare with."""
        if self._comparison is None and self._before is not None:
            self._comparison = compare(self._before, self._now)
        return self._comparison

    def columns(self) -> Row:
        """The columns of `runs` that compare it with the run before."""
        comparison = self.compare()
        if comparison is None:
            return {"compared_with": None, "changes": []}
        changes = [item.row(self._decision(item.finding["finding_id"])) for item in comparison.changes]
        return {"compared_with": comparison.before.run_id, "changes": changes}

    def settle(self) -> Ledger:
        """Write `reviews.csv` with each review's finding as it is now, or marked as orphaned. Raises
        OutputNotWritable."""
        self.ledger.settle(self._now.by_id)
        save_ledger(self.ledger, self._directory)
        return self.ledger

    def _decision(self, finding_id: str) -> str | None:
        entry = self.ledger.get(finding_id)
        return None if entry is None else entry.review.decision.value
