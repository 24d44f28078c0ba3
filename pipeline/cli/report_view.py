"""One report on a terminal: what it is, its indicator tree, its findings with their arithmetic."""

from __future__ import annotations

from dataclasses import dataclass

from rich.table import Table
from rich.text import Text

from pipeline.cli.console import heading, new_table, number, print_table, print_text, styled
from pipeline.publish.schema import Row

_ORIGINS = (("table", "Indicators in the score table 评分表指标"), ("prose", "Indicators in the text 正文指标"))


@dataclass(frozen=True, slots=True)
class ReportView:
    """A document as its rows in the datasets."""

    document: Row
    indicators: list[Row]
    findings: list[Row]


def print_report(view: ReportView) -> None:
    """Print the report on standard output."""
    _print_document(view.document)
    if view.document["status"] == "failed":
        return
    for origin, title in _ORIGINS:
        tree = [indicator for indicator in view.indicators if indicator["origin"] == origin]
        if tree:
            print_text()
            print_text(heading(title))
            print_table(_indicator_table(tree))
    if not view.indicators:
        print_text()
        print_text("No indicators found. 未找到指标。")
    print_text()
    print_text(heading(f"Findings 问题: {len(view.findings)}"))
    for position, finding in enumerate(view.findings, start=1):
        _print_finding(position, finding)


def _print_document(row: Row) -> None:
    print_text(heading(row["source"]))
    facts = [
        ("doc_id", row["doc_id"]),
        ("Status 状态", row["status"]),
        ("Department 部门", row.get("department")),
        ("Fiscal year 年度", row.get("fiscal_year")),
        ("Genre 类型", row.get("genre")),
        ("Pages 页", row.get("pages")),
        ("Figures 数字", _coverage(row)),
        ("Total 总分", _total(row)),
        ("Grade 等级", row.get("stated_grade")),
    ]
    for name, value in facts:
        if value is not None:
            print_text(f"{name}: {value}", indent=2)
    for problem in row["problems"]:
        print_text(Text("! ", style="yellow").append(problem["message"]), indent=2)


def _coverage(row: Row) -> str | None:
    """How many figures were checked: silence must not look like a clean bill."""
    if row.get("quantities") is None:
        return None
    unchecked = row["quantities"] - row["verified"] - row["contradicted"]
    return (
        f"{row['quantities']:,}: {row['verified']:,} verified 已核, {row['contradicted']:,} contradicted 不符, "
        f"{unchecked:,} unchecked 未核"
    )


def _total(row: Row) -> str | None:
    stated, recomputed = row.get("stated_total"), row.get("recomputed_total")
    parts = []
    if stated is not None:
        parts.append(f"stated 报告 {number(stated)}")
    if recomputed is not None:
        parts.append(f"re-computed 复算 {number(recomputed)}")
    return ", ".join(parts) or None


def _indicator_table(indicators: list[Row]) -> Table:
    table = new_table()
    table.add_column("Indicator\n指标", overflow="fold")
    for header in ("Full mark\n分值", "Score\n得分", "Rate\n得分率", "Computed\n复算"):
        table.add_column(header, justify="right")
    table.add_column("Verdict\n结论")
    table.add_column("Page\n页", justify="right")
    shallowest = min(indicator["level"] for indicator in indicators)
    for indicator in indicators:
        depth = indicator["level"] - shallowest
        rate = number(indicator["rate"])
        table.add_row(
            Text("  " * depth + indicator["name"]),
            number(indicator["full_mark"]),
            number(indicator["score"]),
            f"{rate}%" if rate else "",
            number(indicator["recomputed_score"]),
            styled(indicator["verdict"] or ""),
            str(indicator["page"]),
        )
    return table


def _print_finding(position: int, finding: Row) -> None:
    print_text()
    title = Text(f"{position}. ").append_text(styled(finding["severity"]))
    print_text(title.append(f" {finding['code']} {finding['title']} (p. {finding['page']})"))
    print_text(_in_one_line(finding["message"]), indent=3)
    print_text(f"算式: {_in_one_line(finding['formula'])}", indent=3)
    if finding["diagnosis"]:
        print_text(f"诊断: {_in_one_line(finding['diagnosis'])}", indent=3)
    if finding["quote"]:
        print_text(Text(f"原文: “{_in_one_line(finding['quote'])}”", style="dim"), indent=3)


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
