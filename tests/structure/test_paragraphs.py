"""Paragraphs over line and page breaks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.text import unpack
from tests.structure.typesetting import Setter, build

LONG = "本部门围绕年度重点工作，强化预算约束，优化支出结构，提高资金使用效益，完成了全年各项目标任务，社会反响良好。"


def paragraphs(*setters: Setter) -> list[str]:
    return [paragraph.passage.text for paragraph in build(*setters).paragraphs]


def test_lines_of_a_paragraph_are_joined() -> None:
    assert paragraphs(Setter().paragraph(LONG).paragraph(LONG)) == [LONG, LONG]


def test_a_figure_cut_by_the_page_end_is_whole() -> None:
    first = Setter(1).paragraph(LONG).line("全年支出合计一千二百余万元，其中基本支出为126.82 万", 112.0).foot("— 1 —")
    second = Setter(2).line("元，占比百分之十。").foot("— 2 —")
    document = build(first, second)
    text = document.paragraphs[-1].passage.text
    assert text.endswith("基本支出为126.82万元，占比百分之十。")
    start = text.index("126.82万元")
    spans = document.paragraphs[-1].passage.spans(start, start + len("126.82万元"))
    assert [span.page for span in spans] == [1, 2]
    assert document.printed(spans) == "126.82 万元"


def test_a_new_page_begins_a_new_paragraph_when_indented() -> None:
    assert paragraphs(Setter(1).paragraph(LONG), Setter(2).paragraph(LONG)) == [LONG, LONG]


def test_headings_stand_alone() -> None:
    setter = Setter().line("一、基本情况", 112.0).line("（一）部门职责", 112.0).paragraph(LONG)
    assert paragraphs(setter) == ["一、基本情况", "(一)部门职责", LONG]


def test_headings_without_indents() -> None:
    setter = Setter().paragraph(LONG).line("一、基本情况").line("（一）部门职责").paragraph(LONG)
    assert paragraphs(setter) == [LONG, "一、基本情况", "(一)部门职责", LONG]


def test_a_number_at_a_line_start_within_a_sentence_is_no_heading() -> None:
    setter = Setter().line("本年度安排的专项资金依照管理办法规定，分别用于附件", 112.0).line("1、附件2所列各项工作。")
    assert len(paragraphs(setter)) == 1


def test_the_next_list_item_begins_a_paragraph_even_below_a_full_line() -> None:
    setter = (
        Setter().line("6.某项目支出绩效自评表某项目支出绩效自评表某项目支出（甲）").line("7.某项目支出绩效自评表（乙）")
    )
    assert len(paragraphs(setter)) == 2


def test_titles_on_two_lines_are_one() -> None:
    setter = Setter().centred("某市某区某某局", 26.0).centred("2021年度部门整体绩效自评报告", 26.0).centred("2022年3月")
    assert paragraphs(setter) == ["某市某区某某局2021年度部门整体绩效自评报告", "2022年3月"]


def test_quotation_marks_keep_their_neighbours() -> None:
    setter = (
        Setter().paragraph(LONG).line("今年是承上启下的一年，我部门主动担当、围", 112.0).line("绕“1+N”体系推进工作。")
    )
    assert paragraphs(setter)[-1] == "今年是承上启下的一年，我部门主动担当、围绕“1+N”体系推进工作。"


def test_name_and_date_below_a_report_stand_alone() -> None:
    setter = Setter().paragraph(LONG).line("某市某局绩效评价工作组", 344.0).line("2023年7月14日", 390.0)
    assert paragraphs(setter) == [LONG, "某市某局绩效评价工作组", "2023年7月14日"]


def test_a_table_ends_a_paragraph() -> None:
    setter = Setter().paragraph(LONG).table([["项目", "金额"], ["甲", "1.00"]], (80.0, 300.0, 500.0)).paragraph(LONG)
    document = build(setter)
    assert [paragraph.order for paragraph in document.paragraphs] == [0, 2]
    assert [table.order for table in document.tables] == [1]


def test_digits_at_line_ends_with_room_are_two_figures() -> None:
    setter = (
        Setter()
        .paragraph(LONG)
        .line("全年共办理各类事项合计数量如下：窗口办理总数为 26", 112.0)
        .line("31件为网上办理，其余为其他方式。")
    )
    assert "26 31件" in paragraphs(setter)[-1]


@pytest.mark.parametrize("mark", ["。", "！", "；", "："])
def test_a_short_closed_line_ends_its_paragraph(mark: str) -> None:
    setter = Setter().paragraph(LONG + "特此报告。").line("主要情况如下" + mark).line("全年收支平衡。")
    assert paragraphs(setter)[1:] == [f"主要情况如下{mark}".replace("；", ";").replace("：", ":"), "全年收支平衡。"]


@settings(max_examples=60)
@given(
    st.lists(
        st.lists(st.text("一二、（）1.5,%万元。；：合计 ", min_size=1, max_size=30), max_size=6), min_size=1, max_size=3
    )
)
def test_nothing_printed_is_lost_or_told_twice(texts: list[list[str]]) -> None:
    setters = []
    for number, lines in enumerate(texts, start=1):
        setter = Setter(number)
        for line in lines:
            setter.line(line)
        setters.append(setter)
    document = build(*setters)
    told = [
        unpack(place)
        for paragraph in document.paragraphs
        for character, place in zip(paragraph.passage.text, paragraph.passage.places, strict=True)
        if not character.isspace()
    ]
    told += [(span.page, offset) for span, _ in document.furniture for offset in range(span.start, span.end)]
    printed = [
        (page.number, offset)
        for page in document.pages
        for offset, character in enumerate(page.text)
        if not character.isspace()
    ]
    assert sorted(place for place in told if not document.page(place[0]).text[place[1]].isspace()) == printed
