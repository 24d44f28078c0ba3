"""The text of a rubric cell (评分标准) compiled to a Rubric.

A cell is cut into numbered points and these into sentences; each sentence is read to loose pieces (`clauses`), and the
pieces of each scope are put together (`scopes`). Words that speak of marks and fit nothing become NotUnderstood.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar

import regex

from patterns.fold import squeeze
from patterns.rubric.banding import is_same_variable
from patterns.rubric.clauses import read_sentence
from patterns.rubric.combining import Candidate, has_scoring, most_of
from patterns.rubric.gathering import Gathering
from patterns.rubric.limits import Span
from patterns.rubric.model import (
    SCORING,
    Bands,
    Checklist,
    NotUnderstood,
    Part,
    RateDefinition,
    Remark,
    Rubric,
)
from patterns.rubric.modifiers import Discretion, KnockOut, Scope
from patterns.rubric.numbering import ListItem, find_items, has_glued_numbers
from patterns.rubric.pieces import Heading, LooseBand, LooseOption, LooseSlide, Piece, Standard
from patterns.rubric.scopes import Built, build, build_flat, take_heading
from patterns.rubric.sentences import split_sentences

# What begins a closing sentence about all points, printed behind the last of them.
_ABOUT_ALL = regex.compile(
    r"(?<=[。;\n])\s*(?=(?:以上|上述|注[:：]|备注|说明[:：]|本指标|本项指标|该指标|发现(?:一|1)|出现以上|如有上述"
    r"|每(?:出现|发现|有|缺|存在|符合|满足|具备|项)))|(?<=[，,])(?=以上(?:每|各))"
)


def compile_rubric(text: str, full_mark: Decimal | None, name: str = "") -> Rubric:
    """The rule that `text` states over `full_mark`; `name` is the indicator's, for a variable the text leaves unnamed.

    `text` may be as printed or folded; line breaks and spaces do not matter. Spans in the result count in `text`.
    Nothing is raised: what is not understood is a NotUnderstood part.
    """
    squeezed, indices = squeeze(text)
    compiled = _compile(squeezed, full_mark, name, glued=True)
    if has_glued_numbers(squeezed) and _doubts(compiled) > 0:
        other = _compile(squeezed, full_mark, name, glued=False)
        compiled = min(compiled, other, key=_doubts)
    parts, definitions = compiled
    ends = [*indices, len(text)]
    return Rubric(text, full_mark, _moved(parts, ends), _moved(definitions, ends))


def _compile(
    text: str, full_mark: Decimal | None, name: str, *, glued: bool
) -> tuple[tuple[Part, ...], tuple[RateDefinition, ...]]:
    if not text.strip():
        return (), ()
    built = _Compiler(text, glued=glued).compile_scope(0, len(text), full_mark, name)
    parts = built.parts
    if not built.definitions and all(isinstance(part, Remark) for part in parts):
        whole = (0, len(text))
        # Points to look at without marks: 评价要点：①…；②…. Else nothing is said of marks at all.
        points = find_items(text, 0, len(text), glued=glued)
        parts = (Discretion("按各要点", whole),) if len(points) > 1 else (NotUnderstood(text, whole),)
    return parts, built.definitions


def _doubts(compiled: tuple[tuple[Part, ...], tuple[RateDefinition, ...]]) -> int:
    """How much a reading leaves unclear: words not understood, gaps and overlaps between bands."""
    doubts = 0
    for part in compiled[0]:
        if isinstance(part, NotUnderstood):
            doubts += 2
        elif isinstance(part, Bands):
            doubts += len(part.gaps()) + len(part.overlaps())
    return doubts


class _Compiler:
    """Compiles the scopes of one text."""

    def __init__(self, text: str, *, glued: bool) -> None:
        self._text = text
        self._glued = glued

    def compile_scope(self, start: int, end: int, marks: Decimal | None, name: str) -> Built:
        """The parts of `text[start:end]`, whose full mark is `marks` unless its heading prints one.

        `name` is the variable of bands that name none.
        """
        items = find_items(self._text, start, end, glued=self._glued)
        if items:
            return self._compile_list(start, end, items, marks, name)
        heading, words, pieces = take_heading(self._read(start, end), marks)
        return replace(build_flat(pieces, heading if heading is not None else marks, self._text, name), heading=words)

    def _read(self, start: int, end: int) -> list[Piece]:
        pieces: list[Piece] = []
        for left, right in split_sentences(self._text, start, end):
            pieces.extend(read_sentence(self._text, left, right, pieces))
        return _conditions_from_before(pieces)

    def _compile_list(
        self, start: int, end: int, items: tuple[ListItem, ...], marks: Decimal | None, name: str
    ) -> Built:
        lead = self._read(start, items[0].start)
        heading, words, lead = _take_list_heading(lead)
        own = heading if heading is not None else marks
        variable = words or name
        items, tail_start = self._cut_tail(items)
        tail = self._read(tail_start, end)
        read = [(item, self._read_item(item)) for item in items]
        if _are_one_variable([pieces for _, pieces in read]):
            flat = [*lead, *(piece for _, pieces in read for piece in pieces), *tail]
            return replace(build_flat(flat, own, self._text, variable), heading=words)
        gathering = Gathering(self._text, own, variable)
        gathering.add([*lead, *tail])
        for item, pieces in read:
            self._add_item(item, pieces, gathering)
        return replace(build(gathering, is_numbered=True), heading=words)

    def _cut_tail(self, items: tuple[ListItem, ...]) -> tuple[tuple[ListItem, ...], int]:
        """The items without what stands behind the last one and is about all, and where that begins."""
        last = items[-1]
        cut = _ABOUT_ALL.search(self._text, last.content_start, last.end)
        if cut is None:
            return items, last.end
        return (*items[:-1], replace(last, end=cut.end())), cut.end()

    def _read_item(self, item: ListItem) -> list[Piece]:
        if find_items(self._text, item.content_start, item.end, glued=self._glued):
            return []
        return self._read(item.content_start, item.end)

    def _add_item(self, item: ListItem, pieces: list[Piece], gathering: Gathering) -> None:
        """Adds the numbered point: to the candidates when it gives marks, else to the other parts."""
        span = (item.start, item.end)
        marks = gathering.marks
        options = [piece for piece in pieces if isinstance(piece, LooseOption | LooseBand)]
        shares_full = len(options) == 1 and _is_share(options[0])
        built = self._build_item(item, pieces, marks if shares_full else None)
        gathering.definitions.extend(built.definitions)
        plain = _plain_option(pieces, built)
        if plain is not None:
            most = _maximum(plain, marks)
            gathering.candidates.append(
                Candidate(item.number, plain.condition, (), plain, most, span, is_bracketed=plain.is_bracketed)
            )
        elif has_scoring(built.parts) or built.marks is not None:
            most = built.marks if built.marks is not None else _most(built.parts)
            condition, parts = _unwrap(built.heading, built.parts, most)
            gathering.candidates.append(Candidate(item.number, condition, parts, None, most, span))
        else:
            gathering.others.extend(_lift(part) for part in built.parts)

    def _build_item(self, item: ListItem, pieces: list[Piece], marks: Decimal | None) -> Built:
        """The point's own parts; its `marks` are those its heading prints."""
        if not pieces:
            return self.compile_scope(item.content_start, item.end, marks, "")
        heading, words, rest = take_heading(pieces, marks)
        built = build_flat(rest, heading if heading is not None else marks, self._text, words)
        return replace(built, heading=words, marks=heading)


def _take_list_heading(lead: list[Piece]) -> tuple[Decimal | None, str, list[Piece]]:
    """The full mark printed before a list: 预算公开（2分），按以下标准计分："""
    for index, piece in enumerate(lead):
        if isinstance(piece, Heading):
            return piece.marks, piece.words, [*lead[:index], *lead[index + 1 :]]
        if isinstance(piece, LooseOption) and piece.is_bracketed and not piece.marks.is_share:
            return piece.marks.upper, piece.condition, [*lead[:index], *lead[index + 1 :]]
    return None, "", lead


def _conditions_from_before(pieces: list[Piece]) -> list[Piece]:
    """ "…制度健全。得2分。": a case without words takes those of the sentence before it."""
    joined: list[Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if isinstance(piece, LooseOption) and not piece.condition and isinstance(before, Remark):
            joined[-1] = replace(piece, condition=before.text, span=(before.span[0], piece.span[1]))
        else:
            joined.append(piece)
    return joined


def _are_one_variable(read: list[list[Piece]]) -> bool:
    """Whether all numbered points are bands of one variable: 1.X≥90%的，得1分；2.90%＞X≥75%的，得0.7分."""
    variable = ""
    banded = 0
    for pieces in read:
        telling = [piece for piece in pieces if not isinstance(piece, Remark | RateDefinition)]
        if not telling:
            return False
        for piece in telling:
            if isinstance(piece, LooseOption) and piece.is_rest:
                continue
            if not isinstance(piece, LooseBand | LooseSlide | Standard):
                return False
            own = piece.condition.variable if isinstance(piece, LooseBand) else ""
            if not is_same_variable(variable, own):
                return False
            variable = variable or own
            banded += isinstance(piece, LooseBand)
    return banded > 1 or (banded == 1 and len(read) > 1)


def _is_share(piece: LooseOption | LooseBand) -> bool:
    marks = piece.marks if isinstance(piece, LooseOption) else piece.award
    return bool(getattr(marks, "is_share", False))


def _maximum(option: LooseOption, marks: Decimal | None) -> Decimal | None:
    points = option.marks.resolve(marks)
    return None if points is None else points.upper


def _plain_option(pieces: list[Piece], built: Built) -> LooseOption | None:
    """The one case that a numbered point consists of, apart from remarks."""
    telling = [piece for piece in pieces if not isinstance(piece, Remark | RateDefinition)]
    if len(telling) != 1:
        return None
    only = telling[0]
    if isinstance(only, LooseOption):
        return only
    if isinstance(only, LooseBand) and only.is_bracketed and not has_bands(built.parts):
        return LooseOption(only.words, only.award, True, False, only.span)  # type: ignore[arg-type]
    return None


def has_bands(parts: tuple[Part, ...]) -> bool:
    return any(isinstance(part, Bands) for part in parts)


def _most(parts: tuple[Part, ...]) -> Decimal | None:
    known = [worth for part in parts if (worth := most_of(part)) is not None]
    return sum(known, Decimal(0)) if known else None


def _unwrap(heading: str, parts: tuple[Part, ...], marks: Decimal | None) -> tuple[str, tuple[Part, ...]]:
    """A point whose only case has all its marks is that case: its words join the heading, what modifies it stays."""
    scoring = [part for part in parts if isinstance(part, SCORING)]
    only = scoring[0] if len(scoring) == 1 else None
    if not isinstance(only, Checklist) or len(only.items) != 1 or only.items[0].parts or only.marks != marks:
        return heading, parts
    words = "：".join(words for words in (heading, only.items[0].condition) if words)
    return words, tuple(part for part in parts if part is not only)


def _lift(part: Part) -> Part:
    """A knock-out that is a numbered point of its own is about the whole indicator."""
    if isinstance(part, KnockOut):
        return replace(part, scope=Scope.RUBRIC)
    return part


Compiled = TypeVar("Compiled")


def _moved(value: Compiled, ends: list[int]) -> Compiled:
    """`value` with every span, at any depth, counted in the text as it was given."""
    if isinstance(value, tuple):
        return tuple(_moved(item, ends) for item in value)  # type: ignore[return-value]
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes: dict[str, Any] = {}
    for field in fields(value):
        content = getattr(value, field.name)
        if field.name == "span":
            changes["span"] = _moved_span(content, ends)
        elif isinstance(content, tuple):
            changes[field.name] = _moved(content, ends)
    return replace(value, **changes) if changes else value


def _moved_span(span: Span, ends: list[int]) -> Span:
    start, end = span
    return (ends[start], ends[end - 1] + 1 if end > start else ends[start])
