"""How pages are to be read, where the reader leaves a choice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OCRMode(StrEnum):
    """When pages are recognised from their picture."""

    AUTO = "auto"
    NEVER = "never"
    FORCE = "force"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """`ocr` says which pages are recognised from their picture: those that need it, none, or all. `dpi` is the
    resolution at which they are rendered for it."""

    ocr: OCRMode = OCRMode.AUTO
    dpi: int = 200
