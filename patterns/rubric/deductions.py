"""Deductions: 发现一项扣1分, 每低于1个百分点扣0.5分, 超过8%的，超过一个百分点扣0.2分, 未按时完成的扣2分."""

from __future__ import annotations

from decimal import Decimal

import regex

from patterns.numerals import parse_chinese_numeral
from patterns.rubric.conditions import parse_condition
from patterns.rubric.pieces import Direction, LooseDeduction, LooseMarks, LooseSlide

_BELOW = "低于|低|降低|下降|减少|少|不足|偏低|未完成|差"
_ABOVE = "超过|超出|超支|超|高于|高|增加|上升|提高|偏高|多"
_AWAY = "偏离|相差|偏差|变动|差异"
_COUNTED = r"[项次例处起人件条篇天日期份家类笔宗户月年台套名批周个](?![目人均体月])|个工作日|工作日|个月|季度"
_AMOUNT = r"\d+(?:\.\d+)?|[一两二三四五六七八九十半]"

_ASIDE = regex.compile(r"\([^()]*\)")
# "每低于95%1个百分点": a bound between the word and the step; "每低于5%": the step alone.
_PERCENT_STEP = regex.compile(
    rf"(?:(?P<each>每|再)(?:再)?(?:与\S{{0,8}}?)?)?(?P<direction>{_AWAY}|{_BELOW}|{_ABOVE})?(?:了|于)?(?:目标值?|标准值?|计划|(?P<bound>\d+(?:\.\d+)?)%(?=[\d一两二三五]))?"
    rf"(?:的)?(?P<step>{_AMOUNT})(?:个)?(?P<unit>百分点|%)(?:的|时|，|,|、|相应|则|就)*$"
)
# "每少1次": falls from a bound of things counted, where one is printed.
_COUNTED_STEP = regex.compile(
    rf"每(?P<direction>{_BELOW}|{_ABOVE})(?:于)?(?:(?P<step>{_AMOUNT})?(?:个)?(?P<unit>{_COUNTED})"
    r"|(?P<bare_step>\d+(?:\.\d+)?))(?:的|，|,|、|则|就)*$"
)
# "每超过（降低）5%", "每增加或减少1%".
_BOTH_WAYS = regex.compile(rf"每(?:(?:{_BELOW})(?:\(|或|/|、)(?:{_ABOVE})|(?:{_ABOVE})(?:\(|或|/|、)(?:{_BELOW})|增减)")
# "每延期1个月" counts months: the unit behind a printed number, if there is one in the clause, is what is counted.
_EACH_NUMBERED = regex.compile(
    rf"每(?!个?(?:{_COUNTED}))[^\s，,。;]{{0,24}}?(?P<step>\d+(?:\.\d+)?)(?P<unit>{_COUNTED})"
)
_EACH = regex.compile(rf"每(?:\S{{0,24}}?)(?P<step>{_AMOUNT})?(?P<unit>{_COUNTED})")
_ONE = regex.compile(rf"(?P<step>[一1])(?P<unit>{_COUNTED})(?!以内|以上|以下|内|之内)")


def read_deduction(words: str, marks: LooseMarks, span: tuple[int, int]) -> LooseSlide | LooseDeduction:
    """What `marks` are taken off for: steps of a rate, things counted, or one fault."""
    bare = _ASIDE.sub("", words).strip(" ，,、:")
    slide = _read_percent_step(bare, words, marks, span)
    if slide is not None:
        return slide
    fall = _COUNTED_STEP.search(bare)
    if fall is not None:
        before = bare[: fall.start()].strip(" ，,、:")
        condition = parse_condition(before) if before else None
        limits, variable = (condition.limits, condition.variable) if condition is not None else (None, "")
        step = _amount(fall["step"] or fall["bare_step"])
        direction = _direction(fall["direction"])
        return LooseSlide(variable, limits, direction, marks, step, fall["unit"] or "", words, span)
    step, unit = read_piece(bare)
    return LooseDeduction(words, marks, step, unit, None, span)


def read_piece(words: str) -> tuple[Decimal, str]:
    """What is counted by words such as 每出现2处 and 一项…: how many and of what, with "" for nothing counted."""
    for pattern in (_EACH_NUMBERED, _EACH, _ONE):
        counted = pattern.search(words)
        if counted is not None:
            return _amount(counted["step"]), counted["unit"]
    return Decimal(1), "次" if "每" in words else ""


def _read_percent_step(bare: str, words: str, marks: LooseMarks, span: tuple[int, int]) -> LooseSlide | None:
    step = _PERCENT_STEP.search(bare)
    both_ways = _BOTH_WAYS.search(words) is not None
    if step is None:
        return None
    # "超过5%的扣2分" names a bound, no step; "超出一个百分点" names a step also without 每.
    if not step["each"] and not (step["unit"] == "百分点" and step["direction"]):
        return None
    before = bare[: step.start()].strip(" ，,、:")
    condition = parse_condition(before) if before else None
    limits = condition.limits if condition is not None else None
    direction = Direction.EITHER if both_ways else _direction(step["direction"] or "")
    if step["bound"]:
        bound = Decimal(step["bound"])
        condition_text = f"低于{bound}%" if direction is Direction.BELOW else f"超过{bound}%"
        own = parse_condition(condition_text)
        limits = own.limits if own is not None and limits is None else limits
    variable = condition.variable if condition is not None else ""
    return LooseSlide(variable, limits, direction, marks, _amount(step["step"]), "%", words, span)


def _direction(word: str) -> Direction:
    if word in _AWAY.split("|") or not word:
        return Direction.EITHER
    return Direction.BELOW if word in _BELOW.split("|") else Direction.ABOVE


def _amount(printed: str | None) -> Decimal:
    if not printed:
        return Decimal(1)
    if printed == "半":
        return Decimal("0.5")
    if printed[0].isdigit():
        return Decimal(printed)
    return parse_chinese_numeral(printed) or Decimal(1)
