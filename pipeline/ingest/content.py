"""What a file really is, told from its first bytes, in words that help the person who sent it."""

from __future__ import annotations

import re
import zipfile
from enum import Enum
from pathlib import Path
from typing import IO

_PDF_HEADER_WITHIN = 1024
"""PDF readers accept a header anywhere in the first 1024 bytes (ISO 32000-1, implementation note in annex H)."""


class Content(Enum):
    """Kinds of content; the value says in a message what the file is."""

    PDF = "a PDF"
    EMPTY = "empty"
    ARCHIVE = "a .zip archive"
    WORD = "a Word document (.docx)"
    EXCEL = "an Excel workbook (.xlsx)"
    POWERPOINT = "a PowerPoint presentation (.pptx)"
    OPEN_DOCUMENT = "an OpenDocument file"
    OFD = "an OFD document (版式文档)"
    OLD_OFFICE = "an old Office or WPS document (.doc, .xls, .wps)"
    HTML = "a web page (HTML)"
    XML = "an XML file"
    RTF = "a rich text file (.rtf)"
    RAR = "a .rar archive"
    SEVEN_ZIP = "a .7z archive"
    GZIP = "a .gz archive"
    JPEG = "a JPEG picture"
    PNG = "a PNG picture"
    TIFF = "a TIFF picture"
    GIF = "a GIF picture"
    BMP = "a BMP picture"
    POSTSCRIPT = "a PostScript file"
    CAJ = "a CAJ document"
    TEXT = "plain text"
    UNKNOWN = "of an unknown kind"


_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Content.OLD_OFFICE),
    (b"{\\rtf", Content.RTF),
    (b"Rar!\x1a\x07", Content.RAR),
    (b"7z\xbc\xaf\x27\x1c", Content.SEVEN_ZIP),
    (b"\x1f\x8b", Content.GZIP),
    (b"\xff\xd8\xff", Content.JPEG),
    (b"\x89PNG\r\n\x1a\n", Content.PNG),
    (b"II*\x00", Content.TIFF),
    (b"MM\x00*", Content.TIFF),
    (b"GIF8", Content.GIF),
    (b"BM", Content.BMP),
    (b"%!PS", Content.POSTSCRIPT),
    (b"CAJ\x00", Content.CAJ),
)

_ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

# Telling names inside the packages that are .zip archives by construction, tried in this order.
_PACKAGES = (
    ("OFD.xml", Content.OFD),
    ("word/", Content.WORD),
    ("xl/", Content.EXCEL),
    ("ppt/", Content.POWERPOINT),
    ("META-INF/manifest.xml", Content.OPEN_DOCUMENT),
)

_HTML = re.compile(rb"<!doctype\s+html|<html|<head|<body|<script|<meta\s", re.IGNORECASE)


def detect(head: bytes, whole: Path | IO[bytes] | None = None) -> Content:
    """The kind of content that begins with `head` (4 KiB are enough). `whole` is the file itself: only its list of
    members tells a .zip archive from an Office document."""
    if not head:
        return Content.EMPTY
    if head.startswith(_ZIP_SIGNATURES):
        return _detect_package(whole)
    if b"%PDF-" in head[:_PDF_HEADER_WITHIN]:
        return Content.PDF
    for signature, content in _SIGNATURES:
        if head.startswith(signature):
            return content
    return _detect_text(head)


def _detect_package(whole: Path | IO[bytes] | None) -> Content:
    if whole is None:
        return Content.ARCHIVE
    try:
        with zipfile.ZipFile(whole) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return Content.ARCHIVE
    if "OFD.xml" in names or "[Content_Types].xml" in names or "META-INF/manifest.xml" in names:
        for telling, content in _PACKAGES:
            if any(name.startswith(telling) for name in names):
                return content
    return Content.ARCHIVE


def _detect_text(head: bytes) -> Content:
    beginning = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if beginning.startswith(b"<") and _HTML.search(beginning):
        return Content.HTML
    if beginning.startswith(b"<?xml"):
        return Content.XML
    for encoding in ("utf-8", "gb18030"):
        # The head may end in the middle of a character.
        for end in range(len(head), max(len(head) - 4, 0), -1):
            try:
                text = head[:end].decode(encoding)
            except UnicodeDecodeError:
                continue
            if all(letter.isprintable() or letter.isspace() for letter in text):
                return Content.TEXT
            break
    return Content.UNKNOWN
