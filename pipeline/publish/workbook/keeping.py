"""A workbook that someone has worked in is never overwritten: it is kept under another name."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import count
from pathlib import Path
from zipfile import BadZipFile, ZipFile

UNEDITED = datetime(1980, 1, 1)
"""When a workbook says it was last saved, as long as nobody has: every program that saves one puts its own time."""

_SAVED = re.compile(rb"<dcterms:modified[^>]*>([^<]*)<")


def keep_edited(path: Path) -> Path | None:
    """Move a workbook that someone has edited out of the way; returns its new name, None where there is nothing to
    keep. Raises OSError."""
    if not path.exists() or _as_written(path):
        return None
    for number in count(1):
        kept = path.with_name(f"{path.stem}.edited-{number}{path.suffix}")
        if not kept.exists():
            path.rename(kept)
            return kept
    return None


def _as_written(path: Path) -> bool:
    try:
        with ZipFile(path) as workbook:
            saved = _SAVED.search(workbook.read("docProps/core.xml"))
    except (BadZipFile, KeyError):
        return False
    return saved is not None and saved.group(1).startswith(UNEDITED.isoformat().encode())
