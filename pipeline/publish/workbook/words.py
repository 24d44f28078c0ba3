"""The Chinese words for the values of the datasets, each with the style of its cell."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, tuple[str, str]]

SEVERITIES: Words = {"error": ("错误", "error"), "warning": ("警告", "warning"), "note": ("提示", "note")}
VERDICTS: Words = {
    "exact": ("相符", "good"),
    "within_rounding": ("舍入内相符", "good"),
    "inconsistent": ("不符", "error"),
    "unverifiable": ("无法核对", "faint"),
}
FIGURE_STATUSES: Words = {
    "verified": ("已核", "good"),
    "contradicted": ("不符", "error"),
    "unchecked": ("未核", "faint"),
}
DOCUMENT_STATUSES: Words = {"ok": ("完整", "good"), "partial": ("部分", "warning"), "failed": ("失败", "error")}
REVIEWS: Words = {"confirmed": ("确认", "entry"), "dismissed": ("排除", "entry"), "open": ("待定", "entry")}
CHANGES: Words = {
    "new": ("新增", "warning"),
    "changed": ("有变", "warning"),
    "gone": ("消失", "faint"),
    "unread": ("文档未读", "faint"),
    "absent": ("文档未给", "faint"),
}
KINDS: Words = {
    name: (chinese, "text")
    for name, chinese in (
        ("money", "金额"),
        ("percent", "百分比"),
        ("score", "得分"),
        ("count", "数量"),
        ("area", "面积"),
        ("other", "其他"),
    )
}
ORIGINS: Words = {"table": ("表格", "text"), "prose": ("正文", "text")}
GENRES: Words = {
    name: (chinese, "text")
    for name, chinese in (
        ("department_report", "部门整体报告"),
        ("project_report", "项目报告"),
        ("self_evaluation_form", "自评表"),
        ("budget_disclosure", "预算公开"),
        ("accounts_disclosure", "决算公开"),
        ("other", "其他"),
    )
}
