"""One document's objects, which show themselves in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields

import pandas as pd

from pipeline.model.document import Document
from pipeline.model.quantity import Quantity
from pipeline.model.report import Outcome
from pipeline.notebook.frames import frame_of
from pipeline.notebook.markup import definition_list, table, titled
from pipeline.publish.rows import rows_of
from pipeline.publish.schema import DATASETS, Row
from pipeline.publish.spreadsheet import plain_number
from pipeline.publish.tables import to_table

_DATASETS = {dataset.name: dataset for dataset in DATASETS if dataset.name != "runs"}


class ReadDocument(Document):
    """A document as read and structured, made by `pipeline.read`."""

    @classmethod
    def of(cls, document: Document) -> ReadDocument:
        return cls(**{field.name: getattr(document, field.name) for field in fields(Document)})

    def __repr__(self) -> str:
        told = ", ".join(f"{count:,} {name}" for name, count in self._counts())
        return f"<document {self.source.source}: {told}>"

    def _repr_html_(self) -> str:
        outline = table(
            ("number", "title", "page"),
            (
                (section.number, "\u3000" * (section.level - 1) + section.title, section.page)
                for section in self.sections
            ),
        )
        counts = definition_list((name, f"{count:,}") for name, count in self._counts())
        problems = definition_list((problem.code, problem.message) for problem in self.problems)
        return titled(self.source.source, counts, problems, outline)

    def _counts(self) -> Sequence[tuple[str, int]]:
        return (
            ("pages 页", len(self.pages)),
            ("sections 章节", len(self.sections)),
            ("paragraphs 段落", len(self.paragraphs)),
            ("tables 表格", len(self.tables)),
            ("problems", len(self.problems)),
        )


class AnalysedDocument(Outcome):
    """What came of one document, made by `pipeline.analyse`.

    Beside the fields of an Outcome each dataset is an attribute (`findings`, `indicators`, `quantities`, …): the frame
    that a run would publish for this document.
    """

    documents: pd.DataFrame
    pages: pd.DataFrame
    sections: pd.DataFrame
    cells: pd.DataFrame
    indicators: pd.DataFrame
    quantities: pd.DataFrame
    checks: pd.DataFrame
    findings: pd.DataFrame

    @classmethod
    def of(cls, outcome: Outcome, *, keep_personal: bool) -> AnalysedDocument:
        analysed = cls(**{field.name: getattr(outcome, field.name) for field in fields(Outcome)})
        object.__setattr__(analysed, "_rows", rows_of(outcome, keep_personal=keep_personal))
        return analysed

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name not in _DATASETS:
            raise AttributeError(f"{type(self).__name__} has no {name!r}; its datasets are {', '.join(_DATASETS)}")
        frame = frame_of(to_table(_DATASETS[name], self._rows_of(name)))
        object.__setattr__(self, name, frame)
        return frame

    def __dir__(self) -> Iterable[str]:
        return [*super().__dir__(), *_DATASETS]

    def __repr__(self) -> str:
        told = ", ".join(f"{name} {text}" for name, text in self._summary())
        return f"<outcome of {self.source.source}: {told}>"

    def _repr_html_(self) -> str:
        return titled(self.source.source, definition_list(self._summary()), self._findings_table(), self._tree_table())

    def _rows_of(self, name: str) -> list[Row]:
        rows: dict[str, list[Row]] = object.__getattribute__(self, "_rows")
        return rows.get(name, [])

    def _summary(self) -> list[tuple[str, str]]:
        (document,) = self._rows_of("documents")
        summary = [("status 状态", str(document["status"]))]
        if self.report is None:
            return [*summary, ("error", str(document["error"]))]
        if document["department"]:
            summary.append(("department 部门", f"{document['department']} {document['fiscal_year'] or ''}".strip()))
        summary.append(("pages 页", str(document["pages"])))
        summary.append(("figures 数字", f"{document['quantities']:,} ({document['verified']:,} verified 已核)"))
        summary.append(("findings 问题", f"{document['findings']} ({document['errors']} errors 错误)"))
        if document["stated_total"] is not None:
            recomputed = document["recomputed_total"]
            again = "" if recomputed is None else f", re-computed 复算 {plain_number(recomputed)}"
            summary.append(("total 总分", f"{plain_number(document['stated_total'])}{again}"))
        return summary

    def _findings_table(self) -> str:
        headers = ("severity 程度", "code 规则", "page 页", "finding 问题")
        rows = ((row["severity"], row["code"], row["page"], row["message"]) for row in self._rows_of("findings"))
        return table(headers, rows) if self._rows_of("findings") else ""

    def _tree_table(self) -> str:
        indicators = () if self.report is None else self.report.indicators
        headers = ("indicator 指标", "full mark 分值", "score 得分", "rate 得分率")
        rows = (
            ("\u3000" * max(item.level - 1, 0) + item.name, *map(_printed, (item.full_mark, item.score, item.rate)))
            for item in indicators
        )
        return table(headers, rows) if indicators else ""


def _printed(quantity: Quantity | None) -> str | None:
    return None if quantity is None else quantity.printed
