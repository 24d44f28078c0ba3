"""Versions: of the software, and of the rules, which decides whether two runs' findings can be compared."""

VERSION = "0.1.0"
RULES_VERSION = "3"
