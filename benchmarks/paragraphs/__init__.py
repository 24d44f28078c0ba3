"""Single paragraphs: contradictions found in them, and sound ones accused."""
