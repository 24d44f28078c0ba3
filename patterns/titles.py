"""Titles and covers: the genre of a document, the year it reports on, and the office that reports.

Texts are folded (patterns.fold). Genre words follow the official names of the documents (绩效自评报告, 绩效评价报告,
自评表, 部门预算, 部门决算).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import regex

_GENRES: tuple[tuple[str, regex.Pattern[str]], ...] = (
    (
        "self_evaluation_form",
        regex.compile(r"项目(?:支出)?绩效(?:目标)?自评(?:情况)?表|绩效(?:目标)?(?:完成情况)?自评表"),
    ),
    (
        "department_report",
        regex.compile(r"(?:部门|单位)?整体(?:支出)?绩效(?:自评|自我评价|评价|自评价)?(?:情况)?(?:的)?报告"),
    ),
    (
        "project_report",
        regex.compile(
            r"(?:项目|专项|资金|政策|支出|部门评价).{0,12}绩效(?:自评|自我评价|评价|自评价)(?:情况)?(?:的)?报告|部门评价报告|绩效评价报告|绩效自评报告"
        ),
    ),
    ("accounts_disclosure", regex.compile(r"(?:\d{4}年?度?|部门|单位)(?:整体)?决算")),
    ("budget_disclosure", regex.compile(r"\d{4}年?度?(?:部门|单位)?预算(?!绩效|执行|编制)")),
)
_SPLIT_GENRE = regex.compile(r"整体(?:支出)?绩效")

_ORG_END = (
    "局|委员会|委|办公室|办|厅|部|处|中心|院|所|站|馆|校|大学|学院|中学|小学|幼儿园|医院|队|支队|大队|总队|法院|检察院|"
    "街道办事处|办事处|街道|政府|镇|乡|联合会|联合会|协会|社|公司|集团|会|署|库|团|台|园|司|科|党校|工会|妇联|残联|工商联|侨联|"
    "科协|文联|红十字会|总站|分局|管理局|服务中心|协作部|工作部"
)
_LABELLED = regex.compile(
    r"(?<!委托|受托)"  # who ordered the evaluation and who carried it out are not who reports
    r"(?:部门|单位|填报单位|填报部门|预算部门|预算单位|主管部门|实施单位|评价单位|项目单位|编制单位|部门\(单位\)|单位\(部门\)|项目实施单位|自评单位)"
    r"(?:名称)?(?:\((?:公章|盖章|章|签章|加盖公章)\))?[::](?P<name>[\p{Han}()·\d]{4,40}?)"
    r"(?=\((?:公章|盖章|章)\)|填报|联系|日期|\d{4}年|二[〇○0]|负责|电话|$|[，。;；\s]"
    r"|(?:主管|实施|编制|评价|预算|项目|报送|上报|委托|受托)(?:部门|单位|日期|时间))"
)
_BLANK = regex.compile(r"\s+")
_ORGANISATION = regex.compile(rf"(?:{_ORG_END})(?:\([^()]*\))?$")
_LABEL_CELL = regex.compile(
    r"^(?:填报|预算|主管|实施|评价|项目|编制|自评)?(?:部门|单位)(?:\((?:单位|部门)\))?(?:名称)?(?:\((?:公章|盖章|章|签章)\))?:?$"
)
_NAME = regex.compile(r"[^，。；;]{4,40}")
_TITLE_YEAR = regex.compile(r"(?<!\d)(20\d{2})\s*年")
_CHINESE_YEAR = regex.compile(r"二[〇○零O0]([〇○零一二三四五六七八九O0])([〇○零一二三四五六七八九])年")
_CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "O": 0, "0": 0}
_REPORT_WORDS = regex.compile(
    r"部门整体|单位整体|整体支出|整体绩效|部门预算|部门决算|单位预算|单位决算|预算|决算|项目支出|支出绩效|绩效|财政|专项|自评|关于|年度"
)


def genre_of(title: str, opening: str) -> str:
    """The genre a title names, or, failing that, the first pages; `other` when neither does."""
    for text in (title, opening):
        plain = regex.sub(r"\s+", "", text)
        for name, pattern in _GENRES:
            if pattern.search(plain):
                return name
    return "department_report" if _SPLIT_GENRE.search(regex.sub(r"\s+", "", title + opening)) else "other"


def year_in(title: str) -> int | None:
    """The first year a title names, in digits or in characters (二〇二三年)."""
    plain = regex.sub(r"\s+", "", title)
    match = _TITLE_YEAR.search(plain)
    if match:
        return int(match.group(1))
    match = _CHINESE_YEAR.search(plain)
    return 2000 + 10 * _CHINESE_DIGITS[match.group(1)] + _CHINESE_DIGITS[match.group(2)] if match else None


def most_named_year(texts: Iterable[str]) -> int | None:
    """The year most often named with 年度 or 年, a 年度 counting threefold; the later of two that tie."""
    counts: Counter[int] = Counter()
    for text in texts:
        for match in regex.finditer(r"(?<![\d〔\[(])(20\d{2})年(度)?", text):
            counts[int(match.group(1))] += 3 if match.group(2) else 1
    return max(counts, key=lambda year: (counts[year], year)) if counts else None


def labelled_department(text: str, *, superior: bool = False) -> str | None:
    """The office behind a label on a cover or form (部门名称（公章）：…), None when the line is left blank.

    The office above it (主管部门) only with `superior`.
    """
    for match in _LABELLED.finditer(text):
        name = match.group("name").strip()
        if is_organisation(name) and match.group().startswith("主管") == superior:
            return name
    return None


def is_department_label(text: str) -> bool:
    """Whether a table cell is the label of the office's name."""
    return bool(_LABEL_CELL.match(_BLANK.sub("", text)))


def is_organisation(text: str) -> bool:
    """Whether a text ends like the name of a public body."""
    return bool(_ORGANISATION.search(text)) and len(text) >= 4


def department_in_title(title: str) -> str | None:
    """The office a title names: what stands before or behind the year, up to the words of the genre."""
    plain = regex.sub(r"\s+", "", title)
    plain = regex.sub(r"^(?:附件\d*[::]?)", "", plain)
    for part in regex.split(r"20\d{2}年度?|二[〇○零O0]..年度?", plain):
        cut = None if is_organisation(part) else _REPORT_WORDS.search(part)
        name = (part[: cut.start()] if cut else part).strip("《》“”:：·-—")
        name = regex.sub(r"^(?:关于)", "", name)
        if is_organisation(name) and _NAME.fullmatch(name):
            return name
    return None


def choose_title(lines: Sequence[str]) -> str:
    """The title among the first lines of a document: from the first line up to the one that ends its genre words."""
    taken: list[str] = []
    for line in lines[:12]:
        plain = regex.sub(r"\s+", "", line)
        if not plain or regex.fullmatch(r"附件\d*[::]?|公开\d*", plain):
            continue
        taken.append(plain)
        joined = "".join(taken)
        if any(pattern.search(joined) for _, pattern in _GENRES) or len(taken) == 4:
            return joined
    return "".join(taken)


# cover text, the office it labels, the office above it
LABEL_EXAMPLES: tuple[tuple[str, str | None, str | None], ...] = (
    ("部门名称(公章):青川市水务局", "青川市水务局", None),
    ("部门名称:青川市水务局主管部门:青川市人民政府填报日期:2031年3月5日", "青川市水务局", "青川市人民政府"),
    ("单位名称(盖章):云州市档案馆报送日期:2031年4月5日", "云州市档案馆", None),
    ("部门名称:填报日期:2031年3月5日", None, None),
    ("主管部门:青川市教育局委托单位:青川市财政局评价机构:江临评价咨询公司", None, "青川市教育局"),
    ("委托部门:青川市财政局", None, None),
)

TITLE_EXAMPLES: tuple[tuple[str, str, int | None, str | None], ...] = (
    ("青川市水务局2022年度部门整体绩效自评报告", "department_report", 2022, "青川市水务局"),
    ("2023年度临江区文化和旅游局部门整体支出绩效评价报告", "department_report", 2023, "临江区文化和旅游局"),
    ("农村饮水安全项目支出绩效评价报告", "project_report", None, None),
    ("云州市财政局2023年度水利补贴资金绩效评价报告", "project_report", 2023, "云州市财政局"),
    ("项目支出绩效自评表", "self_evaluation_form", None, None),
    ("云州市档案馆2024年度部门决算", "accounts_disclosure", 2024, "云州市档案馆"),
    ("2024年度云州市档案馆部门决算", "accounts_disclosure", 2024, "云州市档案馆"),
    ("云州市档案馆2025年部门预算", "budget_disclosure", 2025, "云州市档案馆"),
    ("二〇二三年度部门整体绩效评价报告", "department_report", 2023, None),
)
