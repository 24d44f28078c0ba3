"""Where a sentence of a rubric gives or takes marks: 得1分, （1分）, 扣0.5分, 不得分, 酌情扣分, 得满分, 按比例得分."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

import regex


class Kind(Enum):
    """What is done with marks."""

    MARKS = auto()  # 得1分, （1分）, 得3-5分
    MARKS_EACH = auto()  # 各得1分
    SHARE_OF_MARKS = auto()  # 得分值的80%
    FULL = auto()  # 得满分
    ZERO = auto()  # 不得分
    DEDUCTION = auto()  # 扣1分
    DEDUCTION_OF_SHARE = auto()  # 扣分值的10%
    LIMIT = auto()  # 扣完为止, 最多扣3分
    CAP = auto()  # 最高不超过10分
    IN_PROPORTION = auto()  # 按比例得分
    DISCRETION = auto()  # 酌情扣分
    BONUS = auto()  # 加1分


@dataclass(frozen=True, slots=True)
class Award:
    """One mention of marks in a sentence: `condition` are the words it is tied to, with their place."""

    kind: Kind
    lower: Decimal
    upper: Decimal
    is_bracketed: bool
    condition: str
    condition_start: int
    start: int
    end: int


_FIGURE = r"\d+(?:\.\d+)?"
# What follows 分 where it gives no marks: 分钟, 分类, and limits of a score (90分以上得10分).
_NO_MARKS = r"钟|贝|米|之|公司|[配析类级档局校期]|\(?(?:不?含|包含)|(?:及|或)?以[上下内]|[得计]\d|\s?(?:-|~|—|至)\s?\d"
_MARKS = rf"{_FIGURE}\s?分(?!{_NO_MARKS})"
_WHOLE = (
    r"(?:该|本|此|其|各|全部|所有|相应)?(?:三级)?(?:单?项)?(?:指标|项目|评分)?的?(?:全部)?"
    r"(?:权重分值?|权重|标准分|分值|分数|满分|总分|得分)"
)

_PATTERN = regex.compile(
    "|".join(
        (
            rf"(?P<limit>(?:直至|直到|至)?(?:将)?(?:该|本)?(?:项)?(?:{_FIGURE}分)?(?:扣|减)(?:完|光|满|至0分|到0分|至零分)"
            rf"(?:{_FIGURE}分|{_WHOLE})?(?:为止|止)?|直至{_FIGURE}分扣完为止|(?:最多|最高|累计最多|合计最多)(?:可|只)?扣(?:减|除)?"
            rf"(?P<most>{_FIGURE})分(?:为止|止)?|扣分(?:总额|合计|累计)?(?:最多|最高)?不超过(?P<most2>{_FIGURE})分)",
            rf"(?P<cap>(?:得分)?(?:最高|最多|累计|合计|总分|总计|得分|且|但)*(?:得分)?(?:不得?超过|不能超过|不得?突破|不得?高于)"
            rf"(?:{_WHOLE}|{_FIGURE}分)(?:上限)?|(?:得分)?(?:以{_WHOLE}|以{_FIGURE}分|满分|加满|得满)(?:为限|为止|为上限|封顶)|"
            rf"(?:最高|最多)(?:为|得|计)?{_FIGURE}分|(?:超过|高于|大于|超出)100%(?:的|时|部分|及以上)*[，,]?(?:均|则)?(?:按|以)(?:照)?100%"
            rf"(?:计算|计|计分|计入)?(?:得分)?|最高(?:为|得)满分"
            rf"|(?:得分)?(?:超过|高于|大于|超出)(?:{_WHOLE}|{_FIGURE}分)(?:的|时|部分|上限)*[，,]?(?:则)?(?:按|以)(?:照)?(?:{_WHOLE}|{_FIGURE}分)"
            rf"(?:计算|计分|计入|计|得分)?)",
            r"(?P<discretion>(?:酌情扣除?|扣除?|减去?)相应的?(?:分值|分数|得分|分)|(?:酌情|视情况?|视情节(?:轻重)?(?:情况)?|视(?:具体|实际|完成|影响)?(?:情况|程度)|根据(?:具体|实际)?情况|"
            r"按(?:具体|实际)情况|适当)(?:予以|给予|进行|进行适当)?(?:酌情|适当)?(?:分档)?"
            rf"(?:扣减?除?分?|减分|给分|得分|计分|评分|打分|赋分|扣减)(?:相应|该项|本项)?(?:分值|分数)?(?:{_FIGURE}(?:-|~|至){_FIGURE}分)?)",
            r"(?P<none>(?:均|都|一律|(?<!否)则|直接|全部)?(?:不得分|不计分|不给分|不予(?:计|得|给)分|不赋分|(?:得|计|记|评|给|为|赋|按)?(?<![\d.])0\s?分"
            r"|(?:得|计|记|为)?零分|扣(?:除|完|光|掉|减)?(?:该|本|此|全部|所有)+(?:项|指标)*(?:的)?(?:全部)?(?:分值|得分|分数|满分|分(?![值数]))(?!的?\d)"
            r"|扣(?:完|光)?全分))",
            rf"(?P<off>(?:倒|各|均|(?<!否)则|再)?(?:扣除|扣减|扣掉|扣|减去|减)(?:该|本)?(?:项|指标)?(?:得分)?(?P<off_marks>{_FIGURE})\s?分)",
            rf"(?P<off_share>(?:扣除|扣减|扣|减)(?:{_WHOLE})?的?(?P<off_percent>{_FIGURE})%(?:的)?(?:{_WHOLE}|分)?)",
            rf"(?P<share>(?:按(?:照)?|得|计|给|赋)(?:{_WHOLE})?的?(?P<percent_from>{_FIGURE})%?(?:-|~|—|至)(?P<percent_to>{_FIGURE})%(?:的)?(?:{_WHOLE}|分)"
            rf"|(?:按(?:照)?|得|计|记|给|赋)(?:{_WHOLE})?的?(?P<percent>{_FIGURE})%(?:的)?(?:{_WHOLE}|分)?(?:计分|计算|赋分|给分|得分|计)?)",
            r"(?P<full>(?:可|均|直接|按)?(?:得|计|记|给|为|评|视同|视为|赋|按)?(?:该项|本项|该指标|本指标)?的?(?:满分(?![值\d为共])|全分|全部分值|全部分数|全部得分)"
            r"(?:计算|处理|计分|计)?|直接得分|得(?:该项|本项|相应|对应)?(?:指标)?(?:分值|权重分值?|标准分|权重)(?!的?\d))",
            r"(?P<ratio>(?:(?<!否)则|再)?(?:按|依|依据|根据|按照)(?:照)?(?:其)?(?:实际|所占|相应|对应|已|未)?(?:的)?(?:完成|执行|达标|支出|到位|覆盖|控制|符合|超出|达成)?"
            r"(?:的)?(?:情况|进度|数量|程度)?(?:的|占|与)?(?:任务数|目标值|计划数)?(?:的)?(?:比例|比率|比重|百分比|比值|完成率|执行率)"
            r"(?:来)?(?:进行)?(?:计算)?(?:相应)?(?:的)?(?:折算|换算)?(?:得分|计分|给分|赋分|分值|打分|评分|扣分|计算|扣减)+|(?:得分)?同比例(?:得分|计分|扣分|扣减)|"
            r"按比例(?:得|计|扣))",
            rf"(?P<marks>\(\s?(?P<bracketed>{_FIGURE})(?:\s?分?\s?(?:-|~|—|至)\s?(?P<bracketed_upper>{_FIGURE}))?\s?分\s?\)"
            rf"|(?P<verb>可|各|均|即|(?<!否)则)*(?P<gain>得|计|记|给|加|赋|评|为|占|共|共计|\+)?(?:分值?为?)?(?<![\d.])(?P<given>{_FIGURE})"
            rf"(?:\s?分?(?:-|~|—|至)(?P<given_upper>{_FIGURE}))?\s?分(?!{_NO_MARKS}))",
        )
    )
)

_ENDING = regex.compile(r"[，,、\s]*(?:的|者|时|为止|止)?[，,、\s]*")


def find_awards(text: str, start: int, end: int) -> list[Award]:
    """Every mention of marks in `text[start:end]`, in order, each with the words since the mention before it."""
    found: list[Award] = []
    condition_start = start
    for match in _PATTERN.finditer(text, start, end):
        award = _read(match, text, condition_start)
        found.append(award)
        condition_start = award.end
    return _conditions_after(found, text, end) if _marks_come_first(found, text, end) else found


def leftover(awards: list[Award], text: str, end: int) -> tuple[int, int]:
    """The place of the words behind the last award and its condition."""
    last = awards[-1]
    stop = last.end
    if last.condition_start >= last.end:
        stop = last.condition_start + len(last.condition)
    match = _ENDING.match(text, stop, end)
    return (match.end() if match else stop), end


def _read(match: regex.Match[str], text: str, condition_start: int) -> Award:
    kind, lower, upper = _kind_and_marks(match)
    return Award(
        kind,
        lower,
        upper,
        match["bracketed"] is not None,
        text[condition_start : match.start()].strip(" ，,、:"),
        condition_start,
        match.start(),
        match.end(),
    )


def _kind_and_marks(match: regex.Match[str]) -> tuple[Kind, Decimal, Decimal]:
    zero = Decimal(0)
    if match["limit"] is not None:
        most = Decimal(match["most"] or match["most2"] or 0)
        return Kind.LIMIT, most, most
    for name, kind, figure in (
        ("cap", Kind.CAP, None),
        ("discretion", Kind.DISCRETION, None),
        ("none", Kind.ZERO, None),
        ("off", Kind.DEDUCTION, "off_marks"),
        ("off_share", Kind.DEDUCTION_OF_SHARE, "off_percent"),
        ("share", Kind.SHARE_OF_MARKS, "percent"),
        ("full", Kind.FULL, None),
        ("ratio", Kind.IN_PROPORTION, None),
    ):
        if name == "share" and match["percent_from"] is not None:
            ends = sorted((Decimal(match["percent_from"]), Decimal(match["percent_to"])))
            return kind, ends[0], ends[1]
        if match[name] is not None:
            marks = zero if figure is None else Decimal(match[figure])
            return kind, marks, marks
    first = Decimal(match["bracketed"] or match["given"])
    second = Decimal(match["bracketed_upper"] or match["given_upper"] or first)
    kind = Kind.MARKS
    if first == second == 0:
        return Kind.ZERO, zero, zero
    if match["gain"] in ("加", "+"):
        kind = Kind.BONUS
    elif match["verb"] == "各":
        kind = Kind.MARKS_EACH
    return kind, min(first, second), max(first, second)


def _marks_come_first(awards: list[Award], text: str, end: int) -> bool:
    """Whether the sentence names the marks before their condition: "得5分：满意度≥95%"."""
    if not awards or awards[0].condition or awards[0].kind not in (Kind.MARKS, Kind.FULL, Kind.ZERO):
        return False
    if awards[0].is_bracketed:
        return False
    follows = text[awards[0].end : end].strip(" ，,、:的")
    return len(follows) > 1 and not (len(awards) > 1 and awards[-1].end >= end - 1)


def _conditions_after(awards: list[Award], text: str, end: int) -> list[Award]:
    moved = []
    stops = [award.start for award in awards[1:]] + [end]
    for award, stop in zip(awards, stops, strict=True):
        after = text[award.end : stop]
        words = after.strip(" ，,、:的")
        place = award.end + (after.index(words) if words else 0)
        moved.append(
            Award(award.kind, award.lower, award.upper, award.is_bracketed, words, place, award.start, award.end)
        )
    return moved


_SPEAKS_OF_MARKS = regex.compile(
    rf"扣|{_MARKS}|得分|计分|给分|赋分|满分|(?<![部处局])加分|不得|分值|权重|[<>≤≥]|\d%(?:以上|以下|以内|的?[,，]?[得扣计])|得(?:\d|零)|酌情"
)
_HARMLESS = regex.compile(
    r"(?:分档|按以下标准|按照以下标准|按下列标准|按如下标准|采用|进行|分项|分别|逐项|对照|参照)+(?:进行)?(?:分档)?(?:计分|评分|打分|评价|赋分)|评分标准|计分标准|"
    r"计分方法|评分方法|评分依据|评分说明|评价标准|评价要点|评分要点|扣分标准|扣分原因|扣分依据|得分(?:情况)?(?:如下|合计)|各项得分|分值分配|不得(?!分)|不(?:重复|予)扣分"
)


def speaks_of_marks(text: str) -> bool:
    """Whether words give or take marks, so that they must be understood; explanations do not."""
    return _SPEAKS_OF_MARKS.search(_HARMLESS.sub("", text)) is not None
