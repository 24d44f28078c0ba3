"""Data as scripts: a page opened from the file system may not fetch files, but it may load scripts.

A script assigns one JSON value to one global name. Everything that could end a script element, open a comment or markup
in it, or end a line of an older JavaScript is escaped, so that text from a report stays text wherever it is put.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from pipeline.publish.spreadsheet import plain_number

_GLOBAL = re.compile(r"[A-Z][A-Z_]*")
_ESCAPED = "<>&\u2028\u2029"


def script_of(name: str, value: Any) -> str:
    """A script that assigns `value` to the global `name`. Decimals become strings, so that no digit is lost.

    Raises ValueError for a name that is no plain global, TypeError for a value JSON cannot hold.
    """
    if not _GLOBAL.fullmatch(name):
        raise ValueError(f"no name for a global: {name!r}")
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_text_of, allow_nan=False)
    for character in _ESCAPED:  # faster by far than str.translate on text that is not ASCII
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f"var {name}={text};\n"


def _text_of(value: object) -> str:
    if isinstance(value, Decimal):
        return plain_number(value)
    raise TypeError(f"no JSON for {type(value).__name__}")
