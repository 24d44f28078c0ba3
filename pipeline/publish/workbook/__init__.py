"""The workbook `findings.xlsx`: the results as people open them, and where auditors write their decisions."""

from pipeline.publish.workbook.build import FILE_NAME, MOST_FIGURES, MOST_ROWS, WrittenWorkbook, write_workbook

__all__ = ["FILE_NAME", "MOST_FIGURES", "MOST_ROWS", "WrittenWorkbook", "write_workbook"]
