"""Draw mutants: a report, a relation of it, a figure of that and a slip, by a seeded die. Same seed, same mutants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.mutants.changes import SLIPS, Change, leave_stale
from benchmarks.mutants.clean import CleanReport
from benchmarks.mutants.figures import Figure
from benchmarks.mutants.relations import Family, Relation
from pipeline.model.text import Span

_VAIN_DRAWS = 3000
_STALE = "total not updated"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed figure that breaks a relation. `relation_index` is its place among the report's relations."""

    report: str
    relation_index: int
    family: Family
    origin: str
    description: str
    span: Span
    old: str
    new: str
    slip: str


def draw(
    reports: Sequence[CleanReport],
    count: int,
    seed: int,
    wanted: Callable[[CleanReport, Relation], bool] | None = None,
) -> list[Mutant]:
    """Up to `count` different mutants, families and origins by turns, each spread over its reports."""
    pools: dict[tuple[Family, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    by_name = {report.name: report for report in reports}
    for report in reports:
        for index, relation in enumerate(report.relations):
            if wanted is None or wanted(report, relation):
                pools[relation.family, relation.origin][report.name].append(index)
    streams = {key: _stream(by_name, pool, Random(f"{seed} {key[0]} {key[1]}")) for key, pool in sorted(pools.items())}
    found: list[Mutant] = []
    taken: set[tuple[str, Span, str]] = set()
    while streams and len(found) < count:
        for key in list(streams):
            mutant = _next_new(streams[key], taken)
            if mutant is None:
                del streams[key]
            elif len(found) < count:
                found.append(mutant)
    return found


def _next_new(stream: Iterator[Mutant | None], taken: set[tuple[str, Span, str]]) -> Mutant | None:
    """The next mutant not drawn before; None when many draws in a row bring none."""
    for _ in range(_VAIN_DRAWS):
        mutant = next(stream)
        if mutant is not None and (mutant.report, mutant.span, mutant.new) not in taken:
            taken.add((mutant.report, mutant.span, mutant.new))
            return mutant
    return None


def _stream(reports: dict[str, CleanReport], pool: dict[str, list[int]], random: Random) -> Iterator[Mutant | None]:
    """Endless draws from one family; None where the die gives a slip that cannot occur or breaks nothing."""
    names = sorted(pool)
    slips = (*SLIPS, _STALE)
    while True:
        report = reports[random.choice(names)]
        index = random.choice(pool[report.name])
        relation = report.relations[index]
        figure = random.choice(relation.figures)
        slip = random.choice(slips)
        change = _change(relation, figure, slip, random)
        if change is None or not relation.is_broken_by(figure, change):
            yield None
            continue
        old = report.report.document.page(figure.page).text[figure.start : figure.end]
        yield Mutant(
            report.name,
            index,
            relation.family,
            relation.origin,
            relation.description,
            figure.span,
            old,
            change.text,
            change.slip,
        )


def _change(relation: Relation, figure: Figure, slip: str, random: Random) -> Change | None:
    if slip != _STALE:
        return SLIPS[slip](figure, random)
    addends = relation.addends_of(figure)
    return leave_stale(figure, random.choice(addends)) if len(addends) > 1 else None
