"""The list of rules, explicit so that a reader sees at one glance what is checked. Codes never change meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.model.check import Calculation
from pipeline.model.report import Report
from pipeline.rules import scores

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
)


def rule_by_code(code: str) -> Rule:
    """The rule with this code, in any letter case. Raises KeyError with the known codes when there is none."""
    for rule in RULES:
        if rule.code == code.upper():
            return rule
    raise KeyError(f"no rule {code}; known are {', '.join(rule.code for rule in RULES)}")
