"""Growth: “比上年的 B 增加 D，增长 y%” behind a current figure, and words that say which of two is larger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

import regex

from patterns.relations.asides import is_by_how_much, is_compared_with, is_left_behind, is_referred_to
from patterns.relations.changes import direction_of, is_change
from patterns.relations.roles import Role, role_of
from patterns.relations.wording import Wording


class Form(Enum):
    """How a growth rate is told, by the figures (a, b) that it follows from."""

    CHANGE_OF_BASE = "D/B"  # the change and the base
    CHANGE_OF_CURRENT = "D/(C-+D)"  # the change and the current figure
    LEVELS = "C/B-1"  # the current figure and the base


@dataclass(frozen=True, slots=True)
class GrowthReading:
    """A form with its two figures (by index). `told` says that the words name both of them in these parts, `firm`
    that no other figure could be meant, `based` that they name the base at least."""

    form: Form
    first: int
    second: int
    told: bool
    firm: bool
    based: bool


@dataclass(frozen=True, slots=True)
class Growth:
    """A percentage of growth or decline (by index), +1 or −1, and what it may follow from, the likeliest first."""

    percent: int
    direction: int
    readings: tuple[GrowthReading, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A current figure and what it is compared with (by index): the words say it is larger (+1) or smaller (−1).

    `percent` is the rate that goes with it, None where no rate is told."""

    current: int
    base: int
    direction: int
    percent: int | None
    start: int
    end: int


_GROWTH = regex.compile(
    r"(?:(?P<up>增长|增加|上浮|上升|提高|增幅|增速|提升|上涨|涨幅|升幅|增)|(?P<down>下降|减少|降低|降幅|减幅|下浮|回落|跌幅|缩减|压缩|压减|缩短|下调|(?<![审核])减|降))"
    r"(?:幅度?|率|比例|比率)?(?:了|为|达到?|约|近|:)*$"
)
# Growth of something else than the figures as they stand, or of one year among several.
_OTHER_MEASURE = regex.compile(r"可比|同口径|剔除|扣除|不变价|[年月季]均|平均|复合|实际增长")
_COMPARISON = regex.compile(
    r"(?:比|较|与|同)(?P<with>[^，,;。比较]{2,30}?)(?:相比|对比|增长|增加|上升|提高|增幅|提升|下降|减少|降低|降幅|减幅|回落|压减)"
)
_SUBJECT = regex.compile(r"(?P<subject>[\p{Han}“”]{2,12})(?:比|较|与)(?=[^比较]*$)")
_YEAR = regex.compile(r"20\d\d(?=年)")
_YEAR_WITH_LAST = regex.compile(
    r"(?P<year>20\d\d)年度?(?:比|较|同比)(?:上年|上一年|去年|20\d\d年)?[^，,;。比较]{0,12}$"
)
_ONE_YEAR = regex.compile(r"[，,、;](?:其中)?[:：]?20\d\d年(?:同比)?(?:增长|下降|增|降)")
_WITH_BEFORE = regex.compile(r"比(?![例率重])|较|同期|上年|去年|在此基础上")
_LEADS_TO = regex.compile(r"[，,]?(?:达到?|为|至|增至|降至|减至|升至|(?:成交|中标)(?:金额|价)(?:为)?)")
# Behind 由 B 降至 A a change that names its own base (较上年再减少) is not the one between the two.
_ANOTHER_BASE = regex.compile(r"较|比(?![例率重])|同期")
_YEAR_BEFORE = regex.compile(r"上年|去年|上一年|上年度")
_LARGER = regex.compile(
    r"(?P<current>决算数?|支出数?|执行数|实际(?:支出|完成)数?)(?P<word>大于|高于|多于|超出|超过|小于|低于|少于)"
    r"(?P<base>(?P<which>年初|全年|调整)?后?预算数?|计划数?)"
)
_UP_WORDS = frozenset({"大于", "高于", "多于", "超出", "超过"})
_REACH = 8
_REACHED = regex.compile(
    r"(?:逐步)?(?:压缩|压减|缩减|下滑|恢复|下降|降低|减少|缩短|提高|上升|增加|增长|提升|扩大|降|升|增|减)(?:到|至|为)"
)
_FROM = regex.compile(r"(?:由|从)[^，,;。:]{0,16}$")
# Behind one of these a comparison may be about the whole or about its last part.
# A limit (最低2分) is no level that anything reached.
_LIMIT = regex.compile(r"(?:最[高低多少]|满分|上限|下限)(?:为|是)?$")
_AMONG = regex.compile(r"其中|包括|包含")
_RATE_OF_ASIDE = regex.compile(r"的")
# Longest stretch of words between a rate and the change told behind it.
_BEHIND = 8


def find_growths(wording: Wording) -> Iterator[Growth]:
    """Every percentage of growth or decline with the figures it may follow from."""
    for i, term in enumerate(wording.terms):
        if term.measure != "percent":
            continue
        match = _GROWTH.search(wording.lead(i))
        if match is None or _OTHER_MEASURE.search(wording.lead(i)) or _is_of_one_year(wording, i):
            continue
        start, end = wording.sentence_at(term.start)
        readings = tuple(_readings(wording, i, start))
        if readings:
            yield Growth(i, 1 if match.group("up") else -1, readings, start, end)


def _is_of_one_year(wording: Wording, i: int) -> bool:
    """Whether a rate is that of one year out of several (增长65%，其中2022年增长25%), of which no levels are told."""
    return i > 0 and wording.terms[i - 1].measure == "percent" and _ONE_YEAR.match(wording.lead(i)) is not None


def _readings(wording: Wording, percent: int, start: int) -> Iterator[GrowthReading]:
    by_measure: dict[str, list[int]] = {}
    since = _since(wording, percent, start)
    for i in range(max(0, percent - _REACH), percent):
        measure = wording.terms[i].measure
        told = is_compared_with(wording, i) or not is_referred_to(wording, i)
        if told and measure not in ("percent", "score", "other:百分点"):
            by_measure.setdefault(measure, []).append(i)
    for same in by_measure.values():
        changes = [i for i in same if is_change(wording.head(i)) and wording.terms[i].start >= since][-1:]
        changes = changes or _change_behind(wording, percent, same[0])
        levels = [i for i in same if not is_change(wording.head(i))][::-1]
        older = _older(wording, levels)
        bases = [i for i in levels if is_compared_with(wording, i)] or older
        year = _compared_year(wording, changes[0] if changes else percent)
        if year is not None and levels and not any(is_compared_with(wording, i) for i in levels):
            bases = older = [i for i in levels if _YEAR.findall(wording.lead(i))[-1:] == [str(year - 1)]][:1]
        named = _named_base(wording, levels, percent)
        for change in changes:
            direct = abs(change - percent) == 1
            for base in bases:
                passed = base in older or is_left_behind(wording, base)
                told = direct and (base == change - 1 or (passed and base == change - 2))
                yield GrowthReading(Form.CHANGE_OF_BASE, change, base, told, told, True)
            currents = [i for i in levels if i < change and i not in bases]
            for place, current in enumerate(currents):
                told = direct and place == 0 and not bases and _is_of(wording, current, change, percent, start)
                yield GrowthReading(Form.CHANGE_OF_CURRENT, change, current, told, False, False)
        here = [i for i in levels if wording.terms[i].start >= start]
        for base in dict.fromkeys([*bases, *named, *levels]):
            based = base in bases or base in named
            currents = [i for i in levels if i != base and i not in bases]
            if is_left_behind(wording, base):
                currents = [i for i in currents if i == base + 1]
            subject = _subject(wording, percent if base in named else base)
            spoken = [i for i in currents if subject and subject in wording.head(i)]
            for place, current in enumerate(dict.fromkeys([*spoken, *currents])):
                nearest = current == spoken[0] if spoken else current >= base - 1
                told = based and place == 0 and nearest and not changes
                last = [current, base] if is_left_behind(wording, base) else [base, current]
                alone = told and last[0] == percent - 1 and here == last
                yield GrowthReading(Form.LEVELS, current, base, told, alone, based)


def _is_of(wording: Wording, current: int, change: int, percent: int, start: int) -> bool:
    """Whether a change may be that of a current figure: one of its own sentence, or of an earlier one that the words
    compare with another time (与上年相比)."""
    if wording.terms[current].start >= start:
        return True
    return any(_WITH_BEFORE.search(wording.lead(i)) is not None for i in (change, percent))


def _compared_year(wording: Wording, i: int) -> int | None:
    """The year that is said to be compared with the one before it: 2022 in 2022年比上年增加."""
    match = _YEAR_WITH_LAST.search(wording.lead(i))
    return int(match.group("year")) if match is not None else None


def _older(wording: Wording, levels: Sequence[int]) -> list[int]:
    """Of the two nearest levels the one of the year before: “2024年 A，2023年 B，增加 D”, in either order."""
    near = [i for i in levels if not is_by_how_much(wording, i)][:2]
    dated = {i: int(years[-1]) for i in near if (years := _YEAR.findall(wording.lead(i)))}
    if len(near) < 2 or (len(dated) < 2 and not any(_YEAR_BEFORE.search(wording.lead(i)) for i in near)):
        return []
    before = [i for i in near if _YEAR_BEFORE.search(wording.lead(i))]
    if len(before) == 1:
        return before
    return [i for i in near if len(dated) == len(near) and dated[i] + 1 == max(dated.values())]


def _change_behind(wording: Wording, percent: int, like: int) -> list[int]:
    """The amount of change where it is told behind its rate: “较上年增长 x%，增收 D”."""
    behind = percent + 1
    if behind == len(wording.terms) or wording.terms[behind].measure != wording.terms[like].measure:
        return []
    between = wording.text[wording.terms[percent].end : wording.terms[behind].start]
    return [behind] if is_change(wording.head(behind)) and len(between) <= _BEHIND else []


def _subject(wording: Wording, i: int) -> str:
    """What a comparison says it is about, right before it: 决算数 in “决算数比上年的 B 下降”."""
    match = _SUBJECT.search(wording.lead(i))
    return match.group("subject") if match else ""


def _since(wording: Wording, percent: int, start: int) -> int:
    """Where the words of this growth begin: behind the percentage before it, or with the sentence."""
    if percent and wording.terms[percent - 1].measure == "percent":
        return max(start, wording.terms[percent - 1].end)
    return start


def _named_base(wording: Wording, levels: Sequence[int], percent: int) -> list[int]:
    """The figure before that the comparison names by its year: “2023年执行数为 B，…，比2023年执行数减少”."""
    match = _COMPARISON.search(wording.lead(percent))
    if match is None:
        return []
    words = match.group("with")
    years = _YEAR.findall(words)
    if len(years) != 1:
        return []
    rest = words[words.index(years[0]) + 4 :].strip("年度当的")
    return [
        i
        for i in levels
        if years[0] in _YEAR.findall(wording.lead(i)) and (not rest or rest in wording.lead(i)) and len(rest) != 1
    ][:1]


def find_comparisons(wording: Wording) -> Iterator[Comparison]:
    """Figures that words call larger or smaller than another: 比…减少 behind them, 决算数小于预算数."""
    for growth in find_growths(wording):
        for reading in growth.readings:
            if reading.form is Form.LEVELS and reading.based:
                yield Comparison(
                    reading.first, reading.second, growth.direction, growth.percent, growth.start, growth.end
                )
    for match in _LARGER.finditer(wording.text):
        start = wording.sentence_at(match.start())[0]
        start = wording.sentence_at(start - 1)[0] if start else 0
        before = [i for i in wording.terms_between(start, match.start()) if wording.terms[i].measure == "money"]
        done = [i for i in before if role_of(wording.head(i)) is Role.DONE]
        planned = [i for i in before if role_of(wording.head(i)) is Role.PLANNED]
        named = [i for i in planned if match.group("which") and match.group("which") in wording.head(i)]
        if len(done) == 1 and len(named or planned) == 1:
            planned = named or planned
            direction = 1 if match.group("word") in _UP_WORDS else -1
            yield Comparison(done[0], planned[0], direction, None, start, match.end())


def find_levels_behind(wording: Wording) -> Iterator[tuple[int, int, int, int]]:
    """(level, base, rate, direction) of “上年为 B，增长 x%，达到 C”: a level told behind the rate that leads to it."""
    for percent in range(1, len(wording.terms) - 1):
        level = percent + 1
        match = _GROWTH.search(wording.lead(percent))
        if wording.terms[percent].measure != "percent" or match is None or _OTHER_MEASURE.search(wording.lead(percent)):
            continue
        start, end = wording.sentence_at(wording.terms[percent].start)
        if not _LEADS_TO.fullmatch(wording.lead(level)) or wording.terms[level].start >= end:
            continue
        before = wording.terms_between(start, wording.terms[percent].start)
        same = [i for i in before if wording.terms[i].measure == wording.terms[level].measure]
        if len(same) == 1 and _WITH_BEFORE.search(wording.text, start, wording.terms[percent].start):
            yield level, same[0], percent, 1 if match.group("up") else -1


def change_with_levels(wording: Wording) -> Iterator[tuple[int, int, int, int]]:
    """(change, current, base, direction) where one sentence names all three: “A，比上年的 B 减少 D”, “由 B 降至 A，下降
    D 个百分点”.

    Between the current figure and the comparison may stand what it is only measured by (完成预算 P 的 q%).
    """
    for change in range(2, len(wording.terms)):
        direction = direction_of(wording.head(change))
        measure = _level_measure(wording.terms[change].measure)
        if not direction or measure is None or wording.terms[change - 1].measure != measure:
            continue
        start = wording.sentence_at(wording.terms[change].start)[0]
        base = change - 1
        if _is_lowered(wording, base - 1, base):
            if _ANOTHER_BASE.search(wording.lead(change)):
                continue
            if wording.terms[base - 1].start >= start and not is_change(wording.head(base - 1)):
                yield change, base, base - 1, direction
            continue
        if not is_compared_with(wording, base):
            continue
        current = _current_before(wording, base, start)
        if current is not None:
            yield change, current, base, direction


def _level_measure(measure: str) -> str | None:
    """The measure of the figures that a change of this measure is between: points lie between percentages."""
    if measure == "other:百分点":
        return "percent"
    return None if measure == "percent" else measure


def _is_lowered(wording: Wording, base: int, current: int) -> bool:
    """Whether the two are told as “由 B 降至 A”."""
    between = wording.text[wording.terms[base].end : wording.terms[current].start]
    same = wording.terms[base].measure == wording.terms[current].measure
    return same and _REACHED.fullmatch(between) is not None and _FROM.search(wording.lead(base)) is not None


def _current_before(wording: Wording, base: int, start: int) -> int | None:
    """The figure that a comparison with `base` is about: the level right before it, asides of other figures apart."""
    measure = wording.terms[base].measure
    for i in range(base - 1, -1, -1):
        if wording.terms[i].start < start:
            return None
        aside = is_referred_to(wording, i) or _RATE_OF_ASIDE.fullmatch(wording.lead(i)) is not None
        if wording.terms[i].measure == measure and not aside:
            head = wording.head(i)
            plain = not is_change(head) and not is_compared_with(wording, i) and _LIMIT.search(head) is None
            return i if plain and _AMONG.search(wording.text, start, wording.terms[i].start) is None else None
        if not aside:
            return None
    return None


# text, (change, current, base, direction) as printed
CHANGE_OF_LEVELS_EXAMPLES: tuple[tuple[str, tuple[tuple[str, str, str, int], ...]], ...] = (
    ("支出86.40万元，比上年的91.25万元减少4.85万元。", (("4.85万元", "86.40万元", "91.25万元", -1),)),
    (
        "支出38万元，完成预算60万元的63.33%，与2020年决算数50万元相比，减少12万元。",
        (("12万元", "38万元", "50万元", -1),),
    ),
    ("优良率89.2%，比上年的88.1%提高1.1个百分点。", (("1.1个百分点", "89.2%", "88.1%", 1),)),
    ("大班额比例由6.2%降至3.1%，下降3.1个百分点。", (("3.1个百分点", "3.1%", "6.2%", -1),)),
    ("支出86.40万元，其中会议费3万元，比上年的91.25万元减少4.85万元。", ()),
    ("支出86.40万元，比上年减少4.85万元。", ()),
    ("优良率89.2%，提高1.1个百分点。", ()),
)

# text, (level, base, rate, direction) as printed
LEVEL_BEHIND_EXAMPLES: tuple[tuple[str, tuple[tuple[str, str, str, int], ...]], ...] = (
    ("上年零售额为65亿元，本年同比增长8.0%，达到70.2亿元。", (("70.2亿元", "65亿元", "8.0%", 1),)),
    ("预算24万元，实际支出较预算压减15%，为20.4万元。", (("20.4万元", "24万元", "15%", -1),)),
    ("支出80万元，增长8.0%，其中会议费达到3万元。", ()),
)

# text, percentages of growth with their direction and the told readings as printed (form, first, second)
GROWTH_EXAMPLES: tuple[tuple[str, tuple[tuple[str, int, tuple[tuple[str, str, str], ...]], ...]], ...] = (
    (
        "运行经费支出86.4万元，比上年的91.25万元减少4.85万元，下降5.32%。",
        (("5.32%", -1, (("D/B", "4.85万元", "91.25万元"),)),),
    ),
    (
        "收支总计300万元，比上年增加20万元，增长7.14%。",
        (("7.14%", 1, (("D/(C-+D)", "20万元", "300万元"),)),),
    ),
    ("接待费3万元，比上年的4万元下降25%。", (("25%", -1, (("C/B-1", "3万元", "4万元"),)),)),
    (
        "2024年收入52万元，2023年收入50万元，增加2万元，增长4.00%。",
        (("4.00%", 1, (("D/B", "2万元", "50万元"),)),),
    ),
    (
        "2023年收入50万元，2024年收入52万元，增加2万元，增长4.00%。",
        (("4.00%", 1, (("D/B", "2万元", "50万元"),)),),
    ),
    (
        "单产由改造前的410公斤提高到451公斤，亩均增产41公斤，增长10%。",
        (("10%", 1, (("D/B", "41公斤", "410公斤"),)),),
    ),
    ("执行率比上年提高3个百分点。", ()),
    ("预算100万元，支出95万元，执行率95%。", ()),
)
