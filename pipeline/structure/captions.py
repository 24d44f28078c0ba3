"""Captions: what the lines above a table say about it, its name and the unit of its figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from patterns.fold import squeeze
from pipeline.structure.body import BodyItem, BodyLine, BodyTable, Margins
from pipeline.structure.paragraphs import Draft, gather_paragraphs, is_centred

# So many lines above a table may belong to its caption.
REACH = 5
# A line further above than so many sizes of its print belongs to something else.
DISTANCE = 5.0
LONGEST = 60

_UNITS = (
    "百万元|十万元|亿元|万元|千元|元|人次|人|个|平方米|万平方米|平方公里|公顷|亩|辆|台|件|户|家|次|公里|米|吨|%|分"
    "|处|所|座|条|项|宗|辆次|户次|万人次|万人|万户|万亩"
)
_UNIT = re.compile(rf"(?:金额|计量|货币|数量)?单位:(?:人民币)?(?P<unit>(?:{_UNITS})(?:[、,/](?:{_UNITS}))*)(?![一-龥])")
_CLOSING_UNIT = re.compile(r"\((?:人民币)?(?P<unit>百万元|亿元|万元|千元|元)\)$")
_UNIT_LINE = re.compile(rf"\(?(?:金额|计量|货币|数量)?单位:(?:人民币)?(?:{_UNITS})(?:[、,/](?:{_UNITS}))*\)?")
_NAME = re.compile(r"(?:表|一览|明细|清单|汇总|统计|目录)(?:\(.{1,20}\))*(?:续)?$|^附?表[0-9一二三四五六七八九十]")
_PARTICULARS = re.compile(
    r"^(?:编制|填报|填表|公开|预算|主管|申报|评价)?(?:部门|单位|日期|时间)(?:名称)?(?:\(.{1,6}\))?:|^\(.{0,6}年.{0,3}\)$"
)
_SENTENCE = re.compile(r"[。；;，,：:]$")
_CONTINUED = re.compile(r"[(（]?续(?:上)?表?[0-9一二三四五六七八九十]?[)）]?")


@dataclass(frozen=True, slots=True)
class Caption:
    """A table's name ("" when it has none), the units it declares, the squeezed texts of the lines that say so."""

    name: str
    unit: str | None
    lines: tuple[str, ...]


NO_CAPTION = Caption("", None, ())


def find_unit(text: str) -> str | None:
    """The unit that `text` (folded) declares for a table's figures: 单位：万元, or （万元） at its end; of several
    (单位：处、万元) all as printed."""
    match = _UNIT.search(text) or _CLOSING_UNIT.search(text)
    return match["unit"] if match else None


def read_caption(before: Sequence[BodyItem], table: BodyTable, margins: Mapping[tuple[int, int], Margins]) -> Caption:
    """The caption in the paragraphs directly above `table`; `before` are the items above it, REACH of them."""
    name = ""
    lines: list[str] = []
    unit: str | None = None
    below = table.table.bbox.top
    for draft in reversed(gather_paragraphs(before, margins)):
        if not isinstance(draft, Draft) or draft.lines[0].page is not table.page:
            break
        first, last = draft.lines[0], draft.lines[-1]
        if below - last.line.bbox.bottom > DISTANCE * last.size:
            break
        texts = [line_text(item) for item in draft.lines]
        text = "".join(texts)
        unit = unit or find_unit(text)
        if _is_name(draft, text, margins) and not name:
            name = text
        elif not (_UNIT_LINE.fullmatch(text) or _PARTICULARS.match(text)):
            break
        lines[:0] = texts
        below = first.line.bbox.top
    return Caption(name, unit, tuple(lines)) if lines or unit else NO_CAPTION


def line_text(item: BodyLine) -> str:
    """A line as captions compare it: folded, without blanks."""
    return squeeze(item.page.text[item.line.start : item.line.end])[0]


def repeats_caption(lines: Sequence[str], caption: Caption) -> bool:
    """Whether the lines above the next page's part of a table only say its caption again, or that it goes on."""
    return all(_CONTINUED.fullmatch(line) or line.removesuffix("(续)") in caption.lines for line in lines)


def _is_name(draft: Draft, text: str, margins: Mapping[tuple[int, int], Margins]) -> bool:
    if len(text) > LONGEST or _SENTENCE.search(text) or _PARTICULARS.match(text) or _UNIT_LINE.fullmatch(text):
        return False
    return _NAME.search(text) is not None or all(is_centred(item, margins) for item in draft.lines)
