"""Published frameworks as data: their rules compile, add up, and are taken only for reports they fit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from patterns.rubric.facts import facts
from patterns.rubric.framework import Framework, FrameworkIndicator, frameworks, match_framework
from patterns.rubric.marks import marks_total
from patterns.rubric.score import attainable, score

_INDICATORS = [(framework, indicator) for framework in frameworks() for indicator in framework.indicators]


def _by_key(key: str) -> Framework:
    return next(framework for framework in frameworks() if framework.key == key)


@pytest.mark.parametrize(("framework", "indicator"), _INDICATORS, ids=[f"{f.key}: {i.name}" for f, i in _INDICATORS])
def test_rules_are_understood_and_meet_their_marks(framework: Framework, indicator: FrameworkIndicator) -> None:
    assert framework.source
    assert indicator.rubric.is_understood, indicator.rubric.readable()
    if indicator.full_mark is not None:
        assert marks_total(indicator.rubric) in (indicator.full_mark, None)
        assert attainable(indicator.rubric).upper == indicator.full_mark


def test_department_framework_adds_up_to_a_hundred() -> None:
    marks = [indicator.full_mark for indicator in _by_key("department-shenzhen").indicators]
    assert sum(mark for mark in marks if mark is not None) == 100


@pytest.mark.parametrize(
    ("name", "mark", "given", "scores"),
    [
        ("固定资产利用率", "1", {"固定资产利用率": "97.62"}, ("1", "1")),
        ("固定资产利用率", "1", {"实际在用固定资产总额": "80", "所有固定资产总额": "100"}, ("0.7", "0.7")),
        ("编外人员控制率", "1", {"编外人员控制率": "52.44"}, ("0", "0")),
        ("政府采购执行情况", "2", {"政府采购执行率": "97.52", "政府采购政策功能执行和落实": "1"}, ("1.9752", "1.9752")),
        ("政府采购执行情况", "2", {"政府采购执行率": "119"}, ("0", "1")),
        ("公用经费控制率", "6", {"“三公”经费控制率": "45.47", "日常公用经费控制率": "67.16"}, ("6", "6")),
        (
            "预算执行率",
            "6",
            {
                "一季度预算执行率": "117.53",
                "二季度预算执行率": "98.02",
                "三季度预算执行率": "97.80",
                "四季度预算执行率": "94.03",
            },
            ("5.8985", "5.8985"),
        ),
        ("重点工作完成率", "8", {"一项重点工作没有完成": "1"}, ("4", "4")),
        ("公众或服务对象满意度", "6", {"满意度": "92"}, ("4", "4")),
    ],
)
def test_scores_by_the_department_framework(
    name: str, mark: str, given: dict[str, str], scores: tuple[str, str]
) -> None:
    indicator = _by_key("department-shenzhen").indicator(name, Decimal(mark))
    assert indicator is not None
    known = {fact.name for fact in facts(indicator.rubric)}
    assert set(given) <= known
    result = score(indicator.rubric, {fact: (Fraction(value), Fraction(value)) for fact, value in given.items()})
    assert result is not None
    assert (result.lower, result.upper) == (Fraction(scores[0]), Fraction(scores[1]))


def test_projects_done_in_time_score_in_proportion() -> None:
    indicator = _by_key("department-shenzhen").indicator("项目完成及时性", Decimal(6))
    assert indicator is not None
    given = {"已完成项目数": (Fraction(22), Fraction(22)), "计划完成项目总数": (Fraction(26), Fraction(26))}
    result = score(indicator.rubric, given)
    assert result is not None
    assert result.allows(Fraction("5.08"), Fraction("0.005"))
    assert not result.allows(Fraction("5.09"), Fraction("0.005"))


def test_satisfaction_of_five_is_not_attainable() -> None:
    indicator = _by_key("department-shenzhen").indicator("公众或服务对象满意度", Decimal(6))
    assert indicator is not None
    assert not attainable(indicator.rubric).allows(Fraction(5), Fraction("0.005"))
    assert attainable(indicator.rubric).allows(Fraction(4), Fraction("0.005"))


_SCORED = [
    ("绩效目标的完整性", Decimal(3)),
    ("绩效目标的明确性", Decimal(7)),
    ("政府采购执行情况", Decimal(2)),
    ("财务合规性", Decimal(3)),
    ("预决算信息公开", Decimal(3)),
    ("项目实施程序", Decimal(2)),
    ("项目监管（2分）", Decimal(2)),
    ("资产管理安全性", Decimal(2)),
    ("固定资产利用率", Decimal(1)),
    ("财政供养人员控制率", None),
    ("编外人员控制率", Decimal(1)),
    ("管理制度健全性", Decimal(3)),
    ("公用经费控制率", Decimal(6)),
    ("预算执行率", Decimal(6)),
]
_OTHER = [
    ("项目立项规范性", Decimal(4)),
    ("资金到位率", Decimal(3)),
    ("产出数量", Decimal(10)),
    ("社会效益", Decimal(8)),
]


@pytest.mark.parametrize(
    ("named", "indicators", "key"),
    [
        (None, _SCORED, "department-shenzhen"),
        ("按照《部门整体支出绩效评价共性指标体系框架》开展自评", _SCORED, "department-shenzhen"),
        ("按照《部门整体支出绩效评价共性指标体系框架》开展自评", _SCORED + _OTHER, "department-shenzhen"),
        ("按照《部门整体支出绩效评价共性指标体系框架》开展自评", _OTHER, None),
        # The same names with marks of their own: another table.
        ("共性指标体系框架", [(name, Decimal(20)) for name, _ in _SCORED], None),
        (None, _SCORED[:4] + _OTHER, None),
        (None, [], None),
    ],
)
def test_framework_is_taken_only_where_it_fits(
    named: str | None, indicators: list[tuple[str, Decimal | None]], key: str | None
) -> None:
    framework = match_framework(named, indicators)
    assert (framework.key if framework is not None else None) == key


def test_ministry_framework_fits_by_its_names() -> None:
    ministry = _by_key("department-finance-ministry")
    indicators = [(indicator.name, Decimal(4)) for indicator in ministry.indicators]
    assert match_framework("根据财预〔2013〕53号文件", indicators) == ministry
    definition = ministry.indicator("预算完成率", Decimal(5))
    assert definition is not None
    assert definition.rubric.definitions[0].numerator == "预算完成数"
