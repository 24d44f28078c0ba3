"""The registry lists every rule function, and every rule is documented and tested."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path

import pipeline.rules
from pipeline.rules.reference import PAGE, reference
from pipeline.rules.registry import RULES


def rule_functions() -> set[str]:
    found = set()
    for module_info in pkgutil.iter_modules(pipeline.rules.__path__):
        module = importlib.import_module(f"pipeline.rules.{module_info.name}")
        found |= {
            f"{module.__name__}.{name}"
            for name, function in inspect.getmembers(module, inspect.isfunction)
            if name.startswith("rule_") and name != "rule_by_code" and function.__module__ == module.__name__
        }
    return found


def test_registry_and_functions_agree() -> None:
    registered = {f"{rule.function.__module__}.{rule.function.__name__}" for rule in RULES}
    assert registered == rule_functions()


def test_codes_and_names_are_unique() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_every_rule_has_a_help_page() -> None:
    for rule in RULES:
        text = inspect.getdoc(rule.function) or ""
        for heading in ("Precision:", "Known false alarms:", "Example:"):
            assert heading in text, f"{rule.code} lacks {heading}"


def test_every_rule_is_tested() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.rglob("*.py"))
    for rule in RULES:
        assert rule.code in tests, f"no test names {rule.code}"


def test_published_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), "run `make docs`"
