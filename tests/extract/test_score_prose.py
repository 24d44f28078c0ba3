"""Score trees that only the text tells. All names and figures are invented."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from patterns.fold import fold
from pipeline.extract import extract
from pipeline.model.document import Document, Page, Paragraph, Section
from pipeline.model.report import Report
from pipeline.model.text import Passage, Span, pack
from tests.builders import SOURCE

# (section, text, the section above): a heading; (section, text): running text.
Line = tuple[str, str] | tuple[str, str, str | None]

PARTS_BEFORE_THE_WHOLE: Sequence[Line] = (
    ("0", "2031年度某某中心部门整体绩效评价报告", None),
    ("1", "林带管护实现情况", None),
    ("1.1", "产出完成情况分析", "1"),
    ("1.1.1", "产出成本", "1.1"),
    ("1.1.1", "管护成本低于预算。产出指标满分40分，评价得分38分。"),
    ("1.2", "效果分析", "1"),
    ("1.2", "效果指标满分20分，评价得分19分。"),
    ("1.2", "综上，林带管护实现情况满分60分，评价得分57分。"),
    ("2", "预算管理情况分析", None),
    ("2.1", "资产管理", "2"),
    ("2.1", "指标满分15分，得15分。"),
    ("2.2", "结转结余率", "2"),
    ("2.2", "指标满分25分，得21分。"),
    ("2.2", "预算管理情况指标满分40分，评价得分36分。"),
    ("3", "评价结论", None),
    ("3", "2030年度部门整体支出绩效自评得分为90.5分，2031年度部门整体绩效评价得分93分。"),
)


def report_of(lines: Sequence[Line]) -> Report:
    text = "\n".join(line[1] for line in lines) + "\n"
    page = Page(1, 595.0, 842.0, text, array("d", [10.0, 10.0, 20.0, 20.0] * len(text)), (), ())
    sections: list[Section] = []
    paragraphs: list[Paragraph] = []
    start = 0
    for order, (section_id, said, *above) in enumerate(lines):
        places = array("q", (pack(1, start + i) for i in range(len(said))))
        if above:
            level = section_id.count(".") + 1
            span = Span(1, start, start + len(said))
            sections.append(Section(section_id, above[0], level, section_id, said, 1, span))
        paragraphs.append(Paragraph(order, section_id, Passage(fold(said), places), heading=bool(above)))
        start += len(said) + 1
    return extract(Document(SOURCE, (page,), tuple(sections), tuple(paragraphs), ()))


def test_a_whole_told_after_its_parts_stands_above_them() -> None:
    report = report_of(PARTS_BEFORE_THE_WHOLE)
    names = {indicator.indicator_id: indicator.name for indicator in report.indicators}
    tree = [(i.level, i.name, names.get(i.parent_id or "")) for i in report.indicators]
    assert tree == [
        (0, "总分", None),
        (1, "林带管护实现情况", "总分"),
        (2, "产出", "林带管护实现情况"),
        (2, "效果", "林带管护实现情况"),
        (1, "预算管理情况", "总分"),
        (2, "资产管理", "预算管理情况"),
        (2, "结转结余率", "预算管理情况"),
    ]


def test_the_grade_is_that_of_the_stated_total() -> None:
    said = "自评得分95.79分，自评等级为“优”；复核得分87.65分，复核等级为“良”。"
    report = report_of((("1", "评价结论", None), ("1", said)))
    assert report.metadata.stated_total is not None
    assert (report.metadata.stated_total.printed, report.metadata.stated_grade) == ("87.65分", "良")


def test_last_year_s_total_is_not_this_year_s() -> None:
    stated = report_of(PARTS_BEFORE_THE_WHOLE).metadata.stated_total
    assert stated is not None
    assert stated.printed == "93分"
