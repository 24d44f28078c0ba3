"""Put a mutant to the test: is a finding made that speaks of the changed figure?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.mutants.clean import CleanReport, judge_pages
from benchmarks.mutants.draw import Mutant
from benchmarks.mutants.figures import quantity_at
from benchmarks.mutants.relations import involved
from pipeline.model.check import Severity
from pipeline.model.finding import Finding
from pipeline.model.page_edits import replace_text
from pipeline.model.report import Report
from pipeline.model.text import Span

# How near the figures of a formula stand to a factor of it (22/26×6=5.08) that is no quantity of its own.
_NEAR = 4


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a mutant. `severity` is the gravest of the findings that speak of it, None when it was missed;
    `codes` are theirs. `elsewhere` are the codes of new findings of severity error that do not speak of it."""

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
    known = {finding.finding_id for finding in clean.reconciliation.findings}
    return result_of(mutant, (f for f in reconciliation.findings if f.finding_id not in known), report, place)


def result_of(mutant: Mutant, findings: Iterable[Finding], report: Report, place: Span) -> Result:
    """Findings sorted into those that speak of the figure at `place` and the rest."""
    factor = quantity_at(report, place) is None
    about: list[Finding] = []
    rest: list[Finding] = []
    for finding in findings:
        speaks = _names(finding, place) or (factor and _surrounds(finding, place))
        (about if speaks else rest).append(finding)
    gravest = min((finding.severity for finding in about), key=list(Severity).index, default=None)
    return Result(
        mutant,
        gravest,
        tuple(sorted({finding.code for finding in about})),
        tuple(sorted({finding.code for finding in rest if finding.severity is Severity.ERROR})),
    )


def _names(finding: Finding, place: Span) -> bool:
    """Whether the figure at `place` is the stated one or an operand."""
    return any(span.start < place.end and place.start < span.end for span in _spans(finding, place.page))


def _surrounds(finding: Finding, place: Span) -> bool:
    """Whether figures of the finding stand right before and right behind `place`, as those of a formula do."""
    spans = _spans(finding, place.page)
    before = any(0 <= place.start - span.end <= _NEAR for span in spans)
    behind = any(0 <= span.start - place.end <= _NEAR for span in spans)
    return before and behind


def _spans(finding: Finding, page: int) -> list[Span]:
    quantities = involved(finding.check.calculation)
    return [span for quantity in quantities for span in quantity.spans if span.page == page]
