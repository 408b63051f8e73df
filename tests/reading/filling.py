"""A clerk who fills in the workbook, cell by cell, by the names of the cells."""

from __future__ import annotations

import io
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.workbook.defined_name import DefinedName

from nianbao.documents.fill_in import render_workbook
from nianbao.dossier import Dossier
from nianbao.workbook import cell_name, field_name, layout, sums


def blank(year: int = 2025, unit: str = "青石县水务局（虚构样例）", prior: Dossier | None = None) -> Workbook:
    return load_workbook(io.BytesIO(render_workbook(year, unit, prior)))


def place(book: Workbook, name: str) -> tuple[str, str]:
    (sheet, reference), = book.defined_names[name].destinations  # fmt: skip
    return sheet, reference.replace("$", "")


def put(book: Workbook, name: str, value: object, below: int = 0) -> None:
    sheet, reference = place(book, name)
    cell = book[sheet][reference]
    book[sheet].cell(cell.row + below, cell.column).value = value


def fill(book: Workbook, dossier: Dossier) -> Workbook:
    """Everything of a dossier that the workbook asks for; totals are left to the formulas."""
    totals = {address for table in dossier.form.tables for address in sums(dossier.form, table.id)}
    for address, cell in dossier.figures.items():
        if address not in totals and cell.value is not None:
            put(book, cell_name(address), cell.value)
    plain, words = dossier.plain(), layout().words
    for block in ("contact", "fees"):
        for key, value in plain.get(block, {}).items():
            put(book, field_name(block, key), value)
    for key, value in {**plain["unit"], "level": words["level"][dossier.unit.level]}.items():
        put(book, field_name("unit", key), value)
    for list_id in ("supplementary", "statements"):
        for row, item in enumerate(plain.get(list_id, ()), 1):
            for key, value in item.items():
                shown = words[key].get(value, value) if key in words else value
                put(book, field_name(list_id, key), " ".join(value) if key == "answers" else shown, row)
    return book


def saved(book: Workbook, folder: Path, name: str = "填报.xlsx") -> Path:
    book.save(folder / name)
    return folder / name


def insert_row(book: Workbook, title: str, at: int) -> None:
    """A row inserted by hand: what is below moves down, and the names with it, as in every office program."""
    sheet = book[title]
    moved = [(cell.row, cell.column, cell.value) for row in sheet.iter_rows(min_row=at) for cell in row]
    for merged in [m for m in sheet.merged_cells.ranges if m.max_row >= at]:
        sheet.unmerge_cells(str(merged))
    for row, column, _ in moved:
        sheet.cell(row, column).value = None
    for row, column, value in moved:
        sheet.cell(row + 1, column).value = value
    for name in list(book.defined_names):
        where, reference = place(book, name)
        letters = reference.rstrip("0123456789")
        row = int(reference.removeprefix(letters))
        if where == title and row >= at:
            column = get_column_letter(column_index_from_string(letters))
            book.defined_names[name] = DefinedName(name, attr_text=f"'{title}'!${column}${row + 1}")
