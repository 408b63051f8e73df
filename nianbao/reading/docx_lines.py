"""A Word document into lines, as it reads with all its tracked changes accepted.

Cells are taken in the order of their `w:tc`: grid columns shift by slivers when an office program saves a table again,
so spans are counted only to see whether a row lacks a cell.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from nianbao.errors import UnusableInput
from nianbao.reading.page_lines import MOST_CELLS, PageLines, Row, tidy
from nianbao.reading.pages import Line
from nianbao.reading.safety import opened

if TYPE_CHECKING:
    from zipfile import ZipFile

    from lxml.etree import _Element

_STRICT, _W = (
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
)
_GONE = {"del", "moveFrom", "pPr", "sdtPr", "instrText", "delText", "tblPr", "tblGrid", "trPr", "tcPr", "Fallback"}
_MARKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_BROKEN = "文件已损坏或不完整，请用 Office 或 WPS 打开后另存一份再试"
_DEEPEST = 100


def lines_of_docx(path: Path) -> list[Line]:
    """The lines of one document."""
    with opened(path) as archive:
        return lines_of_body(body_of(archive, path.name), path.name)


def body_of(archive: ZipFile, source: str) -> _Element:
    """The body of a document whose container was seen to be safe."""
    root = part_of(archive, "word/document.xml", source)
    if root is None:
        raise UnusableInput("这不是 Word 文档，请另存为 .docx 后再试", source)
    body = next((child for child in root if name_of(child) == "body"), None)
    if body is None:
        raise UnusableInput(_BROKEN, source)
    return body


def part_of(archive: ZipFile, name: str, source: str) -> _Element | None:
    """One XML part of a document, None where it has none of that name."""
    from lxml import etree

    try:
        raw = archive.read(name)
    except KeyError:
        return None
    except (BadZipFile, OSError, ValueError):  # the list of parts and the parts themselves differ
        raise UnusableInput(_BROKEN, source) from None
    try:
        return etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    except (etree.XMLSyntaxError, ValueError):
        raise UnusableInput(_BROKEN, source) from None


def lines_of_body(body: _Element, source: str) -> list[Line]:
    """Its paragraphs and rows."""
    out = PageLines(source)
    _blocks(body, out, 0)
    return out.lines


def name_of(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def value_of(element: _Element, *path: str) -> str | None:
    """The `w:val` at the end of a path of names; "" where the element has none."""
    for name in path:
        found = next((child for child in element if name_of(child) == name), None)
        if found is None:
            return None
        element = found
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}val")), "")


def is_on(element: _Element, *path: str) -> bool:
    return value_of(element, *path) not in (None, "0", "false", "off")


def _blocks(parent: _Element, out: PageLines, depth: int) -> None:
    """Paragraphs and tables, also those within content controls and accepted insertions."""
    if depth > _DEEPEST:
        raise UnusableInput("内容嵌套过深，请在 Word 或 WPS 中去掉多余的表格后再试", out.source)
    joined = ""
    for child in parent:
        name = name_of(child)
        if name == "p":
            joined += _text(child)
            for box in child.iter(f"{{{_W}}}txbxContent", f"{{{_STRICT}}}txbxContent"):
                if not any(name_of(above) == "Fallback" for above in box.iterancestors()):
                    _blocks(box, out, depth + 1)
            if value_of(child, "pPr", "rPr", "del") is None:
                out.text(tidy(joined))
                joined = ""
        elif name == "tbl":
            _table(child, out, depth)
        elif name not in _GONE:
            _blocks(child, out, depth + 1)
    out.text(tidy(joined))


def _text(element: _Element, in_cell: bool = False) -> str:
    """The visible text below an element, insertions accepted."""
    parts: list[str] = []
    for child in element:
        name = name_of(child)
        if name == "r":
            parts.append(_run(child, in_cell))
        elif name == "p":
            parts += [_text(child, in_cell), "" if value_of(child, "pPr", "rPr", "del") is not None else "\n"]
        elif name not in _GONE and name != "tbl":
            parts.append(_text(child, in_cell))
    return "".join(parts)


def _run(run: _Element, in_cell: bool) -> str:
    if any(is_on(run, "rPr", name) for name in ("vanish", "strike", "dstrike")):
        return ""
    text = "".join((child.text or "") if name_of(child) == "t" else _MARKS.get(name_of(child), "") for child in run)
    raised = in_cell and text.strip() and value_of(run, "rPr", "vertAlign") == "superscript"
    return f"（注{text}）" if raised else text


def _under(parent: _Element, wanted: str) -> list[_Element]:
    """Rows of a table or cells of a row, also within content controls and insertions."""
    found: list[_Element] = []
    for child in parent:
        name = name_of(child)
        if name == wanted:
            found.append(child)
        elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            found += _under(child, wanted)
    return found


def _table(table: _Element, out: PageLines, depth: int) -> None:
    rows: list[Row] = []
    for row in _under(table, "tr"):
        if value_of(row, "trPr", "del") is not None:
            continue
        cells = [cell for cell in _under(row, "tc") if value_of(cell, "tcPr", "cellDel") is None][: MOST_CELLS + 1]
        width = sum(_number(value_of(cell, "tcPr", "gridSpan"), 1) for cell in cells)
        width += sum(_number(value_of(row, "trPr", name), 0) for name in ("gridBefore", "gridAfter"))
        if any(_inner(cell) for cell in cells):
            out.table(rows)
            rows = []
            for cell in cells:
                _blocks(cell, out, depth + 1)
            continue
        rows.append(Row(tuple(tidy(_cell_text(cell)) for cell in cells), width))
    out.table(rows)


def _inner(cell: _Element) -> bool:
    """Whether a cell holds a table that is more than a frame around one value."""
    tables = [child for child in cell.iter() if name_of(child) == "tbl"]
    return any(sum(name_of(one) == "tc" for one in table.iter()) > 1 for table in tables)


def _cell_text(cell: _Element) -> str:
    framed = [child for child in cell.iter() if name_of(child) == "tbl"]
    return _text(cell, True) + "".join(
        _text(one, True) for table in framed for one in table.iter() if name_of(one) == "tc"
    )


def _number(text: str | None, otherwise: int) -> int:
    return min(int(text), 1000) if text and text.isdecimal() and len(text) < 5 else otherwise
