"""Reading: from the bytes of a PDF to pages of lines and ruled tables."""

from pipeline.read.choose import read_pages
from pipeline.read.options import OCRMode, ReadOptions

__all__ = ["OCRMode", "ReadOptions", "read_pages"]
