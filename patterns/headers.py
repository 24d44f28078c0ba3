"""What the header of a table column or row says its figures are.

A header is read as a path from the outermost merged cell to the innermost (评价指标 / 一级指标 / 参考分值); the last
word decides what the column holds, the outer ones which level or amount it belongs to. Texts are folded
(patterns.fold).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import regex


class Role(StrEnum):
    """What a column or row holds."""

    NAME = "name"  # indicator names (指标)
    FULL_MARK = "full_mark"  # 分值, 权重
    SCORE = "score"  # 得分
    RATE = "rate"  # 得分率
    RUBRIC = "rubric"  # 评分标准
    EXPLANATION = "explanation"  # 指标说明
    TARGET = "target"  # 年度指标值
    ACTUAL = "actual"  # 实际完成值
    REMARK = "remark"  # 偏差原因, 备注
    PERCENT = "percent"  # 占比, 执行率
    MONEY = "money"  # 预算数, 金额
    COUNT = "count"  # 人数, 数量
    CODE = "code"  # 科目编码, 序号
    UNIT = "unit"  # 度量单位
    TEXT = "text"  # anything else


@dataclass(frozen=True, slots=True)
class Header:
    """What a header path says: the role, the indicator level (1, 2, 3) for names and marks, the unit it declares."""

    role: Role
    level: int | None
    unit: str | None


_LEVEL = regex.compile(
    r"([一二三四五])级(?:(?:绩效)?指标|(?=[/、和及与]?[二三四五]级(?:绩效)?指标))|第([一二三四五])级指标"
)
_TWO_LEVELS = regex.compile(r"[一二三四](?:级(?:绩效)?(?:指标)?)?[/、和及与][二三四五]级(?:绩效)?指标")
_JUDGED = regex.compile(r"(?:评价|考核|考评|自评|评分|评审)(?:内容|项目|事项|要素|要点)")
_LEVEL_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}
_BRACKETED_UNIT = regex.compile(
    r"[(\[](?:单位[::]?)?(?P<unit>(?:百万元|万元|亿元|千元|元)(?=(?:/\p{Han}{1,4}(?:[·/]\p{Han}{1,2})?)?[)\]])"
    r"|(?:%|百分点|分|万?人次|万?人|个|辆|台|份|件|万?户|家|万?平方米|平方公里|公顷|万?亩|公里|千米|米|万?吨|场次|场|期|次|处|所|座|条|项|套"
    r"|张|只|头|株|册|万?立方米|小时|天)(?=[)\]]))"
)
# One of several units may be that of the amounts: 单位:处、万元、万人
_DECLARED_UNIT = regex.compile(r"单位[::](?:\p{Han}{1,4}[、/,，])*?(?P<unit>百万元|万元|亿元|千元|元|%|人)(?!次)")
_UNIT_AT_END = regex.compile(r"(?P<unit>万元|亿元|%)$")
_FIGURE = regex.compile(r"\d{2}|\d\.")
_BLANK = regex.compile(r"\s+")
_BRACKETS = regex.compile(r"\([^()]*\)|\[[^\[\]]*\]")

# First match wins; each pattern is matched against the innermost header, brackets and blanks removed.
_ROLES: tuple[tuple[Role, regex.Pattern[str]], ...] = tuple(
    (role, regex.compile(pattern))
    for role, pattern in (
        (Role.RATE, r"得分率|得分系数|得分比例"),
        (
            Role.RUBRIC,
            r"(?:评分|评价|计分|打分|考核|评定|得分|扣分)(?:参考)?(?:标准|细则|办法|规则|方法|要点|计算方法|公式)|评分说明|^标准$",
        ),
        (
            Role.EXPLANATION,
            r"指标(?:说明|解释|释义|内容|含义|定义)|评价内容|评价要素|^说明$|得分(?:说明|依据|理由)|评分(?:依据|理由|情况)",
        ),
        (Role.REMARK, r"原因|备注|改进|措施|扣分(?:说明|情况)|佐证|来源"),
        (Role.FULL_MARK, r"分值|权重|满分|标准分|基准分|总分值|赋分|^标准分$|分数\(满分\)"),
        (Role.SCORE, r"得分|评分$|分数|自评分|打分|评价分|考评分|(?:复核|审核|核定|评审|复评|核查|最终)分$"),
        (
            Role.TARGET,
            r"(?:年度|预期|计划|目标|绩效|年初|调整后?)(?:绩效)?(?:指标|目标)?值|^指标值$|^目标值$|^年初目标|^绩效目标$|预期目标",
        ),
        (Role.ACTUAL, r"(?:实际|全年|年度)?(?:完成|实现|达成)(?:指标|目标)?(?:值|情况)|实际值|^业绩值$|^完成程度$"),
        (
            Role.NAME,
            r"^(?:评价|考核|绩效|自评)?指标(?:名称|体系)?$|^[一二三四五]级(?:绩效)?指标(?:名称)?$|^第[一二三四五]级指标$",
        ),
        (Role.UNIT, r"^(?:度量|计量)?单位$"),
        (Role.CODE, r"编码|代码|^序号$|^编号$|^行次$|^[类款项目]$"),
        (
            Role.PERCENT,
            r"%|比例|比重|占比|执行率|完成率|增长率|增幅|降幅|控制率|使用率|利用率|支出率|到位率|覆盖率|满意度|"
            r"进度$|比率|百分比|[^频效税汇利]率$|变动幅度|增减幅",
        ),
        (
            Role.COUNT,
            r"人数|数量|个数|次数|件数|份数|编制数|[空缺超余]编数?$|(?:发放|发出|回收|收回|有效)问卷$|面积|户数|家数|套数|辆数|台数"
            r"|(?:村|镇|乡|县|区|校|班|车|点|处|所|组|场|期|批|项目|单位|机构|企业|床位|岗位|学生|教师|职工|对象)数$",
        ),
        (
            Role.MONEY,
            r"金额|预算|决算|执行数|支出|收入|资金|经费|拨款|投资|结余|结转|费用|费$|额$|合计|小计|总计|款$|万元|"
            r"价值|原值|净值|指标数|批复数|支付|增减|差额|本年数|上年数|年初数|年末数|调整数|到位|调增|调减|资产|本级|补助",
        ),
    )
)

# 预算年度 names a year, not an amount
_PERIOD = regex.compile(r"(?:年度|年份|日期|时间|期间)$")
_COUNT_UNITS = frozenset({"人次", "人", "个", "辆", "台", "份", "件", "户", "家"})
_MONEY_UNITS = frozenset({"元", "千元", "万元", "百万元", "亿元", "人民币元"})


def classify_header(path: Sequence[str]) -> Header:
    """What a column (or row) with this header path holds. Empty texts in the path are passed over."""
    return _classify(tuple(path))


@lru_cache(maxsize=8192)
def _classify(path: tuple[str, ...]) -> Header:
    texts = [_BLANK.sub("", text) for text in path if text.strip()]
    if not texts:
        return Header(Role.TEXT, None, None)
    level = next((found for text in reversed(texts) if (found := level_of(text)) is not None), None)
    unit = next((declared for text in reversed(texts) if (declared := unit_of(text)) is not None), None)
    role = _role_of(texts[-1])
    if role is Role.TEXT and level is not None:
        role = Role.NAME
    if role in (Role.TEXT, Role.CODE) and len(texts) > 1 and unit in _MONEY_UNITS:
        role = Role.MONEY
    if role is Role.TEXT and any(_role_of(text) is Role.MONEY for text in texts[:-1]):
        role = Role.MONEY
    if unit == "%" and role in (Role.TEXT, Role.MONEY, Role.COUNT):
        role = Role.PERCENT
    elif unit in _MONEY_UNITS and role in (Role.TEXT, Role.COUNT):
        role = Role.MONEY
    elif unit in _COUNT_UNITS and role is Role.TEXT:
        role = Role.COUNT
    return Header(role, level, unit)


def level_of(text: str) -> int | None:
    """The indicator level a header names (二级指标 -> 2)."""
    match = _LEVEL.search(text)
    return _LEVEL_NUMBERS[match.group(1) or match.group(2)] if match else None


def heads_what_is_judged(text: str) -> bool:
    """Whether a header stands over what a score table judges where it has no column of indicators (评价内容)."""
    return _JUDGED.fullmatch(_BLANK.sub("", text)) is not None


def names_two_levels(text: str) -> bool:
    """Whether a header stands over the names of two indicator levels (一级指标/二级指标)."""
    return _TWO_LEVELS.search(_BLANK.sub("", text)) is not None


@lru_cache(maxsize=8192)
def unit_of(text: str) -> str | None:
    """The unit a header or caption declares: 预算数(万元), 金额单位:元, 占比(%)."""
    match = _BRACKETED_UNIT.search(text) or _DECLARED_UNIT.search(text)
    if match is None and len(text) <= 12:
        match = _UNIT_AT_END.search(text)
    return match.group("unit") if match else None


def is_money_unit(unit: str | None) -> bool:
    return unit in _MONEY_UNITS


def is_header_word(text: str) -> bool:
    """Whether a cell's text could stand in a header: a short word with a role, without figures."""
    plain = _BLANK.sub("", text)
    return 0 < len(plain) <= 24 and not _FIGURE.search(plain) and _role_of(plain) is not Role.TEXT


def _role_of(text: str) -> Role:
    plain = _BRACKETS.sub("", text) or text
    if _PERIOD.search(plain):
        return Role.TEXT
    for role, pattern in _ROLES:
        if pattern.search(plain):
            return role
    return Role.TEXT


_TOTAL_ROW = regex.compile(
    r"^(?:自评|评价|综合|单位|最终|项目|部门|绩效|合计|全年)*(?:总分|总计|合计|总得分|总评分|综合评分|综合得分|自评得分|评价得分|得分合计|分值合计)"
    r"(?:数|分数|得分|100分)?(?:\([^()]{0,16}\))?$"
)
_NAMED_SUM = regex.compile(r"(?P<name>[^，。()]{2,12})(?:合计|小计|总计)(?:\(.*\))?")
_REVIEWED = regex.compile(r"复核|复评|审核|核定|评审|核查|专家|财政|第三方|最终|评价组|评价得分|评价分")
_SUM_ROW = regex.compile(r"^(?:[^，。]{0,12})?(?:合计|总计|小计|总额|共计|累计)(?:\(.*\))?$|^计$|^全年(?:度)?$")


def is_total_label(text: str) -> bool:
    """Whether a row label names the overall score (总分, 合计, 综合评分)."""
    return bool(_TOTAL_ROW.match(_BLANK.sub("", text)))


def summed_name(text: str) -> str:
    """What the label of a sub-total says that it sums up (产出 for 产出合计), empty where it names nothing."""
    match = _NAMED_SUM.fullmatch(_BLANK.sub("", text))
    return match.group("name") if match is not None else ""


def is_reviewed_score(text: str) -> bool:
    """Whether the header of a score column says that others than the office itself gave the score (复核分)."""
    return _REVIEWED.search(text) is not None


def is_sum_label(text: str) -> bool:
    """Whether a row or column label names a total of the others (合计, 小计, 本年支出合计, 全年 below the quarters)."""
    return bool(_SUM_ROW.match(_BLANK.sub("", text)))


# header, whether it stands over two indicator levels, whether over what is judged
NAME_HEADER_EXAMPLES: tuple[tuple[str, bool, bool], ...] = (
    ("一级指标/二级指标", True, False),
    ("一、二级指标", True, False),
    ("二级指标", False, False),
    ("评价内容", False, True),
    ("考核项目", False, True),
    ("项目", False, False),
)
HEADER_EXAMPLES: tuple[tuple[tuple[str, ...], Role, int | None, str | None], ...] = (
    (("评价指标", "一级指标", "参考分值"), Role.FULL_MARK, 1, None),
    (("评价指标", "三级指标", "名称"), Role.NAME, 3, None),
    (("二级指标",), Role.NAME, 2, None),
    (("一级/二级指标",), Role.NAME, 1, None),
    (("计划里程(公里)",), Role.TEXT, None, "公里"),
    (("补贴标准(元/人)",), Role.MONEY, None, "元"),
    (("权重",), Role.FULL_MARK, None, None),
    (("分值",), Role.FULL_MARK, None, None),
    (("自评得分",), Role.SCORE, None, None),
    (("分数",), Role.SCORE, None, None),
    (("复核分",), Role.SCORE, None, None),
    (("得分率",), Role.RATE, None, None),
    (("得分系数(%)",), Role.RATE, None, "%"),
    (("执行率权重(分)",), Role.FULL_MARK, None, "分"),
    (("执行率得分(20分*执行率)",), Role.SCORE, None, None),
    (("调整指标值",), Role.TARGET, None, None),
    (("全年完成值",), Role.ACTUAL, None, None),
    (("参考评分标准",), Role.RUBRIC, None, None),
    (("评分标准",), Role.RUBRIC, None, None),
    (("指标说明",), Role.EXPLANATION, None, None),
    (("年度指标值",), Role.TARGET, None, None),
    (("实际完成值",), Role.ACTUAL, None, None),
    (("偏差原因分析及改进措施",), Role.REMARK, None, None),
    (("全年预算数(A)",), Role.MONEY, None, None),
    (("全年执行数(万元)",), Role.MONEY, None, "万元"),
    (("预算数(元)", "其中:财政拨款"), Role.MONEY, None, "元"),
    (("执行率",), Role.PERCENT, None, None),
    (("占年初总预算数比例",), Role.PERCENT, None, None),
    (("科目编码",), Role.CODE, None, None),
    (("人数",), Role.COUNT, None, None),
    (("空编数",), Role.COUNT, None, None),
    (("涉及村数",), Role.COUNT, None, None),
    (("有效问卷(份)",), Role.COUNT, None, "份"),
    (("满意(份)",), Role.COUNT, None, "份"),
    (("调查问卷",), Role.TEXT, None, None),
    (("度量单位",), Role.UNIT, None, None),
    (("项目名称",), Role.TEXT, None, None),
    (("频率",), Role.TEXT, None, None),
    (("单位:处、万元、万人",), Role.MONEY, None, "万元"),
    (("预算年度",), Role.TEXT, None, None),
)
