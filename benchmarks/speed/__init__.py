"""How fast it is, next to pdfplumber on the same files in the same run: `python -m benchmarks.speed`."""
