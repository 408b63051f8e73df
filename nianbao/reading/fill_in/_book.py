"""A filled workbook into a dossier: by defined names, totals reckoned anew, formulas in input cells refused."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

from nianbao.dossier import CellValue, Dossier, parse
from nianbao.errors import UnusableInput, refuse
from nianbao.findings import Severity
from nianbao.forms import Form, form_for
from nianbao.reading.fill_in._lists import read_basics, read_last_problems, read_list
from nianbao.reading.fill_in._names import Names, Spot
from nianbao.reading.safety import opened
from nianbao.reading.tables import Reading
from nianbao.reading.values import BLANKS, read_value
from nianbao.workbook import cell_name, field_name, sums

_MARK = re.compile(rb'name="nb\.meta\.year"')


def is_fill_in(path: Path) -> bool:
    """Whether an .xlsx file is a workbook of ours, by its names. The file must have been checked before."""
    try:
        with zipfile.ZipFile(path) as archive:
            return bool(_MARK.search(archive.read("xl/workbook.xml")))
    except (OSError, KeyError, zipfile.BadZipFile):
        return False


def read_workbook(path: Path) -> Dossier:
    """Read one; `UnusableInput` names every input cell that holds a formula, and what keeps it from being read."""
    names = _load(path)
    into = Reading(path.name)
    year = _year(names, path.name)
    form = form_for(year)
    _read_tables(form, names, into)
    data: dict[str, Any] = {"year": year, **read_basics(names, into)}
    supplementary, statements = (read_list(kind, names, into) for kind in ("supplementary", "statements"))
    problems, done = read_last_problems(names, into)
    data["supplementary"] = supplementary
    data["statements"] = [*statements, *done]
    if (prior := _prior(year, names, into)) or problems:
        data["prior_year"] = {"year": year - 1, "figures": prior, "statements": problems}
    if names.formulas:
        refuse(
            [
                UnusableInput("这一格写的是公式，请改成数值后再试", f"{path.name} {spot.place}")
                for spot in names.formulas
            ]
        )
    dossier = parse(data, {}, path.name)
    figures = {address: into.figures[address] for address in form.cells if address in into.figures}
    return dossier.model_copy(update={"figures": figures, "provenance": into.provenance, "reading": tuple(into.notes)})


def _load(path: Path) -> Names:
    import warnings

    from openpyxl import load_workbook

    try:
        with opened(path), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles it does not know
            return Names(load_workbook(path), load_workbook(path, data_only=True))
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, zipfile.BadZipFile):
        raise UnusableInput("文件已损坏或不完整，请用 Excel 或 WPS 打开后另存一份再试", path.name) from None


def _year(names: Names, file: str) -> int:
    spot = names.find(field_name("meta", "year"))
    if spot is None or not isinstance(spot.value, int | float) or spot.value != int(spot.value):
        raise UnusableInput("填报表中的年度标记已丢失，请用 nianbao workbook 重新生成一份，把数字填进去", file)
    return int(spot.value)


def _read_tables(form: Form, names: Names, into: Reading) -> None:
    where: dict[str, Spot] = {}
    for address, cell in form.cells.items():
        spot = names.find(cell_name(address))
        if spot is None:
            into.note(
                Severity.ERROR,
                "lost_cell",
                cell.place,
                "这一格在填报表中已被删除，留空，请在底稿中补填或重新生成填报表",
            )
        else:
            where[address] = spot
    twice = _twice(where)
    for table in form.tables:
        totals = sums(form, table.id)
        for address in (a for a, c in form.cells.items() if c.table == table.id and a not in totals):
            _input(form, address, where.get(address), address in twice, names, into)
        for address, parts in totals.items():
            _total(form, address, parts, where.get(address), into)


def _twice(where: dict[str, Spot]) -> set[str]:
    """Cells whose names have come to point at one place."""
    places: dict[str, list[str]] = {}
    for address, spot in where.items():
        places.setdefault(spot.place, []).append(address)
    return {address for found in places.values() if len(found) > 1 for address in found}


def _input(form: Form, address: str, spot: Spot | None, twice: bool, names: Names, into: Reading) -> None:
    place = form.cells[address].place
    into.figures[address] = CellValue()
    if spot is None or twice:
        if twice:
            into.note(Severity.ERROR, "lost_cell", place, "填报表中有几格的名称指向了同一处，已留空，请核对")
        return
    if spot.formula:
        names.formulas.append(spot)
        return
    cell, wrong = read_value(spot.text, form.cells[address].column)
    if wrong:
        into.note(Severity.WARNING, "not_a_number", f"{place}（{spot.place}）", wrong)
    into.figures[address] = cell
    into.provenance[address] = spot.provenance(into.file)


def _total(form: Form, address: str, parts: tuple[str, ...], spot: Spot | None, into: Reading) -> None:
    """The sum of its parts, or blank; what stands in the cell is only compared with it."""
    values = [into.figures[part].value for part in parts]
    known = [value for value in values if value is not None]
    whole = len(known) == len(values)
    into.figures[address] = CellValue(value=sum(known) if whole else None)
    if spot is None:
        return
    into.provenance[address] = spot.provenance(into.file, "由各分项相加")
    typed = spot.shown.strip()
    if typed in BLANKS:
        return
    place = f"{form.cells[address].place}（{spot.place}）"
    if whole:
        if read_value(typed, form.cells[address].column)[0].value != sum(known):
            into.note(
                Severity.WARNING,
                "total",
                place,
                f"表中的总计是{typed}，各分项相加为{sum(known)}，已按相加的结果采用，请核对",
            )
    elif not spot.formula:
        into.note(
            Severity.WARNING, "total", place, f"分项没有填全，总计留空；表中手写的总计是{typed}，没有采用，请补填分项"
        )


def _prior(year: int, names: Names, into: Reading) -> dict[str, Any]:
    """Last year's figures that stand beside, nested."""
    nested: dict[str, Any] = {}
    for address, cell in form_for(max(year - 1, 2019)).cells.items():
        spot = names.find(cell_name(f"prior.{address}"))
        if spot is None or spot.text in BLANKS:
            continue
        value, wrong = read_value(spot.shown, cell.column)
        if wrong:
            into.note(Severity.WARNING, "not_a_number", f"上年{cell.place}（{spot.place}）", wrong)
        elif value.value is not None:
            table, row, column = address.split(".")
            nested.setdefault(table, {}).setdefault(row, {})[column] = value.value
            into.provenance[f"prior.{address}"] = spot.provenance(into.file)
    return nested
