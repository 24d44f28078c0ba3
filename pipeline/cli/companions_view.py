"""What is told of the reviews of findings, of the run before, and of the workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from rich.table import Table
from rich.text import Text

from pipeline.cli.console import new_table, plural, shortened, styled
from pipeline.model.review import Decision
from pipeline.publish.schema import Row
from pipeline.review.changes import Change, Comparison
from pipeline.review.ledger import Ledger

# What the other columns of a table of findings take, half of a wide terminal for the finding itself.
_OTHER_COLUMNS = 80

_WORDS = {
    Change.NEW: "new (新增)",
    Change.CHANGED: "changed (有变)",
    Change.GONE: "gone (消失)",
    Change.UNREAD: "of documents not read this time",
    Change.ABSENT: "of documents not given this time",
}
_ALWAYS_TOLD = (Change.NEW, Change.GONE)


def comparison_line(comparison: Comparison, rules_version: str) -> str:
    """What differs from the run before."""
    before = comparison.before
    rules = "" if before.rules_version == rules_version else f", made with rules {before.rules_version}"
    counts = {change: comparison.count(change) for change in Change}
    return f"Since the run of {before.started}{rules}: {counted(counts)}, {comparison.same:,} as before."


def counted(counts: Mapping[Change, int]) -> str:
    """How many findings of each change; new and gone ones always, the others where there are any."""
    told = [f"{counts.get(change, 0):,} {_WORDS[change]}" for change in Change if _is_told(change, counts)]
    return ", ".join(told)


def review_line(ledger: Ledger) -> str:
    """How many decisions there are, and how many of them about findings that are gone."""
    kinds = ", ".join(f"{ledger.count(decision)} {decision.value} {decision.chinese}" for decision in Decision)
    orphans = len(ledger.orphans)
    rest = f"; {plural(orphans, 'review')} of findings that no longer exist, kept as orphaned" if orphans else ""
    return f"Reviews (审核): {kinds}{rest}."


def cut_lines(cuts: Iterable[tuple[str, int, int]]) -> Iterator[str]:
    """Which sheets of the workbook do not hold all rows."""
    for name, held, there in cuts:
        yield f"findings.xlsx, sheet {name}: the first {held:,} of {there:,} rows; all are in Parquet."


def kept_line(kept: Path) -> str:
    """Where a workbook went that someone had edited."""
    return (
        f"findings.xlsx had been edited and is kept as {kept}; 'jixiao review import {kept} --output {kept.parent}' "
        "takes in its decisions."
    )


def changes_table(changes: Iterable[Row]) -> Table:
    """The changed findings, as rows of `runs.changes`."""
    table = new_table()
    table.add_column("Change\n变化", no_wrap=True)
    table.add_column("Review\n审核", no_wrap=True)
    table.add_column("Code\n规则", no_wrap=True)
    table.add_column("Document\n文件", overflow="fold")
    table.add_column("Finding\n问题", overflow="fold", ratio=1)
    for row in changes:
        table.add_row(
            row["change"], row["review"] or "", styled(row["code"], row["severity"]), _name(row["source"]), _told(row)
        )
    return table


def orphans_table(ledger: Ledger) -> Table:
    """The reviews whose finding no longer exists."""
    table = new_table()
    table.add_column("Review\n审核", no_wrap=True)
    table.add_column("Finding\n编号", no_wrap=True)
    table.add_column("Document\n文件", overflow="fold")
    table.add_column("It was about\n曾针对", overflow="fold", ratio=1)
    for entry in ledger.orphans:
        review = entry.review
        table.add_row(review.decision.value, review.finding_id, _name(entry.document), Text(entry.message))
    return table


def _is_told(change: Change, counts: Mapping[Change, int]) -> bool:
    return change in _ALWAYS_TOLD or counts.get(change, 0) > 0


def _name(source: str) -> Text:
    return Text(shortened(source, _OTHER_COLUMNS))


def _told(row: Row) -> Text:
    """The finding, and which one it follows or is followed by."""
    related = f" [{row['related_id']}]" if row["related_id"] else ""
    return Text(" ".join(row["message"].split()) + related)
