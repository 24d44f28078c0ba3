"""A report as a folder: complete, deterministic, nothing of it run, nothing hidden shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from pipeline.errors import UsageError
from pipeline.failure import failed
from pipeline.ingest import find_inputs
from pipeline.model.document import SourceFile
from pipeline.publish.evidence.build import NOT_ASKED_FOR, NOT_FOUND
from pipeline.publish.evidence.images import RESOLUTION, image_name
from pipeline.publish.rows import rows_of
from pipeline.publish.schema import Row
from tests.publish.evidence.conftest import Site
from tests.publish.evidence.reports import MARKUP, build, data_of, files_of, publish, rows_with_markup, sample_rows
from tests.sample_outcome import source_file
from tests.tiny_pdf import tiny_pdf

DOC_ID = source_file().doc_id


def corpus_of(report: Path) -> list[Row]:
    corpus = data_of(report / "data" / "corpus.js")
    return [dict(zip(corpus["fields"], row, strict=True)) for row in corpus["documents"]]


def test_every_document_has_its_page_and_its_data(tmp_path: Path) -> None:
    summary = build(publish(tmp_path, sample_rows()))
    report = tmp_path / "report"
    assert summary.folder == report
    files = files_of(report)
    assert {"index.html", "data/corpus.js", "data/findings.js", "data/rules.js"} <= files.keys()
    assert {f"doc/{DOC_ID}.html", f"data/{DOC_ID}.js", "assets/report.css", "assets/icon.svg"} <= files.keys()
    assert summary.bytes == sum(map(len, files.values()))
    (size,) = summary.documents
    assert (size.pages, size.images, size.problem) == (2, 0, NOT_FOUND)
    assert size.bytes == len(files[f"doc/{DOC_ID}.html"]) + len(files[f"data/{DOC_ID}.js"])


def test_a_document_tells_its_figures_findings_and_indicators(tmp_path: Path) -> None:
    build(publish(tmp_path, sample_rows()))
    data = data_of(tmp_path / "report" / "data" / f"{DOC_ID}.js")
    figures = {figure["id"]: figure for figure in data["figures"]}
    assert figures["q1"]["value"] == "123456700"
    assert [place["page"] for place in figures["q1"]["places"]] == [1, 2]
    assert figures["q1"]["places"][1]["box"] == [0.0, 20.0, 79.0, 10.0]
    (finding,) = data["findings"]
    assert (finding["id"], finding["gap"], finding["severity"]) == ("f00d", "1 分", "error")
    checks = {check["id"]: check for check in data["checks"]}
    assert checks["c1"]["operands"] == ["q4", "q5"]
    assert checks["c2"]["atMost"]
    assert checks["c3"]["reason"] == "分母可能为零"
    assert [indicator["recomputed"] for indicator in data["indicators"]] == ["18", None]
    assert corpus_of(tmp_path / "report")[0]["codes"] == [[0, 1, 0, 0]]


def test_the_same_results_give_the_same_bytes(tmp_path: Path) -> None:
    publish(tmp_path, sample_rows())
    build(tmp_path)
    first = files_of(tmp_path / "report")
    build(tmp_path)
    assert files_of(tmp_path / "report") == first


def test_no_markup_of_a_report_reaches_a_page(tmp_path: Path) -> None:
    build(publish(tmp_path, rows_with_markup()))
    for name, content in files_of(tmp_path / "report").items():
        if name.startswith(("data/", "doc/", "index")):
            assert b"<script>window" not in content, name
            assert b"<img src=x" not in content, name
    assert data_of(tmp_path / "report" / "data" / f"{DOC_ID}.js")["findings"][0]["message"].endswith(MARKUP)


def test_pages_load_nothing_from_elsewhere(tmp_path: Path) -> None:
    build(publish(tmp_path, sample_rows()))
    for name, content in files_of(tmp_path / "report").items():
        text = content.decode()
        if name.endswith((".html", ".css", ".svg")):
            assert "//" not in text.replace("http://www.w3.org/2000/svg", ""), name
        assert "fetch(" not in text
        assert "innerHTML" not in text


def test_personal_data_is_covered_on_the_page_images(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(tiny_pdf("Total 100"))
    (source,) = find_inputs([str(tmp_path / "a.pdf")])
    assert isinstance(source, SourceFile)
    rows = sample_rows(source)
    name = rows["pages"][0]["masked"][0]
    summary = build(publish(tmp_path / "output", rows, inputs=(str(tmp_path / "a.pdf"),)))
    assert summary.documents[0].images == 1  # the PDF has one page, the report two
    scale = RESOLUTION / 72
    with Image.open(tmp_path / "output" / "report" / "pages" / source.doc_id / "1.webp") as image:
        inside = (int((name["x0"] + name["x1"]) / 2 * scale), int(25 * scale))
        assert image.convert("L").getpixel(inside) < 230
    pages = data_of(tmp_path / "output" / "report" / "data" / f"{source.doc_id}.js")["pages"]
    assert [page["image"] for page in pages] == [True, False]
    assert "＊" in pages[0]["text"]


def test_a_page_whose_hidden_places_are_unknown_is_not_drawn(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(tiny_pdf("Total 100"))
    (source,) = find_inputs([str(tmp_path / "a.pdf")])
    assert isinstance(source, SourceFile)
    rows = sample_rows(source)
    for page in rows["pages"]:
        page["masked"] = [{**item, "x0": None} for item in page["masked"]]
    summary = build(publish(tmp_path / "output", rows, inputs=(str(tmp_path / "a.pdf"),)))
    assert summary.documents[0].images == 0


def test_images_can_be_left_out(tmp_path: Path) -> None:
    (size,) = build(publish(tmp_path, sample_rows()), images=False).documents
    assert size.problem == NOT_ASKED_FOR


def test_failed_and_repeated_inputs_are_listed(tmp_path: Path) -> None:
    nowhere = rows_of(failed(source_file("nowhere.pdf", sha256=""), "not-found", "nowhere.pdf: no such file."))
    broken = rows_of(failed(source_file("broken.pdf", sha256="cd" * 32), "damaged", "broken.pdf: damaged PDF."))
    first = sample_rows()
    again = {"documents": [first["documents"][0] | {"source": "copy.pdf", "duplicate_of": "报告.pdf"}]}
    summary = build(publish(tmp_path, nowhere, first, broken, again))
    assert [size.source for size in summary.documents] == ["nowhere.pdf", "报告.pdf", "broken.pdf"]
    listed = corpus_of(tmp_path / "report")
    assert [(row["source"], row["id"], row["status"]) for row in listed] == [
        ("nowhere.pdf", None, "failed"),
        ("报告.pdf", DOC_ID, "ok"),
        ("broken.pdf", "cd" * 8, "failed"),
        ("copy.pdf", DOC_ID, "ok"),
    ]
    assert [row["duplicateOf"] for row in listed] == [None, None, None, "报告.pdf"]
    assert data_of(tmp_path / "report" / "data" / f"{DOC_ID}.js")["source"] == "报告.pdf"
    assert {path.stem for path in (tmp_path / "report" / "doc").iterdir()} == {DOC_ID, "cd" * 8}


def test_a_folder_without_results_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no results of a run there"):
        build(tmp_path)
    assert not (tmp_path / "report").exists()


@pytest.mark.slow
def test_boxes_lie_on_the_print_of_the_page_images(sample_site: Site) -> None:
    """Every figure of the sample reports has ink within each of its boxes."""
    sizes = {(page["doc_id"], page["page"]): page for page in sample_site.rows("pages")}
    images: dict[tuple[str, int], Image.Image] = {}
    for quantity in sample_site.rows("quantities"):
        for line in quantity["lines"] or quantity["segments"]:
            key = (quantity["doc_id"], line["page"])
            if key not in images:
                path = sample_site.output / "report" / "pages" / key[0] / image_name(key[1])
                images[key] = Image.open(path).convert("L")
            image = images[key]
            scale = image.width / sizes[key]["width"]
            box = (line["x0"] * scale, line["top"] * scale, line["x1"] * scale, line["bottom"] * scale)
            assert min(image.crop(tuple(map(round, box))).tobytes()) < 120, quantity["printed"]
