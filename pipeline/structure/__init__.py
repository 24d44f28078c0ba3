"""Structuring: from pages as read to a document of sections, paragraphs and tables."""

from pipeline.structure.document import structure

__all__ = ["structure"]
