"""Sentences of a rubric cell, also where line breaks that parted them are gone ("…×1分政府采购执行率=…×100%如…")."""

from __future__ import annotations

import re
from itertools import pairwise

_STOP = re.compile(r"[。;；!！\n]+")
_OPENING = "([{“《〔「"
_CLOSING = ")]}”》〕」"

# A mark or formula ended, and a new thought begins with no stop between.
_GLUED = re.compile(
    r"(?:[×*]\d+(?:\.\d+)?分|[×*]100%|(?:得|计|记)(?:\d+(?:\.\d+)?分|满分)|不得分)"
    r"(?=[\u4e00-\u9fff“\"(\d])(?!之|者|以|为|的|值|制|钟|封顶|至|到|\(含|\(不含|或|即|止|计|情况)"
)
_NAME_BEFORE_EQUALS = re.compile(r"(?:[\u4e00-\u9fffA-Za-z“”\"、《》—]|\([^()=]*\)|\d+(?=[年季月度]))+$")


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Places `[start, end)` of the sentences of `text[start:end]`, stops and outer spaces left out."""
    cuts = [start, *_stops(text, start, end), end]
    pieces = []
    for left, right in pairwise(cuts):
        pieces.extend(_split_glued(text, left, right))
    return [trimmed for left, right in pieces if (trimmed := _trim(text, left, right)) is not None]


def _stops(text: str, start: int, end: int) -> list[int]:
    """Ends of the stops outside brackets; a bracket that is never closed holds nothing."""
    stops = []
    for match in _STOP.finditer(text, start, end):
        before = text[start : match.start()]
        after = text[match.end() : end]
        if not _is_inside_brackets(before, after):
            stops.append(match.end())
    return stops


def _is_inside_brackets(before: str, after: str) -> bool:
    depth = 0
    for character in before:
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
    if depth == 0:
        return False
    # The bracket must be closed within reach, else it was cut off and would swallow the rest.
    ahead = after[:80]
    first_closing = min((ahead.find(mark) for mark in _CLOSING if mark in ahead), default=-1)
    first_opening = min((ahead.find(mark) for mark in _OPENING if mark in ahead), default=len(ahead))
    return 0 <= first_closing < first_opening


def _split_glued(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = {start, end}
    cuts.update(match.end() for match in _GLUED.finditer(text, start, end))
    cuts.update(_second_equations(text, start, end))
    return list(pairwise(sorted(cuts)))


def _second_equations(text: str, start: int, end: int) -> list[int]:
    """Where the name of a further equation begins: "…÷4季度支出进度=…"."""
    starts = []
    equals = [match.start() for match in re.finditer(r"(?<![<>≤≥=])=(?![<>=])", text[start:end])]
    for position in equals[1:]:
        name = _NAME_BEFORE_EQUALS.search(text, start, start + position)
        if name is None or name.start() == start:
            continue
        begin = name.start()
        if text[begin - 1].isdigit() and text[begin] == "分":
            begin += 1
        if text[begin - 1] in "÷/×*+-":
            # "…÷4季度支出进度=…": the figure is the operand, and the name begins behind it.
            begin += len(text[begin:]) - len(text[begin:].lstrip("0123456789"))
        if text[begin - 1].isdigit() or text[begin - 1] in "%分)":
            starts.append(begin)
    return starts


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and (text[start].isspace() or text[start] in "。;；，,、:："):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "。;；，,、"):
        end -= 1
    return (start, end) if start < end else None
