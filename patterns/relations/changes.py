"""Changes: amounts by which something rose or fell, and the balance of an opening, its changes and a closing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from patterns.relations.roles import Role, role_of, subject_of
from patterns.relations.wording import Wording

_UP = "增加|调增|核增|追加|新增|增产|增收|增支|增长|上升|提高|增拨|增列|多|高出|(?<![最不更较提])高"
_DOWN = (
    "减少|调减|核减|追减|压减|压缩|收回|减产|减收|减支|下降|降低|冻结|扣减|调出|上缴|缴回|核销|少|节约|节省|低于预算"
    "|(?<![最不更较降])低"
)
_OBJECT = (
    "了|额|数|金额|资金|预算|支出|收入|指标|经费|计划|支|拨款|财政|项目|各项|人员|公用|基本"
    "|县级|市级|省级|区级|中央|本级"
)
# 调减为112处 gives what is left, not by how much.
_LEFT_AS = regex.compile(r"(?:调[减增]|核[减增]|压减|缩减|增|减|降)(?:为|至|到)$")
_CHANGE = regex.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:{_OBJECT})*(?:为|约|近|达|共计?|合计)*[:]?$")
_AFTER = regex.compile(
    r"(?:调整|调减|调增|追加|追减|收回|核减|核增|压减|变更|扣减|增加|减少|冻结|划转|增减|调剂)(?:预算|指标)?后"
)
# How a budget is called that the year's changes have gone into; tied only where its sentence tells the opening too.
_FULL_YEAR = regex.compile(
    r"(?:全年|年度|最终)(?:可执行)?(?:部门|项目)?预算|调整(?:预算)?为|预算(?:调整|变更)为|预算(?:达|增加|增)到|预算总额"
)
_YEAR_START = regex.compile(r"年初|期初|原预算|初始")
_OPENING = regex.compile(r"年初|原|期初|初始|初步|批复|下达|部门预算|上年末|上年结转")
_REST = regex.compile(r"剩余|尚余|尚有|节约|节省|未支出|未使用|未执行|未完成|结余|结转|差额|相差")
_PLAIN_REST = regex.compile(
    r"剩余|尚余|节约|节省|(?:未|尚未)(?:支出|使用|执行|支付)"
    r"|^[^转]{0,4}(?<!年末|年底|累计|上年|历年|年初|结转|滚存)结余(?!结转|分配)"
)
_CARRIED_IN = regex.compile(r"(?:上年|年初|期初|上期|以前年度)(?:末)?(?:财政拨款)?(?:结转|结余|余额)")
_CARRIED_OUT = regex.compile(
    r"(?:年末|期末|年底|结转下年|本年末|当年)(?:财政拨款|资金|累计)?(?:结转|结余|余额)|结转下年"
)
_RECEIVED = regex.compile(r"(?:本年|当年|全年|本期)?(?:收入|拨款|拨入|到位|下达)")
_SPENT = regex.compile(r"支出|支付|使用")
_OF_SEVERAL = regex.compile(r"^[，,:;]?(?:合计|共计)")  # 合计未执行: of the items told before it
# How far back an opening is looked for, and how many changes a balance may hold.
_REACH = 8
_MOST_STEPS = 4


def is_change(head: str) -> bool:
    """Whether the words before a figure make it an amount of change (比上年减少), not a level."""
    return direction_of(head) != 0


def names_rest(head: str) -> bool:
    """Whether the words before an amount call it just what is left of the money (资金结余, 剩余资金)."""
    return _PLAIN_REST.search(head) is not None and direction_of(head) == 0 and _OF_SEVERAL.search(head) is None


def direction_of(head: str) -> int:
    """+1 or −1 for an amount by which something rose or fell, 0 for a level."""
    match = _CHANGE.search(head)
    if match is None or _LEFT_AS.search(head):
        return 0
    return 1 if match.group("up") else -1


@dataclass(frozen=True, slots=True)
class Balance:
    """A closing figure and what it is the balance of: figures (by index) with their signs, the opening first.

    `certain` says that the words name the closing as what the changes leave (调整后, 剩余) and that no other figure
    could be the opening or a change; `firm` that nothing at all stands between them.
    """

    closing: int
    signed: tuple[tuple[int, int], ...]
    certain: bool
    firm: bool


def find_balances(wording: Wording) -> Iterator[tuple[Balance, ...]]:
    """For every closing figure the balances it may be, the likeliest first."""
    for i, term in enumerate(wording.terms):
        if term.measure != "money" and not term.measure.startswith(("count", "area")):
            continue
        head = wording.head(i)
        before = [j for j in range(i) if wording.terms[j].measure == term.measure]
        readings: list[Balance] = []
        named = _AFTER.search(wording.lead(i)) is not None or _closes_year(wording, i, before)
        if named or (role_of(head) is Role.PLANNED and "实际" in head):
            readings.extend(_adjusted(wording, i, before, named=named))
        if _CARRIED_OUT.search(head) and not is_change(head):
            readings.extend(_carried(wording, i, before))
        if _REST.search(head) and not is_change(head):
            readings.extend(_rests(wording, i, before))
        if readings:
            yield tuple(readings)


def _closes_year(wording: Wording, closing: int, before: Sequence[int]) -> bool:
    """“年初预算 A，年中追加 B，全年预算 C”: a budget of the whole year behind that of its beginning and a change."""
    if not _FULL_YEAR.search(wording.head(closing)) or _YEAR_START.search(wording.head(closing)):
        return False
    start = wording.sentence_at(wording.terms[closing].start)[0]
    here = [j for j in before if wording.terms[j].start >= start]
    return bool(here) and is_change(wording.head(here[-1])) and any(_YEAR_START.search(wording.head(j)) for j in here)


def _adjusted(wording: Wording, closing: int, before: Sequence[int], *, named: bool) -> Iterator[Balance]:
    """Opening and the changes between it and the closing: “年初预算 A，追加 B，调减 C，调整后预算 D”."""
    near = before[-_REACH:]
    changes = [j for j in near if is_change(wording.head(j))]
    if not changes:
        return
    start = wording.sentence_at(wording.terms[closing].start)[0]
    openings = [j for j in near if j < changes[-1] and j not in changes][::-1]
    named_openings = [j for j in openings if _OPENING.search(wording.head(j))]
    ordered = named_openings + [j for j in openings if j not in named_openings]
    for opening in ordered:
        steps = [j for j in changes if j > opening][-_MOST_STEPS:]
        told_here = named and wording.terms[steps[0]].start >= start
        contiguous = opening == openings[0] and list(range(opening, closing)) == [opening, *steps]
        only_named = named_openings == [opening] and list(range(steps[0], closing)) == steps
        yield Balance(
            closing=closing,
            signed=((opening, 1), *((j, direction_of(wording.head(j))) for j in steps)),
            certain=told_here and (contiguous or only_named),
            firm=contiguous,
        )
    for opening in ordered:
        for step in reversed([j for j in changes if j > opening]):
            yield Balance(closing, ((opening, 1), (step, direction_of(wording.head(step)))), False, False)


def _rests(wording: Wording, closing: int, before: Sequence[int]) -> Iterator[Balance]:
    """What was planned less what was done: “预算 A，实际支出 B，剩余 C”."""
    near = before[-_REACH:]
    planned = [j for j in near if role_of(wording.head(j)) in (Role.PLANNED, Role.PROVIDED)][::-1]
    done = [j for j in near if role_of(wording.head(j)) is Role.DONE][::-1]
    start = wording.sentence_at(wording.terms[closing].start)[0]
    here = [j for j in near if wording.terms[j].start >= start]
    plain = names_rest(wording.head(closing))
    alone = len(here) == 2
    of_all = plain and not subject_of(_PLAIN_REST.sub("", wording.head(closing)))
    whole = [j for j in near if of_all and not subject_of(wording.head(j))]
    for a in planned:
        for b in done:
            only = [j for j in whole if j in planned] == [a] and [j for j in whole if j in done] == [b]
            certain = plain and ((alone and here == [a, b]) or (only and a < b))
            yield Balance(closing, ((a, 1), (b, -1)), certain, False)


def _carried(wording: Wording, closing: int, before: Sequence[int]) -> Iterator[Balance]:
    """“上年结转 A，本年收入 B，本年支出 C，年末结转 D”."""
    near = before[-_REACH:]
    opening = [j for j in near if _CARRIED_IN.search(wording.head(j))]
    spent = [j for j in near if _SPENT.search(wording.head(j)) and not _CARRIED_IN.search(wording.head(j))]
    received = [j for j in near if j not in opening and j not in spent and _RECEIVED.search(wording.head(j))]
    if len(opening) == len(received) == len(spent) == 1:
        here = wording.sentence_at(wording.terms[closing].start)[0] <= wording.terms[opening[0]].start
        signed = ((opening[0], 1), (received[0], 1), (spent[0], -1))
        yield Balance(closing, signed, here and len(near) == 3, False)


# head, direction of the change it announces (0 for a level)
CHANGE_EXAMPLES: tuple[tuple[str, int], ...] = (
    ("比2023年预算减少", -1),
    ("，较上年增加了", 1),
    ("调减预算", -1),
    ("收回计划", -1),
    ("年中追加县级财政资金", 1),
    ("年末结余", 0),
    ("减少后的预算为", 0),
    ("经批准调减为", 0),
    ("其中:财政拨款收入", 0),
)

# text, then for each closing the likeliest balance that adds up: closing and signed figures as printed
BALANCE_EXAMPLES: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    (
        "年初预算300万元，年中追加50万元，调减20万元，调整后预算330万元。",
        (("330万元", ("+300万元", "+50万元", "-20万元")),),
    ),
    ("年初预算40万元，年中追加5万元，全年预算45万元。", (("45万元", ("+40万元", "+5万元")),)),
    ("年初预算40万元，比上年增加5万元，全年支出45万元。", ()),
    ("预算80万元，实际支出72万元，剩余指标8万元。", (("8万元", ("+80万元", "-72万元")),)),
    (
        "上年结转12万元，本年收入100万元，本年支出105万元，年末结转结余7万元。",
        (("7万元", ("+12万元", "+100万元", "-105万元")),),
    ),
    ("下达投资计划70万元，收回计划10万元，收回后下达计划60万元。", (("60万元", ("+70万元", "-10万元")),)),
    (
        "全年预算90万元，其中基本50万元，项目40万元。全年实际支出88万元，其中基本50万元，项目38万元。未支出指标2万元。",
        (("2万元", ("+90万元", "-88万元")),),
    ),
    ("全年预算90万元，实际支出88万元。", ()),
)
