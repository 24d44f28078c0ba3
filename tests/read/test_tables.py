"""Ruled tables: cells, spans and the text in them, against what was drawn and against pdfplumber."""

from __future__ import annotations

import io
from itertools import pairwise

import numpy as np
import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from pipeline.read import edges as own_edges
from pipeline.read.marks import Edges, edges_of
from pipeline.read.tables import find_cells, find_tables, group_cells
from tests.read.drawn_pdf import Drawing, build
from tests.read.reading import cell_texts, read

XS, YS = (50, 130, 210, 290), (120, 160, 200, 240)
NO_SHADES = np.empty((0, 4))


def test_a_full_grid_row_by_row() -> None:
    drawing = Drawing().grid(XS, YS)
    for row, y in enumerate((215, 175, 135)):
        for col, x in enumerate((60, 140, 220)):
            drawing.text(x, y, f"r{row}c{col}")
    page = read(drawing)
    assert page.text == "r0c0\tr0c1\tr0c2\nr1c0\tr1c1\tr1c2\nr2c0\tr2c1\tr2c2\n"
    (table,) = page.tables
    assert (table.rows, table.cols, len(table.cells)) == (3, 3, 9)
    assert table.column_edges == pytest.approx(XS)


def test_cells_merged_both_ways_are_one_cell_with_spans() -> None:
    drawing = Drawing()
    for y in (120, 240):
        drawing.line(50, y, 290, y)
    for x in (50, 290):
        drawing.line(x, 120, x, 240)
    drawing.line(130, 120, 130, 240).line(130, 200, 290, 200).line(130, 160, 290, 160).line(210, 120, 210, 200)
    drawing.text(60, 175, "Inputs").text(140, 215, "Header over two").text(140, 175, "a").text(220, 175, "b")
    page = read(drawing)
    assert cell_texts(page, page.tables[0]) == {
        (0, 0, 3, 1): "Inputs",
        (0, 1, 1, 2): "Header over two",
        (1, 1, 1, 1): "a",
        (1, 2, 1, 1): "b",
        (2, 1, 1, 1): "",
        (2, 2, 1, 1): "",
    }


def test_an_empty_cell_is_a_cell_of_no_length() -> None:
    page = read(Drawing().grid(XS[:3], YS[:2]).text(60, 135, "only"))
    first, second = page.tables[0].cells
    assert page.text == "only\t\n"
    assert page.text[first.start : first.end] == "only"
    assert second.start == second.end


def test_a_table_stands_between_the_lines_around_it() -> None:
    drawing = Drawing().grid(XS[:3], YS[:2]).text(60, 135, "in").text(50, 80, "below").text(50, 250, "above")
    assert read(drawing).text == "above\nin\t\nbelow\n"


def test_lines_of_a_cell_are_parted_by_line_feeds() -> None:
    page = read(Drawing().grid(XS[:3], (120, 200)).text(60, 180, "first").text(60, 160, "second").text(140, 170, "z"))
    assert page.text == "first\nsecond\tz\n"


def _dots(drawing: Drawing, x0: float, y0: float, x1: float, y1: float) -> None:
    length = max(x1 - x0, y1 - y0)
    for step in range(0, int(length), 2):
        x, y = (x0 + step, y0) if y0 == y1 else (x0, y0 + step)
        drawing.rectangle(x, y, x + 1, y + 1, "f")


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(lambda d, a, b, c, e: d.line(a, b, c, e), id="strokes"),
        pytest.param(lambda d, a, b, c, e: d.rectangle(a, b, c + 0.5, e + 0.5, "f"), id="thin filled rectangles"),
        pytest.param(lambda d, a, b, c, e: d.line(a, b, c, e).line(a + 2, b + 2, c + 2, e + 2), id="double rules"),
        pytest.param(lambda d, a, b, c, e: d.raw("[2 2] 0 d").line(a, b, c, e), id="dashes"),
        pytest.param(_dots, id="dots drawn one by one"),
    ],
)
def test_rules_however_drawn(rule) -> None:  # type: ignore[no-untyped-def]
    drawing = Drawing()
    for x in XS[:3]:
        rule(drawing, x, 120, x, 200)
    for y in YS[:3]:
        rule(drawing, 50, y, 210, y)
    (table,) = read(drawing.text(60, 135, "a")).tables
    assert (table.rows, table.cols, len(table.cells)) == (2, 2, 4)


def test_open_sides_are_closed() -> None:
    drawing = Drawing()
    for y in YS:
        drawing.line(50, y, 290, y)
    for x in XS[1:3]:
        drawing.line(x, 120, x, 240)
    drawing.text(60, 215, "left").text(140, 215, "middle").text(220, 215, "right")
    page = read(drawing)
    assert page.text.startswith("left\tmiddle\tright\n")
    assert page.tables[0].column_edges == pytest.approx(XS, abs=1.5)  # a stroke is as long as its line is thick


def test_a_table_cut_open_at_the_page_end_is_closed() -> None:
    drawing = Drawing()
    for x in XS:
        drawing.line(x, 40, x, 240)
    for y in (160, 200, 240):
        drawing.line(50, y, 290, y)
    page = read(drawing.text(60, 100, "goes on"))
    assert page.tables[0].rows == 3
    assert "goes on" in cell_texts(page, page.tables[0]).values()


def test_of_a_table_cut_at_the_page_end_only_the_cell_that_goes_on_may_be_open() -> None:
    drawing = Drawing()
    for x in XS:
        drawing.line(x, 40, x, 240)
    for y in (200, 240):
        drawing.line(50, y, 290, y)
    for y in (40, 120):
        drawing.line(XS[1], y, 290, y)
    page = read(drawing.text(60, 150, "goes on").text(140, 150, "done"))
    assert sorted((cell.row_span, cell.col_span) for cell in page.tables[0].cells if cell.col == 0) == [(1, 1), (2, 1)]
    assert "goes on" in cell_texts(page, page.tables[0]).values()


def test_rules_of_a_form_are_found_where_its_matrix_puts_them() -> None:
    drawing = Drawing().form("0 0 m 80 0 l S 0 20 m 80 20 l S 0 0 m 0 20 l S 40 0 m 40 20 l S 80 0 m 80 20 l S",
                             "2 0 0 2 50 120")  # fmt: skip
    (table,) = read(drawing.text(60, 135, "a")).tables
    assert table.column_edges == pytest.approx((50, 130, 210))
    assert (table.bbox.top, table.bbox.bottom) == (pytest.approx(140), pytest.approx(180))


def test_frames_and_stacks_of_frames_are_no_tables() -> None:
    assert read(Drawing().rectangle(20, 20, 380, 280).text(50, 200, "framed")).tables == ()
    page = read(Drawing().grid((50, 350), YS).text(60, 215, "one").text(60, 175, "two"))
    assert page.tables == ()
    assert page.text == "one\ntwo\n"


def test_shading_of_a_paragraph_inside_a_cell_bounds_nothing() -> None:
    drawing = Drawing().raw("0.8 g").rectangle(55, 165, 125, 195, "f").rectangle(60, 205, 120, 220, "f").raw("0 g")
    page = read(drawing.grid(XS, YS).text(60, 175, "shaded"))
    assert len(page.tables[0].cells) == 9


def test_cells_that_only_shading_shows_are_cells() -> None:
    drawing = Drawing().raw("0.9 g")
    for x in XS[:3]:
        for y in YS[:3]:
            drawing.rectangle(x, y, x + 79.5, y + 39.5, "f")
    (table,) = read(drawing.raw("0 g").text(60, 135, "a")).tables
    assert (table.rows, table.cols) == (3, 3)


def test_a_figure_that_overflows_its_cell_stays_whole() -> None:
    page = read(Drawing().grid((50, 90, 200), YS[:2]).text(56, 135, "1,234,567").text(150, 135, "8"))
    assert page.text == "1,234,567\t8\n"


def test_neighbours_set_tight_stay_in_their_cells() -> None:
    page = read(Drawing().grid((50, 62, 74), YS[:2]).text(50, 135, "类").text(62, 135, "款"))
    assert page.text == "类\t款\n"


def test_text_of_sideways_tables_reads_upright_and_boxes_stay_as_displayed() -> None:
    drawing = Drawing(width=300, height=400).grid((50, 90, 130), (50, 150, 250))
    drawing.text(75, 60, "first", turn="0 1 -1 0").text(75, 160, "second", turn="0 1 -1 0")
    drawing.text(115, 60, "third", turn="0 1 -1 0")
    page = read(drawing)
    assert page.text == "first\tsecond\nthird\t\n"
    assert (page.width, page.height) == (300, 400)
    first = page.tables[0].cells[0]
    assert (first.bbox.x0, first.bbox.top) == (pytest.approx(50), pytest.approx(250))
    box = page.bbox(first.start, first.end)
    assert box is not None
    assert first.bbox.x0 < box.x0 < box.x1 < first.bbox.x1
    assert first.bbox.top < box.top < box.bottom < first.bbox.bottom


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(range(40, 400, 7)), min_size=2, max_size=6, unique=True),
    st.lists(st.sampled_from(range(40, 400, 7)), min_size=2, max_size=6, unique=True),
    st.data(),
)
def test_cells_are_those_of_pdfplumber_whatever_rules_are_missing(
    xs: list[int], ys: list[int], data: st.DataObject
) -> None:
    xs, ys = sorted(xs), sorted(ys)
    shift = st.sampled_from((0.0, 0.4, 1.5))
    vertical, horizontal = (
        [
            (position + data.draw(shift), float(start), float(end))
            for position in positions
            for start, end in pairwise(across)
            if data.draw(st.integers(0, 4))
        ]
        for positions, across in ((xs, ys), (ys, xs))
    )
    drawn = edges_of(horizontal, vertical)
    merged = Edges(own_edges.merge(drawn.horizontal), own_edges.merge(drawn.vertical))
    assert sorted(_rounded(find_cells(merged))) == sorted(_rounded(_reference_cells(drawn)))
    assert _grouped(group_cells(find_cells(merged))) == _grouped(cells_to_tables(_reference_cells(drawn)))


def _reference_cells(edges: Edges) -> list[tuple[float, float, float, float]]:
    objects = [
        {"orientation": "h", "x0": x0, "x1": x1, "top": y, "bottom": y, "width": x1 - x0, "height": 0}
        for y, x0, x1 in edges.horizontal.tolist()
    ] + [
        {"orientation": "v", "x0": x, "x1": x, "top": top, "bottom": bottom, "width": 0, "height": bottom - top}
        for x, top, bottom in edges.vertical.tolist()
    ]
    return intersections_to_cells(edges_to_intersections(merge_edges(objects, 3, 3, 3, 3), 3, 3))


def _rounded(cells: list[tuple[float, float, float, float]]) -> list[tuple[float, ...]]:
    return [tuple(round(value, 3) for value in cell) for cell in cells]


def _grouped(tables: list[list[tuple[float, float, float, float]]]) -> list[list[tuple[float, ...]]]:
    return sorted(sorted(_rounded(table)) for table in tables)


def test_no_rules_no_tables() -> None:
    assert find_tables(edges_of([], []), NO_SHADES) == []
    assert find_tables(edges_of([(10, 0, 100), (20, 0, 100)], []), NO_SHADES) == []


def test_cells_of_a_drawn_page_are_those_of_pdfplumber() -> None:
    drawing = Drawing().grid(XS, YS)
    for row, y in enumerate((215, 175, 135)):
        for col, x in enumerate((60, 140, 220)):
            drawing.text(x, y, f"{row}.{col}%")
    page = read(drawing)
    with pdfplumber.open(io.BytesIO(build(drawing))) as document:
        reference = document.pages[0].extract_tables()[0]
    assert [line.split("\t") for line in page.text.splitlines()] == reference
