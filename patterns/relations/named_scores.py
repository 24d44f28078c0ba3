"""Scores told beside a name, without a full mark: "决策指标得18.50分，得分率92.50%", "投入14.00分，过程30.00分"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from patterns.relations.wording import Wording

_BEFORE = regex.compile(r"(?:指标|部分)?(?P<said>(?:评价|自评|实际|综合)?(?:得分|得)(?:为|是|:)?)?(?:共计?|合计)?$")
_NAME = regex.compile(r"(?:^|[，,。;；:、)]|其中|分别为|(?<=分)和|以及)(?P<name>[\p{Han}“”]{2,18})$")
_OTHER_SCORE = regex.compile(r"分值|满分|权重|扣|上年|去年|以上|以下|\d{4}年(?:评价|自评)?得分|可得|最[高多低少]|加分")
_RATE = regex.compile(r"[，,]?得分率(?:为|是|:|达到|达)?$")
_RATES = regex.compile(r"得分率(?:依次|分别)(?:为|是|:)?$")


@dataclass(frozen=True, slots=True)
class NamedScore:
    """A score (by index) with the name right before it; `rate` is the score rate told for it. `said` is False where no
    word says that it is a score and not a full mark."""

    name: str
    score: int
    said: bool
    rate: int | None = None


def find_named_scores(wording: Wording) -> Iterator[tuple[NamedScore, ...]]:
    """Scores with names, those of one sentence together."""
    start = 0
    for end in wording.sentence_ends:
        found = [
            named
            for i in wording.terms_between(start, end)
            if wording.terms[i].measure == "score" and (named := _named(wording, i)) is not None
        ]
        if found:
            yield tuple(_with_rates(wording, found, end))
        start = end


def _named(wording: Wording, i: int) -> NamedScore | None:
    lead = wording.lead(i)
    before = _BEFORE.search(lead)
    if before is None:
        return None
    name = _NAME.search(lead[: before.start()])
    if name is None or _OTHER_SCORE.search(name.group("name")) or _OTHER_SCORE.search(wording.tail(i)):
        return None
    return NamedScore(name.group("name").strip("“”"), i, before.group("said") is not None)


def _with_rates(wording: Wording, found: list[NamedScore], end: int) -> Iterator[NamedScore]:
    """Each with the rate right behind it, or all with the rates told for them together at the end."""
    percents = [i for i in wording.terms_between(wording.terms[found[-1].score].end, end) if _is_percent(wording, i)]
    together = len(percents) == len(found) > 1 and _RATES.search(wording.lead(percents[0])) is not None
    for place, named in enumerate(found):
        following = named.score + 1
        if together:
            yield replace(named, rate=percents[place])
        elif (
            following < len(wording.terms)
            and _is_percent(wording, following)
            and _RATE.fullmatch(wording.lead(following))
        ):
            yield replace(named, rate=following)
        else:
            yield named


def _is_percent(wording: Wording, i: int) -> bool:
    return wording.terms[i].measure == "percent"


# text, then (name, score, whether it is said to be one, rate) of each
NAMED_SCORE_EXAMPLES: tuple[tuple[str, tuple[tuple[str, str, bool, str | None], ...]], ...] = (
    (
        "其中：决策指标得18.50分，得分率92.50%；过程指标得17.20分，得分率86.00%。",
        (("决策", "18.50分", True, "92.50%"), ("过程", "17.20分", True, "86.00%")),
    ),
    ("其中：投入14.00分，过程27.50分。", (("投入", "14.00分", False, None), ("过程", "27.50分", False, None))),
    (
        "其中，部门决策12分，部门管理18.40分，得分率分别为80.00%和92.00%。",
        (("部门决策", "12分", False, "80.00%"), ("部门管理", "18.40分", False, "92.00%")),
    ),
    ("成本控制得4.5分。", (("成本控制", "4.5分", True, None),)),
    ("决策指标分值20分，过程指标满分25分。", ()),
    ("资金使用不规范的，扣2分。", ()),
    ("上年决策得18分。", ()),
    ("优秀90分以上。", ()),
)
