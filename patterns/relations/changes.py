"""Changes: how much something rose, fell, was added or taken away."""

from __future__ import annotations

import regex

_CHANGE = regex.compile(
    r"(?:增加|减少|增长|下降|上升|降低|提高|调增|调减|核增|核减|追加|追减|压减|压缩|节约|节省|收回|增收|减收|新增|增支|减支|多|少|高出|低于预算)"
    r"(?:了|额|数|金额|资金|预算|支出|收入|指标|经费|计划|支)*(?:为|约|近|达|共计?|合计)*[:]?$"
)


def is_change(head: str) -> bool:
    """Whether the words before a figure make it an amount of change (比上年减少), not a level."""
    return _CHANGE.search(head) is not None


# head, whether the figure behind it is a change
CHANGE_EXAMPLES: tuple[tuple[str, bool], ...] = (
    ("比2023年预算减少", True),
    ("，较上年增加了", True),
    ("调减预算", True),
    ("收回计划", True),
    ("年末结余", False),
    ("减少后的预算为", False),
    ("其中:财政拨款收入", False),
)
