"""What years together give: “2023年比2021年提高 x 个百分点” of rates listed by year, “三年年均支出 y” of a total."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from patterns.relations.wording import Wording

_POINTS = "other:百分点"
_COMPARED = regex.compile(
    r"(?P<year>20\d\d)年(?:度)?[\p{Han}]{0,8}?(?:比|较)(?P<base>20\d\d)年(?:度)?[\p{Han}]{0,8}?"
    r"(?:(?P<up>提高|提升|上升|增加|高)|下降|降低|减少|回落|低)(?:了)?$"
)
_YEAR = regex.compile(r"20\d\d(?=年)")
_EACH = regex.compile(r"分别(?:为|是|达到?)?$")
_JOINTS = frozenset({"、", "和", "，", ",", "与", "及"})
_MEAN = regex.compile(r"^[。，,；;]?(?P<count>[两二三四五])年(?:间)?年均(?P<noun>\p{Han}{2,6}?)(?:约|为|达)*$")
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_TOTAL = regex.compile(r"累计|合计|共|总")


def points_of_years(wording: Wording) -> Iterator[tuple[int, int, int, int]]:
    """(points, current, base, direction) by index, where the paragraph tells one rate for each of the two years."""
    dated = _rates_by_year(wording)
    for i, term in enumerate(wording.terms):
        match = _COMPARED.search(wording.lead(i)) if term.measure == _POINTS else None
        if match is None:
            continue
        current, base = dated.get(match.group("year"), []), dated.get(match.group("base"), [])
        if len(current) == len(base) == 1 and max(current[0], base[0]) < i:
            yield i, current[0], base[0], 1 if match.group("up") else -1


def _rates_by_year(wording: Wording) -> dict[str, list[int]]:
    """Percentages by year, of lists that give one for each year named before them (2021年、2022年…分别为 p、q)."""
    found: dict[str, list[int]] = {}
    for first, term in enumerate(wording.terms):
        if term.measure != "percent" or not _EACH.search(wording.lead(first)):
            continue
        start = wording.sentence_at(term.start)[0]
        years = _YEAR.findall(wording.text, start, term.start)
        listed = [first]
        while listed[-1] + 1 < len(wording.terms) and _is_joined(wording, listed[-1]):
            listed.append(listed[-1] + 1)
        if len(years) == len(listed):
            for year, i in zip(years, listed, strict=True):
                found.setdefault(year, []).append(i)
    return found


def _is_joined(wording: Wording, i: int) -> bool:
    between = wording.text[wording.terms[i].end : wording.terms[i + 1].start]
    return between in _JOINTS and wording.terms[i + 1].measure == "percent"


def yearly_means(wording: Wording) -> Iterator[tuple[int, int, int]]:
    """(mean, total, years) where the paragraph tells, before “三年年均支出”, one total of that name (累计支出)."""
    for i, term in enumerate(wording.terms):
        match = _MEAN.search(wording.lead(i))
        if match is None or term.approximate is not None:
            continue
        totals = [
            j
            for j in range(i)
            if wording.terms[j].measure == term.measure
            and match.group("noun") in wording.head(j)
            and _TOTAL.search(wording.head(j))
        ]
        if len(totals) == 1:
            yield i, totals[0], _COUNTS[match.group("count")]


# text, (points, current, base, direction) as printed
POINTS_EXAMPLES: tuple[tuple[str, tuple[tuple[str, str, str, int], ...]], ...] = (
    (
        "2021年、2022年、2023年执行率分别为92.05%、94.72%、94.51%，2023年比2021年提高2.46个百分点。",
        (("2.46个百分点", "94.51%", "92.05%", 1),),
    ),
    ("2021年、2022年执行率分别为92%、94%，2023年比2021年提高2个百分点。", ()),
    ("执行率比上年提高2个百分点。", ()),
)

# text, (mean, total, years) as printed
YEARLY_MEAN_EXAMPLES: tuple[tuple[str, tuple[tuple[str, str, int], ...]], ...] = (
    ("专项资金累计支出22,080万元，结余1,440万元。三年年均支出7,360万元。", (("7,360万元", "22,080万元", 3),)),
    ("累计安排22,080万元。三年年均支出7,360万元。", ()),
    ("年均支出7,360万元。", ()),
)
