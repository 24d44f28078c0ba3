"""Known partitions: names that together make up a whole by the rules of budgeting, whatever words join them.

Sources: 部门预算 and 部门决算 forms of the Ministry of Finance (基本支出 / 项目支出; 人员经费 / 公用经费; the kinds of
income), 中华人民共和国预算法 (2018) article 5 (the four budgets), 政府采购法 article 2 (goods, works, services),
党政机关厉行节约反对浪费条例 (the three kinds of “三公” spending), 政府会计准则 (assets).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex


@dataclass(frozen=True, slots=True)
class Partition:
    """Members that make up a whole.

    `required` must all be there for the parts to be complete; `optional` ones may be there too. A member is a pattern
    searched in the words before a figure. An `open` partition may have members that no list can foresee; a `usual` one
    makes up a whole in all likelihood, though no rule says so.
    """

    name: str
    required: tuple[regex.Pattern[str], ...]
    optional: tuple[regex.Pattern[str], ...] = ()
    open: bool = False
    usual: bool = False


def _partition(
    name: str, required: str, optional: str = "", *, is_open: bool = False, is_usual: bool = False
) -> Partition:
    return Partition(
        name,
        tuple(regex.compile(word) for word in required.split()),
        tuple(regex.compile(word) for word in optional.split()),
        is_open,
        is_usual,
    )


PARTITIONS: tuple[Partition, ...] = (
    _partition(
        "人员、公用、项目", r"人员(?:经费|支出) 公用(?:经费|支出) 项目(?:经费|支出)", r"对个人和家庭(?:的)?补助"
    ),
    _partition("基本支出、项目支出", r"基本(?:支出|经费) 项目(?:支出|经费)", r"上缴上级 经营支出 对附属单位"),
    _partition("人员经费、公用经费", r"人员(?:经费|支出) 公用(?:经费|支出)", r"对个人和家庭(?:的)?补助"),
    _partition(
        "收入来源",
        r"一般公共预算|财政拨款|公共财政",
        r"政府性基金 国有资本经营 财政专户 上级补助 事业收入 (?<!国有资本)经营收入"
        r" 附属单位上缴 其他收入 (?:上年|年初)结转 使用非财政拨款结余",
        is_open=True,
    ),
    _partition("三公经费", r"出国 公务接待|接待费 公务用?车"),
    _partition("公务用车", r"(?:公务用)?车(?:辆)?购置(?!及|和|与|、|税) (?:公务用)?车(?:辆)?(?:运行|运维)"),
    _partition("采购品目", r"货物 工程 服务"),
    _partition(
        "编制类别", r"行政编制 事业编制", r"工勤|机关后勤 参公|参照公务员 专项编制|政法编制 编外|聘用|临聘|合同制"
    ),
    _partition("在职与离退休", r"在职|在岗 (?:离)?退休", r"(?<!和)离休 遗属 临聘|聘用|编外", is_usual=True),
    _partition("残疾人两项补贴", r"困难残疾人生活补贴 重度残疾人护理补贴", is_usual=True),
    _partition("人员类别", r"行政(?:编制)?人员|公务员 事业(?:编制)?人员|职员", r"工勤 执法 参公 雇员 经费自理"),
    _partition(
        "资金层级",
        r"中央(?:财政|预算|资金|补助|专项)? 省(?:级|财政|补助|专项)|自治区",
        r"市(?:级|财政) (?:县|区)(?:级|财政) 自筹 镇|乡 社会 其他",
        is_open=True,
    ),
    _partition("本年与上年结转", r"(?:上年|年初)结转 本年|当年", r"用事业基金|使用非财政拨款结余"),
    _partition(
        "资产",
        r"流动资产 固定资产 无形资产",
        r"在建工程 长期(?:股权)?投资 公共基础设施 政府储备 文物 保障性住房 其他",
        is_open=True,
    ),
    _partition("性别", r"男(?:性|生|职工|同志)?(?=$|[^\p{Han}]) 女(?:性|生|职工|同志)?(?=$|[^\p{Han}])"),
    _partition("地上、地下", r"地上 地下"),
    _partition(
        "资产使用状况",
        r"在用|正常使用|使用中 待处置|待报废|闲置|未使用",
        r"出租|出借 对外投资 其他",
        is_usual=True,
    ),
    _partition("规模", r"大型|大\([I1一]\)型 中型 小型", r"特大型|超大型 微型", is_usual=True),
    _partition("公路", r"县道 乡道 村道", r"国道 省道 专用", is_usual=True),
    _partition("经营主体", r"(?<!个人独资|合伙)企业 个体工商户|个体户|个体 合作社", is_usual=True),
    _partition("办件", r"即办件|即时办结 承诺件|限时办结", r"上报件|转报件 联办件", is_usual=True),
    _partition("城乡", r"城镇|城市|市区 农村|乡村", is_usual=True),
    _partition("新续建", r"新开工|新实施|新启动|新增|新立项 续建|延续|跨年|结转项目", is_usual=True),
    _partition("半年", r"上半年 下半年", is_usual=True),
    _partition(
        "季度",
        r"[一1]季度 [二2]季度 [三3]季度 [四4]季度",
        is_usual=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Members:
    """The places, in a list of heads, of the members of a partition found; `complete` when they make up the whole,
    `usual` when they do so in all likelihood."""

    partition: Partition
    places: tuple[int, ...]
    complete: bool
    usual: bool = False


def find_members(heads: Sequence[str], denied: str = "") -> list[Members]:
    """Every partition of which at least two members stand among `heads`, each member once, larger sets first.

    `denied` are words that say that there is nothing of a member (未安排因公出国费用): it is not missing then.
    """
    found: list[Members] = []
    if len(heads) < 2:
        return found
    together = "\n".join(heads)
    for partition in PARTITIONS:
        named = [member for member in (*partition.required, *partition.optional) if member.search(together)]
        places = _places(named, heads) if len(named) >= 2 else None
        if places is not None and len(places) >= 2:
            named_all = all(
                any(member.search(heads[place]) for place in places) or (denied and member.search(denied))
                for member in partition.required
            )
            entire = named_all and not partition.open
            found.append(
                Members(
                    partition,
                    tuple(sorted(places)),
                    complete=entire and not partition.usual,
                    usual=entire and partition.usual,
                )
            )
    return sorted(found, key=lambda members: -len(members.places))


def _places(named: Sequence[regex.Pattern[str]], heads: Sequence[str]) -> set[int] | None:
    """Which heads name the members; None where one is named twice."""
    taken: set[int] = set()
    for member in named:
        matching = [place for place, head in enumerate(heads) if place not in taken and member.search(head)]
        if len(matching) > 1:
            return None
        taken.update(matching)
    return taken


# heads, name of the first partition found and places of its members
PARTITION_EXAMPLES: tuple[tuple[tuple[str, ...], tuple[str, tuple[int, ...]] | None], ...] = (
    (("基本支出", "项目支出"), ("基本支出、项目支出", (0, 1))),
    (("人员经费支出", "日常公用经费", "项目支出"), ("人员、公用、项目", (0, 1, 2))),
    (("货物采购金额", "工程采购金额", "服务采购金额"), ("采购品目", (0, 1, 2))),
    (("流动资产", "固定资产净值", "无形资产净值"), ("资产", (0, 1, 2))),
    (("因公出国(境)费", "公务用车购置及运行维护费", "公务接待费"), ("三公经费", (0, 1, 2))),
    (("公务用车购置费", "公务用车运行维护费"), ("公务用车", (0, 1))),
    (("公务员", "职员", "雇员"), ("人员类别", (0, 1, 2))),
    (("男性", "女性"), ("性别", (0, 1))),
    (("大型水库", "中型水库", "小型水库"), ("规模", (0, 1, 2))),
    (("企业", "个体工商户", "农民专业合作社"), ("经营主体", (0, 1, 2))),
    (("在用", "待处置"), ("资产使用状况", (0, 1))),
    (("办公费", "差旅费"), None),
    (("男装", "女装"), None),
    (("基本支出", "基本支出预算"), None),
)
