"""`jixiao rules`: the list of rules, and the help page of each."""

from __future__ import annotations

import inspect

from rich.text import Text

from pipeline.cli.console import heading, new_table, print_table, print_text
from pipeline.errors import ExitCode, UsageError
from pipeline.rules.registry import RULES, Rule, rule_by_code


def execute(code: str | None) -> ExitCode:
    """Print all rules, or one rule's help. Raises UsageError for a code that no rule has."""
    if code is None:
        _print_list()
    else:
        try:
            rule = rule_by_code(code)
        except KeyError as error:
            raise UsageError(f"{code}: no rule has this code.", "'jixiao rules' lists them all.") from error
        _print_help(rule)
    return ExitCode.OK


def _print_list() -> None:
    table = new_table()
    for header in ("Code\n规则", "Name\n名称", "Title\n标题"):
        table.add_column(header)
    for rule in RULES:
        table.add_row(rule.code, rule.name, Text(rule.title))
    print_table(table)


def _print_help(rule: Rule) -> None:
    print_text(heading(f"{rule.code} {rule.name}: {rule.title}"))
    print_text()
    print_text(inspect.cleandoc(rule.function.__doc__ or "No help yet."))
