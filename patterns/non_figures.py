"""Numbers that measure nothing: dates, document numbers, list numbering, telephone numbers, names with digits, ….

They are recognised so that they are not taken for figures.
"""

from __future__ import annotations

import regex

from patterns.scanning import Mention, scan

_CHINESE_DIGITS = "〇零一二两三四五六七八九十百千"
_YEAR = r"(?:19|20)\d\d"
_TO = r"[-—~至到、和及]"
_AMOUNT = r"[十百千万亿]*元"

# Each group below is tried only where its first character stands; a digit only where its run of digits begins, and
# never where the number is followed by a unit that no date, telephone number or name has.
_PLAIN_FIGURE = r"\d++(?:[,.]\d++){0,30}+[元%万亿分个项人]"

_DATE = rf"""
    (?P<date>
        {_YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}}(?![\d.])
      | {_YEAR}(?:年度?)?{_TO}(?:{_YEAR}|\d\d)年度?
      | {_YEAR}\x20?年
        (?: \d{{1,2}}(?:月份?)?{_TO}\d{{1,2}}月(?:份|底|末|初)?
          | \d{{1,2}}月(?:\d{{1,2}}日|份|初|末|底|[上中下]旬)?
          | 度|初|末|底|年初|年末|年底
        )?+
      | (?<![.,])\d\d年(?:度|(?=\d{{1,2}}月))
      | (?<![.,])(?:\d{{1,2}}月?{_TO}){{0,30}}+\d{{1,2}}月(?!均)
        (?:份|初|末|底|[上中下]旬)?(?:\d{{1,2}}(?:{_TO}\d{{1,2}}){{0,30}}+日)?
      | (?<![.,])(?:\d{{1,2}}日?[-—~至到])?\d{{1,2}}日(?!内|均|以内|之内|元|次|间)
      | [1-4](?:[至、和-][1-4])?季度
    )"""

_CHINESE_DATE = r"""
    (?P<chinese_date>
        [〇零一二三四五六七八九]{4}年(?:[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)?
      | [一二三四](?:[至、和-][一二三四])?季度
    )"""

_DOCUMENT_NUMBER = rf"(?P<document>[〔\[(【﹝]{_YEAR}[〕\])】﹞]\x20?(?:\p{{Han}}{{0,4}}第)?\d++号?)"

_ORDINAL = rf"""
    (?P<ordinal>
        第[\d{_CHINESE_DIGITS}]++(?:[-—~至到、,和][\d{_CHINESE_DIGITS}]++){{0,30}}+
        (?:季度|批次|条|款|项|章|节|号令?|页|[^\d\s\p{{P}}])?
    )"""

_PHONE = rf"""
    (?P<phone>
        (?<![.,-])(?:
            0\d{{2,3}}[-—]?\d{{7,8}}(?:[-—转]\d{{1,6}})?
          | 1[3-9]\d(?:[-\x20]?\d{{4}}){{2}}
          | [48]00-?\d{{3,4}}-?\d{{3,4}}
        )(?![\d,]|\.\d|{_AMOUNT})
    )"""

_BRACKETED_PHONE = r"(?P<bracketed_phone>\(0\d{2,3}\)[-—]?\d{7,8}(?!\d))"

_IDENTIFIER = r"""
    (?P<identifier>
        (?<![.,])\d++(?:(?:[-—~至到、,和]|号[、和])\d++){0,30}+号(?![召称角])
      | (?<![.,，:])(?<![,，]\x20)0\d++(?![.,，:%])
      | (?<![.,])\d++(?!m(?![A-Za-z])|km|kg|kV|kW|MW|GB|TB|MB|PB|cm|mm|m³)[A-Za-z]++(?!\d)级?
    )"""

_NAMED_IDENTIFIER = r"""
    (?P<named_identifier>
        (?:附件|附表|附图|附录|附注|编号|代码|编码|序号)[:为]?\x20?\d++(?:[-—~至到、,和]\d++){0,30}+
      | (?<![\p{Han}])[表图]\d++(?:[-.]\d++){0,30}+(?![\d.]|[张份个幅套])
    )"""

_CODE = r"(?P<code>\((?:\d{3}|\d{5}|\d{7}|0\d)(?:类|款|项)\))"

_LETTERED_IDENTIFIER = r"""
    (?P<lettered_identifier>
        (?<![A-Za-z])[A-Za-z]++(?:[-/][A-Za-z]++){0,30}+[-/]?\d++(?:[-.、,]?\d++){0,30}+(?!\d|,\d|[十百千万亿]*元|[.\d]*%)号?
    )"""

_NAME = rf"""
    (?P<name>
        (?<![.])\d++(?:\+(?:\d++|[NnXx]))++(?![\d.%=]|{_AMOUNT}|[\x20]?=)
      | (?<![.,]){_YEAR}(?=[^\d\s.,\p{{P}}\p{{S}}A-Za-z年个项人次家户件元百千万亿名台套宗份块栋座处条亩公平米吨倍])
    )"""

_CHINESE_NAME = r"""
    (?P<chinese_name>
        十[一二三四五六七]五(?=\p{P}|$|\p{Han})
      | 八项规定|[两二]个(?:维护|确立|结合|毫不动摇)|[两四]个(?:意识|自信|全面|革命)|四个最严|三会一课|三重一大|六个一
    )"""

_ITEM_START = r"(?:^|(?<=[。；;:！？\n”]|(?<!\d),))"

_NUMBERING = rf"""
    (?P<numbering>
        {_ITEM_START}\d{{1,2}}(?:\)|、(?!\d++(?:[、,]|号|月|日))|\.(?!\d))
      | (?<![.,])\d{{1,2}}\.(?=\x20\d|[\p{{Han}}“《])
    )"""

_CHINESE_NUMBERING = rf"(?P<chinese_numbering>{_ITEM_START}[一二三四五六七八九十]{{1,3}}[、是](?!否))"

_BRACKETED_NUMBERING = rf"""
    (?P<bracketed_numbering>
        \(\d{{1,2}}\)(?=[\p{{Han}}“《]) | {_ITEM_START}\((?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\)
    )"""

_TIME = r"""
    (?P<time>
        (?<![.:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])
      | (?<![.])\d{1,2}时(?:\d{1,2}分)?(?![间候段期效限序长任许])
      | (?<![.])\d{1,2}点(?:\d{1,2}分|半|整)(?!\d)
    )"""

_VERSION = r"(?P<version>\d++(?:\.\d++){2,}|(?<![.])\d++\.\d++版)"

_NON_FIGURE = regex.compile(
    rf"""
    (?=\d)(?<!\d)(?!{_PLAIN_FIGURE})(?:{_DATE}|{_PHONE}|{_VERSION}|{_TIME}|{_NAME}|{_IDENTIFIER}|{_NUMBERING})
  | (?=第){_ORDINAL}
  | (?=[(〔\[【﹝])(?:{_DOCUMENT_NUMBER}|{_CODE}|{_BRACKETED_NUMBERING}|{_BRACKETED_PHONE})
  | (?=[〇零一二三四五六七八九十两])(?:{_CHINESE_DATE}|{_CHINESE_NUMBERING}|{_CHINESE_NAME})
  | (?=[附编代序表图]){_NAMED_IDENTIFIER}
  | (?=[A-Za-z]){_LETTERED_IDENTIFIER}
  | (?P<symbol>[①-⑳㈠-㈩⑴-⒇⒈-⒛❶-❿])
  | (?P<page>[—-]\x20?\d{{1,4}}\x20?[—-](?=\s|$)|共\d++页)
    """,
    regex.VERBOSE,
)

_KINDS = {
    "chinese_date": "date",
    "named_identifier": "identifier",
    "lettered_identifier": "identifier",
    "code": "identifier",
    "chinese_name": "name",
    "chinese_numbering": "numbering",
    "bracketed_numbering": "numbering",
    "symbol": "numbering",
    "bracketed_phone": "phone",
}
_ARTICLE = regex.compile(r"第[^条款]*[条款]")


def find_non_figures(text: str) -> list[Mention]:
    """Every mention with digits or numerals that is no figure, in order, with its kind.

    Kinds: date, document, ordinal, article, phone, identifier, name, numbering, time, page, version.
    """
    return [
        Mention(_kind(match), match.start(), match.end(), match.group())
        for match in scan(_NON_FIGURE, text)
        if match.end() > match.start()
    ]


def _kind(match: regex.Match[str]) -> str:
    group = match.lastgroup or ""
    if group == "ordinal" and _ARTICLE.match(match.group()):
        return "article"
    return _KINDS.get(group, group)
