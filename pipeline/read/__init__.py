"""Reading: from the bytes of a PDF to pages of lines and ruled tables."""

from pipeline.read.again import second_look
from pipeline.read.choose import count_pages, read_pages
from pipeline.read.options import OCRMode, ReadOptions

__all__ = ["OCRMode", "ReadOptions", "count_pages", "read_pages", "second_look"]
