"""Rosters: how many there were, who came and went, and how many are left (年初112人，招录5人，退休7人，年末110人)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from patterns.relations.wording import Wording


@dataclass(frozen=True, slots=True)
class Roster:
    """A closing count (by index) and what it is the balance of: figures with their signs, the opening first.

    `certain` says that both those that came and those that went are told, or all that were left out of a selection:
    where only one of them is, the other may have gone untold.
    """

    closing: int
    signed: tuple[tuple[int, int], ...]
    certain: bool


_OPENING = regex.compile(r"年初|期初|原有|上年末|截[至止]上年|20\d\d年[末底]|20\d\d年12月|年初在册")
_CAME = regex.compile(
    r"招录|招聘|招考|调入|新进|新招|补充|引进|入职|转入|新增|录用|新建|新建成|安置入|新入|新认定|新发现|当年建成|增加"
)
_WENT = regex.compile(
    r"退休|调出|离职|辞职|辞退|去世|病故|死亡|转出|核销|销号|退出|剔除|排除|淘汰|流失|开除|治理|整改完成|报废|拆除|减少|注销|取消"
)
_CLOSING = regex.compile(
    r"年末|期末|年底|20\d\d年[末底]|现有|现存|尚有|仍有|剩余|最终|累计(?:达到?|为)|(?:增加|增|减少|减|降)(?:至|到|为)"
)
_APPLIED = regex.compile(r"申报|报名|申请|受理|推荐|共收到|征集|初审|提交")
_CHOSEN = regex.compile(r"最终|实际|确定|纳入|入围|通过|符合条件")
_LEFT_OUT = regex.compile(r"剔除|排除|淘汰|不符合|不予|取消|否决|未通过")
_MOST_STEPS = 6


def find_rosters(wording: Wording) -> Iterator[Roster]:
    """Every closing count before which its sentence tells an opening and changes, and nothing else of its measure."""
    for closing in range(2, len(wording.terms)):
        term = wording.terms[closing]
        if not term.measure.startswith(("count:", "area:", "other:")) or term.measure == "other:百分点":
            continue
        start = wording.sentence_at(term.start)[0]
        level = wording.at_level(wording.terms_between(start, term.start), wording.bracket_at(term.start))
        same = [i for i in level if wording.terms[i].measure == term.measure]
        if not 2 <= len(same) <= _MOST_STEPS or any(wording.terms[i].approximate for i in (*same, closing)):
            continue
        signed = _balance(wording, same) if _CLOSING.search(wording.head(closing)) else None
        if signed is not None:
            yield Roster(closing, signed, certain=len({sign for _, sign in signed[1:]}) == 2)
        elif _CHOSEN.search(wording.head(closing)):
            selected = _selection(wording, same)
            if selected is not None:
                yield Roster(closing, selected, certain=True)


def _balance(wording: Wording, same: list[int]) -> tuple[tuple[int, int], ...] | None:
    """An opening and the changes behind it, each said to be one way or the other."""
    opening, *steps = same
    if not _OPENING.search(wording.lead(opening)):
        return None
    signs = [_sign(wording.head(i)) for i in steps]
    if not all(signs):
        return None
    return ((opening, 1), *zip(steps, signs, strict=True))


def _selection(wording: Wording, same: list[int]) -> tuple[tuple[int, int], ...] | None:
    """All that applied and those left out (申报89家，剔除14家，最终纳入75家)."""
    opening, *steps = same
    left_out = all(_LEFT_OUT.search(wording.head(i)) for i in steps)
    return ((opening, 1), *((i, -1) for i in steps)) if left_out and _APPLIED.search(wording.head(opening)) else None


def _sign(head: str) -> int:
    """+1 for those that came, −1 for those that went, 0 where the words say neither or both."""
    came, went = _CAME.search(head) is not None, _WENT.search(head) is not None
    return 0 if came == went else 1 if came else -1


# text, (closing, signed figures) as printed
ROSTER_EXAMPLES: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    (
        "年初在职112人，年内招录5人、调入3人，退休7人、调出2人，至年末在职111人。",
        (("111人", ("+112人", "+5人", "+3人", "-7人", "-2人")),),
    ),
    ("年初在册138处，治理核销21处、汛期新增9处，年末在册126处。", (("126处", ("+138处", "-21处", "+9处")),)),
    ("申报企业89家，剔除不符合条件的14家，最终纳入75家。", (("75家", ("+89家", "-14家")),)),
    ("年初在职112人，培训30人，年末在职111人。", ()),
    ("年内招录5人，退休7人，年末在职111人。", ()),
)
