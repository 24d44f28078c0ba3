"""Which rubric (评分标准) scores an indicator: the one the report prints, else that of a framework it follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from patterns.rubric.compile import compile_rubric
from patterns.rubric.framework import Framework, match_framework
from patterns.rubric.model import Rubric
from pipeline.model.indicator import Indicator
from pipeline.model.report import Report


@dataclass(frozen=True, slots=True)
class RubricSource:
    """A compiled rubric and where it comes from: `framework` is None where the report prints it itself."""

    indicator: Indicator
    rubric: Rubric
    framework: Framework | None


@lru_cache(maxsize=1)
def rubrics_of(report: Report) -> tuple[RubricSource, ...]:
    """The rubric of every scored leaf that has one, in report order."""
    parents = {indicator.parent_id for indicator in report.indicators}
    leaves = [i for i in report.indicators if i.score is not None and i.level > 0 and i.indicator_id not in parents]
    framework = _framework(report, leaves)
    own = _own_rubrics(leaves)
    found = []
    for leaf in leaves:
        if leaf.rubric is not None:
            found.append(RubricSource(leaf, own[leaf.indicator_id], None))
        elif framework is not None:
            full_mark = leaf.full_mark.value if leaf.full_mark is not None else None
            matched = framework.indicator(leaf.name, full_mark)
            if matched is not None:
                found.append(RubricSource(leaf, matched.rubric, framework))
    return tuple(found)


def _own_rubrics(leaves: list[Indicator]) -> Mapping[str, Rubric]:
    return {
        leaf.indicator_id: compile_rubric(
            leaf.rubric, leaf.full_mark.value if leaf.full_mark is not None else None, leaf.name
        )
        for leaf in leaves
        if leaf.rubric is not None
    }


def _framework(report: Report, leaves: list[Indicator]) -> Framework | None:
    """The published framework a report without rubrics of its own follows, by its title or by its indicators."""
    if not leaves or any(leaf.rubric is not None for leaf in leaves):
        return None
    text = "".join(p.passage.text for p in report.document.paragraphs if "体系" in p.passage.text)
    marked = [(leaf.name, leaf.full_mark.value if leaf.full_mark is not None else None) for leaf in leaves]
    return match_framework(text or None, marked)
