"""A workbook that someone has worked in is never overwritten: it is kept under another name.

Beside the workbook a hidden file holds the sha256 of its bytes as they were written; any other bytes are somebody's
work. Where the hidden file is missing, they are taken for that too.
"""

from __future__ import annotations

import hashlib
from itertools import count
from pathlib import Path


def put_in_place(written: Path, path: Path) -> Path | None:
    """Move a finished workbook to `path`; returns where the one went that was there, if someone had edited it. Raises
    OSError."""
    record = path.with_name(f".{path.name}.sha256")
    digest = _digest(written)
    kept = _keep_edited(path, record)
    written.replace(path)
    record.write_text(digest, encoding="ascii")
    return kept


def _keep_edited(path: Path, record: Path) -> Path | None:
    if not path.exists() or _is_as_recorded(path, record):
        return None
    names = (path.with_name(f"{path.stem}.edited-{number}{path.suffix}") for number in count(1))
    kept = next(name for name in names if not name.exists())
    path.rename(kept)
    return kept


def _is_as_recorded(path: Path, record: Path) -> bool:
    return record.exists() and record.read_text(encoding="ascii", errors="replace").strip() == _digest(path)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
