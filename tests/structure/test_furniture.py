"""Page furniture: what is set aside, and what only looks like it."""

from __future__ import annotations

import pytest

from pipeline.model.document import Furniture
from tests.structure.typesetting import Setter, build

TEXT = "本部门严格执行年度预算，各项支出符合规定，资金使用效益较好。"


def set_aside(*setters: Setter) -> list[tuple[int, str, Furniture]]:
    document = build(*setters)
    return [(span.page, document.printed((span,)), kind) for span, kind in document.furniture]


@pytest.mark.parametrize(
    "mark", ["— {} —", "- {} -", "－{}－", "第{}页", "第 {} 页 共 9 页", "{}/9", "·{}·", "一{}一", "{}"]
)
def test_page_numbers(mark: str) -> None:
    pages = [Setter(number).paragraph(TEXT).foot(mark.format(number)) for number in (1, 2, 3)]
    assert set_aside(*pages) == [(number, mark.format(number), Furniture.PAGE_NUMBER) for number in (1, 2, 3)]


def test_page_numbers_may_begin_after_the_cover() -> None:
    pages = [Setter(number).paragraph(TEXT).foot(str(number - 1)) for number in (2, 3)]
    assert len(set_aside(Setter(1).centred("自评报告", 26.0), *pages)) == 2


def test_a_number_at_the_foot_that_does_not_count_pages_stays() -> None:
    assert set_aside(Setter(1).paragraph(TEXT).foot("2021"), Setter(2).paragraph(TEXT)) == []


def test_running_heads_over_several_pages() -> None:
    pages = [Setter(number).line("某市某局绩效自评报告", 220.0, 9.0, y=50.0) for number in (1, 2, 3)]
    for page in pages:
        page.y = 100.0
        page.paragraph(TEXT)
    assert {kind for _, _, kind in set_aside(*pages)} == {Furniture.HEADER}


def test_running_heads_stand_elsewhere_on_pages_set_across() -> None:
    pages = [Setter(number).line("某市某局绩效自评报告", 220.0, 9.0, y=50.0) for number in (1, 2, 3)]
    pages.append(Setter(4, 842.0, 595.0).line("某市某局绩效自评报告", 320.0, 9.0, y=24.0))
    for page in pages:
        page.y = 100.0
        page.paragraph(TEXT)
    assert [page for page, _, _ in set_aside(*pages)] == [1, 2, 3, 4]


def test_titles_and_units_that_return_with_every_form_stay() -> None:
    pages = []
    for number in (1, 2, 3):
        setter = Setter(number)
        setter.y = 40.0
        setter.centred("项目支出绩效自评表", 16.0).line("金额单位：万元", 400.0, 10.0)
        pages.append(setter.paragraph(TEXT, 10.0))
    assert set_aside(*pages) == []


def test_contents_with_leaders() -> None:
    setter = Setter(1).centred("目  录").line("一、基本情况............................2")
    setter.line("二、主要绩效和存在的问题及下一步的改进措").line("施..................................8")
    assert [text for _, text, _ in set_aside(setter, Setter(2).line("一、基本情况").paragraph(TEXT))] == [
        "目  录",
        "一、基本情况............................2",
        "二、主要绩效和存在的问题及下一步的改进措",
        "施..................................8",
    ]


def test_contents_without_page_numbers_are_known_by_their_headings() -> None:
    contents = Setter(1).centred("目录").line("一、基本情况").line("二、主要绩效")
    text = Setter(2).line("一、基本情况").paragraph(TEXT).line("二、主要绩效").paragraph(TEXT)
    document = build(contents, text)
    assert [kind for _, kind in document.furniture] == [Furniture.CONTENTS] * 3
    assert [(section.number, section.page) for section in document.sections] == [("一、", 2), ("二、", 2)]


def test_contents_set_as_a_table() -> None:
    rows = [["目 录"], ["一、部门职责 ……………… 1"], ["二、部门预算表 ……………… 3"]]
    document = build(Setter(1).table(rows, (80.0, 500.0)), Setter(2).paragraph(TEXT))
    assert document.tables == ()
    assert {kind for _, kind in document.furniture} == {Furniture.CONTENTS}


def test_text_after_the_contents_stays() -> None:
    setter = (
        Setter(1)
        .centred("目录")
        .line("一、基本情况..........2")
        .paragraph("本年度收入预算总额为1,200.50万元，比上年增加3")
    )
    assert [text for _, text, _ in set_aside(setter)] == ["目录", "一、基本情况..........2"]
