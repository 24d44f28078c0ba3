"""The indicator tree as running text tells it: each statement of marks belongs to the section it stands in."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from patterns.statements import ScoreStatement, find_score_statements, find_totals
from pipeline.extract.quantities import Placed, Quantities
from pipeline.model.document import Document, Paragraph, Section
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.text import Span

_LONGEST_NAME = 18
_NOT_A_NAME = regex.compile(
    r"^按|^经(?:综合|评|计|核|测)|计算|涉及|进行|评价(?:得分|$)|根据|通过|按照|完成了|\d{4}年|我[局委办院中处单]|开展|情况如下|，|。"
)
_NAME_PREFIX = regex.compile(
    r"^(?:综上|\d{4}年度?|本年度?|我[局委办院校中处]|本部门|本单位|部门预算使用的|预算使用的|其中)+"
)
_TITLE_END = regex.compile(r"[，,。:;；(]|指标分值|分值|评价得分|得分")
# 该类指标分值16分: the indicator that the heading names.
_POINTER = regex.compile(r"[该本此](?:一)?[类项部分块方面级]{1,2}")
_ABOUT = regex.compile(r"(?:指标|完成|实现|执行|情况|分析|方面|评价|部分)+$")
_SPECIFIC_NAME = regex.compile(r"[\p{Han}A-Za-z“”\"()、和及与]{2,}")


@dataclass(eq=False, slots=True)
class Told:
    """An indicator told in prose; `section_id` is the section whose heading it scores."""

    name: str
    section_id: str | None
    parent: Told | None
    full_mark: Quantity | None
    score: Quantity | None
    rate: Quantity | None
    spans: tuple[Span, ...]
    children: list[Told] = field(default_factory=list)

    @property
    def level(self) -> int:
        return 1 if self.parent is None else self.parent.level + 1


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """An overall score stated in prose."""

    label: str
    score: Quantity
    spans: tuple[Span, ...]
    strength: int


def read_score_prose(
    document: Document, quantities: Quantities, fiscal_year: int | None
) -> tuple[tuple[Told, ...], tuple[StatedTotal, ...]]:
    """(indicators in reading order, stated totals in reading order). Totals of other years than `fiscal_year` are
    left out."""
    sections = {section.section_id: section for section in document.sections}
    told: list[Told] = []
    owners: dict[str | None, Told] = {}
    totals: list[StatedTotal] = []
    for paragraph in document.paragraphs:
        text = paragraph.passage.text
        placed = quantities.in_paragraph.get(paragraph.order, ())
        if not any(item.quantity.kind is Kind.SCORE for item in placed):
            continue
        used: set[tuple[int, int]] = set()
        for statement in find_score_statements(text):
            item = _indicator(paragraph, statement, placed, sections, owners)
            if item is not None:
                _put_in_order(item, told, sections)
                used.update(part for part in (statement.full_mark, statement.score) if part is not None)
        for total in find_totals(text):
            quantity = _score_at(placed, total.number)
            of_other_year = None not in (total.year, fiscal_year) and total.year != fiscal_year
            if quantity is not None and total.number not in used and not of_other_year:
                label = text[slice(*total.label)]
                spans = paragraph.passage.spans(total.label[0], total.number[1])
                totals.append(StatedTotal(label, quantity, spans, total.strength))
    return tuple(told), tuple(totals)


def _indicator(
    paragraph: Paragraph,
    statement: ScoreStatement,
    placed: tuple[Placed, ...],
    sections: dict[str, Section],
    owners: dict[str | None, Told],
) -> Told | None:
    full_mark = _score_at(placed, statement.full_mark)
    score = _score_at(placed, statement.score)
    if score is None:
        return None
    own_name = _own_name(paragraph.passage.text[slice(*statement.name)])
    section = _section_named(own_name, sections.get(paragraph.section_id or ""), sections)
    heading = _heading_name(section) if section is not None else None
    taken = owners.get(section.section_id) if section is not None else None
    if full_mark is None and (taken is not None or _nearest_owner(section, sections, owners) is None):
        return None
    speaks_of_heading = own_name is None or heading is None or _same_indicator(own_name, heading)
    if taken is not None and (speaks_of_heading or own_name == taken.name):
        return None
    alike = own_name is not None and heading is not None and _core(own_name) == _core(heading)
    name = (heading or own_name) if speaks_of_heading and not alike else own_name
    parent = taken or _nearest_owner(section, sections, owners)
    if name is None:
        return None
    if full_mark is None and parent is not None and _exceeds(score, parent):
        return None
    item = Told(
        name=name,
        section_id=section.section_id if section is not None else None,
        parent=parent,
        full_mark=full_mark,
        score=score,
        rate=_percent_at(placed, statement.rate),
        spans=paragraph.passage.spans(statement.start, statement.end),
    )
    if parent is not None:
        parent.children.append(item)
    if taken is None and section is not None and speaks_of_heading:
        owners[section.section_id] = item
    return item


def _section_named(name: str | None, section: Section | None, sections: dict[str, Section]) -> Section | None:
    """The section that a statement with this name scores: the one it stands in, or the one above whose heading is its
    name, when the parts are told first and the whole at their end (综上，预算管理情况指标满分20分)."""
    above = section
    while name is not None and above is not None:
        heading = _heading_name(above)
        if heading is not None and _core(heading) == _core(name):
            return above
        above = sections.get(above.parent_id or "")
    return section


def _core(name: str) -> str:
    """A name or heading without the words that only say that something is told about it."""
    return _ABOUT.sub("", name)


def _put_in_order(item: Told, told: list[Told], sections: dict[str, Section]) -> None:
    """Adds an indicator to `told`: before those that stand in sections below its own, which become its children."""
    below = [
        other
        for other in told
        if other.parent is item.parent and other is not item and _is_below(other.section_id, item.section_id, sections)
    ]
    for other in below:
        if item.parent is not None:
            item.parent.children.remove(other)
        other.parent = item
        item.children.append(other)
    told.insert(told.index(below[0]) if below else len(told), item)


def _is_below(section_id: str | None, above_id: str | None, sections: dict[str, Section]) -> bool:
    section = sections.get(section_id or "")
    while section is not None and section.parent_id is not None:
        if section.parent_id == above_id:
            return True
        section = sections.get(section.parent_id)
    return False


def _nearest_owner(
    section: Section | None, sections: dict[str, Section], owners: dict[str | None, Told]
) -> Told | None:
    """The indicator of the nearest section above that has one."""
    while section is not None and section.parent_id is not None:
        if section.parent_id in owners:
            return owners[section.parent_id]
        section = sections.get(section.parent_id)
    return None


def _same_indicator(name: str, heading: str) -> bool:
    """Whether a name in the text is the heading's own: 经济性 under 预算使用的经济性."""
    return name in heading or heading in name


def _exceeds(score: Quantity, parent: Told) -> bool:
    return parent.full_mark is not None and score.value > parent.full_mark.value


def _own_name(text: str) -> str | None:
    name = _NAME_PREFIX.sub("", text.strip())
    name = regex.sub(r"^(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.]|[①-⑳])\s*", "", name)
    if not 2 <= len(name) <= _LONGEST_NAME or _NOT_A_NAME.search(name):
        return None
    if _POINTER.fullmatch(name):
        return None
    return name if _SPECIFIC_NAME.search(name) else None


def _heading_name(section: Section) -> str | None:
    title = regex.sub(r"\s+", "", section.title)
    cut = _TITLE_END.search(title)
    name = _NAME_PREFIX.sub("", title[: cut.start()] if cut else title)
    name = regex.sub(r"(?:指标|的|共)+$", "", name)
    name = regex.sub(r"(?<=情况)分析$", "", name)
    return name if 2 <= len(name) <= 2 * _LONGEST_NAME else None


def _score_at(placed: tuple[Placed, ...], span: tuple[int, int] | None) -> Quantity | None:
    return _at(placed, span, Kind.SCORE)


def _percent_at(placed: tuple[Placed, ...], span: tuple[int, int] | None) -> Quantity | None:
    return _at(placed, span, Kind.PERCENT)


def _at(placed: tuple[Placed, ...], span: tuple[int, int] | None, kind: Kind) -> Quantity | None:
    if span is None:
        return None
    for item in placed:
        if item.quantity.kind is kind and item.start <= span[0] and span[1] <= item.end + 1:
            return item.quantity
    return None
