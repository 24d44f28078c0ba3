"""Which columns identify a row of each dataset, and which point to rows of another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns whose values, where none is null, are those of the same number of columns of a row of `dataset`."""

    columns: tuple[str, ...]
    dataset: str
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """`primary` is unique in the dataset."""

    primary: tuple[str, ...]
    references: tuple[Reference, ...] = ()


def _within_document(dataset: str, target: str, *columns: str) -> tuple[Reference, ...]:
    return tuple(Reference(("doc_id", column), dataset, ("doc_id", target)) for column in columns)


_DOCUMENT = Reference(("doc_id",), "documents", ("doc_id",))
_PAGE = Reference(("doc_id", "page"), "pages", ("doc_id", "page"))
_SECTION = _within_document("sections", "section_id", "section_id")

KEYS: Mapping[str, Keys] = {
    "documents": Keys(("source",), (Reference(("duplicate_of",), "documents", ("source",)),)),
    "pages": Keys(("doc_id", "page"), (_DOCUMENT,)),
    "sections": Keys(
        ("doc_id", "section_id"), (_DOCUMENT, _PAGE, *_within_document("sections", "section_id", "parent_id"))
    ),
    "cells": Keys(("doc_id", "table_id", "row", "col"), (_DOCUMENT, _PAGE)),
    "indicators": Keys(
        ("doc_id", "indicator_id"),
        (
            _DOCUMENT,
            _PAGE,
            *_within_document("indicators", "indicator_id", "parent_id"),
            *_within_document("quantities", "quantity_id", "full_mark_id", "score_id", "rate_id"),
        ),
    ),
    "quantities": Keys(("doc_id", "quantity_id"), (_DOCUMENT, _PAGE, *_SECTION)),
    "checks": Keys(
        ("doc_id", "check_id"), (_DOCUMENT, _PAGE, *_within_document("quantities", "quantity_id", "stated_id"))
    ),
    "findings": Keys(("doc_id", "finding_id"), (_DOCUMENT, _PAGE, *_within_document("checks", "check_id", "check_id"))),
    "runs": Keys(("run_id",)),
}
"""The keys of every dataset; a test holds them against the results of a run."""
