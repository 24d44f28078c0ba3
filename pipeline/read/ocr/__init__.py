"""OCR: pages without usable text are rendered, cleaned, and read from their picture, offline and on the processor."""
