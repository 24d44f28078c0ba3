"""How cells look, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FONT: Mapping[str, Any] = {"font_name": "Microsoft YaHei", "font_size": 10}

_TOP = {"valign": "top"}
_TEXT = _TOP | {"num_format": "@"}
_WRAPPED = _TEXT | {"text_wrap": True}
_ENTRY = _WRAPPED | {"bg_color": "#FFFDE7", "border": 1, "border_color": "#D7CCC8"}
# Keeps what looks like a formula text, even after someone has edited the cell.
_GUARD = {"quote_prefix": True}

STYLES: Mapping[str, Mapping[str, Any]] = {
    "text": _TEXT,
    "wrapped": _WRAPPED,
    "entry": _ENTRY,
    "text guarded": _TEXT | _GUARD,
    "wrapped guarded": _WRAPPED | _GUARD,
    "entry guarded": _ENTRY | _GUARD,
    "printed": _TEXT | {"align": "right"},
    "printed guarded": _TEXT | {"align": "right"} | _GUARD,
    "identifier": _TEXT | {"font_color": "#757575", "font_size": 9},
    "integer": _TOP | {"num_format": "#,##0"},
    "plain integer": _TOP | {"num_format": "0", "align": "center"},
    "number": _TOP | {"num_format": "General"},
    "money": _TOP | {"num_format": "#,##0.00"},
    # The sign is printed, not reckoned with: 97.62 stands for 97.62%, as in the datasets.
    "percent": _TOP | {"num_format": '0.00####"%"'},
    "share": _TOP | {"num_format": "0%"},
    "date": _ENTRY | {"num_format": "yyyy-mm-dd"},
    "link": _TOP | {"font_color": "#0563C1", "underline": 1},
    "error": _TOP | {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    "warning": _TOP | {"bg_color": "#FFEB9C", "font_color": "#7F6000"},
    "note": _TOP | {"bg_color": "#DDEBF7", "font_color": "#1F4E78"},
    "good": _TOP | {"font_color": "#2E7D32"},
    "faint": _TOP | {"font_color": "#757575"},
}
"""Styles of the cells below the header."""

HEADER: Mapping[str, Any] = {
    "bold": True,
    "text_wrap": True,
    "valign": "vcenter",
    "bg_color": "#1F3864",
    "font_color": "#FFFFFF",
    "border": 1,
    "border_color": "#8EA9DB",
}
ENTRY_HEADER: Mapping[str, Any] = {**HEADER, "bg_color": "#BF6000"}
"""The header of columns to be filled in."""

TITLE: Mapping[str, Any] = {"bold": True, "font_size": 14, "font_color": "#1F3864"}
SECTION: Mapping[str, Any] = {"bold": True, "bg_color": "#DDEBF7", "valign": "top"}
PARAGRAPH: Mapping[str, Any] = {"text_wrap": True, "valign": "top"}

REVIEW_COLOURS: Mapping[str, Mapping[str, Any]] = {
    "确认": {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    "排除": {"bg_color": "#E2E3E5", "font_color": "#41464B"},
    "待定": {"bg_color": "#FFEB9C", "font_color": "#7F6000"},
}
"""What a decision is coloured by as soon as it is chosen."""
