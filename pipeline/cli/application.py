"""Conduct common to all commands: every error a person can act on is one clear line, every end a documented code."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from typing import Any

import click

from pipeline.errors import ExitCode, JixiaoError

DEBUG_KEY = "jixiao.debug"
"""Where a command that takes --debug leaves it in the context's `meta`."""


class Application(click.Group):
    """A group whose commands return their exit code and whose errors are told in one line on standard error."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command line; in standalone mode end the process with its exit code."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        _print_whatever_comes()
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.ClickException as error:
            _tell(_usage_line(error))
            sys.exit(ExitCode.USAGE)
        except JixiaoError as error:
            _tell(str(error))
            sys.exit(error.exit_code)
        except click.Abort:
            _tell("interrupted.")
            sys.exit(ExitCode.INTERRUPTED)
        sys.exit(code or ExitCode.OK)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """The commands in the order in which a user needs them."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a defect of the software is told in one line too, with its traceback where asked for."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, JixiaoError, OSError):
            raise
        except Exception as error:
            if ctx.meta.get(DEBUG_KEY):
                traceback.print_exc()
            words = " ".join(str(error).split())
            _tell(f"internal error: {type(error).__name__}: {words}. Please report it; --debug shows more.")
            return ExitCode.SOME_FAILED


def _usage_line(error: click.ClickException) -> str:
    """click's message in one line, with where to look instead of the usage it would print above."""
    message = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "jixiao"
    return f"{message} See '{command} --help'."


def _tell(line: str) -> None:
    click.echo(f"jixiao: {line}", err=True)


def _print_whatever_comes() -> None:
    """A terminal that cannot show Chinese gets question marks in its place rather than a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
