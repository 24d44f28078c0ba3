"""Personal data in reports: names of clerks, telephone numbers, identity card numbers, e-mail addresses.

Published datasets mask them character for character, so only exact spans are of use. Names are recognised where a form
asks for them (填报人:, 项目负责人:, …), never guessed in prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import regex

from patterns.scanning import Mention, scan

_PERSON = r"""(?:
    (?:填报|填表|经办|审核|评价)人员? | (?:制表|编制|报告|填写|承办|联系|联络|对接|复核|审批|评审|核对|校对)人
  | (?:项目|单位|部门|科室|处室|机构|主要|财务|统计|业务|分管|现场|评价|工作组|技术)?(?:负责人|主管|主评人)
  | 法定代表人|法人代表|法人|分管领导|评价组组长|评价组长|副?组长|[组成]员|姓名
)"""
_TELEPHONE = r"(?:(?:(?:联系|联络|办公|移动|固定|值班|咨询|监督|举报)?(?:电话|手机)(?:号码?)?)|联系方式|传真)"
_NEXT_FIELD = r"""(?:
    联系|电话|手机|传真|填[报表写]|制表|编制|报告|审[核批]|复核|经办|承办|负责|项目|单位|部门|财务|日期|时间|年|签[字名章]|盖章|职[务称]
  | 科室|邮箱|地址|主管|分管|统计|评价|副?组长|[组成]员|法定|以下|附
)"""
_SIGNED = r"(?:\((?:签[字名章]|盖章|签字盖章|签字、盖章|公章)\))?"

_NAME = r"(?:\p{Han}{1,5}·\p{Han}{1,6}|\p{Han}{2,4}?)"
# With a colon or blank after the label any break ends the name; without one only the end or the next field of the form
# does, for "项目负责人明确,…" is prose.
_NAMED = regex.compile(
    rf"""{_PERSON}{_SIGNED}(?:[及和与、/]{_TELEPHONE})?
    (?: \x20?[:_\x20]+\x20?(?P<asked>{_NAME})(?=$|[^\p{{Han}}]|{_NEXT_FIELD})
      | (?P<adjacent>{_NAME})(?=$|\x20?\d|{_NEXT_FIELD}) )""",
    regex.VERBOSE,
)
_FURTHER_NAME = regex.compile(rf"[、,，/\x20](?P<name>{_NAME})(?=$|[^\p{{Han}}]|{_NEXT_FIELD})", regex.VERBOSE)
_NO_NAME = regex.compile(
    r"""签[字名章]|盖章|公章|姓名|签署|名单|详见|同上|无|略|签|成员|[各本该由为是应须对]
  | \p{Han}*(?:[局委办科处室部会所站院厅人的]|中心|公司|单位|小组|组|街道|政府|机关|学校|医院|大队|支队)""",
    regex.VERBOSE,
)
_NO_NAME_START = regex.compile(
    r"签[字名章]|盖章|公章|[单职]位|部门|职务|意见|姓名|日期|电话|联系|审核|填报|负责|主管|分管|领导|[成人]员|[各本该由应须对要在将已和]"
)

_CONTACT = regex.compile(
    rf"""
    {_TELEPHONE}(?:\([^()]{{0,8}}\))?\x20?[:_\x20]*(?P<called>\(?\d[\d()—转\x20-]{{5,}}\d)
  | (?<![\dA-Za-z])
    (?P<identity>[1-9]\d{{5}}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}}[\dXx])(?![\dA-Za-z])
  | (?P<email>(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]*+@[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)++)
  | (?P<landline>(?<![\d.,-])(?:\(0\d{{2,3}}\)|0\d{{2,3}}[-—\x20])\d{{7,8}}(?:[-—转]\d{{1,6}})?(?![\d,]|\.\d))
  | (?P<mobile>(?<![\d.,-])1[3-9]\d(?:[-\x20]?\d{{4}}){{2}}(?![\d,]|\.\d|[十百千万亿]*元|%))
    """,
    regex.VERBOSE,
)
# Most texts have none of these and need no closer look: a sign that every label of a person has, and what every number
# or address is made of.
_NAME_SIGN = re.compile(r"[人员长管导名]")
_CONTACT_SIGN = re.compile(r"[\d()—转\x20-]{7}|@")

_CONTACT_KINDS = {
    "called": "phone",
    "landline": "phone",
    "mobile": "phone",
    "identity": "identity_card",
    "email": "email",
}

_BLANK = regex.compile(r"\s+")
_LABEL_CELL = regex.compile(
    rf"(?:{_PERSON}|{_TELEPHONE})(?:[及和与、/](?:{_PERSON}|{_TELEPHONE}))?{_SIGNED}:?|身份证号码?:?|(?:电子)?邮箱:?",
    regex.VERBOSE,
)


@cache
def _surnames() -> frozenset[str]:
    return frozenset((files("patterns") / "lexicons" / "surnames.txt").read_text("utf-8").split())


def find_personal(text: str) -> list[Mention]:
    """Personal data in folded `text`, in order and without overlap: kinds name, phone, identity_card, email."""
    names = _names(text) if _NAME_SIGN.search(text) else ()
    contacts = _contacts(text) if _CONTACT_SIGN.search(text) else ()
    found = sorted((*names, *contacts), key=lambda mention: mention.start)
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def is_personal_label(text: str) -> bool:
    """Whether a form's cell asks for a name or number that then stands in the next cell (填报人, 联系电话)."""
    return _LABEL_CELL.fullmatch(_BLANK.sub("", text)) is not None


def _names(text: str) -> Iterator[Mention]:
    for match in scan(_NAMED, text):
        group = match.lastgroup or ""
        if not _is_name(match.group(group), certain=group == "asked"):
            continue
        yield Mention("name", *match.span(group), match.group(group))
        further = _FURTHER_NAME.match(text, match.end(group)) if group == "asked" else None
        while further is not None and _is_name(further.group("name"), certain=False):
            yield Mention("name", *further.span("name"), further.group("name"))
            further = _FURTHER_NAME.match(text, further.end("name"))


def _is_name(text: str, *, certain: bool) -> bool:
    """Whether `text` reads as a person's name; `certain` says that a colon or blank asked for one."""
    if "·" in text:
        return True
    if _NO_NAME_START.match(text) or _NO_NAME.fullmatch(text):
        return False
    double = text[:2] in _surnames()
    if len(text) == 4:
        return double
    return double or text[0] in _surnames() or certain


def _contacts(text: str) -> Iterator[Mention]:
    for match in scan(_CONTACT, text):
        group = match.lastgroup or ""
        start, end = match.span(group)
        if group == "called":
            end = start + len(match.group(group).rstrip("( -—转"))
        yield Mention(_CONTACT_KINDS[group], start, end, text[start:end])
