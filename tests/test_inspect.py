"""`jixiao inspect`: the table of pages, and a page drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from pipeline.cli.commands import jixiao
from tests.read.drawn_pdf import Drawing, build

PICTURE = "q 300 0 0 200 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(jixiao, ["inspect", *map(str, arguments)])


@pytest.fixture
def three_pages(tmp_path: Path) -> Path:
    path = tmp_path / "report.pdf"
    path.write_bytes(build(Drawing().text(50, 200, "total 97 of 100"), Drawing().raw(PICTURE), Drawing()))
    return path


def rows(result: Result) -> list[list[str]]:
    return [line.split() for line in result.stdout.splitlines()[1:]]


def test_each_page_has_its_kind_reader_and_reason(three_pages: Path) -> None:
    result = invoke(three_pages, "--ocr", "never")
    assert result.exit_code == 0
    text, scan, empty, *problems = rows(result)
    assert text == ["1", "text", "text", "12", "1", "4", "0", "0", "text", "layer"]
    assert scan[:3] == ["2", "scan", "text"]
    assert "no text layer" in " ".join(scan)
    assert empty[:3] == ["3", "empty", "text"]
    assert "Page 2 is a picture" in " ".join(map(" ".join, problems))


def test_one_page_alone(three_pages: Path) -> None:
    found = rows(invoke(three_pages, "--page", 3))
    assert [row[:2] for row in found] == [["3", "empty"]]


def test_a_page_is_drawn(three_pages: Path, tmp_path: Path) -> None:
    target = tmp_path / "page.png"
    result = invoke(three_pages, "--page", 1, "--draw", target)
    assert result.exit_code == 0
    assert f"Page 1 drawn in {target}." in result.stdout
    with Image.open(target) as image:
        colours = image.convert("RGB").getcolors(1 << 16)
    assert colours is not None
    assert (40, 110, 230) in [colour for _, colour in colours]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--draw", "page.png"), "Say which with --page"),
        (("--page", "4"), "has 3 pages"),
        (("--page", "1", "--draw", "missing/page.png"), "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_one_line(three_pages: Path, arguments: tuple[str, ...], told: str) -> None:
    result = invoke(three_pages, *arguments)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


def test_a_folder_and_a_file_that_is_no_pdf(tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_text("<html></html>")
    for path, told in ((tmp_path, "a folder"), (tmp_path / "page.pdf", "not a PDF"), (tmp_path / "no.pdf", "no such")):
        result = invoke(path)
        assert result.exit_code == 2
        assert told in result.stderr
