"""The sheets beside the tables: instructions, basics, and the lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.documents.fill_in._prior import Item
from nianbao.documents.fill_in._styles import (
    GREY,
    LINE_HEIGHT,
    PALE,
    WHITE,
    amounts,
    any_numbers,
    finish,
    lines,
    one_of,
    style,
    text,
    unlock,
    whole_numbers,
)
from nianbao.forms import Form
from nianbao.workbook import Field, field_name, layout

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

HEAD = 4  # the row of a list's headings


def named(book: Workbook, name: str, sheet: Worksheet, row: int, column: int) -> None:
    """Give a cell its defined name."""
    from openpyxl.utils import get_column_letter
    from openpyxl.workbook.defined_name import DefinedName

    place = f"'{sheet.title}'!${get_column_letter(column)}${row}"
    book.defined_names[name] = DefinedName(name, attr_text=place)


def heading(sheet: Worksheet, words: str, note: str, width: int) -> None:
    """The title and a line below it, over `width` columns."""
    for row, (said, look) in enumerate(((words, "title"), (note, "quiet")), 1):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
        text(sheet.cell(row, 1), said)
        style(sheet.cell(row, 1), look, border=False)
    sheet.row_dimensions[1].height = 28


def draw_instructions(book: Workbook, year: int, form: Form) -> None:
    """The first sheet: how to fill in the others."""
    plan = layout().instructions
    sheet = book.create_sheet(plan.title)
    sheet.column_dimensions["A"].width = 96
    told = (
        plan.heading.format(year=year),
        plan.basis.format(basis=form.basis, edition=form.edition, year=year),
        *plan.paragraphs,
    )
    for row, words in enumerate(told, 1):
        cell = sheet.cell(row, 1)
        text(cell, words)
        style(cell, "title" if row == 1 else "quiet" if row == 2 else "plain", border=False)
        sheet.row_dimensions[row].height = 30 if row == 1 else 12 + LINE_HEIGHT * lines(words, 96)
    finish(sheet, landscape=False, one_page=False)


def draw_basics(book: Workbook, filled: dict[tuple[str, str], str]) -> None:
    """One value beside each label."""
    plan = layout().basics
    sheet = book.create_sheet(plan.title)
    for letter, width in zip("ABC", (24, 50, 34), strict=True):
        sheet.column_dimensions[letter].width = width
    heading(sheet, plan.title, "", 3)
    checks = _Checks(sheet)
    row = 3
    for block in plan.blocks:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=3)
        text(sheet.cell(row, 1), block.caption)
        for column in (1, 2, 3):
            style(sheet.cell(row, column), "strong", fill=GREY)
        sheet.row_dimensions[row].height = 20
        for field in block.fields:
            row += 1
            _basic(book, sheet, row, block.id, field, filled.get((block.id, field.id), ""))
            checks.add(field, row, 2)
        row += 2
    finish(sheet, landscape=False, one_page=True)


def _basic(book: Workbook, sheet: Worksheet, row: int, block: str, field: Field, value: str) -> None:
    text(sheet.cell(row, 1), field.label)
    style(sheet.cell(row, 1), "plain", fill=PALE)
    entry = sheet.cell(row, 2)
    if value:
        text(entry, value)
    entry.number_format = "General" if field.number else "@"
    style(entry, "plain", fill=WHITE)
    unlock(entry)
    named(book, field_name(block, field.id), sheet, row, 2)
    text(sheet.cell(row, 3), field.hint or None)
    style(sheet.cell(row, 3), "quiet", border=False)
    sheet.row_dimensions[row].height = 20


def draw_list(book: Workbook, list_id: str, items: list[Item]) -> None:
    """A sheet with one item in a row; the headings have the names."""
    from openpyxl.utils import get_column_letter

    plan = layout().lists[list_id]
    sheet = book.create_sheet(plan.title)
    heading(sheet, plan.title, plan.note, len(plan.columns))
    checks = _Checks(sheet)
    last = HEAD + max(plan.rows, len(items) + 10)
    for at, field in enumerate(plan.columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = field.width
        head = sheet.cell(HEAD, at)
        text(head, field.label + ("*" if field.needed else ""))
        style(head, "strong", "middle", GREY)
        named(book, field_name(list_id, field.id), sheet, HEAD, at)
        checks.add(field, HEAD + 1, at, last)
        for row in range(HEAD + 1, last + 1):
            _entry(sheet, row, at, field)
    for row, item in enumerate(items, HEAD + 1):
        for at, field in enumerate(plan.columns, 1):
            value = item.get(field.id)
            if value not in ("", None):
                text(sheet.cell(row, at), value)
    tallest = {
        row: max(lines(str(item.get(field.id, "")), field.width) for field in plan.columns)
        for row, item in enumerate(items, HEAD + 1)
    }
    for row in range(HEAD, last + 1):
        sheet.row_dimensions[row].height = 5 + LINE_HEIGHT * tallest.get(row, 1)
    sheet.freeze_panes = sheet.cell(HEAD + 1, 1)
    sheet.print_title_rows = f"{HEAD}:{HEAD}"
    finish(sheet, landscape=True, one_page=False)


def _entry(sheet: Worksheet, row: int, column: int, field: Field) -> None:
    cell = sheet.cell(row, column)
    cell.number_format = "@" if not field.number and not field.locked else "General"
    style(cell, "quiet" if field.locked else "plain", fill=PALE if field.locked else WHITE)
    if not field.locked:
        unlock(cell)


class _Checks:
    """The validations of one sheet: one for each kind, over all its cells."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.found: dict[str, DataValidation] = {}

    def add(self, field: Field, row: int, column: int, last: int = 0) -> None:
        from openpyxl.utils import get_column_letter

        kind = field.words or field.number or ""
        if not kind:
            return
        if kind not in self.found:
            words = layout().words.get(kind)
            made = {"whole": whole_numbers, "amount": amounts, "any": any_numbers}
            self.found[kind] = one_of(list(words.values())) if words else made[kind]()
            self.sheet.add_data_validation(self.found[kind])
        letter = get_column_letter(column)
        self.found[kind].add(f"{letter}{row}:{letter}{last or row}")
