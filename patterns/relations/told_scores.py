"""How a score came about, told in the text: "执行率93.50%，按比例计得4.68分", "制度执行有效性扣1分", "每起扣0.5分"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from patterns.relations.wording import Wording
from patterns.rubric.conditions import Condition, parse_condition


@dataclass(frozen=True, slots=True)
class ScoredRate:
    """A rate and the score it earned, by index. `formula` is what the text quotes (按“执行率×1分”计得), else "";
    `in_proportion` where it says 按比例."""

    rate: int
    score: int
    formula: str = ""
    in_proportion: bool = False


@dataclass(frozen=True, slots=True)
class NamedDeduction:
    """Marks taken off, by index, with the name right before them. `partial` where the text tells only main reasons."""

    name: str
    points: int
    partial: bool


@dataclass(frozen=True, slots=True)
class CountedDeduction:
    """Things counted, by index, with the words that name them, and the marks each of them costs."""

    thing: str
    count: int
    points: int
    unit: str


_WITHIN = (
    r"(?:(?:处于|位于|介于|属于|在)[^，,。;]{2,24}|(?:不低于|低于|高于|达到|超过|大于|小于|未达到)[^，,。;]{1,16})[，,]"
)
_RATE_TO_SCORE = regex.compile(
    rf"[，,](?:{_WITHIN})?"
    r"(?:(?P<proportion>按(?:照)?(?:其|该|完成|执行)?比例)|按(?:照)?(?:评分|评价|计分)?标准|根据(?:评分|评价|计分)标准|据此"
    r"|按(?:照)?[“\"](?P<formula>[^“”\"]{3,40})[”\"](?:的?(?:公式|标准|办法))?)?"
    r"(?:计算|折算)?(?:可|应|共)?(?:计得|得分为?|得|计分?为?)"
)
_BAND_TO_SCORE = regex.compile(
    r"(?:^|[，,。;:：])(?P<condition>[^，,。;:：]{5,40})[，,](?:按(?:照)?(?:评分|评价|计分)?标准)?(?:计得|得分为?|得|计)$"
)
_FARTHEST_RATE = 3
_DEDUCTED = regex.compile(
    r"(?P<name>[\p{Han}“”]{3,20}?)(?:指标|方面)?(?:因此|故|相应|共计?|合计|酌情|被)?(?:扣减|扣除|扣)(?:了)?"
)
_ONLY_SOME = regex.compile(r"主要|等(?:原因|问题|情况)|例如|比如")
_BY_THE_PIECE = regex.compile(
    r"每(?:发生|出现|发现|有|存在)?[一1]?个?(?P<unit>[起次例项件处人宗家户])(?:相应)?(?:扣减|扣除|扣)$"
)
_THING_ENDS = regex.compile(
    r"^(?:其中|全年|本年度?|当年|\d{4}年)?(?:共|累计|合计)?(?:发生|出现|发现)?|(?:共|共计|合计)$"
)
_SHORTEST_THING = 4
_A_RULE = regex.compile(r"每|凡|如|一旦|[一1][项处次例起个]")
_SUPPOSED = regex.compile(r"如果|如有|如未|如存在|如出现|若|凡是?|一旦|[应将拟可]予?扣")
_ANOTHER_YEAR = regex.compile(r"上年|去年|同期|减少|增加|下降|上升|[多少]于")


@dataclass(frozen=True, slots=True)
class ScoredBand:
    """The limits that a named rate is said to lie in, and the score, by index, that this earned it."""

    condition: Condition
    score: int


def find_scored_bands(wording: Wording) -> Iterator[ScoredBand]:
    """Scores told behind the band that a rate lies in, where the clause names the rate."""
    for score, term in enumerate(wording.terms):
        if term.measure != "score":
            continue
        begin = wording.sentence_at(term.start)[0]
        match = _BAND_TO_SCORE.search(wording.text[begin : term.start])
        condition = parse_condition(match["condition"]) if match is not None else None
        if condition is not None and condition.variable and condition.unit == "%" and not condition.limits.is_point:
            yield ScoredBand(condition, score)


def find_scored_rates(wording: Wording) -> Iterator[ScoredRate]:
    """Rates with the score that the text says they earned."""
    for score, term in enumerate(wording.terms):
        if term.measure != "score":
            continue
        begin = wording.sentence_at(term.start)[0]
        for rate in range(score - 1, max(-1, score - 1 - _FARTHEST_RATE), -1):
            other = wording.terms[rate]
            if other.start < begin:
                break
            match = _RATE_TO_SCORE.fullmatch(wording.text[other.end : term.start])
            if other.measure == "percent" and match is not None:
                yield ScoredRate(rate, score, match["formula"] or "", match["proportion"] is not None)
                break


def find_named_deductions(wording: Wording) -> Iterator[NamedDeduction]:
    """Marks taken off right behind a name that makes up its clause."""
    for points, term in enumerate(wording.terms):
        match = _DEDUCTED.fullmatch(wording.head(points).strip()) if term.measure == "score" else None
        if match is None or _A_RULE.search(match["name"]):
            continue
        start, end = wording.sentence_at(term.start)
        if not _SUPPOSED.search(wording.text, start, end):
            partial = _ONLY_SOME.search(wording.text, start, end) is not None
            yield NamedDeduction(match["name"].strip("“”"), points, partial)


def find_counted_deductions(wording: Wording) -> Iterator[CountedDeduction]:
    """Things counted earlier in a sentence that says what each of them costs."""
    for points, term in enumerate(wording.terms):
        if term.measure != "score":
            continue
        begin = wording.sentence_at(term.start)[0]
        each = _BY_THE_PIECE.search(wording.text[begin : term.start])
        if each is None:
            continue
        measure = "count:人" if each["unit"] == "人" else f"count:{each['unit']}"
        for count in wording.terms_between(begin, begin + each.start()):
            thing = _THING_ENDS.sub("", wording.head(count).strip())
            if wording.terms[count].measure != measure or _ANOTHER_YEAR.search(thing):
                continue
            if len(thing) >= _SHORTEST_THING:
                yield CountedDeduction(thing, count, points, each["unit"])


# text, then (rate, score, formula, in proportion) of each
SCORED_RATE_EXAMPLES: tuple[tuple[str, tuple[tuple[str, str, str, bool], ...]], ...] = (
    ("预算执行率92.40%，按比例计得4.62分。", (("92.40%", "4.62分", "", True),)),
    (
        "采购执行率96.00%，按“采购执行率×2分”计得1.92分;政策落实到位，得1分。",
        (("96.00%", "1.92分", "采购执行率×2分", False),),
    ),
    ("设备利用率81.20%，处于75%至90%之间，按标准得1.40分。", (("81.20%", "1.40分", "", False),)),
    ("资金到位率100.00%，得5分;制度健全，得3分。", (("100.00%", "5分", "", False),)),
    # a mark taken off, a full mark, another thought between, a score rate
    ("预算执行率88.00%，扣1.20分。", ()),
    ("预算执行率88.00%，指标分值10分。", ()),
    ("预算执行率88.00%，低于上年，主要是工期延后，得8.80分。", ()),
    ("得分率92.00%。评价得分4.60分。", ()),
)

# text, then (limits in words, score) of each
SCORED_BAND_EXAMPLES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "接待费控制率低于80%，得3分;会议费控制率在80%至100%之间，按标准得2分。",
        (("接待费控制率<80%", "3分"), ("80%≤会议费控制率≤100%", "2分")),
    ),
    ("设备利用率81.20%，处于75%至90%之间，得1.40分。", ()),
    ("会议费控制率为92%，得2分。", ()),
    ("三季度进度低于序时进度，扣1分。", ()),
)

# text, then (name, points, partial) of each
NAMED_DEDUCTION_EXAMPLES: tuple[tuple[str, tuple[tuple[str, str, bool], ...]], ...] = (
    (
        "日志不完整，制度执行有效性扣1分;测算依据不足，预算编制科学性指标扣0.5分。",
        (("制度执行有效性", "1分", False), ("预算编制科学性", "0.5分", False)),
    ),
    ("主要扣分原因：一是评审滞后，预算编制规范性扣1分。", (("预算编制规范性", "1分", True),)),
    # a rule, not a case; a name that runs into its clause's other words is left to the caller
    ("每发现一项扣1分。", ()),
    ("发现1处问题扣1分。", ()),
    ("如未按期整改，制度执行有效性扣1分。", ()),
)

# text, then (thing, count, points) of each
COUNTED_DEDUCTION_EXAMPLES: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    ("全年发生设施损坏事件3次，比上年减少2次，每次扣0.5分。", (("设施损坏事件", "3次", "0.5分"),)),
    ("抽查发现台账缺失3处，每处扣1分。", (("抽查发现台账缺失", "3处", "1分"),)),
    ("发现3处，扣1分。", ()),
    ("设施损坏事件3次，每例扣0.5分。", ()),
)
