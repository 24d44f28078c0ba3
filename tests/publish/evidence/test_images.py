"""Page images: small, covered where personal, and only where they fit the page as read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from pipeline.errors import NotAccessible
from pipeline.ingest import find_inputs
from pipeline.model.document import SourceFile
from pipeline.model.geometry import BBox
from pipeline.publish.evidence.images import (
    RESOLUTION,
    DocumentToDraw,
    DrawnPages,
    PageToDraw,
    draw_pages,
    encode,
    image_name,
    scale_of,
)
from tests.tiny_pdf import tiny_pdf

# Where `tiny_pdf` prints its text: 12-point print, 72 points from the left and 720 from the bottom of 842.
PRINT = BBox(72, 110, 130, 125)


@pytest.fixture
def source(tmp_path: Path) -> SourceFile:
    (tmp_path / "report.pdf").write_bytes(tiny_pdf("Total 100"))
    (found,) = find_inputs([str(tmp_path / "report.pdf")])
    assert isinstance(found, SourceFile)
    return found


def draw(source: SourceFile, folder: Path, *pages: PageToDraw) -> DrawnPages:
    return draw_pages(DocumentToDraw(source, pages, folder))


def darkest(path: Path, box: BBox) -> int:
    scale = RESOLUTION / 72
    with Image.open(path) as image:
        part = image.convert("L").crop(
            (int(box.x0 * scale), int(box.top * scale), int(box.x1 * scale), int(box.bottom * scale))
        )
    return min(part.tobytes())


def test_a_page_is_drawn_where_its_boxes_say(source: SourceFile, tmp_path: Path) -> None:
    drawn = draw(source, tmp_path / "pages", PageToDraw(1, 595, 842))
    path = tmp_path / "pages" / image_name(1)
    assert drawn.sizes == {1: path.stat().st_size}
    with Image.open(path) as image:
        assert (image.format, image.size) == ("WEBP", (910, 1287))
    assert darkest(path, PRINT) < 60
    assert darkest(path, BBox(72, 140, 300, 400)) > 250


def test_what_is_hidden_in_the_text_is_covered_in_the_picture(source: SourceFile, tmp_path: Path) -> None:
    draw(source, tmp_path, PageToDraw(1, 595, 842, hidden=(PRINT,)))
    assert darkest(tmp_path / image_name(1), PRINT) > 180


@pytest.mark.parametrize("page", [PageToDraw(2, 595, 842), PageToDraw(1, 842, 595), PageToDraw(1, 595, 800)])
def test_a_page_that_does_not_fit_is_left_out(source: SourceFile, tmp_path: Path, page: PageToDraw) -> None:
    assert draw(source, tmp_path, page).sizes == {}


def test_a_file_that_changed_is_not_drawn(source: SourceFile, tmp_path: Path) -> None:
    source.path.write_bytes(tiny_pdf("Total 200"))
    with pytest.raises(NotAccessible):
        draw(source, tmp_path, PageToDraw(1, 595, 842))


def test_posters_are_drawn_smaller() -> None:
    assert scale_of(595, 842) == RESOLUTION / 72
    assert scale_of(595, 8420) * 8420 == pytest.approx(2600)


def test_line_art_keeps_its_edges_and_pictures_stay_small() -> None:
    page = Image.new("RGB", (909, 1286), "white")
    ImageDraw.Draw(page).line((100, 100, 800, 100), fill="black", width=2)
    with Image.open(io.BytesIO(encode(page, scanned=False))) as image:
        shades = {shade for _, shade in image.convert("L").getcolors() or []}
    assert len(shades) == 2
    assert min(shades) < 5
    assert max(shades) > 250
    noise = Image.effect_noise((909, 1286), 90).convert("RGB")
    assert len(encode(noise, scanned=False)) == len(encode(noise, scanned=True))
