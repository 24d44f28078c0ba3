"""What is new, gone or changed since the run before, finding by finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.model.report import Status
from pipeline.publish.schema import Row

_DOCUMENT_COLUMNS = ["doc_id", "source", "status", "department", "fiscal_year", "genre"]
_FINDING_COLUMNS = ["doc_id", "finding_id", "code", "severity", "message", "subject"]
_RUN_COLUMNS = ["run_id", "started", "rules_version"]


class Change(StrEnum):
    """How a finding differs from the run before.

    `new` and `gone` go by the fingerprint: another figure makes another finding. `changed` has the same fingerprint and
    is told otherwise (severity, diagnosis). Of a finding whose document was not read this time nothing is known: it is
    not gone but `unread`, or `absent` where the document was not given.
    """

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    UNREAD = "unread"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class ChangedFinding:
    """A finding that is not as it was. `related_id` is, of a new or gone finding, the gone or new one that has the same
    subject and other figures."""

    change: Change
    finding: Row
    related_id: str | None = None

    def row(self, review: str | None) -> Row:
        """As `runs.changes` has it, with what was decided about the finding."""
        told = {name: self.finding[name] for name in ("finding_id", "source", "code", "severity", "message")}
        return {"change": self.change.value, "related_id": self.related_id, "review": review, **told}


@dataclass(slots=True)
class Findings:
    """The findings of a run by fingerprint, each with the `source` and `owner` of its document; the documents by source
    and by owner."""

    by_id: dict[str, Row] = field(default_factory=dict)
    documents: dict[str, Row] = field(default_factory=dict)
    documents_of: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, tables: Mapping[str, pa.Table]) -> None:
        """Take in documents with their findings."""
        documents = tables["documents"].select(_DOCUMENT_COLUMNS).to_pylist()
        for document in documents:
            self.documents.setdefault(document["source"], document)
            self.documents_of.setdefault(owner_of(document), []).append(document)
        if "findings" in tables:
            self._add_findings(documents, tables["findings"].select(_FINDING_COLUMNS).to_pylist())

    def only_document_of(self, owner: str, before: Findings) -> Row | None:
        """The document of an owner that has one, then and now: the same report under another name."""
        then, now = before.documents_of.get(owner, []), self.documents_of.get(owner, [])
        return now[0] if len(then) == len(now) == 1 else None

    def _add_findings(self, documents: Sequence[Row], findings: Iterable[Row]) -> None:
        # Of documents with the same bytes the first one counts.
        owners = {document["doc_id"]: document for document in reversed(documents)}
        for finding in findings:
            document = owners[finding["doc_id"]]
            told = finding | {"source": document["source"], "owner": owner_of(document)}
            self.by_id.setdefault(finding["finding_id"], told)


def owner_of(document: Row) -> str:
    """Whose report on what, as far as it is known: survives another file name and another edition of the file."""
    if not document["department"]:
        return str(document["source"])
    return f"{document['department']}|{document['fiscal_year']}|{document['genre']}"


@dataclass(frozen=True, slots=True)
class RunBefore:
    """The run whose results a new run replaces."""

    run_id: str
    started: str
    rules_version: str
    findings: Findings


def run_before(directory: Path) -> RunBefore | None:
    """The run published in `directory`; None where there is none, or one that cannot be compared with (damaged, or
    made by a version without the columns for it)."""
    try:
        tables = {
            "documents": _read(directory, "documents", _DOCUMENT_COLUMNS),
            "findings": _read(directory, "findings", _FINDING_COLUMNS),
        }
        (run,) = _read(directory, "runs", _RUN_COLUMNS).to_pylist()
    except (OSError, pa.ArrowException, KeyError, ValueError):
        return None
    findings = Findings()
    findings.add(tables)
    return RunBefore(run["run_id"], f"{run['started']:%Y-%m-%d %H:%M} UTC", run["rules_version"], findings)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run beside the one before; `same` counts the findings that are as they were."""

    before: RunBefore
    changes: tuple[ChangedFinding, ...]
    same: int

    def count(self, change: Change) -> int:
        return sum(item.change is change for item in self.changes)


def compare(before: RunBefore, now: Findings) -> Comparison:
    """Every finding that is not as it was: those of this run in their order, then those it does not have."""
    old, new = before.findings.by_id, now.by_id
    came = [finding for finding_id, finding in new.items() if finding_id not in old]
    went = [finding for finding_id, finding in old.items() if finding_id not in new]
    fates = {finding["finding_id"]: _fate(finding, before.findings, now) for finding in went}
    successions = _successions((finding for finding in went if fates[finding["finding_id"]] is Change.GONE), came)
    successors = dict(successions)
    predecessors = {new_id: old_id for old_id, new_id in successions}
    changes: list[ChangedFinding] = []
    for finding_id, finding in new.items():
        if finding_id not in old:
            changes.append(ChangedFinding(Change.NEW, finding, predecessors.get(finding_id)))
        elif _told(finding) != _told(old[finding_id]):
            changes.append(ChangedFinding(Change.CHANGED, finding))
    for finding in went:
        finding_id = finding["finding_id"]
        changes.append(ChangedFinding(fates[finding_id], finding, successors.get(finding_id)))
    kept = len(new) - len(came)
    return Comparison(before, tuple(changes), kept - sum(item.change is Change.CHANGED for item in changes))


def _read(directory: Path, name: str, columns: list[str]) -> pa.Table:
    with pq.ParquetFile(directory / name / "part-0.parquet") as file:
        return file.read(columns=columns).select(columns)


def _told(finding: Row) -> tuple[str, str]:
    return finding["severity"], finding["message"]


def _fate(finding: Row, before: Findings, now: Findings) -> Change:
    """Why this run does not have a finding of the run before."""
    document = now.documents.get(finding["source"]) or now.only_document_of(finding["owner"], before)
    if document is None:
        return Change.ABSENT
    return Change.UNREAD if document["status"] == Status.FAILED else Change.GONE


def _successions(gone: Iterable[Row], came: Iterable[Row]) -> list[tuple[str, str]]:
    """Gone findings with the new ones on the same subject; only where there is no choice."""
    old, new = _by_subject(gone), _by_subject(came)
    return [
        (old_ids[0], new[subject][0])
        for subject, old_ids in old.items()
        if len(old_ids) == len(new.get(subject, ())) == 1
    ]


def _by_subject(findings: Iterable[Row]) -> dict[tuple[str, str, str], list[str]]:
    groups: dict[tuple[str, str, str], list[str]] = {}
    for finding in findings:
        subject = (finding["owner"], finding["code"], finding["subject"])
        groups.setdefault(subject, []).append(finding["finding_id"])
    return groups


def count_changes(changes: Iterable[Row]) -> Counter[Change]:
    """How many there are of each, of the rows of `runs.changes`."""
    return Counter(Change(row["change"]) for row in changes)
