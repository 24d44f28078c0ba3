"""Rates: a percentage that the text presents as one figure divided by another.

“预算100万元，实际支出95万元，执行率95%”: which figures a rate may divide, by their roles and their places.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from patterns.relations.changes import is_change
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


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of rate: how it is called, and the roles of what it divides."""

    words: regex.Pattern[str]
    numerator: frozenset[Role]
    denominator: frozenset[Role]


_SPENT = frozenset({Role.DONE})
_FUNDS = frozenset({Role.PLANNED, Role.PROVIDED})
_KINDS: tuple[_Kind, ...] = (
    _Kind(regex.compile(r"到位(?:率|比例|进度)"), frozenset({Role.PROVIDED, Role.DONE}), frozenset({Role.PLANNED})),
    _Kind(
        regex.compile(
            r"(?:执行|支出|支付|使用|拨付|完成|控制)(?:的)?(?:率|进度|比例|比率)|(?:支出|执行|完成)(?:年初|全年|年度|调整)?(?:后)?预算的?$"
        ),
        _SPENT,
        _FUNDS,
    ),
    _Kind(
        regex.compile(
            r"(?:办结|整改|合格|回收|有效|覆盖|利用|及时|办理|回复|验收|达标|参与|出勤|签约|入学|完好|开工|竣工|通过|满意|成活|就业|优良|优秀)率"
        ),
        frozenset({Role.DONE, Role.PROVIDED, Role.UNKNOWN}),
        frozenset({Role.PLANNED, Role.PROVIDED, Role.UNKNOWN}),
    ),
    _Kind(
        regex.compile(r"(?:率|进度|比例|比率|占比|比重)"),
        frozenset({Role.DONE, Role.PROVIDED, Role.UNKNOWN}),
        frozenset({Role.PLANNED, Role.PROVIDED, Role.UNKNOWN}),
    ),
)
_DEFINED = _KINDS[:2]
_SPENDING = _KINDS[1]

_RATE_NAME = regex.compile(
    r"(?P<name>[\p{Han}“”\"]{0,24}?(?:率|进度|比例|比率|占比|比重))(?:分别)?(?:的)?[为是达到约:：=共仅只有均]*$"
)
_STEM = regex.compile(r"(?P<stem>[\p{Han}]{2})率$|(?:定期|网上|按期|按时|当年|年度|问卷|有效)(?P<stem>[\p{Han}]{2})率$")
# Rates of a difference, not of a part.
_CHANGING = regex.compile(
    r"(?:压缩|压减|压降|下降|降低|减少|核减|审减|节约|节支|节省|增长|增加|提高|调整|偏差|变动|流失|上升)率"
)
_COMPLETION = regex.compile(
    r"(?:完成|达到?|为|占)(?P<name>(?:年初|全年|年度|调整后?)*(?:预算|计划|目标|任务)(?:数|投资|值)?)的$"
)
_FULFILLED = regex.compile(r"(?P<name>完成[^，,;。]{0,12}(?:预算|计划|目标|任务)(?:数|投资|值)?)(?:为)?$")
_OF_INLINE = regex.compile(r"的")
# Percentages that state no result: targets, thresholds, weights, growth, a rate of scores (SCO checks it).
_NO_RESULT = regex.compile(
    r"目标|不低于|不少于|不高于|不超过|力争|确保|要求|标准|应当?达|计划达|满分|权重|扣|得分率|增长|下降|减少|增加|上升|提高|降低|同比|环比|比上年|较上年|增幅|降幅|增速|序时进度|平均|税率|利率|费率|费用率|按|阈值"
)
_THRESHOLDS = frozenset({"以上", "以下", "不足", "超过"})
_INITIAL = regex.compile(r"年初|批复|部门预算(?:数|金额|指标)?")
_ADJUSTED = regex.compile(r"调整|追加|全年|指标")

_FAR = 10
_NUMERATORS = 4


def find_rates(wording: Wording) -> Iterator[Rate]:
    """Every percentage that names itself a rate, a share of fulfilment or a proportion, with what it may divide."""
    for i, term in enumerate(wording.terms):
        if term.measure != "percent" or term.approximate in _THRESHOLDS:
            continue
        lead = wording.lead(i)
        if is_change(wording.head(i)) or _NO_RESULT.search(wording.head(i)):
            continue
        name = _name(lead)
        if name is not None:
            yield _rate(wording, i, name)
        elif i >= 2 and _OF_INLINE.fullmatch(lead):
            inline = _fulfilment(wording, i)
            if inline is not None:
                yield inline


def _fulfilment(wording: Wording, percent: int) -> Rate | None:
    """“实际支出 A，完成全年预算数 B 的 x%”: A divided by B."""
    plan, done = percent - 1, percent - 2
    named = _FULFILLED.search(wording.lead(plan))
    if named is None or wording.terms[plan].measure != wording.terms[done].measure:
        return None
    start, end = wording.sentence_at(wording.terms[percent].start)
    if wording.terms[done].start < start or is_change(wording.head(done)):
        return None
    pair = Pair((done,), (plan,), True, True)
    only = pair if role_of(wording.head(done)) is Role.DONE else None
    return Rate(percent, named.group("name"), (pair,), only, (pair,) if only else (), True, None, start, end)


def _name(lead: str) -> str | None:
    completion = _COMPLETION.search(lead)
    if completion is not None:
        return f"完成{completion.group('name')}"
    match = _RATE_NAME.search(lead)
    return match.group("name") if match else None


def _rate(wording: Wording, percent: int, name: str) -> Rate:
    kind = next(kind for kind in _KINDS if kind.words.search(name) or kind is _KINDS[-1])
    start, end = wording.sentence_at(wording.terms[percent].start)
    pairs = tuple(_pairs(wording, percent, kind, start))
    rivals = _rivals(wording, percent, kind, start) if kind in _DEFINED else _by_stem(wording, percent, name, start)
    only = rivals[0] if len(rivals) == 1 else None
    return Rate(
        percent=percent,
        name=name.strip('“”"，'),
        pairs=pairs,
        only=only,
        rivals=rivals,
        firm=only is not None and kind in _DEFINED and not any(_is_initial(wording.head(i)) for i in only.denominator),
        lone=_lone(wording, percent, start) if kind is _SPENDING and not rivals else None,
        start=start,
        end=end,
    )


def _is_initial(head: str) -> bool:
    return _INITIAL.search(head) is not None and _ADJUSTED.search(head) is None


def _since(wording: Wording, percent: int, start: int) -> int:
    """Where the figures that belong to this rate begin: behind the rate before it, or with the sentence."""
    for i in range(percent - 1, -1, -1):
        if wording.terms[i].start < start:
            break
        if wording.terms[i].measure == "percent":
            return max(start, wording.terms[i].end)
    return start


def _rivals(wording: Wording, percent: int, kind: _Kind, start: int) -> tuple[Pair, ...]:
    """Every pair whose roles fit among the figures between the last rate and this one, in its sentence."""
    between = wording.terms_between(_since(wording, percent, start), wording.terms[percent].start)
    bracket = wording.bracket_at(wording.terms[percent].start)
    level = [i for i in wording.at_level(between, bracket) if not is_change(wording.head(i))]
    found: list[Pair] = []
    for measure in dict.fromkeys(wording.terms[i].measure for i in level):
        same = [i for i in level if wording.terms[i].measure == measure and measure not in ("percent", "score")]
        above = [i for i in same if role_of(wording.head(i)) in kind.numerator]
        below = [i for i in same if role_of(wording.head(i)) in kind.denominator]
        found.extend(Pair((a,), (b,), True, True) for b in reversed(below) for a in reversed(above))
        if len(above) == len(below) and len(above) >= 2:
            found.append(Pair(tuple(above), tuple(below), True, True))
    return tuple(found)


def _by_stem(wording: Wording, percent: int, name: str, start: int) -> tuple[Pair, ...]:
    """“受理50件，办结49件，办结率98%”: the figure that the stem of the rate's name names, and the one before it."""
    stem = _STEM.search(name)
    if stem is None:
        return ()
    between = wording.terms_between(_since(wording, percent, start), wording.terms[percent].start)
    level = wording.at_level(between, wording.bracket_at(wording.terms[percent].start))
    if len(level) != 2 or wording.terms[level[0]].measure != wording.terms[level[1]].measure:
        return ()
    base, done = level
    if _CHANGING.search(name):
        return ()
    named = stem.group("stem") in wording.head(done) and stem.group("stem") not in wording.head(base)
    return (Pair((done,), (base,), True, True),) if named and stem.start() == 0 else ()


def _lone(wording: Wording, percent: int, start: int) -> int | None:
    """The only figure of what was done between the last rate and this one, where no other amount stands there."""
    between = wording.terms_between(_since(wording, percent, start), wording.terms[percent].start)
    level = wording.at_level(between, wording.bracket_at(wording.terms[percent].start))
    if len(level) != 1 or role_of(wording.head(level[0])) is not Role.DONE:
        return None
    return None if "其中" in wording.text[start : wording.terms[percent].start] else level[0]


def plans_for(wording: Wording, done: int, reach: range, earlier: Wording) -> list[int]:
    """Figures of `earlier`, within `reach`, that are plans for the same subject as a figure of what was done."""
    subject = subject_of(wording.head(done))
    measure = wording.terms[done].measure
    return [
        i
        for i in reach
        if earlier.terms[i].measure == measure
        and role_of(earlier.head(i)) in _FUNDS
        and not is_change(earlier.head(i))
        and subject_of(earlier.head(i)) == subject
    ]


def _pairs(wording: Wording, percent: int, kind: _Kind, start: int) -> Iterator[Pair]:
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


def _pair(wording: Wording, kind: _Kind, a: int, b: int, start: int) -> Pair:
    above, below = wording.head(a), wording.head(b)
    fits = role_of(above) in kind.numerator and (role_of(below) in kind.denominator or is_whole(below))
    return Pair((a,), (b,), fits, wording.terms[a].start >= start and wording.terms[b].start >= start)


def _sums(wording: Wording, kind: _Kind, same: list[int], start: int) -> Iterator[Pair]:
    """“编制10人，在编8人；编制20人，在编19人，控制率90%”: the sums of all done and of all planned in the sentence."""
    here = [i for i in same if wording.terms[i].start >= start]
    done = [i for i in here if role_of(wording.head(i)) is Role.DONE]
    planned = [i for i in here if role_of(wording.head(i)) is Role.PLANNED]
    if len(done) >= 2 and len(planned) >= 2 and kind in _DEFINED:
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
    ("支出48万元，完成全年预算50万元的96%。", (("96%", "完成全年预算", ("48万元", "50万元")),)),
    ("应到位50万元，到位48万元，资金到位率96%。", (("96%", "资金到位率", ("48万元", "50万元")),)),
    ("执行率应达到90%以上。", ()),
    ("支出48万元，比上年增长6%。", ()),
    ("得分率96%。", ()),
    ("合格产品占96%。", ()),
)
