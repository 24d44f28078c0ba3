"""Reading: from the bytes of a PDF to pages of lines and ruled tables."""

from pipeline.read.choose import read_pages

__all__ = ["read_pages"]
