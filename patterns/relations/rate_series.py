"""Series: figures and their rates in two lists, one for one (“累计支出分别为 a、b 和 c，支出进度分别为 p、q 和 r”)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import regex

from patterns.relations.rate_words import rate_name
from patterns.relations.wording import Wording


@dataclass(frozen=True, slots=True)
class RateSeries:
    """Figures and percentages (by index), the first percentage being the rate of the first figure, and so on."""

    name: str
    figures: tuple[int, ...]
    percents: tuple[int, ...]


_EACH = regex.compile(r"分别(?:为|是|达到?|占)?[:，,]?$")
_JOINTS = frozenset({"、", "和", "与", "及", "以及", "，", ","})
_LEAST = 3


def find_rate_series(wording: Wording) -> Iterator[RateSeries]:
    """Every list of at least three rates right behind a list of as many figures."""
    runs = list(_runs(wording))
    for figures, percents in pairwise(runs):
        measure = wording.terms[figures[0]].measure
        both = _is_announced(wording, figures[0]) and _is_announced(wording, percents[0])
        name = rate_name(wording.lead(percents[0]))
        if (
            both
            and name is not None
            and measure not in ("percent", "score")
            and wording.terms[percents[0]].measure == "percent"
            and len(figures) == len(percents) >= _LEAST
        ):
            yield RateSeries(name, figures, percents)


def _runs(wording: Wording) -> Iterator[tuple[int, ...]]:
    """Figures of one measure that only commas and 和 part."""
    run: list[int] = []
    for i in range(len(wording.terms)):
        if run:
            between = wording.text[wording.terms[i - 1].end : wording.terms[i].start]
            if between not in _JOINTS or wording.terms[i].measure != wording.terms[i - 1].measure:
                yield tuple(run)
                run = []
        run.append(i)
    if run:
        yield tuple(run)


def _is_announced(wording: Wording, first: int) -> bool:
    return _EACH.search(wording.lead(first)) is not None


# text, (name, figures, percentages) as printed
RATE_SERIES_EXAMPLES: tuple[tuple[str, tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]], ...] = (
    (
        "前三个季度累计支出分别为20万元、45万元和70万元，支出进度分别为20%、45%和70%。",
        (("支出进度", ("20万元", "45万元", "70万元"), ("20%", "45%", "70%")),),
    ),
    ("前三个季度支出分别为20万元、45万元和70万元，支出进度20%、45%和70%。", ()),
    ("支出分别为20万元、45万元和70万元，支出进度分别为20%和45%。", ()),
)
