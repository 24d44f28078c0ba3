"""Put other characters on a page that was read; the pipeline has it for readings that replace a first one."""

from __future__ import annotations

from pipeline.model.page_edits import replace_text

__all__ = ["replace_text"]
