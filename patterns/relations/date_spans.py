"""Days told beside the two dates they lie between (3月1日下达，3月21日分解到项目，用时20天)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import regex

from patterns.relations.wording import Wording


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A number of days (by index), the two dates as printed and the days from the one to the other, the likeliest way
    of counting first."""

    days: int
    dates: str
    sizes: tuple[int, ...]


# Not that of a document (按照6月1日印发的方案).
_DATE = regex.compile(
    r"(?:(?P<year>20\d{2})年)?(?P<month>1[0-2]|0?[1-9])月(?P<day>3[01]|[12]\d|0?[1-9])日"
    r"(?!(?:印发|发布|出台|公布|下发|通过)?(?:的|《))"
)
_DAYS = frozenset({"count:天", "count:日"})
_TOOK = regex.compile(r"(?<!平均)(?:用时|历时|耗时|间隔|相隔|相距)(?:仅|共|共计|为|了|长达|达)?$")
# A common year and a leap year, for dates without one.
_ANY_YEARS = (2023, 2024)


def find_date_spans(wording: Wording) -> Iterator[DateSpan]:
    """Every number of days that the words say something took, where its sentence tells just two dates before it."""
    for i, term in enumerate(wording.terms):
        if term.measure not in _DAYS or term.approximate is not None or _TOOK.search(wording.head(i)) is None:
            continue
        start = wording.sentence_at(term.start)[0]
        dates = list(_DATE.finditer(wording.text, start, term.start))
        sizes = _sizes(*dates) if len(dates) == 2 else ()
        if sizes:
            yield DateSpan(i, f"{dates[0].group()}至{dates[1].group()}", sizes)


def _sizes(first: regex.Match[str], last: regex.Match[str]) -> tuple[int, ...]:
    """The days between two dates, then with both of them, then with neither; none where the dates are not in order."""
    found: list[int] = []
    for year in [int(first.group("year"))] if first.group("year") else _ANY_YEARS:
        begin, end = _day(first, year), _day(last, int(last.group("year") or year))
        if begin is None or end is None or end <= begin:
            return ()
        found.append((end - begin).days)
    return tuple(dict.fromkeys((*found, *(days + 1 for days in found), *(days - 1 for days in found))))


def _day(match: regex.Match[str], year: int) -> date | None:
    try:
        return date(year, int(match.group("month")), int(match.group("day")))
    except ValueError:  # 2月30日
        return None


# text, then (days as printed, the likeliest number of days)
DATE_SPAN_EXAMPLES: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = (
    ("资金于2023年3月1日下达，于3月21日分解到项目，用时20天。", (("20天", 20),)),
    ("2023年12月20日申请，2024年1月9日批复，历时20天。", (("20天", 20),)),
    ("1月31日开工，3月2日完工，用时30天。", (("30天", 30),)),
    ("3月1日、3月5日两次下达，4月1日分解，用时20天。", ()),
    ("3月1日下达，2月1日申请，用时20天。", ()),
    ("3月1日下达，3月21日分解，用时14个工作日。", ()),
    ("3月1日下达，用时20天。", ()),
    ("3月1日受理，3月21日办结，平均用时12天。", ()),
    ("按照6月1日印发的方案，7月10日启动，用时15天。", ()),
)
