"""Grades (评价等级): their words, and the score bands of 财预〔2020〕10号 (项目支出绩效评价管理办法, article 16)."""

from __future__ import annotations

from decimal import Decimal

import regex

GRADE_BANDS: dict[str, tuple[Decimal, Decimal]] = {
    "优": (Decimal(90), Decimal(100)),
    "良": (Decimal(80), Decimal(90)),
    "中": (Decimal(60), Decimal(80)),
    "差": (Decimal(0), Decimal(60)),
}

_GRADE_WORD = regex.compile(r"^[“\"'‘（(]?(优|良|中|差)(?:秀|好|等)?(?:级|等级)?[”\"'’）)]?$")
_STATED_GRADE = regex.compile(
    r"(?:(?:评价|自评|评分|绩效|综合|总体|考核|评定|结果)[^，。；,;]{0,8}?(?:等级|等次|级别|档次|评级)|等级)"
    r"[^，。；,;\d]{0,6}?(?:评定|确定|核定)?(?:为|是|属于|属|达到|:)?"
    r"[“\"‘（(]?(?P<grade>优秀|优等|优|良好|良等|良|中等|中|较差|差)(?=[”\"’）)]|级|等|[，。；,;、]|$)"
)

GRADE_EXAMPLES: tuple[tuple[str, str | None], ...] = (
    ("自评得分为95.6分，评价等级为“优”。", "优"),
    ("绩效评价等级：良", "良"),
    ("综合得分83.2分，绩效等级为良好。", "良"),
    ("评价结果等级评定为“中”，", "中"),
    ("对评价等级为“优”、“良”的部门，予以支持；评价等级为“中”的，压减预算。", None),
    ("加强等级保护工作。", None),
    ("总体情况较好。", None),
)


def grade_of(text: str) -> str | None:
    """The grade a short text names (优秀 -> 优), or None."""
    match = _GRADE_WORD.match(text.strip())
    return match.group(1) if match else None


def find_grade(text: str) -> tuple[int, int, str] | None:
    """(start, end, grade) of the first grade that a text states of itself; conditional mentions are passed over.

    "对评价等级为“优”“良”的…" speaks of any office with such a grade, not of this one.
    """
    for match in _STATED_GRADE.finditer(text):
        before = text[max(0, match.start() - 6) : match.start()]
        after = text[match.end("grade") : match.end("grade") + 14]
        conditional = regex.search(r"[对如若凡将]", before) or regex.match(r"[”\"’]?(?:[、，,和或及]|的)", after)
        if conditional and not regex.match(r"[”\"’]?[，,。；;]", after):
            continue
        if regex.search(r"[对如若凡]", before):
            continue
        return match.start("grade"), match.end("grade"), match.group("grade")[0]
    return None
