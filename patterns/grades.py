"""Grades (评价等级): their words, and the score bands of 财预〔2020〕10号 (项目支出绩效评价管理办法, article 16)."""

from __future__ import annotations

from collections.abc import Iterator
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
    r"(?:(?:评价|自评|评定|考核|考评|评分|绩效)(?:结果|结论)(?=为|是|:|属于|评定为)|(?:评价|自评|评分|绩效|综合|总体|考核|评定|结果)[^，。；,;]{0,8}?(?:等级|等次|级别|档次|评级)|等级)"
    r"[^，。；,;\d]{0,6}?(?:评定|确定|核定)?(?:为|是|属于|属|达到|:)?"
    r"[“\"‘（(]?(?P<grade>优秀|优等|优|良好|良等|良|中等|中|较差|差)(?=[”\"’）)]|级|等|[，。；,;、]|$)"
)

GRADE_EXAMPLES: tuple[tuple[str, str | None], ...] = (
    ("自评得分为95.6分，评价等级为“优”。", "优"),
    ("绩效评价等级：良", "良"),
    ("综合得分83.2分，绩效等级为良好。", "良"),
    ("评价结果等级评定为“中”，", "中"),
    ("对评价等级为“优”、“良”的部门，予以支持；评价等级为“中”的，压减预算。", None),
    ("综合得分91分，评价结果为“优”。", "优"),
    ("评价结果90分(含)以上为“优”，80分至90分为“良”。", None),
    ("加强等级保护工作。", None),
    ("总体情况较好。", None),
)


_BAND_GRADE = r"[“\"‘]?(?P<grade>优秀|优|良好|良|中|差|较差)[”\"’]?"
_POINTS = r"\d{1,3}(?:\.\d+)?"
_INCLUDED = r"(?:\(含\))?分?(?:\(含\))?"
_OWN_BANDS: tuple[regex.Pattern[str], ...] = tuple(
    regex.compile(pattern)
    for pattern in (
        # 85分(含)至95分为“良”; 80(含)-90分为良
        rf"(?P<lower>{_POINTS}){_INCLUDED}(?:至|到|-|—|～|~)(?P<upper>{_POINTS})分?(?:\([^()]*\))?"
        rf"(?:的)?(?:之间)?(?:的)?(?:,|，)?(?:评定|评价|等级)?(?:等级)?(?:为|是|属于){_BAND_GRADE}",
        # 90分(含)以上为“优”
        rf"(?P<lower>{_POINTS}){_INCLUDED}(?:及)?以上(?:\([^()]*\))?(?:的)?(?:,|，)?(?:评定|评价|等级)?(?:等级)?(?:为|是|属于){_BAND_GRADE}",
        # 60分以下为“差”; 不足60分为差
        rf"(?P<upper>{_POINTS})分?(?:\([^()]*\))?以下(?:\([^()]*\))?(?:的)?(?:,|，)?(?:评定|评价|等级)?(?:等级)?(?:为|是|属于){_BAND_GRADE}",
        # 优(90-100分); 良:80分至90分
        rf"{_BAND_GRADE}[(:](?P<lower>{_POINTS})分?(?:\(含\))?(?:至|到|-|—|～|~)(?P<upper>{_POINTS})分?",
        # 优(90分以上); 差(60分以下)
        rf"{_BAND_GRADE}[(:](?P<lower>{_POINTS})分?(?:\(含\))?(?:及)?以上",
        rf"{_BAND_GRADE}[(:](?P<upper>{_POINTS})分?(?:\([^()]*\))?以下",
        # 得分≥90为优; 80≤得分<90为良; 得分<60为差
        rf"(?P<lower>{_POINTS})分?≤[^≤<>≥，。；]{{0,8}}<(?P<upper>{_POINTS})分?(?:的)?(?:为|是){_BAND_GRADE}",
        rf"≥(?P<lower>{_POINTS})分?(?:的)?(?:为|是){_BAND_GRADE}",
        rf"<(?P<upper>{_POINTS})分?(?:的)?(?:为|是){_BAND_GRADE}",
    )
)
_FEWEST_OWN_BANDS = 3
_SCORE = regex.compile(r"(?P<score>\d{1,3}(?:\.\d+)?)分")

BAND_EXAMPLES: tuple[tuple[str, dict[str, tuple[int, int]]], ...] = (
    (
        "评价结果95分(含)以上为“优”，85分(含)至95分为“良”，70分(含)至85分为“中”，70分以下为“差”。",
        {"优": (95, 100), "良": (85, 95), "中": (70, 85), "差": (0, 70)},
    ),
    (
        "等级划分:优(90-100分)、良(80-90分)、中(60-80分)、差(60分以下)。",
        {"优": (90, 100), "良": (80, 90), "中": (60, 80), "差": (0, 60)},
    ),
    (
        "得分≥92为优；82≤得分<92为良；62≤得分<82为中；得分<62为差。",
        {"优": (92, 100), "良": (82, 92), "中": (62, 82), "差": (0, 62)},
    ),
    (
        "90(含)分以上为“优”，75(含)-90分为“良”，60(含)-75分为“中”，60分以下为“差”。",
        {"优": (90, 100), "良": (75, 90), "中": (60, 75), "差": (0, 60)},
    ),
    ("满意度90%以上为优。", {}),
    ("综合得分93分，等级为优。", {}),
)


def find_own_bands(text: str) -> dict[str, tuple[Decimal, Decimal]]:
    """The score bands a report prints for its grades; empty unless at least three of them are given."""
    found: dict[str, tuple[Decimal, Decimal]] = {}
    for pattern in _OWN_BANDS:
        for match in pattern.finditer(text):
            bounds = match.groupdict()
            grade = "差" if match.group("grade").endswith("差") else match.group("grade")[0]
            lower = Decimal(bounds.get("lower") or 0)
            upper = Decimal(bounds.get("upper") or 100)
            if lower < upper:
                found.setdefault(grade, (lower, upper))
    return found if len(found) >= _FEWEST_OWN_BANDS else {}


def grade_of(text: str) -> str | None:
    """The grade a short text names (优秀 -> 优), or None."""
    match = _GRADE_WORD.match(text.strip())
    return match.group(1) if match else None


def find_grade(text: str) -> tuple[int, int, str] | None:
    """(start, end, grade) of the first grade that a text states of itself."""
    return next(find_grades(text), None)


def score_before(text: str, place: int) -> Decimal | None:
    """The score told last before a place of a text, in its sentence (自评得分95.79分，自评等级为…)."""
    start = max((mark.end() for mark in regex.finditer("[。；;]", text, endpos=place)), default=0)
    told = list(_SCORE.finditer(text, start, place))
    return Decimal(told[-1].group("score")) if told else None


def find_grades(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, grade) of every grade that a text states of itself; conditional mentions are passed over.

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
        yield match.start("grade"), match.end("grade"), match.group("grade")[0]
