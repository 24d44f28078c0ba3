"""Sources to PDF with WeasyPrint: HTML with paged-media CSS. The main typesetter of the sample reports."""

from __future__ import annotations

import datetime
import hashlib
from html import escape
from pathlib import Path

from corpus.source import Block, Heading, Layout, PageBreak, Paragraph, ReportSource, Table

STYLE = Path(__file__).parent / "official.css"

_BODY_FONTS = {
    "song": '"Noto Serif CJK SC"',
    "kai": '"AR PL UKai CN"',
    "sungti": '"AR PL SungtiL GB"',
}
_ALIGNMENTS = {"l": "left", "c": "center", "r": "right"}


def typeset(report: ReportSource) -> bytes:
    """The PDF of a report; the same source gives the same bytes. Raises ImportError without the `typeset` extra."""
    from weasyprint import HTML  # noqa: PLC0415  # an optional extra

    document = html(report)
    identifier = hashlib.md5(document.encode(), usedforsecurity=False).hexdigest().encode()
    pdf: bytes = HTML(string=document).write_pdf(pdf_identifier=identifier)
    return pdf


def html(report: ReportSource) -> str:
    """The report as one HTML page that carries its style."""
    parts = [_head(report)]
    parts.append(
        _cover(report) if report.cover else "".join(f"<h1 class='title'>{_text(t)}</h1>" for t in report.title)
    )
    if report.contents:
        parts.append(_contents(report.blocks))
    parts.append("<section>")
    parts.extend(_block(block, index) for index, block in enumerate(report.blocks))
    parts.append("</section></body></html>")
    return "\n".join(parts)


def _head(report: ReportSource) -> str:
    created = datetime.datetime.combine(report.date, datetime.time(9), datetime.UTC).isoformat()
    return (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(''.join(report.title))}</title>"
        f'<meta name="dcterms.created" content="{created}">'
        f"<style>{STYLE.read_text(encoding='utf-8')}\n{_page_style(report.layout)}</style></head><body>"
    )


def _page_style(layout: Layout) -> str:
    top, right, bottom, left = layout.margins
    before, _, after = layout.page_number.partition("{}")
    number = f'content: "{before}" counter(page) "{after}"; font-size: 14pt;'
    if layout.page_number_at == "outside":
        numbers = (
            f"@page :right {{ @bottom-right {{ {number} }} }} @page :left {{ @bottom-left {{ {number} }} }}"
            " @page :first { @bottom-right { content: none } @bottom-left { content: none } }"
        )
    else:
        numbers = f"@page {{ @bottom-center {{ {number} }} }}"
    head = ""
    if layout.running_head:
        head = (
            f'@page {{ @top-center {{ content: "{layout.running_head}"; font-size: 10.5pt; width: 100%;'
            " border-bottom: 0.5pt solid black; margin-bottom: 6mm; vertical-align: bottom } }"
        )
    return (
        f"@page {{ size: A4; margin: {top}mm {right}mm {bottom}mm {left}mm }} {numbers} {head}"
        f" body {{ font-family: {_BODY_FONTS[layout.body]}, serif; font-size: {layout.size}pt;"
        f" line-height: {layout.leading}pt }}"
    )


def _cover(report: ReportSource) -> str:
    title = "".join(f"<p class='title'>{_text(line)}</p>" for line in report.title)
    fields = "".join(f"<p>{_text(name)}{_text(value)}</p>" for name, value in report.fields)
    return f"<section class='cover'><div class='titles'>{title}</div><div class='fields'>{fields}</div></section>"


def _contents(blocks: tuple[Block, ...]) -> str:
    entries = "".join(
        f"<p class='entry{block.level}'><a href='#h{index}'>{_text(block.text)}</a></p>"
        for index, block in enumerate(blocks)
        if isinstance(block, Heading) and block.level <= 2
    )
    return f"<nav><p class='contents'>目　录</p>{entries}</nav>"


def _block(block: Block, index: int) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level} id='h{index}'>{_text(block.text)}</h{block.level}>"
    if isinstance(block, Paragraph):
        return f"<p class='{block.kind}'>{_text(block.text)}</p>"
    if isinstance(block, PageBreak):
        return f"</section><section class='new-page{' landscape' if block.landscape else ''}'>"
    return _table(block)


def _table(table: Table) -> str:
    widths = table.widths or (1,) * table.cols
    columns = "".join(f"<col style='width:{100 * width / sum(widths):.3f}%'>" for width in widths)
    header = "".join(_row(table, row, "th") for row in range(table.header))
    body = "".join(_row(table, row, "td") for row in range(table.header, table.rows))
    edge = f"<tr class='edge'><td colspan='{table.cols}'></td></tr>"
    head = f"<thead>{header}</thead><tbody>" if table.repeat else f"<thead>{edge}</thead><tbody>{header}"
    classes = ("open" if table.open else "", "" if table.split else "whole-rows")
    return (
        f"<table class='{' '.join(classes).strip()}' style='font-size:{table.size}pt'><colgroup>{columns}</colgroup>"
        f"{head}{body}</tbody><tfoot>{edge}</tfoot></table>"
    )


def _row(table: Table, row: int, tag: str) -> str:
    cells = []
    for cell in table.cells:
        if cell.row == row:
            letter = table.align[cell.col] if table.align and tag == "td" else "c"
            spans = "".join(
                f" {name}='{span}'"
                for name, span in (("rowspan", cell.row_span), ("colspan", cell.col_span))
                if span > 1
            )
            edges = [
                name
                for name, here in (("first", cell.col == 0), ("last", cell.col + cell.col_span == table.cols))
                if here
            ]
            place = f" class='{' '.join(edges)}'" if edges else ""
            cells.append(f"<{tag}{place}{spans} style='text-align:{_ALIGNMENTS[letter]}'>{_text(cell.text)}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"


def _text(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")
