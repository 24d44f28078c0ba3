"""Amounts told of one thing by its name and by their stage in the budget (湿地修复项目实际支出, 接待费支出决算).

Tables tell the same by the label of a row and the header of a column. Texts are folded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import regex

from patterns.relations.wording import Wording


class Stage(StrEnum):
    """Where in the life of a budget an amount belongs."""

    ADOPTED = "adopted"  # 年初预算
    ADJUSTED = "adjusted"  # 调整预算, 全年预算
    PLANNED = "planned"  # 预算, without saying which
    SETTLED = "settled"  # 决算
    SPENT = "spent"  # 实际支出, 执行数


DONE = frozenset({Stage.SETTLED, Stage.SPENT})

_STAGES: tuple[tuple[Stage, str], ...] = (
    (Stage.ADOPTED, r"年初(?:部门)?(?:支出)?预算(?:支出)?(?:数|安排数?|金额)?"),
    (Stage.ADJUSTED, r"(?:(?:年中|年末)?调整后?(?:的)?(?:全年)?|全年)(?:支出)?预算(?:数|金额)?"),
    (Stage.SETTLED, r"(?:实际)?(?:支出)?决算(?:支出)?(?:数|金额)?"),
    (Stage.SPENT, r"(?:全年|年度|本年)?(?:预算)?(?:实际(?:支出|支付|执行|使用)|执行)(?:数|金额|资金)?"),
    (Stage.SPENT, r"(?:全年|年度|本年)支出(?:数|金额|资金)?"),
    (Stage.PLANNED, r"(?:支出)?预算(?:安排)?(?:数|金额)?"),
)
_TOLD = tuple((stage, regex.compile(rf"(?:{words})(?:共计|合计|为|是|达|共)*$")) for stage, words in _STAGES)
_HEADERS = tuple((stage, regex.compile(rf"(?:{words})(?:\([^()]*\))*")) for stage, words in _STAGES)
_HEADER_OF_SPENT = regex.compile(r"支出(?:数|金额)(?:\([^()]*\))*")
_SUM_HEADER = regex.compile(r"(?:合计|小计|总计|总额|金额)(?:\([^()]*\))*")
_LEADING = regex.compile(r"^(?:其中[:,，]?|(?:19|20)\d\d年度?|[\p{P}\s]|我[局委办院部中单]位?)+")
_TRAILING = regex.compile(r"(?:项目|经费|资金|支出|专项|[\p{P}\s])+$")
_NUMBERING = regex.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、])")
# Amounts of another time or of a part of it, or of a change, are not those of the year.
_OTHER_TIME = regex.compile(
    r"上年|去年|往年|以前年度|同期|季度|半年|\d月|累计|[增减]|较|比|多|少|截[至止](?!(?:19|20)\d\d年(?:12月31日|年?[末底])|年[末底])"
)
_NAMING = regex.compile(r"(?:\P{Han}*\p{Han}){4}")


@dataclass(frozen=True, slots=True)
class NamedAmount:
    """The figure at `index` is the amount of `item` (its key) at `stage`."""

    index: int
    item: str
    stage: Stage


def find_named_amounts(wording: Wording) -> Iterator[NamedAmount]:
    """The amounts of a text that are told by the name of their thing and their stage.

    A clause without a name goes on about the thing of the amount right before it (…支出预算8万元，支出决算5万元).
    """
    previous: NamedAmount | None = None
    for i, term in enumerate(wording.terms):
        if term.measure != "money":
            continue
        found = _named(wording, i, previous)
        previous = found
        if found is not None and term.approximate is None:
            yield found


def _named(wording: Wording, i: int, previous: NamedAmount | None) -> NamedAmount | None:
    lead, head = wording.lead(i), wording.head(i)
    if _OTHER_TIME.search(lead):
        return None
    stage, name = _stage_told(head)
    if stage is None:
        return None
    if lead.strip("，,; ") == head.strip() and not _LEADING.sub("", name).strip() and previous is not None:
        here = wording.sentence_at(wording.terms[i].start)[0] <= wording.terms[previous.index].start
        return NamedAmount(i, previous.item, stage) if here and previous.index == i - 1 else None
    item = item_key(name)
    return NamedAmount(i, item, stage) if _NAMING.match(item) else None


def _stage_told(head: str) -> tuple[Stage | None, str]:
    """The stage that the end of the words before a figure names, and the words before it."""
    for stage, pattern in _TOLD:
        match = pattern.search(head)
        if match is not None:
            return stage, head[: match.start()]
    return None, head


def item_key(name: str) -> str:
    """A thing's name as it is compared: without its number, quotes, and words such as 项目 or 经费 at its end."""
    plain = _NUMBERING.sub("", "".join(name.split()))
    return _TRAILING.sub("", _LEADING.sub("", plain))


def stage_of_column(path: Sequence[str]) -> tuple[Stage | None, str]:
    """The stage that a column's header tells, and what else it names: (决算数, 公务接待费) is 公务接待费 as settled.

    Of several names the innermost; the column's number (栏次) and words such as 小计 name nothing. No stage where the
    header compares.
    """
    stage: Stage | None = None
    others: list[str] = []
    for text in ("".join(text.split()) for text in path):
        if _OTHER_TIME.search(text):
            return None, ""
        found = _stage_of_header(text)
        if found is not None and stage is None:
            stage = found
        elif not text.isdigit() and not _SUM_HEADER.fullmatch(text):
            others.append(text)
    return (stage, others[-1] if others else "") if stage is not None else (None, "")


def _stage_of_header(text: str) -> Stage | None:
    if _HEADER_OF_SPENT.fullmatch(text):
        return Stage.SPENT
    return next((stage for stage, pattern in _HEADERS if pattern.fullmatch(text)), None)


# 项目支出 is all there is in the form of a project, but a part beside 基本支出 in that of a department.
_OF_ALL = regex.compile(
    r"(?:(?:19|20)\d\d年度?)?(?P<whole>(?:全年|年度|本年度?|预算|资金|总)*)(?:共计?|已)*(?:实际)?(?:完成)?"
    r"(?:支出|执行|使用|支付)(?:资金|金额|数|总额)?(?:共计|合计|为|是|达|共)*"
)
_RATE_OF_ALL = regex.compile(r"(?:全年|年度|资金)*预算(?:资金)?(?:执行|支出)率(?:达到|为|是|达)*")
_DONE_HEADER = regex.compile(r"(?:年度|全年|总体)?(?:目标)?(?:实际)?(?:完成|实现)情况")


def tells_spending_of_all(head: str) -> bool:
    """Whether the words before an amount name all that was spent in the year (全年实际支出), not a part of it."""
    match = _OF_ALL.fullmatch(head.strip("，,;: "))
    return match is not None and any(word in match.group("whole") for word in ("全年", "年度", "总"))


def tells_rate_of_all(head: str) -> bool:
    """Whether the words before a percentage name the execution of the whole budget (预算执行率)."""
    return _RATE_OF_ALL.fullmatch(head.strip("，,;: ")) is not None


def heads_what_was_done(header: str) -> bool:
    """Whether a cell over running text says that it tells what was done (实际完成情况), not what was planned."""
    return _DONE_HEADER.fullmatch("".join(header.split())) is not None


# text, (amount as printed, item, stage) of each named amount
NAMED_EXAMPLES: tuple[tuple[str, tuple[tuple[str, str, Stage], ...]], ...] = (
    ("湿地生态修复项目实际支出1,250.00万元，种植苇草。", (("1,250.00万元", "湿地生态修复", Stage.SPENT),)),
    (
        "公务用车费支出预算为9.00万元，支出决算为7.25万元。",
        (("9.00万元", "公务用车费", Stage.PLANNED), ("7.25万元", "公务用车费", Stage.SETTLED)),
    ),
    ("湿地生态修复项目上年实际支出1,250.00万元。", ()),
    ("湿地生态修复项目实际支出约1,250万元。", ()),
    ("全年实际支出1,250.00万元。", ()),
    ("截至6月底，湿地生态修复项目实际支出1,250.00万元。", ()),
)

# header path, stage and what else it names
COLUMN_EXAMPLES: tuple[tuple[tuple[str, ...], Stage | None, str], ...] = (
    (("实际支出",), Stage.SPENT, ""),
    (("决算数", "公务用车费"), Stage.SETTLED, "公务用车费"),
    (("全年预算数(A)",), Stage.ADJUSTED, ""),
    (("决算数", "合计"), Stage.SETTLED, ""),
    (("上年决算数",), None, ""),
    (("占预算比例",), None, ""),
    (("决算数", "公务用车费", "公务用车燃料费", "7"), Stage.SETTLED, "公务用车燃料费"),
    (("决算数", "公务用车费", "小计"), Stage.SETTLED, "公务用车费"),
    (("金额",), None, ""),
)

# words before an amount, whether they name all that was spent
SPENDING_EXAMPLES: tuple[tuple[str, bool], ...] = (
    ("全年实际支出", True),
    ("2023年全年支出", True),
    ("全年项目支出", False),
    ("实际支出", False),
    ("全年支出慰问金", False),
)
