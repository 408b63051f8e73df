"""A statutory table as a sheet: drawn from the grid, with sums and checks as formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.documents.fill_in._formulas import Places, check_formula, sum_formula, unfilled_formula
from nianbao.documents.fill_in._lists import heading, named
from nianbao.documents.fill_in._prior import LastYear
from nianbao.documents.fill_in._styles import (
    GREY,
    LINE_HEIGHT,
    PALE,
    WHITE,
    amounts,
    finish,
    lines,
    style,
    text,
    unlock,
    whole_numbers,
)
from nianbao.documents.grid import Grid, GridCell, grid
from nianbao.dossier import FIRST_YEAR
from nianbao.forms import Form, Relation, form_for
from nianbao.workbook import cell_name, layout, sums

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

TOP = 4  # the first row of the grid
_WIDEST = 12  # a wider table has last year's below it, not beside


def draw_table(book: Workbook, form: Form, table: str, year: int, last: LastYear) -> None:
    """The sheet of one table, with last year's figures where they are at hand."""
    sheet = book.create_sheet(layout().tables[table])
    shape = grid(form, table)
    totals = sums(form, table)
    widths = _widths(shape)
    places: Places = {}
    _draw(book, sheet, shape, form, places, (TOP, 1), "", totals)
    _set_widths(sheet, widths, 1)
    _heights(sheet, shape, widths)
    relations = [r for r in form.relations if r.cells[0].removeprefix("prior.").startswith(f"{table}.")]
    relations = [r for r in relations if not _is_a_sum(r, totals)]
    foot = TOP + shape.height
    if last.prior and year > FIRST_YEAR:
        below = shape.width > _WIDEST
        corner = (foot + len(relations) + 4, 1) if below else (TOP, shape.width + 2)
        _draw_prior(book, sheet, form_for(year - 1), table, places, corner, last, year)
        if not below:
            _set_widths(sheet, _widths(grid(form_for(year - 1), table)), corner[1])
    for address, parts in totals.items():
        sheet.cell(*places[address], sum_formula(parts, places))
    end = _checks(sheet, shape, relations, places, totals, foot)
    heading(sheet, form.heading(table), f"{year}年度　单位：件，另有注明的除外", max(shape.width - 2, 2))
    open_cells = [places[a] for a in places if not a.startswith("prior.") and a not in totals]
    note = sheet.cell(2, shape.width)
    note.value = unfilled_formula(open_cells)
    style(note, "quiet", "right", border=False)
    _limits(sheet, form, places, totals)
    if shape.header_rows:
        sheet.freeze_panes = sheet.cell(TOP + shape.header_rows, _first_data(shape) + 1)
    finish(sheet, landscape=shape.width > 4, one_page=True, area=_area(1, end, shape.width))


def _is_a_sum(relation: Relation, totals: dict[str, tuple[str, ...]]) -> bool:
    """A relation that the formulas of the totals make true by themselves."""
    return relation.must == "equal" and len(relation.minus) == 1 and relation.minus[0] in totals and _own(relation)


def _own(relation: Relation) -> bool:
    return not any(address.startswith("prior.") for address in relation.cells)


def _first_data(shape: Grid) -> int:
    return min(cell.column for cell in shape.cells if cell.role == "data")


def _area(top: int, bottom: int, width: int) -> str:
    from openpyxl.utils import get_column_letter

    return f"A{top}:{get_column_letter(width)}{bottom}"


def _widths(shape: Grid) -> list[float]:
    first = _first_data(shape)
    if not first:
        return [7.5] * shape.width
    if first == 1:
        return [30.0, *[19.0] * (shape.width - 1)]
    return [*[13.0] * (first - 1), 46.0, *[10.0] * (shape.width - first)]


def _set_widths(sheet: Worksheet, widths: list[float], left: int) -> None:
    from openpyxl.utils import get_column_letter

    for at, width in enumerate(widths, left):
        sheet.column_dimensions[get_column_letter(at)].width = width


def _heights(sheet: Worksheet, shape: Grid, widths: list[float]) -> None:
    """Each row as high as its fullest label that stands in it alone."""
    for y, row in enumerate(shape.rows):
        single = [c for c in row if c.rowspan == 1 and c.text]
        full = max((lines(c.text, sum(widths[c.column : c.column + c.colspan])) for c in single), default=1)
        sheet.row_dimensions[TOP + y].height = 7 + LINE_HEIGHT * max(full, 1)


def _draw(
    book: Workbook, sheet: Worksheet, shape: Grid, form: Form, places: Places, corner: tuple[int, int],
    prefix: str, totals: dict[str, tuple[str, ...]],
) -> None:  # fmt: skip
    for cell in shape.cells:
        row, column = corner[0] + cell.row, corner[1] + cell.column
        place = sheet.cell(row, column)
        if cell.address:
            address = prefix + cell.address
            places[address] = (row, column)
            named(book, cell_name(address), sheet, row, column)
            kind = form.cells[cell.address].column
            place.number_format = "General" if kind.kind == "amount" and not kind.decimals else "0"
            if kind.decimals:
                place.number_format = "0." + "0" * kind.decimals
        else:
            text(place, cell.text)
        _dress(sheet, cell, row, column, bool(prefix) or cell.address in totals)


def _dress(sheet: Worksheet, cell: GridCell, row: int, column: int, locked: bool) -> None:
    data = cell.role == "data"
    fill = (PALE if locked else WHITE) if data else GREY
    look = "plain" if data else "quiet" if cell.role == "corner" else "strong"
    align = "left" if cell.role == "row" and cell.rowspan == 1 else "middle"
    for y in range(cell.rowspan):
        for x in range(cell.colspan):
            style(sheet.cell(row + y, column + x), look, align, fill)
    if data and not locked:
        unlock(sheet.cell(row, column))
    if cell.rowspan > 1 or cell.colspan > 1:
        sheet.merge_cells(
            start_row=row, start_column=column, end_row=row + cell.rowspan - 1, end_column=column + cell.colspan - 1
        )


def _draw_prior(
    book: Workbook, sheet: Worksheet, form: Form, table: str, places: Places, corner: tuple[int, int],
    last: LastYear, year: int,
) -> None:  # fmt: skip
    shape = grid(form, table)
    text(sheet.cell(corner[0] - 1, corner[1]), layout().marks["prior"].format(year=year - 1))
    style(sheet.cell(corner[0] - 1, corner[1]), "quiet", "over", border=False)
    _draw(book, sheet, shape, form, places, corner, "prior.", {})
    for cell in shape.cells:
        if cell.address and (value := last.number(cell.address)) is not None:
            sheet.cell(*places[f"prior.{cell.address}"], value)


def _checks(
    sheet: Worksheet, shape: Grid, relations: list[Relation], places: Places,
    totals: dict[str, tuple[str, ...]], foot: int,
) -> int:  # fmt: skip
    """The relations that no formula makes true: below each column, or one below the other. The last row used."""
    known = [r for r in relations if all(address in places for address in r.cells)]
    rows: dict[str, int] = {}
    at = foot
    for relation in known:
        columns = {places[a][1] for a in relation.cells if not a.startswith("prior.")}
        said = relation.source.split("：")[-1]
        crossed = shape.header_rows > 1 and _first_data(shape) > 0 and len(columns) == 1
        key = said if crossed else f"{said}（{relation.name}）"
        if key not in rows:
            rows[key], at = at, at + 1
            _label(sheet, rows[key], key, (_first_data(shape) if crossed else shape.width - 1) or 1)
        column = columns.pop() if crossed else shape.width
        mark = sheet.cell(rows[key], column)
        mark.value = check_formula(relation, places, totals)
        style(mark, "plain", "middle", PALE)
    if at > foot:
        _colour(sheet, _area(foot, at - 1, shape.width))
    return max(at - 1, foot)


def _label(sheet: Worksheet, row: int, words: str, width: int) -> None:
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    text(sheet.cell(row, 1), f"{layout().marks['check']}：{words}")
    for column in range(1, width + 1):
        style(sheet.cell(row, column), "quiet", fill=PALE)
    sheet.row_dimensions[row].height = 22


def _colour(sheet: Worksheet, area: str) -> None:
    from openpyxl.formatting.rule import CellIsRule, FormulaRule
    from openpyxl.styles import Font, PatternFill

    marks = layout().marks
    corner = area.split(":")[0]
    red, green = Font(color="FFB00020", bold=True), Font(color="FF1B6E3C")
    pink = PatternFill("solid", bgColor="FFFDE7EA")
    begins = f'LEFT({corner},1)="{marks["differs"]}"'
    sheet.conditional_formatting.add(area, FormulaRule(formula=[begins], font=red, fill=pink))
    sheet.conditional_formatting.add(area, CellIsRule(operator="equal", formula=[f'"{marks["balanced"]}"'], font=green))


def _limits(sheet: Worksheet, form: Form, places: Places, totals: dict[str, tuple[str, ...]]) -> None:
    made = {"count": whole_numbers(), "signed": whole_numbers(negative=True), "amount": amounts()}
    used = set()
    for address, (row, column) in places.items():
        if not address.startswith("prior.") and address not in totals:
            kind = form.cells[address].column.kind
            made[kind].add(sheet.cell(row, column))
            used.add(kind)
    for kind in sorted(used):
        sheet.add_data_validation(made[kind])
