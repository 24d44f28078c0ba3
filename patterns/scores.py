"""Scores (得分) and full marks (分值): which 分 after a number is a mark, and bare numbers after such labels."""

from __future__ import annotations

import regex

# Words that begin with 分 and follow a number without scoring it: 5分钟, 3分之1, 2分局, 10分制.
_NOT_A_MARK = regex.compile(r"分(?:[钟贝]|之[\d一二三四五六七八九十百千万])")
_OTHER_WORD = regex.compile(
    r"分(?:[别部局类册场期批段区支组包校会行店队制米辨析解厂院卷管布配散级层辖馆站社]|公司|中心)"
)
_CUE = regex.compile(
    r"(?:[得扣加减计给记评占共为按值权重获打差少多:=(×*+<>≥≤~至到/-]|满分|总分|分值|各|最高|最低|分别|上限|\d分[、，,])\s?$"
)
_ANGLE_OR_CLOCK = regex.compile(r"\d[度时点°]$")

_LABEL = regex.compile(
    r"(?:分值|得分|总分|满分|自评分|评分|评分结果|分数|权重)"
    r"(?:共计|合计|总计|共|总分|为|是|达到|:|=|是:|为:)*$"
)
_MORE_ARITHMETIC = regex.compile(r"\s?(?:[+*/×÷=%‰xX\d]|[-—~至到]\d|[.,:]\d|分之|[十百千万亿个项条类])")


def is_mark(text: str, start: int, end: int) -> bool:
    """Whether the number `text[start:end]`, followed by 分, is a score.

    Line ends are gone from folded text, so "得1分" may run into "部门…"; after a word that calls for a mark (得, 扣, an
    opening bracket, …) only 分钟 and 分之 are ruled out.
    """
    if _NOT_A_MARK.match(text, end) or _ANGLE_OR_CLOCK.search(text, max(0, start - 4), start):
        return False
    if not _OTHER_WORD.match(text, end):
        return True
    return _CUE.search(text, max(0, start - 4), start) is not None


def is_bare_mark(text: str, start: int, end: int) -> bool:
    """Whether a number without a unit stands right after a label of scores ("分值:20", "得分 95.5")."""
    return _LABEL.search(text, max(0, start - 12), start) is not None and not _MORE_ARITHMETIC.match(text, end)
