"""Scores told beside a name, on the examples that stand with the pattern."""

from __future__ import annotations

import pytest

from patterns.fold import squeeze
from patterns.relations.named_scores import NAMED_SCORE_EXAMPLES, find_named_scores
from patterns.relations.wording import Wording


@pytest.mark.parametrize(("text", "expected"), NAMED_SCORE_EXAMPLES)
def test_named_scores(text: str, expected: tuple[tuple[str, str, bool, str | None], ...]) -> None:
    wording = Wording.read(squeeze(text)[0])

    def printed(i: int | None) -> str | None:
        return None if i is None else wording.text[wording.terms[i].start : wording.terms[i].end]

    found = [named for group in find_named_scores(wording) for named in group]
    assert [(n.name, printed(n.score), n.said, printed(n.rate)) for n in found] == list(expected)
