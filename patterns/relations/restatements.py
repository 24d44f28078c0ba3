"""The same fact again: an amount repeated in another unit, or an item's amount against the amount in its sentence."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from patterns.relations.wording import Wording

_CONVERTED = regex.compile(r"\(?(?:约|即|合|折合|约合|相当于|计|共计)?(?:人民币)?")
_SAME = regex.compile(r"[，,]?(?:即|折合|合(?!计)|约合|相当于)(?:人民币)?")
_TITLE = regex.compile(r"(?:[”\"]|\((?:类|款|项)\)|[\p{Han}]项目)$")
_NOT_TITLE = regex.compile(r"[，,;。:]|预算(?:数|为|安排)|决算|支出为|上年|增加|减少|年初|年度|\d年")
_PLANNED = regex.compile(r"(?P<year>20\d\d)年(?:度)?(?:当年)?(?:部门)?预算(?:安排|数|金额|为)+$")
_NUMBERING = regex.compile(
    r"^(?:\d{1,3}[.、]|\(\d{1,3}\)|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、)\s*"
)

# What is left of the year's money; what was carried in from the year before is another amount.
_REST = regex.compile(
    r"^[^\p{Han}]*(?:截[至止]\p{Han}{0,5}(?:日|底|末))?(?:[^\p{Han}]*)(?:项目|年末|年底|期末)*(?:仍|尚|还|共)?(?:有|形成|产生)?(?:项目|年末)?"
    r"(?P<name>结余资金|结转结余资金|资金结余|结转结余|结转和结余|结余)(?:共计|合计|为|共|达)*$"
)


def rest_named(head: str) -> str | None:
    """The name by which the words before an amount call what is left of the money, where they name nothing else.

    None for what is left of one thing among others (乙标段结余资金), and for the rest of another year.
    """
    match = _REST.match(head)
    return None if match is None else match.group("name")


def find_conversions(wording: Wording) -> Iterator[tuple[int, int]]:
    """(amount, the same amount again) where a bracket or 即 repeats an amount in another unit."""
    for i in range(len(wording.terms) - 1):
        first, second = wording.terms[i], wording.terms[i + 1]
        if first.measure != second.measure or first.measure != "money":
            continue
        between = wording.text[first.end : second.start]
        bracketed = between.startswith("(") and wording.text[second.end : second.end + 1] == ")"
        if (bracketed and _CONVERTED.fullmatch(between)) or _SAME.fullmatch(between):
            yield i, i + 1


def find_item_amounts(wording: Wording, year: int | None) -> Iterator[tuple[int, int]]:
    """(amount behind the item's name, amount its sentence plans for `year`) of a paragraph about one item.

    “3.“某某支出（项）”35.2万元，主要用于…。2023年执行数30万元，2024年预算安排35.2万元”.
    """
    if not wording.terms or year is None or wording.terms[0].measure != "money":
        return
    title = _NUMBERING.sub("", wording.text[: wording.terms[0].start])
    if not _TITLE.search(title) or _NOT_TITLE.search(title.rstrip('”"')):
        return
    for i in range(1, len(wording.terms)):
        planned = _PLANNED.search(wording.lead(i))
        if planned is not None and int(planned.group("year")) == year and wording.terms[i].measure == "money":
            yield 0, i


# text, year, pairs as printed
ITEM_EXAMPLES: tuple[tuple[str, int, tuple[tuple[str, str], ...]], ...] = (
    (
        "3.“文化支出(类)图书馆(项)”35.2万元，主要用于图书馆。2023年执行数为30万元，2024年预算安排35.2万元。",
        2024,
        (("35.2万元", "35.2万元"),),
    ),
    ("文化支出35.2万元，2023年预算安排30万元。", 2024, ()),
    ("2024年预算35.2万元，其中2024年预算安排30万元。", 2024, ()),
)

# text, pairs as printed
CONVERSION_EXAMPLES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("批复总投资18,650.00万元(约1.87亿元)。", (("18,650.00万元", "1.87亿元"),)),
    ("安排资金1.76亿元，即17,600万元。", (("1.76亿元", "17,600万元"),)),
    ("安排资金100万元(其中中央60万元)。", ()),
    ("预算100万元，支出90万元。", ()),
)

# words before an amount, what they call the rest of the money
REST_EXAMPLES: tuple[tuple[str, str | None], ...] = (
    ("，结余资金", "结余资金"),
    ("截至评价基准日仍有结余资金", "结余资金"),
    ("上年结余资金", None),
    ("乙标段结余资金", None),
    ("减少结余资金", None),
)
