"""The documentation of the datasets, generated from the schema: `python -m pipeline.publish.dictionary`.

Writes docs/datasets.md under the current directory; a test proves that the committed page is up to date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from pipeline.publish.keys import KEYS
from pipeline.publish.schema import DATASETS, DECIMAL_PLACES, Column, Dataset

PAGE = Path("docs/datasets.md")

_INTRODUCTION = f"""\
# Datasets

<!-- Generated from pipeline/publish/schema.py by `python -m pipeline.publish.dictionary`; do not edit. -->

`jixiao run INPUT... --output output` writes one directory for each dataset, each with one file `part-0.parquet`:

```python
import pandas

findings = pandas.read_parquet("output/findings")
```

or, with typed columns, decimals without trailing zeros, and SQL by DuckDB:

```python
import pipeline

r = pipeline.load("output")
r.findings
r.sql("SELECT code, count(*) AS n FROM findings GROUP BY code ORDER BY n DESC")
```

In those frames text is `string`, integers are `Int32` or `Int64`, flags `boolean`, real numbers `float64`, times
`datetime64[us, UTC]`; decimals are objects of type `decimal.Decimal`, lists are lists of dicts. Missing values are
`pandas.NA`, in floats NaN, in decimals and lists None. See [the example notebook](notebooks/questions.ipynb).

{", ".join(f"`{dataset.name}`" for dataset in DATASETS if dataset.csv)} are also there as CSV
(`output/documents.csv`, …; UTF-8 with byte order mark, so that Excel shows Chinese correctly).

- Rows are in input order, within a document in reading order. The same input and version give identical bytes for
  every dataset but `runs`.
- Columns may be added by later versions, never renamed.
- Numbers stated by a report are exact decimals with {DECIMAL_PLACES} places, never rounded; a figure's `printed` form
  stands beside them. Re-computed numbers are rounded to {DECIMAL_PLACES} places.
- Boxes (`x0`, `top`, `x1`, `bottom`) are in points from the top left corner of the page.
- `char_start` and `char_end` count characters of `pages.text`; `pages.text[char_start:char_end]` is what is printed.
- Names of clerks and telephone numbers are masked by `＊`, character for character, unless run with `--keep-personal`.
- An input that occurs twice is read once: its second row in `documents` has `duplicate_of`, the other datasets have its
  rows once, under the same `doc_id`.
- A finished run replaces all datasets together. A run that is killed leaves those of the run before.
- `datapackage.json` beside them describes every field and key for programs
  ([Data Package](https://datapackage.org) version 2). Each Parquet file says in its metadata which version of the
  software and of the rules made it.
- `findings.xlsx` shows the same results as a workbook, and takes auditors' decisions; `reviews.csv` keeps these.
"""


def dictionary() -> str:
    """The page as Markdown."""
    return "\n".join([_INTRODUCTION, *(_section(dataset) for dataset in DATASETS)])


def _section(dataset: Dataset) -> str:
    lines = [
        f"## {dataset.name}",
        "",
        dataset.description,
        "",
        *_keys(dataset.name),
        "",
        "| column | type | unit | null | meaning |",
        "| --- | --- | --- | --- | --- |",
        *(_row(column) for column in dataset.columns),
        "",
    ]
    return "\n".join(lines)


def _keys(name: str) -> Iterator[str]:
    """What identifies a row, and which columns lead to rows of other datasets."""
    keys = KEYS[name]
    yield f"Key: {_names(keys.primary)}."
    for reference in keys.references:
        yield f"{_names(reference.columns)} → `{reference.dataset}` ({_names(reference.target)})."


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f"`{column}`" for column in columns)


def _row(column: Column) -> str:
    null = "yes" if column.optional else "no"
    return f"| `{column.name}` | {_type_name(column.type)} | {column.unit} | {null} | {column.description} |"


def _type_name(data_type: pa.DataType) -> str:
    if pa.types.is_list(data_type):
        return f"list of {_type_name(data_type.value_type)}"
    if pa.types.is_struct(data_type):
        return f"struct ({', '.join(field.name for field in data_type)})"
    return str(data_type)


def main() -> None:
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(dictionary(), encoding="utf-8")


if __name__ == "__main__":
    main()
