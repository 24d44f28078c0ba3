"""The evidence report (证据报告): a static site on which every figure and finding can be seen where it is printed."""

from pipeline.publish.evidence.build import DocumentSize, ReportOptions, ReportSummary, Watcher, build_report

__all__ = ["DocumentSize", "ReportOptions", "ReportSummary", "Watcher", "build_report"]
