"""Differences with a name of their own: 审减 of 送审 and 审定, 节约 of 预算 and 中标价, what a plan is exceeded by.

Sources: 基本建设财务规则 (送审, 审定 and 审减 of construction costs), 政府采购法实施条例 (预算金额 and 中标、成交金额).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from patterns.relations.roles import Role, role_of
from patterns.relations.wording import Wording


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure (by index) that is told as `minuend` less `subtrahend`. `certain` says that its sentence tells no other
    figure of their measure before it."""

    stated: int
    minuend: int
    subtrahend: int
    certain: bool


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a difference is called (last thing before its figure, and as a rate), and what it is between."""

    name: regex.Pattern[str]
    rate: regex.Pattern[str]
    minuend: regex.Pattern[str]
    subtrahend: regex.Pattern[str]


_FILLER = r"(?:了|资金|金额|投资|造价|费用|经费|成本|支出|预算|财政|工程款?|额|数|共计?|合计|总计|为|达到?|约|[:：])*$"
_AUDITED = _Kind(
    regex.compile(rf"(?:审减|核减|净审减){_FILLER}"),
    regex.compile(r"(?:审减|核减)(?:率|比例|幅度)$"),
    regex.compile(r"送审|报审|申报|上报|报送|提报|申请"),
    regex.compile(r"审定|核定|审核(?:后|确认|定|金额|价)|评审(?:后|价|金额|确认)|审计(?:后|确认|金额)"),
)
_SAVED = _Kind(
    regex.compile(rf"(?:节约|节省|节支|节减){_FILLER}"),
    regex.compile(r"(?:节约|节省|节支|节资)(?:率|比例)$"),
    regex.compile(r"预算|控制价|限价|概算|估算|标底|拦标价|计划"),
    regex.compile(r"中标|成交|合同|实际|决算|结算|完成投资|采购(?:金额|价)|签约"),
)
_BELOW_LIMIT = _Kind(
    regex.compile(rf"(?:下浮|让利){_FILLER}"),
    regex.compile(r"(?:下浮|让利)(?:率|比例|幅度)$"),
    regex.compile(r"控制价|限价|标底|拦标价|预算"),
    regex.compile(r"中标|成交|合同"),
)
_DEDUCTED = _Kind(
    regex.compile(r"(?:扣除?|扣减|失)(?:了)?$"),
    regex.compile(r"扣分率$"),
    regex.compile(r"满分|分值|权重"),
    regex.compile(r"(?:实际?|自评|评价|最终)?(?:得分|得)(?:为)?$"),
)
_KINDS = (_AUDITED, _SAVED, _BELOW_LIMIT, _DEDUCTED)
_EXCEEDED = regex.compile(
    r"(?:超额|超出?|多)(?:完成)?(?:了)?(?:年度|计划|目标|任务)*(?:数)?$|超(?:计划|目标|任务)(?:完成)?$"
)
_APART = regex.compile(r"(?:相差|相距|差距|差额)(?:了|为|达|[:：])*$")
# 前者高出后者, 高出目标值: between the only two percentages that the sentence tells before it.
_POINTS_APART = regex.compile(
    r"(?:两者|两院|二者)?(?:相差|差距)$|^[，,]?(?:前者|后者)?(?:高出|低于|高于)(?:前者|后者|目标值?)?$"
)
_POINTS = "other:百分点"
_COMPARED = regex.compile(
    r"(?:(?:较|比)(?P<name>[\p{Han}]{2,8}?)(?:数|额)?)?(?<!同)"
    r"(?:净|共|实际)?(?:(?P<up>增加|增长|新增|增|多|高出|高|提高|超出|上升)|减少|下降|减|少|低|降低|压减|缩减)(?:了|额|数|为)*$"
)
_COMPARED_INLINE = regex.compile(r"(?:较|比)[\p{Han}]{2,10}$")
_LIMITED = frozenset({"以上", "以下", "不足", "超过"})


def find_differences(wording: Wording) -> Iterator[Difference]:
    """Every difference with a name whose two figures stand before it in its sentence."""
    yield from _in_any_order(wording)
    for i, term in enumerate(wording.terms):
        if not i or term.measure == "percent" or term.approximate is not None:
            continue
        head = wording.head(i)
        if term.measure == _POINTS:
            points = _percents_apart(wording, i)
            if points is not None:
                yield points
            continue
        compared = _compared(wording, i)
        if compared is not None:
            yield compared
            continue
        kind = next((kind for kind in _KINDS if kind.name.search(head)), None)
        before = _before(wording, i) if kind or _EXCEEDED.search(head) or _APART.search(head) else []
        if kind is not None:
            pair = _pair_of(wording, kind, before)
        elif _EXCEEDED.search(head):
            pair = _plan_and_outcome(wording, before)
        else:
            pair = _larger_first(wording, before) if len(before) == 2 else None
        if pair is not None:
            yield Difference(i, *pair, certain=len(before) == 2)


def _percents_apart(wording: Wording, i: int) -> Difference | None:
    """“甲率 92.4%，乙率 84.9%，前者高出后者 7.5个百分点”: the larger of two percentages less the smaller."""
    if not _POINTS_APART.search(wording.lead(i)):
        return None
    start = wording.sentence_at(wording.terms[i].start)[0]
    before = [j for j in wording.terms_between(start, wording.terms[i].start) if wording.terms[j].measure == "percent"]
    exact = all(wording.terms[j].approximate is None for j in before)
    return Difference(i, *_larger_first(wording, before), certain=True) if len(before) == 2 and exact else None


def _in_any_order(wording: Wording) -> Iterator[Difference]:
    """“送审 A，核减 D，审定 B”: where the difference is told before the figure that it leaves."""
    start = 0
    for end in wording.sentence_ends:
        here = wording.terms_between(start, end)
        for kind in _KINDS:
            stated = [i for i in here if kind.name.search(wording.head(i)) and wording.terms[i].measure != "percent"]
            if len(stated) == 1 and stated[0] + 1 < here.stop:
                same = [i for i in here if wording.terms[i].measure == wording.terms[stated[0]].measure]
                pair = _pair_of(wording, kind, [i for i in same if i != stated[0]])
                if pair is not None and len(same) == 3 and pair[1] > stated[0]:
                    yield Difference(stated[0], *pair, certain=True)
        start = end


def _compared(wording: Wording, i: int) -> Difference | None:
    """“年初预算 A，调整后 B，较年初净增 D”, “A，比任务 B 多 D”, “A，比上年多 D，上年为 B”: the figure that the
    comparison names, and the only other one of its measure beside it."""
    match = _COMPARED.search(wording.lead(i))
    if match is None:
        return None
    before = _before(wording, i)
    if match.group("name"):
        named = [j for j in before if match.group("name") in wording.head(j)]
        named = named or _told_behind(wording, i, match.group("name"))
    else:
        named = [j for j in before if j == i - 1 and _COMPARED_INLINE.search(wording.lead(j))]
    others = [j for j in before if j not in named]
    if len(named) != 1 or len(others) != 1:
        return None
    current, base = others[0], named[0]
    up = match.group("up") is not None
    return Difference(i, *((current, base) if up else (base, current)), certain=True)


def _told_behind(wording: Wording, i: int, name: str) -> list[int]:
    """The figure right behind a difference that is told under the name it was compared with (比上年多 D，上年为 B)."""
    behind = i + 1
    if behind == len(wording.terms) or wording.terms[behind].measure != wording.terms[i].measure:
        return []
    same_sentence = wording.sentence_at(wording.terms[behind].start) == wording.sentence_at(wording.terms[i].start)
    return [behind] if same_sentence and wording.head(behind).strip("(，,").startswith(name) else []


def share_saved(wording: Wording, name: str, before: Sequence[int]) -> tuple[int, int] | None:
    """What a rate of a difference divides (审减率, 资金节约率): the difference told before it by its minuend."""
    kind = next((kind for kind in _KINDS if kind.rate.search(name)), None)
    if kind is None or not before:
        return None
    told = [difference for difference in find_differences(wording) if difference.stated in before]
    named = [difference for difference in told if kind.name.search(wording.head(difference.stated))]
    if named:
        return (named[0].stated, named[0].minuend) if len(named) == 1 else None
    changes = [i for i in before if kind.name.search(wording.head(i)) and wording.terms[i].measure != "percent"]
    uppers = [i for i in before if kind.minuend.search(wording.head(i)) and i not in changes]
    same = [i for i in before if changes and wording.terms[i].measure == wording.terms[changes[0]].measure]
    return (changes[0], uppers[0]) if len(changes) == len(uppers) == 1 and len(same) == 2 else None


def _before(wording: Wording, i: int) -> list[int]:
    """The figures of its measure before a figure, in its sentence and beside it."""
    term = wording.terms[i]
    start = wording.sentence_at(term.start)[0]
    level = wording.at_level(wording.terms_between(start, term.start), wording.bracket_at(term.start))
    return [j for j in level if wording.terms[j].measure == term.measure]


def _pair_of(wording: Wording, kind: _Kind, before: Sequence[int]) -> tuple[int, int] | None:
    """The one minuend and the one subtrahend by their names; what names both is the latter (预算采购中标价)."""
    lower = [j for j in before if kind.subtrahend.search(wording.head(j))]
    upper = [j for j in before if j not in lower and kind.minuend.search(wording.head(j))]
    return (upper[0], lower[0]) if len(upper) == len(lower) == 1 else None


def _plan_and_outcome(wording: Wording, before: Sequence[int]) -> tuple[int, int] | None:
    planned = [j for j in before if role_of(wording.head(j)) is Role.PLANNED]
    done = [j for j in before if role_of(wording.head(j)) is Role.DONE]
    if len(planned) != 1 or len(done) != 1 or wording.terms[planned[0]].approximate in _LIMITED:
        return None
    return done[0], planned[0]


def _larger_first(wording: Wording, before: Sequence[int]) -> tuple[int, int]:
    first, second = before
    return (first, second) if wording.terms[first].value >= wording.terms[second].value else (second, first)


# text, (difference, minuend, subtrahend, whether certain) as printed
DIFFERENCE_EXAMPLES: tuple[tuple[str, tuple[tuple[str, str, str, bool], ...]], ...] = (
    ("送审金额120万元，审定金额110万元，审减10万元。", (("10万元", "120万元", "110万元", True),)),
    ("采购预算250万元，中标金额228万元，节约资金22万元。", (("22万元", "250万元", "228万元", True),)),
    ("控制价50万元，中标价48万元，下浮2万元。", (("2万元", "50万元", "48万元", True),)),
    ("计划巡查50次，实际巡查56次，超额完成6次。", (("6次", "56次", "50次", True),)),
    ("自评得分96分，复核得分88分，相差8分。", (("8分", "96分", "88分", True),)),
    ("年初预算480万元，调整预算数530万元，较年初净增50万元。", (("50万元", "530万元", "480万元", True),)),
    ("到位资金41.6亿元，比年度任务40亿元多1.6亿元。", (("1.6亿元", "41.6亿元", "40亿元", True),)),
    ("立案83起，上年为71起，比上年多12起。", (("12起", "83起", "71起", True),)),
    ("接待18.25万人次，比上年多2.37万人次，上年为15.88万人次。", (("2.37万人次", "18.25万人次", "15.88万人次", True),)),
    ("支出80万元，其中会议费3万元，比上年减少2万元。", ()),
    ("预算60万元，其中设备50万元，中标金额48万元，节约2万元。", (("2万元", "60万元", "48万元", False),)),
    ("送审价9,432万元，核减566万元，审定造价8,866万元。", (("566万元", "9,432万元", "8,866万元", True),)),
    ("产出类指标满分35分，因进度滞后扣3.5分，实得31.5分。", (("3.5分", "35分", "31.5分", True),)),
    ("甲率92.4%，乙率84.9%，前者高出后者7.5个百分点。", (("7.5个百分点", "92.4%", "84.9%", True),)),
    ("甲率92.4%，比上年提高7.5个百分点。", ()),
    ("比上年节约10万元。", ()),
    ("送审金额120万元，审减率5%。", ()),
)

# text, name of the last percentage, (difference, what it is measured by) as printed
SHARE_SAVED_EXAMPLES: tuple[tuple[str, str, tuple[str, str] | None], ...] = (
    ("送审金额120万元，审定金额110万元，审减10万元，审减率8.33%。", "审减率", ("10万元", "120万元")),
    ("预算50万元，成交48万元，节约资金2万元，资金节约率4%。", "资金节约率", ("2万元", "50万元")),
    ("送审金额120万元，审减10万元，审减率8.33%。", "审减率", ("10万元", "120万元")),
    ("合同金额120万元，审减10万元，审减率8.33%。", "审减率", None),
    ("预算50万元，成交48万元，节约资金2万元，执行率96%。", "执行率", None),
)
