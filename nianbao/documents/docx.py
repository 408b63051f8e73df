"""The report as a Word document in the page of GB/T 9704: fixed container, body from a template.

The same report gives the same bytes. The parts lie as text in `data/templates/docx`.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from nianbao.documents.content import Cell, PrintedTable, content
from nianbao.documents.templates import environment
from nianbao.report import Report

_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_LINE_STYLES = {"heading": "Heading2", "body": "BodyText", "note": "Note"}
_ROLE_STYLES = {"caption": "TableHead", "column": "TableHead", "corner": "TableHead", "data": "TableText"}
_ON_ONE_PAGE = 20  # tables of up to this many rows are not left to break anywhere


@dataclass(frozen=True)
class WordCell:
    """A `w:tc`: a cell, or what continues one in the rows below its first."""

    text: str
    span: int
    width: int
    style: str
    margin: int
    merge: str = ""


@dataclass(frozen=True)
class WordRow:
    cells: tuple[WordCell, ...]
    header: bool
    keep: bool


class _Marks:
    """Numbers the bookmarks of one document."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, _name: str) -> int:
        self.count += 1
        return self.count


def render_docx(report: Report) -> bytes:
    """The document's bytes."""
    values = {"content": content(report), "rows": word_rows, "styles": _LINE_STYLES, "marks": _Marks()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in _parts():
            if name.endswith(".j2"):
                name, text = name.removesuffix(".j2"), environment().get_template(f"docx/{name}").render(values)
            entry = zipfile.ZipInfo(name, _FIXED_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            package.writestr(entry, text.encode())
    return buffer.getvalue()


def word_rows(table: PrintedTable) -> list[WordRow]:
    """The rows as Word wants them: every row names all cells that touch it."""
    starts = {(cell.at.row, cell.at.column): cell for row in table.rows for cell in row}
    covering = {(cell.at.row + i, cell.at.column): cell for cell in starts.values() for i in range(1, cell.at.rowspan)}
    rows = []
    for y in range(len(table.rows)):
        columns = [x for x in range(table.grid.width) if (y, x) in starts or (y, x) in covering]
        cells = tuple(_word_cell(starts.get((y, x)) or covering[y, x], y, table) for x in columns)
        rows.append(WordRow(cells, y < table.grid.header_rows, _keep(table, y)))
    return rows


def _keep(table: PrintedTable, y: int) -> bool:
    """Whether a row stays on the page of the next: all of a small table, or of a block of table 二."""
    last = y + 1 == len(table.rows)
    return not last and len(table.rows) <= _ON_ONE_PAGE and table.rows[y + 1][0].at.role != "caption"


def _word_cell(cell: Cell, y: int, table: PrintedTable) -> WordCell:
    at = cell.at
    first = at.row == y
    style = _ROLE_STYLES.get(at.role, "TableLabel" if table.grid.header_rows else "TableText")
    return WordCell(
        text=cell.text if first else "",
        span=at.colspan,
        width=sum(table.widths[at.column : at.column + at.colspan]),
        style=style,
        margin=cell.margin,
        merge="" if at.rowspan == 1 else "restart" if first else "continue",
    )


@cache
def _parts() -> tuple[tuple[str, str], ...]:
    """Names and texts of the container's parts, the list of types first."""
    found = dict(_walk(files("data.templates") / "docx", ""))
    return tuple((name, found[name]) for name in sorted(found))


def _walk(folder: Traversable, prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".xml", ".rels", ".j2")):
            found.append((prefix + entry.name, entry.read_text(encoding="utf-8")))
    return found
