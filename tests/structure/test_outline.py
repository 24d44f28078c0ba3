"""Sections from numbered paragraphs."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import pytest

from pipeline.model.text import Passage, pack
from pipeline.structure.outline import OutlineBuilder
from tests.structure.typesetting import Setter, build


def outline(*texts: str) -> list[tuple[str, str, str]]:
    """Id, number and title of the sections that paragraphs with these texts make."""
    builder = OutlineBuilder()
    for text in texts:
        builder.take(Passage(text, array("q", [pack(1, index) for index in range(len(text))])), len(text))
    return [(section.section_id, section.number, section.title) for section in builder.sections]


@dataclass(frozen=True)
class Case:
    name: str
    texts: tuple[str, ...]
    ids: tuple[str, ...]


CASES = [
    Case(
        "usual order",
        ("一、甲", "(一)甲", "1.甲", "(1)甲", "(2)甲", "2.甲", "二、甲"),
        ("s1", "s1.1", "s1.1.1", "s1.1.1.1", "s1.1.1.2", "s1.1.2", "s2"),
    ),
    Case(
        "(1) directly below 一、",
        ("一、甲", "(1)甲", "(2)甲", "1、甲", "2、甲", "(3)甲", "二、甲", "(1)甲"),
        ("s1", "s1.1", "s1.2", "s1.2.1", "s1.2.2", "s1.3", "s2", "s2.1"),
    ),
    Case(
        "(1) again below 4、",
        ("一、甲", "(1)甲", "1、甲", "2、甲", "(1)甲", "(2)甲", "3、甲", "(2)甲"),
        ("s1", "s1.1", "s1.1.1", "s1.1.2", "s1.1.2.1", "s1.1.2.2", "s1.1.3", "s1.2"),
    ),
    Case(
        "kinds that come later",
        ("一、甲", "1.甲", "二、甲", "(一)甲", "1.甲", "(二)甲", "三、甲"),
        ("s1", "s1.1", "s2", "s2.1", "s2.1.1", "s2.2", "s3"),
    ),
    Case("parts", ("第一部分 甲", "一、甲", "第二部分 甲", "一、甲", "二、甲"), ("s1", "s1.1", "s2", "s2.1", "s2.2")),
    Case(
        "a slip in the official numbers",
        ("一、甲", "(一)甲", "(一)乙", "(四)丙", "二、甲"),
        ("s1", "s1.1", "s1.2", "s1.3", "s2"),
    ),
    Case("numbers out of any series head nothing", ("一、甲", "7.甲", "(9)甲", "③甲"), ("s1",)),
    Case("one number skipped", ("一、甲", "1.甲", "3.甲", "4.甲"), ("s1", "s1.1", "s1.2", "s1.3")),
    Case(
        "decimals",
        ("一、甲", "1.1甲", "1.2甲", "1.2.1甲", "2.1甲", "二、甲", "2.1甲"),
        ("s1", "s1.1", "s1.2", "s1.2.1", "s2", "s2.1"),
    ),
    Case("an annex after the text", ("一、甲", "附件1", "一、甲"), ("s1", "s2", "s2.1")),
    Case("an annex mark at the very top", ("附件1", "一、甲"), ("s1",)),
    Case(
        "references in sentences",
        ("一、甲", "附件1所列各项资金已经拨付到位。", "一是加强管理。", "3.5万元用于培训。"),
        ("s1",),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nesting(case: Case) -> None:
    assert tuple(section_id for section_id, _, _ in outline(*case.texts)) == case.ids


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("一、部门基本情况", "部门基本情况"),
        ("1.资金管理。本部门制度健全。", "资金管理"),
        ("(1)资金支出情况:2021年支出100万元。", "资金支出情况"),
        ("一、2021年预算", "2021年预算"),
        ("1." + "长" * 100, "长" * 60),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert [found for _, _, found in outline(text)] == [title]


def test_sections_know_their_place_and_paragraphs_their_section() -> None:
    setter = Setter().line("一、基本情况", 112.0).paragraph("本部门负责某项工作。").line("（一）部门职责", 112.0)
    document = build(setter)
    assert [(section.section_id, section.parent_id, section.level) for section in document.sections] == [
        ("s1", None, 1),
        ("s1.1", "s1", 2),
    ]
    assert document.printed((document.sections[1].span,)) == "（一）部门职责"
    assert [(paragraph.section_id, paragraph.heading) for paragraph in document.paragraphs] == [
        ("s1", True),
        ("s1", False),
        ("s1.1", True),
    ]


def test_a_title_without_number_begins_something_new() -> None:
    text = "本部门负责某项工作，并承担上级交办的其他事项，全年各项任务已经完成。"
    setter = Setter().line("一、基本情况", 112.0).paragraph(text).centred("名词解释", 22.0).paragraph(text)
    assert [paragraph.section_id for paragraph in build(setter).paragraphs] == ["s1", "s1", None, None]
