"""Statements about scores in running text: an indicator's full mark, score and score rate, and the overall result.

"指标分值 20 分，评价得分 19 分，得分率 95.00%" gives all three; "评价得分 3 分" the score alone; "评分结果为 88 分" the
overall result.
Texts are folded (patterns.fold).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

_NUMBER = r"\d{1,4}(?:\.\d{1,4})?"
_FULL_MARK = regex.compile(
    rf"(?:指标|参考|标准|权重)?(?:分值|满分|权重)(?:合计|总计|共计|共|为|是|设置为|设定为|占|:)*(?P<number>{_NUMBER})分"
    rf"|满分(?P<number>{_NUMBER})分|[(](?P<number>{_NUMBER})分[)](?=[，,:]|[^，。；]{{0,20}}得分|(?:评价|自评)?得\d)"
    # 投入类指标15分，得分14分: a mark right before the score, of which no word says that it is one
    rf"|(?<=[\p{{Han}}”])(?<![扣减加得罚计为是])(?P<number>{_NUMBER})分(?=[、，,]?(?:评价|自评|实际)?(?:得分|得)(?:为|是)?\x20?\d)"
)
_SCORE = regex.compile(
    rf"(?:评价|自评|实际|评分|最终|综合|考核|指标|本项|该项|单项)?(?:得分|评分|得)(?:合计|共计|共|为|是|:)*(?P<number>{_NUMBER})分(?!钟|别|之|值)"
)
_RATE = regex.compile(rf"得分率(?:为|是|达|达到|:)*(?P<number>{_NUMBER})%")
_SCORE_AT_END = regex.compile(rf"(?:得分|评分)(?:为|是|:)*{_NUMBER}分$")
_SENTENCE_END = regex.compile(r"[。；;]")
_NAME_TAIL = regex.compile(r"(?:指标|的|共|，|,|、|:|该|本|三级|二级|一级|项|下)+$")
_NAME_HEAD = regex.compile(r"^(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.]|[①-⑳]|其中:?|[“\"]|以及|和|及)+")


@dataclass(frozen=True, slots=True)
class ScoreStatement:
    """Full mark, score and rate of one indicator, as offsets of their numbers with units; `name` is the text that
    precedes them in the clause, empty where the statement leaves the name to its heading."""

    start: int
    end: int
    name: tuple[int, int]
    full_mark: tuple[int, int] | None
    score: tuple[int, int] | None
    rate: tuple[int, int] | None


def find_score_statements(text: str) -> list[ScoreStatement]:
    """Every statement of an indicator's marks, in order.

    A statement begins with a full mark and takes the score and the rate that follow before the next full mark; a
    score without a full mark is a statement of its own, in its own sentence.
    """
    found: list[ScoreStatement] = []
    marks = list(_FULL_MARK.finditer(text))
    starts = [mark.start() for mark in marks] + [len(text)]
    taken_until = 0
    for i, mark in enumerate(marks):
        if _stands_behind(text, mark):
            taken_until = _with_mark_behind(text, mark, taken_until, found)
            continue
        name_limit = _lone_scores(text, taken_until, mark.start(), found)
        limit = starts[i + 1]
        score = _SCORE.search(text, mark.end(), limit)
        rate = _RATE.search(text, score.end() if score else mark.end(), limit)
        if rate is not None and score is not None and rate.start() - score.end() > 6:
            rate = None
        end = (rate or score or mark).end()
        found.append(
            ScoreStatement(
                start=mark.start(),
                end=end,
                name=_name_before(text, mark.start(), name_limit),
                full_mark=_figure(mark),
                score=_figure(score) if score else None,
                rate=_figure(rate) if rate else None,
            )
        )
        taken_until = end
    _lone_scores(text, taken_until, len(text), found)
    return sorted(found, key=lambda statement: statement.start)


def _stands_behind(text: str, mark: regex.Match[str]) -> bool:
    """Whether a full mark stands in a bracket behind its score: 得分19.05分(满分20分)."""
    bracketed = text[mark.start() - 1 : mark.start()] == "(" and text[mark.end() : mark.end() + 1] == ")"
    return bracketed and _SCORE_AT_END.search(text, 0, mark.start() - 1) is not None


def _with_mark_behind(text: str, mark: regex.Match[str], start: int, found: list[ScoreStatement]) -> int:
    """Adds the scores from `start` to a full mark behind its score, the last of them with the mark; returns its end."""
    before = len(found)
    end = _lone_scores(text, start, mark.start(), found)
    if len(found) > before and end == mark.start() - 1:
        found[-1] = replace(found[-1], end=mark.end() + 1, full_mark=_figure(mark))
    return mark.end() + 1


def _lone_scores(text: str, start: int, end: int, found: list[ScoreStatement]) -> int:
    """Adds the scores between `start` and `end` that no full mark precedes; returns where the last one ends."""
    until = start
    for score in _SCORE.finditer(text, start, end):
        if not regex.match(r"(?:评价|自评|实际|评分|最终|本项|该项|单项|指标|考核|综合)?(?:得分|评分)", score.group()):
            continue
        rate = _RATE.search(text, score.end(), min(end, score.end() + 20))
        found.append(
            ScoreStatement(
                start=score.start(),
                end=(rate or score).end(),
                # behind a comma stands what was done, not what is scored
                name=(score.start(), score.start())
                if text[score.start() - 1 : score.start()] in "，,"
                else _name_before(text, score.start(), until),
                full_mark=None,
                score=_figure(score),
                rate=_figure(rate) if rate else None,
            )
        )
        until = (rate or score).end()
    return until


def _figure(match: regex.Match[str]) -> tuple[int, int]:
    """The number with the unit behind it."""
    return match.start("number"), match.end("number") + 1


def _name_before(text: str, start: int, limit: int) -> tuple[int, int]:
    """The name directly before a statement, back to the last sentence or clause mark."""
    begin = limit
    for mark in regex.finditer(r"[。；;，,:]", text, pos=limit, endpos=start):
        if mark.end() < start and text[mark.end() : start].strip("，,"):
            begin = mark.end()
    end = start
    tail = _NAME_TAIL.search(text, begin, end)
    if tail is not None:
        end = tail.start()
    head = _NAME_HEAD.match(text, begin, end)
    if head is not None:
        begin = head.end()
    return (begin, end) if begin < end else (start, start)


_TOTAL = regex.compile(
    rf"(?P<label>(?:自评|评价|评分|绩效|综合|考核|整体|最终|单位|部门|项目|支出|自我|复核|复评|核定|评审|专家)*"
    rf"(?:总得分|总评分|总分|综合得分|综合评分|综合评价得分|评价得分|自评得分|自评分数|自评分|评分结果|评价结果|自评结果|评价总得分|得分))"
    rf"(?:合计|共计|共|为|是|:|达|达到|评定为)*(?P<number>{_NUMBER})分(?!钟|别|之|值)"
)
_NOT_TOTAL = regex.compile(r"满分|加权|原始|去年|上年|\d{4}年加权|扣|各单位|每项|指标(?:分值|得分)|分值")
# A band (综合得分90分及以上为优) and the full marks of a scheme (设置24个指标，总分100分) are nobody's score.
_BAND_BEHIND = regex.compile(r"\x20?(?:\(不?含\))?(?:及|和|或|\(不?含\))?(?:以[上下]|[-—~至到]\x20?\d|\(不?含\))")
# 效益类得分, 满意度得分: the score of a part.
_OF_PART = regex.compile(r"[类标性率度值数量果本益项]$")
_SCHEME = regex.compile(r"设置|设定|设[\d一二三四五六七八九十]|指标体系|个(?:一级|二级|三级)?指标|百分制|权重|计分")
_ALL_MARKS = regex.compile(r"总分(?:合计|共计|共|为|是|:)*100(?:\.0{1,2})?分")
_OF_YEAR = regex.compile(r"(20\d{2})\x20?年度?[\p{Han}()\x20]{0,20}$")
_REVIEWED = regex.compile(r"复核|复评|核定|评审|专家")
_WHOLE = regex.compile(r"总|综合|整体|结果|最终|自评")


@dataclass(frozen=True, slots=True)
class TotalStatement:
    """The overall score as stated in running text: the label and the number with its unit, and the year that stands
    with the label (2023年度部门整体绩效自评得分), if one does."""

    label: tuple[int, int]
    number: tuple[int, int]
    strength: int
    year: int | None = None


def find_totals(text: str) -> Iterator[TotalStatement]:
    """Statements of an overall score. `strength` orders rivals: 3 is a review's (复核得分), 2 names a whole (总分,
    评分结果), 1 only a score."""
    for match in _TOTAL.finditer(text):
        sentence = max((mark.end() for mark in _SENTENCE_END.finditer(text, 0, match.start())), default=0)
        clause = text[max(sentence, match.start() - 12) : match.end()]
        if _NOT_TOTAL.search(clause) or _BAND_BEHIND.match(text, match.end()):
            continue
        if match.group("label") == "得分" and _OF_PART.search(text, max(0, match.start() - 1), match.start()):
            continue
        if _ALL_MARKS.search(match.group()) and _SCHEME.search(text, sentence, match.start()):
            continue
        whole = bool(_WHOLE.search(match.group("label")))
        dated = _OF_YEAR.search(text, sentence, match.start())
        yield TotalStatement(
            label=match.span("label"),
            number=(match.start("number"), match.end("number") + 1),
            strength=3 if _REVIEWED.search(match.group("label")) else 2 if whole else 1,
            year=int(dated.group(1)) if dated is not None else None,
        )


# text, then (name, full mark, score, rate) of each statement
STATEMENT_EXAMPLES: tuple[tuple[str, tuple[tuple[str, str | None, str | None, str | None], ...]], ...] = (
    ("指标分值共30分，评价得分28.5分，得分率95.00%。", (("", "30分", "28.5分", "95.00%"),)),
    (
        "预算编制指标分值12分，从合理性和规范性两方面评价，评价得分11分，得分率91.67%。",
        (("预算编制", "12分", "11分", "91.67%"),),
    ),
    ("(2)采购管理，指标分值2分，评价得分2分，得分率100.00%。", (("采购管理", "2分", "2分", "100.00%"),)),
    (
        "其中:投入类指标15分，得分14分;部门整体履职60分、得分57.2分。",
        (("投入类", "15分", "14分", None), ("部门整体履职", "60分", "57.2分", None)),
    ),
    (
        "产出指标(50分)得48.5分;效益指标(30分)得29分。",
        (("产出", "50分", "48.5分", None), ("效益", "30分", "29分", None)),
    ),
    (
        "其中预算执行率得分19.05分(满分20分)，年度目标1得分23.5分(满分25分)。",
        (("预算执行率", "20分", "19.05分", None), ("年度目标1", "25分", "23.5分", None)),
    ),
    ("档案不齐全，扣1分，得2分。", ()),
    ("来信均已答复，评价得分3分。", (("", None, "3分", None),)),
    ("本次会议得到十分重视，得到一致好评。", ()),
    ("按期完成得8分；一项没有完成扣4分。", ()),
)

# text, then the overall scores, with the year where one stands with the label
TOTAL_EXAMPLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("2031年度部门整体支出绩效自评得分为93.8分，较上年提高1.5分。", ("2031|93.8分",)),
    ("2032年6月，我单位开展自评，自评得分为90分。", ("90分",)),
    ("评分结果为95.4分，总体良好。", ("95.4分",)),
    ("单位自评得分88分(详见附表)。", ("88分",)),
    ("绩效评价总得分为93.5分。", ("93.5分",)),
    ("自评总分:97.25分，等级为优。", ("97.25分",)),
    ("各单位绩效评估总分为100分，我局全年加权得分为94.1分。", ()),
    ("综合评分为97分", ("97分",)),
    ("复核得分87.65分。", ("87.65分",)),
    ("项目得分86.79分，其中效益类得分22.2分。", ("86.79分",)),
    ("综合得分90分及以上为优，80分(含)至90分为良。", ()),
    ("评价采用百分制，设置4个一级指标、24个三级指标，总分100分。", ()),
    ("各项目标均已完成，自评总分100分。", ("100分",)),
)
