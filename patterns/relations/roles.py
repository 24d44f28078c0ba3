"""The part a figure plays in the life of money, posts and tasks: planned, provided, or done.

The words before a figure tell; where several speak, the last one counts ("实际下达计划" is a plan, "预算执行数" is
done).
"""

from __future__ import annotations

from enum import IntEnum

import regex


class Role(IntEnum):
    """Ordered: a rate divides what is further on by what comes before (支出 by 到位, 到位 by 计划)."""

    UNKNOWN = 0
    PLANNED = 1  # 预算, 计划, 目标, 编制, 应…
    PROVIDED = 2  # 到位, 下达, 拨付
    DONE = 3  # 决算, 实际支出, 完成, 在编


# Names in which a word of the lists below says nothing about the figure.
_NEUTRAL = regex.compile(
    r"一般公共(?:服务)?预算|公共财政预算|政府性基金预算|国有资本经营预算|社会保险基金预算|预算(?:单位|项目|绩效|科目|部门|管理|编制|法)"
    r"|(?:目标|任务|计划)(?:管理|设置|要求)|编制外|编外|无编制|重点工作任务|绩效(?:目标|指标)|支出(?:功能|经济)分类|财政(?:拨款|支出)收支"
)
_WORDS = regex.compile(
    r"""
    (?P<done>
        决算(?:支出|收入)?(?:数|金额|额|总额)?
      | (?:预算)?(?:执行|完成|支付|支出)(?:数|金额|额|资金)(?<!预算支出数)(?<!预算支出金额)(?<!预算支出额)
      | 预算(?:执行|完成|支付)(?!率|进度|计划)
      | 实际(?:已)?(?:完成|支出|支付|使用|执行|采购|发生|列支|投入|投资|开支)
      | 实际(?:人数|数|成交|参训|办结|补助|发放|签约|中标|合同)
      | 实际(?!已?(?:下达|分配|到位|拨付)) | 实支 | 实有 | 实发 | 实招 | 在编(?!制) | 在职 | 在岗
      | 已?(?:全部)?完成(?!率) | 已?支付(?!率|计划|预算|进度|标准) | 支付(?:金额|资金) | 已?使用(?!率|计划|权)
      | 支出(?!率|预算|计划|进度|总?指标|限额|标准|绩效|责任|结构|方向|范围|项目|标准)
      | 列支 | 发生(?!率) | 用于 | 花费 | 开支 | 成交 | 中标 | 结算 | 实绩 | 实现(?!率)
      | 已?办结(?!率) | 已整改 | 整改(?:完成|到位) | 合格(?!率) | 满意(?!率|度) | 有效(?!率) | 收回有效
    )
  | (?P<provided>
        (?:资金|实际)?到位(?!率) | (?:已|实际)?下达(?!计划|率) | (?:已|实际)?拨付(?!率|计划)
      | (?:已|实际)?分配(?!计划|率) | 收到 | 安排资金 | 追加后
      | 可用(?:资金|财力|经费) | 可支配(?:资金|财力)
    )
  | (?P<planned>
        (?:年初|全年|年度|调整|批复|部门|支出|收入|采购|追加)*预算
        (?:支出|收入)?(?:总额|总数|安排数?|调整数?|批复数?|下达数?|控制数|数|额|金额|指标|总?收入|总?支出)?
      | 计划(?!生育|财务)(?:数|总数|金额|投资|完成|支出|安排)? | 目标(?:值|数|任务)? | 指标(?:值|总额|金额|数)?
      | 编制(?!说明|情况|人员)(?:总?数|总额)? | 核定 | 应(?:完成|到位|支付|办|收|缴|发|配|补|开展)
      | 年初(?:数|安排)?
      | 调整(?:后|数) | 调[减增整](?:为|至|到) | 批复(?:数|金额)? | 下达计划 | 任务(?:数|量)? | 安排(?:数|金额)?(?!资金)
      | 限额 | 额度 | 标准(?!化) | 申请(?:数|金额)? | 概算 | 合同(?:金额|价) | 控制价 | 定额
    )
    """,
    regex.VERBOSE,
)
# Words of a whole decide only where nothing else speaks: the whole is what a part is measured against.
_WHOLE = regex.compile(r"总(?:额|数|计|量|指标|资产|投资|人数)|合计|共计?|原值|账面")


# 超过目标3家: by how much, not the target.
_BEYOND = regex.compile(r"超(?:过|出|额)?(?:完成)?(?:年度|年初|全年)?(?:计划|目标|预算|任务)(?:数|值)?$")


def role_of(head: str) -> Role:
    """The role of the figure that the words `head` name; what only says by how much a plan is exceeded has none."""
    if _BEYOND.search(head):
        return Role.UNKNOWN
    plain = _NEUTRAL.sub("", head)
    found = None
    for match in _WORDS.finditer(plain):
        found = match.lastgroup
    if found == "done":
        return Role.DONE
    if found == "provided":
        return Role.PROVIDED
    if found == "planned":
        return Role.PLANNED
    return Role.UNKNOWN


_EMPTY = regex.compile(
    r"(?:19|20)\d\d年(?:度|末|底|初)?|\d{1,2}月(?:\d{1,2}日|底|末)?|截[至止](?:到)?|我[局委办院部中单处]?(?:位|心)?|本[局委办院部]|[本该]单位|单位|部门|其中|全年|年度|本年|当年"
    r"|年末|年底|期末|累计|实际|已|共计?|合计|总|资金|经费|金额|数额|数|额|为|是|达|约|的|年中|整体|全部|[\p{P}\p{S}\s]"
)


def subject_of(head: str) -> str:
    """What the words before a figure speak of, without time, office and role: 项目 for 2023年项目支出预算数.

    Empty where they speak of the whole (实际支出, 调整后预算).
    """
    return _EMPTY.sub("", _WORDS.sub("", _NEUTRAL.sub("", head)))


def is_whole(head: str) -> bool:
    """Whether the words name a whole (总额, 合计, 共)."""
    return _WHOLE.search(head) is not None


# head, subject
SUBJECT_EXAMPLES: tuple[tuple[str, str], ...] = (
    ("2023年我局实际支出", ""),
    ("调整后预算", ""),
    ("项目支出", "项目"),
    ("基本支出预算指标", "基本"),
    ("本单位全年决算支出", ""),
)

# head, role
ROLE_EXAMPLES: tuple[tuple[str, Role], ...] = (
    ("年初预算数为", Role.PLANNED),
    ("其中一般公共预算财政拨款收入", Role.UNKNOWN),
    ("政府性基金调整预算数", Role.PLANNED),
    ("年初预算支出数为", Role.PLANNED),
    ("实际支出", Role.DONE),
    ("预算执行数为", Role.DONE),
    ("“三公”经费支出预算总额", Role.PLANNED),
    ("“三公”经费支出决算数总额", Role.DONE),
    ("实际完成支付金额为", Role.DONE),
    ("收回后实际下达计划", Role.PLANNED),
    ("实际已分配征收计划为", Role.PLANNED),
    ("行政编制总数", Role.PLANNED),
    ("实有在编在职行政人员", Role.DONE),
    ("资金到位", Role.PROVIDED),
    ("超过目标", Role.UNKNOWN),
    ("比预算数", Role.PLANNED),
    ("计划培训", Role.PLANNED),
    ("累计完成投资", Role.DONE),
    ("年度计划投资", Role.PLANNED),
    ("办公用房面积", Role.UNKNOWN),
    ("基本支出", Role.DONE),
    ("基本支出预算指标", Role.PLANNED),
    ("完成重点工作任务", Role.DONE),
)
