"""Rows of a ledger: csv as it streams, xlsx, xls and et through calamine. Nothing is interpreted here."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from nianbao.errors import UnusableInput
from nianbao.reading.ledgers._words import Book, books
from nianbao.reading.safety import LEDGER_BYTES, OLE, check_container

Row = list[Any]
ENCODINGS = {"utf-8-sig": "UTF-8", "gb18030": "GB18030"}
MOST_BYTES = 1_000_000_000  # of a csv, which streams
_HEAD_WITHIN = 15
_MOST_COLUMNS = 1_000


@dataclass
class Sheet:
    """A sheet whose headings were found. `rows()` begins anew each time; `first`: the number of its first row."""

    book: Book
    columns: dict[str, int]
    name: str
    title: str
    first: int
    rows: Callable[[], Iterator[Row]]


def sheets(path: Path, encoding: str = "utf-8-sig") -> list[Sheet]:
    """The sheets of a file that are ledgers. A csv in another encoding raises UnicodeDecodeError while it is read."""
    if path.suffix.lower() == ".csv":
        found = [_csv(path, encoding)]
    else:
        found = [_found(name, rows.__iter__) for name, rows in _calamine(path)]
    return [one for one in found if one]


def _csv(path: Path, encoding: str) -> Sheet | None:
    def rows() -> Iterator[Row]:
        try:
            with path.open(encoding=encoding, newline="") as file:
                yield from csv.reader(file)
        except csv.Error:
            raise UnusableInput("文件不是完好的 CSV，请用 Excel 或 WPS 另存为 CSV 后再试", path.name) from None

    return _found("", rows)


def _calamine(path: Path) -> Iterator[tuple[str, list[list[Any]]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    with path.open("rb") as file:
        old = file.read(len(OLE)) == OLE
    if not old:
        check_container(path, limit_bytes=LEDGER_BYTES)
    try:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            yield name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError):
        raise UnusableInput(
            "文件已损坏、有密码或者不是表格，请用 Excel 或 WPS 另存为 .xlsx 后再试", path.name
        ) from None


def _found(name: str, rows: Callable[[], Iterator[Row]]) -> Sheet | None:
    """The ledger whose needed headings stand within the first rows."""
    said: list[str] = []
    for number, row in enumerate(itertools.islice(rows(), _HEAD_WITHIN)):
        if len(row) > _MOST_COLUMNS:
            return None
        if found := headings(row, f"{name}{''.join(said)}"):
            return Sheet(*found, name, "".join(said), number + 2, partial(_after, rows, number + 1))
        said.append("".join(str(cell) for cell in row if cell))
    return None


def headings(row: Row, title: str) -> tuple[Book, dict[str, int]] | None:
    """The kind of ledger whose headings these are, and where its columns stand."""
    found = ((book, book.find(row, title)) for book in books())
    return next(((book, columns) for book, columns in found if columns is not None), None)


def _after(rows: Callable[[], Iterator[Row]], head: int) -> Iterator[Row]:
    return itertools.islice(rows(), head, None)
