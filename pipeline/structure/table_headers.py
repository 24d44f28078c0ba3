"""Header rows: how many rows at the top of a table name its columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.structure.table_parts import Grid, Slot, is_value

# No header has more rows than this, titles that span the table left out.
MOST_ROWS = 4
# Share of the usual columns of the body that a header of several rows must divide.
NEARLY = 0.6
# Share of header cells that hold a word of the genre's headers where no column of figures confirms the header.
NAMED = 0.4
# Names of columns are no longer than this.
LONGEST_NAME = 40
# So many rows of figures below show that what stands above them are names, whatever the words.
MANY_ROWS = 3
# Share of a column's filled body cells that are bare values in a column of figures.
FIGURES = 0.6

_HEADER_WORD = re.compile(
    r"序号|编号|名称|项目|指标|内容|分值|权重|得分|分数|满分|评分|评价|标准|依据|说明|金额|单位|合计|小计|预算|决算|执行|支出|收入"
    r"|完成|目标|备注|类别|类型|数量|比例|占比|[率值数额]$|年度|时间|期间|季度|进度|科目|编码|代码|任务|情况|部门|日期|原因|资金|经费|拨款"
    r"|措施|上年|本年|性质|级别|人数|面积|结果|[类款项种]$|[年期][初末]|增幅|增减|净增|差额|余额|总数"
)
_COLUMN_NUMBER = re.compile(
    r"[0-9]{1,2}(?:=.+)?|[A-Z](?:=.+)?|[甲乙丙丁]|\([0-9]{1,2}\)(?:=.+)?|栏次|行次|[类款项]|[-—]+|"
)


def count_title_rows(rows: Sequence[Sequence[Slot]], cols: int) -> int:
    """How many rows at the top are a single cell across the whole table: titles, not headers."""
    count = 0
    while count < len(rows) and cols > 1:
        row = rows[count]
        if len(row) != 1 or row[0].col_span < cols or row[0].row_span > 1:
            break
        count += 1
    return count


def count_header_rows(grid: Grid) -> int:
    """The number of header rows, titles above them included; 0 where the first rows name no columns.

    A header ends below all cells that begin in it, holds no values, and divides the columns at least as finely as
    most rows below it do. Rows of labels and values side by side (forms) divide them otherwise. A header of several
    rows may leave a few columns to be divided by a row that has values already (类 款 项 beside the total).
    """
    rows = grid.by_row()
    titles = count_title_rows(rows, grid.cols)
    divisions = [frozenset(slot.col for slot in row) for row in rows]
    nearly = 0
    for end in range(titles + 1, min(titles + MOST_ROWS, grid.rows - 1) + 1):
        header = list({id(slot): slot for row in rows[titles:end] for slot in row}.values())
        if end - 1 > titles and _count_column_numbers(rows, end - 1):
            named = list({id(slot): slot for row in rows[titles : end - 1] for slot in row}.values())
            return end if _names_columns(named, rows[end:], divisions[end - 1]) else nearly
        if any(is_value(slot.text) for slot in header) or _stacks_labels(rows[titles:end]):
            return nearly
        if any(slot.bottom_row >= end for slot in header):
            continue
        columns, below = divisions[end - 1], divisions[end:]
        if sum(1 for division in below if division <= columns) * 2 >= len(below):
            return end + _count_column_numbers(rows, end) if _names_columns(header, rows[end:], columns) else 0
        usual = Counter(below).most_common(1)[0][0]
        several = any(slot.row_span > 1 for slot in header)
        if several and len(columns & usual) >= NEARLY * len(usual) and _names_columns(header, rows[end:], columns):
            nearly = end
    return nearly


def _stacks_labels(rows: Sequence[Sequence[Slot]]) -> bool:
    """Whether the first column has one label below the other, each beside its own value: a form, no header."""
    first = [row[0] for row in rows if row and row[0].col == 0]
    labels = {id(slot) for slot in first if slot.col_span == 1 and slot.text}
    return len(labels) > 1


def _names_columns(header: Sequence[Slot], body: Sequence[Sequence[Slot]], columns: frozenset[int]) -> bool:
    """Whether the cells name what stands below: words of headers, above columns of figures or by their number."""
    filled = [slot for slot in header if slot.text]
    if len(filled) * 2 < len(header) or any(len(slot.text) > LONGEST_NAME for slot in filled):
        return False
    named = [slot for slot in filled if _HEADER_WORD.search(slot.text)]
    figures = [col for col in columns if _is_figure_column(body, col)]
    if len(columns) > 2 and figures:
        # In forms, too, figures stand below words, but below the values of other labels.
        over_figures = sum(1 for col in figures if any(slot.col <= col < slot.col + slot.col_span for slot in named))
        return len(named) > 0 and (over_figures * 2 >= len(figures) or len(body) >= MANY_ROWS)
    return len(named) >= max(2, NAMED * len(filled))


def _is_figure_column(body: Sequence[Sequence[Slot]], col: int) -> bool:
    texts = [slot.text for row in body for slot in row if slot.col == col and slot.text]
    return len(texts) > 0 and sum(map(is_value, texts)) >= FIGURES * len(texts)


def _count_column_numbers(rows: Sequence[Sequence[Slot]], start: int) -> int:
    """1 when the row at `start` numbers the columns (栏次 1 2 3 …), else 0."""
    if start >= len(rows) - 1:
        return 0
    texts = [slot.text for slot in rows[start]]
    numbers = [int(text) for text in texts if text.isdigit()]
    counted = len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 2
    return int(counted and all(_COLUMN_NUMBER.fullmatch(text) for text in texts))
