"""Readings kept between runs: the same picture, settings and models give the same reading."""

from __future__ import annotations

import hashlib
import io
import logging
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from pipeline.read.marks import Characters, Edges, Marks
from pipeline.read.ocr.images import PageImage
from pipeline.read.ocr.models import model_version
from pipeline.read.ocr.picture import PictureReading

_LOG = logging.getLogger(__name__)

CACHE_VARIABLE = "JIXIAO_CACHE"
"""Environment variable: the folder for readings, or `off` for none."""

OFF = frozenset({"off", "no", "none", "0"})

ALGORITHM = 2
"""Raised whenever the same picture would be read differently; older readings are then not used."""


def cache_folder() -> Path | None:
    """Where readings are kept: JIXIAO_CACHE, else the user's cache folder of the platform; None when switched off."""
    told = os.environ.get(CACHE_VARIABLE, "")
    if told.strip().lower() in OFF:
        return None
    if told:
        return Path(told).expanduser()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "jixiao"


def recall(image: PageImage, read: Callable[[PageImage], PictureReading]) -> PictureReading:
    """The reading of `image` as kept, else what `read` makes of it, which is kept for the next time.

    A cache that cannot be read or written is done without. Workers may share it: a reading appears whole or not at
    all.
    """
    folder = cache_folder()
    if folder is None:
        return read(image)
    name = key_of(image)
    path = folder / "ocr" / name[:2] / f"{name}.npz"
    try:
        return _load(path.read_bytes())
    except FileNotFoundError:
        pass
    except (OSError, ValueError, KeyError, EOFError) as error:
        _LOG.info("%s: not a reading: %r", path, error)
    reading = read(image)
    try:
        _store(path, reading)
    except OSError as error:
        _LOG.info("%s: cannot be written: %r", path, error)
    return reading


def key_of(image: PageImage) -> str:
    """What a reading depends on, in one fingerprint: every pixel, the scale, the models and the algorithm."""
    digest = hashlib.sha256(f"{ALGORITHM}|{model_version()}|{image.scale!r}|{image.pixels.shape}|".encode())
    digest.update(np.ascontiguousarray(image.pixels).data)
    return digest.hexdigest()


def _store(path: Path, reading: PictureReading) -> None:
    characters, edges = reading.marks.characters, reading.marks.edges
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        codes=characters.codes,
        boxes=characters.boxes,
        origins=characters.origins,
        confidences=np.empty(0) if characters.confidences is None else characters.confidences,
        horizontal=edges.horizontal,
        vertical=edges.vertical,
        measures=np.array([reading.marks.width, reading.marks.height, reading.skew, reading.quarters]),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(buffer.getbuffer())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _load(data: bytes) -> PictureReading:
    """Raises ValueError, KeyError or EOFError when `data` is no stored reading."""
    try:
        stored = np.load(io.BytesIO(data), allow_pickle=False)
    except Exception as error:  # numpy raises what its zip reader runs into
        raise ValueError("cannot be loaded") from error
    width, height, skew, quarters = stored["measures"].tolist()
    characters = Characters(stored["codes"], stored["boxes"], stored["origins"], None, stored["confidences"])
    edges = Edges(stored["horizontal"], stored["vertical"])
    return PictureReading(Marks(width, height, characters, edges), skew, int(quarters))
