"""Tables over page breaks: which rows are whole, which are cut, and what becomes of merged cells."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.text import unpack
from tests.structure.typesetting import ABOVE, LEFT, Setter, build, draw

EDGES = (80.0, 140.0, 180.0, 240.0, 400.0, 440.0)
HEADER = ["一级指标", "分值", "三级指标", "评分标准", "得分"]


@dataclass(frozen=True)
class Case:
    """A table on two pages, and the whole table that it is."""

    name: str
    first: list[list[str]]
    second: list[list[str]]
    whole: list[list[str]]


# 14 characters of 10 points fill a cell of 160 points.
FULL = "预算编制符合相关规定且经过集体"

CASES = [
    Case(
        "header printed again",
        [HEADER, ["决策", "20", "目标明确", "酌情给分。", "19"]],
        [HEADER, ["过程", "30", "支出合规", "酌情给分。", "28"]],
        [HEADER, ["决策", "20", "目标明确", "酌情给分。", "19"], ["过程", "30", "支出合规", "酌情给分。", "28"]],
    ),
    Case(
        "no header printed again",
        [HEADER, ["决策", "20", "目标明确", "酌情给分。", "19"]],
        [["过程", "30", "支出合规", "酌情给分。", "28"]],
        [HEADER, ["决策", "20", "目标明确", "酌情给分。", "19"], ["过程", "30", "支出合规", "酌情给分。", "28"]],
    ),
    Case(
        "row cut in its text",
        [HEADER, ["决策", "20", "目标明确", FULL, "19"]],
        [["", "", "", "研究的得20分。", ""], ["过程", "30", "支出合规", "酌情给分。", "28"]],
        [
            HEADER,
            ["决策", "20", "目标明确", FULL + "研究的得20分。", "19"],
            ["过程", "30", "支出合规", "酌情给分。", "28"],
        ],
    ),
    Case(
        "row cut after a closed clause, header printed again",
        [HEADER, ["决策", "20", "目标明确", "1.目标完整(10分);", "19"]],
        [HEADER, ["", "", "", "2.目标可衡量(10分)。", ""]],
        [HEADER, ["决策", "20", "目标明确", "1.目标完整(10分);2.目标可衡量(10分)。", "19"]],
    ),
    Case(
        "row cut in its name as well",
        [HEADER, ["决策", "20", "预算编制\n合理性与", FULL, "19"]],
        [["", "", "完整性", "研究的得20分。", ""]],
        [HEADER, ["决策", "20", "预算编制合理性与完整性", FULL + "研究的得20分。", "19"]],
    ),
    Case(
        "values of a cut row stand on the second page",
        [HEADER, ["决策", "20", "目标明确", "酌情给分。", "19"], ["过程", "", "", FULL, ""]],
        [["", "30", "支出合规", "研究的得30分。", "28"]],
        [
            HEADER,
            ["决策", "20", "目标明确", "酌情给分。", "19"],
            ["过程", "30", "支出合规", FULL + "研究的得30分。", "28"],
        ],
    ),
    Case(
        "row cut in its names only",
        [HEADER, ["部门产出", "20", "基层机构", "酌情给分。", "19"]],
        [["(50分)", "", "达标率", "", ""], ["效益", "30", "支出合规", "酌情给分。", "28"]],
        [
            HEADER,
            ["部门产出(50分)", "20", "基层机构达标率", "酌情给分。", "19"],
            ["效益", "30", "支出合规", "酌情给分。", "28"],
        ],
    ),
    Case(
        "a name that fills its cell by chance",
        [HEADER, ["决策", "20", "目标很明确", "酌情给分。", "19"]],
        [["", "", "目标较明确", "", ""], ["过程", "30", "支出合规", "酌情给分。", "28"]],
        [
            HEADER,
            ["决策", "20", "目标很明确", "酌情给分。", "19"],
            ["", "", "目标较明确", "", ""],
            ["过程", "30", "支出合规", "酌情给分。", "28"],
        ],
    ),
    Case(
        "two rows with scores of their own stay two",
        [HEADER, ["决策", "20", "目标明确", FULL, "19"]],
        [["", "", "目标合理", "研究的得20分。", "18"]],
        [HEADER, ["决策", "20", "目标明确", FULL, "19"], ["", "", "目标合理", "研究的得20分。", "18"]],
    ),
    Case(
        "rows with blank scores stay two",
        [HEADER, ["决策", "20", "目标明确", "酌情给分。", "19"], ["过程", "", "支出合规", "酌情给分。", ""]],
        [["产出", "40", "数量达标", "酌情给分。", "38"]],
        [
            HEADER,
            ["决策", "20", "目标明确", "酌情给分。", "19"],
            ["过程", "", "支出合规", "酌情给分。", ""],
            ["产出", "40", "数量达标", "酌情给分。", "38"],
        ],
    ),
    Case(
        "merged cells go on below a whole row",
        [HEADER, ["决策", "20", "目标明确", "酌情给分。", "9"], ["^", "^", "目标合理", "酌情给分。", "10"]],
        [["", "", "预算明细", "酌情给分。", "8"], ["^", "^", "预算合理", "酌情给分。", "7"]],
        [
            HEADER,
            ["决策", "20", "目标明确", "酌情给分。", "9"],
            ["^", "^", "目标合理", "酌情给分。", "10"],
            ["^", "^", "预算明细", "酌情给分。", "8"],
            ["^", "^", "预算合理", "酌情给分。", "7"],
        ],
    ),
    Case(
        "merged cells go on below a cut row",
        [HEADER, ["决策", "20", "目标明确", "酌情给分。", "9"], ["^", "^", "目标合理", FULL, "10"]],
        [["", "", "", "研究的得20分。", ""], ["^", "^", "预算合理", "酌情给分。", "7"]],
        [
            HEADER,
            ["决策", "20", "目标明确", "酌情给分。", "9"],
            ["^", "^", "目标合理", FULL + "研究的得20分。", "10"],
            ["^", "^", "预算合理", "酌情给分。", "7"],
        ],
    ),
    Case(
        "a merged blank beside a new group belongs to the group",
        [HEADER, ["决策", "20", "目标明确", "酌情给分。", "9"], ["^", "^", "目标合理", "酌情给分。", "10"]],
        [["过程", "", "支出合规", "酌情给分。", "8"], ["^", "^", "支出及时", "酌情给分。", "7"]],
        [
            HEADER,
            ["决策", "20", "目标明确", "酌情给分。", "9"],
            ["^", "^", "目标合理", "酌情给分。", "10"],
            ["过程", "", "支出合规", "酌情给分。", "8"],
            ["^", "^", "支出及时", "酌情给分。", "7"],
        ],
    ),
    Case(
        "a figure merged over several named rows goes on",
        [HEADER, ["一季度", "100.00", "正常", "按时", "9.5"], ["二季度", "^", "正常", "按时", "9.6"]],
        [["三季度", "", "正常", "按时", "9.7"], ["全年", "<", "<", "<", "28.8"]],
        [
            HEADER,
            ["一季度", "100.00", "正常", "按时", "9.5"],
            ["二季度", "^", "正常", "按时", "9.6"],
            ["三季度", "^", "正常", "按时", "9.7"],
            ["全年", "<", "<", "<", "28.8"],
        ],
    ),
    Case(
        "a figure cut by the page end is whole",
        [HEADER, ["决策", "20", "目标明确", "预算执行数为全年支出数2,311", "19"]],
        [["", "", "", ",083.97元的得分。", ""]],
        [HEADER, ["决策", "20", "目标明确", "预算执行数为全年支出数2,311,083.97元的得分。", "19"]],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rows_over_a_page_break(case: Case) -> None:
    first = Setter(1).paragraph("评分情况如下表所示。").table(case.first, EDGES, bottom=750.0).foot("- 1 -")
    second = Setter(2).table(case.second, EDGES).foot("- 2 -")
    document = build(first, second)
    assert len(document.tables) == 1
    assert draw(document.tables[0]) == case.whole


def test_a_cut_cell_has_a_span_on_each_page() -> None:
    case = next(case for case in CASES if case.name == "row cut in its text")
    document = build(Setter(1).table(case.first, EDGES, bottom=750.0), Setter(2).table(case.second, EDGES))
    cell = document.tables[0].at(1, 3)
    assert cell is not None
    assert [span.page for span in cell.spans] == [1, 2]
    assert document.printed(cell.spans) == FULL + "研究的得20分。"
    assert cell.page == 1


def test_columns_that_one_page_lacks_are_spanned() -> None:
    rows = [["项目", "预算数", "执行数", "结余"], ["办公费", "12.50", "10.00", "2.50"]]
    total = [["合计", "12.50", "12.50"]]
    first = Setter(1).table(rows, (80.0, 200.0, 300.0, 400.0, 500.0), bottom=750.0)
    second = Setter(2).table(total, (80.0, 200.0, 400.0, 500.0))
    (table,) = build(first, second).tables
    assert draw(table)[-1] == ["合计", "12.50", "<", "12.50"]


@pytest.mark.parametrize(
    ("name", "second"),
    [
        ("caption of its own", Setter(2).centred("项目支出明细表").table([HEADER], EDGES)),
        ("text before it", Setter(2).paragraph("下表列示各项目的执行情况。").table([HEADER], EDGES)),
        (
            "a title row",
            Setter(2).table([["项目绩效自评表", "<", "<", "<", "<"], ["名称", "甲", "分值", "乙", "5"]], EDGES),
        ),
        ("other columns", Setter(2).table([["项目", "金额"], ["办公费", "1.00"]], (80.0, 300.0, 440.0))),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_table_of_its_own_is_not_joined(name: str, second: Setter) -> None:
    rows = [HEADER, ["决策", "20", "目标明确", "酌情给分。", "19"]]
    document = build(Setter(1).table(rows, EDGES, bottom=750.0), second)
    assert len(document.tables) == 2, name


def test_room_below_a_table_ends_it() -> None:
    rows = [HEADER, ["决策", "20", "目标明确", "酌情给分。", "19"]]
    document = build(Setter(1).table(rows, EDGES, bottom=300.0), Setter(2).table(rows, EDGES))
    assert len(document.tables) == 2


def test_a_caption_printed_again_does_not_part_the_table() -> None:
    rows = [HEADER, ["决策", "20", "目标明确", "酌情给分。", "19"]]
    more = [HEADER, ["过程", "30", "支出合规", "酌情给分。", "28"]]
    first = Setter(1)
    first.y = 690.0
    first.centred("绩效评分表").table(rows, EDGES)
    document = build(first, Setter(2).centred("绩效评分表").table(more, EDGES))
    assert len(document.tables) == 1
    assert document.tables[0].caption == "绩效评分表"
    assert document.printed((document.furniture[0][0],)) == "绩效评分表"


def test_lines_of_a_cell_part_figures_that_would_fit_side_by_side() -> None:
    rows = [HEADER, ["决策", "20", "甲\n乙", "目标12\n15", "9.5\n8.5"], ["过程", "30", "丙", "酌情", "24,111,\n083.97"]]
    (table,) = build(Setter(1).table(rows, EDGES)).tables
    assert draw(table)[1][3] == "目标12 15"
    assert draw(table)[1][4] == "9.5 8.5"
    assert draw(table)[2][4] == "24,111,083.97"


@st.composite
def grids(draw_value: st.DrawFn) -> list[list[str]]:
    """Rows of four cells with words, figures and blanks; some cells merged to the right, others downwards."""
    texts = st.sampled_from(
        ["", "", "5", "12.50", "项目", "合计", "一级指标", "预算编制规范性", "1.完成(1分);", "（8分）"]
    )
    rows = draw_value(st.lists(st.lists(texts, min_size=4, max_size=4), min_size=1, max_size=6))
    for row in range(len(rows)):
        if draw_value(st.booleans()):
            rows[row][draw_value(st.integers(1, 3))] = LEFT
    for row in range(1, len(rows)):
        col = draw_value(st.integers(0, 3))
        single = rows[row][col] != LEFT and (col == 3 or rows[row][col + 1] != LEFT)
        above = rows[row - 1][col] != LEFT and (col == 3 or rows[row - 1][col + 1] != LEFT)
        if single and above and draw_value(st.booleans()):
            rows[row][col] = ABOVE
    return rows


@settings(max_examples=150, deadline=None)
@given(st.lists(grids(), min_size=1, max_size=3))
def test_whatever_is_joined_nothing_is_lost_and_no_cells_overlap(pages: list[list[list[str]]]) -> None:
    edges = (80.0, 180.0, 280.0, 380.0, 480.0)
    setters = [Setter(number).table(rows, edges, bottom=750.0) for number, rows in enumerate(pages, start=1)]
    document = build(*setters)
    told = [
        unpack(place)
        for table in document.tables
        for cell in table.cells
        for place in cell.passage.places
        if not document.page(unpack(place)[0]).text[unpack(place)[1]].isspace()
    ]
    told += [(span.page, offset) for span, _ in document.furniture for offset in range(span.start, span.end)]
    printed = [
        (page.number, offset)
        for page in document.pages
        for offset, character in enumerate(page.text)
        if not character.isspace()
    ]
    assert sorted(told) == printed
    for table in document.tables:
        assert sum(cell.row_span * cell.col_span for cell in table.cells) == table.rows * table.cols
        assert not any("?" in row for row in draw(table))
