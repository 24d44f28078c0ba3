"""Header rows, captions and units of tables."""

from __future__ import annotations

import pytest

from pipeline.structure.captions import find_unit
from tests.structure.typesetting import Setter, build

FOUR = (80.0, 190.0, 300.0, 410.0, 520.0)

HEADERS = [
    (
        "one row",
        [["项目", "预算数", "执行数", "执行率"], ["甲", "10.00", "9.00", "90%"], ["乙", "5.00", "5.00", "100%"]],
        1,
    ),
    ("two rows", [["一级指标", "<", "评分标准", "得分"], ["名称", "分值", "^", "^"], ["决策", "20", "酌情", "19"]], 2),
    (
        "column numbers",
        [["项目", "预算数", "执行数", "结余"], ["栏次", "1", "2", "3"], ["甲", "10.00", "9.00", "1.00"]],
        2,
    ),
    (
        "title row inside",
        [["收支情况表", "<", "<", "<"], ["项目", "预算数", "执行数", "结余"], ["甲", "2.0", "1.0", "1.0"]],
        2,
    ),
    (
        "text only",
        [["序号", "任务名称", "完成情况", "备注"], ["一", "修路", "已经完成", ""], ["二", "造桥", "已经完成", ""]],
        1,
    ),
    ("values from the first row", [["甲", "10.00", "9.00", "90%"], ["乙", "5.00", "5.00", "100%"]], 0),
    (
        "codes beside the total",
        [["项目", "<", "本年支出", "基本支出"], ["科目编码", "名称", "^", "^"], ["201", "合计", "9.00", "8.00"]],
        2,
    ),
    (
        "form of labels and values",
        [
            ["项目名称", "某项目", "<", "<"],
            ["主管部门", "某局", "实施单位", "某中心"],
            ["预算数", "10.00", "执行数", "9.00"],
        ],
        0,
    ),
]


@pytest.mark.parametrize(("rows", "count"), [case[1:] for case in HEADERS], ids=[case[0] for case in HEADERS])
def test_header_rows(rows: list[list[str]], count: int) -> None:
    (table,) = build(Setter().table(rows, FOUR)).tables
    assert table.header_rows == count
    assert {cell.row for cell in table.cells if cell.header} <= set(range(count))


def test_a_title_row_is_the_caption_and_no_header() -> None:
    rows = HEADERS[3][1]
    (table,) = build(Setter().table(rows, FOUR)).tables
    assert table.caption == "收支情况表"
    assert [cell.header for cell in table.row_cells(0)] == [False]
    assert all(cell.header for cell in table.row_cells(1))


ROWS = HEADERS[0][1]
CAPTIONS = [
    ("name and unit", Setter().centred("部门收支总表").line("单位：万元", 440.0, 10.0), "部门收支总表", "万元"),
    (
        "unit beside the department",
        Setter().centred("部门收支总表").line("编制部门：某局　　　　单位：元", 80.0, 12.0),
        "部门收支总表",
        "元",
    ),
    (
        "particulars on two lines",
        Setter()
        .centred("项目支出绩效自评表", 18.0)
        .line("填报单位：某市某局　填表人：某某　联系电话：00000000　金额单位：万")
        .line("元"),
        "项目支出绩效自评表",
        "万元",
    ),
    (
        "numbered name",
        Setter().line("表1 各季度执行情况（金额单位：亿元）"),
        "表1各季度执行情况(金额单位:亿元)",
        "亿元",
    ),
    (
        "name on two lines",
        Setter().centred("某市某区某局二〇二一年度", 18.0).centred("项目支出明细表", 18.0),
        "某市某区某局二〇二一年度项目支出明细表",
        None,
    ),
    ("sentence above", Setter().paragraph("各季度执行情况如下表所示：").line("单位：元", 440.0, 10.0), "", "元"),
    ("nothing", Setter().paragraph("各季度执行情况良好。"), "", None),
]


@pytest.mark.parametrize(
    ("setter", "name", "unit"), [case[1:] for case in CAPTIONS], ids=[case[0] for case in CAPTIONS]
)
def test_captions(setter: Setter, name: str, unit: str | None) -> None:
    # Two paragraphs show where the margins are.
    long = (
        "本部门围绕年度重点工作，强化预算约束，优化支出结构，提高资金使用效益，完成了全年各项目标任务，社会反响良好。"
    )
    (table,) = build(setter.table(ROWS, FOUR).paragraph(long).paragraph(long)).tables
    assert (table.caption, table.unit) == (name, unit)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位:万元", "万元"),
        ("金额单位:人民币元", "元"),
        ("(单位:亿元)", "亿元"),
        ("2021年收支情况表(万元)", "万元"),
        ("预算单位:某局", None),
        ("填报单位:元朗街道", None),
        ("部门(单位)名称", None),
    ],
)
def test_units(text: str, unit: str | None) -> None:
    assert find_unit(text) == unit
