"""A ledger file into cells of one year, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from nianbao.dossier import CellValue, Provenance, ReadingNote
from nianbao.errors import UnusableInput
from nianbao.findings import Severity
from nianbao.forms import form_for
from nianbao.reading.ledgers._counting import Part
from nianbao.reading.ledgers._lists import Cases, Decisions, Documents, ListReader
from nianbao.reading.ledgers._requests import Reader
from nianbao.reading.ledgers._source import ENCODINGS, MOST_BYTES, Sheet, sheets

LARGEST_WORKBOOK = 50_000_000
_NAMES = {
    "requests": "依申请公开台账",
    "cases": "复议诉讼案件清单",
    "decisions": "行政决定清单",
    "documents": "文件清单",
}
_YEAR = re.compile(r"(20[12]\d)\s*年?")
_EMPTY = "没有一行记录，按没有发生统计；如果不是这样，请核对台账的内容或者查询的条件"
_TWO = "同一份资料中有两个工作表（查询）都统计出这一格，已留空，请分开存为两个文件，或者只保留一个"
HEADINGS = "依申请公开台账应有收到日期、申请人类型、办理结果、答复日期各列，案件、决定和文件清单见说明"
_LISTS: dict[str, type[ListReader]] = {"cases": Cases, "decisions": Decisions, "documents": Documents}


def ledger_year(path: Path) -> int | None:
    """The year that the name of a file tells, if it tells one."""
    years = {int(found) for found in _YEAR.findall(path.stem)}
    return years.pop() if len(years) == 1 else None


def read_ledger(path: Path, year: int) -> Part:
    """Count the sheets of a ledger for a year; `UnusableInput` where none of them is a ledger."""
    limit = MOST_BYTES if path.suffix.lower() == ".csv" else LARGEST_WORKBOOK
    if path.stat().st_size > limit:
        raise UnusableInput("文件过大，请只保留本年度需要的行，或者另存为 CSV 后再试", path.name)
    tried = ENCODINGS if path.suffix.lower() == ".csv" else ("",)
    for encoding in tried:
        try:
            return _read(path, year, encoding)
        except UnicodeDecodeError:
            continue
    raise UnusableInput("文件的文字编码无法识别，请用 Excel 或 WPS 另存为 CSV UTF-8 后再试", path.name)


def _read(path: Path, year: int, encoding: str) -> Part:
    part, found = Part(path.name, year), sheets(path, encoding or "utf-8-sig")
    if not found:
        raise UnusableInput(f"没有找到台账的表头：{HEADINGS}", path.name)
    if encoding:
        told = f"按{ENCODINGS[encoding]}编码读取"
        part.notes.append(ReadingNote(severity=Severity.INFO, code="encoding", where=path.name, message=told))
    for sheet in found:
        count(sheet, part)
    return part


def count(sheet: Sheet, part: Part) -> None:
    """Add to `part` what the rows of a sheet tell of its year."""
    name, form = _NAMES[sheet.book.kind], form_for(part.year)
    source = "".join((part.file, f"“{sheet.name}”" if sheet.name else ""))
    values: Iterable[tuple[str, int | None]]
    reader: Reader | ListReader
    if sheet.book.kind == "requests":
        reader = Reader(sheet, form, part.year)
        reader.read()
        values = [
            (f"requests.{row.id}.{column.id}", reader.cells.value(row.id, column.id))
            for row in form.table("requests").rows
            for column in form.table("requests").blocks[0].columns
        ]
        part.supplementary += reader.supplementary(f"{name}（{source}）")
    else:
        reader = _LISTS[sheet.book.kind](sheet, form, part.year)
        reader.read()
        values = reader.addresses()
    part.notes += reader.troubles.notes(source)
    if not reader.rows:
        part.notes.append(ReadingNote(severity=Severity.WARNING, code="empty", where=source, message=_EMPTY))
    place = f"{name}逐行统计（自第{sheet.first}行起，共{reader.rows}行）"
    for address, value in values:
        if address in part.figures:
            where = form.cells[address].place
            part.figures[address] = CellValue()
            part.notes.append(ReadingNote(severity=Severity.ERROR, code="two_values", where=where, message=_TWO))
            continue
        part.figures[address] = CellValue(value=value)
        part.provenance[address] = Provenance(file=part.file, sheet=sheet.name, place=place)
