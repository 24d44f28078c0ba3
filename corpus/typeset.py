"""Typeset the sample reports: `python -m corpus.typeset [NAME...]` writes corpus/NAME.pdf (all without names).

Needs the `typeset` extra (WeasyPrint), LibreOffice Writer and the Debian packages fonts-noto-cjk, fonts-arphic-ukai,
fonts-arphic-gbsn00lp and libharfbuzz-subset0. The PDFs are committed: only a change of a source, the manifest or a
style needs this.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path
from typing import Any

from corpus import libreoffice_typesetter, weasyprint_typesetter
from corpus.arithmetic import violations
from corpus.source import ReportSource, apply_edits, parse

FOLDER = Path(__file__).parent
MANIFEST = FOLDER / "manifest.toml"


def load_manifest() -> list[dict[str, Any]]:
    """The reports of the manifest, in its order."""
    reports: list[dict[str, Any]] = tomllib.loads(MANIFEST.read_text(encoding="utf-8"))["report"]
    return reports


def read_source(name: str) -> str:
    """The text of a source, before any planting."""
    return (FOLDER / "sources" / f"{name}.txt").read_text(encoding="utf-8")


def planted_source(entry: dict[str, Any]) -> str:
    """The source of a manifest entry with its contradictions planted."""
    edits = [edit for planted in entry.get("planted", []) for edit in planted["edits"]]
    text = read_source(entry["source"])
    return apply_edits(text, edits) if edits else text


def typeset(report: ReportSource) -> bytes:
    """The PDF of a report by the typesetter that its layout names."""
    if report.layout.typesetter == "libreoffice":
        return libreoffice_typesetter.typeset(report)
    return weasyprint_typesetter.typeset(report)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m corpus.typeset", description="Typeset the sample reports.")
    parser.add_argument("names", nargs="*", help="files of the manifest without .pdf; all when none is given")
    names = parser.parse_args(arguments).names
    reports = load_manifest()
    known = {Path(entry["file"]).stem for entry in reports}
    unknown = sorted(set(names) - known)
    if unknown:
        parser.error(f"not in the manifest: {', '.join(unknown)}")
    for entry in reports:
        if names and Path(entry["file"]).stem not in names:
            continue
        source = parse(read_source(entry["source"]))
        for violation in violations(source.assertions, source.text()):
            print(f"{entry['source']}: {violation.assertion}: {violation.reason}", file=sys.stderr)
            return 1
        pdf = typeset(parse(planted_source(entry)))
        (FOLDER / entry["file"]).write_bytes(pdf)
        print(f"{entry['file']}  {len(pdf) // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
