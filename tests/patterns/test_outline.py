"""Outline numbers: what is one, what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.outline import OutlineKind, parse_heading

HEADINGS = [
    ("第一部分 部门概况", OutlineKind.PART, 1, "部门概况"),
    ("第二部分", OutlineKind.PART, 2, ""),
    ("第十二章 总结", OutlineKind.PART, 12, "总结"),
    ("第三节 资金管理", OutlineKind.PART_SECTION, 3, "资金管理"),
    ("附件", OutlineKind.ANNEX, 0, ""),
    ("附件1", OutlineKind.ANNEX, 1, ""),
    ("附件2：项目绩效自评表", OutlineKind.ANNEX, 2, "项目绩效自评表"),
    ("附表：评分表", OutlineKind.ANNEX, 0, "评分表"),
    ("一、部门基本情况", OutlineKind.CHINESE, 1, "部门基本情况"),
    ("  十一、其他", OutlineKind.CHINESE, 11, "其他"),
    ("二十、其他", OutlineKind.CHINESE, 20, "其他"),
    ("二、三公经费支出", OutlineKind.CHINESE, 2, "三公经费支出"),
    ("三．绩效分析", OutlineKind.CHINESE, 3, "绩效分析"),
    ("（一）主要职责", OutlineKind.CHINESE_BRACKETED, 1, "主要职责"),
    ("(十二) 主要职责", OutlineKind.CHINESE_BRACKETED, 12, "主要职责"),
    ("㈡主要职责", OutlineKind.CHINESE_BRACKETED, 2, "主要职责"),
    ("1.资金管理。我局制度健全", OutlineKind.ARABIC, 1, "资金管理。我局制度健全"),
    ("１．资金管理", OutlineKind.ARABIC, 1, "资金管理"),
    ("2、资金管理", OutlineKind.ARABIC, 2, "资金管理"),
    ("3. 2021年预算", OutlineKind.ARABIC, 3, "2021年预算"),
    ("3.2021年预算", OutlineKind.ARABIC, 3, "2021年预算"),
    ("1、2021年预算", OutlineKind.ARABIC, 1, "2021年预算"),
    ("1.和谐社区建设", OutlineKind.ARABIC, 1, "和谐社区建设"),
    ("⒉资金管理", OutlineKind.ARABIC, 2, "资金管理"),
    ("1.2 项目概况", OutlineKind.DECIMAL, 2, "项目概况"),
    ("2.3.1资金投入", OutlineKind.DECIMAL, 1, "资金投入"),
    ("（1）资金支出情况：全年支出", OutlineKind.ARABIC_BRACKETED, 1, "资金支出情况：全年支出"),
    ("⑶资金支出", OutlineKind.ARABIC_BRACKETED, 3, "资金支出"),
    ("4）资金支出", OutlineKind.ARABIC_HALF_BRACKETED, 4, "资金支出"),
    ("①完成率", OutlineKind.CIRCLED, 1, "完成率"),
    ("B、完成率", OutlineKind.LETTER, 2, "完成率"),
]

NO_HEADINGS = [
    "",
    "1",
    "1.",
    "（一）",
    "3.5 万元",
    "3.5万元",
    "1.5亿元",
    "12.5个百分点",
    "2021.5",
    "2021年",
    "2.5%≤比率≤10%的",
    "2.90%＞利用率≥75%的",
    "97.62%",
    "98.5，其中",
    "一是加强管理",
    "一般公共预算",
    "三、四季度支出",
    "一、二级指标",
    "一、二、三",
    "一一、对应",
    "二一、",
    "1、2号楼",
    "1、2、3项",
    "（一）至（三）",
    "（1）=（2）+（3）",
    "①+②",
    "第一部分是基本支出",
    "第一季度支出",
    "（2021）12号",
    "(20分)",
    "A类项目",
    "U.S. dollars",
    "1:1",
    "附件所列项目",
]


@pytest.mark.parametrize(("text", "kind", "ordinal", "title"), HEADINGS)
def test_headings(text: str, kind: OutlineKind, ordinal: int, title: str) -> None:
    heading = parse_heading(text)
    assert heading is not None
    assert (heading.kind, heading.ordinal, text[heading.title_start :]) == (kind, ordinal, title)
    assert text.strip().startswith(heading.number)


@pytest.mark.parametrize("text", NO_HEADINGS)
def test_what_only_looks_like_a_heading(text: str) -> None:
    assert parse_heading(text) is None


def test_levels_run_from_the_outside_in() -> None:
    marks = ["第一部分", "一、甲", "（一）甲", "1.甲", "（1）甲", "①甲"]
    levels = [heading.level for heading in map(parse_heading, marks) if heading is not None]
    assert levels == sorted(set(levels))
    assert len(levels) == len(marks)


def test_decimal_numbers_keep_their_parts() -> None:
    heading = parse_heading("2.3.1资金投入")
    assert heading is not None
    assert heading.parts == (2, 3, 1)


@given(st.integers(1, 99))
def test_chinese_ordinals(value: int) -> None:
    tens, ones = divmod(value, 10)
    numeral = ("" if tens < 2 else "一二三四五六七八九"[tens - 1]) + ("十" if tens else "")
    numeral += "一二三四五六七八九"[ones - 1] if ones else ""
    heading = parse_heading(f"（{numeral}）情况")
    assert heading is not None
    assert heading.ordinal == value
