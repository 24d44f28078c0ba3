"""Units of figures: what each measures, its base unit and worth, and the words that only look like it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import regex


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed. `factor` is its worth in `name`, the base unit: 万平方米 is 10000 平方米.

    `places` after the point make sense only for divisible units: there are no 1.5 households.
    """

    kind: str
    name: str
    factor: Decimal
    divisible: bool = True


_ONE = Decimal(1)

MULTIPLIERS: dict[str, Decimal] = {
    mark: Decimal(worth)
    for mark, worth in {
        "十": 10,
        "百": 100,
        "千": 1000,
        "万": 10**4,
        "十万": 10**5,
        "百万": 10**6,
        "千万": 10**7,
        "亿": 10**8,
        "十亿": 10**9,
        "百亿": 10**10,
        "千亿": 10**11,
        "万亿": 10**12,
    }.items()
}

# Measure words (量词). A colon parts off the characters that make another word of it when they follow:
# "10所学校" counts schools, "所属" and "所有" do not.
_MEASURE_WORDS = """
人:民大均事才口工力数类群体防社普 人次 人天 人日 人·次 人·天 人/次 人家 名:称单录额义目列 位:置于列次 个:税旧 项 次:级数序要 件:次 件次 家:庭长属具畜禽访园
户:籍口外型均 户次 人户 台:账湾风历 台次 辆 辆次 套 宗 份:额 块 栋 幢 座:谈 处:理于置室长级罚分境 处次 间:接隔 所:属有在需得示以谓
场:地所馆站景 场次 期:间限末初望 篇 条 批:准复示次 批次 组:织长成建 支:出付部持撑委队 支队伍 只 头 匹 羽 株 棵 盆 张:贴 张次 幅:度
部:门分署长队级委 本:级局单部年次项市区地身中 册 枚 艘 架:构 门:类 种:植子 轮 段:落 起:草步 笔 款:项 卷 集:中体成团合 班:子级 班次 车次 床 片:区
例:如 课时 学时 课 台套 台(套) 台/套 套/台 台件 副 根:据 节:约能假点 颗 粒 桶 瓶 箱 袋 盒 包:括含 筐 桌 席 岗:位 句 首:次要先页 遍 趟 顿 步:骤 环 圈
梯次 队:伍员 频次 标段 站:点 线:路上下 路:面段 网 格 村次 户数 处所 点位
"""
_DURATIONS = "年:度级会报底初末中份前后终均鉴 周年 周:边期转 天:然津 小时 分钟 秒:批 个月 个工作日 工作日 学年 个年度 个季度 日内:地陆 日以内 天内"
_QUALIFIED_MEASURE = "个月 个工作日 个年度 个季度"

_AREAS = {
    "平方米": ("平方米", 1),
    "平米": ("平方米", 1),
    "㎡": ("平方米", 1),
    "m²": ("平方米", 1),
    "m2": ("平方米", 1),
    "平方公里": ("平方公里", 1),
    "平方千米": ("平方公里", 1),
    "km²": ("平方公里", 1),
    "km2": ("平方公里", 1),
    "公顷": ("公顷", 1),
    "亩": ("亩", 1),
    "亩次": ("亩", 1),
}

_OTHERS = (
    "个百分点 百分点 ‰ 倍:增速频 公里 千米 米:其饭面粉 厘米 毫米 km 海里 吨 千克 公斤 kg 斤 克:服难 立方米 立方 m³ 方:面案式法向便米 升:级至降为 千瓦时 千瓦 兆瓦 "
    "kWh kW MW MWh 度:假数 元/㎡ 岁:以 ℃ 摄氏度 分贝 兆 GB TB MB PB 倍次 标准煤 吨标准煤 公里/小时 车公里 车道公里 延米 千伏安 千伏 kV 个亿"
)
_FOREIGN_MONEY = "美元 港元 港币 欧元 日元 英镑 澳门元 加元 澳元 韩元 卢布 新台币 美金"

MONEY = "元"
SCORE = Unit("score", "分", _ONE)


def _spelled(words: str) -> dict[str, str]:
    """Each word with the characters that must not follow it."""
    return dict((word.partition(":")[0], word.partition(":")[2]) for word in words.split())


def _build() -> tuple[dict[str, Unit], dict[str, str]]:
    units: dict[str, Unit] = {}
    unlike: dict[str, str] = {}
    for words, kind, divisible in (
        (_MEASURE_WORDS, "count", False),
        (_DURATIONS, "count", True),
        (_OTHERS, "other", True),
        (_FOREIGN_MONEY, "other", True),
    ):
        for word, following in _spelled(words).items():
            units[word] = Unit(kind, word, _ONE, divisible)
            unlike[word] = following
    for word, (name, factor) in _AREAS.items():
        units[word] = Unit("area", name, Decimal(factor))
    units["%"] = Unit("percent", "%", _ONE)
    units["个百分点"] = units["百分点"] = Unit("other", "百分点", _ONE)
    for word in ("日内", "日以内", "天内"):
        units[word] = Unit("count", "日" if word.startswith("日") else "天", _ONE)
    units["元"] = units["圆"] = Unit("money", MONEY, _ONE)
    unlike["元"] = "旦宵素件首老宝月气"
    units["元人民币"] = units["元整"] = units["块钱"] = units["元"]
    return units, unlike


UNITS, UNLIKE = _build()
_LONGEST = max(map(len, UNITS))


def unit_at(text: str, position: int) -> tuple[Unit, int] | None:
    """The longest unit that begins at `position`, with the offset of its end; None when there is none."""
    for length in range(min(_LONGEST, len(text) - position), 0, -1):
        end = position + length
        word = text[position:end]
        unit = UNITS.get(word)
        if unit is None:
            continue
        if text[end : end + 1] in UNLIKE.get(word, "") and end < len(text):
            continue
        if word[-1].isascii() and word[-1].isalpha() and text[end : end + 1].isascii() and text[end : end + 1].isalpha():
            continue
        return unit, end
    return None


_DECLARED = regex.compile(
    r"(?:单位|计量单位)\s*:?\s*(?:人民币)?\s*(?P<caption>[十百千万亿]*元|%|[\p{Han}]{1,4})"
    r"|[(\[](?:单位:)?(?:人民币)?(?P<header>[十百千万亿]*元|%|分|人|个|项|家|户|件|次|公顷|亩|[万]?平方米)[)\]]"
)


def find_declared_unit(text: str) -> str | None:
    """The unit that a table caption or header cell declares ("单位:万元", "预算数(元)"); None without one."""
    match = _DECLARED.search(text)
    if match is None:
        return None
    return match.group("caption") or match.group("header")


def parse_unit(name: str) -> Unit | None:
    """The unit named `name`, multiplier folded in (万元 is worth 10000 元, 万人次 10000 人次); None when unknown."""
    if name in ("分", "分值"):
        return SCORE
    if name in UNITS:
        return UNITS[name]
    base = name.lstrip("十百千万亿")
    unit = UNITS.get(base)
    factor = MULTIPLIERS.get(name[: len(name) - len(base)])
    if unit is None or factor is None:
        return None
    return Unit(unit.kind, unit.name, unit.factor * factor, unit.divisible)
