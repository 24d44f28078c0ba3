"""One labelled report measured: what was read of it and found in it, held against its labels."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.labels.labelled import Contradiction, LabelledIndicator, Labels, Relation, Trap
from benchmarks.labels.matching import (
    is_flagged_by,
    is_same_indicator,
    is_told_again,
    is_verified_by,
    speaks_of,
    told_by,
)
from pipeline.analyse import analyse
from pipeline.model.check import Check, Severity, Verdict
from pipeline.model.document import SourceFile
from pipeline.model.finding import Finding
from pipeline.model.indicator import Indicator
from pipeline.model.quantity import Kind
from pipeline.model.report import Metadata, Reconciliation, Report

HOLDS = (Verdict.EXACT, Verdict.WITHIN_ROUNDING)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Things labelled and things read: how many are in both, and what is on one side only."""

    common: int
    missing: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """What came of a labelled report. `not_found` are contradictions that must be found and were not, `unlabelled` the
    findings of severity error that speak of no contradiction, `flagged` the traps that were taken for one."""

    labels: Labels
    money: Overlap
    percent: Overlap
    indicators: Overlap
    wrong_metadata: tuple[str, ...]
    not_found: tuple[Contradiction, ...]
    unlabelled: tuple[Finding, ...]
    flagged: tuple[Trap, ...]
    unverified: tuple[Relation, ...]

    @property
    def to_be_found(self) -> tuple[Contradiction, ...]:
        return tuple(contradiction for contradiction in self.labels.contradictions if contradiction.must_be_found)


def measure(labels: Labels) -> Measure:
    """Run the pipeline on a labelled report and compare."""
    return compare(labels, *conclude(labels))


def conclude(labels: Labels) -> tuple[Report, Reconciliation]:
    """What the pipeline makes of a labelled report."""
    content = labels.path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    outcome = analyse(SourceFile(labels.path, labels.path.name, digest, len(content)))
    if outcome.report is None or outcome.reconciliation is None:
        raise ValueError(f"{labels.name}: {outcome.problems[0].message}")
    return outcome.report, outcome.reconciliation


def compare(labels: Labels, report: Report, reconciliation: Reconciliation) -> Measure:
    """What was read and concluded, held against the labels."""
    findings = reconciliation.findings
    return Measure(
        labels=labels,
        money=overlap_of_values(labels.money, _values(report, Kind.MONEY)),
        percent=overlap_of_values(labels.percent, _values(report, Kind.PERCENT)),
        indicators=overlap_of_indicators(labels.indicators, report.indicators),
        wrong_metadata=tuple(_wrong_metadata(labels, report.metadata)),
        not_found=not_found(labels.contradictions, findings),
        unlabelled=unlabelled_errors(labels.contradictions, findings),
        flagged=tuple(trap for trap in labels.traps if any(is_flagged_by(trap, finding) for finding in findings)),
        unverified=unverified(labels.holding, reconciliation.checks),
    )


def overlap_of_values(labelled: Iterable[Decimal], read: Iterable[Decimal]) -> Overlap:
    """Values as multisets: one that is printed twice must be read twice."""
    wanted, had = Counter(labelled), Counter(read)
    return Overlap((wanted & had).total(), _texts(wanted - had), _texts(had - wanted))


def overlap_of_indicators(labelled: Sequence[LabelledIndicator], read: Sequence[Indicator]) -> Overlap:
    """Each labelled indicator takes the first row that is the same; rows that only tell one again are not extra.
    The total (level 0) is measured as metadata."""
    left = [indicator for indicator in read if indicator.score is not None and indicator.level > 0]
    missing = []
    for wanted in labelled:
        same = next((indicator for indicator in left if is_same_indicator(wanted, indicator)), None)
        if same is None:
            missing.append(f"{wanted.name} {wanted.score} of {wanted.full_mark}")
        else:
            left.remove(same)
    extra = [_shown(indicator) for indicator in left if not any(is_told_again(w, indicator) for w in labelled)]
    return Overlap(len(labelled) - len(missing), tuple(missing), tuple(extra))


def not_found(contradictions: Iterable[Contradiction], findings: Sequence[Finding]) -> tuple[Contradiction, ...]:
    """The contradictions that must be found and that no finding, of whatever severity, speaks of."""
    return tuple(
        contradiction
        for contradiction in contradictions
        if contradiction.must_be_found and not any(speaks_of(finding, contradiction) for finding in findings)
    )


def unlabelled_errors(contradictions: Iterable[Contradiction], findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of severity error that no label bears out."""
    true = [contradiction for contradiction in contradictions if not contradiction.rounded_down]
    return tuple(
        finding
        for finding in findings
        if finding.severity is Severity.ERROR and not any(speaks_of(finding, contradiction) for contradiction in true)
    )


def unverified(relations: Iterable[Relation], checks: Iterable[Check]) -> tuple[Relation, ...]:
    """The relations that hold and that no check confirms."""
    told = [told_by(check) for check in checks if check.verdict in HOLDS]
    return tuple(relation for relation in relations if not any(is_verified_by(relation, one) for one in told))


def _values(report: Report, kind: Kind) -> list[Decimal]:
    return [quantity.value for quantity in report.quantities if quantity.kind is kind]


def _wrong_metadata(labels: Labels, metadata: Metadata) -> Iterable[str]:
    total = None if metadata.stated_total is None else metadata.stated_total.value
    for name, wanted, read in (
        ("department", labels.department, metadata.department),
        ("fiscal year", labels.fiscal_year, metadata.fiscal_year),
        ("stated total", labels.stated_total, total),
    ):
        if wanted != read:
            yield f"{name} {read} instead of {wanted}"


def _texts(values: Counter[Decimal]) -> tuple[str, ...]:
    return tuple(f"{value:f}" for value in sorted(values.elements()))


def _shown(indicator: Indicator) -> str:
    score = indicator.score.printed if indicator.score is not None else None
    return f"{indicator.name} {score} of {indicator.full_mark.printed if indicator.full_mark else None}"
