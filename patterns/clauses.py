"""Clauses of running text: where the one begins that a figure stands in."""

from __future__ import annotations

import regex

_FIGURE_BEFORE = regex.compile(r"\d[\d,.]*(?:%|[\p{Han}㎡]{1,4})$|[一二两三四五六七八九十][个项家名人次件]$")


# All that may part clauses or opens and closes brackets; every other character is passed over.
_MARKS = frozenset("()，。；;:！？!?\n\t,、")


def clause_start(text: str, end: int) -> int:
    """Offset where the clause that ends at `end` begins: after the nearest mark that parts clauses.

    A comma between digits is a thousands mark; brackets that close before `end` belong to the clause; 、 parts clauses
    only after a figure.
    """
    depth = 0
    for index in range(end - 1, -1, -1):
        character = text[index]
        if character not in _MARKS:
            continue
        if character == ")":
            depth += 1
        elif character == "(":
            if depth == 0:
                return index + 1
            depth -= 1
        elif depth:
            continue
        elif character in "，。；;:：！？!?\n\t":
            return index + 1
        elif character == ",":
            if not (text[index - 1 : index].isdigit() and text[index + 1 : index + 2].isdigit()):
                return index + 1
        elif character == "、" and _FIGURE_BEFORE.search(text, max(0, index - 12), index):
            return index + 1
    return 0
