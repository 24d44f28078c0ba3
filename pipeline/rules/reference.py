"""The rules' published pages, from their docstrings: `python -m pipeline.rules.reference` writes docs/rules.md."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from pipeline.rules.registry import RULES, Rule

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"

_FAMILIES = {
    "SCO": "Scores (得分)",
    "RUB": "Rubrics (评分标准)",
    "SUM": "Sums (合计)",
    "RAT": "Rates and shares (比率, 占比)",
    "DUP": "Restatements (前后不一)",
    "CNT": "Counts (数量)",
    "PRO": "Products (数量与单价)",
    "FMT": "Notation (写法)",
    "DOC": "Document (文件)",
}
_LABEL = re.compile(r"^(Precision|Known false alarms|Example):", re.MULTILINE)


def help_text(rule: Rule) -> str:
    """A rule's help page as written in its docstring."""
    return inspect.getdoc(rule.function) or ""


def reference() -> str:
    """The page of all rules, family by family, in Markdown."""
    parts = [
        "# Rules",
        "<!-- Generated from pipeline/rules by `python -m pipeline.rules.reference`; do not edit. -->",
        "Codes never change meaning. `jixiao rules CODE` prints the same help.",
    ]
    family = ""
    for rule in RULES:
        if rule.code[:3] != family:
            family = rule.code[:3]
            parts.append(f"## {_FAMILIES[family]}")
        parts.append(f"### {rule.code} {rule.name}")
        parts.append(rule.title)
        parts.append(_LABEL.sub(r"\n**\1:**", help_text(rule)))
    return "\n\n".join(parts) + "\n"


def main() -> None:
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(reference(), encoding="utf-8")


if __name__ == "__main__":
    main()
