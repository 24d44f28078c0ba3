"""Captions: what the lines above a table say about it, its name and the unit of its figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from patterns.fold import squeeze
from pipeline.structure.body import BodyItem, BodyLine, BodyTable, Margins
from pipeline.structure.measures import page_size

# So many lines above a table may belong to its caption.
REACH = 5
# A line further above than so many sizes of its print belongs to something else.
DISTANCE = 5.0
LONGEST = 60
# From middle to middle, the lines of one name stand no further apart than this, in sizes of their print.
NAME_STEP = 2.2

_UNITS = "百万元|十万元|亿元|万元|千元|元|人次|人|个|平方米|万平方米|平方公里|公顷|亩|辆|台|件|户|家|次|公里|米|吨|%|分"
_UNIT = re.compile(rf"(?:金额|计量|货币|数量)?单位:(?:人民币)?(?P<unit>{_UNITS})(?![一-龥])")
_CLOSING_UNIT = re.compile(r"\((?:人民币)?(?P<unit>百万元|亿元|万元|千元|元)\)$")
_UNIT_LINE = re.compile(rf"\(?(?:金额|计量|货币|数量)?单位:(?:人民币)?(?:{_UNITS})(?:[、,/](?:{_UNITS}))*\)?")
_NAME = re.compile(r"(?:表|一览|明细|清单|汇总|统计|目录)(?:\(.{1,20}\))*(?:续)?$|^附?表[0-9一二三四五六七八九十]")
_PARTICULARS = re.compile(
    r"^(?:编制|填报|填表|公开|预算|主管|申报|评价)?(?:部门|单位|日期|时间)(?:名称)?(?:\(.{1,6}\))?:|^\(.{0,6}年.{0,3}\)$"
)
_SENTENCE = re.compile(r"[。；;，,]$")
_CONTINUED = re.compile(r"[(（]?续(?:上)?表?[0-9一二三四五六七八九十]?[)）]?")


@dataclass(frozen=True, slots=True)
class Caption:
    """A table's name ("" when it has none), its unit if declared, and the squeezed texts of the lines that say so."""

    name: str
    unit: str | None
    lines: tuple[str, ...]


NO_CAPTION = Caption("", None, ())


def find_unit(text: str) -> str | None:
    """The unit that `text` (folded) declares for a table's figures: 单位：万元, or （万元） at its end."""
    match = _UNIT.search(text) or _CLOSING_UNIT.search(text)
    return match["unit"] if match else None


def read_caption(before: Sequence[BodyItem], table: BodyTable, margins: Mapping[tuple[int, int], Margins]) -> Caption:
    """The caption in the lines directly above `table`; `before` are the items above it, REACH of them."""
    names: list[tuple[BodyLine, str]] = []
    texts: list[str] = []
    unit: str | None = None
    below = table.table.bbox.top
    for item in reversed(before):
        if not isinstance(item, BodyLine) or item.page is not table.page:
            break
        line = item.line
        if below - line.bbox.bottom > DISTANCE * item.size:
            break
        text = squeeze(item.page.text[line.start : line.end])[0]
        unit = unit or find_unit(text)
        if _UNIT_LINE.fullmatch(text) or _PARTICULARS.match(text):
            texts.append(text)
        elif _is_name(item, text, margins) and (not names or _is_one_name(item, names[-1][0])):
            names.append((item, text))
            texts.append(text)
        else:
            break
        below = line.bbox.top
    if not texts and unit is None:
        return NO_CAPTION
    return Caption("".join(text for _, text in reversed(names)), unit, tuple(reversed(texts)))


def _is_one_name(upper: BodyLine, lower: BodyLine) -> bool:
    """Whether two name lines are one name set on two lines."""
    near = lower.middle - upper.middle <= NAME_STEP * lower.size
    alike = abs(upper.size - lower.size) <= 0.05 * lower.size
    return near and alike and _NAME.search(squeeze(upper.page.text[upper.line.start : upper.line.end])[0]) is None


def repeats_caption(lines: Sequence[str], caption: Caption) -> bool:
    """Whether the lines above the next page's part of a table only say its caption again, or that it goes on."""
    return all(_CONTINUED.fullmatch(line) or line.removesuffix("(续)") in caption.lines for line in lines)


def _is_name(item: BodyLine, text: str, margins: Mapping[tuple[int, int], Margins]) -> bool:
    if len(text) > LONGEST or _SENTENCE.search(text) or text.endswith(":"):
        return False
    if _NAME.search(text):
        return True
    edges, box = margins[page_size(item.page)], item.line.bbox
    indent, room = box.x0 - edges.left, edges.right - box.x1
    return min(indent, room) > 2.5 * item.size and abs(indent - room) <= 2.5 * item.size
