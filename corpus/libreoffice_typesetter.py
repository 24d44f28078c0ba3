"""Sources to PDF with LibreOffice Writer, through a flat OpenDocument file: the second producer of the corpus."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pypdfium2

from corpus.source import Block, Cell, Heading, Layout, PageBreak, ReportSource, SourceError, Table

_FONTS = {"song": "Noto Serif CJK SC", "kai": "AR PL UKai CN", "sungti": "AR PL SungtiL GB"}
_HEI = "Noto Sans CJK SC"
_ALIGNMENTS = {"l": "left", "c": "center", "r": "right"}
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}"'
    for prefix, name in (
        ("office", "office:1.0"),
        ("style", "style:1.0"),
        ("text", "text:1.0"),
        ("table", "table:1.0"),
        ("fo", "xsl-fo-compatible:1.0"),
        ("svg", "svg-compatible:1.0"),
    )
)


def typeset(report: ReportSource) -> bytes:
    """The PDF of a report; the same source gives the same bytes. Raises OSError where LibreOffice fails."""
    if not report.contents:
        return _convert(flat_document(report, {}), report)
    first = _convert(flat_document(report, {}), report)
    return _convert(flat_document(report, _heading_pages(first, report)), report)


def flat_document(report: ReportSource, heading_pages: dict[str, int]) -> str:
    """The report as flat OpenDocument text; `heading_pages` fills the table of contents."""
    body: list[str] = []
    if report.cover:
        body.append(_paragraph("Space", ""))
        body.extend(_paragraph("Title", line) for line in report.title)
        body.append(_paragraph("Space", ""))
        body.extend(_paragraph("Field", name + value) for name, value in report.fields)
    if report.contents:
        body.append(_paragraph("ContentsTitle", "目　录"))
        body.extend(
            f'<text:p text:style-name="Contents{block.level}">{escape(block.text)}<text:tab/>'
            f"{heading_pages.get(block.text, 0)}</text:p>"
            for block in report.blocks
            if isinstance(block, Heading) and block.level <= 2
        )
    starts_page = report.cover or report.contents
    if not report.cover:
        body.extend(_paragraph("PlainTitle", line) for line in report.title)
    styles: list[str] = []
    for index, block in enumerate(report.blocks):
        body.append(_block(block, index, styles, starts_page))
        starts_page = isinstance(block, PageBreak)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMESPACES} office:version="1.3"'
        ' office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:styles>{_paragraph_styles(report.layout)}</office:styles>"
        f"<office:automatic-styles>{_page_layout(report.layout)}{''.join(styles)}</office:automatic-styles>"
        f"<office:master-styles>{_master_pages(report.layout)}</office:master-styles>"
        f"<office:body><office:text>{''.join(body)}</office:text></office:body></office:document>"
    )


def _convert(document: str, report: ReportSource) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "report.fodt"
        source.write_text(document, encoding="utf-8")
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        command += ["--convert-to", "pdf:writer_pdf_Export", "--outdir", folder, str(source)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
        target = source.with_suffix(".pdf")
        if not target.exists():
            raise OSError(f"LibreOffice made no PDF: {done.stderr.strip() or done.stdout.strip()}")
        return _fix_date_and_identity(target.read_bytes(), report)


def _fix_date_and_identity(pdf: bytes, report: ReportSource) -> bytes:
    """The PDF with the source's date and constant identifiers, length for length so that offsets hold."""
    date = f"D:{report.date:%Y%m%d}090000Z".encode()

    def same_length(match: re.Match[bytes]) -> bytes:
        return match[1] + date[: len(match[2])].ljust(len(match[2])) + match[3]

    pdf = re.sub(rb"(/CreationDate\()([^)]*)(\))", same_length, pdf)
    pdf = re.sub(rb"(/DocChecksum /)([0-9A-F]+)", lambda match: match[1] + b"0" * len(match[2]), pdf)
    return re.sub(rb"/ID \[[^\]]*\]", lambda match: re.sub(rb"[0-9A-F]", b"0", match[0]), pdf)


def _heading_pages(pdf: bytes, report: ReportSource) -> dict[str, int]:
    """The page of every heading, found in the text after the table of contents."""
    pages = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(pdf)]
    headings = [block.text for block in report.blocks if isinstance(block, Heading) and block.level <= 2]
    found: dict[str, int] = {}
    current = next(
        number for number, text in enumerate(pages) if re.sub(r"\s", "", headings[0]) in text and "目录" not in text
    )
    for heading in headings:
        wanted = re.sub(r"\s", "", heading)
        while wanted not in pages[current]:
            current += 1
        found[heading] = current + 1
    return found


def _block(block: Block, index: int, styles: list[str], starts_page: bool) -> str:
    if isinstance(block, PageBreak):
        if block.landscape:
            raise SourceError("landscape pages are made by WeasyPrint only")
        return ""
    if isinstance(block, Table):
        styles.append(_table_styles(block, index))
        return _table(block, index)
    style = f"Heading{block.level}" if isinstance(block, Heading) else block.kind.capitalize()
    if starts_page:
        name = f"{style}Page{index}"
        styles.append(
            f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="{style}">'
            '<style:paragraph-properties fo:break-before="page"/></style:style>'
        )
        style = name
    return _paragraph(style, block.text)


def _paragraph(style: str, text: str) -> str:
    lines = "<text:line-break/>".join(escape(line) for line in text.split("\n"))
    return f'<text:p text:style-name="{style}">{lines}</text:p>'


def _table(table: Table, index: int) -> str:
    owners = {
        (row, col): cell
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    }
    columns = "".join(f'<table:table-column table:style-name="T{index}C{col}"/>' for col in range(table.cols))
    rows = []
    for row in range(table.rows):
        cells = "".join(_cell(table, index, owners[row, col], row, col) for col in range(table.cols))
        rows.append(f'<table:table-row table:style-name="T{index}R">{cells}</table:table-row>')
    header = "".join(rows[: table.header])
    if table.repeat:
        header = f"<table:table-header-rows>{header}</table:table-header-rows>"
    return (
        f'<table:table table:name="T{index}" table:style-name="T{index}">{columns}{header}'
        f"{''.join(rows[table.header :])}</table:table>"
    )


def _cell(table: Table, index: int, cell: Cell, row: int, col: int) -> str:
    if (cell.row, cell.col) != (row, col):
        return "<table:covered-table-cell/>"
    header = row < table.header
    letter = table.align[col] if table.align and not header else "c"
    spans = f'table:number-rows-spanned="{cell.row_span}" table:number-columns-spanned="{cell.col_span}"'
    style = f"T{index}{'H' if header else 'P'}{letter}"
    lines = "".join(_paragraph(style, line) for line in cell.text.split("\n"))
    side = "open" if table.open else "ruled"
    edge = f"{'L' if col == 0 else ''}{'R' if col + cell.col_span == table.cols else ''}" if side == "open" else ""
    return f'<table:table-cell table:style-name="T{index}Cell{edge}" {spans}>{lines}</table:table-cell>'


def _table_styles(table: Table, index: int) -> str:
    widths = table.widths or (1,) * table.cols
    parts = [
        f'<style:style style:name="T{index}" style:family="table"><style:table-properties style:rel-width="100%"'
        ' table:align="margins" table:border-model="collapsing" fo:margin-top="0.1cm" fo:margin-bottom="0.3cm"/>'
        "</style:style>",
        f'<style:style style:name="T{index}R" style:family="table-row"><style:table-row-properties'
        f' fo:keep-together="{"auto" if table.split else "always"}"/></style:style>',
    ]
    for col, width in enumerate(widths):
        parts.append(
            f'<style:style style:name="T{index}C{col}" style:family="table-column"><style:table-column-properties'
            f' style:rel-column-width="{round(1000 * width)}*"/></style:style>'
        )
    for edge in ("", "L", "R", "LR") if table.open else ("",):
        borders = "".join(
            f' fo:border-{side}="{"none" if letter in edge else "0.5pt solid #000000"}"'
            for side, letter in (("left", "L"), ("right", "R"), ("top", "-"), ("bottom", "-"))
        )
        parts.append(
            f'<style:style style:name="T{index}Cell{edge}" style:family="table-cell"><style:table-cell-properties'
            f' fo:padding="0.08cm" style:vertical-align="middle"{borders}/></style:style>'
        )
    for letter, alignment in _ALIGNMENTS.items():
        for kind, weight in (("H", "bold"), ("P", "normal")):
            parts.append(
                f'<style:style style:name="T{index}{kind}{letter}" style:family="paragraph"'
                ' style:parent-style-name="TableText">'
                f'<style:paragraph-properties fo:text-align="{alignment}"/>'
                f"<style:text-properties {_size(table.size)} {_weight(weight)}/></style:style>"
            )
    return "".join(parts)


def _paragraph_styles(layout: Layout) -> str:
    song = _FONTS[layout.body]
    leading, size = layout.leading, layout.size

    def style(
        name: str, font: str, points: float, weight: str, properties: str, *, line: float = leading, tabs: str = ""
    ) -> str:
        return (
            f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties'
            f' fo:line-height="{line}pt" style:line-break="strict" fo:orphans="0" fo:widows="0" {properties}>{tabs}'
            "</style:paragraph-properties>"
            f'<style:text-properties style:font-name={quoteattr(font)} fo:font-family="Liberation Serif"'
            f" style:font-family-asian={quoteattr(font)} {_size(points)} {_weight(weight)}"
            ' fo:language="zh" fo:country="CN" style:language-asian="zh" style:country-asian="CN"/></style:style>'
        )

    indent = f'fo:text-indent="{2 * size}pt" fo:text-align="justify"'
    leader, inner_leader = (
        f'<style:tab-stops><style:tab-stop style:position="{position}cm" style:type="right"'
        ' style:leader-style="dotted" style:leader-text="."/></style:tab-stops>'
        for position in (15.5, 14.5)
    )
    return "".join(
        (
            style("Body", song, size, "normal", indent),
            style("Flush", song, size, "normal", 'fo:text-align="left"'),
            style("Center", song, size, "normal", 'fo:text-align="center"'),
            style("Right", song, size, "normal", f'fo:text-align="right" fo:margin-right="{2 * size}pt"'),
            style("Caption", _HEI, size - 2, "normal", 'fo:text-align="center" fo:keep-with-next="always"'),
            style("Unit", song, 10.5, "normal", 'fo:text-align="right" fo:keep-with-next="always"', line=16),
            style("Heading1", _HEI, size, "bold", f'{indent} fo:keep-with-next="always"'),
            style("Heading2", _FONTS["kai"], size, "normal", f'{indent} fo:keep-with-next="always"'),
            style("Heading3", song, size, "bold", f'{indent} fo:keep-with-next="always"'),
            style("Space", song, size, "normal", 'fo:margin-top="5cm"'),
            style("Title", song, 24, "bold", 'fo:text-align="center"', line=42),
            style("PlainTitle", song, 20, "bold", 'fo:text-align="center"', line=32),
            style("Field", song, size, "normal", 'fo:margin-left="3cm"', line=34),
            style("ContentsTitle", _HEI, size, "bold", 'fo:text-align="center" fo:break-before="page"'),
            style("Contents1", song, size, "normal", "", line=26, tabs=leader),
            style("Contents2", song, size, "normal", 'fo:margin-left="1cm"', line=26, tabs=inner_leader),
            style("TableText", song, 10.5, "normal", "", line=15),
        )
    )


def _size(points: float) -> str:
    return f'fo:font-size="{points}pt" style:font-size-asian="{points}pt"'


def _weight(weight: str) -> str:
    return f'fo:font-weight="{weight}" style:font-weight-asian="{weight}"'


def _page_layout(layout: Layout) -> str:
    top, right, bottom, left = layout.margins
    return (
        '<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="210mm"'
        f' fo:page-height="297mm" fo:margin-top="{top}mm" fo:margin-right="{right}mm"'
        f' fo:margin-bottom="{bottom - 12}mm" fo:margin-left="{left}mm"/>'
        '<style:footer-style><style:header-footer-properties fo:min-height="12mm" fo:margin-top="4mm"/>'
        "</style:footer-style></style:page-layout>"
    )


def _master_pages(layout: Layout) -> str:
    before, _, after = layout.page_number.partition("{}")
    footer = (
        '<text:p text:style-name="Center">'
        f'{escape(before)}<text:page-number text:select-page="current"/>{escape(after)}</text:p>'
    )
    return (
        '<style:master-page style:name="Standard" style:page-layout-name="Page">'
        f"<style:footer>{footer}</style:footer></style:master-page>"
    )
