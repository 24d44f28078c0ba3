"""A real browser, and reports to open in it.

Needs Playwright for Python (`pip install playwright`; no browser of its own is downloaded) and the distribution's
Chromium (`apt-get install chromium`); without them these tests are skipped.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pipeline.publish.datasets import read_rows
from pipeline.publish.evidence.build import build_report
from pipeline.publish.evidence.options import ReportOptions
from pipeline.publish.schema import Row
from pipeline.run import RunOptions, run
from tests.publish.evidence.reports import Silence

CORPUS = Path(__file__).parents[3] / "corpus"
SHARED = Path(__file__).parents[4] / "shared" / "corpus"

_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass
class Site:
    """A built report with the datasets it was built from."""

    output: Path

    @property
    def index(self) -> str:
        return (self.output / "report" / "index.html").resolve().as_uri()

    def document(self, doc_id: str, fragment: str = "") -> str:
        address = (self.output / "report" / "doc" / f"{doc_id}.html").resolve().as_uri()
        return f"{address}#{fragment}" if fragment else address

    def rows(self, name: str) -> list[Row]:
        return read_rows(self.output, name)


@dataclass
class Visit:
    """An open page, with what it complained of and what it asked for."""

    page: Any
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.page.on("request", lambda request: self.requests.append(request.url))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium installed")
    with api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=_QUIET)
        yield launched
        launched.close()


@pytest.fixture
def visit(browser: Any) -> Iterator[Visit]:
    """A page of a desktop's size; at its end nothing may have gone wrong and nothing may have left the machine."""
    yield from _visit(browser, viewport={"width": 1440, "height": 900})


@pytest.fixture
def phone(browser: Any) -> Iterator[Visit]:
    """The same on a phone."""
    yield from _visit(browser, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)


def _visit(browser: Any, **options: Any) -> Iterator[Visit]:
    context = browser.new_context(reduced_motion="reduce", **options)
    made = Visit(context.new_page())
    made.watch()
    yield made
    context.close()
    assert made.complaints == []
    assert [address for address in made.requests if not address.startswith(("file:", "data:"))] == []


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The report of four sample reports of different genres."""
    names = (
        "anshi-training-2023-planted",
        "chenghu-water-2022-planted",
        "songqi-road-2023-planted",
        "xingzhu-library-2023",
    )
    return site_of(tmp_path_factory.mktemp("sample"), *(CORPUS / f"{name}.pdf" for name in names))


@pytest.fixture(scope="session")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The report of the shared reports with a text layer, where they are there."""
    paths = sorted(SHARED.glob("*.lo.pdf"))
    if not paths:
        pytest.skip("no shared corpus")
    return site_of(tmp_path_factory.mktemp("shared"), *paths)


class _Quiet:
    def begin(self, inputs: int) -> None:
        pass

    def finished(self, document: object) -> None:
        pass


def site_of(folder: Path, *paths: Path) -> Site:
    """Run over `paths` and build the report."""
    output = folder / "output"
    run(RunOptions(inputs=tuple(map(str, paths)), output=output, jobs=2), _Quiet())
    build_report(output, ReportOptions(jobs=2), Silence())
    return Site(output)
