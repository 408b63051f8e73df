"""The same report made with other libraries, for comparison only."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nianbao.documents.grid import Grid, grid
from nianbao.report import Report

TABLES = ("disclosure", "requests", "remedies")


def _filled(report: Report, table: Grid) -> list[list[tuple[int, int, int, int, str]]]:
    """Rows of (row, column, rowspan, colspan, text) with every cell's place in the grid."""
    taken: set[tuple[int, int]] = set()
    rows = []
    for number, row in enumerate(table.rows):
        placed, column = [], 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            value = report.dossier.value(cell.address) if cell.address else None
            placed.append((number, column, cell.rowspan, cell.colspan, cell.text if not cell.address else str(value)))
            taken |= {(number + r, column + c) for r in range(cell.rowspan) for c in range(cell.colspan)}
            column += cell.colspan
        rows.append(placed)
    return rows


def _paragraphs(report: Report, document: object) -> None:
    for section in report.sections:
        for line in section.lines:
            document.add_paragraph(line)  # type: ignore[attr-defined]


def _merged(document: Any, rows: list[list[tuple[int, int, int, int, str]]]) -> Iterator[tuple[Any, str, str]]:
    """The cells of a new table, merged by python-docx's own call, each with its place and text."""
    width = max(column + colspan for row in rows for _, column, _, colspan, _ in row)
    table = document.add_table(rows=len(rows), cols=width)
    for row in rows:
        for at, column, rowspan, colspan, text in row:
            cell = table.cell(at, column)
            if rowspan > 1 or colspan > 1:
                cell = cell.merge(table.cell(at + rowspan - 1, column + colspan - 1))
            yield cell, f"{at}_{column}", text


def python_docx(report: Report) -> bytes:
    """python-docx with its public merge API."""
    from docx import Document

    document = Document()
    _paragraphs(report, document)
    for name in TABLES:
        for cell, _, text in _merged(document, _filled(report, grid(report.form, name))):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class DocxTpl:
    """docxtpl with a template that python-docx made beforehand; only rendering is measured."""

    def __init__(self, report: Report) -> None:
        from docx import Document

        document = Document()
        self.values: dict[str, str] = {}
        for section in report.sections:
            for number, line in enumerate(section.lines):
                self.values[f"p_{section.id}_{number}"] = line
                document.add_paragraph(f"{{{{ p_{section.id}_{number} }}}}")
        for name in TABLES:
            for cell, place, text in _merged(document, _filled(report, grid(report.form, name))):
                key = f"c_{name}_{place}"
                self.values[key] = text
                cell.text = f"{{{{ {key} }}}}"
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "template.docx"
        document.save(str(self.path))

    def __call__(self) -> bytes:
        from docxtpl import DocxTemplate

        template = DocxTemplate(str(self.path))
        template.render(self.values, autoescape=True)
        out = io.BytesIO()
        template.save(out)
        return out.getvalue()


def weasyprint(html: str) -> bytes:
    """WeasyPrint on our own HTML page. Raises OSError where Pango is not installed."""
    from weasyprint import HTML

    return bytes(HTML(string=html).write_pdf())
