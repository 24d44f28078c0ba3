"""A folder that is built aside and then takes its place whole, so that nobody opens half a report."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import OutputNotWritable


@contextmanager
def staged_folder(final: Path) -> Iterator[Path]:
    """A new folder to fill; when the block ends well it replaces `final`, else nothing changes.

    A build that was killed leaves the earlier `final`, or, in the moment between two renamings, its `.old`, which the
    next build puts back before anything else. Raises OutputNotWritable where the folders cannot be written.
    """
    new, old = final.with_name(f".{final.name}.new"), final.with_name(f".{final.name}.old")
    with _write_errors(final):
        _settle(final, new, old)
        new.mkdir(parents=True)
    try:
        with _write_errors(final):
            yield new
            if final.exists():
                final.rename(old)
            new.rename(final)
            shutil.rmtree(old, ignore_errors=True)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def _settle(final: Path, new: Path, old: Path) -> None:
    """Clear away what a killed build left."""
    if old.exists() and not final.exists():
        old.rename(final)
    for left in (new, old):
        if left.exists():
            shutil.rmtree(left)


@contextmanager
def _write_errors(folder: Path) -> Iterator[None]:
    """Says of an operating system error that it was the output that could not be written."""
    try:
        yield
    except OSError as error:
        raise OutputNotWritable(str(folder), error.strerror or str(error)) from error
