"""What the start page needs to know: a short row per document, and per finding where it stands.

Rows are lists, in the order of `DOCUMENT_FIELDS` and `FINDING_FIELDS`, and words that repeat are numbers into lists of
words, so that ten thousand documents are some megabytes.
"""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from pipeline.model.check import Severity
from pipeline.publish.evidence.amounts import places_printed, same_when_rounded
from pipeline.publish.evidence.document_data import Data, summary
from pipeline.publish.schema import Row
from pipeline.rules.registry import RULES
from pipeline.version import RULES_VERSION, VERSION

DOCUMENT_FIELDS = (
    "id",
    "source",
    "status",
    "department",
    "year",
    "genre",
    "pageCount",
    "scanned",
    "stated",
    "recomputed",
    "grade",
    "quantities",
    "verified",
    "contradicted",
    "errors",
    "warnings",
    "notes",
    "error",
    "duplicateOf",
    "totalDiffers",
    "codes",
)
"""The members of a document's row; `codes` holds, for each code it has findings of, the code's index and how many are
errors, warnings, and notes."""

FINDING_FIELDS = ("document", "id", "code", "severity", "title", "message", "page", "review")
"""The members of a finding's row; `document`, `code` and `title` are indices."""


class CorpusData:
    """Collects documents and findings in their order."""

    def __init__(self) -> None:
        self._documents: list[list[object]] = []
        self._findings: list[list[object]] = []
        self._codes: dict[str, int] = {}
        self._titles: dict[str, int] = {}

    def add(self, document: Row, findings: Iterable[Row]) -> None:
        """Add a document with its findings; a duplicate with none, for they are the first document's."""
        position = len(self._documents)
        codes: dict[int, Counter[str]] = {}
        for finding in findings:
            code = _index(self._codes, finding["code"])
            codes.setdefault(code, Counter())[finding["severity"]] += 1
            row = {**finding, "id": finding["finding_id"], "document": position, "code": code}
            row |= {"title": _index(self._titles, finding["title"]), "review": finding.get("review")}
            self._findings.append([row[name] for name in FINDING_FIELDS])
        row = summary(document) | {
            "duplicateOf": document["duplicate_of"],
            "totalDiffers": _differs(document),
            "codes": [[code, *(count[severity] for severity in Severity)] for code, count in sorted(codes.items())],
        }
        self._documents.append([row[name] for name in DOCUMENT_FIELDS])

    def documents(self) -> Data:
        """The corpus without its findings."""
        return {
            "version": VERSION,
            "rulesVersion": RULES_VERSION,
            "fields": DOCUMENT_FIELDS,
            "codes": list(self._codes),
            "findings": len(self._findings),
            "documents": self._documents,
        }

    def findings(self) -> Data:
        """All findings, loaded when they are asked for."""
        return {"fields": FINDING_FIELDS, "titles": list(self._titles), "findings": self._findings}


def rules_data() -> Data:
    """The rules by code: their English names, Chinese titles and help."""
    return {
        rule.code: {
            "name": rule.name.replace("-", " "),
            "title": rule.title,
            "help": inspect.cleandoc(rule.function.__doc__ or ""),
        }
        for rule in RULES
    }


def _index(known: dict[str, int], word: str) -> int:
    return known.setdefault(word, len(known))


def _differs(document: Row) -> bool:
    """Whether the stated total is not the re-computed one, at the places it is printed with."""
    stated: Decimal | None = document["stated_total"]
    recomputed: Decimal | None = document["recomputed_total"]
    if stated is None or recomputed is None:
        return False
    return not same_when_rounded(stated, recomputed, places_printed(document["stated_total_printed"]))
