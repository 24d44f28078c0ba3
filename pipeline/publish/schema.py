"""The single truth of every column of every published dataset: name, type, unit, and what it means.

The contract is DESIGN section 5: columns may be added, never renamed. Writers, docs/datasets.md and the tests all read
this module.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from pipeline.version import RULES_VERSION, VERSION

Row = dict[str, Any]
"""A row of a dataset by column name."""

DECIMAL_PLACES = 10
"""Places kept by every decimal column; `pipeline.publish.decimals` refuses what would lose a digit."""

TEXT = pa.string()
INTEGER = pa.int32()
LONG = pa.int64()
FLAG = pa.bool_()
REAL = pa.float64()
NUMBER = pa.decimal128(38, DECIMAL_PLACES)
TIMESTAMP = pa.timestamp("us", tz="UTC")

_BOX = (("x0", REAL), ("top", REAL), ("x1", REAL), ("bottom", REAL))
_SLICE = (("page", INTEGER), ("char_start", INTEGER), ("char_end", INTEGER))
SLICES = pa.list_(pa.struct(_SLICE))
SEGMENTS = pa.list_(pa.struct([*_SLICE, *_BOX]))
EVIDENCE = pa.list_(pa.struct([("page", INTEGER), ("quote", TEXT), *_BOX]))
OPERANDS = pa.list_(
    pa.struct([("quantity_id", TEXT), ("label", TEXT), ("printed", TEXT), ("value", NUMBER), ("page", INTEGER)])
)
FORMULAS = pa.list_(TEXT)
PROBLEMS = pa.list_(pa.struct([("code", TEXT), ("message", TEXT), ("page", INTEGER)]))
TIMINGS = pa.list_(pa.struct([("doc_id", TEXT), ("source", TEXT), ("seconds", REAL)]))
_CHANGE = ("change", "finding_id", "related_id", "review", "source", "code", "severity", "message")
CHANGES = pa.list_(pa.struct([(name, TEXT) for name in _CHANGE]))


@dataclass(frozen=True, slots=True)
class Column:
    """A published column. `optional` columns may be null, and `description` says what null then means."""

    name: str
    type: pa.DataType
    description: str
    optional: bool = False
    unit: str = ""


@dataclass(frozen=True)
class Dataset:
    """A published dataset: one directory of Parquet, and `<name>.csv` beside it where `csv` is set."""

    name: str
    description: str
    columns: tuple[Column, ...]
    rows_per_group: int
    csv: bool = False

    @cached_property
    def schema(self) -> pa.Schema:
        """The Arrow schema, descriptions and versions in its metadata; nothing in it depends on when it was made."""
        fields = [
            pa.field(
                column.name,
                column.type,
                nullable=column.optional,
                metadata={"description": column.description, **({"unit": column.unit} if column.unit else {})},
            )
            for column in self.columns
        ]
        return pa.schema(fields, metadata=_file_metadata(self))

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def _file_metadata(dataset: Dataset) -> dict[str, str]:
    return {
        "description": dataset.description,
        "software": f"jixiao {VERSION}",
        "rules_version": RULES_VERSION,
        "pandas": json.dumps(_pandas_metadata(dataset)),
    }


def _pandas_metadata(dataset: Dataset) -> dict[str, object]:
    """Makes pandas read integer columns with gaps as `Int64`; left alone it turns 2024 into 2024.0."""
    columns = [
        {
            "name": column.name,
            "field_name": column.name,
            "pandas_type": str(column.type),
            "numpy_type": str(column.type).replace("int", "Int"),
            "metadata": None,
        }
        for column in dataset.columns
        if column.optional and pa.types.is_integer(column.type)
    ]
    return {"index_columns": [], "column_indexes": [], "columns": columns, "pandas_version": "2.2.0"}


_DOC_ID = Column("doc_id", TEXT, "The document: first 16 hexadecimal digits of the sha256 of its bytes.")


def _box(of: str) -> tuple[Column, ...]:
    return tuple(
        Column(
            name, REAL, f"{side} edge of {of}, from the {origin} of the page; null when nothing is printed.", True, "pt"
        )
        for name, side, origin in (
            ("x0", "Left", "left"),
            ("top", "Top", "top"),
            ("x1", "Right", "left"),
            ("bottom", "Bottom", "top"),
        )
    )


DOCUMENTS = Dataset(
    "documents",
    "One row per input, in input order, also for those that could not be read.",
    (
        Column(
            "doc_id",
            TEXT,
            "The document: first 16 hexadecimal digits of the sha256 of its bytes; null when no byte could be read.",
            True,
        ),
        Column("source", TEXT, "Path relative to the input root; a zip member as archive.zip/member.pdf."),
        Column("sha256", TEXT, "SHA-256 of the bytes, hexadecimal; null when no byte could be read.", True),
        Column("bytes", LONG, "Size of the file; null when it could not be opened.", True, "B"),
        Column("pages", INTEGER, "Pages in the document; null when it could not be read.", True),
        Column("ocr_pages", INTEGER, "Pages read by OCR; null when the document could not be read.", True),
        Column("status", TEXT, "ok: all read; partial: something was lost, see error; failed: not read, see error."),
        Column("error_code", TEXT, "Code of the first problem; null when there was none.", True),
        Column("error", TEXT, "The first problem in words; null when there was none.", True),
        Column("department", TEXT, "Department (部门) or unit that reports; null when not found.", True),
        Column("fiscal_year", INTEGER, "Fiscal year (年度) reported on; null when not found.", True),
        Column(
            "genre",
            TEXT,
            "department_report, project_report, self_evaluation_form, budget_disclosure, accounts_disclosure or other; "
            "null when the document could not be read.",
            True,
        ),
        Column("stated_total", NUMBER, "Total score (总分) as stated; null when none is stated.", True, "points"),
        Column("recomputed_total", NUMBER, "Total of the scores; null when it cannot be computed.", True, "points"),
        Column("stated_grade", TEXT, "Grade (评价等级: 优, 良, 中, 差) as stated; null when none is stated.", True),
        Column("quantities", INTEGER, "Figures found; null when the document could not be read.", True),
        Column("verified", INTEGER, "Figures that take part in a check that holds; null as for quantities.", True),
        Column("contradicted", INTEGER, "Figures that take part in a failed check; null as for quantities.", True),
        Column("findings", INTEGER, "Findings of any severity; null as for quantities.", True),
        Column("seconds", REAL, "Time taken; null unless asked for with --timings, see runs.timings.", True, "s"),
        Column("stated_total_printed", TEXT, "The total score as printed; null when none is stated.", True),
        Column("errors", INTEGER, "Findings of severity error; null as for quantities.", True),
        Column("warnings", INTEGER, "Findings of severity warning; null as for quantities.", True),
        Column("notes", INTEGER, "Findings of severity note; null as for quantities.", True),
        Column("duplicate_of", TEXT, "Source of an earlier input with the same bytes, read in its stead.", True),
        Column("problems", PROBLEMS, "Everything that went wrong, with its page (null: the whole document)."),
        Column(
            "second_looks", INTEGER, "OCR figures of failed checks that were read again; null as for quantities.", True
        ),
        Column("corrections", INTEGER, "Second readings that replaced a first; null as for quantities.", True),
    ),
    rows_per_group=5_000,
    csv=True,
)

PAGES = Dataset(
    "pages",
    "One row per page, with the stored text that all character offsets of the other datasets refer to.",
    (
        _DOC_ID,
        Column("page", INTEGER, "Page number, from 1."),
        Column("width", REAL, "Width of the page.", unit="pt"),
        Column("height", REAL, "Height of the page.", unit="pt"),
        Column("reader", TEXT, "How the characters were obtained: text (text layer) or ocr."),
        Column("confidence", REAL, "How sure the reader is of its characters, 0 to 1."),
        Column("text", TEXT, "Text in reading order; personal data masked by ＊ unless run with --keep-personal."),
        Column("reason", TEXT, "Why this reader was chosen."),
        Column("masked", SEGMENTS, "Where personal data was masked, one slice per line; empty where none was."),
    ),
    rows_per_group=500,
)

SECTIONS = Dataset(
    "sections",
    "The numbered outline (一、/（一）/1./（1）/①) of each document.",
    (
        _DOC_ID,
        Column("section_id", TEXT, "The section within its document."),
        Column("parent_id", TEXT, "The section it belongs to; null at the top.", True),
        Column("level", INTEGER, "Depth in the outline, from 1."),
        Column("number", TEXT, "The number as printed."),
        Column("title", TEXT, "The heading without its number."),
        Column("page", INTEGER, "Page the heading stands on."),
        Column("char_start", INTEGER, "First character of the heading in the page's text."),
        Column("char_end", INTEGER, "End (exclusive) of the heading in the page's text."),
    ),
    rows_per_group=20_000,
)

CELLS = Dataset(
    "cells",
    "Every cell of every table, whole over page breaks; merged cells once, with their spans.",
    (
        _DOC_ID,
        Column("table_id", TEXT, "The table within its document."),
        Column("page", INTEGER, "Page the cell begins on."),
        Column("row", INTEGER, "First row it covers, from 0."),
        Column("col", INTEGER, "First column it covers, from 0."),
        Column("row_span", INTEGER, "Rows it covers."),
        Column("col_span", INTEGER, "Columns it covers."),
        Column("text", TEXT, "Its text, whole, with widths folded and line breaks closed."),
        Column("header", FLAG, "Whether it belongs to the header of the table."),
        *_box("the cell"),
        Column("segments", SLICES, "Where its text stands in the pages' texts, one slice per page."),
    ),
    rows_per_group=20_000,
)

INDICATORS = Dataset(
    "indicators",
    "The indicator trees (指标体系): from the score table, and again from prose.",
    (
        _DOC_ID,
        Column("indicator_id", TEXT, "The indicator within its document."),
        Column("parent_id", TEXT, "The indicator above it in the same tree; null for a root.", True),
        Column("level", INTEGER, "0 the total, 1 to 3 for 一级, 二级, 三级指标."),
        Column("name", TEXT, "Name as printed."),
        Column("canonical_name", TEXT, "The name that spelling variants share."),
        Column("full_mark", NUMBER, "Full mark (分值, 权重); null when none is printed.", True, "points"),
        Column("score", NUMBER, "Score (得分); null when none is printed.", True, "points"),
        Column(
            "rate", NUMBER, "Score rate (得分率) as printed, 97.62 for 97.62%; null when none is printed.", True, "%"
        ),
        Column("recomputed_score", NUMBER, "The score as re-computed; null when no check could.", True, "points"),
        Column(
            "verdict",
            TEXT,
            "Worst verdict on the score: inconsistent, within_rounding, exact, unverifiable; null when not checked.",
            True,
        ),
        Column("rubric", TEXT, "Its scoring rules (评分标准) as printed; null when none are.", True),
        Column("origin", TEXT, "Where it was read: table or prose."),
        Column("page", INTEGER, "Page it begins on."),
        Column("quote", TEXT, "The text it was read from, as printed."),
        *_box("the quote's part on that page"),
        Column("full_mark_printed", TEXT, "The full mark as printed.", True),
        Column("score_printed", TEXT, "The score as printed.", True),
        Column("rate_printed", TEXT, "The score rate as printed.", True),
        Column("full_mark_id", TEXT, "The full mark in quantities.", True),
        Column("score_id", TEXT, "The score in quantities.", True),
        Column("rate_id", TEXT, "The score rate in quantities.", True),
        Column("table_id", TEXT, "The table it was read from; null for prose.", True),
    ),
    rows_per_group=20_000,
    csv=True,
)

QUANTITIES = Dataset(
    "quantities",
    "Every figure (money, percentages, scores, counts), exact and with its place.",
    (
        _DOC_ID,
        Column("quantity_id", TEXT, "The figure within its document."),
        Column("kind", TEXT, "money, percent, score, count, area or other."),
        Column("printed", TEXT, "The figure as printed: pages.text[char_start:char_end] of its page."),
        Column(
            "value",
            NUMBER,
            "Its value: money in yuan, percent as printed (97.62 for 97.62%), else in unit; null only where the number "
            "is too long for the type, and the document is then partial.",
            True,
        ),
        Column("unit", TEXT, "Unit as printed or declared (万元, %, 分, 人, …)."),
        Column("places", INTEGER, "Decimals printed."),
        Column("lower", NUMBER, "Least value the printed figure can stand for; null when open.", True),
        Column("upper", NUMBER, "Greatest value the printed figure can stand for; null when open.", True),
        Column("label", TEXT, "What it is, from its clause or its row and column headers."),
        Column("period", TEXT, "The period it refers to; null when not said.", True),
        Column("section_id", TEXT, "The section it stands in; null outside the outline.", True),
        Column("table_id", TEXT, "The table it stands in; null in prose.", True),
        Column("row", INTEGER, "Row of its cell, from 0; null in prose.", True),
        Column("col", INTEGER, "Column of its cell, from 0; null in prose.", True),
        Column("page", INTEGER, "Page it begins on."),
        Column("char_start", INTEGER, "First character in the page's text."),
        Column("char_end", INTEGER, "End (exclusive) in the page's text."),
        *_box("the figure"),
        Column("reader", TEXT, "How its characters were obtained: text or ocr."),
        Column("confidence", REAL, "How sure the reading is, 0 to 1."),
        Column("status", TEXT, "verified, contradicted or unchecked."),
        Column("printed_whole", TEXT, "All its slices end to end; differs from printed where a page break cuts it."),
        Column("segments", SEGMENTS, "Where it stands, one slice per page."),
        Column("approximate", TEXT, "The approximator (约, 近, 余, …) as printed; null when there is none.", True),
        Column("first_reading", TEXT, "What OCR read at first where a second reading replaced it; else null.", True),
        Column("lines", SEGMENTS, "Where it stands line by line, when a line end cuts it; else empty, see segments."),
    ),
    rows_per_group=20_000,
)

CHECKS = Dataset(
    "checks",
    "Every calculation made, also those that hold.",
    (
        _DOC_ID,
        Column("check_id", TEXT, "The check within its document."),
        Column("code", TEXT, "The rule that made it; jixiao rules CODE explains it."),
        Column("verdict", TEXT, "exact, within_rounding, inconsistent or unverifiable."),
        Column("stated", NUMBER, "The result as stated, in the base unit of its kind.", True),
        Column("expected", NUMBER, "Re-computed from the printed values; null when it cannot be.", True),
        Column("expected_lower", NUMBER, "Least result that rounding of the operands allows; null when open.", True),
        Column("expected_upper", NUMBER, "Greatest result that rounding of the operands allows; null when open.", True),
        Column(
            "gap",
            NUMBER,
            "Distance of the intervals: the least error there must be, 0 when they meet; null if too long to publish.",
            True,
        ),
        Column("formula", TEXT, "The calculation with every operand as printed."),
        Column("operands", OPERANDS, "The figures that go in, in the order of the formula."),
        Column("page", INTEGER, "Page the stated result stands on."),
        Column("quote", TEXT, "The text that ties the operands together."),
        Column("reason", TEXT, "Why it cannot be decided; null when it could.", True),
        Column("subject", TEXT, "What is checked."),
        Column("severity", TEXT, "How a contradiction is reported: error, warning or note."),
        Column("stated_id", TEXT, "The stated result in quantities."),
        Column("stated_printed", TEXT, "The stated result as printed."),
        Column("at_most", FLAG, "Whether stated is a value that must not exceed expected, rather than equal it."),
    ),
    rows_per_group=20_000,
)

FINDINGS = Dataset(
    "findings",
    "What does not hold, with its arithmetic and where every operand stands.",
    (
        _DOC_ID,
        Column("finding_id", TEXT, "Fingerprint that stays the same as long as the contradiction reads the same."),
        Column("code", TEXT, "The rule that found it; jixiao rules CODE explains it."),
        Column("severity", TEXT, "error: arithmetic contradiction; warning: one step is inferred; note: explained."),
        Column("title", TEXT, "What kind of contradiction it is, in Chinese."),
        Column("message", TEXT, "The finding as a whole sentence with the numbers, in Chinese."),
        Column("stated", TEXT, "The stated result as printed."),
        Column("expected", TEXT, "The re-computed result."),
        Column(
            "gap", NUMBER, "Least error there must be, in the base unit of the stated figure; null as in checks.", True
        ),
        Column("formula", TEXT, "The calculation with every operand as printed."),
        Column("diagnosis", TEXT, "What would explain it; null when nothing does.", True),
        Column("confidence", REAL, "How sure the finding is, 0 to 1."),
        Column("page", INTEGER, "Page of the stated result."),
        Column("quote", TEXT, "The report's words."),
        *_box("the stated result"),
        Column("evidence", EVIDENCE, "Every place that bears on it."),
        Column("consequences", FORMULAS, "Formulas of further relations that the same wrong figure breaks."),
        Column("check_id", TEXT, "The check it comes from."),
        Column("subject", TEXT, "What is checked, in the report's words."),
        Column("kind", TEXT, "Kind of the stated figure: money, percent, score, count, area or other."),
        Column("unit", TEXT, "Unit of the stated figure, as printed or declared."),
        Column("stated_value", NUMBER, "The stated result, money in yuan; null if too long to publish.", True),
        Column("expected_value", NUMBER, "The re-computed result likewise; null where it is not one number.", True),
        Column("review", TEXT, "An auditor's decision: confirmed, dismissed or open; null when there is none.", True),
        Column("review_reason", TEXT, "Why so; null when not said.", True),
        Column("reviewer", TEXT, "Who decided; null when not said.", True),
        Column("reviewed", TEXT, "When, as 2031-12-31; null when there is no decision.", True),
    ),
    rows_per_group=10_000,
    csv=True,
)

RUNS = Dataset(
    "runs",
    "The run that made these datasets: the only dataset that differs between two runs on the same input.",
    (
        Column("run_id", TEXT, "The run."),
        Column("started", TIMESTAMP, "When it began."),
        Column("finished", TIMESTAMP, "When it was ready to publish."),
        Column("version", TEXT, "Version of the software."),
        Column("rules_version", TEXT, "Version of the rules: findings of two runs compare only within one."),
        Column("options", TEXT, "Options as JSON, without the password."),
        Column("inputs", INTEGER, "Inputs found: rows of documents."),
        Column("ok", INTEGER, "Documents read in full."),
        Column("partial", INTEGER, "Documents read in part."),
        Column("failed", INTEGER, "Inputs not read."),
        Column("pages", INTEGER, "Pages read."),
        Column("seconds", REAL, "Time taken.", unit="s"),
        Column("timings", TIMINGS, "Time taken by each document."),
        Column("compared_with", TEXT, "The run whose results these replace; null when there were none.", True),
        Column(
            "changes",
            CHANGES,
            "Findings that are not as they were in that run: new, changed (told otherwise), gone, unread (its document "
            "could not be read), absent (its document was not given). related_id: of a new or gone finding the gone or "
            "new one that has the same subject and other figures; review: what was decided about it.",
        ),
    ),
    rows_per_group=1_000,
)

DATASETS: tuple[Dataset, ...] = (
    DOCUMENTS,
    PAGES,
    SECTIONS,
    CELLS,
    INDICATORS,
    QUANTITIES,
    CHECKS,
    FINDINGS,
    RUNS,
)
"""All datasets, in the order of the docs."""


def dataset_by_name(name: str) -> Dataset:
    """The dataset called `name`. Raises KeyError when there is none."""
    for dataset in DATASETS:
        if dataset.name == name:
            return dataset
    raise KeyError(f"no dataset {name}")
