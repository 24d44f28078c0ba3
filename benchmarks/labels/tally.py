"""Measures as a table, a row for each report, each genre and all, and as a list of what was missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from benchmarks.labels.measure import Measure, Overlap
from pipeline.model.report import Genre

_COLUMNS = ("money R", "P", "percent R", "P", "indic. F1", "metadata", "found", "errors", "flagged", "verified")
_WIDTHS = (9, 8, 11, 8, 11, 10, 10, 8, 9, 14)


def recall(overlaps: Sequence[Overlap]) -> Fraction | None:
    """The share of what is labelled that was read; None where nothing is labelled."""
    common = sum(overlap.common for overlap in overlaps)
    return _share(common, common + sum(len(overlap.missing) for overlap in overlaps))


def precision(overlaps: Sequence[Overlap]) -> Fraction | None:
    """The share of what was read that is labelled; None where nothing was read."""
    common = sum(overlap.common for overlap in overlaps)
    return _share(common, common + sum(len(overlap.extra) for overlap in overlaps))


def f1(overlaps: Sequence[Overlap]) -> Fraction | None:
    """The harmonic mean of recall and precision; None where nothing is labelled and nothing was read."""
    twice = 2 * sum(overlap.common for overlap in overlaps)
    only = sum(len(overlap.missing) + len(overlap.extra) for overlap in overlaps)
    return _share(twice, twice + only)


def table(measures: Sequence[Measure]) -> Iterator[str]:
    """Lines: a row for each report, then the totals of each genre and of all."""
    yield _line(_COLUMNS, "report")
    for measure in measures:
        yield row(measure.labels.name, [measure])
    yield ""
    for genre in Genre:
        of_genre = [measure for measure in measures if measure.labels.genre is genre]
        if of_genre:
            yield row(f"{genre} ({len(of_genre)})", of_genre)
    yield row(f"all ({len(measures)})", measures)


def row(name: str, measures: Sequence[Measure]) -> str:
    """The measures of one or several reports, taken together."""
    money = [measure.money for measure in measures]
    percent = [measure.percent for measure in measures]
    planted = sum(len(measure.to_be_found) for measure in measures)
    missed = sum(len(measure.not_found) for measure in measures)
    holding = sum(len(measure.labels.holding) for measure in measures)
    unverified = sum(len(measure.unverified) for measure in measures)
    wrong_metadata = sum(len(measure.wrong_metadata) for measure in measures)
    cells = (
        _shown(recall(money)),
        _shown(precision(money)),
        _shown(recall(percent)),
        _shown(precision(percent)),
        _shown(f1([measure.indicators for measure in measures])),
        f"{3 * len(measures) - wrong_metadata} of {3 * len(measures)}",
        f"{planted - missed} of {planted}",
        f"{sum(len(measure.unlabelled) for measure in measures)}",
        f"{sum(len(measure.flagged) for measure in measures)}",
        f"{holding - unverified} of {holding}",
    )
    return _line(cells, name)


def missed_lines(measure: Measure) -> Iterator[str]:
    """A line for everything that is not as labelled, under the name of the report."""
    yield measure.labels.name
    for kind, overlap in (("money", measure.money), ("percent", measure.percent), ("indicator", measure.indicators)):
        yield from (f"    {kind} not read: {item}" for item in overlap.missing)
        yield from (f"    {kind} not labelled: {item}" for item in overlap.extra)
    yield from (f"    metadata: {item}" for item in measure.wrong_metadata)
    for contradiction in measure.not_found:
        relation = contradiction.relation
        yield f"    contradiction not found: {relation.what} {relation.stated}: {contradiction.wrong}"
    yield from (f"    unlabelled error: {finding.code} {finding.message}" for finding in measure.unlabelled)
    for trap in measure.flagged:
        yield f"    flagged: {', '.join(trap.figures)}: {trap.why}"
    for relation in measure.unverified:
        yield f"    not verified: {relation.what} {relation.stated} from {', '.join(relation.operands)}"


def _share(part: int, of: int) -> Fraction | None:
    return Fraction(part, of) if of else None


def _shown(share: Fraction | None) -> str:
    # Rounded down: what is not all is never told as 100%.
    return "-" if share is None else f"{share.numerator * 1000 // share.denominator / 10:.1f}%"


def _line(cells: Sequence[str], name: str) -> str:
    return "".join(f"{cell:>{width}}" for cell, width in zip(cells, _WIDTHS, strict=True)) + f"  {name}"
