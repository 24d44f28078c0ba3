"""What the sheets of the workbook hold, column by column. Bounded sheets are written cell by cell with all that a
workbook can do; endless ones (a row per figure) go as plain rows, many times faster."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.publish.workbook.cells import Column
from pipeline.publish.workbook.words import (
    CHANGES,
    DOCUMENT_STATUSES,
    FIGURE_STATUSES,
    GENRES,
    KINDS,
    ORIGINS,
    REVIEWS,
    SEVERITIES,
    VERDICTS,
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name in the workbook, the dataset whose rows it shows, how many columns stay in sight when it is
    scrolled, and how many are printed."""

    name: str
    dataset: str
    columns: tuple[Column, ...]
    frozen: int
    printed: int

    def position(self, column: str) -> int:
        """Where a column stands, from 0."""
        return [item.name for item in self.columns].index(column)


_DEPARTMENT = Column("department", "部门", 24)
_YEAR = Column("fiscal_year", "年度", 11, "plain integer")
_SOURCE = Column("source", "文件", 36)
_PAGE = Column("page", "页", 6, "plain integer")
_DOC_ID = Column("doc_id", "文档编号", 19, "identifier")

FINDINGS_SHEET = Sheet(
    "问题 findings",
    "findings",
    (
        Column("evidence", "证据", 8, "link"),
        Column("severity", "程度", 9, words=SEVERITIES),
        Column("code", "规则", 9),
        _DEPARTMENT,
        _YEAR,
        Column("message", "问题", 64, "wrapped"),
        Column("review", "审核结论", 11, "entry", REVIEWS),
        Column("review_reason", "理由", 28, "entry"),
        Column("reviewer", "审核人", 11, "entry"),
        Column("reviewed", "审核日期", 12, "date"),
        Column("change", "与上次相比", 11, words=CHANGES),
        Column("stated", "报告所载", 18, "printed"),
        Column("expected", "复算", 18, "printed"),
        Column("stated_value", "所载数值", 19, "by kind"),
        Column("expected_value", "复算数值", 19, "by kind"),
        Column("gap", "至少相差", 15, "by kind"),
        Column("base_unit", "数值单位", 9),
        Column("formula", "算式", 48, "wrapped"),
        Column("diagnosis", "可能原因", 36, "wrapped"),
        Column("quote", "原文", 48, "wrapped"),
        _PAGE,
        Column("confidence", "置信度", 10, "number"),
        _SOURCE,
        Column("finding_id", "问题编号", 20, "identifier"),
        _DOC_ID,
    ),
    frozen=3,
    printed=13,
)

INDICATORS_SHEET = Sheet(
    "指标 indicators",
    "indicators",
    (
        _DEPARTMENT,
        _YEAR,
        Column("level", "级别", 7, "plain integer"),
        Column("name", "指标", 34),
        Column("full_mark_printed", "分值（原文）", 17, "printed"),
        Column("full_mark", "分值", 10, "number"),
        Column("score_printed", "得分（原文）", 15, "printed"),
        Column("score", "得分", 10, "number"),
        Column("rate_printed", "得分率（原文）", 15, "printed"),
        Column("rate", "得分率", 10, "percent"),
        Column("recomputed_score", "复算得分", 17, "number"),
        Column("verdict", "结论", 12, words=VERDICTS),
        Column("origin", "出处", 8, words=ORIGINS),
        Column("canonical_name", "统一名称", 24),
        Column("rubric", "评分标准", 40),
        _PAGE,
        _SOURCE,
        Column("indicator_id", "指标编号", 13, "identifier"),
        Column("parent_id", "上级编号", 13, "identifier"),
        _DOC_ID,
    ),
    frozen=4,
    printed=13,
)

FIGURES_SHEET = Sheet(
    "数字 figures",
    "quantities",
    (
        _SOURCE,
        _PAGE,
        Column("label", "名称", 40),
        Column("period", "期间", 12),
        Column("printed_whole", "原文", 20, "printed"),
        Column("value", "数值", 20, "by kind"),
        Column("base_unit", "数值单位", 9),
        Column("kind", "类别", 9, words=KINDS),
        Column("status", "核对", 9, words=FIGURE_STATUSES),
        Column("quantity_id", "数字编号", 13, "identifier"),
        _DOC_ID,
    ),
    frozen=3,
    printed=9,
)

DOCUMENTS_SHEET = Sheet(
    "文档 documents",
    "documents",
    (
        Column("evidence", "证据", 8, "link"),
        Column("status", "状态", 8, words=DOCUMENT_STATUSES),
        _DEPARTMENT,
        _YEAR,
        Column("genre", "类型", 14, words=GENRES),
        _SOURCE,
        Column("pages", "页数", 7, "integer"),
        Column("ocr_pages", "扫描页", 10, "integer"),
        Column("stated_total_printed", "总分（原文）", 18, "printed"),
        Column("stated_total", "总分", 12, "number"),
        Column("recomputed_total", "复算总分", 16, "number"),
        Column("stated_grade", "等级", 12),
        Column("quantities", "数字", 10, "integer"),
        Column("verified", "已核", 9, "integer"),
        Column("verified_share", "已核份额", 13, "share"),
        Column("contradicted", "不符", 11, "integer"),
        Column("findings", "问题", 9, "integer"),
        Column("errors", "错误", 7, "integer"),
        Column("warnings", "警告", 9, "integer"),
        Column("notes", "提示", 7, "integer"),
        Column("duplicate_of", "内容重复于", 24),
        Column("error", "未读原因", 48, "wrapped"),
        _DOC_ID,
    ),
    frozen=3,
    printed=20,
)

CHANGES_SHEET = Sheet(
    "变化 changes",
    "runs",
    (
        Column("change", "变化", 10, words=CHANGES),
        Column("review", "审核结论", 11, words=REVIEWS),
        Column("severity", "程度", 9, words=SEVERITIES),
        Column("code", "规则", 9),
        _SOURCE,
        Column("message", "问题", 80, "wrapped"),
        Column("finding_id", "问题编号", 20, "identifier"),
        Column("related_id", "相关问题", 20, "identifier"),
    ),
    frozen=1,
    printed=6,
)
