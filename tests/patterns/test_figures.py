"""Figures written in random ways and read back exactly, and texts made to make patterns hang."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.cells import read_cell
from patterns.figures import find_figures, find_formulas, find_non_figures
from patterns.fold import squeeze
from patterns.labels import clause_label, period_of
from patterns.numerals import parse_chinese_numeral
from patterns.personal import find_personal

MONEY_UNITS = {"元": 1, "千元": 1000, "万元": 10**4, "百万元": 10**6, "亿元": 10**8}
OTHER_UNITS = {
    "%": ("percent", 1),
    "公顷": ("area", 1),
    "万平方米": ("area", 10**4),
    "吨": ("other", 1),
    "个百分点": ("other", 1),
}
WHOLE_UNITS = {"人": 1, "项": 1, "家": 1, "人次": 1, "万人次": 10**4}
BEFORE = ["全年支出", "其中:公务接待费", "我局2021年度预算数为", "(", "，共计", "完成率 ", "财预〔2020〕10号规定的"]
AFTER = ["。", "，其中", ")", "", "\n按期完成", " 及 其他"]
FULL_WIDTH = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")


@st.composite
def printed_numbers(draw: st.DrawFn, places: st.SearchStrategy[int]) -> tuple[str, Decimal, int]:
    """A number as a report may print it, its value, its decimals."""
    decimals = draw(places)
    value = Decimal(draw(st.integers(0, 10**13))).scaleb(-decimals)
    style = draw(st.sampled_from(["plain", "thousands", "spaced", "full"]))
    printed = f"{value:.{decimals}f}" if style == "plain" else f"{value:,.{decimals}f}"
    if style == "spaced":
        printed = printed.replace(",", ", ")
    return printed.translate(FULL_WIDTH) if style == "full" else printed, value, decimals


def _only_figure(text: str) -> tuple[str, Decimal, int, Decimal, str]:
    folded, places = squeeze(text)
    figures = find_figures(folded)
    assert len(figures) == 1, (folded, figures)
    figure = figures[0]
    printed = text[places[figure.start] : places[figure.end - 1] + 1]
    return figure.kind, figure.value, figure.places, figure.quantum, printed


@given(
    printed_numbers(st.integers(0, 6)),
    st.sampled_from(sorted(MONEY_UNITS)),
    st.sampled_from(BEFORE),
    st.sampled_from(AFTER),
)
def test_money_is_read_back_exactly(number: tuple[str, Decimal, int], unit: str, before: str, after: str) -> None:
    printed, value, decimals = number
    kind, read, places, quantum, span = _only_figure(f"{before}{printed}{unit}{after}")
    assert (kind, read, places) == ("money", value * MONEY_UNITS[unit], decimals)
    assert quantum == Decimal(MONEY_UNITS[unit]).scaleb(-decimals)
    assert span == printed + unit


@given(
    printed_numbers(st.integers(0, 4)),
    st.sampled_from(sorted(OTHER_UNITS)),
    st.sampled_from(BEFORE),
    st.sampled_from(AFTER),
)
def test_measures_are_read_back_exactly(number: tuple[str, Decimal, int], unit: str, before: str, after: str) -> None:
    printed, value, decimals = number
    if "，" in printed or ", " in printed:
        return  # such commas part thousands only in amounts; elsewhere they may part clauses or items
    kind, read, places, _, span = _only_figure(f"{before}{printed} {unit}{after}")
    assert (kind, read, places) == (OTHER_UNITS[unit][0], value * OTHER_UNITS[unit][1], decimals)
    assert span == f"{printed} {unit}"


@given(st.integers(0, 10**9), st.sampled_from(sorted(WHOLE_UNITS)), st.booleans(), st.sampled_from(BEFORE))
def test_counts_are_read_back_exactly(value: int, unit: str, thousands: bool, before: str) -> None:
    printed = f"{value:,}" if thousands else str(value)
    kind, read, _, _, _ = _only_figure(f"{before}{printed}{unit}。")
    assert (kind, read) == ("count", value * WHOLE_UNITS[unit])


@given(printed_numbers(st.integers(0, 4)), st.sampled_from(sorted(MONEY_UNITS)))
def test_cells_are_read_back_exactly(number: tuple[str, Decimal, int], unit: str) -> None:
    printed, value, decimals = number
    folded, _ = squeeze(printed)
    figure = read_cell(folded, unit, "money")
    assert figure is not None
    assert (figure.value, figure.places) == (value * MONEY_UNITS[unit], decimals)


def _in_chinese(value: int) -> str:
    digits, units = "零一二三四五六七八九", ["", "十", "百", "千"]
    written = ""
    pending_zero = False
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit == 0:
            pending_zero = bool(written)
            continue
        written += ("零" if pending_zero else "") + digits[digit] + units[place]
        pending_zero = False
    return written or "零"


@given(st.integers(0, 9999))
def test_chinese_numerals_are_read_back_exactly(value: int) -> None:
    assert parse_chinese_numeral(_in_chinese(value)) == value


@given(
    st.text(
        "0123456789.,，、 -—~至和+*/=%()元万亿分个项人年月日号第一二十百千成〔〕[]:;。约近余以上得扣<>≥≤A\n",
        max_size=60,
    )
)
def test_any_text_gives_ordered_spans(text: str) -> None:
    folded, _ = squeeze(text)
    end = 0
    for figure in find_figures(folded):
        assert end <= figure.start < figure.end <= len(folded)
        end = figure.end
        clause_label(folded, figure.start, figure.end)
        period_of(folded, figure.start)
    find_formulas(folded)


@pytest.mark.parametrize(
    "piece",
    [
        "9",
        "1,",
        "1.",
        "1、",
        "一",
        "亿",
        "十",
        "(",
        "1+",
        "1=",
        "第",
        "2021年",
        "、",
        "号1",
        "A-",
        "1-",
        "百分之",
        "负责人",
        "0-",
        "1 ",
    ],
)
def test_repetition_does_not_hang(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    start = time.process_time()
    find_figures(text)
    find_non_figures(text)
    find_formulas(text)
    find_personal(text)
    assert time.process_time() - start < 5
