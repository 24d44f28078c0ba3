"""Chinese word segmentation with jieba and a small dictionary of our own.

jieba's own dictionary costs 0.9 s to load and knows little of public finance; ours (`lexicons/finance.txt`) holds the
words of budgets and performance reports. Words it lacks fall apart into characters, which is all that the callers need.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Protocol


class _Tokenizer(Protocol):
    def lcut(self, sentence: str, *, HMM: bool) -> list[str]: ...  # noqa: N803 (jieba's own name)


@contextmanager
def _without_pkg_resources() -> Iterator[None]:
    """Hide pkg_resources while jieba is imported: jieba has a fallback, and importing it costs 0.2 s a process."""
    name = "pkg_resources"
    loaded = sys.modules.get(name)
    if loaded is not None:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]


@cache
def _tokenizer() -> _Tokenizer:
    with _without_pkg_resources():
        import jieba  # noqa: PLC0415 (loaded on first use)

    tokenizer = jieba.Tokenizer()
    with (files("patterns") / "lexicons" / "finance.txt").open("rb") as dictionary:
        # Filled by hand: `initialize` would write a cache file into the temporary directory of the machine.
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(dictionary)
    tokenizer.initialized = True
    found: _Tokenizer = tokenizer
    return found


def segment(text: str) -> list[str]:
    """The words of `text`, end to end."""
    return _tokenizer().lcut(text, HMM=False)
