"""Rates: a percentage that the text presents as one figure divided by another.

“预算100万元，实际支出95万元，执行率95%”: which figures a rate may divide, by their roles and their places.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from patterns.relations.changes import is_change
from patterns.relations.defined_rates import adjustment_of, carried_share, fulfilment_of_subject, named_part_of_all
from patterns.relations.differences import share_saved
from patterns.relations.named_rates import divided_by_name
from patterns.relations.rate_words import (
    FULFILMENT,
    RateKind,
    fulfilled_plan,
    is_initial_plan,
    kind_of,
    may_divide,
    plan_in_name,
    rate_name,
    states_no_result,
    timely_act,
)
from patterns.relations.roles import Role, is_whole, role_of, subject_of
from patterns.relations.wording import Wording


@dataclass(frozen=True, slots=True)
class Pair:
    """Figures (by index) whose sum is divided by the sum of others. `by_role` says that their roles fit the rate,
    `close` that both stand in the sentence of the rate."""

    numerator: tuple[int, ...]
    denominator: tuple[int, ...]
    by_role: bool
    close: bool


@dataclass(frozen=True, slots=True)
class Rate:
    """A percentage (by index), what it is called, and the pairs of figures that it may divide, the likeliest first.

    `only` is the pair that the sentence leaves as the only one by the roles of its figures, None where there are
    several or none; `rivals` are all pairs of fitting roles in the sentence. `firm` says that no other plan
    than that of `only` can be meant: it is not just the year's beginning, and the rate is one of plan and fulfilment.
    `lone` is the one figure of what was done where the
    sentence tells no plan for it.
    """

    percent: int
    name: str
    pairs: tuple[Pair, ...]
    only: Pair | None
    rivals: tuple[Pair, ...]
    firm: bool
    lone: int | None
    start: int
    end: int


_BASE_NAMED = regex.compile(r"口径|基数|剔除|扣除|可比|按(?:照)?[^，,;。]{2,16}(?:计算|测算|统计)")
_BASE_NAMED_BEHIND = regex.compile(r"\([^()]*(?:口径|基数|剔除|扣除|不含|可比|分母)[^()]*\)")
_THRESHOLDS = frozenset({"以上", "以下", "不足", "超过"})
_OF_INLINE = regex.compile(r"的")
_AMONG = regex.compile(r"其中[:，,]?")
_OF_ALL = regex.compile(
    r"^(?:全年|年度|总体|部门|项目|整体|资金)*预算(?:资金)?(?:执行|完成|支出)(?:率|进度)$|^(?:全年|年度|总体)(?:执行|支出)(?:率|进度)$"
)
_RUNNING = regex.compile(r"累计")
# Other words for being in time.
_IN_TIME = regex.compile(r"期限内|时限内|时间内|规定期|小时内|工作日内|按时|按期|及时")
_FAR = 10
_NUMERATORS = 4


def find_rates(wording: Wording) -> Iterator[Rate]:
    """Every percentage that names itself a rate, a share of fulfilment or a proportion, with what it may divide."""
    for i, term in enumerate(wording.terms):
        if term.measure != "percent" or term.approximate in _THRESHOLDS:
            continue
        if is_change(wording.head(i)) or states_no_result(wording.head(i)):
            continue
        if "分别" in wording.lead(i):
            continue  # which of the rates listed belongs to which figures, no single sentence part tells
        name = rate_name(wording.lead(i))
        if name is not None and "按" in wording.head(i):
            yield from _timely_rate(wording, i, name)
        elif name is not None:
            yield _rate(wording, i, name)
        elif i >= 2 and _OF_INLINE.fullmatch(wording.lead(i)):
            inline = _fulfilment(wording, i)
            if inline is not None:
                yield inline


def _fulfilment(wording: Wording, percent: int) -> Rate | None:
    """“实际支出 A，完成全年预算数 B 的 x%”: A divided by B."""
    plan, done = percent - 1, percent - 2
    name = fulfilled_plan(wording.lead(plan))
    if name is None or wording.terms[plan].measure != wording.terms[done].measure:
        return None
    start, end = wording.sentence_at(wording.terms[percent].start)
    if wording.terms[done].start < start or is_change(wording.head(done)):
        return None
    pair = Pair((done,), (plan,), True, True)
    only = pair if role_of(wording.head(done)) in (Role.DONE, Role.UNKNOWN) else None
    return Rate(percent, name, (pair,), only, (pair,) if only else (), True, None, start, end)


def _rate(wording: Wording, percent: int, name: str) -> Rate:
    kind = kind_of(name)
    start, end = wording.sentence_at(wording.terms[percent].start)
    rivals, firm = _rivals(wording, percent, kind, name, start)
    if _names_base(wording, percent):
        rivals, firm = (), False
    only = rivals[0] if len(rivals) == 1 else None
    return Rate(
        percent=percent,
        name=name,
        pairs=tuple(_pairs(wording, percent, kind, start)),
        only=only,
        rivals=rivals,
        firm=firm and only is not None and not any(is_initial_plan(wording.head(i)) for i in only.denominator),
        lone=_lone(wording, percent, name, start) if kind is FULFILMENT and not rivals else None,
        start=start,
        end=end,
    )


def _names_base(wording: Wording, percent: int) -> bool:
    """Whether the words around a rate say themselves what it is measured by (按调整后口径计算, 以有效问卷为基数)."""
    return bool(
        _BASE_NAMED.search(wording.lead(percent)) or _BASE_NAMED_BEHIND.match(wording.text, wording.terms[percent].end)
    )


def _timely_rate(wording: Wording, percent: int, name: str) -> Iterator[Rate]:
    """“签订合同50份，其中按期签订46份，按期签订率92%”: it accuses only where the whole counts the same act."""
    act = timely_act(name)
    start, end = wording.sentence_at(wording.terms[percent].start)
    level = _level(wording, percent, since_last_rate(wording, percent, start), wording.terms[percent].start)
    if not act or len(level) != 2 or wording.terms[level[0]].measure != wording.terms[level[1]].measure:
        return
    base, done = level
    in_time = act in wording.head(done) or (act[2:] in wording.head(done) and _IN_TIME.search(wording.lead(done)))
    if in_time and act not in wording.head(base):
        pair = Pair((done,), (base,), True, True)
        rivals = (pair,) if act[2:] in wording.head(base) else ()
        yield Rate(percent, name, (pair,), rivals[0] if rivals else None, rivals, False, None, start, end)


def since_last_rate(wording: Wording, percent: int, start: int) -> int:
    """Where the figures that belong to this rate begin: behind the rate before it, or with the sentence."""
    for i in range(percent - 1, -1, -1):
        if wording.terms[i].start < start:
            break
        if wording.terms[i].measure == "percent":
            return max(start, wording.terms[i].end)
    return start


def _rivals(wording: Wording, percent: int, kind: RateKind, name: str, start: int) -> tuple[tuple[Pair, ...], bool]:
    """The pairs that the words leave, and whether they do so firmly: by roles in the sentence of the rate.

    Where the sentence begins with the rate, the figures of the sentence before count; where roles say nothing, the
    name of the rate may (办结率 by 办结), or “6个中有5个”, or the name of a plan (年度总指标支出进度).
    """
    since = since_last_rate(wording, percent, start)
    end = wording.terms[percent].start
    before = wording.terms_between(start, end)
    adjusted = adjustment_of(wording, name, before)
    if adjusted is not None:
        return (_pair_of(adjusted),), True
    if kind.defined:
        found = _by_role(wording, percent, kind, name, (since, end))
        if found:
            return found, True
        earlier = wording.sentence_at(start - 1)[0] if start else start
        if not before and earlier < start:
            found = _by_role(wording, percent, kind, name, (earlier, start))
            if len(found) == 1:
                return found, False
        named = _by_plan_in_name(wording, percent, name, since)
        if named:
            return named, False
        of_subject = fulfilment_of_subject(wording, name, percent)
        if of_subject is not None:
            return (_pair_of(of_subject),), False
    by_name = _by_name(wording, percent, name, since)
    told = (
        carried_share(wording, name, before)
        or named_part_of_all(wording, name, before)
        or share_saved(wording, name, before)
    )
    return by_name or ((_pair_of(told),) if told is not None else ()), False


def _pair_of(divided: tuple[int, int]) -> Pair:
    return Pair((divided[0],), (divided[1],), True, True)


def _level(wording: Wording, percent: int, start: int, end: int) -> list[int]:
    """The figures of a stretch that stand beside the rate, inside no bracket of their own, changes left out."""
    bracket = wording.bracket_at(wording.terms[percent].start)
    level = wording.at_level(wording.terms_between(start, end), bracket)
    return [i for i in level if not is_change(wording.head(i)) and wording.terms[i].measure not in ("percent", "score")]


def _by_role(wording: Wording, percent: int, kind: RateKind, name: str, stretch: tuple[int, int]) -> tuple[Pair, ...]:
    """Every pair in a stretch of the text whose roles and measure fit the rate."""
    level = _level(wording, percent, *stretch)
    found: list[Pair] = []
    for measure in dict.fromkeys(wording.terms[i].measure for i in level):
        same = [i for i in level if wording.terms[i].measure == measure]
        above = [i for i in same if role_of(wording.head(i)) in kind.numerator]
        below = [i for i in same if role_of(wording.head(i)) in kind.denominator]
        if not above or not may_divide(name, measure, wording.head(above[-1])):
            continue
        found.extend(Pair((a,), (b,), True, True) for b in reversed(below) for a in reversed(above))
        if len(above) == len(below) and len(above) >= 2:
            found.append(Pair(tuple(above), tuple(below), True, True))
    return tuple(found)


def _by_plan_in_name(wording: Wording, percent: int, name: str, since: int) -> tuple[Pair, ...]:
    """“年度总指标 A。…累计支出 B，年度总指标支出进度 x%”: the plan that the rate's own name begins with."""
    plan = plan_in_name(name)
    if not plan:
        return ()
    plans = [i for i in range(percent) if plan in wording.lead(i) and wording.terms[i].measure == "money"]
    done = [
        i
        for i in _level(wording, percent, since, wording.terms[percent].start)
        if wording.terms[i].measure == "money" and role_of(wording.head(i)) is Role.DONE
    ]
    running = [i for i in done if _RUNNING.search(wording.head(i))] or done
    if len({wording.terms[i].value for i in plans}) != 1 or len(running) != 1:
        return ()
    return (Pair((running[0],), (plans[-1],), True, True),)


def _by_name(wording: Wording, percent: int, name: str, since: int) -> tuple[Pair, ...]:
    """The pair that the rate's own name points to, among the figures beside it."""
    divided = divided_by_name(wording, name, _level(wording, percent, since, wording.terms[percent].start))
    return (_pair_of(divided),) if divided is not None else ()


def _lone(wording: Wording, percent: int, name: str, start: int) -> int | None:
    """The only figure of what was done between the last rate and this one, where the sentence tells no plan.

    Parts listed behind 其中 may stand between, where the name of the rate says that it is one of the whole.
    """
    since = since_last_rate(wording, percent, start)
    end = wording.terms[percent].start
    among = _AMONG.search(wording.text, start, end)
    level = _level(wording, percent, since, end)
    if among is not None:
        behind = [i for i in level if wording.terms[i].start >= among.end()]
        if not _OF_ALL.search(name) or len(behind) < 2:
            return None
        level = [i for i in level if wording.terms[i].start < among.start()]
    if len(level) != 1 or role_of(wording.head(level[0])) is not Role.DONE:
        return None
    return level[0] if may_divide(name, wording.terms[level[0]].measure, wording.head(level[0])) else None


def plans_for(
    wording: Wording, done: int, reach: range, earlier: Wording, names_of_all: frozenset[str] = frozenset()
) -> list[int]:
    """Figures of `earlier`, within `reach`, that are plans for the same subject as a figure of what was done.

    `names_of_all` are subjects that stand for the whole that the report is about (项目 in the report on one project).
    """
    subject = _own_subject(subject_of(wording.head(done)), names_of_all)
    measure = wording.terms[done].measure
    return [
        i
        for i in reach
        if earlier.terms[i].measure == measure
        and role_of(earlier.head(i)) in FULFILMENT.denominator
        and not is_change(earlier.head(i))
        and _own_subject(subject_of(earlier.head(i)), names_of_all) == subject
    ]


def _own_subject(subject: str, names_of_all: frozenset[str]) -> str:
    return "" if subject in names_of_all else subject


def _pairs(wording: Wording, percent: int, kind: RateKind, start: int) -> Iterator[Pair]:
    """Pairs of one measure before the rate, or in a bracket right behind it: fitting roles first, then by nearness."""
    place = wording.terms[percent].start
    reach = [*range(max(0, percent - 3 * _FAR), percent), *_behind(wording, percent)]
    by_measure: dict[str, list[int]] = {}
    for i in reach:
        measure = wording.terms[i].measure
        if measure not in ("percent", "score"):
            by_measure.setdefault(measure, []).append(i)
    ranked: list[tuple[int, int, Pair]] = []
    for same in by_measure.values():
        nearest = sorted(same, key=lambda i: abs(wording.terms[i].start - place))
        for near, a in enumerate(nearest[:_NUMERATORS]):
            for far, b in enumerate(nearest[: 2 * _FAR]):
                if a != b:
                    pair = _pair(wording, kind, a, b, start)
                    ranked.append((0 if pair.by_role and pair.close else 1 if pair.by_role else 2, near + far, pair))
        ranked.extend((1, 0, pair) for pair in _sums(wording, kind, same, start))
    ranked.sort(key=lambda item: item[:2])
    for _, _, pair in ranked:
        yield pair


def _pair(wording: Wording, kind: RateKind, a: int, b: int, start: int) -> Pair:
    above, below = wording.head(a), wording.head(b)
    fits = role_of(above) in kind.numerator and (role_of(below) in kind.denominator or is_whole(below))
    return Pair((a,), (b,), fits, wording.terms[a].start >= start and wording.terms[b].start >= start)


def _sums(wording: Wording, kind: RateKind, same: list[int], start: int) -> Iterator[Pair]:
    """“编制10人，在编8人；编制20人，在编19人，控制率90%”: the sums of all done and of all planned in the sentence."""
    here = [i for i in same if wording.terms[i].start >= start]
    done = [i for i in here if role_of(wording.head(i)) is Role.DONE]
    planned = [i for i in here if role_of(wording.head(i)) is Role.PLANNED]
    if len(done) >= 2 and len(planned) >= 2 and kind.defined:
        yield Pair(tuple(done), tuple(planned), True, True)


def _behind(wording: Wording, percent: int) -> list[int]:
    """Figures in a bracket that opens right behind the rate: “执行率95%（支出95万元，预算100万元）”."""
    end = wording.terms[percent].end
    for opened, closed in wording.brackets:
        if opened == end:
            return list(wording.terms_between(opened, closed))
    return []


# text, then of each rate its percentage, its name, and the only pair that its sentence leaves, as printed
RATE_EXAMPLES: tuple[tuple[str, tuple[tuple[str, str, tuple[str, str] | None], ...]], ...] = (
    ("预算50万元，实际支出48万元，执行率96%。", (("96%", "执行率", ("48万元", "50万元")),)),
    ("年初预算40万元，全年预算50万元，实际支出48万元，执行率96%。", (("96%", "执行率", None),)),
    ("受理50件，办结49件，办结率98%。", (("98%", "办结率", ("49件", "50件")),)),
    ("申请50件，按期办结49件，按期办结率98%。", (("98%", "按期办结率", None),)),
    ("签订合同50份，其中按期签订49份，按期签订率98%。", (("98%", "按期签订率", ("49份", "50份")),)),
    ("按期办结49件，按序时进度的98%。", ()),
    ("支出48万元，完成全年预算50万元的96%。", (("96%", "完成全年预算", ("48万元", "50万元")),)),
    ("应到位50万元，到位48万元，资金到位率96%。", (("96%", "资金到位率", ("48万元", "50万元")),)),
    ("执行率应达到90%以上。", ()),
    ("支出48万元，比上年增长6%。", ()),
    ("得分率96%。", ()),
    ("合格产品占96%。", ()),
)
