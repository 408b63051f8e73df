"""What is printed, in order, free of any file format: title, text lines and tables with their figures."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from nianbao.documents.grid import Grid, GridCell, grid
from nianbao.dossier import NOT_APPLICABLE, CellValue
from nianbao.forms import Column, load_form
from nianbao.narrative import RenderedSection
from nianbao.report import Report

LineKind = Literal["heading", "body", "note"]
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")
_SPACES = re.compile(r"[\t\n\x0b\x0c\r\x85\u2028\u2029]+")

# Widths of the grid columns, as parts of the whole: label columns first.
WIDTHS = {
    "disclosure": (2600, 2081, 2082, 2082),
    "requests": (640, 1010, 2645, 650, 650, 650, 650, 650, 650, 650),
    "remedies": (590, 590, 590, 589, 590) * 3,
}

_CHARACTER = 180  # width of a character of 9 points, in twentieths of a point


@dataclass(frozen=True)
class Run:
    """Printed text; with `fact`, a figure whose full value is `value`."""

    text: str
    fact: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class Line:
    """One printed paragraph. `mark` names its place in the report: `summary_p2`."""

    kind: LineKind
    runs: tuple[Run, ...]
    mark: str = ""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Cell:
    """A cell of the grid with what it prints; `value` the figure in full, None where there is none.

    `margin`: left and right of the text, in twentieths of a point.
    """

    at: GridCell
    text: str
    value: str | None = None
    margin: int = 40


@dataclass(frozen=True)
class PrintedTable:
    grid: Grid
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Part:
    """One of the six parts."""

    id: str
    heading: str
    lines: tuple[Line, ...] = ()
    table: PrintedTable | None = None


@dataclass(frozen=True)
class Content:
    title: tuple[str, str]
    unit: str
    opening: tuple[Line, ...]
    parts: tuple[Part, ...]
    digest: str

    def places(self) -> Iterator[tuple[str, str]]:
        """Every printed text with the words for its place."""
        yield "标题", "".join(self.title)
        yield from (("开头部分", line.text) for line in self.opening)
        for part in self.parts:
            yield part.heading, part.heading
            yield from ((part.heading, line.text) for line in part.lines)
            if part.table:
                yield from ((part.heading, cell.text) for row in part.table.rows for cell in row)


def content(report: Report) -> Content:
    """All that the report prints."""
    first, second = report.dossier.title
    parts = []
    for section in report.form.sections:
        if section.kind == "table":
            parts.append(Part(section.id, section.heading, table=_table(report, section.id)))
            continue
        lines = tuple(_lines(report.section(section.id)))
        if section is report.form.sections[-1]:
            lines += tuple(Line("note", (Run(f"说明：{printable(note)}"),)) for note in report.notes)
        parts.append(Part(section.id, section.heading, lines))
    return Content(
        title=(printable(first), second),
        unit=printable(report.dossier.unit.name),
        opening=tuple(_lines(report.section("opening"))),
        parts=tuple(parts),
        digest=report.digest,
    )


def printable(text: str) -> str:
    """Text as it may stand in a document: line breaks as spaces, no control or invisible characters."""
    if text.isprintable():  # most text, at once
        return text
    text = _SPACES.sub(" ", text)
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs") and ord(c) & 0xFFFE != 0xFFFE)


def show_cell(cell: CellValue | None, column: Column) -> str:
    """What a cell prints: the number as precise as its source, nothing where it is blank."""
    if cell is None:
        return ""
    if not cell.applicable:
        return NOT_APPLICABLE
    if cell.value is None:
        return ""
    if column.kind != "amount":
        return str(cell.value)
    exact = Decimal(cell.value)
    written = (
        cell.text if cell.text and _NUMBER.match(cell.text) and Decimal(cell.text) == exact else format(exact, "f")
    )
    places = len(written.partition(".")[2])
    if column.decimals is not None and places != column.decimals and round(exact, column.decimals) == exact:
        return f"{exact:.{column.decimals}f}"
    return written


def _table(report: Report, table_id: str) -> PrintedTable:
    empty = empty_table(report.form.edition, table_id)
    rows = (tuple(_filled(cell, report) for cell in row) for row in empty.rows)
    return PrintedTable(empty.grid, tuple(rows), empty.widths)


@cache
def empty_table(edition: str, table_id: str) -> PrintedTable:
    """A statutory table with its labels and without figures: the same in every report of an edition."""
    shape, widths = grid(load_form(edition), table_id), WIDTHS[table_id]
    rows = (tuple(Cell(at, at.text, margin=_margin(at, widths)) for at in row) for row in shape.rows)
    return PrintedTable(shape, tuple(rows), widths)


def _filled(cell: Cell, report: Report) -> Cell:
    """A data cell with its figure; a label as it is."""
    address = cell.at.address
    if address is None:
        return cell
    figure = report.dossier.figures.get(address)
    number = None if figure is None else figure.value
    exact = None if number is None else format(number, "d" if isinstance(number, int) else "f")
    return Cell(cell.at, show_cell(figure, report.form.cells[address].column), exact)


def _margin(at: GridCell, widths: tuple[int, ...]) -> int:
    """Margins that break a narrow column label into even lines: 商业│企业, not 商业企│业."""
    width = sum(widths[at.column : at.column + at.colspan])
    fit = max(1, (width - 80) // _CHARACTER)
    if at.role != "column" or len(at.text) <= fit:
        return 40
    lines = math.ceil(len(at.text) / fit)
    return max(40, (width - math.ceil(len(at.text) / lines) * _CHARACTER - 20) // 2)


def _lines(section: RenderedSection | None) -> Iterator[Line]:
    if section is None:
        return
    for n, paragraph in enumerate(section.paragraphs, 1):
        mark = f"{section.id}_p{n}"
        heading, text = printable(paragraph.heading), printable(paragraph.text)
        if heading:
            yield Line("heading", (Run(heading),), "" if text else mark)
        if text:
            spans = (span for sentence in paragraph.sentences for span in sentence.spans)
            yield Line("body", tuple(Run(printable(s.text), s.fact, s.value) for s in spans), mark)
