"""Products: a rate for one, how many there are, and what comes of it: “每人补助500元，1,200人，共补助60万元”."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import regex

from patterns.relations.asides import is_aside
from patterns.relations.wording import Wording


@dataclass(frozen=True, slots=True)
class UnitProduct:
    """A total (by index) that is told as the product of `factors`: the amount for one, the number, and the number of
    months, years or times where the amount is for one of these too. `laid_down` says that the amount for one, the
    first factor, is a rate that was laid down, not one that came about; `at_most` that the total is what was spent,
    which may stay below the product."""

    total: int
    factors: tuple[int, ...]
    laid_down: bool
    at_most: bool = False


_UNITS = (
    "人|户|村|台|套|件|亩|次|场|期|所|家|辆|公里|千米|平方米|米|吨|座|册|个|名|位|只|头|株|棵|块|张|份|间|床|社区"
    "|乡镇|学校|班|团队|队"
)
_TIMES = "月|年|天|日|学期|季度|季|次|期|课时|学时"
_PER = regex.compile(
    rf"(?:每[一1]?(?:名|位|个)?(?P<unit>{_UNITS})|(?P<mean>[人户亩台套件辆])均补[助贴差]|(?P<any>(?:采购|购置|中标|合同|平均)?单价))"
)
_PER_TIME = regex.compile(rf"(?:每[一1]?个?|/|·)(?P<time>{_TIMES})")
_PER_MEASURE = regex.compile(r"price:(?P<unit>\p{Han}+)(?:[/·](?P<time>\p{Han}+))?")
_TIME_UNITS = {"月": "个月", "天": "天", "日": "天", "季": "季度"}
_PERSONS = frozenset({"人", "名", "位"})
# A total of what was granted follows from its rate; what was spent may stay below it.
_TOTAL = regex.compile(
    r"(?:共计?|合计|总计|累计|总价|总额|总金额|小计)[\p{Han}]{0,10}$"
    r"|(?:发放|兑付|兑现|补助|补贴|奖励|资助|救助|结算|据此编列|完成投资|应发|应付|应补)[\p{Han}]{0,8}$"
)
_SPENT_IN_ALL = regex.compile(r"共计?支出$")
_SEMICOLON = regex.compile(r"[;；]")
_POSTS = regex.compile(r"(?:岗位|职位|名额)$")
_SPENT = regex.compile(
    r"支出|使用|执行|决算|预算|节约|安排|申请|收入|[人户亩年月]均|平均|标准|单价|每年|每月|每季|分期|首批|当期"
    r"|分[两二三四五]年"
)
_LIMITED = regex.compile(
    r"不超过|以内|最高|上限|不低于|不少于|至少|左右|起|分档|分别|不等|折|优惠|另|除|扣|其中|剩余|结余|首付|预付|[至到\-~]"
)
# A rate that is laid down is what it says to the last yuan, however it is printed.
_LAID_DOWN = regex.compile(r"标准|按照?|每(?!公里|千米|平方米)|均补[助贴]")


def find_products(wording: Wording) -> Iterator[UnitProduct]:
    """Every total whose sentence tells, before it, one amount for one and one number of them, and no other amount; or
    such a part of it between semicolons."""
    start = 0
    for end in wording.sentence_ends:
        yield from _in_sentence(wording, start, end)
        start = end


def _in_sentence(wording: Wording, start: int, end: int) -> Iterator[UnitProduct]:
    marks = [match.end() for match in _SEMICOLON.finditer(wording.text, start, end)]
    for first, last in [(start, end), *(pairwise((start, *marks, end)) if marks else ())]:
        found = _in_stretch(wording, first, last)
        if found is not None and not _LIMITED.search(wording.text, first, wording.terms[found.total].start):
            yield found
        if found is not None and last - first == end - start:
            return


def _in_stretch(wording: Wording, start: int, end: int) -> UnitProduct | None:
    here = [i for i in wording.terms_between(start, end) if not is_aside(wording, i)]
    if any(wording.terms[i].approximate is not None or wording.terms[i].measure == "percent" for i in here):
        return None
    prices = [i for i in here if _unit_of(wording, i) is not None]
    money = [i for i in here if wording.terms[i].measure == "money" and i not in prices]
    spent = len(money) == 1 and _SPENT_IN_ALL.search(wording.head(money[0])) is not None
    if len(prices) != 1 or len(money) != 1 or not (spent or _is_total(wording, money[0])):
        return None
    price, total = prices[0], money[0]
    unit, time = _unit_of(wording, price) or ("", None)
    things = [i for i in here if i < total and i not in (price, total)]
    numbers = [i for i in things if _counts(wording, i, unit)]
    times = [i for i in things if time is not None and _counts(wording, i, _TIME_UNITS.get(time, time))]
    if price > total or len(numbers) != 1 or (time is not None and len(times) != 1):
        return None
    if (unit == "" and len(things) != 1) or (spent and not times):
        return None
    laid_down = _LAID_DOWN.search(wording.head(price)) is not None or "标准" in wording.tail(price)[:3]
    return UnitProduct(total, (price, numbers[0], *times), laid_down, at_most=spent)


def _unit_of(wording: Wording, i: int) -> tuple[str, str | None] | None:
    """What an amount is for one of, and for which stretch of time; "" for the things a 单价 is of. None for a total."""
    measure = _PER_MEASURE.fullmatch(wording.terms[i].measure)
    if measure is not None:
        return measure.group("unit"), measure.group("time")
    head = wording.head(i)
    match = _PER.search(head) if wording.terms[i].measure == "money" else None
    if match is None:
        return None
    time = _PER_TIME.search(head)
    if time is not None and time.group("time") == match.group("unit"):
        time = None
    return match.group("unit") or match.group("mean") or "", time.group("time") if time is not None else None


def _is_total(wording: Wording, i: int) -> bool:
    head = wording.head(i)
    return _TOTAL.search(head) is not None and _SPENT.search(head) is None


def _counts(wording: Wording, i: int, unit: str) -> bool:
    """Whether a figure counts such units: by its own unit, or by the noun behind it (36个行政村)."""
    kind, _, own = wording.terms[i].measure.partition(":")
    if kind not in ("count", "area", "other"):
        return False
    if not unit or own == unit or {own, unit} <= _PERSONS:
        return True
    if own == "个" and unit in _PERSONS and _POSTS.search(wording.head(i)) is not None:
        return True
    return own == "个" and wording.tail(i).removeprefix("行政").removeprefix("建制").startswith(unit)


# text, (total, factors) as printed
PRODUCT_EXAMPLES: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    ("补助对象200人，每人补助500元，共补助10万元。", (("10万元", ("500元", "200人")),)),
    ("按照每村5万元的标准，对36个行政村进行补助，合计补助180万元。", (("180万元", ("5万元", "36个")),)),
    ("购置电脑20台，单价4,800元，共计9.6万元。", (("9.6万元", ("4,800元", "20台")),)),
    ("每人每月补贴300元，20人，12个月，共发放7.2万元。", (("7.2万元", ("300元", "20人", "12个月")),)),
    ("设公益岗位20个，每人每月补助300元，全年12个月共支出7.2万元。", (("7.2万元", ("300元", "20个", "12个月")),)),
    ("补助甲类200人，每人500元，共补助10万元；乙类100人，支出8万元。", (("10万元", ("500元", "200人")),)),
    ("每人每月补贴300元，20人，共发放7.2万元。", ()),
    ("培训费标准为每人500元，培训200人，实际支出9.8万元。", ()),
    ("每人补助不超过500元，200人，共补助9万元。", ()),
    ("每人补助500元，每户补助1,000元，200人，共补助9万元。", ()),
)
