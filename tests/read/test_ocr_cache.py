"""Readings kept between runs."""

from __future__ import annotations

import multiprocessing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.read.marks import Characters, Marks, edges_of
from pipeline.read.ocr import cache
from pipeline.read.ocr.images import PageImage
from pipeline.read.ocr.picture import PictureReading

IMAGE = PageImage(np.full((20, 30, 3), 200, np.uint8), 2.0)
READING = PictureReading(
    Marks(
        15.0,
        10.0,
        Characters(
            np.array([0x4E00, 0x20000], np.uint32),
            np.array([[0.0, 1.0, 2.0, 3.0], [2.0, 1.0, 4.0, 3.0]]),
            np.array([[0.0, 3.0], [2.0, 3.0]]),
            None,
            np.array([0.5, 0.75]),
        ),
        edges_of([(5.0, 0.0, 15.0)], []),
    ),
    -0.31,
    3,
)


class Reader:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, image: PageImage) -> PictureReading:
        assert image.scale == IMAGE.scale
        self.asked += 1
        return READING


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cache.CACHE_VARIABLE, str(tmp_path))
    return tmp_path


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def assert_same(reading: PictureReading) -> None:
    characters, kept = READING.marks.characters, reading.marks.characters
    assert kept.codes.tolist() == characters.codes.tolist()
    assert kept.boxes.tolist() == characters.boxes.tolist()
    assert kept.origins.tolist() == characters.origins.tolist()
    assert kept.confidences is not None
    assert kept.confidences.tolist() == [0.5, 0.75]
    assert reading.marks.edges.horizontal.tolist() == [[5.0, 0.0, 15.0]]
    assert reading.marks.edges.vertical.shape == (0, 3)
    assert (reading.marks.width, reading.marks.height, reading.skew, reading.quarters) == (15.0, 10.0, -0.31, 3)


def test_a_picture_is_read_once(folder: Path) -> None:
    reader = Reader()
    assert_same(cache.recall(IMAGE, reader))
    assert_same(cache.recall(IMAGE, reader))
    assert reader.asked == 1
    assert len(files(folder)) == 1


def test_another_picture_scale_or_model_is_another_reading(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = IMAGE.pixels.copy()
    changed[3, 4, 1] = 199
    keys = {cache.key_of(IMAGE), cache.key_of(PageImage(changed, 2.0)), cache.key_of(replace(IMAGE, scale=2.5))}
    monkeypatch.setattr(cache, "model_version", lambda: "others")
    assert len({*keys, cache.key_of(IMAGE)}) == 4
    assert files(folder) == []


@pytest.mark.parametrize("spoiled", [b"", b"PK\x03\x04 cut off", b"no archive at all"])
def test_a_spoiled_reading_is_made_again(folder: Path, spoiled: bytes) -> None:
    reader = Reader()
    cache.recall(IMAGE, reader)
    files(folder)[0].write_bytes(spoiled)
    assert_same(cache.recall(IMAGE, reader))
    assert reader.asked == 2
    assert_same(cache.recall(IMAGE, reader))
    assert reader.asked == 2


def test_without_a_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader()
    monkeypatch.setenv(cache.CACHE_VARIABLE, "off")
    assert cache.cache_folder() is None
    cache.recall(IMAGE, reader)
    occupied = tmp_path / "a file"
    occupied.write_text("not a folder")
    monkeypatch.setenv(cache.CACHE_VARIABLE, str(occupied))
    assert_same(cache.recall(IMAGE, reader))
    assert reader.asked == 2


def test_the_usual_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(cache.CACHE_VARIABLE, raising=False)
    monkeypatch.setattr(cache.sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.cache_folder() == tmp_path / "jixiao"


def _read_often(folder: str) -> int:
    reader = Reader()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.CACHE_VARIABLE, folder)
        for shade in range(20):
            image = PageImage(np.full((20, 30, 3), shade, np.uint8), 2.0)
            assert_same(cache.recall(image, reader))
    return reader.asked


def test_processes_share_it(folder: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        asked = pool.map(_read_often, [str(folder)] * 4)
    assert 20 <= sum(asked) <= 60
    assert len(files(folder)) == 20
