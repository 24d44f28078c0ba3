"""Canonical names of indicators: the variants under which reports print one indicator brought together."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import regex

from patterns.segmentation import segment

_NUMBERING = regex.compile(
    r"^(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．]\s*|[①-⑳⑴-⒇⒈-⒛]\s*|指标\d{1,2}\s*[:：.、]?\s*|第[一二三四五六七八九十]+[、,，]\s*)+"
)
_MARKS = regex.compile(
    r"[(（\[【]\s*(?:满分|分值|权重|占比)?\s*[:：]?\s*\d+(?:\.\d+)?\s*(?:分|%|％)?\s*[)）\]】]|\d+(?:\.\d+)?\s*分$"
)
_UNIT_NOTE = regex.compile(r"[(（\[](?:单位[:：])?(?:%|％|‰|万?元|亿元|分|[人个项件次家户]|百分比)[)）\]]")
_PUNCTUATION = regex.compile(r"[“”\"'‘’《》〈〉「」\s*＊★▲#]+")
_TRAILING = regex.compile(r"[:：;；。，,、.]+$")
_LABELS = regex.compile(r"^(?:[一二三]级指标|指标名称|指标)[:：]")
_BARE_SUFFIX = regex.compile(r"(?<=[\p{Han}]{3})(?:指标|情况)$")
_CASE_SUFFIX = regex.compile(r"(?:执行|完成|办理|公开|实施|监管|履职|建设)情况$")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    canonical: Mapping[str, str]
    words: Mapping[str, str]


@cache
def _lexicon() -> _Lexicon:
    with (files("patterns") / "lexicons" / "indicators.toml").open("rb") as source:
        content = tomllib.load(source)
    words: dict[str, str] = content["words"]
    names: dict[str, list[str]] = content["names"]
    canonical: dict[str, str] = {}
    for name, variants in names.items():
        for variant in (name, *variants):
            canonical[_reword(variant, words)] = name
    return _Lexicon(canonical, words)


def _reword(name: str, words: Mapping[str, str]) -> str:
    """`name` with its words replaced, word by word, so that 目的 keeps its 的 and 参与 its 与."""
    return "".join(words.get(word, word) for word in segment(name))


@lru_cache(maxsize=4096)
def canonical_name(name: str) -> str:
    """The one name for an indicator or label, however a report prints it.

    Numbering, full marks and units in brackets, quotes, spaces and suffixes that add nothing (指标, 情况) are dropped;
    what is left is looked up in `lexicons/indicators.toml`. Names that the lexicon does not know come back trimmed.
    """
    trimmed = _trim(name)
    if not trimmed:
        return name.strip()
    lexicon = _lexicon()
    for candidate in (trimmed, _without_suffix(trimmed)):
        found = lexicon.canonical.get(_reword(candidate, lexicon.words))
        if found is not None:
            return found
    return _reword(_without_suffix(trimmed), lexicon.words) or trimmed


def _trim(name: str) -> str:
    text = _PUNCTUATION.sub("", name)
    text = _LABELS.sub("", _NUMBERING.sub("", text))
    text = _UNIT_NOTE.sub("", _MARKS.sub("", text))
    return _TRAILING.sub("", text)


def _without_suffix(name: str) -> str:
    """The name without a last 指标 or 情况; not where 情况 makes an indicator of what is otherwise a rate or an act."""
    if _CASE_SUFFIX.search(name):
        return name
    return _BARE_SUFFIX.sub("", name)


# 投入类指标 is called 投入 in the table; 品类 and the like are words of their own.
_CLASS_SUFFIX = regex.compile(r"(?<=\p{Han}{2})(?<![品种分])类$|(?<=^(?:投入|决策|过程|管理|产出|效益|效果))指标$")
_OWNER = regex.compile(r"^(?:项目|部门|单位|支出|财政)(?=\p{Han}{2})")


def indicator_key(name: str) -> str:
    """A canonical name without the word for its owner: 项目决策情况 and 决策, or 产出类指标, 产出指标 and 产出, are one
    indicator of one report.

    For comparing names within a report only; across reports 部门决策 and 项目决策 are different indicators.
    """
    return _OWNER.sub("", _CLASS_SUFFIX.sub("", _BARE_SUFFIX.sub("", canonical_name(name))))
