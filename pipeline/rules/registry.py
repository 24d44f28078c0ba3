"""The list of rules, explicit so that a reader sees at one glance what is checked. Codes never change meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.model.check import Calculation
from pipeline.model.report import Report
from pipeline.rules import (
    averages,
    balances,
    breakdowns,
    cumulations,
    date_spans,
    differences,
    enumerations,
    form_retellings,
    forms,
    formulas,
    growth,
    headcounts,
    lists,
    multiples,
    named_amounts,
    notation,
    products,
    rates,
    restatements,
    retold,
    rubrics,
    scores,
    shares,
    table_columns,
    table_rates,
    table_restatements,
    table_sums,
    told_scores,
)

RuleFunction = Callable[[Report], Iterator[Calculation]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code, its name as in "this report has a …", its Chinese title, and the function that lays down its
    calculations; the function's docstring is the rule's published help page."""

    code: str
    name: str
    title: str
    function: RuleFunction


RULES: tuple[Rule, ...] = (
    Rule("SCO101", "children-scores-mismatch", "下级指标得分之和与上级得分不符", scores.rule_children_scores),
    Rule("SCO102", "children-full-marks-mismatch", "下级指标分值之和与上级分值不符", scores.rule_children_full_marks),
    Rule("SCO103", "score-rate-mismatch", "得分率与得分、分值不符", scores.rule_score_rate),
    Rule("SCO104", "score-above-full-mark", "得分超过分值", scores.rule_score_above_full_mark),
    Rule("SCO105", "total-score-mismatch", "总分与各项得分之和不符", scores.rule_total_score),
    Rule("SCO106", "prose-table-score-mismatch", "正文得分与评分表得分不符", scores.rule_prose_against_table),
    Rule("SCO107", "grade-mismatch", "评价等级与总分不符", scores.rule_grade),
    Rule("SCO108", "parts-of-total-mismatch", "总分与同处所列各部分得分之和不符", scores.rule_parts_of_total),
    Rule("RUB401", "rubric-score-mismatch", "得分与按评分标准复算不符", rubrics.rule_rubric_score),
    Rule("RUB402", "score-not-attainable", "得分不在评分标准可得分数之内", rubrics.rule_attainable_score),
    Rule("RUB403", "rubric-marks-mismatch", "评分标准各项分值之和与分值不符", rubrics.rule_rubric_marks),
    Rule("RUB404", "form-score-mismatch", "自评表得分与所列公式复算不符", forms.rule_form_score),
    Rule("RUB405", "execution-score-mismatch", "预算执行得分与执行率复算不符", forms.rule_execution_score),
    Rule("RUB406", "told-score-mismatch", "正文所述得分与其依据复算不符", told_scores.rule_told_score),
    Rule("RUB407", "told-deduction-mismatch", "正文所述扣分与得分不符", told_scores.rule_told_deduction),
    Rule("SUM201", "table-total-mismatch", "表内合计与各行之和不符", table_sums.rule_table_total),
    Rule("SUM202", "breakdown-mismatch", "分项之和与总数不符", breakdowns.rule_prose_breakdowns),
    Rule("SUM203", "balance-mismatch", "期初、增减与期末不符", balances.rule_balances),
    Rule("SUM204", "cumulation-mismatch", "累计数与各期之和不符", cumulations.rule_cumulations),
    Rule("SUM205", "row-total-mismatch", "表内行合计与各栏之和不符", table_columns.rule_row_total),
    Rule("SUM206", "code-hierarchy-mismatch", "科目与其下级科目之和不符", table_sums.rule_code_hierarchy),
    Rule("SUM207", "nested-rows-mismatch", "表内上级行与其明细之和不符", table_sums.rule_nested_rows),
    Rule("SUM208", "difference-column-mismatch", "表内增减额与两栏之差不符", table_columns.rule_difference_column),
    Rule("SUM209", "table-balance-mismatch", "收支总表不平衡", table_columns.rule_table_balance),
    Rule("SUM210", "running-total-mismatch", "表内累计栏与各期之和不符", table_columns.rule_running_total),
    Rule("SUM211", "change-mismatch", "增减额与前后两数不符", growth.rule_change_of_levels),
    Rule("SUM212", "part-above-whole", "“其中”栏大于总额栏", table_columns.rule_part_above_whole),
    Rule("SUM213", "listed-parts-mismatch", "逐项列出的金额之和与总额不符", lists.rule_listed_parts),
    Rule("SUM214", "named-difference-mismatch", "差额与其两数不符", differences.rule_named_differences),
    Rule("RAT301", "stated-rate-mismatch", "比率与其分子、分母不符", rates.rule_prose_rates),
    Rule("RAT302", "explicit-formula-mismatch", "算式与结果不符", formulas.rule_explicit_formulas),
    Rule("RAT303", "table-rate-mismatch", "表内比率与金额不符", table_rates.rule_rate_column),
    Rule("RAT304", "growth-rate-mismatch", "增减幅度与前后两数不符", growth.rule_growth),
    Rule("RAT305", "share-mismatch", "占比与分项、总数不符", shares.rule_prose_shares),
    Rule("RAT306", "average-mismatch", "平均数与其依据不符", averages.rule_averages),
    Rule("RAT307", "shares-of-whole-mismatch", "各项占比之和不为百分之百", shares.rule_shares_of_whole),
    Rule("RAT308", "direction-mismatch", "增减方向与数字不符", growth.rule_direction),
    Rule("RAT309", "growth-column-mismatch", "表内增减幅度与两栏不符", table_rates.rule_growth_column),
    Rule("RAT310", "average-row-mismatch", "表内平均数与各行不符", table_rates.rule_average_row),
    Rule("RAT311", "multiple-mismatch", "倍数与其两数不符", multiples.rule_multiples),
    Rule("DUP401", "restatement-mismatch", "同一金额前后不一", restatements.rule_restatements),
    Rule(
        "DUP402",
        "account-text-table-mismatch",
        "正文科目金额与表中金额不符",
        table_restatements.rule_account_in_text_and_table,
    ),
    Rule(
        "DUP403",
        "amount-text-table-mismatch",
        "正文金额与表中同名金额不符",
        table_restatements.rule_amount_in_text_and_table,
    ),
    Rule("DUP404", "near-twin-amounts", "两处金额仅有数字颠倒", restatements.rule_near_twins),
    Rule("DUP405", "repeated-figure", "重复出现的数字", restatements.rule_repeated_figures),
    Rule("DUP406", "retold-figure-mismatch", "重述同一事项的数字前后不一", retold.rule_retold_figures),
    Rule(
        "DUP407",
        "named-amount-text-table-mismatch",
        "正文所述事项金额与表中同名金额不符",
        named_amounts.rule_named_amount_in_text_and_table,
    ),
    Rule("DUP408", "form-text-mismatch", "自评表文字所述与资金栏不符", form_retellings.rule_form_text_and_rows),
    Rule("CNT501", "headcount-mismatch", "人员编制数字不符", headcounts.rule_headcounts),
    Rule("CNT502", "enumeration-mismatch", "列举项数与所称数量不符", enumerations.rule_enumerations),
    Rule("CNT503", "date-span-mismatch", "天数与起止日期不符", date_spans.rule_date_spans),
    Rule("PRO701", "unit-product-mismatch", "单价（标准）、数量与总额不符", products.rule_unit_products),
    Rule("FMT601", "misplaced-thousands-mark", "千分位分隔符位置有误", notation.rule_thousands_marks),
)


def rule_by_code(code: str) -> Rule:
    """The rule with this code, in any letter case. Raises KeyError with the known codes when there is none."""
    for rule in RULES:
        if rule.code == code.upper():
            return rule
    raise KeyError(f"no rule {code}; known are {', '.join(rule.code for rule in RULES)}")
