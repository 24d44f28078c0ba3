"""Numbers that measure nothing: dates, document numbers, list numbering, telephone numbers, names with digits, ….

They are recognised so that they are not taken for figures.
"""

from __future__ import annotations

import regex

from patterns.scanning import Mention, scan

_CN = "〇零一二两三四五六七八九十百千"
_YEAR = r"(?:19|20)\d\d"
_TO = r"[-—~至到、和及]"

_DATE = rf"""
    (?P<date>
        (?<![\d,]){_YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}}(?![\d.])
      | (?<![\d,]){_YEAR}(?:年度?)?{_TO}(?:{_YEAR}|\d\d)年度?
      | (?<![\d,]){_YEAR}\x20?年
        (?: \d{{1,2}}(?:月份?)?{_TO}\d{{1,2}}月(?:份|底|末|初)?
          | \d{{1,2}}月(?:\d{{1,2}}日|份|初|末|底|[上中下]旬)?
          | 度|初|末|底|年初|年末|年底
        )?+
      | [〇零一二三四五六七八九]{{4}}年(?:[一二三四五六七八九十]{{1,2}}月(?:[一二三四五六七八九十]{{1,3}}日)?)?
      | (?<![\d.,])\d\d年(?:度|(?=\d{{1,2}}月))
      | (?<![\d.,])(?:\d{{1,2}}月?{_TO})*+\d{{1,2}}月(?!均)(?:份|初|末|底|[上中下]旬)?(?:\d{{1,2}}(?:{_TO}\d{{1,2}})*+日)?
      | (?<![\d.,])(?:\d{{1,2}}日?[-—~至到])?\d{{1,2}}日(?!内|均|以内|之内|元|次|间)
      | [一二三四1-4](?:[至、和-][一二三四1-4])?季度
    )"""

_DOCUMENT_NUMBER = rf"(?P<document>[〔\[(【﹝]{_YEAR}[〕\])】﹞]\x20?第?\d++号?)"

_ORDINAL = rf"(?P<ordinal>第[\d{_CN}]++(?:[-—~至到、,和][\d{_CN}]++)*+(?:季度|批次|条|款|项|章|节|号令?|页|[^\d\s\p{{P}}])?)"

_PHONE = r"""
    (?P<phone>
        (?<![\d.,-])(?:
            \(?0\d{2,3}\)?[-—]?\d{7,8}(?:[-—转]\d{1,6})?
          | 1[3-9]\d(?:[-\x20]?\d{4}){2}
          | [48]00-?\d{3,4}-?\d{3,4}
        )(?![\d,]|\.\d|[十百千万亿]*元)
    )"""

_IDENTIFIER = r"""
    (?P<identifier>
        (?<![\d.,])[A-Z]?\d++(?:(?:[-—~至到、,和]|号[、和])[A-Z]?\d++)*+号(?![召称角])
      | (?:附件|附表|附图|附录|附注|编号|代码|编码|序号)[:为]?\x20?\d++(?:[-—~至到、,和]\d++)*+
      | (?<![\p{Han}])[表图]\d++(?:[-.]\d++)*+(?![\d.]|[张份个幅套])
      | \((?:\d{3}|\d{5}|\d{7}|0\d)(?:类|款|项)\)
      | (?<![\d.,:])0\d++(?![\d.,:%])
      | [A-Za-z]++[-/]?(?:[A-Za-z]++[-/]?)*+\x20?(?<=[A-Za-z/-])\d++(?:[-.]\d++)*+(?!\d|,\d|[十百千万亿]*元|[.\d]*%)
      | (?<![\d.,])\d++(?!m[²2]|km|kg|kV|kW|MW|GB|TB|MB|PB|cm|mm|m³)[A-Za-z]++(?!\d)级?
    )"""

_NAME = rf"""
    (?P<name>
        十[一二三四五六七]五(?=期间|规划|时期|以来|末|[”"'」]|\p{{P}}|$|\p{{Han}})
      | 八项规定|[两二]个(?:维护|确立|结合|毫不动摇)|[两四]个(?:意识|自信|全面|革命)|四个最严|三会一课|三重一大|六个一
      | (?<![\d.])\d++(?:\+(?:\d++|[NnXx]))++(?![\d.%=]|[十百千万亿]*元|[\x20]?=)
      | (?<![\d.,]){_YEAR}(?=[^\d\s.,\p{{P}}\p{{S}}A-Za-z年个项人次家户件元万亿名台套宗份块栋座处条亩公平米吨倍])
    )"""

_NUMBERING = rf"""
    (?P<numbering>
        [①-⑳㈠-㈩⑴-⒇⒈-⒛❶-❿]
      | (?:^|(?<=[。；;:！？\n”]|(?<!\d),))(?:
            \(\d{{1,2}}\) | \d{{1,2}}\) | \d{{1,2}}、(?!\d++(?:[、,]|号|月|日)) | \d{{1,2}}\.(?!\d)
          | [一二三四五六七八九十]{{1,3}}[、是](?!否) | \([一二三四五六七八九十]{{1,3}}\)
        )
    )"""

_TIME = r"""
    (?P<time>
        (?<![\d.:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])
      | (?<![\d.])\d{1,2}时(?:\d{1,2}分)?(?![间候段期效限序长任许])
      | (?<![\d.])\d{1,2}点(?:\d{1,2}分|半|整)(?!\d)
    )"""

_PAGE = r"(?P<page>[—-]\x20?\d{1,4}\x20?[—-](?=\s|$)|共\d++页)"

_VERSION = r"(?P<version>\d++(?:\.\d++){2,}|(?<![\d.])\d++\.\d++版)"

_NON_FIGURE = regex.compile(
    rf"(?=[\d第〔\[(【﹝附编代序表图—一两二三四五六七八九十〇零①-⑳㈠-㈩⑴-⒇⒈-⒛❶-❿共A-Za-z-])"
    rf"(?:{_PAGE}|{_DATE}|{_DOCUMENT_NUMBER}|{_ORDINAL}|{_PHONE}|{_VERSION}|{_TIME}|{_NAME}|{_IDENTIFIER}|{_NUMBERING})",
    regex.VERBOSE,
)

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
    kind = match.lastgroup or ""
    if kind == "ordinal" and _ARTICLE.match(match.group()):
        return "article"
    return kind
