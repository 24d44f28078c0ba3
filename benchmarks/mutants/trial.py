"""Put a mutant to the test: is a finding made that speaks of the changed figure?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.mutants.clean import CleanReport, judge_pages
from benchmarks.mutants.draw import Mutant
from benchmarks.mutants.figures import quantity_at
from benchmarks.mutants.relations import involved
from pipeline.model.check import Check, Severity, Verdict
from pipeline.model.finding import Finding
from pipeline.model.page_edits import replace_text
from pipeline.model.report import Reconciliation, Report
from pipeline.model.text import Span
from pipeline.reconcile.diagnose import severity_of

# How near the figures of a formula stand to a factor of it (22/26×6=5.08) that is no quantity of its own.
_NEAR = 4


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a mutant. `severity` is the gravest of the findings that speak of it, None when it was missed;
    `codes` are theirs. `elsewhere` are the codes of new contradictions of severity error that do not speak of it."""

    mutant: Mutant
    severity: Severity | None
    codes: tuple[str, ...]
    elsewhere: tuple[str, ...]

    @property
    def is_detected(self) -> bool:
        return self.severity is not None


def try_on_pages(clean: CleanReport, mutant: Mutant) -> Result:
    """The mutant's figure changed on the page as read, everything behind reading done again."""
    document = clean.report.document
    span = mutant.span
    page = replace_text(document.page(span.page), span.start, span.end, mutant.new)
    pages = (*document.pages[: span.page - 1], page, *document.pages[span.page :])
    report, reconciliation = judge_pages(document.source, pages)
    place = Span(span.page, span.start, span.start + len(mutant.new))
    return result_of(mutant, clean, report, reconciliation, place)


def result_of(
    mutant: Mutant, clean: CleanReport, report: Report, reconciliation: Reconciliation, place: Span
) -> Result:
    """The contradictions that the unchanged report does not have, sorted into those that speak of the figure at
    `place`, with the findings they are told in, and the rest."""
    known = {(check.calculation.code, check.formula) for check in contradictions(clean.reconciliation)}
    factor = quantity_at(report, place) is None
    about: list[tuple[Check, Finding]] = []
    elsewhere: set[str] = set()
    for check in contradictions(reconciliation):
        finding = _told_in(check, reconciliation.findings)
        if finding is None or (check.calculation.code, check.formula) in known:
            continue
        if _names(check, place) or (factor and _adjoins(check, place)):
            about.append((check, finding))
        elif severity_of(check) is Severity.ERROR:
            elsewhere.add(check.calculation.code)
    gravest = min((finding.severity for _, finding in about), key=list(Severity).index, default=None)
    codes = tuple(sorted({check.calculation.code for check, _ in about}))
    return Result(mutant, gravest, codes, tuple(sorted(elsewhere)))


def contradictions(reconciliation: Reconciliation) -> list[Check]:
    """The checks that do not hold."""
    return [check for check in reconciliation.checks if check.verdict is Verdict.INCONSISTENT]


def _told_in(check: Check, findings: Iterable[Finding]) -> Finding | None:
    """The finding that tells of a contradiction, as its own or as a consequence of one wrong figure."""
    for finding in findings:
        if finding.check is check or check.formula in finding.consequences:
            return finding
    return None


def _names(check: Check, place: Span) -> bool:
    """Whether the figure at `place` is the stated one or an operand."""
    return any(span.start < place.end and place.start < span.end for span in _spans(check, place.page))


def _adjoins(check: Check, place: Span) -> bool:
    """Whether a figure of the check stands right before or right behind `place`, as in a formula."""
    return any(
        0 <= place.start - span.end <= _NEAR or 0 <= span.start - place.end <= _NEAR
        for span in _spans(check, place.page)
    )


def _spans(check: Check, page: int) -> list[Span]:
    quantities = involved(check.calculation)
    return [span for quantity in quantities for span in quantity.spans if span.page == page]
