"""Heads and posts: which figure counts established posts (编制), staff on them, staff outside them, or everyone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

import regex

from patterns.relations.wording import Wording


class Group(Enum):
    """Whom a figure counts."""

    POSTS = "编制"
    STAFF = "在编"
    OUTSIDE = "编外"
    EVERYONE = "在编与编外"


@dataclass(frozen=True, slots=True)
class Headcount:
    """A figure (by index) that counts posts or people. `category` is 行政, 事业 or 工勤, empty for all of them.

    `beside` is the figure of posts that a figure of staff directly follows.
    """

    figure: int
    group: Group
    category: str
    beside: int | None


_PEOPLE = "count:人"
_APART = regex.compile(r"离休|退休|遗属|抚恤|学生|培训|服务对象|党员|编制外|临时")
_OUTSIDE = regex.compile(r"编外|编制外|劳务派遣|劳务人员|聘用|临聘|合同制|外聘|购买服务人员|公益性岗位")
_OTHER_POSTS = regex.compile(r"雇员|辅助|辅警|员额|协管|社工|聘|编外|编制外|政府购买")
_POSTS = regex.compile(r"编制(?!外|内|说明)(?:总?数|人数|总?额|总)?|编制数|核定(?:人员)?编制")
_STAFF = regex.compile(r"在编(?!制)|在职|实有|在岗|现有|年末(?:实有)?人数")
_EVERYONE = regex.compile(
    r"(?:在编(?:人员)?[+和与加、及]编外(?:人员)?|编外(?:人员)?[+和与加、及]在编(?:人员)?)(?:人员)?(?:合计|共计|总计|之和)?\)?$"
)
_CATEGORIES = (
    ("行政", regex.compile(r"行政(?!事业)|公务员|机关")),
    ("事业", regex.compile(r"(?<!行政)事业|参公|参照公务员")),
    ("工勤", regex.compile(r"工勤|后勤")),
)
_STAFF_RATE = regex.compile(r"(?:在职|在编|财政供养|供养|编制内|编制)[\p{Han}]{0,6}控制率(?:为|是|达到?|约|仅|:)*$")
_OUTSIDE_RATE = regex.compile(
    r"编外[\p{Han}]{0,4}(?:控制率|比率|比例|占比)(?:为|是|达到?|约|仅|:)*$"
    r"|编外[^，,;。]{0,12}占在职[^。;]{0,30}(?:比率|比例|比重)(?:为|是|达到?|约|仅|:)*$"
)


def find_headcounts(wording: Wording) -> Iterator[Headcount]:
    """Every figure of the text that counts posts or people of an office."""
    posts: int | None = None
    other_posts: int | None = None
    for i, term in enumerate(wording.terms):
        if term.measure != _PEOPLE:
            continue
        head = wording.head(i)
        found = _headcount(wording.lead(i), head)
        if found is None:
            posts, other_posts = None, i if _POSTS.search(head) else None
        elif found[0] is not Group.STAFF or other_posts != i - 1:
            group, category = found
            beside = posts if group is Group.STAFF and posts == i - 1 else None
            yield Headcount(i, group, category, beside)
            posts = i if group is Group.POSTS else None


def _headcount(lead: str, head: str) -> tuple[Group, str] | None:
    if _EVERYONE.search(lead):
        return Group.EVERYONE, ""
    if _APART.search(head):
        return None
    if _OUTSIDE.search(head) and not _POSTS.search(head):
        return Group.OUTSIDE, ""
    if _OTHER_POSTS.search(head):
        return None
    if _POSTS.search(head):
        return Group.POSTS, _category(lead)
    if _STAFF.search(head):
        return Group.STAFF, _category(head)
    return None


def _category(words: str) -> str:
    named = [name for name, pattern in _CATEGORIES if pattern.search(words)]
    return named[-1] if len(named) == 1 else ""


def is_staff_rate(lead: str) -> bool:
    """Whether the words before a percentage name the rate of staff to posts (财政供养人员控制率)."""
    return _STAFF_RATE.search(lead) is not None and not is_outside_rate(lead)


def is_outside_rate(lead: str) -> bool:
    """Whether the words before a percentage name the rate of staff outside posts to all staff (编外人员控制率)."""
    return _OUTSIDE_RATE.search(lead) is not None


# text, (figure, group, category, posts beside it) as printed
HEADCOUNT_EXAMPLES: tuple[tuple[str, tuple[tuple[str, Group, str, str | None], ...]], ...] = (
    (
        "行政编制总数12人，实有在编行政人员9人;事业编制30人，实有在编人数28人。",
        (
            ("12人", Group.POSTS, "行政", None),
            ("9人", Group.STAFF, "行政", "12人"),
            ("30人", Group.POSTS, "事业", None),
            ("28人", Group.STAFF, "", "30人"),
        ),
    ),
    (
        "使用劳务派遣人员(含编外人员)5人，在职人员总数(在编+编外)42人。",
        (("5人", Group.OUTSIDE, "", None), ("42人", Group.EVERYONE, "", None)),
    ),
    ("雇员编制6人，实有雇员5人，退休3人。", ()),
    ("全年培训320人。", ()),
)
