"""The nodes of an indicator tree while it is being read, and flat lists whose blocks stand over their parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import regex

from pipeline.model.document import Cell
from pipeline.model.quantity import Quantity

MARK_IN_NAME = regex.compile(
    r"[(\[]\s*(?:共|分值|权重)?:?\d{1,3}(?:\.\d+)?\s*(?:分|%)?\s*[)\]]$|:?\d{1,3}(?:\.\d+)?分$"
)
_NUMBERING = regex.compile(r"^(?:[(]?[一二三四五六七八九十]{1,3}[)、.]|[(]?\d{1,2}[)、.](?!\d)|[①-⑳])\s*")
_LEAST_BLOCKS = 2
_HUNDRED = Decimal(100)


@dataclass(eq=False, slots=True)
class Node:
    """A node of the tree while it is being read; `rows` are the table rows it governs."""

    level: int
    name: str
    cell: Cell
    parent: Node | None
    rows: list[int]
    full_mark: Quantity | None = None
    score: Quantity | None = None
    rate: Quantity | None = None
    rubric: str | None = None
    children: list[Node] = field(default_factory=list)


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, in table order."""
    yield node
    for child in node.children:
        yield from walk(child)


def full_mark_of_all(nodes: Sequence[Node]) -> Decimal | None:
    """What the full marks of `nodes` add up to, those below taken where a node has none; None where one is missing."""
    marks = [node.full_mark.value if node.full_mark else full_mark_of_all(node.children) for node in nodes]
    known = [mark for mark in marks if mark is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(marks) else None


def nested(tops: Sequence[Node], total: Node | None) -> list[Node]:
    """First-level nodes, those of a flat list put below the node whose full mark they add up to (决策 12 over 4, 5, 3).

    Only where the list parts into such blocks without a rest, and the blocks, not all of the list, make up the total.
    """
    if full_mark_of_all(tops) is None or (total is not None and total.full_mark is None):
        return list(tops)
    whole = _HUNDRED if total is None or total.full_mark is None else total.full_mark.value
    blocks = _blocks(tops)
    heads = [head for head, _ in blocks]
    if len(blocks) < _LEAST_BLOCKS or full_mark_of_all(heads) != whole or full_mark_of_all(tops) == whole:
        return list(tops)
    for head, parts in blocks:
        for part in parts:
            _lower(part)
            part.parent = head
            head.children.append(part)
            head.rows.extend(part.rows)
    return heads


def _blocks(tops: Sequence[Node]) -> list[tuple[Node, list[Node]]]:
    """Each head with the nodes right behind it that its full mark is the sum of; none where one has no such nodes."""
    found: list[tuple[Node, list[Node]]] = []
    place = 0
    while place < len(tops):
        head, end = tops[place], place + 1
        if head.full_mark is None or head.children:
            return []
        while end < len(tops) and (full_mark_of_all(tops[place + 1 : end]) or 0) < head.full_mark.value:
            end += 1
        if full_mark_of_all(tops[place + 1 : end]) != head.full_mark.value:
            return []
        found.append((head, list(tops[place + 1 : end])))
        place = end
    return found


def _lower(node: Node) -> None:
    for one in walk(node):
        one.level += 1


def clean_name(text: str) -> str:
    """An indicator's name without numbering and without its mark: 1.部门决策(20分) -> 部门决策."""
    name = _NUMBERING.sub("", regex.sub(r"\s+", "", text)).removesuffix("(分)")
    return MARK_IN_NAME.sub("", name).strip(":,，。、") or name
