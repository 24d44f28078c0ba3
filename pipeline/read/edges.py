"""From the rules as drawn to the rules as meant: pieces joined, double strokes made one, open sides closed.

The steps and tolerances are those of pdfplumber's table finder (snap, then join), computed on whole arrays. Rules here
are rows of (position, start, end): y, x0, x1 for horizontal ones, x, top, bottom for vertical ones.
"""

from __future__ import annotations

import numpy as np

from pipeline.read.marks import Edges, Flags, Floats, Integers

SNAP = 3.0
"""Rules within this many points of their neighbour are one rule, at their mean position (pdfplumber's default)."""

DOT_SNAP = 0.5
"""Dots this many points off a common line are one row."""

JOIN = 3.0
"""Pieces on one line with gaps up to this many points are one rule (pdfplumber's default)."""

SHORTEST = 3.0
"""A rule shorter than this many points bounds no cell (pdfplumber's default)."""

TOUCH = 3.0
"""How far apart, in points, two rules may end and still meet (pdfplumber's default)."""

OVERHANG = 12.0
"""Rules that reach this many points beyond the outermost rule across them have an open side: a column stands there."""

MOST_CROSSINGS = 2_000_000
"""Beyond this many pairs of rules to compare, the page is a drawing and its short rules are left out."""

DRAWING_SHORTEST = 12.0
"""The shortest rule that counts on such a page, in points."""


def merge_edges(edges: Edges) -> Edges:
    """Rules snapped and joined, then with open sides closed."""
    horizontal, vertical = merge(edges.horizontal), merge(edges.vertical)
    if len(horizontal) * len(vertical) > MOST_CROSSINGS:
        horizontal, vertical = _longer(horizontal, DRAWING_SHORTEST), _longer(vertical, DRAWING_SHORTEST)
    if len(horizontal) * len(vertical) > MOST_CROSSINGS or not len(horizontal) or not len(vertical):
        return Edges(horizontal, vertical)
    return close_open_sides(Edges(horizontal, vertical))


def find_crossings(edges: Edges) -> Flags:
    """A matrix that tells which vertical rule (row) meets which horizontal one (column)."""
    x, top, bottom = (column[:, None] for column in edges.vertical.T)
    y, x0, x1 = (column[None, :] for column in edges.horizontal.T)
    crossings: Flags = (top <= y + TOUCH) & (bottom >= y - TOUCH) & (x >= x0 - TOUCH) & (x <= x1 + TOUCH)
    return crossings


def close_open_sides(edges: Edges) -> Edges:
    """Adds the outer rules that a table leaves out.

    Government tables are often open to the left and right, and a table cut by a page end open below: rules run on
    beyond the outermost rule across them. Where two or more of them end at the same place, the rule that joins their
    ends is meant; where one ends at the same place as a table's last rule, that rule is meant to go on to it.
    """
    crossings = find_crossings(edges)
    sides = _missing_sides(edges.horizontal, edges.vertical, crossings.T)
    caps = _missing_sides(edges.vertical, edges.horizontal, crossings)
    if not sides and not caps:
        return edges
    vertical = np.concatenate((edges.vertical, np.array(sides, dtype=np.float64).reshape(-1, 3)))
    horizontal = np.concatenate((edges.horizontal, np.array(caps, dtype=np.float64).reshape(-1, 3)))
    return Edges(horizontal, vertical)


def _missing_sides(rules: Floats, across: Floats, crossings: Flags) -> list[tuple[float, float, float]]:
    """Rules across `rules` that would close them at the start and at the end; `crossings` has a row for each of them.

    Each rule sticks out by the distance from its end to the nearest rule that crosses it.
    """
    found: list[tuple[float, float, float]] = []
    crossed = np.flatnonzero(crossings.any(axis=1))
    if len(crossed) < 2:
        return found
    rules, crossings = rules[crossed], crossings[crossed]
    positions = across[:, 0]
    first = np.where(crossings, positions, np.inf).min(axis=1)
    last = np.where(crossings, positions, -np.inf).max(axis=1)
    for ends, overhang in ((rules[:, 1], first - rules[:, 1]), (rules[:, 2], rules[:, 2] - last)):
        open_ones = np.flatnonzero(overhang >= OVERHANG)
        for group in _split_at_gaps(open_ones[np.argsort(ends[open_ones], kind="stable")], ends):
            for table in _split_apart(group, rules, crossings):
                where = rules[table, 0]
                if len(table) >= 2:
                    found.append((float(ends[table].mean()), float(where.min()), float(where.max())))
                for outer in {table[0], table[-1]}:
                    found.extend(_lengthened(outer, float(ends[outer]), rules, across, crossings))
    return found


def _lengthened(
    lone: int, end: float, rules: Floats, across: Floats, crossings: Flags
) -> list[tuple[float, float, float]]:
    """The piece that a rule across lacks on its way to the one rule that sticks out as far.

    Of a table cut by a page end, only the cells that go on may be open: the rule that closes the others then ends at
    their side.
    """
    place = float(rules[lone, 0])
    for position, first, last in across[np.abs(across[:, 0] - end) <= SNAP]:
        near = first if first > place else last
        if first <= place <= last:
            continue
        partners = np.flatnonzero((np.abs(rules[:, 0] - near) <= TOUCH) & (crossings & crossings[lone]).any(axis=1))
        between = (rules[:, 0] > min(place, near) + TOUCH) & (rules[:, 0] < max(place, near) - TOUCH)
        reach = (rules[:, 1] < end - SNAP) & (rules[:, 2] > end - OVERHANG)
        if len(partners) and not (between & reach).any():
            return [(float(position), min(place, float(near)), max(place, float(near)))]
    return []


def _split_at_gaps(ordered: Integers, ends: Floats) -> list[Integers]:
    """Rules in groups that end at the same place; `ordered` are their indices by that place."""
    if not len(ordered):
        return []
    return list(np.split(ordered, np.flatnonzero(np.diff(ends[ordered]) > SNAP) + 1))


def _split_apart(group: Integers, rules: Floats, crossings: Flags) -> list[list[int]]:
    """The rules of a group, table by table: neighbours belong together when one rule crosses both."""
    tables: list[list[int]] = []
    for rule in sorted(group.tolist(), key=lambda index: float(rules[index, 0])):
        if tables and bool((crossings[tables[-1][-1]] & crossings[rule]).any()):
            tables[-1].append(rule)
        else:
            tables.append([rule])
    return tables


def merge(rules: Floats) -> Floats:
    """Rules of one direction snapped to common positions and joined."""
    if not len(rules):
        return rules
    rules = _gather_dots(rules)
    return _longer(_join(_snap(rules, SNAP)), SHORTEST) if len(rules) else rules


def _gather_dots(rules: Floats) -> Floats:
    """Makes rules of rows of dots, and drops what else is too short.

    A dot is as long as it is wide, so it counts in both directions; left among the rules across it, a row of dots would
    chain all of them to one position.
    """
    short = rules[:, 2] - rules[:, 1] < SHORTEST
    if not short.any():
        return rules
    gathered = _longer(_join(_snap(rules[short], DOT_SNAP)), SHORTEST)
    return np.concatenate((rules[~short], gathered))


def _longer(rules: Floats, shortest: float) -> Floats:
    kept: Floats = rules[rules[:, 2] - rules[:, 1] >= shortest]
    return kept


def _snap(rules: Floats, tolerance: float) -> Floats:
    """Chains of positions no more than `tolerance` apart take their mean, every rule counted."""
    order = np.argsort(rules[:, 0], kind="stable")
    ordered = rules[order]
    chain = np.concatenate(([0], np.cumsum(np.diff(ordered[:, 0]) > tolerance)))
    means = np.bincount(chain, weights=ordered[:, 0]) / np.bincount(chain)
    ordered[:, 0] = means[chain]
    return ordered


def _join(rules: Floats) -> Floats:
    """Pieces at one position that overlap or nearly touch become one."""
    rules = rules[np.lexsort((rules[:, 1], rules[:, 0]))]
    line = np.concatenate(([0], np.cumsum(np.diff(rules[:, 0]) != 0)))
    # Far apart lines are shifted away from each other, so that one running maximum serves them all.
    shift = line * (rules[:, 2].max() - rules[:, 1].min() + 10 * JOIN)
    reach = np.maximum.accumulate(rules[:, 2] + shift)
    begins = np.concatenate(([True], rules[1:, 1] + shift[1:] > reach[:-1] + JOIN))
    first = np.flatnonzero(begins)
    last = np.concatenate((first[1:] - 1, [len(rules) - 1]))
    return np.stack((rules[first, 0], rules[first, 1], reach[last] - shift[last]), axis=1)
