"""The shared files that benchmarks run on when none are named."""

from __future__ import annotations

from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"
"""The folder of shared reports, next to the checkout; it may be missing."""


def text_layer_files() -> tuple[Path, ...]:
    """Every shared PDF with a text layer, the typeset reports first."""
    return (*sorted(SHARED.glob("corpus/*.lo.pdf")), *sorted(SHARED.glob("real/*.pdf")))


def sample_files() -> tuple[Path, ...]:
    """The sample reports of the project, all with a text layer."""
    return tuple(sorted((Path(__file__).resolve().parents[1] / "corpus").glob("*.pdf")))
