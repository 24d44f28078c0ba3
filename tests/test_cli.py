"""The command line: what it prints, where, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from pipeline.cli import main, reference, run_command
from pipeline.model.report import Status
from pipeline.publish.datasets import read_rows
from pipeline.publish.publication import publication
from pipeline.publish.rows import rows_of
from pipeline.publish.tables import tables_of
from pipeline.rules.registry import RULES
from pipeline.summary import DocumentSummary, RunSummary
from pipeline.version import VERSION
from tests.sample_outcome import sample_outcome, source_file
from tests.tiny_pdf import tiny_pdf

ROOT = Path(__file__).parents[1]
DOC_ID = source_file().doc_id


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def one_line(result: Result) -> str:
    """The only line on standard error of a command that could not be carried out."""
    lines = result.stderr.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("jixiao: ")
    return lines[0]


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """The datasets of a run over one sample report."""
    with publication(tmp_path / "output") as made:
        made.add(tables_of(rows_of(sample_outcome())))
    return tmp_path / "output"


@pytest.fixture
def without_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep pandas in this process, which other tests need."""
    monkeypatch.setattr(run_command, "do_without_pandas", lambda: None)


pytestmark = pytest.mark.usefixtures("without_workers")


def commands() -> list[str]:
    return list(main.commands)


# Help and documentation


def test_the_page_of_the_command_line_is_up_to_date() -> None:
    committed = (ROOT / reference.PAGE).read_text(encoding="utf-8")
    assert committed == reference.reference(), "run: python -m pipeline.cli.reference"


@pytest.mark.parametrize("name", commands())
def test_every_command_and_option_is_documented(name: str) -> None:
    page = (ROOT / reference.PAGE).read_text(encoding="utf-8")
    section = page.partition(f"## jixiao {name}\n")[2].partition("\n## ")[0]
    assert section
    for parameter in main.commands[name].params:
        for spelling in parameter.opts if isinstance(parameter, click.Option) else []:
            assert spelling in section


@pytest.mark.parametrize("name", ["", *commands()])
def test_help_has_an_example(name: str) -> None:
    result = invoke(*[name] * bool(name), "--help")
    assert result.exit_code == 0
    assert "Examples:" in result.stdout
    assert f"jixiao {name}".strip() in result.stdout


def test_version() -> None:
    result = invoke("--version")
    assert result.stdout.startswith(f"jixiao {VERSION} (rules ")


def test_help_loads_nothing_heavy() -> None:
    script = """
import sys
from pipeline.cli import main
main(["run", "--help"], standalone_mode=False)
heavy = {"pyarrow", "numpy", "pandas", "rich", "pdfplumber", "pypdfium2", "jieba"} & set(sys.modules)
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, cwd=ROOT)


# Errors a person can act on


USAGE_ERRORS: list[tuple[tuple[str, ...], str]] = [
    (("run",), "Missing argument 'INPUT...'"),
    (("run", "a.pdf", "--jobs", "0"), "'--jobs'"),
    (("run", "a.pdf", "--fail-on", "note"), "'--fail-on'"),
    (("nothing",), "No such command 'nothing'"),
    (("show", "nothing.pdf", "--output", "nowhere"), "nowhere: no results of a run there"),
    (("show", "tests"), "tests: a folder"),
    (("findings", "nowhere"), "nowhere: no results of a run there"),
    (("findings", ".", "--severity", "bad"), "'--severity'"),
    (("rules", "XYZ999"), "XYZ999: no rule has this code"),
]


@pytest.mark.parametrize(("arguments", "told"), USAGE_ERRORS)
def test_usage_errors_are_one_line_and_exit_2(arguments: tuple[str, ...], told: str) -> None:
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert told in one_line(result)
    assert result.stdout == ""


def test_an_output_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(tiny_pdf("Total 100"))
    (tmp_path / "file").write_text("")
    result = invoke("run", tmp_path / "report.pdf", "--output", tmp_path / "file" / "output", "--quiet")
    assert result.exit_code == 2
    assert "cannot be written" in one_line(result)


def test_a_damaged_dataset_is_one_line(published: Path) -> None:
    (published / "findings" / "part-0.parquet").write_bytes(b"PAR1")
    result = invoke("findings", published)
    assert result.exit_code == 2
    assert "cannot be read" in one_line(result)


# run


BAD_INPUTS = {
    "word.pdf": b"PK\x03\x04",
    "page.pdf": b"<!DOCTYPE html><html></html>",
    "empty.pdf": b"",
    "cut.pdf": tiny_pdf("Total 100")[:300],
}


def test_bad_inputs_are_told_and_the_rest_is_complete(tmp_path: Path) -> None:
    inputs, output = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    for name, data in BAD_INPUTS.items():
        (inputs / name).write_bytes(data)
    (inputs / "good.pdf").write_bytes(tiny_pdf("Total 100"))
    with zipfile.ZipFile(inputs / "more.zip", "w") as archive:
        archive.writestr("inner.pdf", tiny_pdf("Total 200"))
    result = invoke("run", inputs, "--output", output)
    assert result.exit_code == 1
    rows = {row["source"]: row for row in read_rows(output, "documents")}
    assert set(rows) == {*BAD_INPUTS, "good.pdf", "more.zip/inner.pdf"}
    for name in BAD_INPUTS:
        assert rows[name]["status"] == "failed"
        told = [line for line in result.stderr.splitlines() if line.startswith(f"failed: {name}: ")]
        assert len(told) == 1
    texts = {row["doc_id"]: row["text"] for row in read_rows(output, "pages")}
    assert "Total 100" in texts[rows["good.pdf"]["doc_id"]]
    assert "Total 200" in texts[rows["more.zip/inner.pdf"]["doc_id"]]
    assert "6 documents: " in result.stdout
    assert f"Results in {output}/" in result.stdout


def test_all_read_exits_0_and_quiet_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(tiny_pdf("Total 100"))
    result = invoke("run", tmp_path / "report.pdf", "--output", tmp_path / "out", "--quiet", "--fail-on", "warning")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_a_line_per_document_where_there_is_no_terminal(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(tiny_pdf("Total 100"))
    result = invoke("run", tmp_path / "report.pdf", "--output", tmp_path / "out", "--verbose")
    assert result.stderr.startswith("[1/1] report.pdf: ok, 1 page")
    assert "Document 文件" in result.stdout
    assert "\x1b" not in result.stdout


def test_a_missing_file_is_a_failed_row(tmp_path: Path) -> None:
    result = invoke("run", tmp_path / "missing.pdf", "--output", tmp_path / "out", "--quiet")
    assert result.exit_code == 1
    assert "no such file" in result.stderr
    assert read_rows(tmp_path / "out", "documents")[0]["error_code"] == "not-found"


@pytest.mark.parametrize(
    ("fail_on", "errors", "warnings", "failed", "code"),
    [
        (None, 3, 2, 0, 0),
        ("error", 0, 2, 0, 0),
        ("error", 1, 0, 0, 1),
        ("warning", 0, 2, 0, 1),
        ("warning", 0, 0, 0, 0),
        (None, 0, 0, 1, 1),
    ],
)
def test_exit_codes_of_a_run(
    monkeypatch: pytest.MonkeyPatch, *, fail_on: str | None, errors: int, warnings: int, failed: int, code: int
) -> None:
    row = DocumentSummary("a.pdf", "ab", Status.OK, 1, 9, 3, errors, warnings, 1, None, None, None, (), None, 0.1)
    lost = replace(row, status=Status.FAILED, errors=0, warnings=0, problems=("a.pdf: damaged.",))
    summary = RunSummary((row,) + (lost,) * failed, Path("out"), 1.0, interrupted=False)
    monkeypatch.setattr(run_command, "run", lambda *_: summary)
    options = ["--fail-on", fail_on] if fail_on else []
    assert invoke("run", "a.pdf", *options).exit_code == code


def test_an_interrupted_run_says_how_much_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    row = DocumentSummary("a.pdf", "ab", Status.OK, 1, 9, 3, 0, 0, 0, None, None, None, (), None, 0.1)
    lost = replace(row, status=Status.FAILED, error_code="interrupted", problems=("a.pdf: interrupted.",))
    summary = RunSummary((row, lost, lost), Path("out"), 1.0, interrupted=True)
    monkeypatch.setattr(run_command, "run", lambda *_: summary)
    result = invoke("run", "a.pdf")
    assert result.exit_code == 130
    assert "interrupted, 2 documents not read" in result.stdout
    assert result.stderr == ""


def test_a_defect_is_one_line_and_its_traceback_is_there_for_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("two\nlines")

    monkeypatch.setattr(run_command, "run", broken)
    result = invoke("run", "a.pdf", "--quiet")
    assert result.exit_code == 1
    assert "internal error: ZeroDivisionError: two lines." in one_line(result)
    assert "Traceback" in invoke("run", "a.pdf", "--quiet", "--debug").stderr


# show


def test_show_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(tiny_pdf("Total 100"))
    result = invoke("show", tmp_path / "report.pdf")
    assert result.exit_code == 0
    assert "report.pdf" in result.stdout
    assert "Findings 问题: " in result.stdout


def test_show_of_an_unreadable_file_says_why(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(b"<html>")
    result = invoke("show", tmp_path / "report.pdf")
    assert result.exit_code == 1
    assert "not a PDF" in result.stdout


@pytest.mark.parametrize("wanted", [DOC_ID, DOC_ID[:6], DOC_ID.upper(), "报告.pdf"])
def test_show_from_the_datasets(published: Path, wanted: str) -> None:
    result = invoke("show", wanted, "--output", published)
    assert result.exit_code == 0
    for told in (
        "示例部门",
        "产出指标",
        "inconsistent",
        "SCO101",
        "11 + 7 = 18 ≠ 19",
        "stated 报告 19, re-computed 复算 18",
    ):
        assert told in result.stdout
    tree = [line for line in result.stdout.splitlines() if "数量" in line]
    assert tree[0].startswith("  数量")


def test_show_of_an_unknown_id_is_one_line(published: Path) -> None:
    result = invoke("show", "0123456789abcdef", "--output", published)
    assert result.exit_code == 2
    assert "no document of that id" in one_line(result)


# findings


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ((), 1),
        (("--code", "SCO"), 1),
        (("--code", "sco101"), 1),
        (("--code", "SUM"), 0),
        (("--code", "SUM", "--code", "SCO101"), 1),
        (("--severity", "error"), 1),
        (("--severity", "note"), 0),
        (("--document", DOC_ID[:8]), 1),
        (("--document", "报告"), 1),
        (("--document", "其他"), 0),
    ],
)
def test_findings_are_filtered(published: Path, filters: tuple[str, ...], found: int) -> None:
    result = invoke("findings", published, *filters, "--format", "json")
    assert result.exit_code == 0
    assert len(json.loads(result.stdout)) == found


def test_findings_as_json_keep_numbers_exact(published: Path) -> None:
    finding = json.loads(invoke("findings", published, "--format", "json").stdout)[0]
    assert (finding["source"], finding["gap"], finding["page"]) == ("报告.pdf", "1", 2)
    assert finding["evidence"][0]["quote"] == "数量 11"


def test_findings_as_csv(published: Path) -> None:
    result = invoke("findings", published, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert rows[0]["code"] == "SCO101"
    assert rows[0]["quote"] == "'=产出指标"


def test_findings_as_a_table(published: Path) -> None:
    result = invoke("findings", published)
    assert "产出指标得分19分，下级之和为18分" in result.stdout
    assert invoke("findings", published, "--severity", "note").stdout.endswith(f"0 of 1 findings in {published}/.\n")


# rules


def test_rules_are_listed() -> None:
    result = invoke("rules")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == len(RULES) + 1
    for rule in RULES:
        assert rule.code in result.stdout
        assert rule.title in result.stdout


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_rule_has_its_page(rule: object) -> None:
    code = getattr(rule, "code", "")
    result = invoke("rules", code.lower())
    assert result.exit_code == 0
    assert result.stdout.startswith(code)
    assert len(result.stdout.splitlines()) > 2


# The installed program


def jixiao(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-c", "from pipeline.cli import main; main()", *map(str, arguments)]


def test_a_pipe_that_closes_early_breaks_nothing(published: Path) -> None:
    command = subprocess.Popen(
        jixiao("findings", published, "--format", "json"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )
    assert command.stdout is not None
    assert command.stderr is not None
    command.stdout.close()
    assert command.stderr.read() == b""
    command.stderr.close()
    command.wait()


def test_a_terminal_without_chinese_gets_question_marks(published: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    result = subprocess.run(
        jixiao("show", DOC_ID, "--output", published), capture_output=True, cwd=ROOT, env=environment, check=False
    )
    assert result.returncode == 0
    assert b"SCO101" in result.stdout


def test_a_run_from_the_shell(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(tiny_pdf("Total 100"))
    result = subprocess.run(
        jixiao("run", tmp_path / "*.pdf", "--output", tmp_path / "out"),
        capture_output=True,
        cwd=ROOT,
        check=False,
        text=True,
    )
    assert result.returncode == 0
    assert result.stderr.startswith("[1/1] report.pdf: ok, 1 page, ")
    assert len(result.stderr.splitlines()) == 1
    assert (tmp_path / "out" / "documents" / "part-0.parquet").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_on_a_terminal_there_is_colour_and_no_line_is_too_long(tmp_path: Path) -> None:
    name = "一个部门很长很长的整体支出绩效自评报告名称" * 3 + "2031.pdf"
    (tmp_path / name).write_bytes(tiny_pdf("Total 100"))
    shown = on_terminal(jixiao("run", tmp_path / name, "--output", tmp_path / "out"))
    assert "\x1b[" in shown
    table = [re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", line) for line in shown.splitlines()]
    row = next(line for line in table if line.startswith("一个部门"))
    assert "…" in row
    assert ".pdf" in row
    assert all(cell_len(line.rsplit("\r", 1)[-1]) <= 80 for line in table)


def on_terminal(command: list[str]) -> str:
    """What a command prints on a terminal of 80 columns."""
    master, terminal = os.openpty()
    environment = {**os.environ, "COLUMNS": "80", "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen(command, stdout=terminal, stderr=terminal, stdin=terminal, cwd=ROOT, env=environment)
    os.close(terminal)
    printed = b""
    while True:
        try:
            part = os.read(master, 4096)
        except OSError:  # how Linux says that the other end is closed
            break
        if not part:
            break
        printed += part
    os.close(master)
    process.wait()
    return printed.decode()
