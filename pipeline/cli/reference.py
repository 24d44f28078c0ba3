"""The documentation of the command line, generated from the commands: `python -m pipeline.cli.reference`.

Writes docs/cli.md under the current directory; a test proves that the committed page is up to date.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.cli.commands import EXIT_CODES, jixiao

PAGE = Path("docs/cli.md")

_INTRODUCTION = f"""\
# Command line

<!-- Generated from pipeline/cli/commands.py by `python -m pipeline.cli.reference`; do not edit. -->

{inspect.cleandoc(jixiao.help or "")}

Results go to standard output, progress and problems to standard error. On a terminal, tables are ruled and coloured
(not if `NO_COLOR` is set); through a pipe they are plain lines.

Exit codes:

```
{EXIT_CODES}
```

Tab completion: `eval "$(_JIXIAO_COMPLETE=bash_source jixiao)"` in `~/.bashrc` (`zsh_source` in `~/.zshrc`;
`_JIXIAO_COMPLETE=fish_source jixiao | source` for fish).
"""


def reference() -> str:
    """The page as Markdown."""
    sections = (_section(name, command) for name, command in _all_commands(jixiao))
    return "\n".join([_INTRODUCTION, *sections])


def _all_commands(group: click.Group, prefix: str = "") -> Iterator[tuple[str, click.Command]]:
    """The commands with their full names, those of a group behind it."""
    for name, command in group.commands.items():
        yield prefix + name, command
        if isinstance(command, click.Group):
            yield from _all_commands(command, f"{prefix}{name} ")


def _section(name: str, command: click.Command) -> str:
    arguments = [parameter for parameter in command.params if isinstance(parameter, click.Argument)]
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    words = ["COMMAND"] if isinstance(command, click.Group) else ["[OPTIONS]", *map(_argument, arguments)]
    usage = " ".join(["jixiao", name, *words])
    lines = [f"## jixiao {name}", "", f"`{usage}`", "", inspect.cleandoc(command.help or ""), ""]
    if options:
        lines += ["| option | meaning |", "| --- | --- |", *(_row(option) for option in options), ""]
    lines += ["```", *_examples(command), "```", ""]
    return "\n".join(lines)


def _argument(argument: click.Argument) -> str:
    name = argument.metavar or (argument.name or "").upper()
    return name if argument.required else f"[{name}]"


def _row(option: click.Option) -> str:
    value = "" if option.is_flag else f" {_value_name(option)}"
    default = f" Default: `{option.default}`." if option.show_default else ""
    variable = f" Also taken from `{option.envvar}`." if option.envvar else ""
    meaning = " ".join((option.help or "").split())
    return f"| `{', '.join(option.opts)}{value}` | {meaning}{default}{variable} |"


def _value_name(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return r"\|".join(str(choice) for choice in option.type.choices)
    return option.metavar or option.type.name.upper()


def _examples(command: click.Command) -> list[str]:
    """The example commands of a help's end."""
    return [line.strip() for line in (command.epilog or "").splitlines() if line.startswith("  ")]


def main() -> None:
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(reference(), encoding="utf-8")


if __name__ == "__main__":
    main()
