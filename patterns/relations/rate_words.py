"""How rates are called, and what their names say about the figures they divide."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from patterns.relations.roles import Role


@dataclass(frozen=True, slots=True)
class RateKind:
    """A kind of rate: how it is called, and the roles of what it divides. `defined` says that its name alone leaves no
    doubt about them."""

    words: regex.Pattern[str]
    numerator: frozenset[Role]
    denominator: frozenset[Role]
    defined: bool


_FUNDS = frozenset({Role.PLANNED, Role.PROVIDED})
_ANY_DONE = frozenset({Role.DONE, Role.PROVIDED, Role.UNKNOWN})
_ANY_BASE = frozenset({Role.PLANNED, Role.PROVIDED, Role.UNKNOWN})

ARRIVAL = RateKind(
    regex.compile(r"到位(?:率|比例|进度)"), frozenset({Role.PROVIDED, Role.DONE}), frozenset({Role.PLANNED}), True
)
FULFILMENT = RateKind(
    regex.compile(
        r"(?:执行|支出|支付|使用|拨付|完成|控制)(?:的)?(?:率|进度|比例|比率)"
        r"|(?:支出|执行|完成)(?:年初|全年|年度|调整)?(?:后)?(?:预算|计划|目标|任务)"
    ),
    frozenset({Role.DONE}),
    _FUNDS,
    True,
)
OTHER = RateKind(regex.compile(r"率|进度|比例|比率|占比|比重"), _ANY_DONE, _ANY_BASE, False)

_RATE_NAME = regex.compile(
    r"(?P<name>[\p{Han}“”\"]{0,24}?(?:率|进度|比例|比率|占比|比重))(?:分别)?(?:的)?[为是达到约:=共仅只有均]*$"
)
_COMPLETION = regex.compile(
    r"(?:完成|达到?|为|占)(?P<name>(?:年初|全年|年度|调整后?)*(?:预算|计划|目标|任务)(?:数|投资|值)?)的$"
)
_FULFILLED = regex.compile(r"(?P<name>完成[^，,;。]{0,12}(?:预算|计划|目标|任务)(?:数|投资|值)?)(?:为)?$")
# Percentages that state no result: targets, thresholds, weights, growth; a rate of scores is checked with the scores.
_NO_RESULT = regex.compile(
    r"目标|不低于|不少于|不高于|不超过|力争|确保|要求|标准|应当?达|计划达|满分|权重|扣|得分率|增长|下降|减少|增加|上升"
    r"|提高|降低|同比|环比|比上年|较上年|增幅|降幅|增速|序时进度|平均|税率|利率|费率|费用率|按(?![期时])|阈值"
)
# Rates of a difference, not of a part.
_CHANGING = regex.compile(
    r"(?:压缩|压减|压降|下降|降低|减少|核减|审减|节约|节支|节省|增长|增加|提高|调整|偏差|变动|流失|上升)率"
)
_STEM = regex.compile(
    r"^(?:(?:任务|工作|项目|工程)?(?:完成|完工|办理|支付|拨付)|定期|网上|按期|按时|当年|年度|问卷|有效|信访件?|案件|问题|项目|工程|[\p{Han}]{0,2})?(?P<stem>[\p{Han}]{2})率$"
)
# What other words say the same as the one a rate is named for.
_SAME = {
    "及时": ("及时", "按期", "按时", "如期"),
    "按期": ("按期", "按时", "及时", "如期"),
    "按时": ("按时", "按期", "及时", "如期"),
}
_TIMELY = regex.compile(r"(?P<act>(?:按期|按时)[\p{Han}]{2})率$")
_IN_USE = regex.compile(r"(?:利用|使用)率$")
_SPENDING_NAME = regex.compile(r"执行|支出|支付|拨付|资金|预算|经费|“?三公|采购")
_MONEY_NAME = regex.compile(r"预算|资金|支出|支付|经费|投资|收入|税收|采购|财政|基金|拨款|指标|三公|执行")
_OTHER_THINGS = regex.compile(
    r"制度|政策|任务|工作|目标|时限|质量|人员|编制|数量|工程量|人次|培训|活动|及时|按时|按期|合同|项目完成|工程|建设|计划完成|设备|资产|房屋"
)
_INITIAL = regex.compile(r"年初|批复|部门预算(?:数|金额|指标)?")
_ADJUSTED = regex.compile(r"调整|追加|全年|指标")
_RATE_WORD = regex.compile(r"(?:支出|执行|支付|完成|使用|控制|预算执行|资金支出)*(?:率|进度|比例|比率)$")


def rate_name(lead: str) -> str | None:
    """What the words before a percentage call it, where they make it a rate; None otherwise."""
    completion = _COMPLETION.search(lead)
    if completion is not None:
        return f"完成{completion.group('name')}"
    match = _RATE_NAME.search(lead)
    return match.group("name").strip('“”"，') if match else None


def fulfilled_plan(lead: str) -> str | None:
    """The name of the plan that a figure gives in place: 完成全年预算数 before “601万元的63.48%”."""
    match = _FULFILLED.search(lead)
    return match.group("name") if match else None


def states_no_result(head: str) -> bool:
    """Whether the words before a percentage make it a target, a threshold, a weight or a change."""
    return _NO_RESULT.search(head) is not None


def kind_of(name: str) -> RateKind:
    """The kind of a rate by its name."""
    return next((kind for kind in (ARRIVAL, FULFILMENT) if kind.words.search(name)), OTHER)


def may_divide(name: str, measure: str, done_head: str = "") -> bool:
    """Whether a rate of this name can divide figures of a measure.

    任务完成率 behind a budget and its spending is not their quotient; 预算执行率 behind counts is none of theirs.
    """
    if measure == "money":
        if _OTHER_THINGS.search(name) and not _MONEY_NAME.search(_OTHER_THINGS.sub("", name)):
            return False
        return _MONEY_NAME.search(name) is not None or "完成" in done_head or "控制" in name or "到位" in name
    return _SPENDING_NAME.search(name) is None


def stem_of(name: str) -> str | None:
    """The word that a rate is named for and that names its part: 办结 for 办结率; None for rates of a difference."""
    if _CHANGING.search(name):
        return None
    match = _STEM.search(name)
    return match.group("stem") if match else None


def words_for(stem: str) -> tuple[str, ...]:
    """The words that say of a figure what a rate named for `stem` counts (按期 for 及时)."""
    return _SAME.get(stem, (stem,))


def timely_act(name: str) -> str:
    """What a rate of punctuality counts (按期办结 for 申请按期办结率), empty for any other rate."""
    match = _TIMELY.search(name)
    return match.group("act") if match is not None else ""


def is_rate_of_use(name: str) -> bool:
    """Whether the rate says how much of something is in use (固定资产利用率)."""
    return _IN_USE.search(name) is not None


def plan_in_name(name: str) -> str:
    """The plan that the name of a rate begins with (年度总指标 of 年度总指标支出进度), empty where it names none."""
    plan = _RATE_WORD.sub("", name)
    return plan if plan != name and len(plan) >= 3 else ""


def may_be_plan_of(name: str, head: str) -> bool:
    """Whether a rate may be measured by a plan: one of the adjusted budget is not by that of the year's beginning."""
    return not (_ADJUSTED.search(name) and is_initial_plan(head) and "全年" not in name)


def is_initial_plan(head: str) -> bool:
    """Whether a plan is that of the year's beginning, which a rate need not mean."""
    return _INITIAL.search(head) is not None and _ADJUSTED.search(head) is None


# words before a percentage, its name
NAME_EXAMPLES: tuple[tuple[str, str | None], ...] = (
    ("，全年预算执行率为", "全年预算执行率"),
    ("，完成年初预算的", "完成年初预算"),
    ("，“三公”经费控制率", "三公”经费控制率"),
    ("，比上年增长", None),
    ("，占", None),
)

# name, measure, words before the figure of what was done, whether the rate can divide such figures
DIVISION_EXAMPLES: tuple[tuple[str, str, str, bool], ...] = (
    ("预算执行率", "money", "实际支出", True),
    ("执行率", "money", "实际支出", True),
    ("任务完成率", "money", "实际支出", False),
    ("项目完成率", "money", "实际支出", False),
    ("完成率", "money", "累计完成投资", True),
    ("完成率", "money", "实际支出", False),
    ("投资完成率", "money", "完成", True),
    ("完成率", "count:次", "开展", True),
    ("预算执行率", "count:项", "完成", False),
    ("在职人员控制率", "count:人", "在编", True),
)
