"""Which rows of a table are headers of a band. All names are invented."""

from __future__ import annotations

import pytest

from pipeline.extract.bands import find_bands
from tests.table_builders import table_report

NUMBERED_ROWS = """
序号 | 项目大类 | 项目小类
1 | 林草管护费 | 林草管护费
2 | 专项资金 | 专项资金
^ | ^ | 结转资金
3 | 预算经费 | 预算经费
"""
TWO_BANDS = """
项目 | 年初预算数 | 全年执行数
经费总额 | 100.00 | 96.00
一级指标 | 分值 | 得分
产出指标 | 50 | 48
"""


@pytest.mark.parametrize(
    ("drawing", "bands"),
    [(NUMBERED_ROWS, [(0, 1, 5)]), (TWO_BANDS, [(0, 1, 2), (2, 3, 4)])],
    ids=["numbered rows of header words are body", "a second header opens a second band"],
)
def test_bands(drawing: str, bands: list[tuple[int, int, int]]) -> None:
    table = table_report(drawing).document.tables[0]
    assert [(band.header_first, band.first, band.last) for band in find_bands(table)] == bands
