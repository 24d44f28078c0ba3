"""Periods: the time a figure in running text speaks of."""

from __future__ import annotations

import re

import regex

from patterns.clauses import clause_start

_PERIOD_WORD = regex.compile(
    r"(?P<until>截[至止](?:到)?)?(?P<year>(?:(?:19|20)\d\d年?(?:-|—|~|至))?(?:19|20)\d\d)\x20?年(?:度)?"
    r"(?P<part>第?[一二三四1-4]季度|[上下]半年|\d{1,2}(?:[-—至到]\d{1,2})?月(?:\d{1,2}日)?(?:底|末|初|份)?"
    r"|年?[初末底中](?![级小])|全年)?"
    r"|(?P<part_alone>第?[一二三四](?:至[一二三四])?季度|[上下]半年|(?<!\d)\d{1,2}月(?:\d{1,2}日)?(?:底|末|初|份)?)"
    r"|(?P<moment>年初|年末|年底|期初|期末|年中)"
    r"|(?P<relative>上一?年度?|去年|本年度?|当年|今年)"
)
# Every one of them has one of these.
_PERIOD_SIGN = re.compile(r"[年季月期]")
_COMPARED_WITH = regex.compile(r"[比较与同和按]$")
_INSIDE_TITLE = regex.compile(r"(?:关于|《[^》]*)$")
_CHANGES = regex.compile(r"[增减升降高低多少提]|相比|回落|倍|[，,；;]")
_BRACKETS = regex.compile(r"\([^()]*\)")
_BUDGET = regex.compile(r"[^，。；;:]*?(?:预算|计划|指标|批复|目标)")
_MOMENT = regex.compile(r"年?[初末底中]$")


def period_of(text: str, start: int) -> str | None:
    """The time that the figure at `start` speaks of: the nearest period before it in its sentence, or None.

    Years to compare with (比2020年增加) and years inside titles are passed over. A part of a year takes the year that
    stands before it (2021年…第一季度 gives 2021年第一季度). 年初, 年末 and the like hold only up to the next semicolon,
    and a 年初 budget is one of the year. 年度 is given as 年.
    """
    sentence = max(text.rfind(mark, 0, start) for mark in "。！？\n") + 1
    if _PERIOD_SIGN.search(text, sentence, start) is None:
        return None
    segment = max(sentence, text.rfind(";", 0, start) + 1, text.rfind("；", 0, start) + 1)
    clause = clause_start(text, start)
    part = ""
    before = _BRACKETS.sub(lambda brackets: " " * len(brackets.group()), text[sentence:start])
    for match in reversed(list(_PERIOD_WORD.finditer(" " * sentence + before, sentence))):
        if _is_aside(text, match, sentence, start):
            continue
        if match.group("relative"):
            return match.group("relative").replace("年度", "年").replace("一年", "年") + part
        if match.group("year"):
            own = (match.group("part") or "").removeprefix("年").replace("全年", "")
            if _MOMENT.fullmatch(own) and (match.start() < segment or _is_of_the_year(text, match.end(), start)):
                own = ""
            return ("截至" if match.group("until") else "") + match.group("year") + "年" + (part or own)
        alone = match.group("part_alone")
        if match.group("moment") and match.start() >= clause and not _is_of_the_year(text, match.end(), start):
            alone = match.group("moment").removeprefix("年")
        part = part or alone or ""
    return {"初": "年初", "末": "年末", "底": "年底", "中": "年中"}.get(part, part) or None


def _is_aside(text: str, match: regex.Match[str], sentence: int, start: int) -> bool:
    """Whether a period is part of a title, or the time that the figure at `start` is compared with.

    In "比2020年加权得分(94.30分)高0.28分" the first figure is that of 2020, the second is not.
    """
    if _INSIDE_TITLE.search(text, max(sentence, match.start() - 40), match.start()):
        return True
    if text[max(0, match.start() - 1) : match.start()] == "是" and text.startswith("的", match.end()):
        return True
    compared = _COMPARED_WITH.search(text, max(sentence, match.start() - 1), match.start()) is not None
    return compared and _CHANGES.search(text, match.end(), start) is not None


def _is_of_the_year(text: str, moment_end: int, start: int) -> bool:
    """Whether what is dated 年初 is a budget or plan, which then is that of the whole year."""
    return text[moment_end - 1] == "初" and _BUDGET.match(text, moment_end, min(start, moment_end + 16)) is not None
