"""All sheets together, and the file they become."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING

from nianbao.documents.fill_in._lists import draw_basics, draw_instructions, draw_list
from nianbao.documents.fill_in._prior import LastYear
from nianbao.documents.fill_in._tables import draw_table
from nianbao.dossier import FIRST_YEAR, Dossier
from nianbao.errors import UnusableInput
from nianbao.forms import form_for
from nianbao.workbook import META_SHEET, field_name, layout

if TYPE_CHECKING:
    from openpyxl import Workbook

_MOMENT = dt.datetime(2021, 9, 26)  # the day of the form: a file's bytes do not depend on when it was made
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
LAST_YEAR = 2100


def render_workbook(year: int, unit: str = "", prior: Dossier | None = None) -> bytes:
    """The workbook for a report year as the bytes of an .xlsx file.

    `prior`: last year's dossier, whose figures stand beside; `UnusableInput` where it is of another year.
    """
    from openpyxl import Workbook

    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnusableInput(f"{year}年度没有规定的表格：这套表格用于{FIRST_YEAR}年度及以后")
    if prior and prior.year != year - 1:
        raise UnusableInput(f"上年底稿是{prior.year}年度的，应当是{year - 1}年度的")
    book, plan, form = Workbook(), layout(), form_for(year)
    book.remove(book.active)
    last = LastYear(prior)
    name = unit or last.value("unit", "name")
    draw_instructions(book, year, form)
    draw_basics(book, last.basics | {("unit", "name"): name})
    for table in form.tables:
        draw_table(book, form, table.id, year, last)
    for list_id in plan.lists:
        draw_list(book, list_id, last.items(list_id))
    _meta(book, {"version": plan.version, "year": year, "edition": form.edition})
    book.active = 1
    return _packed(book)


def _meta(book: Workbook, values: dict[str, str | int]) -> None:
    """The sheet nobody sees: what this file is. A hint for the reader, no security."""
    from openpyxl.workbook.defined_name import DefinedName

    sheet = book.create_sheet(META_SHEET)
    sheet.sheet_state = "veryHidden"
    for row, (key, value) in enumerate(values.items(), 1):
        sheet.cell(row, 1, key)
        sheet.cell(row, 2, value)
        name = field_name("meta", key)
        book.defined_names[name] = DefinedName(name, attr_text=f"'{META_SHEET}'!$B${row}")


def _packed(book: Workbook) -> bytes:
    """Saved, and packed anew without the moment of saving."""
    book.properties.creator = "nianbao"
    book.properties.created = _MOMENT
    saved, packed = io.BytesIO(), io.BytesIO()
    book.save(saved)
    stamp = _MOMENT.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + stamp, content)
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return packed.getvalue()
