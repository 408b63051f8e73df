"""How the cells look, and what may be typed into them."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

GREY, PALE, WHITE = "FFE7EAEE", "FFF4F5F7", "FFFFFFFF"
LINE_HEIGHT = 15.0
_LARGEST = "1000000000000"


@cache
def _parts() -> dict[str, Any]:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    side = Side(style="thin", color="FF9AA3AD")
    return {
        "border": Border(left=side, right=side, top=side, bottom=side),
        "fill": {colour: PatternFill("solid", fgColor=colour) for colour in (GREY, PALE, WHITE)},
        "middle": Alignment(horizontal="center", vertical="center", wrap_text=True),
        "left": Alignment(horizontal="left", vertical="center", wrap_text=True),
        "over": Alignment(horizontal="left", vertical="center"),
        "right": Alignment(horizontal="right", vertical="center"),
        "plain": Font(name="宋体", size=10),
        "quiet": Font(name="宋体", size=9, color="FF5F6B7A"),
        "strong": Font(name="黑体", size=10),
        "title": Font(name="黑体", size=15),
        "open": Protection(locked=False),
    }


def style(cell: Cell, look: str, align: str = "left", fill: str | None = None, border: bool = True) -> None:
    """One of the looks: plain, quiet, strong, title."""
    parts = _parts()
    cell.font, cell.alignment = parts[look], parts[align]
    if border:
        cell.border = parts["border"]
    if fill:
        cell.fill = parts["fill"][fill]


def unlock(cell: Cell) -> None:
    cell.protection = _parts()["open"]


def text(cell: Cell, value: object) -> None:
    """A value that is never taken for a formula."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def width_of(words: str) -> int:
    """In half-width signs, as a column's width is counted."""
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in words)


def lines(words: str, width: float) -> int:
    return sum(max(1, math.ceil(width_of(part) / max(width - 1.5, 1))) for part in words.split("\n"))


def whole_numbers(negative: bool = False) -> DataValidation:
    """Whole numbers; not below 0 where a count is asked for."""
    return _checked("whole", f"-{_LARGEST}" if negative else "0", "只能填整数，没有发生的填0，不清楚的留空")


def amounts() -> DataValidation:
    return _checked("decimal", "0", "只能填数字，可以有小数，不要写单位和逗号")


def any_numbers() -> DataValidation:
    return _checked("decimal", f"-{_LARGEST}", "只能填数字，不要写单位和逗号")


def _checked(kind: str, least: str, told: str) -> DataValidation:
    from openpyxl.worksheet.datavalidation import DataValidation

    check = DataValidation(
        type=kind, operator="between", formula1=least, formula2=_LARGEST, allow_blank=True, showErrorMessage=True
    )
    check.errorTitle, check.error = "请核对", f"{told}。"
    check.errorStyle = "stop"
    return check


def one_of(words: list[str]) -> DataValidation:
    from openpyxl.worksheet.datavalidation import DataValidation

    check = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=True)
    check.errorTitle, check.error = "请核对", "请从下拉列表中选择。"
    return check


def finish(sheet: Worksheet, landscape: bool, one_page: bool, area: str = "") -> None:
    """Protected without a password, rows may be inserted; one page wide on A4."""
    protection = sheet.protection
    protection.sheet = True
    protection.insertRows = protection.formatColumns = protection.formatRows = False
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, int(one_page)
    sheet.print_options.horizontalCentered = True
    for edge in ("left", "right", "top", "bottom"):
        setattr(sheet.page_margins, edge, 0.5)
    if area:
        sheet.print_area = area
