"""Whether a text has digits at all: asked of every cell, most of which have none."""

from __future__ import annotations

import re

# `str.isdigit` counts superscripts, subscripts and enclosed digits (②) as well; `\d` does not.
_DIGIT = re.compile(
    "[\\d²³¹፩-፱᧚⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒"
    "\U00010a40-\U00010a43\U00010e60-\U00010e68\U00011052-\U0001105a\U0001f100-\U0001f10a]"
)


def has_digit(text: str) -> bool:
    """Whether any character of `text` is a digit in the sense of `str.isdigit`."""
    return _DIGIT.search(text) is not None
