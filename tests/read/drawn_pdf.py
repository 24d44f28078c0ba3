"""PDFs drawn by hand, operator by operator: the tests of reading need to know exactly what is on a page.

Coordinates are PDF's own: points, y upwards. Chinese text is set in a font that no file embeds; its widths are the
full em, so boxes are known without its glyphs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_FILE_ID = b"0123456789abcdef"
MAP_OBJECT = 7
_FONTS = (
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font "
    "/Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) "
    "/Supplement 2 >> /DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 "
    "/FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >> >>] >>",
    f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode {MAP_OBJECT} 0 R >>",
    "<< /Type /Font /Subtype /Type0 /BaseFont /Nameless /Encoding /Identity-H /DescendantFonts [<< /Type /Font "
    "/Subtype /CIDFontType2 /BaseFont /Nameless /CIDToGIDMap /Identity /CIDSystemInfo << /Registry (Adobe) "
    "/Ordering (Identity) /Supplement 0 >> /DW 500 /FontDescriptor << /Type /FontDescriptor /FontName /Nameless "
    "/Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >> >>] >>",
)


@dataclass(slots=True)
class Drawing:
    """One page: its operators so far, its boxes and its rotation."""

    width: float = 400
    height: float = 300
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None
    operators: list[str] = field(default_factory=list)
    forms: list[tuple[str, str]] = field(default_factory=list)

    def raw(self, operators: str) -> Drawing:
        self.operators.append(operators)
        return self

    def text(self, x: float, y: float, said: str, size: float = 12, turn: str = "1 0 0 1") -> Drawing:
        """`said` from (x, y) on: in Helvetica when it is ASCII, else in the Chinese font."""
        if said.isascii():
            shown, font = f"({said})", "F1"
        else:
            shown, font = f"<{said.encode('utf-16-be').hex()}>", "F2"
        return self.raw(f"BT /{font} {size} Tf {turn} {x} {y} Tm {shown} Tj ET")

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Drawing:
        return self.raw(f"{x0} {y0} m {x1} {y1} l S")

    def rectangle(self, x0: float, y0: float, x1: float, y1: float, paint: str = "S") -> Drawing:
        return self.raw(f"{x0} {y0} {x1 - x0} {y1 - y0} re {paint}")

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> Drawing:
        """A full grid of strokes through `xs` and `ys`."""
        for x in xs:
            self.line(x, min(ys), x, max(ys))
        for y in ys:
            self.line(min(xs), y, max(xs), y)
        return self

    def form(self, operators: str, matrix: str = "1 0 0 1 0 0") -> Drawing:
        """A form XObject with these operators, shown once with `matrix`."""
        self.forms.append((operators, matrix))
        return self.raw(f"q {matrix} cm /X{len(self.forms)} Do Q")


def build(*pages: Drawing, meanings: dict[str, str] | None = None, password: str | None = None) -> bytes:
    """The PDF of these pages, encrypted (40-bit RC4) when there is a `password`.

    Font /F3 has a character map of its own that gives each letter in `meanings` what it stands for; font /F4 has glyph
    numbers and no map at all.
    """
    bodies: dict[int, tuple[str, bytes | None]] = {}
    number = 3
    font_names = []
    for index, font in enumerate(_FONTS, start=1):
        bodies[number] = font, None
        font_names.append(f"/F{index} {number} 0 R")
        number += 1
    bodies[MAP_OBJECT] = "", _character_map(meanings or {})
    number = MAP_OBJECT + 1
    kids = []
    for page in pages:
        forms = []
        for index, (operators, _) in enumerate(page.forms, start=1):
            bodies[number] = "/Type /XObject /Subtype /Form /BBox [-9999 -9999 9999 9999]", operators.encode()
            forms.append(f"/X{index} {number} 0 R")
            number += 1
        bodies[number] = "", "\n".join(page.operators).encode("latin-1")
        crop = f"/CropBox [{' '.join(map(str, page.crop))}]" if page.crop else ""
        resources = f"<< /Font << {' '.join(font_names)} >> /XObject << {' '.join(forms)} >> >>"
        bodies[number + 1] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}] {crop} /Rotate {page.rotate} "
            f"/Contents {number} 0 R /Resources {resources} >>",
            None,
        )
        kids.append(f"{number + 1} 0 R")
        number += 2
    bodies[1] = "<< /Type /Catalog /Pages 2 0 R >>", None
    bodies[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>", None
    return _write(bodies, password)


def _character_map(meanings: dict[str, str]) -> bytes:
    entries = "\n".join(f"<{ord(code):02x}> <{said.encode('utf-16-be').hex()}>" for code, said in meanings.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(meanings)} beginbfchar\n{entries}\nendbfchar\nendcmap end end"
    ).encode()


def _write(bodies: dict[int, tuple[str, bytes | None]], password: str | None) -> bytes:
    key, encryption = (b"", "") if password is None else _encryption(password.encode())
    data = bytearray(b"%PDF-1.4\n")
    offsets = {}
    for number, (body, stream) in sorted(bodies.items()):
        offsets[number] = len(data)
        data += b"%d 0 obj\n" % number
        if stream is None:
            data += body.encode()
        else:
            stored = _rc4(_object_key(key, number), stream) if key else stream
            data += f"<< {body} /Length {len(stored)} >>\nstream\n".encode() + stored + b"\nendstream"
        data += b"\nendobj\n"
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    for number in sorted(bodies):
        data += b"%010d 00000 n \n" % offsets[number]
    data += f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R {encryption} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(data)


def _encryption(password: bytes) -> tuple[bytes, str]:
    """Key and trailer entries of the standard security handler, revision 2 (ISO 32000-1, 7.6.3)."""
    padded = (password + _PADDING)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    permissions = -4
    key = hashlib.md5(padded + owner + permissions.to_bytes(4, "little", signed=True) + _FILE_ID).digest()[:5]
    user = _rc4(key, _PADDING)
    identifier = f"<{_FILE_ID.hex()}>"
    return key, (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{user.hex()}> /P {permissions} >> "
        f"/ID [{identifier} {identifier}]"
    )


def _object_key(key: bytes, number: int) -> bytes:
    return hashlib.md5(key + number.to_bytes(3, "little") + b"\x00\x00").digest()[:10]


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
