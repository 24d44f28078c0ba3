"""Detection by family, as a table a reader can check against the targets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.mutants.clean import CleanReport
from benchmarks.mutants.relations import Family
from benchmarks.mutants.trial import Result
from pipeline.model.check import Severity

TARGETS = {
    Family.SCORE: 95,
    Family.RUBRIC: 95,
    Family.TABLE_SUM: 90,
    Family.TABLE_RATE: 90,
    Family.PROSE_SUM: 80,
    Family.PROSE_RATE: 80,
    Family.COUNT: 80,
    Family.RESTATEMENT: 80,
}
"""The share of mutants that should be found, in percent. Counts and restatements are counted as prose."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Mutants of one kind and what became of them; `elsewhere` counts those that also brought a new finding of severity
    error that does not speak of the changed figure."""

    mutants: int
    detected: int
    as_error: int
    elsewhere: int

    @classmethod
    def of(cls, results: Iterable[Result]) -> Tally:
        listed = list(results)
        return cls(
            len(listed),
            sum(result.is_detected for result in listed),
            sum(result.severity is Severity.ERROR for result in listed),
            sum(bool(result.elsewhere) for result in listed),
        )

    @property
    def share(self) -> float:
        """Detected mutants in percent."""
        return 100 * self.detected / self.mutants if self.mutants else 0.0


def family_table(results: Sequence[Result]) -> Iterator[str]:
    """Lines: a row for each family and, below it, for each origin of its relations."""
    yield f"{'family':<26}{'mutants':>8}{'detected':>10}{'share':>8}{'target':>8}{'as error':>10}{'elsewhere':>11}"
    for family in Family:
        of_family = [result for result in results if result.mutant.family is family]
        if not of_family:
            continue
        yield _row(family.value, of_family, f"{TARGETS[family]}%")
        for origin in sorted({result.mutant.origin for result in of_family}):
            yield _row(f"  {origin}", [r for r in of_family if r.mutant.origin == origin], "")
    yield _row("all", results, "")


def slip_table(results: Sequence[Result]) -> Iterator[str]:
    """Lines: a row for each kind of slip."""
    yield f"{'slip':<26}{'mutants':>8}{'detected':>10}{'share':>8}"
    for slip in sorted({result.mutant.slip for result in results}):
        yield _row(slip, [result for result in results if result.mutant.slip == slip], "").rstrip()[:52]


def report_table(results: Sequence[Result]) -> Iterator[str]:
    """Lines: a row for each report."""
    yield f"{'report':<26}{'mutants':>8}{'detected':>10}{'share':>8}"
    for report in sorted({result.mutant.report for result in results}):
        yield _row(report[:25], [result for result in results if result.mutant.report == report], "").rstrip()


def missed_lines(results: Iterable[Result]) -> Iterator[str]:
    """A line for each mutant that was not found."""
    return _lines(results, lambda result: not result.is_detected, lambda _: "")


def elsewhere_lines(results: Iterable[Result]) -> Iterator[str]:
    """A line for each mutant that brought an error which does not speak of it."""
    return _lines(results, lambda result: bool(result.elsewhere), lambda result: f"  [{', '.join(result.elsewhere)}]")


def false_alarm_lines(reports: Iterable[CleanReport]) -> Iterator[str]:
    """Lines: the findings on the unchanged sample reports, each of them false, and their number by severity on all
    reports."""
    for report in reports:
        findings = report.reconciliation.findings
        counts = ", ".join(f"{sum(f.severity is severity for f in findings)} {severity}" for severity in Severity)
        if findings or report.source_text is not None:
            yield f"{report.name}: {counts}"
        if report.source_text is not None:
            yield from (f"    FALSE {finding.severity} {finding.code} {finding.message}" for finding in findings)


def _lines(results: Iterable[Result], chosen: Callable[[Result], bool], note: Callable[[Result], str]) -> Iterator[str]:
    for result in results:
        if chosen(result):
            mutant = result.mutant
            old, new = (" ".join(text.split()) for text in (mutant.old, mutant.new))
            yield (
                f"{mutant.family}: {mutant.report} p. {mutant.span.page} [{mutant.span.start}]  {old} -> {new}"
                f"  ({mutant.slip})  {mutant.description[:160]}{note(result)}"
            )


def _row(name: str, results: Sequence[Result], target: str) -> str:
    tally = Tally.of(results)
    return (
        f"{name:<26}{tally.mutants:>8}{tally.detected:>10}{tally.share:>7.1f}%{target:>8}"
        f"{tally.as_error:>10}{tally.elsewhere:>11}"
    )
