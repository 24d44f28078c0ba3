"""A text with its figures, as the patterns of relations read it: sentences, brackets, and the words before a figure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import regex

from patterns.figures import find_figures

_SENTENCE_END = regex.compile(r"[。！？]")
_CLAUSE_MARK = regex.compile(r"[，,;:、(]")
_REMARK = regex.compile(r"\([^()]*\)")
# Verbs and particles that may stand alone before a figure and name nothing.
_BARE = "为是共达约计近超有等的了及和"
_TAIL_END = regex.compile(r"[，,;。、:()！？]")
_PERSONS = frozenset({"人", "名", "位"})


@dataclass(frozen=True, slots=True)
class Term:
    """A figure at characters `[start, end)` of a folded text. `measure` is what it can be added to or compared with:
    the kind, with the unit where the kind has several (counts of people and of projects do not add up)."""

    start: int
    end: int
    measure: str
    value: Decimal
    approximate: str | None = None


def measure_of(kind: str, unit: str) -> str:
    """The measure of a figure: two figures with the same measure can be added."""
    if kind == "count":
        return "count:人" if unit in _PERSONS else f"count:{unit}"
    if kind in ("area", "other"):
        return f"{kind}:{unit}"
    if kind == "money" and "/" in unit:
        return f"price:{unit.partition('/')[2]}"
    return kind


@dataclass(frozen=True)
class Wording:
    """Folded `text` and its figures in order."""

    text: str
    terms: tuple[Term, ...]

    @classmethod
    def read(cls, text: str) -> Wording:
        """The wording of a text whose figures are still to be found."""
        return cls(
            text,
            tuple(
                Term(figure.start, figure.end, measure_of(figure.kind, figure.unit), figure.value, figure.approximate)
                for figure in find_figures(text)
            ),
        )

    @cached_property
    def sentence_ends(self) -> tuple[int, ...]:
        """Where each sentence ends, its mark included; the last one ends with the text."""
        ends = [match.end() for match in _SENTENCE_END.finditer(self.text)]
        if not ends or ends[-1] < len(self.text):
            ends.append(len(self.text))
        return tuple(ends)

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """The sentence `[start, end)` that holds the character at `offset`."""
        ends = self.sentence_ends
        i = min(bisect_right(ends, offset), len(ends) - 1)
        return (ends[i - 1] if i else 0, ends[i])

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(term.start for term in self.terms)

    def terms_between(self, start: int, end: int) -> range:
        """Indices of the figures that begin in `[start, end)`."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))

    @cached_property
    def _leads(self) -> tuple[str, ...]:
        leads = []
        previous = 0
        for term in self.terms:
            start = max(previous, self.sentence_at(term.start)[0])
            leads.append(self.text[start : term.start])
            previous = term.end
        return tuple(leads)

    def lead(self, i: int) -> str:
        """The words before a figure, back to the figure before it or to the start of the sentence."""
        return self._leads[i]

    @cached_property
    def _heads(self) -> tuple[str, ...]:
        return tuple(map(_last_clause, self._leads))

    def head(self, i: int) -> str:
        """The last clause of the words before a figure: what names it. The whole lead where the clause is too short
        to name anything ("，" or "为" after a comma)."""
        return self._heads[i]

    def tail(self, i: int) -> str:
        """The words behind a figure, to the next mark or figure."""
        start = self.terms[i].end
        limit = self.terms[i + 1].start if i + 1 < len(self.terms) else len(self.text)
        mark = _TAIL_END.search(self.text, start, limit)
        return self.text[start : mark.start() if mark else limit]

    @cached_property
    def brackets(self) -> tuple[tuple[int, int], ...]:
        """Bracketed stretches `(open, close)` that hold a figure or more, by their opening; unclosed ones left out."""
        found: list[tuple[int, int]] = []
        stack: list[int] = []
        for i, character in enumerate(self.text):
            if character == "(":
                stack.append(i)
            elif character == ")" and stack:
                opened = stack.pop()
                if self.terms_between(opened, i):
                    found.append((opened, i))
            elif character in "。！？":
                stack.clear()
        return tuple(sorted(found))

    def bracket_at(self, offset: int) -> tuple[int, int] | None:
        """The innermost bracketed stretch around `offset`; None outside brackets."""
        inner = None
        for opened, closed in self.brackets:
            if opened > offset:
                break
            if opened < offset <= closed:
                inner = (opened, closed)
        return inner

    def in_plain_bracket(self, offset: int) -> bool:
        """Whether the character at `offset` stands in a bracket without figures."""
        start, end = self.sentence_at(offset)
        opened = self.text.rfind("(", start, offset)
        if opened == -1 or self.text.find(")", opened, offset) != -1:
            return False
        closed = self.text.find(")", offset, end)
        return closed != -1 and not self.terms_between(opened, closed)

    def at_level(self, indices: Sequence[int], bracket: tuple[int, int] | None) -> list[int]:
        """Those of the figures that stand directly in `bracket`, not in a bracket of their own inside it."""
        return [i for i in indices if self.bracket_at(self.terms[i].start) == bracket]


def _last_clause(lead: str) -> str:
    plain = _REMARK.sub("", lead)
    for piece in reversed(_CLAUSE_MARK.split(plain)):
        if len(piece.strip(_BARE)) >= 2:
            return piece
    return plain
