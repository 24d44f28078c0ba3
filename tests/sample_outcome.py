"""A hand-made outcome with everything publishing must cope with: a figure cut by a page break, a merged cell, personal
data, a contradicted and a bounded score. All figures are invented."""

from __future__ import annotations

from array import array
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from pipeline.model.check import Calculation, Check, Constant, Severity, Sum, Verdict
from pipeline.model.document import Cell, Document, Page, Problem, Section, SourceFile, Table
from pipeline.model.finding import Evidence, Finding
from pipeline.model.geometry import BBox
from pipeline.model.indicator import Indicator, Origin
from pipeline.model.interval import Interval
from pipeline.model.quantity import Kind, Quantity
from pipeline.model.report import Genre, Metadata, Outcome, QuantityStatus, Reconciliation, Report
from pipeline.model.text import Passage, Span, pack

FIRST_TEXT = "一、基本情况\n填报人：赵  钱孙 电话 0755-12345678\n全年支出12，\n"
SECOND_TEXT = "345.67万元。\n产出指标\t20\t19\n数量\t12\t11\n质量\t8\t7\n"


def source_file(name: str = "报告.pdf", sha256: str = "ab" * 32) -> SourceFile:
    return SourceFile(Path("/nowhere") / name, name, sha256, 1234)


def sample_outcome(source: SourceFile | None = None) -> Outcome:
    """One report whose first-level score (19) is not the sum of its children (18)."""
    origin = source or source_file()
    first, second = page(1, FIRST_TEXT), page(2, SECOND_TEXT)
    spent = Quantity(
        "q1",
        Kind.MONEY,
        "12，\n345.67万元",
        Decimal("123456700.00"),
        "万元",
        2,
        Decimal(100),
        Interval.around(Decimal("123456700"), 50),
        "全年支出",
        (slice_of(1, FIRST_TEXT, "12，\n"), slice_of(2, SECOND_TEXT, "345.67万元")),
        section_id="s1",
    )
    full_mark, score = score_quantity("q2", "20", 1), score_quantity("q3", "19", 1)
    amount, quality = score_quantity("q4", "11", 2), score_quantity("q5", "7", 3)
    quantities = (spent, full_mark, score, amount, quality)
    document = Document(
        source=origin,
        pages=(first, second),
        sections=(Section("s1", None, 1, "一、", "基本情况", 1, Span(1, 0, 6)),),
        paragraphs=(),
        tables=(table(second),),
    )
    name_span = slice_of(1, FIRST_TEXT, "赵  钱孙")
    indicators = (
        Indicator(
            "i1",
            None,
            1,
            "产出指标",
            "产出指标",
            full_mark,
            score,
            None,
            None,
            Origin.TABLE,
            row_spans("产出指标"),
            "t1",
        ),
        Indicator("i2", "i1", 2, "数量", "数量", None, amount, None, "得分=", Origin.TABLE, row_spans("数量"), "t1"),
    )
    report = Report(
        document=document,
        metadata=Metadata("示例部门", 2031, Genre.DEPARTMENT, score, "优"),
        quantities=quantities,
        indicators=indicators,
        personal=(name_span, slice_of(1, FIRST_TEXT, "0755-12345678")),
    )
    return Outcome(origin, report, reconciliation(full_mark, score, amount, quality), (), 1.25)


def partial_outcome(source: SourceFile | None = None) -> Outcome:
    return replace(sample_outcome(source), problems=(Problem("page-lost", "cannot be read", 2),))


def reconciliation(full_mark: Quantity, score: Quantity, amount: Quantity, quality: Quantity) -> Reconciliation:
    broken = Check(
        "c1",
        Calculation("SCO101", "产出指标得分", score, Sum((amount, quality)), Severity.ERROR, "产出指标 填报人：赵钱孙"),
        Verdict.INCONSISTENT,
        Decimal(18),
        Interval.exact(18),
        Decimal(1),
        "11 + 7 = 19",
        None,
    )
    bound = Check(
        "c2",
        Calculation("SCO104", "产出指标得分", score, full_mark, Severity.ERROR, "产出指标", at_most=True),
        Verdict.EXACT,
        Decimal(20),
        Interval.exact(20),
        Decimal(0),
        "20 ≥ 19",
        None,
    )
    third = Check(
        "c3",
        Calculation(
            "RAT301", "三分之一", amount, Constant(Decimal(1), "1"), Severity.NOTE, "引文", reason="分母可能为零"
        ),
        Verdict.UNVERIFIABLE,
        None,
        Interval(Fraction(1, 3), None),
        Decimal(0),
        "1 ÷ 3 = 11",
        "分母可能为零",
    )
    finding = Finding(
        finding_id="f00d",
        code="SCO101",
        severity=Severity.ERROR,
        title="下级指标得分之和与上级得分不符",
        message="产出指标得分19分，下级之和为18分（填报人赵钱孙）。",
        stated="19",
        expected="18",
        gap=Decimal(1),
        formula="11 + 7 = 18 ≠ 19",
        diagnosis=None,
        confidence=1.0,
        page=2,
        quote="=产出指标",
        bbox=BBox(1.0, 2.0, 3.0, 4.0),
        evidence=(Evidence(2, "数量 11", BBox(1, 2, 3, 4)), Evidence(1, "电话 0755-12345678", None)),
        check=broken,
    )
    statuses = {"q3": QuantityStatus.CONTRADICTED, "q4": QuantityStatus.CONTRADICTED, "q2": QuantityStatus.VERIFIED}
    return Reconciliation((broken, bound, third), (finding,), statuses, Decimal(18))


def page(number: int, text: str) -> Page:
    boxes: array[float] = array("d")
    for i, character in enumerate(text):
        blank = character in "\n\t"
        boxes.extend([float("nan")] * 4 if blank else [10.0 * i, 20.0, 10.0 * i + 9.0, 30.0])
    return Page(number, 595.0, 842.0, text, boxes, (), ())


def slice_of(number: int, text: str, part: str) -> Span:
    start = text.index(part)
    return Span(number, start, start + len(part))


def row_spans(name: str) -> tuple[Span, ...]:
    return (slice_of(2, SECOND_TEXT, name),)


def score_quantity(quantity_id: str, printed: str, row: int) -> Quantity:
    start = SECOND_TEXT.index(printed, SECOND_TEXT.index("产出"))
    value = Decimal(printed)
    return Quantity(
        quantity_id,
        Kind.SCORE,
        printed,
        value,
        "分",
        0,
        Decimal(1),
        Interval.exact(value),
        "得分",
        (Span(2, start, start + len(printed)),),
        table_id="t1",
        row=row,
        col=2,
    )


def table(on: Page) -> Table:
    cells = []
    for row, name in enumerate(("产出指标", "数量", "质量")):
        span = slice_of(2, on.text, name)
        places = array("q", (pack(2, i) for i in range(span.start, span.end)))
        cells.append(Cell(row, 0, 1, 2, Passage(name, places), (span,), 2, BBox(0, 0, 9, 9), header=row == 0))
    return Table("t1", 1, None, "", None, 3, 3, 1, tuple(cells))
