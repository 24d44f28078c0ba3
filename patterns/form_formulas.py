"""The scoring formulas that self-evaluation forms (项目支出绩效自评表) print in a note, and how targets tell direction.

A form scores its quantitative indicators (定量指标) in proportion: a forward one (正向指标, the more the better) by
full mark × actual ÷ target, a reverse one (反向指标, the less the better) by full mark × target ÷ actual, never above
the full mark. Qualitative indicators (定性指标) are graded, each grade worth a share of the full mark. The execution of
the budget scores full mark × execution rate. The wordings derive from the attachment 项目支出绩效自评表 to
财预〔2020〕10号 and its provincial versions. Texts are folded (patterns.fold).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import regex


class Direction(StrEnum):
    """Which way an indicator is better: more (正向) or less (反向) than its target."""

    FORWARD = "forward"
    REVERSE = "reverse"


@dataclass(frozen=True, slots=True)
class QualitativeBand:
    """A grade of qualitative indicators as the note names it, and the percent of the full mark it is worth."""

    name: str
    lower: Decimal
    upper: Decimal


@dataclass(frozen=True, slots=True)
class FormNote:
    """How a form says its indicators are scored.

    `forward` and `reverse` are the formulas as printed, None where the note has none. `lettered`: they speak of A and B
    (A the target, B the actual value). `capped`: a reached target earns the full mark and no more. `reduces_overshoot`:
    marks may be taken off where the target is far exceeded. `nothing_below`: the completion in percent below which
    nothing is earned. `places`: the decimals that scores are rounded to. `full_when_reached`: the note says in so many
    words that a reached target earns the full mark.
    """

    forward: str | None = None
    reverse: str | None = None
    lettered: bool = False
    capped: bool = False
    reduces_overshoot: bool = False
    nothing_below: Decimal | None = None
    places: int | None = None
    bands: tuple[QualitativeBand, ...] = ()
    full_when_reached: bool = False


@dataclass(frozen=True, slots=True)
class ExecutionNote:
    """full mark × execution rate as `printed`; `full_mark` where the formula names the number, `capped` where it says
    that the score ends there."""

    printed: str
    full_mark: Decimal | None
    capped: bool


_BLANK = regex.compile(r"[^\S\n]+")
_TIMES = r"[*×xX✕·]"
_OVER = r"[/÷]"
_MARK = (
    r"(?:[该本此各](?:项|个|条)?)?(?:[一二三]级)?(?:绩效)?(?:指标)?(?:的|所赋|对应)?"
    r"(?:(?:权重|标准|满)?分值?+|权重)(?:总额)?+(?:\([^()]{1,8}\))?+"
)
_ACTUAL_VALUE = (
    r"(?:(?:全年|年度|本年)?(?:实际)?(?:完成|实现|达成)(?:指标|目标)?(?:值|数)"
    r"|(?:全年|年度|本年)?实际(?:指标|目标)?值)(?:\(B\))?+"
)
_TARGET_VALUE = (
    r"(?:年度|年初|全年|预期|计划|设定的?){0,3}(?:绩效)?"
    r"(?:指标|目标|计划|预期)(?:指标|目标)?+值?+(?<=[值标划])(?:\(A\))?+"
)


_QUOTIENT = rf"(?:(?&above){_OVER}(?&below)|\((?&above){_OVER}(?&below)\))(?:{_TIMES}100%)?+"
_BRACKETED_QUOTIENT = rf"(?:{_QUOTIENT}|\({_QUOTIENT}\))"


def _proportional(above: str, below: str) -> str:
    """Full mark × above ÷ below in any order of the factors.

    The factors are defined once and called by name: written out at each of their places they take a tenth of the time
    in which the program starts.
    """
    return (
        rf"(?(DEFINE)(?P<above>{above})(?P<below>{below})(?P<mark>{_MARK}))"
        rf"(?:(?<=[用按照以为即是])|(?<![\p{{Han}}A-Za-z+\-*×/÷]))(?:(?&mark){_TIMES}{_BRACKETED_QUOTIENT}"
        rf"|{_BRACKETED_QUOTIENT}{_TIMES}(?&mark)|(?&above){_TIMES}(?&mark){_OVER}(?&below))(?![+\-*×/÷])"
    )


_FORWARD = regex.compile(
    rf"{_proportional(_ACTUAL_VALUE, _TARGET_VALUE)}"
    rf"|按照?(?:完成)?(?:比例|率)\({_ACTUAL_VALUE}{_OVER}{_TARGET_VALUE}\)(?:乘以|{_TIMES}){_MARK}"
    rf"|按照?(?:{_ACTUAL_VALUE}|实际完成)[与占和](?:{_TARGET_VALUE})的?(?:比例|比值|比率|百分比)(?:[计记]算?得?分|得分|给分|乘以{_MARK})"
)
_REVERSE = regex.compile(
    rf"{_proportional(_TARGET_VALUE, _ACTUAL_VALUE)}"
    rf"|按照?(?:{_TARGET_VALUE})[与占和](?:{_ACTUAL_VALUE}|实际完成)的?(?:比例|比值|比率|百分比)(?:[计记]算?得?分|得分|给分|乘以{_MARK})"
)
_PAIR = rf"B{_OVER}A(?:\(正向指标\))?[或、和]A{_OVER}B(?:\(反向指标\))?"
_FORWARD_LETTERS = regex.compile(_proportional("B", "A") + rf"|按照?{_PAIR}与{_MARK}相乘|按照?{_PAIR}[计记]分")
_REVERSE_LETTERS = regex.compile(_proportional("A", "B") + rf"|按照?{_PAIR}与{_MARK}相乘|按照?{_PAIR}[计记]分")

_CAP = (
    r"(?:不得?|不应|不能|不可)(?:突破|超过|高于|超出|大于)[^。;\n\d]{0,8}(?:分值|权重|满分|\d+分)|封顶|为上限|为限"
    r"|最高(?:得分?|为|[计记])?\d+(?:\.\d+)?分|最高(?:得|[计记])满分|超过\d+%的?，?[按以]100%"
)
_LIMIT = regex.compile(_CAP)
_FULL_WHEN_REACHED = regex.compile(
    r"(?:达到|完成|达成|实现|优于|满足|等于|=)[^。;\n]{0,16}?(?:指标|目标)值?[^。;\n未]{0,12}?"
    r"(?:[得记计]满分|[得记计](?:该|本)?(?:项)?(?:指标)?(?:所赋|对应)?(?:的)?全部分值|[得记计]全分)"
)
_OVERSHOOT = regex.compile(
    r"(?:偏离度|明显偏低|过低)[^。\n]{0,30}(?:调减|扣减|扣分|减分|酌减)"
    r"|(?:高于|超过|超出|超额)[^。;\n]{0,24}(?:调减|扣减|扣分|酌情|减分|(?:按|得|计)[^。;\n\d]{0,8}[1-9]\d?%)"
)
_NOTHING_BELOW = regex.compile(
    r"(?:低于|小于|不足|未达到?|不到|<)[^。;\n\d]{0,12}(?P<share>\d{1,3}(?:\.\d+)?)%[^。;\n\d]{0,12}"
    r"(?:不得分|不[计记]分|[得计记](?:0|零)分)"
)
_PLACES = regex.compile(
    r"(?:保留|精确|取)到?(?:至)?(?:小数点?后?)?(?P<count>[一二两三1-3])位(?:小数)?|(?P<whole>保留整数|取整数?|保留到个位)"
)
_COUNTS = {"一": 1, "二": 2, "两": 2, "三": 3, "1": 1, "2": 2, "3": 3}

_QUALITATIVE = regex.compile(
    r"(?:分为|指标按照?)(?P<names>[^。;\n\d]{4,80}?)(?:[三四]个?(?:档次?|等级|级别|类))[^。;\n]{0,24}?"
    r"(?P<shares>\d{1,3}%?[^。;\n]{2,60}\d{1,3}%)"
)
_SHARE = regex.compile(r"(?P<first>\d{1,3})%?(?:\((?:不?含)\d{0,3}%?\))?(?:-{1,2}|—{1,2}|~|至|到)(?P<second>\d{1,3})%")
_NAME_BREAK = regex.compile(r"[、，]")

_RATE = r"(?:项目|全年)?(?:预算|资金|经费)?(?:资金)?(?:执行|支付|支出)率(?:\([^()]{1,12}\))?"
_FULL = r"(?P<mark>\d{1,3}(?:\.\d+)?)分?"
_EXECUTION = regex.compile(
    rf"(?<![\d.\p{{Han}}])(?:(?:{_FULL}|{_MARK}){_TIMES}{_RATE}|{_RATE}{_TIMES}(?:{_FULL}|{_MARK}))(?![\d+\-*×/÷])"
)
_SENTENCE_END = regex.compile(r"。|\n|;")

_FORWARD_WORD = regex.compile(r"(?:≥|>=|>|正向(?:指标)?|大于(?:等于)?|不低于|不少于|不小于)")
_REVERSE_WORD = regex.compile(r"(?:≤|<=|<|[反负逆]向(?:指标)?|小于(?:等于)?|不高于|不超过|不多于|不大于)")
_GOOD_RATE = regex.compile(
    r"(?:及时|按时|按期|准时|(?<!不)合格|(?<!未|不)达标|(?<!未)完成|覆盖|到位|准确|优良|优秀|完好|普及|知晓|办结|回复|响应|兑现|通过|验收合格|执行"
    r"|支付|利用|使用|公开|参与|满意)率$|满意度$"
)
_BAD_RATE = regex.compile(
    r"(?:差错|错误|投诉|违规|违约|缺勤|返工|故障|超标|不合格|死亡|损坏|流失|发案|事故发生|事故)率$"
)
_DIRECTION_HEADER = regex.compile(r"(?:指标)?(?:性质|方向)|(?:计算|运算|比较|关系|逻辑)?符号")
_PLAIN_WORDS = regex.compile(
    r"[\d.,，\s≥≤<>=%()+]|不[低少小高多大]于|不超过|不得|超过|大于|小于|高于|低于|等于|达到|完成|实现|实际|达|已|为|约|近|余|多"
    r"|以[上下内]|左右|[百千万亿]"
)


def read_form_note(text: str) -> FormNote | None:
    """What a note says of the scoring of indicators; None where it prints neither formula nor grades."""
    flat = _BLANK.sub("", text)
    worded = (_FORWARD.search(flat), _REVERSE.search(flat))
    letters = (_FORWARD_LETTERS.search(flat), _REVERSE_LETTERS.search(flat))
    forward, reverse = worded[0] or letters[0], worded[1] or letters[1]
    bands = _read_bands(flat)
    if forward is None and reverse is None and not bands:
        return None
    below = _NOTHING_BELOW.search(flat)
    return FormNote(
        forward=forward.group() if forward else None,
        reverse=reverse.group() if reverse else None,
        lettered=any(match is not None for match in letters) and not any(worded),
        capped=bool(_FULL_WHEN_REACHED.search(flat) or _LIMIT.search(_without_execution(flat))),
        reduces_overshoot=bool(_OVERSHOOT.search(flat)),
        nothing_below=Decimal(below.group("share")) if below else None,
        places=_read_places(flat),
        bands=bands,
        full_when_reached=_FULL_WHEN_REACHED.search(flat) is not None,
    )


def read_execution_note(text: str) -> ExecutionNote | None:
    """The formula full mark × execution rate in a note or a header cell."""
    flat = _BLANK.sub("", text)
    match = _EXECUTION.search(flat)
    if match is None:
        return None
    marks = match.capturesdict()["mark"]
    end = _SENTENCE_END.search(flat, match.end())
    rest = flat[match.end() : end.start() if end else None]
    return ExecutionNote(match.group(), Decimal(marks[0]) if marks else None, bool(_LIMIT.search(rest)))


def read_direction(text: str) -> Direction | None:
    """The direction that a sign or a word alone in its cell tells (≥, 正向); None for =, 定性 and anything else."""
    flat = regex.sub(r"\s+", "", text)
    if _FORWARD_WORD.fullmatch(flat):
        return Direction.FORWARD
    return Direction.REVERSE if _REVERSE_WORD.fullmatch(flat) else None


def direction_of_name(name: str) -> Direction | None:
    """The direction that an indicator's name leaves no doubt of: 及时率 should be high, 差错率 low.

    控制率, 增长率 and the like may be meant either way.
    """
    if _GOOD_RATE.search(name):
        return Direction.FORWARD
    return Direction.REVERSE if _BAD_RATE.search(name) else None


def is_direction_header(text: str) -> bool:
    """Whether a column header announces directions (指标性质)."""
    return bool(_DIRECTION_HEADER.fullmatch(regex.sub(r"\s+", "", text)))


def is_plain_measure(text: str, unit: str) -> bool:
    """Whether a cell says nothing beside its one figure of this unit, a sign of comparison and 完成 or 达到.

    "每季度2场" measures something that a plain count of events is not to be divided by.
    """
    return not _PLAIN_WORDS.sub("", text.replace(unit, "", 1) if unit else text)


def _without_execution(flat: str) -> str:
    """The text less the sentences that speak of the execution score, whose cap is their own."""
    kept = []
    start = 0
    for end in (*(match.end() for match in _SENTENCE_END.finditer(flat)), len(flat)):
        sentence = flat[start:end]
        if not _EXECUTION.search(sentence):
            kept.append(sentence)
        start = end
    return "".join(kept)


def _read_places(flat: str) -> int | None:
    match = _PLACES.search(flat)
    if match is None:
        return None
    return 0 if match.group("whole") else _COUNTS[match.group("count")]


def _read_bands(flat: str) -> tuple[QualitativeBand, ...]:
    match = _QUALITATIVE.search(flat)
    if match is None:
        return ()
    names = [name.strip("“”\"'等") for name in _NAME_BREAK.split(match.group("names"))]
    shares = [
        sorted((Decimal(share.group("first")), Decimal(share.group("second"))))
        for share in _SHARE.finditer(match.group("shares"))
    ]
    if len(names) != len(shares) or not all(names):
        return ()
    return tuple(QualitativeBand(name, lower, upper) for name, (lower, upper) in zip(names, shares, strict=True))


def _band(name: str, lower: int, upper: int) -> QualitativeBand:
    return QualitativeBand(name, Decimal(lower), Decimal(upper))


FORM_NOTE_EXAMPLES: tuple[tuple[str, FormNote | None], ...] = (
    (
        "正向指标得分=权重×实际完成值/指标值;反向指标得分=权重×指标值/实际完成值。得分不得突破权重总额。",
        FormNote("权重×实际完成值/指标值", "权重×指标值/实际完成值", capped=True),
    ),
    (
        "定量指标若为正向指标，得分=权重*B/A;若为反向指标，得分=权重*A/B，不得突破权重总额。",
        FormNote("权重*B/A", "权重*A/B", lettered=True, capped=True),
    ),
    (
        "完成值达到指标值，得满分;未达到的，按 B/A 或 A/B 与分值相乘。得分保留两位小数。",
        FormNote(
            "按B/A或A/B与分值相乘",
            "按B/A或A/B与分值相乘",
            lettered=True,
            capped=True,
            places=2,
            full_when_reached=True,
        ),
    ),
    (
        "正向指标得分=全年实际值(B)/年度指标值(A)*该指标分值，反向指标得分=年度指标值(A)/全年实际值(B)*该指标分值，"
        "得分最高不能超过该指标分值上限。",
        FormNote(
            "全年实际值(B)/年度指标值(A)*该指标分值",
            "年度指标值(A)/全年实际值(B)*该指标分值",
            capped=True,
        ),
    ),
    (
        "若为正向指标，计算方法应用全年实际值(B)/年度指标值(A)*该指标分值。",
        FormNote("全年实际值(B)/年度指标值(A)*该指标分值"),
    ),
    (
        "与年初指标值相比，完成指标值的，记该指标所赋全部分值;对完成值高于指标值较多的，要分析原因，属于年初指标值设定"
        "明显偏低的，按照偏离度适度调减分值;未完成指标值的，按照完成值与指标值的比例记分。",
        FormNote("按照完成值与指标值的比例记分", None, capped=True, reduces_overshoot=True, full_when_reached=True),
    ),
    (
        "得分=(完成值÷目标值)×分值，完成率低于60%的不得分。",
        FormNote("(完成值÷目标值)×分值", None, nothing_below=Decimal(60)),
    ),
    (
        "定性指标根据完成情况分为全部达成、部分达成并有一定效果、未达成且效果较差三档，分别按100%-80%(含)、"
        "80%-60%(含)、60%-0%合理确定分值。",
        FormNote(
            bands=(_band("全部达成", 80, 100), _band("部分达成并有一定效果", 60, 80), _band("未达成且效果较差", 0, 60))
        ),
    ),
    (
        "定性指标按达成预期、部分达成预期、未达成预期三档，分别按该指标分值的100%—80%(含)、80%—60%(含)、60%—0%确定得分。",
        FormNote(bands=(_band("达成预期", 80, 100), _band("部分达成预期", 60, 80), _band("未达成预期", 0, 60))),
    ),
    (
        "未达到的按完成比例(全年完成值÷年度指标值)乘以分值计分。",
        FormNote("按完成比例(全年完成值÷年度指标值)乘以分值"),
    ),
    # the deduction is no proportion
    ("未完成指标值的，每低一个百分点扣0.5分，扣完为止。", None),
    # a penalty beside the proportion makes another formula
    ("得分=分值×完成值/指标值-扣分。", None),
    ("资金执行得分=分值×执行率，最高不超过分值。", None),
    ("完成率=实际完成值/指标值×100%。", None),
)

EXECUTION_NOTE_EXAMPLES: tuple[tuple[str, ExecutionNote | None], ...] = (
    ("得分(10分×执行率)", ExecutionNote("10分×执行率", Decimal(10), False)),
    ("得分(20*执行率)", ExecutionNote("20*执行率", Decimal(20), False)),
    ("得分(执行率×10)", ExecutionNote("执行率×10", Decimal(10), False)),
    ("资金执行得分=分值×执行率，最高不超过分值。", ExecutionNote("分值×执行率", None, True)),
    ("预算执行率权重10分，得分=10分×预算执行率，最高10分。", ExecutionNote("10分×预算执行率", Decimal(10), True)),
    ("执行率(B/A)", None),
    ("得分", None),
    # another rate than the budget's
    ("得分=政府采购执行率×2分", None),
    ("得分=分值×(执行率-80%)/20%", None),
)

DIRECTION_OF_NAME_EXAMPLES: tuple[tuple[str, Direction | None], ...] = (
    ("货款支付及时率", Direction.FORWARD),
    ("受训人员满意度", Direction.FORWARD),
    ("数据录入差错率", Direction.REVERSE),
    ("材料不合格率", Direction.REVERSE),
    ("成本控制率", None),
    ("注册用户增长率", None),
    ("培训人数", None),
)

DIRECTION_EXAMPLES: tuple[tuple[str, Direction | None], ...] = (
    ("≥", Direction.FORWARD),
    ("正向", Direction.FORWARD),
    ("正向指标", Direction.FORWARD),
    ("≤", Direction.REVERSE),
    ("<", Direction.REVERSE),
    ("反向", Direction.REVERSE),
    ("=", None),
    ("定性", None),
    ("≥95%", None),
)

PLAIN_MEASURE_EXAMPLES: tuple[tuple[str, str, bool], ...] = (
    ("≥3,200人次", "人次", True),
    ("2.5万册", "册", True),
    ("达到95%以上", "%", True),
    ("不超过30天", "天", True),
    ("每季度2场", "场", False),
    ("2场/季度", "场", False),
    ("较上年提高5%", "%", False),
)
