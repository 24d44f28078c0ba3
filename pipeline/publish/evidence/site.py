"""The files of a report: shells from templates, data as scripts, assets as they are."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.publish.evidence.corpus_data import CorpusData, rules_data
from pipeline.publish.evidence.document_data import document_data
from pipeline.publish.evidence.images import DrawnPages
from pipeline.publish.evidence.script import script_of
from pipeline.publish.schema import Row

_PACKAGE = "pipeline.publish.evidence"


class Site:
    """The files of a report in the making."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        loader = PackageLoader(_PACKAGE, "templates")
        self._templates = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
        for name in ("assets", "data", "doc", "pages"):
            (folder / name).mkdir()
        for asset in files(_PACKAGE).joinpath("assets").iterdir():
            if asset.is_file():
                (folder / "assets" / asset.name).write_bytes(asset.read_bytes())

    def image_folder(self, doc_id: str) -> Path:
        """Where a document's page images go."""
        return self._folder / "pages" / doc_id

    def write_document(self, row: Row, rows: Mapping[str, list[Row]], drawn: DrawnPages, problem: str | None) -> int:
        """Write one document's page and data and return their bytes; `problem` says why pages lack their images.

        An input without bytes has no page, for there is no doc_id to call it by, nor has a duplicate, whose doc_id is
        that of the page it would repeat.
        """
        if row["doc_id"] is None or row["duplicate_of"] is not None:
            return 0
        data = document_data(row, rows, drawn.sizes.keys(), problem)
        page = self._templates.get_template("document.html.j2").render(document=row)
        return self._write(f"data/{row['doc_id']}.js", script_of("JIXIAO_DOCUMENT", data)) + self._write(
            f"doc/{row['doc_id']}.html", page
        )

    def write_corpus(self, corpus: CorpusData) -> None:
        """Write the start page and what all pages share."""
        self._write("data/corpus.js", script_of("JIXIAO_CORPUS", corpus.documents()))
        self._write("data/findings.js", script_of("JIXIAO_FINDINGS", corpus.findings()))
        self._write("data/rules.js", script_of("JIXIAO_RULES", rules_data()))
        self._write("index.html", self._templates.get_template("index.html.j2").render())

    def _write(self, name: str, text: str) -> int:
        data = text.encode("utf-8")
        (self._folder / name).write_bytes(data)
        return len(data)
