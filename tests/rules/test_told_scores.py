"""RUB406 and RUB407: scores and deductions as the text tells them, for and against."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model.check import Verdict
from pipeline.model.indicator import Origin
from pipeline.model.report import Report
from pipeline.reconcile.evaluate import evaluate
from pipeline.reconcile.formula import printed_figure
from pipeline.rules.registry import rule_by_code
from tests.builders import scored_report
from tests.rules.prose.report import prose_report
from tests.rules.test_named_scores import checks, report

EXECUTION = "执行率=（实际支出/预算数）×100%。得分=执行率×6分，最高6分。"
TWO_PARTS = "1.执行率得分=执行率×4分；2.支付及时的，得2分，不及时的酌情扣分。"
TWO_RATES = (
    "1.接待费控制率=接待费决算数/接待费预算数×100%（3分）：（1）控制率＜80%的，得3分；（2）80%≤控制率≤100%的，得2分；"
    "（3）控制率＞100%的，得0分。2.会议费控制率=会议费决算数/会议费预算数×100%（3分）：（1）控制率＜80%的，得3分；"
    "（2）80%≤控制率≤100%的，得2分；（3）控制率＞100%的，得0分。"
)
DAMAGE = "未发生设施损坏事件的，得8分；每发生1次扣0.5分，扣完为止。"


def told(text: str, name: str, full_mark: str, score: str, rubric: str | None) -> Report:
    """A paragraph beside a table with one scored indicator."""
    table = scored_report([(1, name, full_mark, score), (1, "其他", "5", "4.50")], origin=Origin.TABLE)
    first, second = table.indicators
    return replace(prose_report([text]), indicators=(replace(first, rubric=rubric), second))


def outcome(made: Report, code: str) -> tuple[list[str], list[str]]:
    """The stated figures of the checks that hold and of those that do not."""
    found = [evaluate(c, "c") for c in rule_by_code(code).function(made)]
    held = [c for c in found if c.verdict in (Verdict.EXACT, Verdict.WITHIN_ROUNDING)]
    wrong = [c for c in found if c.verdict is Verdict.INCONSISTENT]
    return [printed_figure(c.calculation.stated) for c in held], [printed_figure(c.calculation.stated) for c in wrong]


@pytest.mark.parametrize(
    ("text", "name", "rubric", "held", "wrong"),
    [
        ("执行率85.50%，按比例得5.13分。", "执行率", EXECUTION, ["5.13分"], []),
        ("执行率85.50%，按比例得5.31分。", "执行率", EXECUTION, [], ["5.31分"]),
        # no rubric: the share of the full mark that 按比例 speaks of
        ("执行率85.50%，按比例得5.13分。", "执行率", None, ["5.13分"], []),
        ("执行率85.50%，按比例得5.53分。", "执行率", None, [], ["5.53分"]),
        # without rubric and without 按比例 nothing says how the score came about
        ("执行率85.50%，得5.53分。", "执行率", None, [], []),
        # of the year before
        ("2021年执行率85.50%，按比例得5.31分。", "执行率", EXECUTION, [], []),
        # the rate earns only a part of the score, or belongs to something else
        ("执行率85.50%，得3.42分。", "执行率", TWO_PARTS, [], []),
        ("采购执行率85.50%，按比例得1.71分。", "执行率", EXECUTION, [], []),
        ("采购执行率95.00%，按“采购执行率×2分”计得1.90分。", "采购情况", None, ["1.90分"], []),
        ("采购执行率95.00%，按“采购执行率×2分”计得1.09分。", "采购情况", None, [], ["1.09分"]),
        ("采购执行率95.00%，按“到位率×2分”计得1.09分。", "采购情况", None, [], []),
        ("会议费控制率在80%至100%之间，得2分。", "经费控制", TWO_RATES, ["2分"], []),
        ("会议费控制率在80%至100%之间，得3分。", "经费控制", TWO_RATES, [], ["3分"]),
        # limits that the rubric does not have
        ("会议费控制率在70%至90%之间，得3分。", "经费控制", TWO_RATES, [], []),
    ],
)
def test_told_scores(text: str, name: str, rubric: str | None, held: list[str], wrong: list[str]) -> None:
    assert outcome(told(text, name, "6", "5.13", rubric), "RUB406") == (held, wrong)


@pytest.mark.parametrize(
    ("text", "rubric", "held", "wrong"),
    [
        ("台账不完整，制度执行扣1分。", None, ["1分"], []),
        ("台账不完整，制度执行扣3分。", None, [], ["3分"]),
        ("台账不完整，制度执行扣0.5分。", None, [], ["0.5分"]),
        # only main reasons are told: less than all that was lost is no contradiction
        ("主要扣分原因是台账不完整，制度执行扣0.5分。", None, ["0.5分"], []),
        ("主要扣分原因是台账不完整，制度执行扣2.5分。", None, [], ["2.5分"]),
        # two deductions may be parts of one
        ("台账不完整，制度执行扣0.5分;验收滞后，制度执行扣0.5分以上。制度执行扣0.2分。", None, [], []),
        ("台账不完整，档案管理扣3分。", None, [], []),
        ("全年发生设施损坏事件2次，每次扣0.5分。", DAMAGE, ["7.00"], []),
        ("全年发生设施损坏事件4次，每次扣0.5分。", DAMAGE, [], ["7.00"]),
        ("全年发生设施损坏事件2次，每次扣1.5分。", DAMAGE, [], ["7.00"]),
        ("全年发生设备停机事件4次，每次扣0.5分。", DAMAGE, [], []),
        ("全年发生设施损坏事件2次，比上年减少4次，每次扣0.5分。", DAMAGE, ["7.00"], []),
    ],
)
def test_told_deductions(text: str, rubric: str | None, held: list[str], wrong: list[str]) -> None:
    assert outcome(told(text, "制度执行", "8", "7.00", rubric), "RUB407") == (held, wrong)


@pytest.mark.parametrize(
    ("code", "name", "context", "old", "new"),
    [
        ("RUB406", "songqi-road-2023", "18.68分。预算执行率93.50%", "93.50", "39.50"),
        ("RUB406", "songqi-road-2023", "按比例计得4.68分", "4.68", "4.86"),
        ("RUB406", "nanyu-market-2021", "计得0.97分", "0.97", "0.79"),
        ("RUB407", "songqi-road-2023", "制度执行有效性扣1分", "1", "2"),
        ("RUB407", "songqi-road-2023", "每起扣0.5分", "0.5", "2.5"),
    ],
)
def test_a_changed_figure_is_found(code: str, name: str, context: str, old: str, new: str) -> None:
    assert not [c for c in checks(report(name), code) if c.verdict is Verdict.INCONSISTENT]
    found = checks(report(name, context=context, old=old, new=new), code)
    assert [check.verdict for check in found].count(Verdict.INCONSISTENT) == 1
