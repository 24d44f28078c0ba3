"""Arrow tables: what the schema refuses, and what making them must not load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.publish.rows import rows_of
from pipeline.publish.schema import PAGES
from pipeline.publish.tables import to_table
from tests.sample_outcome import sample_outcome


def test_a_column_that_the_schema_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="pages has no column colour"):
        to_table(PAGES, [{"colour": "red"}])


def test_a_null_that_the_schema_forbids_is_refused() -> None:
    row = rows_of(sample_outcome())["pages"][0]
    with pytest.raises(ValueError, match=r"pages\.text is null"):
        to_table(PAGES, [row | {"text": None}])


def test_a_process_can_do_without_pandas() -> None:
    script = """
import sys
from pipeline.publish.tables import do_without_pandas, tables_of
do_without_pandas()
from pipeline.publish.rows import rows_of
from tests.sample_outcome import sample_outcome
tables = tables_of(rows_of(sample_outcome()))
assert tables["documents"].to_pylist()[0]["stated_grade"] == "优"
assert "pandas" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[2])
