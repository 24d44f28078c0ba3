"""The reading guide (说明), the last sheet of the workbook: (section, Chinese, English), line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.publish.schema import Row
from pipeline.publish.workbook.words import (
    CHANGES,
    DOCUMENT_STATUSES,
    FIGURE_STATUSES,
    GENRES,
    KINDS,
    VERDICTS,
    Words,
)

Line = tuple[str, str, str]

_SHEETS: tuple[Line, ...] = (
    ("工作表", "", "Sheets"),
    (
        "问题 findings",
        "报告中不成立的数字关系，每行一个。点“打开”到证据页，原文数字在页面上标出（先运行 jixiao report）。",
        "What does not hold, one row each. 打开 opens the evidence page with the figures marked (see jixiao report).",
    ),
    (
        "指标 indicators",
        "评分表和正文中的指标体系：分值、得分、得分率及复算得分。",
        "The indicator trees of score tables and of prose: full mark, score, rate, and the score re-computed.",
    ),
    (
        "数字 figures",
        "报告中的每一个数字，及其是否参与了成立的核对。“未核”不等于正确。",
        "Every figure, and whether it takes part in a check that holds. Unchecked (未核) does not mean right.",
    ),
    (
        "文档 documents",
        "每份文件一行，包括未能读取的文件及原因。",
        "One row per input, also for those that could not be read, with the reason.",
    ),
    (
        "变化 changes",
        "与上一次运行相比新增、有变、消失的问题。文件未读或未给的，其问题不算消失。",
        "Findings that are new, changed or gone since the run before. Where a file was not read (文档未读) or not "
        "given (文档未给), its findings are not called gone.",
    ),
)

_READING: tuple[Line, ...] = (
    ("程度", "", "Severity"),
    ("错误 error", "算术上矛盾：考虑四舍五入后仍不可能同时成立。", "Cannot all be right, whatever was rounded."),
    ("警告 warning", "很可能有误：有一步是推断的。", "Likely wrong: one step of the reading is inferred."),
    (
        "提示 note",
        "形式问题，或原因已查明（如只舍不入）。",
        "A matter of form, or explained (such as rounding downwards).",
    ),
    ("数字", "", "Numbers"),
    (
        "原文与数值",
        "“报告所载”“原文”一栏与报告逐字一致；数值栏的金额以元计，百分比按所印（97.62 即 97.62%）。",
        "Columns 报告所载 and 原文 are as printed; in number columns money is in yuan, a percentage as printed (97.62 "
        "for 97.62%).",
    ),
    (
        "至少相差",
        "计入各数四舍五入后仍必然存在的最小误差。",
        "The least error there must be when the rounding of every figure is allowed for.",
    ),
    (
        "有效数字",
        "超过15位有效数字的数以文本保存，因为表格软件会改动其末位。",
        "A number of more than 15 digits is kept as text, because spreadsheets would change its last digits.",
    ),
    ("审核", "", "Review"),
    (
        "填写",
        "在“问题”表的橙色栏填写：审核结论选“确认”（问题属实）、“排除”（须写理由）或“待定”；再填审核人、日期。",
        "Fill in the orange columns of the findings sheet: 确认 confirmed, 排除 dismissed (give the reason) or 待定 "
        "open; then who and when.",
    ),
    (
        "收取",
        "存盘后运行 jixiao review import findings.xlsx，结论存入 reviews.csv，以后每次运行按问题编号带入。",
        "Save, then run jixiao review import findings.xlsx. Decisions go into reviews.csv and are carried on by every "
        "later run, by finding_id.",
    ),
    (
        "不会丢失",
        "改动过的工作簿在重写前另存为 findings.edited-1.xlsx 等。",
        "A workbook that someone has edited is kept as findings.edited-1.xlsx and so on before it is written anew.",
    ),
)


_GLOSSARY: tuple[tuple[str, str, Words], ...] = (
    ("核对", "Whether a figure takes part in a check that holds, in one that does not, or in none.", FIGURE_STATUSES),
    ("结论", "Verdicts: exact to the last digit; within rounding; contradicted; not decidable.", VERDICTS),
    ("状态", "Whether a file was read whole, in part, or not at all.", DOCUMENT_STATUSES),
    ("变化", "How a finding differs from the run before.", CHANGES),
    ("类别", "What a figure measures.", KINDS),
    ("类型", "What kind of report it is.", GENRES),
)


def guide(run: Row | None, cuts: Sequence[tuple[str, int, int]]) -> Iterator[Line]:
    """The guide of a workbook. `cuts` are sheets that hold fewer rows than there are: name, rows held, rows there are.

    `run` is None where the results are of no whole run.
    """
    if run is not None:
        made = f"jixiao {run['version']}, rules {run['rules_version']}, run {run['run_id']}"
        yield "来源", f"{run['inputs']} 份文件，{run['pages']} 页", made
    for name, held, there in cuts:
        yield (
            "注意：已截断",
            f"“{name}”只含前 {held:,} 行，共 {there:,} 行；全部在 Parquet 数据集中。",
            f"The sheet holds the first {held:,} of {there:,} rows; all of them are in the Parquet dataset.",
        )
    yield from _SHEETS
    yield from _READING
    yield "用语", "", "Words"
    for title, english, words in _GLOSSARY:
        yield title, "、".join(f"{chinese} {name}" for name, (chinese, _) in words.items()), english
