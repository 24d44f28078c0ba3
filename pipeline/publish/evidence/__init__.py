"""The evidence report (证据报告): a static site on which every figure and finding can be seen where it is printed.

`build.build_report` makes it from the datasets of a finished run.
"""
