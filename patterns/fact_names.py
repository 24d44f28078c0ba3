"""Whether the label of a figure names the fact a rubric asks for: 实际政府采购金额 for 实际采购金额合计数.

Rubrics and reports word the same quantity differently: owners (部门, 本单位), fillers (合计数, 总额) and near synonyms
differ. Names agree when nothing is left that tells two quantities apart.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from patterns.names import canonical_name

_BRACKETS = regex.compile(r"\([^()]*\)|[“”\"'《》‘’\s]")
_FILLERS = regex.compile(
    r"我局|我委|我院|我办|我中心|我单位|本部门|本单位|部门|单位|本年度?|年度|全年|\d{4}年|(?:实际)?完成值|实际值|预算使用的|政府(?=采购)|季度(?=预算)|"
    r"当季|合计数?|总额|总数|金额|数量|数额|数$|情况|指标$|分别|的|为|共|预算(?=(?:资金)?支[出付]进度)|资金(?=支[出付]进度)|累计(?=支出)"
)
_SYNONYMS: tuple[tuple[regex.Pattern[str], str], ...] = tuple(
    (regex.compile(pattern), word)
    for pattern, word in (
        (r"比率|比例|占比", "率"),
        (r"决算|实际支付|实际支出|执行数|支付数", "实际支出"),
        (r"计划(?=采购)|采购计划|采购预算|预算采购", "采购计划"),
        (r"预算安排|年初预算|调整预算|调整后预算|预算批复", "预算"),
        (r"实有|在职在编|在编在职|在编", "在编"),
        (r"编制(?:内)?核定|核定编制|编制", "编制"),
        (r"按期|按时|及时|如期", "及时"),
        (r"正常使用|实际在用|在用", "在用"),
        (r"第(?=[一二三四]季)", ""),
    )
)
_QUARTER = regex.compile(r"第?([一二三四1-4])季度?")
_QUARTERS = {"1": "一", "2": "二", "3": "三", "4": "四"}

# fact asked for, label of a figure, whether they are one
FACT_NAME_EXAMPLES: tuple[tuple[str, str, bool], ...] = (
    ("政府采购执行率", "政府采购执行率", True),
    ("政府采购执行率", "2022年采购执行率", True),
    ("实际采购金额合计数", "实际政府采购金额", True),
    ("“三公”经费控制率", "我局“三公”经费控制率", True),
    ("日常公用经费控制率", "“三公”经费控制率", False),
    ("一季度预算执行率", "第一季度 季度预算执行率", True),
    ("一季度预算执行率", "第二季度 季度预算执行率", False),
    ("一季度支出进度", "第一季度 当季部门预算资金支出进度", True),
    ("财政供养人员控制率", "编外人员控制率", False),
    ("预算执行率", "“三公”经费预算执行率", False),
    ("预算执行率", "预算执行率 实际完成值", True),
    ("预算执行率", "政府采购执行率", False),
    ("已完成项目数", "计划完成项目总数", False),
)


_LEAST_EVENT = 2
_WRONG = regex.compile(r"逾期|超期|不|未|违规|违反|迟|错|漏|延|滞后|投诉|事故|退回|虚|挪用|截留|缺失|瑕疵|问题")


def event_of(condition: str, unit: str) -> str:
    """What a deduction by the piece counts: 线路逾期完工 for 每有1条线路逾期完工; empty where the words name nothing
    that goes wrong, as where something is short (每少1个项目)."""
    start = condition.find("每")
    place = condition.find(unit, start) if unit and start != -1 else -1
    event = condition[place + len(unit) :].strip("，,;。的") if place != -1 else ""
    return event if len(event) >= _LEAST_EVENT and _WRONG.search(event) is not None else ""


def tells_event(event: str, context: str) -> bool:
    """Whether the words around a count tell of an event: all of it, or what it ends with where it begins with the
    things it happens to (线路逾期完工, 逾期完工)."""
    return any(event[k:] in context for k in range(len(event) - _LEAST_EVENT + 1))


# condition of a deduction by the piece, its unit, words around a count, whether they tell of the event
EVENT_EXAMPLES: tuple[tuple[str, str, str, bool], ...] = (
    ("每有1条线路逾期完工", "条", "其余线路逾期完工", True),
    ("每有1笔逾期", "笔", "逾期", True),
    ("每发现1处不规范", "处", "共不规范", True),
    ("每有1条线路逾期完工", "条", "按期的线路", False),
    ("未完成", "个", "未完成", False),
    ("每少1个项目", "个", "全部项目", False),
)


def names_fact(fact: str, label: str) -> bool:
    """Whether a figure labelled `label` is the quantity `fact`, both folded."""
    if quarter_of(fact) != quarter_of(label):
        return False
    asked, told = _core(fact), _core(label)
    return bool(asked) and asked == told


@lru_cache(maxsize=8192)
def quarter_of(name: str) -> str | None:
    """The quarter a name speaks of (一 to 四), or None."""
    match = _QUARTER.search(name)
    return None if match is None else _QUARTERS.get(match.group(1), match.group(1))


@lru_cache(maxsize=8192)
def _core(name: str) -> str:
    text = _QUARTER.sub("", _BRACKETS.sub("", name))
    text = _FILLERS.sub("", text)
    for pattern, word in _SYNONYMS:
        text = pattern.sub(word, text)
    return canonical_name(text)
