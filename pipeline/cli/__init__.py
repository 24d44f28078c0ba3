"""The command line, `jixiao`. Only `click` is loaded before a command runs, so that help is there at once."""

from pipeline.cli.commands import jixiao as main

__all__ = ["main"]
