"""Ingest: what a run is given, found, identified by content, and judged before any of it is parsed."""

from pipeline.ingest.find import FailedInput, find_inputs, load_bytes

__all__ = ["FailedInput", "find_inputs", "load_bytes"]
