"""What stands on pages without being part of the report's own text: page numbers, running heads and feet, contents.

Recognised by form, place and repetition over pages. Nothing is thrown away: furniture keeps its slices, with its kind.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from patterns.fold import squeeze
from patterns.outline import parse_heading
from pipeline.model.document import Furniture, Line, Page, PageTable
from pipeline.model.text import Span
from pipeline.structure.measures import page_size, print_size

# Share of the page height at its head and foot in which running lines and page numbers stand; Word's defaults put the
# body 2.54 cm (8.5% of A4) from the edge, GB/T 9704-2012 3.7 cm above and 3.5 cm below, the page number within.
HEAD = 0.10
FOOT = 0.88
# How many of the outermost lines of a page may be furniture.
OUTERMOST = 3
# Running lines may stand this many points apart on two pages.
WANDER = 4.0

_DECORATED_NUMBER = re.compile(
    r"[-—―~·•一]+[0-9]{1,4}[-—―~·•一]+|第[0-9]{1,4}页(?:[,，/]?共[0-9]{1,4}页)?|[0-9]{1,4}/[0-9]{1,4}页?|page[0-9]{1,4}",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"[0-9]{1,4}")
_ROMAN_NUMBER = re.compile(r"[-—]?[ivxIVX]{1,6}[-—]?")
_DIGITS = re.compile(r"[0-9]+")
_CAPTION = re.compile(r"单位:|表(?:\(.{0,12}\))?$")
_CONTENTS_TITLE = re.compile(r"[(\[【]?目[录次][)\]】]?|CONTENTS", re.IGNORECASE)
_CONTENTS_SOMEWHERE = re.compile(r"目\s*[录次]|contents", re.IGNORECASE)
_LEADERS = re.compile(r"(?:[.·•‥…⋯_]\s*){6,}|…{2,}|⋯{2,}")
# A page number at the end of an entry that holds no clause of a sentence.
_ENDS_WITH_PAGE = re.compile(r"^[^，。；;]*[^0-9.,%，。；;]\s*[-—(]?[0-9]{1,3}[-—)]?$")


@dataclass(slots=True)
class Furnishing:
    """The furniture found so far, and which lines and tables of each page it takes up (by page number and index)."""

    slices: list[tuple[Span, Furniture]] = field(default_factory=list)
    lines: set[tuple[int, int]] = field(default_factory=set)
    tables: set[tuple[int, int]] = field(default_factory=set)

    def take_line(self, page: Page, index: int, kind: Furniture) -> None:
        if (page.number, index) not in self.lines:
            line = page.lines[index]
            self.lines.add((page.number, index))
            self.slices.append((Span(page.number, line.start, line.end), kind))

    def take_table(self, page: Page, index: int, kind: Furniture) -> None:
        cells = page.tables[index].cells
        self.tables.add((page.number, index))
        self.slices.extend((Span(page.number, cell.start, cell.end), kind) for cell in cells if cell.end > cell.start)


def find_furniture(pages: Sequence[Page]) -> Furnishing:
    """All furniture of a document."""
    found = Furnishing()
    _take_page_numbers(pages, found)
    _take_running_lines(pages, found)
    _take_contents(pages, found)
    found.slices.sort(key=lambda item: item[0])
    return found


def _squeezed(page: Page, line: Line) -> str:
    return squeeze(page.text[line.start : line.end])[0]


def _outer_lines(page: Page, *, foot: bool) -> Iterator[int]:
    """Indices of the outermost lines in the head or foot of a page, from the edge inwards."""
    count = len(page.lines)
    indices = range(count - 1, max(-1, count - 1 - OUTERMOST), -1) if foot else range(min(count, OUTERMOST))
    for index in indices:
        box = page.lines[index].bbox
        if (box.top >= page.height * FOOT) if foot else (box.bottom <= page.height * HEAD):
            yield index


def _take_page_numbers(pages: Sequence[Page], found: Furnishing) -> None:
    """Numbers with dashes or 第…页 are page numbers by their form; bare ones only if they count with the pages."""
    bare: dict[int, list[tuple[Page, int]]] = defaultdict(list)
    for page in pages:
        for foot in (True, False):
            for index in _outer_lines(page, foot=foot):
                text = _squeezed(page, page.lines[index])
                if _DECORATED_NUMBER.fullmatch(text) or _ROMAN_NUMBER.fullmatch(text):
                    found.take_line(page, index, Furniture.PAGE_NUMBER)
                elif _BARE_NUMBER.fullmatch(text):
                    bare[int(text) - page.number].append((page, index))
    for offset, places in bare.items():
        if offset == 0 or len({page.number for page, _ in places}) > 1:
            for page, index in places:
                found.take_line(page, index, Furniture.PAGE_NUMBER)


def _take_running_lines(pages: Sequence[Page], found: Furnishing) -> None:
    """Lines of the same words (numbers aside) at the same height in the head or foot of several pages.

    Nothing of the report's own may stand between them and the edge of the page. Captions of tables that return on
    every page (a form for each project) are not running lines: a unit is declared there, or a table named in print
    larger than the body's.
    """
    sizes = sorted(print_size(page, line) for page in pages for line in page.lines)
    body_size = sizes[len(sizes) // 2] if sizes else 0.0
    for foot, kind in ((True, Furniture.FOOTER), (False, Furniture.HEADER)):
        repeated = _repeated_lines(pages, found, foot, body_size)
        for page in pages:
            for index in _outer_lines(page, foot=foot):
                if (page.number, index) in repeated:
                    found.take_line(page, index, kind)
                elif (page.number, index) not in found.lines:
                    break


def _repeated_lines(pages: Sequence[Page], found: Furnishing, foot: bool, body_size: float) -> set[tuple[int, int]]:
    groups: dict[str, list[tuple[Page, int]]] = defaultdict(list)
    for page in pages:
        for index in _outer_lines(page, foot=foot):
            line = page.lines[index]
            text = _squeezed(page, line)
            titled = print_size(page, line) > 1.15 * body_size or _CAPTION.search(text) is not None
            if text and not titled and (page.number, index) not in found.lines:
                groups[_DIGITS.sub("#", text)].append((page, index))
    repeated: set[tuple[int, int]] = set()
    for places in groups.values():
        level = [place for same in _by_size(places) for place in _at_one_height(same)]
        if len({page.number for page, _ in level}) >= max(2, min(3, len(pages) // 2 + 1)):
            repeated.update((page.number, index) for page, index in level)
    return repeated


def _by_size(places: Sequence[tuple[Page, int]]) -> Iterable[list[tuple[Page, int]]]:
    """The lines by the size of their pages: pages set across have other margins than those set upright."""
    sizes: dict[tuple[int, int], list[tuple[Page, int]]] = defaultdict(list)
    for page, index in places:
        sizes[page_size(page)].append((page, index))
    return sizes.values()


def _at_one_height(places: Sequence[tuple[Page, int]]) -> list[tuple[Page, int]]:
    """Those of the lines that stand at the height where most of them do."""
    heights = Counter(round(page.lines[index].bbox.top / WANDER) for page, index in places)
    height = heights.most_common(1)[0][0] * WANDER
    return [place for place in places if abs(place[0].lines[place[1]].bbox.top - height) <= 2 * WANDER]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line or a one-column table cell that may be an entry of the table of contents."""

    page: Page
    index: int
    text: str


def _take_contents(pages: Sequence[Page], found: Furnishing) -> None:
    """The table of contents, from its title on, and lines with leaders and a page number wherever they stand.

    Without leaders and page numbers an entry is known by being a heading that is printed again further on.
    """
    if not any(_LEADERS.search(page.text) or _CONTENTS_SOMEWHERE.search(page.text) for page in pages):
        return
    for page in pages:
        for index, table in enumerate(page.tables):
            if _is_contents_table(page, table):
                found.take_table(page, index, Furniture.CONTENTS)
    entries = [
        _Entry(page, index, _squeezed(page, line))
        for page in pages
        for index, line in enumerate(page.lines)
        if (page.number, index) not in found.lines
    ]
    title = next((place for place, entry in enumerate(entries) if _CONTENTS_TITLE.fullmatch(entry.text)), None)
    if title is not None:
        found.take_line(entries[title].page, entries[title].index, Furniture.CONTENTS)
        for entry in entries[title + 1 : _contents_end(entries, title + 1)]:
            found.take_line(entry.page, entry.index, Furniture.CONTENTS)
    for entry in entries:
        if _LEADERS.search(entry.text) and _ENDS_WITH_PAGE.search(entry.text):
            found.take_line(entry.page, entry.index, Furniture.CONTENTS)


def _contents_end(entries: Sequence[_Entry], start: int) -> int:
    """The index after the last entry of the table of contents that begins at `start`.

    An entry may be continued on one or two lines that are known only by standing between entries. Where the first
    entry is printed again the text has begun.
    """
    titles = [_without_number(entry.text) for entry in entries]
    last_places = {title: place for place, title in enumerate(titles)}
    following = "\n".join(titles[start:])
    offset = 0
    end = start
    for place in range(start, len(entries)):
        text, title = entries[place].text, titles[place]
        offset += len(title) + 1
        if place - end > 2 or (place > start and title == titles[start] and _LEADERS.search(text) is None):
            break
        leads = _LEADERS.search(text) is not None or _ENDS_WITH_PAGE.search(text) is not None
        numbered = title is not text
        if leads or (numbered and (last_places[title] > place or _is_found(title, following, offset))):
            end = place + 1
    # Titles may be worded otherwise in the text: what is numbered on below the last entry of a page is an entry, too.
    while start < end < len(entries) and entries[end].page is entries[end - 1].page:
        heading = parse_heading(entries[end].text)
        if heading is None or heading.ordinal < 2:
            break
        end += 1
    return end


def _is_found(title: str, following: str, offset: int) -> bool:
    """Whether a title long enough to be no mere phrase is printed after `offset`."""
    return len(title) >= 8 and following.find(title, offset) >= 0


def _without_number(text: str) -> str:
    heading = parse_heading(text)
    return text if heading is None else text[heading.title_start :]


def _is_contents_table(page: Page, table: PageTable) -> bool:
    """A contents list set as a ruled table (spreadsheet exports)."""
    if table.cols > 3:
        return False
    texts = [text for text in _cell_texts(page, table) if text]
    if not texts:
        return False
    leaders = sum(1 for text in texts if _LEADERS.search(text))
    headings = sum(1 for text in texts if parse_heading(text))
    titled = _CONTENTS_TITLE.fullmatch(texts[0]) is not None
    return leaders * 2 > len(texts) or (titled and (leaders + headings) * 2 > len(texts))


def _cell_texts(page: Page, table: PageTable) -> Iterable[str]:
    return (squeeze(page.text[cell.start : cell.end])[0] for cell in table.cells)
