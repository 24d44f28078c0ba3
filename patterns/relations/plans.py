"""Plans for things other than money: “计划新增床位320张，完成病房面积4,600平方米”, one word of plan for all of a list.

A rate of completion told elsewhere in the report is measured against the plan of the same subject in the same unit.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from patterns.relations.asides import is_aside
from patterns.relations.wording import Wording

_PLAN = regex.compile(r"计划(?!生育|财务|单列)|目标(?:任务)?(?:是|为)?|年度任务|任务(?:是|为|数)|拟|应(?=完成|建|开展)")
_DONE = regex.compile(r"实际|已|累计|截[至止]|均|全部|超额|提前|完成率|共完成|先后|顺利")
# Plans of several years, of a part of the year, or for the time to come: no rate of the year is measured by them.
_OTHER_TIME = regex.compile(
    r"[二三四五六]年(?:行动|计划|规划)?|“?十[三四五]五”?|20\d\d(?:年)?(?:至|-|—|~)+20\d\d|季度|上半年|下半年|月(?:份|底|计划)"
    r"|下一?年|明年|下一步|今后|未来|总体|总目标|规划期|上年|去年|往年"
)
_VERBS = regex.compile(
    r"(?:20\d\d年(?:度)?|计划(?:数)?|目标(?:任务)?|年度任务|任务|本年度?|当年|全年|年度|年内|本项目|项目|实际|已|共计?|总计|累计"
    r"|新增|新建|改建|扩建|建设|建成|完成|开展|实施|组织|举办|开设|推进|实现|达到?|为|是|约|的|数量?|其中|[\p{P}\p{S}\s])+"
)
_RATE_WORDS = regex.compile(r"(?:任务|目标|计划|数量)?(?:完成|达成|实现)(?:率|比例|比率|进度)$")
_NOUN = regex.compile(r"^[\p{Han}]{2,8}")
_LEAST = 2


def is_thing(measure: str) -> bool:
    """Whether figures of this measure count or measure things, not money or shares."""
    return measure.startswith(("count:", "area:", "other:")) and measure != "other:百分点"


def thing_of(wording: Wording, i: int) -> str:
    """What a figure counts: the words before it without verbs and time, or the noun behind it; empty for neither."""
    name = _VERBS.sub("", wording.head(i))
    if len(name) >= _LEAST:
        return name
    behind = _NOUN.match(_VERBS.sub("", wording.tail(i)))
    return behind.group() if behind is not None else ""


def thing_of_rate(name: str) -> str:
    """What the name of a rate of completion speaks of: 学位 for 学位完成率, empty for 完成率."""
    return _VERBS.sub("", _RATE_WORDS.sub("", name))


def is_completion(name: str) -> bool:
    """Whether a rate measures what was done against a plan (…完成率)."""
    return _RATE_WORDS.search(name) is not None


def find_plans(wording: Wording) -> Iterator[tuple[int, str]]:
    """Every planned figure (by index) with what it counts: the one behind the word of plan, and those listed on."""
    planned = False
    sentence = 0
    for i, term in enumerate(wording.terms):
        start = wording.sentence_at(term.start)[0]
        head = wording.head(i)
        if start != sentence or ";" in wording.lead(i):
            planned, sentence = False, start
        if _OTHER_TIME.search(wording.text, start, term.start) or _DONE.search(head) or not is_thing(term.measure):
            planned = False
            continue
        planned = planned or _PLAN.search(head) is not None
        thing = thing_of(wording, i)
        if planned and thing and term.approximate is None and not is_aside(wording, i):
            yield i, thing


def find_completed(wording: Wording, percent: int, name: str, since: int) -> int | None:
    """The figure that a rate of completion is the rate of: the one its name names, or the only one before it."""
    end = wording.terms[percent].start
    bracket = wording.bracket_at(end)
    figures = [
        i
        for i in wording.at_level(wording.terms_between(since, end), bracket)
        if is_thing(wording.terms[i].measure) and not is_aside(wording, i)
    ]
    wanted = thing_of_rate(name)
    named = [i for i in figures if wanted and thing_of(wording, i) == wanted]
    if wanted:
        return named[0] if named else None
    return figures[0] if len(figures) == 1 else None


# text, (planned figure, what it counts) as printed
PLAN_EXAMPLES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("2023年计划新增床位320张，完成病房面积4,600平方米。", (("320张", "床位"), ("4,600平方米", "病房面积"))),
    ("计划新建5个停车场。", (("5个", "停车场"),)),
    ("计划开展巡查20次，实际开展巡查18次。", (("20次", "巡查"),)),
    ("三年计划新增床位960张。", ()),
    ("下一步计划新增床位200张。", ()),
    ("计划投资80万元，新增床位320张。", ()),
    ("新增床位320张。", ()),
)

# text, name of the rate, the figure it is the rate of, as printed
COMPLETED_EXAMPLES: tuple[tuple[str, str, str | None], ...] = (
    ("实际新增床位270张，其中甲院150张，乙院120张，床位完成率84.38%。", "床位完成率", "270张"),
    ("完成病房面积4,140平方米，完成率90.00%。", "完成率", "4,140平方米"),
    ("完成病房面积4,140平方米，新增床位270张，完成率90.00%。", "完成率", None),
)
