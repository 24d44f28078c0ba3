"""The labelled paragraphs: with a slip each, and sound ones that look as if they had one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "labelled" / "paragraphs"

_MARKED = re.compile(r"\[\[(?P<right>.*?)\|(?P<wrong>.*?)\]\]")


@dataclass(frozen=True, slots=True)
class Slip:
    """A paragraph as it should read and as it reads with one figure wrong."""

    right: str
    wrong: str


def slips() -> tuple[Slip, ...]:
    """The paragraphs of `slips.txt`, whose one figure is written [[right|wrong]]."""
    return tuple(Slip(_MARKED.sub(r"\g<right>", line), _MARKED.sub(r"\g<wrong>", line)) for line in _lines("slips"))


def sound_paragraphs() -> tuple[str, ...]:
    """The paragraphs of `sound.txt`, of which every figure is right."""
    return _lines("sound")


def _lines(name: str) -> tuple[str, ...]:
    return tuple((FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines())
