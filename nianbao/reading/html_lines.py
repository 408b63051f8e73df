"""A web page into lines: clean ones, and those pasted from Word with split spans and nested tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from nianbao.errors import UnusableInput
from nianbao.reading.page_lines import MOST_CELLS, MOST_LINES, PageLines, Row, tidy, unwrapped
from nianbao.reading.pages import Line, mended

LARGEST_PAGE, MOST_ELEMENTS = 10_000_000, 200_000
_CHARSET = re.compile(rb"(?i)charset\s*=\s*[\"']?\s*([a-z0-9_-]+)")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_SKIP = {"script", "style", "noscript", "template", "del", "s", "strike", "select", "object", "svg", "iframe"}
_BLOCKS = {
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "header",
    "footer", "nav", "main", "blockquote", "pre", "form", "fieldset", "center", "title", "caption", "hr", "br", "tr",
    "body", "head", "aside", "figure", "address", "option",
}  # fmt: skip
_HIDDEN = re.compile(r"(?i)display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden")
_MAY_HIDE = {"td", "th", "tr", "span", "p", "font", "b", "i", "a", "em"}
_WIDEST, _TALLEST = 100, 1000
_NOTE = "（注"


def lines_of_html(raw: bytes, source: str) -> list[Line]:
    """The lines of one page."""
    from lxml import etree

    text = _DECLARATION.sub("", decoded(raw, source))
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise UnusableInput("网页中没有内容，请重新保存网页后再试", source)
    walk = _Walk(PageLines(source))
    walker = etree.iterwalk(root, events=("start", "end"))
    for number, (event, element) in enumerate(walker):
        if number > 2 * MOST_ELEMENTS:
            raise UnusableInput("网页内容过多，不像是一份年度报告，请只保留报告正文", source)
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            if _unseen(element):
                walker.skip_subtree()
                walk.skipped.add(element)
            else:
                walk.start(element)
        else:
            walk.end(element)
    walk.flush()
    lower = text.lower()
    if lower.rfind("<table") > lower.rfind("</table"):
        _cut(walk.out.lines)
    return walk.out.lines


def _cut(lines: list[Line]) -> None:
    """The page ends inside a table: what stands last may be half a number, and must not be read as one."""
    if lines and lines[-1].exact:
        cells = list(lines[-1].cells)
        last = max(at for at, cell in enumerate(cells) if cell)
        cells[last] += "…"
        lines[-1] = replace(lines[-1], cells=tuple(cells))


def decoded(raw: bytes, source: str) -> str:
    """The page's text, by its byte order mark, its own word, or what it is valid in."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        tries = ["utf-16"]
    else:
        said = _CHARSET.search(raw[:4096])
        name = said[1].decode("ascii").lower() if said else ""
        tries = ["utf-8-sig", "gb18030"]
        if name.startswith("gb"):
            tries = ["gb18030", "utf-8-sig"] if not _is_utf8(raw) else tries
    for encoding in tries:
        try:
            return raw.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    if (text := mended(raw, tries)) is not None:
        return text.replace("\0", "")
    raise UnusableInput("网页的文字编码无法识别，请用浏览器打开后另存为 UTF-8 再试", source)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _unseen(element: object) -> bool:
    tag, style = element.tag.lower(), element.get("style") or ""  # type: ignore[attr-defined]
    return tag in _SKIP or (tag in _MAY_HIDE and bool(_HIDDEN.search(style)))


def _span(element: object, name: str, most: int) -> int:
    found = re.match(r"\s*(\d{1,6})", element.get(name) or "")  # type: ignore[attr-defined]
    return max(1, min(int(found[1]), most)) if found else 1


@dataclass
class _Table:
    """A table on the way: finished rows, the row at hand, and columns held by cells from above."""

    rows: list[Row] = field(default_factory=list)
    cells: list[str] | None = None
    width: int = 0
    held: dict[int, int] = field(default_factory=dict)
    column: int = 0
    in_cell: bool = False
    kept: list[str] = field(default_factory=list)  # the outer text that waits for this table's end
    new: dict[int, int] = field(default_factory=dict)

    def start_row(self) -> None:
        self.end_row()
        self.cells, self.column = [], 0

    def start_cell(self, columns: int, rows: int) -> None:
        if self.cells is None:
            self.start_row()
        while self.column in self.held:
            self.column += 1
        for at in range(self.column, self.column + columns):
            if rows > 1 and at < _WIDEST:
                self.new[at] = rows - 1
        self.column = min(self.column + columns, 10 * _WIDEST)
        self.in_cell = True

    def end_cell(self, text: str) -> None:
        if self.cells is not None and len(self.cells) <= MOST_CELLS:
            self.cells.append(text)
        self.in_cell = False

    def end_row(self) -> None:
        if self.cells is None:
            return
        beyond = [at for at in self.held if at >= self.column]
        if len(self.rows) <= MOST_LINES and (any(self.cells) or not self.rows or any(self.rows[-1].cells)):
            self.rows.append(Row(tuple(self.cells), self.column + len(beyond)))
        self.held = {at: left - 1 for at, left in self.held.items() if left > 1} | self.new
        self.new, self.cells = {}, None


class _Walk:
    """Follows the page element by element; never deeper than one call."""

    def __init__(self, out: PageLines) -> None:
        self.out = out
        self.tables: list[_Table] = []
        self.buffer: list[str] = []
        self.skipped: set[object] = set()
        self.preformatted = 0  # how many elements around the text keep its line breaks

    def start(self, element: object) -> None:
        tag = element.tag.lower()  # type: ignore[attr-defined]
        if tag == "table":
            if not self.tables or not self.tables[-1].in_cell:
                self.flush()
            self.tables.append(_Table(kept=self.buffer))
            self.buffer = []
        elif tag == "tr" and self.tables:
            self._close_cell()
            self.tables[-1].start_row()
        elif tag in ("td", "th") and self.tables:
            self._close_cell()
            self.tables[-1].start_cell(_span(element, "colspan", _WIDEST), _span(element, "rowspan", _TALLEST))
        elif tag == "sup" and self.tables:
            self.buffer.append(_NOTE)
        elif tag in _BLOCKS:
            self.buffer.append("\n")
        self.preformatted += tag == "pre"
        self._text(element.text)  # type: ignore[attr-defined]

    def end(self, element: object) -> None:
        tag = element.tag.lower()  # type: ignore[attr-defined]
        unseen = element in self.skipped
        if unseen:
            self.skipped.discard(element)
        elif tag == "table" and self.tables:
            self._end_table()
        elif tag in ("td", "th"):
            self._close_cell()
        elif tag == "sup" and self.tables:
            self._end_note()
        elif tag in _BLOCKS:
            self.buffer.append("\n")
        self.preformatted -= tag == "pre" and not unseen
        self._text(element.tail)  # type: ignore[attr-defined]
        if not self.tables and tag in ("p", "div", "table"):
            self.flush()

    def _text(self, text: str | None) -> None:
        self.buffer.append(text or "" if self.preformatted else unwrapped(text or ""))

    def flush(self) -> None:
        """Running text that is complete."""
        text, self.buffer = tidy("".join(self.buffer)), []
        if text:
            self.out.text(text)

    def _end_note(self) -> None:
        """A raised mark as a note; nothing where it holds nothing."""
        at = len(self.buffer) - 1 - self.buffer[::-1].index(_NOTE) if _NOTE in self.buffer else 0
        if "".join(self.buffer[at + 1 :]).strip():
            self.buffer.append("）")
        else:
            del self.buffer[at:]

    def _close_cell(self) -> None:
        if self.tables and self.tables[-1].in_cell:
            text, self.buffer = tidy("".join(self.buffer)), []
            self.tables[-1].end_cell(text)

    def _end_table(self) -> None:
        self._close_cell()
        stray, inner = tidy("".join(self.buffer)), self.tables.pop()
        inner.end_row()
        self.buffer = inner.kept
        filled = [cell for row in inner.rows for cell in row.cells if cell]
        if self.tables and self.tables[-1].in_cell and len(filled) <= 1:
            self.buffer += ["\n", *filled, "\n"]
            return
        for outer in self.tables:
            self._flush_layout(outer)
        self.flush()
        if stray:
            self.out.text(stray)
        self.out.table(inner.rows)

    def _flush_layout(self, outer: _Table) -> None:
        """What of an outer table stands before one inside it: text, its rows, and this row's cells as running text."""
        waiting, outer.kept = tidy("".join(outer.kept)), []
        self.out.text(waiting)
        if outer.rows:
            self.out.table(outer.rows)
            outer.rows = []
        for cell in outer.cells or []:
            self.out.text(cell)
        if outer.cells is not None:
            outer.cells = []
