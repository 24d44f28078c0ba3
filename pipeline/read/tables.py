"""Ruled tables: from merged rules to cells, and from cells to a grid with spans.

The search for cells is pdfplumber's (rules -> crossings -> smallest cells -> tables of touching cells), on numbered
crossings instead of dictionaries of dictionaries. A test holds it against pdfplumber's own on every shared file.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pipeline.model.geometry import BBox, union
from pipeline.read.edges import SNAP, find_crossings, merge_edges
from pipeline.read.marks import Edges, Floats

SLIVER = 4.0
"""A cell less than this many points wide or high holds no text: it lies between the strokes of a double rule."""

Box = tuple[float, float, float, float]
Vertex = tuple[int, int]


class GridCell(NamedTuple):
    """A ruled cell: its place in the grid, the rows and columns it covers, and its box."""

    row: int
    col: int
    row_span: int
    col_span: int
    bbox: BBox


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: `row_edges` and `column_edges` are the distinct lines its cells begin and end at."""

    bbox: BBox
    row_edges: tuple[float, ...]
    column_edges: tuple[float, ...]
    cells: tuple[GridCell, ...]

    @property
    def rows(self) -> int:
        return len(self.row_edges) - 1

    @property
    def cols(self) -> int:
        return len(self.column_edges) - 1


def find_tables(edges: Edges, shades: Floats) -> list[Grid]:
    """The tables that `edges` rule and `shades` fill, from the top down.

    One cell alone is a frame, and a single column of cells a stack of frames: neither says more than the lines in it.
    """
    grids = [make_grid(cells) for cells in group_cells(find_cells(merge_edges(with_shades(edges, shades))))]
    tables = [grid for grid in grids if grid is not None and grid.cols > 1]
    return sorted(tables, key=lambda grid: (grid.bbox.top, grid.bbox.x0, -grid.bbox.bottom))


def with_shades(edges: Edges, shades: Floats) -> Edges:
    """The rules and the sides of those filled rectangles that may bound cells.

    Where a table is ruled, Word shades each paragraph of a shaded cell by itself: a rectangle inside one ruled cell
    bounds nothing.
    """
    if not len(shades):
        return edges
    cells = np.array(find_cells(merge_edges(edges))).reshape(-1, 4)
    begins = (shades[:, None, :2] >= cells[None, :, :2] - SNAP).all(axis=2)
    ends = (shades[:, None, 2:] <= cells[None, :, 2:] + SNAP).all(axis=2)
    inside = np.any(np.logical_and(begins, ends), axis=1)
    x0, top, x1, bottom = shades[~inside].T
    return Edges(
        np.concatenate((edges.horizontal, np.stack((top, x0, x1), axis=1), np.stack((bottom, x0, x1), axis=1))),
        np.concatenate((edges.vertical, np.stack((x0, top, bottom), axis=1), np.stack((x1, top, bottom), axis=1))),
    )


def find_cells(edges: Edges) -> list[Box]:
    """The smallest rectangles whose four sides are ruled throughout, as (x0, top, x1, bottom)."""
    if not len(edges.horizontal) or not len(edges.vertical):
        return []
    # Bit sets of the rules through each crossing: two crossings are connected when they share a rule.
    vertical_rules: dict[Vertex, int] = defaultdict(int)
    horizontal_rules: dict[Vertex, int] = defaultdict(int)
    xs, columns = np.unique(edges.vertical[:, 0], return_inverse=True)
    ys, rows = np.unique(edges.horizontal[:, 0], return_inverse=True)
    for v, h in zip(*(axis.tolist() for axis in np.nonzero(find_crossings(edges))), strict=True):
        vertex = int(columns[v]), int(rows[h])
        vertical_rules[vertex] |= 1 << v
        horizontal_rules[vertex] |= 1 << h
    below, right = _neighbours(vertical_rules, horizontal_rules)
    cells = []
    for vertex in sorted(vertical_rules):
        corner = _opposite_corner(vertex, below, right, vertical_rules, horizontal_rules)
        if corner is not None:
            cells.append((float(xs[vertex[0]]), float(ys[vertex[1]]), float(xs[corner[0]]), float(ys[corner[1]])))
    return cells


def _neighbours(
    vertical_rules: dict[Vertex, int], horizontal_rules: dict[Vertex, int]
) -> tuple[dict[Vertex, list[Vertex]], dict[Vertex, list[Vertex]]]:
    """For each crossing the crossings further down its vertical rules, and those further right on its horizontal ones,
    nearest first."""
    in_column: dict[int, list[Vertex]] = defaultdict(list)
    in_row: dict[int, list[Vertex]] = defaultdict(list)
    below: dict[Vertex, list[Vertex]] = {}
    right: dict[Vertex, list[Vertex]] = {}
    for vertex in sorted(vertical_rules, reverse=True):
        column, row = vertex
        below[vertex] = [v for v in reversed(in_column[column]) if vertical_rules[v] & vertical_rules[vertex]]
        right[vertex] = [v for v in reversed(in_row[row]) if horizontal_rules[v] & horizontal_rules[vertex]]
        in_column[column].append(vertex)
        in_row[row].append(vertex)
    return below, right


def _opposite_corner(
    vertex: Vertex,
    below: dict[Vertex, list[Vertex]],
    right: dict[Vertex, list[Vertex]],
    vertical_rules: dict[Vertex, int],
    horizontal_rules: dict[Vertex, int],
) -> Vertex | None:
    """The bottom right corner of the smallest cell whose top left corner is `vertex`."""
    for low in below[vertex]:
        for far in right[vertex]:
            corner = far[0], low[1]
            if (
                corner in vertical_rules
                and vertical_rules[corner] & vertical_rules[far]
                and horizontal_rules[corner] & horizontal_rules[low]
            ):
                return corner
    return None


def group_cells(cells: list[Box]) -> list[list[Box]]:
    """Cells in tables: cells that share a corner belong to one. Groups of a single cell are left out."""
    parents = list(range(len(cells)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    owners: dict[tuple[float, float], int] = {}
    for index, (x0, top, x1, bottom) in enumerate(cells):
        for corner in ((x0, top), (x0, bottom), (x1, top), (x1, bottom)):
            owner = owners.setdefault(corner, index)
            if owner != index:
                parents[root(index)] = root(owner)
    groups: dict[int, list[Box]] = defaultdict(list)
    for index, cell in enumerate(cells):
        groups[root(index)].append(cell)
    return [group for group in groups.values() if len(group) > 1]


def make_grid(boxes: list[Box]) -> Grid | None:
    """Rows, columns and spans of a table's cells; None when fewer than two cells are wide enough to hold text."""
    real = [box for box in boxes if box[2] - box[0] >= SLIVER and box[3] - box[1] >= SLIVER]
    if len(real) < 2:
        return None
    columns, column_at = _grid_lines({x for box in real for x in (box[0], box[2])})
    rows, row_at = _grid_lines({y for box in real for y in (box[1], box[3])})
    cells = [
        GridCell(
            row_at[top], column_at[x0], row_at[bottom] - row_at[top], column_at[x1] - column_at[x0],
            BBox(x0, top, x1, bottom),
        )
        for x0, top, x1, bottom in real
    ]  # fmt: skip
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return Grid(union(cell.bbox for cell in cells), rows, columns, tuple(cells))


def _grid_lines(edges: set[float]) -> tuple[tuple[float, ...], dict[float, int]]:
    """The lines of a grid in order, and the line that each cell edge lies on.

    Edges less than a sliver apart are one line: the two strokes of a double rule, or a rule that shifts a little from
    row to row.
    """
    lines: list[float] = []
    at: dict[float, int] = {}
    for edge in sorted(edges):
        if not lines or edge - lines[-1] >= SLIVER:
            lines.append(edge)
        at[edge] = len(lines) - 1
    return tuple(lines), at
