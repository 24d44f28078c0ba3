"""Planted errors: how many single wrong figures are found. Run `python -m benchmarks.mutants --help`."""
