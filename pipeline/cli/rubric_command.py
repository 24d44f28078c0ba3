"""`jixiao rubric`: the scoring rubrics of one report as they were understood."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from rich.text import Text

from patterns.rubric.score import attainable
from patterns.rubric.score_set import ScoreSet
from pipeline.analyse import analyse
from pipeline.cli.console import plural, print_text
from pipeline.cli.single_input import find_single_input
from pipeline.errors import ExitCode, UsageError
from pipeline.rules.rubric_sources import RubricSource, rubrics_of


def execute(path: Path, password: str | None) -> ExitCode:
    """Print each scored indicator's rubric. Raises UsageError where `path` is not one readable file."""
    outcome = analyse(find_single_input(path), password)
    if outcome.report is None:
        raise UsageError("; ".join(problem.message for problem in outcome.problems))
    sources = rubrics_of(outcome.report)
    for source in sources:
        _print_source(source)
    whole = sum(source.rubric.is_understood for source in sources)
    print_text(f"{plural(len(sources), 'rubric')} 评分标准: {whole} wholly understood.")
    return ExitCode.OK


def _print_source(source: RubricSource) -> None:
    indicator, rubric = source.indicator, source.rubric
    full_mark = f" ({indicator.full_mark.value}分)" if indicator.full_mark is not None else ""
    score = f", score 得分 {indicator.score.value}" if indicator.score is not None else ""
    print_text(Text(f"{indicator.name}{full_mark}{score}", style="bold"))
    if source.framework is not None:
        print_text(f"by framework 依据: {source.framework.name}", indent=2)
    for line in rubric.readable().splitlines():
        print_text(line, indent=2)
    print_text(f"attainable 可得: {_told(attainable(rubric))}", indent=2)
    for part in rubric.not_understood:
        print_text(f"not understood 未能理解: {part.text}", indent=2)
    print_text()


def _told(scores: ScoreSet) -> str:
    return ", ".join(
        _plain(lower) if lower == upper else f"{_plain(lower)}-{_plain(upper)}" for lower, upper in scores.ranges
    )


def _plain(value: Fraction) -> str:
    """A score in decimals, cut to what a person reads; exact values stay in the datasets."""
    text = f"{Decimal(value.numerator) / Decimal(value.denominator):.4f}"
    return text.rstrip("0").rstrip(".")
