"""The outcome of an input that came to nothing."""

from __future__ import annotations

from pipeline.model.document import Problem, SourceFile
from pipeline.model.report import Outcome


def failed(source: SourceFile, code: str, message: str, seconds: float = 0.0) -> Outcome:
    """A failed outcome: `code` and `message` say why, `seconds` how long it took to find out."""
    return Outcome(source, None, None, (Problem(code, message),), seconds)
