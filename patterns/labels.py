"""Labels: what a figure in running text is, from the words of its clause.

"其中:公务接待费10,000元" is 公务接待费; "2021年我局政府采购预算金额为2,020,000元" is 政府采购预算金额.
"""

from __future__ import annotations

import regex

from patterns.clauses import clause_start
from patterns.names import canonical_name
from patterns.periods import period_of
from patterns.units import unit_at

__all__ = ["canonical_name", "clause_label", "period_of"]

_LONGEST = 40
_DEEPEST = 3

# --- what comes before the name ------------------------------------------------------------------------------------

_YEAR = r"(?:(?:19|20)\d\d|[〇零一二三四五六七八九]{4})年(?:度|(?=年[初末底中]))?"
_DAY_OF_MONTH = r"\d{1,2}日|份|初|末|底"
_PERIOD = rf"""
    (?:截[至止](?:到)?|至)?
    (?: {_YEAR}(?:\d{{1,2}}(?:[-—至到、]\d{{1,2}})?月(?:{_DAY_OF_MONTH})?|[初末底中](?!预|决|结|余))?
      | \d{{1,2}}月(?:{_DAY_OF_MONTH})?
    )
    (?:期间|以来|内|止)?
"""
_OFFICE = (
    r"(?:局|委员会|委|办公室|办|部门|单位|中心|厅|院|校|所|站|队|馆|处|区|市|县|镇|乡|村|街道|系统|集团|公司|机关|社区)"
)
_LEADING = regex.compile(
    rf"""^(?:
        {_PERIOD}
      | 同?[比较与](?={_YEAR}|[上去]年)
      | 我{_OFFICE}(?:系统|本级|机关)?
      | [本该]{_OFFICE}(?=[\p{{Han}}“])
      | [我本]?单位(?=[\p{{Han}}“])(?!面积|价)
      | [本当今]年度? | [上去]年度?(?=实际|共|我)
      | 其中|以及|同时|并且|并(?=\p{{Han}})|且|和|及(?!时|格)|与|而|但|则|即(?!时)|故|含有?(?![税量])|另外?|此外|目前
      | 现有?(?=\p{{Han}})(?![金场状行]) | 经(?=统计|测算|核算) | 统计|测算|核算
      | (?:根据|按照)[^，,]*?(?=[,，])
      | [”"'’》)\]:：,，、;；。\s—-]
      | (?:\d{{1,2}}|[A-Za-z])[.、)](?=[\p{{Han}}“]|{_YEAR}) | [①-⑳] | \(\d{{1,2}}\)
      | [一二三四五六七八九十]{{1,3}}[、是](?=\p{{Han}}) | \([一二三四五六七八九十]{{1,3}}\)
    )+""",
    regex.VERBOSE,
)
_OFFICE_NAME = regex.compile(
    r"""^\p{Han}{1,12}?(?:[省市区县镇乡州旗]|街道)\p{Han}{0,24}?
    (?:局|委员会|委|办公室|中心|办事处|厅|学院|医院|学校|大学|[支总大]队|工作部|联合会)(?:本级|系统)?
    (?=部门|单位|整体|预算|决算|年初|收入|支出|财政|政府采购|一般公共|项目|基本|“?三公|机关|实有|行政|事业|资产|固定)""",
    regex.VERBOSE,
)

# --- what comes after it --------------------------------------------------------------------------------------------

_COPULA = regex.compile(
    r"""(?:分别|各|其)?
    (?: [为是达计约近超逾共仅只即有至到了:：=≥≤<>￥¥(~、\x20,，均已也之的]
      | 达到|达成|合计|共计|总计|累计|大约|大概|共有|现有|设有|计有|拥有|不少于|不低于|不超过|不足|不到|超过|高达
      | 将近|接近|突破|低于|高于|人民币|为止
    )$""",
    regex.VERBOSE,
)
_NO_COPULA = regex.compile(
    r"(?:节约|契约|公约|违约|附近|最近|目的|所有|占有|固有|公有|国有|实有|会计|审计|设计|统计|预计|小计|估计|行为|作为"
    r"|应有|自有|专有|持有|没有|还有|只有|含有)$"
)
_EMBEDDED_YEAR = regex.compile(r"(?:19|20)\d\d(?:年度?+(?![初末底中])|(?=年[初末底中]))(?=[\p{Han}]|$)")
_BRACKETED_FIGURE = regex.compile(r"\([^()]*\d[^()]*\)")

# --- clauses that compare: their subject stands in the clause before -----------------------------------------------

_CHANGE = regex.compile(
    r"(?:同比.*?|环比.*?|与.*?相比|(?:比|较).*?|[上去]一?年度?)?(?P<verb>超额|增长|增加|减少|下降|上升|提高|降低|提升|回落|缩减|压减|节约|高出?|低于?|多|少|增|减|降)(?:幅度?|率|额|数)?$"
)
_SHARE = regex.compile(r"占(?![地用])(?:比|.*?(?:的|比重|比例)?)$")
_FULFILMENT = regex.compile(r"完成(?P<plan>.*?(?:预算数?|计划|目标|任务|指标))(?:数|值)?的?$")
_COMPARISON_ADDED = regex.compile(r"(?:超额|增长|增加|减少|下降|上升|提高|降低|占比|[^，]{0,12}完成率)$")
_OTHER_TIMES = frozenset(("去年", "上年", "上年度", "同期", "上年同期", "去年同期", "上一年", "上一年度"))
# Everything from the first = on is arithmetic: "得分=22/26*6=5.08分" states a 得分.
_FORMULA = regex.compile(r"(?<=[\p{Han}”)])[=≈].*$")
_JOINED = regex.compile(r"(?:、|以及|[和及与])$")
_PURPOSE = regex.compile(r"(?:主要)?用于(?P<purpose>[\p{Han}、“”]{2,20})")
_GIVEN = frozenset(("得", "实得", "自评得", "评得", "计"))
_MARK_NAME = regex.compile(r"(?:分值|满分|权重|总分|得分|分)$")
_VERBS_KEPT = frozenset(("完成", "新增", "召开", "开展"))
_RANGE_REST = regex.compile(r"(?:-|~|—|至|到)\d++(?:[,.]\d++)*+")
_OF = regex.compile(r"(?:以上|以下|左右|以内)?的")
_PLAIN_VERB = regex.compile(
    r"^(?:共|共有|有|设有|下设|下属|完成|召开|开展|组织|涉及|包括|包含|设置|设立|新增|承担|承办|签订|建成|实现|推进|办理|处理|收到|列入|聚焦|具体|其余|计划|实际|累计|全年|新建|印发|制定|出台|举办|参加|等|对|在|为|由|将)*$"
)
_NOUN_AFTER = regex.compile(
    r"[\p{Han}“”]{1,14}?(?=[^\p{Han}“”]|$|[的为在已均提完得被由将全未进开出与和]|实[现施]|执行率|以及|及|通过|按照|入选|投入|达到)"
)


def clause_label(text: str, start: int, end: int) -> str:
    """What the figure at `[start, end)` of folded `text` is, in the report's words; "" where its clause does not say.

    Subjects and periods before the name, and copulas and approximators after it, are dropped. A clause that only
    compares (增长5%, 占34.3%) borrows the name from the clause before; a count without a name before it
    takes the noun after its unit.
    """
    return _label(text, start, end, 0)


def _label(text: str, start: int, end: int, depth: int) -> str:
    begin = clause_start(text, start)
    clause = _FORMULA.sub("", text[begin:start])
    cut = _end_of_last_figure(clause)
    label = _strip(clause[cut:])
    if not label and begin > 0 and text[begin - 1] in ":(":
        before = text[clause_start(text, begin - 1) : begin - 1]
        label = _strip(before[_end_of_last_figure(before) :])
    if _JOINED.search(clause) and _is_counted(text, end):
        return _noun_after(text, start, end)
    if label in _GIVEN and text[end - 1] == "分" and depth < _DEEPEST:
        return _MARK_NAME.sub("", _subject_before(text, begin, depth)) + "得分"
    if label in _OTHER_TIMES:
        return _subject_before(text, begin, depth) if depth < _DEEPEST else ""
    if clause[cut:] == "的" and text[end - 1] == "%" and depth < _DEEPEST:
        return _share_of_figure(text, start, depth)
    if depth < _DEEPEST and (compared := _compared(label, share=text[end - 1] in "%成")) is not None:
        return (_subject_before(text, begin, depth) + compared)[-_LONGEST:]
    if _PLAIN_VERB.fullmatch(label) or (cut and len(label) <= 2 and not label.endswith("率")):
        noun = _noun_after(text, start, end)
        if noun:
            return label + noun if label in _VERBS_KEPT else noun
        if not label and cut and depth < _DEEPEST:
            return _subject_before(text, start, depth)
    return label[-_LONGEST:]


def _is_counted(text: str, end: int) -> bool:
    """Whether the noun stands after the figure that ends at `end` ("4台投影仪")."""
    return text[end - 1] not in "元%分" and regex.match(r"[\p{Han}“](?<![的以左约])", text[end : end + 1]) is not None


def _share_of_figure(text: str, start: int, depth: int) -> str:
    """The label of a percentage of the figure before it ("完成全年预算数601万元的63.48%")."""
    whole = _subject_before(text, start, depth)
    if whole.startswith("完成"):
        return whole.removeprefix("完成") + "完成率"
    return whole.removeprefix("占") + "占比"


def _noun_after(text: str, start: int, end: int) -> str:
    """What is counted or measured, where it follows the figure ("26个二级预算项目", "65%的事项")."""
    printed = text[start:end]
    if printed.endswith("元"):
        purpose = _PURPOSE.match(text, end)
        return purpose.group("purpose") if purpose else ""
    if printed.endswith("分"):
        return ""
    place = end
    if range_rest := _RANGE_REST.match(text, end):
        found = unit_at(text, range_rest.end())
        place = found[1] if found else range_rest.end()
    if printed.endswith("%"):
        of = _OF.match(text, end)
        if of is None:
            return ""
        place = of.end()
    noun = _NOUN_AFTER.match(text, place)
    return noun.group().strip("“”") if noun else ""


_NUMBER = regex.compile(r"\d++(?:[,.]\d++)*+[余多]?[十百千万亿]*+")
_RANGE_START = regex.compile(r"\d++(?:[,.]\d++)*+(?:-|~|—|至|到)$")


def _end_of_last_figure(clause: str) -> int:
    """Offset in a clause where the last figure in it ends, 0 without one ("完成17栋7,000平方米")."""
    cut = 0
    aside = [match.span() for match in _BRACKETED_FIGURE.finditer(clause)]
    for match in _NUMBER.finditer(clause):
        if regex.match(r"年|月|日|号|季度", clause[match.end() : match.end() + 2]):
            continue
        if match.start() > 0 and clause[match.start() - 1] == "第":
            continue
        if any(start < match.start() < end for start, end in aside):
            continue
        cut = _figure_end(clause, match.end()) or cut
    return cut


def _strip(clause: str) -> str:
    """The clause without what stands around the name; never stripped to nothing by a copula that is all there is."""
    text = _BRACKETED_FIGURE.sub("", _RANGE_START.sub("", clause.strip()))
    while True:
        shorter = _COPULA.sub("", text)
        if shorter == text or _NO_COPULA.search(text):
            break
        if not shorter and text in ("合计", "总计", "共计", "累计"):
            break
        text = shorter
    before = None
    while before != text:
        before = text
        text = _OFFICE_NAME.sub("", _LEADING.sub("", text))
    text = _EMBEDDED_YEAR.sub("", text)
    return text if text.count("“") == text.count("”") else text.strip("“”")


def _compared(label: str, *, share: bool) -> str | None:
    """What a merely comparing clause adds to its subject's name; None for a clause with a name of its own.

    `share` says that the figure is a percentage; only then does 占… or 完成… compare.
    """
    if match := _CHANGE.fullmatch(label):
        return match.group("verb")
    if share and _SHARE.fullmatch(label):
        return "占比"
    if share and (match := _FULFILMENT.fullmatch(label)):
        return match.group("plan") + "完成率"
    return None


def _subject_before(text: str, place: int, depth: int) -> str:
    """The name of the nearest figure before `place` in the same sentence, without its own comparison."""
    sentence = max(text.rfind(mark, 0, place) for mark in "。；;\n") + 1
    for number in reversed(list(_NUMBER.finditer(text, sentence, place))):
        end = _figure_end(text, number.end())
        if end is not None:
            name = _label(text, number.start(), end, depth + 1)
            return _COMPARISON_ADDED.sub("", name)
    return ""


def _figure_end(text: str, number_end: int) -> int | None:
    """Where the unit ends that follows a number, or None without one."""
    if text.startswith("分", number_end):
        return number_end + 1
    found = unit_at(text, number_end)
    return found[1] if found else None
