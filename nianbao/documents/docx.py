"""The report as a Word document in the page of GB/T 9704: fixed container, body from a template.

The same report gives the same bytes. The parts lie as text in `data/templates/docx`. What no report
changes, the fixed parts and the tables without their figures, is made once in a process.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain

from markupsafe import Markup, escape

from nianbao.documents.content import Cell, Part, PrintedTable, content, empty_table
from nianbao.documents.templates import environment
from nianbao.forms import load_form
from nianbao.report import Report

_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_LINE_STYLES = {"heading": "Heading2", "body": "BodyText", "note": "Note"}
_ROLE_STYLES = {"caption": "TableHead", "column": "TableHead", "corner": "TableHead", "data": "TableText"}
_FIGURE = "\0"  # stands in a frame for a figure: no template and no label holds it
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
    values = {"content": content(report), "table": _table, "styles": _LINE_STYLES, "marks": _Marks()}
    values["edition"] = report.form.edition
    buffer = io.BytesIO(_container())
    with zipfile.ZipFile(buffer, "a") as package:
        for name, _ in _parts(".xml.j2"):
            text = environment().get_template(f"docx/{name}").render(values)
            package.writestr(_entry(name.removesuffix(".j2")), text.encode())
    return buffer.getvalue()


@cache
def _container() -> bytes:
    """The parts that are the same in every document, as a package to which the others are added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, text in _parts(".xml", ".rels"):
            package.writestr(_entry(name), text.encode())
    return buffer.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIXED_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def _table(edition: str, part: Part) -> Markup:
    """The XML of a statutory table: its frame with the figures of this report put in."""
    assert part.table is not None
    frame = _frame(edition, part.id)
    figures = (escape(cell.text) for row in part.table.rows for cell in row if cell.at.role == "data")
    return Markup("".join(chain.from_iterable(zip(frame, (*figures, ""), strict=True))))


@cache
def _frame(edition: str, table_id: str) -> tuple[str, ...]:
    """What stands before, between and after the figures of a table, in an edition the same for all."""
    table = empty_table(edition, table_id)
    values = {"table": table, "rows": word_rows(table), "heading": load_form(edition).heading(table_id)}
    return tuple(environment().get_template("docx/word/table.j2").render(values).split(_FIGURE))


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
        text=_FIGURE if at.role == "data" else cell.text if first else "",
        span=at.colspan,
        width=sum(table.widths[at.column : at.column + at.colspan]),
        style=style,
        margin=cell.margin,
        merge="" if at.rowspan == 1 else "restart" if first else "continue",
    )


@cache
def _parts(*kinds: str) -> tuple[tuple[str, str], ...]:
    """Names and texts of the container's parts of these kinds, the list of types first."""
    return tuple(sorted(part for part in _walk(files("data.templates") / "docx", "") if part[0].endswith(kinds)))


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry.read_text(encoding="utf-8")
