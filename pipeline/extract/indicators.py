"""The indicator trees of a document, from tables and from prose, with the stated totals at their roots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from patterns.headers import is_total_label
from patterns.labels import canonical_name
from pipeline.extract.quantities import Quantities
from pipeline.extract.score_nodes import Node, full_mark_of_all
from pipeline.extract.score_prose import StatedTotal, Told, read_score_prose
from pipeline.extract.score_tables import ScoreTable, read_score_table
from pipeline.model.document import Document
from pipeline.model.indicator import Indicator, Origin

_Ids = Iterator[int]
_TOTAL_NAME = "总分"  # of an overall score whose wording (评分结果为…) is no name


def extract_indicators(
    document: Document, quantities: Quantities, fiscal_year: int | None = None
) -> tuple[Indicator, ...]:
    """All indicators: the stated total of the prose, each score table's tree, then the tree the prose tells."""
    told, totals = read_score_prose(document, quantities, fiscal_year)
    ids = count(1)
    total = strongest_total(totals)
    roots = [_from_total(total, ids)] if total is not None else []
    root_id = roots[0].indicator_id if roots else None
    found: list[Indicator] = [*roots]
    scored = [read for table in document.tables if (read := read_score_table(table, quantities)) is not None]
    start = 0
    for end in range(1, len(scored) + 1):
        run = scored[start:end]
        # Tables without a total wait for the one whose total may count them too.
        if run[-1].total is not None or end == len(scored):
            found.extend(_from_tables(run, ids, root_id))
            start = end
    found.extend(_from_prose(told, ids, root_id))
    return tuple(found)


def _from_tables(run: Sequence[ScoreTable], ids: _Ids, root_id: str | None) -> Iterator[Indicator]:
    """The indicators of score tables of which only the last may print a total: of its own table, or of all of them."""
    last = run[-1]
    if last.total is None or not _counts_all(last.total, run):
        for scored in run:
            yield from _from_table(scored, ids, root_id)
        return
    total = _from_node(last, last.total, root_id, ids)
    yield total
    for scored in run:
        for top in scored.tops:
            yield from _from_subtree(scored, top, total.indicator_id, ids)


def _counts_all(total: Node, run: Sequence[ScoreTable]) -> bool:
    """Whether the total's full mark is that of the first-level indicators of several tables together."""
    if len(run) < 2 or total.full_mark is None or any(scored.head is not None or scored.outside for scored in run):
        return False
    return full_mark_of_all([top for scored in run for top in scored.tops]) == total.full_mark.value


def strongest_total(totals: Sequence[StatedTotal]) -> StatedTotal | None:
    """The statement that most clearly names the whole; the later of two alike, since conclusions stand at the end."""
    return max(enumerate(totals), key=lambda pair: (pair[1].strength, pair[0]))[1] if totals else None


def _next(ids: _Ids) -> str:
    return f"i{next(ids)}"


def _from_total(total: StatedTotal, ids: _Ids) -> Indicator:
    name = total.label if is_total_label(total.label) else _TOTAL_NAME
    return Indicator(
        indicator_id=_next(ids),
        parent_id=None,
        level=0,
        name=name,
        canonical_name=canonical_name(name),
        full_mark=None,
        score=total.score,
        rate=None,
        rubric=None,
        origin=Origin.PROSE,
        spans=total.spans,
    )


def _from_table(scored: ScoreTable, ids: _Ids, root_id: str | None) -> Iterator[Indicator]:
    if scored.head is not None:
        head = _from_node(scored, scored.head, root_id, ids)
        yield head
        root_id = head.indicator_id
    total_id = root_id
    if scored.total is not None:
        total = _from_node(scored, scored.total, root_id, ids)
        yield total
        total_id = total.indicator_id
    for top in scored.tops:
        yield from _from_subtree(scored, top, root_id if top in scored.outside else total_id, ids)


def _from_subtree(scored: ScoreTable, node: Node, parent_id: str | None, ids: _Ids) -> Iterator[Indicator]:
    own = _from_node(scored, node, parent_id, ids)
    yield own
    for child in node.children:
        yield from _from_subtree(scored, child, own.indicator_id, ids)


def _from_node(scored: ScoreTable, node: Node, parent_id: str | None, ids: _Ids) -> Indicator:
    return Indicator(
        indicator_id=_next(ids),
        parent_id=parent_id,
        level=node.level,
        name=node.name,
        canonical_name=canonical_name(node.name),
        full_mark=node.full_mark,
        score=node.score,
        rate=node.rate,
        rubric=node.rubric,
        origin=Origin.TABLE,
        spans=node.cell.spans,
        table_id=scored.table.table_id,
    )


def _from_prose(told: Sequence[Told], ids: _Ids, root_id: str | None) -> Iterator[Indicator]:
    id_of: dict[int, str] = {}
    for item in told:
        own = _next(ids)
        id_of[id(item)] = own
        yield Indicator(
            indicator_id=own,
            parent_id=root_id if item.parent is None else id_of[id(item.parent)],
            level=item.level,
            name=item.name,
            canonical_name=canonical_name(item.name),
            full_mark=item.full_mark,
            score=item.score,
            rate=item.rate,
            rubric=None,
            origin=Origin.PROSE,
            spans=item.spans,
        )
